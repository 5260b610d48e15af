"""All known questions put to the live release and to a draft: what was said once is not asked again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from bot.content.difference import Change, difference, understanding_changes
from bot.content.model import Library
from bot.content.uses import uses
from bot.i18n.locale import LOCALES, Locale
from bot.web.assistant import Question
from bot.web.publishing.outcomes import Review
from bot.web.publishing.probes import Probe
from bot.web.publishing.stored import Progress, Stored
from bot.web.publishing.trial import Heard, Trial, figures_of, turned_of
from bot.web.publishing.trying import Ears

Answers = dict[Probe, Heard]
MOST_TURNED = 500  # stored phrasings whose answers are looked at one by one; each takes a hundredth of a second twice
REMEMBERED = 3  # releases and drafts whose answers are kept


class Examiner:
    """Puts questions to the live release and to drafts; what one of them said is remembered while the model stays, by its words."""

    def __init__(self, ears: Ears, stored: Stored | None = None) -> None:
        self.ears, self.stored = ears, stored
        self._lock = threading.Lock()  # one at a time: whoever comes second finds the answers of the first
        self._remembered: dict[tuple[str | None, str], Answers] = {}

    def test_all(self, live: Library, draft: Library, probes: Sequence[Probe], progress: Progress = lambda *_: None, *, whole: bool = False) -> Trial:
        """Put every one of `probes` to both, if `whole` every stored phrasing as well, and return what changes; `progress` is told what is going on, and how many of how many."""
        with self._lock:
            ranked = self.stored.ranked(self.ears.model, self.ears.parts(), (live, draft), progress) if whole and self.stored else None
            turned = [probe for probe in ranked.turned if probe not in set(probes)][:MOST_TURNED] if ranked else []
            asked = [*probes, *turned]
            before = self._answers(live, asked, partial(progress, "live"))
            after = before if understood_alike(live, draft) else self._answers(draft, asked, partial(progress, "draft"))
        figures = dict(figures_of(probes, before, after))
        if ranked:
            figures["stored"] = ranked.figures
        return Trial(figures, turned_of(asked, before, after), _reworded(live, draft, asked, after))

    def gate(self, live: Callable[[], Library], probes: Callable[[], Sequence[Probe]], margin: int) -> Callable[[Review], Sequence[str]]:
        """Return the measure that holds a release back: only one that changes what is understood can fall behind."""

        def measure(review: Review) -> Sequence[str]:
            if not self.ears.ready or not understanding_changes(live(), review.library):
                return ()
            return self.test_all(live(), review.library, probes()).shortfalls(margin)

        return measure

    def _answers(self, library: Library, probes: Sequence[Probe], progress: Callable[[int, int], None]) -> Answers:
        """Return what `library` says to each of `probes`, whether asked now or before."""
        known = self._known(library)
        for number, probe in enumerate(probes, 1):
            if probe not in known:
                known[probe] = self._hear(probe, library)
            progress(number, len(probes))
        return known

    def _known(self, library: Library) -> Answers:
        key = (self.ears.model, library.version.partition("-")[2] or library.version)  # a draft's words are the next release's
        self._remembered = {one: answers for one, answers in self._remembered.items() if one[0] == key[0]}
        known = self._remembered.pop(key, {})
        self._remembered[key] = known
        while len(self._remembered) > REMEMBERED:
            self._remembered.pop(next(iter(self._remembered)))
        return known

    def _hear(self, probe: Probe, library: Library) -> Heard:
        reply = self.ears.try_now(Question(probe.text, language=probe.locale), library)["reply"]
        return Heard(reply["kind"], tuple(block["entry"] for block in reply["blocks"] if reply["kind"] != "clarify"))


def understood_alike(live: Library, draft: Library) -> bool:
    """Tell whether `draft` changes nothing but words: every question is answered by the entries that `live` answers it by."""
    return not understanding_changes(live, draft) and _bearing(live) == _bearing(draft)


def _bearing(library: Library) -> list[object]:
    """Return what has a say in which entry answers, beside the entries' questions and phrasings: what they apply to, and the notices' names."""
    entries = [(entry.notices, entry.together, entry.closes, entry.criterion, [answer.conditions for answer in entry.answers]) for entry in library.entries.values()]
    return [*entries, *((notice.reference, notice.office, notice.facts.get("office-name"), notice.facts.get("office-short")) for notice in library.notices.values())]


def _reworded(live: Library, draft: Library, probes: Iterable[Probe], after: Answers) -> dict[str, int]:
    words = set(_new_words(difference(live, draft), draft))
    found: dict[str, int] = {}
    for probe in probes:
        for entry in after[probe].entries:
            if (entry, probe.locale) in words:
                found[entry] = found.get(entry, 0) + 1
    return found


def _new_words(changes: Iterable[Change], draft: Library) -> Iterable[tuple[str, Locale]]:
    """Yield the entries with other words than before, each with the language: their own, or those of a fact that they name."""
    for change in changes:
        if change.kind == "entry" and change.state == "changed":
            yield from ((change.id, one.language) for one in change.words if one.place != "question")
        for fact in change.facts:
            yield from ((entry, locale) for entry in uses(draft, fact.fact) for locale in LOCALES if (fact.before or {}).get(locale) != (fact.after or {}).get(locale))
