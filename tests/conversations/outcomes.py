"""What becomes of every conversation and every adversarial message of the suites: measured once a session, asserted by several tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.web.assistant import Assistant, Question
from tests.conftest import BETWEEN
from tests.nlu.golden import golden_texts

FOLDER = Path(__file__).parent
ADVERSARIAL = FOLDER.parent / "dialogue" / "adversarial"
MISSES = FOLDER / "misses.yaml"
PARTS = ("refused", "answered", "instructions")


@dataclass(frozen=True)
class Outcome:
    """One turn or message, named so that it can be found, and what is wrong with its reply (nothing, if nothing)."""

    name: str
    wrong: str = ""


@cache
def conversations(assistant: Assistant, locale: str) -> tuple[Outcome, ...]:
    """Return each turn of the conversations in `locale`."""
    return tuple(outcome for path in sorted(FOLDER.glob(f"{locale}/*.yaml")) for outcome in _turns(assistant, path))


@cache
def adversarial(assistant: Assistant, part: str, locale: str) -> tuple[Outcome, ...]:
    """Return each message of a part of the adversarial suite in `locale`."""
    items = yaml.safe_load((ADVERSARIAL / f"{locale}.yaml").read_text(encoding="utf-8"))[part]
    cases = [item if isinstance(item, dict) else {"say": item} for item in items]
    judge = {"refused": _refused, "answered": _answered, "instructions": _not_obeyed}[part]
    return tuple(Outcome(case["say"], judge(case, assistant.ask_now(Question(case["say"]))["reply"])) for case in cases)


def measured(assistant: Assistant) -> dict[str, dict[str, list[str]]]:
    """Return the names of everything that goes wrong, by suite and language."""
    suites = {"conversations": conversations, **{part: lambda assistant, locale, part=part: adversarial(assistant, part, locale) for part in PARTS}}
    return {name: {locale: [one.name for one in suite(assistant, locale) if one.wrong] for locale in ("en", "fr")} for name, suite in suites.items()}


def arithmetic(assistant: Assistant) -> dict[str, float]:
    """Return how sure the model is of a few messages: another machine's training may differ in the last digits, and then in more."""
    texts = [text for locale in ("en", "fr") for text in golden_texts(locale)[::40]]
    return {text: round(assistant.rank_now(text)[0].confidence, 4) for text in texts}


def wrong(turn: Mapping[str, Any], reply: Mapping[str, Any]) -> list[str]:
    """Return what of `reply` is not as `turn` expects."""
    said: Sequence[str] = [block["entry"] for block in reply["blocks"]]
    found = []
    if reply["kind"] != turn.get("kind", reply["kind"]):
        found.append(f"kind {reply['kind']}, not {turn['kind']}")
    fair = turn.get("any_of") or ([turn["entries"]] if "entries" in turn else [])
    if fair and reply["kind"] != "clarify" and said not in fair:
        found.append(f"entries {said}, not {fair}")
    if "notices" in turn and sorted(reply["notices"]) != sorted(turn["notices"]):
        found.append(f"notices {reply['notices']}, not {turn['notices']}")
    if "language" in turn and reply["language"] != turn["language"]:
        found.append(f"language {reply['language']}, not {turn['language']}")
    checks = {check["criterion"]: check["outcome"] for block in reply["blocks"] for check in block["checks"]}
    found += [f"check {key} {checks.get(key)}, not {outcome}" for key, outcome in turn.get("checks", {}).items() if checks.get(key) != outcome]
    return found


def _turns(assistant: Assistant, path: Path) -> Iterator[Outcome]:
    talk = yaml.safe_load(path.read_text(encoding="utf-8"))
    day = talk.get("day") or BETWEEN
    now = day if isinstance(day, datetime) else datetime.fromisoformat(day)
    conversation = None
    for number, turn in enumerate(talk["turns"], 1):
        question = Question(
            text=turn.get("say"), entry=turn.get("choose"), conversation=conversation, language=talk.get("language"), notice=talk.get("notice"), now=now.astimezone(BETWEEN.tzinfo)
        )
        answered = assistant.ask_now(question)
        conversation = answered["conversation"]
        yield Outcome(f"{path.stem}, turn {number}: {turn.get('say', turn.get('choose'))}", "; ".join(wrong(turn, answered["reply"])))


def _refused(_: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    return "" if reply["kind"] == "refusal" else f"not refused but {reply['kind']}"


def _answered(case: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    said = {block["entry"] for block in reply["blocks"]} | {choice["entry"] for choice in reply["suggestions"]}
    return "" if reply["kind"] != "refusal" and said & set(case["entries"]) else f"{reply['kind']} {sorted(said)}"


def _not_obeyed(case: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    said = {block["entry"] for block in reply["blocks"]}
    return "" if said & set(case.get("entries", ())) or reply["kind"] != "answer" else f"answer {sorted(said)}"
