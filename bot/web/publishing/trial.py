"""What comes of putting known questions to a draft: figures by kind of question and language, and every answer that changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.i18n.locale import LOCALES, Locale
from bot.web.publishing.probes import Origin, Probe


@dataclass(frozen=True)
class Heard:
    """What was said to a question: the reply's kind, and its entries in order."""

    kind: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Turned:
    """A question that is answered by other entries than before."""

    probe: Probe
    before: Heard
    after: Heard

    @property
    def better(self) -> bool | None:
        """Tell whether it is right now and was not (True), the other way round (False), or neither (None)."""
        was, now = self.probe.right(self.before.entries), self.probe.right(self.after.entries)
        return None if was == now else now


@dataclass(frozen=True)
class Figure:
    """How many questions were put, and how many of them are answered rightly by the live release and by the draft."""

    asked: int
    before: int
    after: int

    @property
    def falls_by(self) -> float:
        """By how many percentage points the draft falls behind; less than nothing where it is ahead."""
        return 100 * (self.before - self.after) / self.asked


Figures = Mapping[Origin, Mapping[Locale, Figure]]


@dataclass(frozen=True)
class Trial:
    """All questions against the live release and the draft; `reworded` counts, by entry, the questions that get other words of the same entry."""

    figures: Figures
    turned: tuple[Turned, ...]
    reworded: Mapping[str, int] = field(default_factory=dict)

    def shortfalls(self, margin: int) -> tuple[str, ...]:
        """Return the languages in which fewer golden questions are answered rightly by more than `margin` percentage points, in words."""
        return tuple(
            f"{locale}: {100 * one.before / one.asked:.1f} % → {100 * one.after / one.asked:.1f} %"
            for locale, one in self.figures.get("golden", {}).items()
            if one.falls_by > margin + 1e-9
        )


def figures_of(probes: Iterable[Probe], before: Mapping[Probe, Heard], after: Mapping[Probe, Heard]) -> Figures:
    """Return the figures of `probes`, by where they come from and by language; only what was asked has a figure."""
    counted: dict[tuple[Origin, Locale], list[int]] = {}
    for probe in probes:
        row = counted.setdefault((probe.origin, probe.locale), [0, 0, 0])
        for place, one in enumerate((True, probe.right(before[probe].entries), probe.right(after[probe].entries))):
            row[place] += one
    origins = dict.fromkeys(origin for origin, _ in counted)
    return {origin: {locale: Figure(*counted[origin, locale]) for locale in LOCALES if (origin, locale) in counted} for origin in origins}


def turned_of(probes: Sequence[Probe], before: Mapping[Probe, Heard], after: Mapping[Probe, Heard]) -> tuple[Turned, ...]:
    """Return the questions whose answer is another: what gets worse first, then what gets better."""
    found = [Turned(probe, before[probe], after[probe]) for probe in probes if before[probe] != after[probe]]
    return tuple(sorted(found, key=lambda one: {False: 0, True: 1, None: 2}[one.better]))
