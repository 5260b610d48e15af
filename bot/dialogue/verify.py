"""Words that can be proved: each block of a transcript is said again from the release it names, and confirmed or refuted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import product
from typing import Any, Literal

from bot.content.model import Library, Notice
from bot.content.render import head_of, render
from bot.content.wording import placeholders
from bot.dialogue.compose import OTHER_LANGUAGE, in_both_languages
from bot.dialogue.criteria import as_given, worded
from bot.dialogue.remaining import closing_today
from bot.dialogue.reply import Block
from bot.dialogue.self_check import label
from bot.dialogue.self_check_reply import DECIDES, SUMMARY, line
from bot.dialogue.zones import MAX_PLACES, ZONED, every_elsewhere
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, parse_locale

Verdict = Literal["confirmed", "refuted", "unknown"]
LibraryOf = Callable[[str], Library | None]
CLARIFY = "clarify"


class BadTranscript(ValueError):
    """A transcript cannot be read; the message says where."""


@dataclass(frozen=True)
class Proof:
    """What became of one block, or of the buttons under a reply (``block`` 0); counted from 1."""

    turn: int
    block: int
    entry: str
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True)
class Said:
    """What a reply's words depend on."""

    library: Library
    locale: Locale
    now: datetime


def verify(replies: Iterable[Mapping[str, Any]], library_of: LibraryOf) -> list[Proof]:
    """Return a proof for each block and each row of buttons of `replies` (the contract's ``reply``); raises `BadTranscript`.

    `library_of` returns the release of a version, or None where it is not to be had: then nothing is confirmed and nothing refuted.
    """
    found: list[Proof] = []
    for number, reply in enumerate(replies, 1):
        try:
            found += _of_reply(number, reply, library_of)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadTranscript(f"turn {number}: not a reply as the assistant gives it ({type(error).__name__}: {error})") from error
    return found


def _of_reply(number: int, reply: Mapping[str, Any], library_of: LibraryOf) -> Iterator[Proof]:
    version, locale, now = str(reply["content_version"]), parse_locale(reply["language"]), datetime.fromisoformat(reply["now"])
    blocks, suggestions = list(reply["blocks"]), list(reply["suggestions"])
    if now.tzinfo is None:
        raise BadTranscript(f"turn {number}: «now» has no offset from UTC")
    named = [str(block["entry"]) for block in blocks]
    library = library_of(version)
    if library is None:
        yield from (Proof(number, place, entry, "unknown", f"the release {version} is not at hand") for place, entry in enumerate(named, 1))
        return
    said = Said(library, locale, now)
    for place, block in enumerate(blocks, 1):
        why = refutation(said, block)
        yield Proof(number, place, named[place - 1], "refuted" if why else "confirmed", why)
    wrong = [str(one.get("label")) for one in suggestions if one.get("label") != label(library, str(one.get("entry")), locale)]
    if suggestions:
        yield Proof(number, 0, "suggestions", "refuted" if wrong else "confirmed", f"not the question of its entry: {', '.join(wrong)}" if wrong else "")


def refutation(said: Said, block: Mapping[str, Any]) -> str:
    """Return why `block` cannot have been said from the release, or nothing."""
    library, entry = said.library, str(block["entry"])
    text = str(block["text"])
    if entry == CLARIFY:
        return "" if text == phrase("which-was-meant", said.locale) else "these are not the words that ask back"
    if entry not in library.entries:
        return "the release has no such entry"
    if entry == OTHER_LANGUAGE and text == in_both_languages(library, said.locale, said.now):
        return ""
    notices = [library.notices[str(reference)] for reference in block.get("notices") or () if reference in library.notices]
    rendered = render(library, library.entries[entry], notices, said.locale, now=said.now)
    if not all(as_given(library, check["criterion"], str(check["given"]), said.locale) for check in block.get("checks") or ()):
        return "a check names a value that nobody can have given"
    account = _not_in_summary if entry == SUMMARY else _not_added
    wrong = account(said, notices, block, rendered.text)
    return wrong or _differing(asdict(Block.of(rendered)), block)


def _differing(expected: Mapping[str, Any], block: Mapping[str, Any]) -> str:
    """Compare what stands beside the words; JSON has lists where we have tuples."""
    for key in ("state", "sources", "links", "notices"):
        if list(block.get(key) or ()) != list(expected[key] or ()):
            return f"{key} differ from the release"
    return ""


def _not_added(said: Said, notices: list[Notice], block: Mapping[str, Any], words: str) -> str:
    """Tell which line behind the entry's own `words` no criterion and no time zone accounts for."""
    text = str(block["text"])
    last = closing_today(said.library.entries[str(block["entry"])], notices, said.locale, now=said.now)
    checks = list(block.get("checks") or ())
    if text == "\n".join([words, *last]):
        return "a check has no words" if checks else ""
    lines = text.removeprefix(f"{words}\n").removesuffix("\n".join(["", *last])).split("\n")
    if text != "\n".join([words, *lines, *last]):
        return "the words differ from the release"
    if str(block["entry"]) == ZONED:
        known = every_elsewhere(notices, said.locale)
        return "" if len(lines) <= MAX_PLACES and all(one in known for one in lines) else "a time elsewhere is not right"
    heads = [head_of(some, said.locale) for some in _runs(notices)]
    known = frozenset(spoken for check in checks for words in _reasons(said, notices, check, brief=False) for spoken in (words, *(f"{head} {words}" for head in heads)))
    return "" if checks and all(one in known for one in lines) else "the comparison differs from the release"


def _not_in_summary(said: Said, notices: list[Notice], block: Mapping[str, Any], head: str) -> str:
    """Tell which line of a summary no comparison accounts for."""
    foot = render(said.library, said.library.entries[DECIDES], notices, said.locale, now=said.now).text
    lines = str(block["text"]).removeprefix(f"{head}\n").removesuffix(f"\n{foot}").split("\n")
    if str(block["text"]) != "\n".join([head, *lines, foot]):
        return "the words around the summary differ from the release"
    known = {line(said.library, criterion, phrase("self-check-not-given", said.locale), said.locale) for criterion in said.library.criteria}
    for check in block.get("checks") or ():
        known |= {line(said.library, check["criterion"], words, said.locale) for words in _reasons(said, notices, check, brief=True)}
    known |= {head_of(some, said.locale) for some in _runs(notices)}
    wrong = [one for one in lines if one not in known]
    return f"not in the release: «{wrong[0]}»" if wrong else ""


def _runs(notices: list[Notice]) -> Iterator[list[Notice]]:
    """Yield every choice of `notices` in their order: those with the same comparisons share a heading."""
    for picks in product((False, True), repeat=len(notices)):
        if some := [notice for notice, pick in zip(notices, picks, strict=True) if pick]:
            yield some


def _reasons(said: Said, notices: list[Notice], check: Mapping[str, Any], *, brief: bool) -> set[str]:
    """Return what may be said of a check with its outcome, for any of the reasons that the criterion words."""
    criterion = said.library.criteria.get(check["criterion"])
    if criterion is None:
        return set()
    reasons = criterion.brief if brief else criterion.says
    disagree = len(notices) > 1 and check["outcome"] == "depends"  # each notice may come to something else
    fitting = [words[said.locale] for key, words in reasons.items() if disagree or key.partition("-")[0] == check["outcome"]]
    return {worded(said.library, notice, words, str(check["given"]), said.locale) for words in fitting for notice in notices if _can_say(words, notice, said.library)}


def _can_say(words: str, notice: Notice, library: Library) -> bool:
    return all(fact == "given" or fact in notice.facts or fact in library.curated for fact, _ in placeholders(words))
