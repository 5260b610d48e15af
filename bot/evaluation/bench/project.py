"""A stock Rasa project made from our content: the pipeline that `rasa init` writes, with retrieval intents for the questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.content.model import Library
from bot.content.render import render
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.intents import entry_of
from bot.nlu.normalise import clean
from bot.nlu.utterances import Utterance

PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 1},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True, "random_seed": 1},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
ACTIONS = """from rasa_sdk import Action


class ActionAdmit(Action):
    def name(self):
        return "action_admit"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Sorry, I did not understand. / Désolé, je n’ai pas compris.")
        return []
"""


def write_project(folder: Path, library: Library, utterances: Iterable[Utterance], *, per_intent: int, now: datetime, epochs: int = 100) -> int:
    """Write the project into `folder` and return how many examples it learns from: at most `per_intent` of an entry and language.

    One model serves both languages, as our server does; the intents carry the language, so that the reply is in it.
    """
    chosen = _sample(utterances, per_intent)
    bases = sorted({_base(intent, locale) for intent, locale in chosen})
    answers = {f"utter_{_name(intent, locale)}": [{"text": _words(library, intent, locale, now)}] for intent, locale in chosen}
    rules = [{"rule": base, "steps": [{"intent": base}, {"action": f"utter_{base}"}]} for base in bases]
    pipeline = [{**step, "epochs": epochs} if "epochs" in step else step for step in PIPELINE]
    files: dict[str, Any] = {
        "config.yml": {"recipe": "default.v1", "assistant_id": "stock", "language": "en", "pipeline": pipeline, "policies": [{"name": "RulePolicy"}]},
        "domain.yml": {
            "version": "3.1",
            "intents": [*bases, "nlu_fallback"],
            "actions": ["action_admit"],
            "responses": answers,
            "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
        },
        "data/nlu.yml": {"version": "3.1", "nlu": [{"intent": _name(*key), "examples": "".join(f"- {text}\n" for text in texts)} for key, texts in chosen.items()]},
        "data/rules.yml": {"version": "3.1", "rules": [*rules, {"rule": "not understood", "steps": [{"intent": "nlu_fallback"}, {"action": "action_admit"}]}]},
        "credentials.yml": {"rest": None},
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (folder / "actions").mkdir(exist_ok=True)
    (folder / "actions" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "actions" / "actions.py").write_text(ACTIONS, encoding="utf-8")
    return sum(len(texts) for texts in chosen.values())


def _sample(utterances: Iterable[Utterance], most: int) -> Mapping[tuple[str, Locale], list[str]]:
    """Return `most` utterances of each intent and language, taken at even steps, so that every voice is heard."""
    found: dict[tuple[str, Locale], list[str]] = {}
    for utterance in utterances:
        if "/" in utterance.intent and (text := plain(utterance.text)):
            found.setdefault((utterance.intent, utterance.locale), []).append(text)
    return {key: texts[:: max(1, len(texts) // most)][:most] for key, texts in sorted(found.items()) if len(texts) > 1}


def plain(text: str) -> str:
    """Return `text` without what Rasa's files give a meaning to: brackets of entities, a leading slash, line breaks."""
    return clean(text).replace("\n", " ").translate({ord(bracket): " " for bracket in "[](){}"}).lstrip("/- ").strip()


def _base(intent: str, locale: Locale) -> str:
    return f"{intent.partition('/')[0]}-{locale}"


def _name(intent: str, locale: Locale) -> str:
    return f"{_base(intent, locale)}/{intent.partition('/')[2]}"


def _words(library: Library, intent: str, locale: Locale, now: datetime) -> str:
    entry = library.entries.get(entry_of(intent))
    notices = tuple(library.notices.values())
    return render(library, entry, notices, locale, now=now).text.replace("{", "(").replace("}", ")") if entry else intent


assert set(LOCALES) == {"en", "fr"}  # the fallback's words above are in these
