"""Conversations as data: `tests/conversations/<language>/*.yaml`. Kind, entries, notices, language and checks are asserted, never wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.i18n.locale import LOCALES
from bot.web.assistant import Assistant, Question
from tests.conftest import BETWEEN

FLOORS = yaml.safe_load((Path(__file__).parent / "conversations" / "floors.yaml").read_text(encoding="utf-8"))
FILES = sorted((Path(__file__).parent / "conversations").glob("*/*.yaml"))


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


def turns_of(assistant: Assistant, path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each turn of the conversation in `path` with what is wrong in its reply."""
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
        yield f"{path.stem}, turn {number} «{turn.get('say', turn.get('choose'))}»", wrong(turn, answered["reply"])


@pytest.mark.parametrize("locale", LOCALES)
def test_conversations(assistant: Assistant, locale: str):
    """A gate a little under what was measured (docs/decisions/005): a fall is noticed, and every turn that is wrong is named."""
    outcomes = [outcome for path in FILES if path.parent.name == locale for outcome in turns_of(assistant, path)]
    faults = [f"{turn}: {'; '.join(found)}" for turn, found in outcomes if found]
    reached = 1 - len(faults) / len(outcomes)
    print(f"{reached:.3f} of {len(outcomes)}")
    assert reached >= FLOORS[locale], f"{reached:.3f} is under {FLOORS[locale]}:\n" + "\n".join(faults)
