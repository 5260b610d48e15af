"""What is due: answers to review, notices whose dates have gone by, criteria whose facts have grown old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.content.check.subject import Subject
from bot.content.conditions import has_gone_by
from bot.content.problem import Problem

CURATED_FOR = timedelta(days=550)  # a list that we keep ourselves is compared with its source at least this often


def check_dates(subject: Subject, *, today: date) -> Iterator[Problem]:
    """Yield what is past its date on `today`; all of it is said, none of it keeps a release back."""
    for entry in subject.library.entries.values():
        if entry.review_by is None:
            yield subject.problem(f"entry/{entry.id}", ("id",), "review", "The entry has no review date.", "Add «review_by: …».", severity="style")
        elif entry.review_by < today:
            message = f"The entry was due for review on {entry.review_by}."
            yield subject.problem(f"entry/{entry.id}", ("review_by",), "review", message, "Compare it with the notice and set a new date.", severity="style")
    for reference, notice in subject.library.notices.items():
        now = datetime.combine(today, time(), tzinfo=notice.zone)
        for fact in notice.facts.values():
            if has_gone_by(fact, now=now, zone=notice.zone):
                message = f"«{fact.id}» is past."
                yield subject.problem(
                    f"notice/{reference}", ("facts", fact.id), "past-fact", message, "Nothing to mend while the notice is kept: answers say that it is past.", severity="style"
                )
    for criterion in subject.library.criteria.values():
        for fact in criterion.facts.values():
            if fact.type == "instant" and fact.value("en").date() + CURATED_FOR < today:
                message = f"«{fact.id}» says {fact.value('en').date()}: the list may have changed since."
                yield subject.problem(f"criterion/{criterion.id}", ("facts", fact.id), "review", message, "Compare the list with its source and set the date.", severity="style")
