"""What a table changes, kept as drafts: on the page and on the command line alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.content.spreadsheet import Change
from bot.records.drafts import Draft
from bot.web.publishing.desk import Desk


def apply(desk: Desk, changed: Iterable[Change], by: str) -> list[dict[str, Any]]:
    """Make a draft of each change; says of each whether it was kept."""
    done = []
    for change in changed:
        opened = desk.open(change.path)
        form = {key: value for key, value in change.now.items() if change.was is None or change.was.get(key) != value}
        outcome = desk.save_form(change.path, form, revision=opened.revision, by=by)
        done.append({"path": change.path, "entry": change.entry, "kept": isinstance(outcome, Draft)})
    return done
