"""Finds names where a text says that one follows: after «my name is», a title, a greeting, a closing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.scrub.found import Found, covered
from bot.content.scrub.words import any_cue, not_names, particles, words

_I = re.IGNORECASE
MOST_WORDS = 5  # of one name
_WORD = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+")
_GAP = re.compile(r"[ \t]*+(?:\.[ \t]++)?")
_SURE = re.compile(rf"(?<!\w)(?:{any_cue('name_cues')})\s*+[\"(]?", _I)
_LIKELY = re.compile(rf"(?<!\w)(?:{any_cue('capital_cues')})[ \t]*+", _I)
_TITLED = re.compile(rf"(?<![\w'])(?i:{words()['titles']})\b\.?[ \t]++")
_PAIR = re.compile(rf"(?<!\w)(?:{words()['pair_cues']})[ \t]++", _I)
_GREETED = re.compile(rf"(?:^|(?<=[\n.!]))[ \t]*+(?:{words()['greetings']})[ \t]++", _I)
_CLOSED = re.compile(rf"(?<!\w)(?:{words()['closings']})(?P<gap>[ \t]*+[,.!;:-]*+[ \t]*+\n?\s*+[-]*+[ \t]*+)", _I)
_LAST_LINE = re.compile(r"(?:\n\s*+|[.!?]\s++)-{1,2}[ \t]*+")


def names(text: str) -> Iterator[Found]:
    """Yield the names in `text`."""
    for finder in (_after_sure_cues, _after_titles, _after_likely_cues, _in_pairs, _in_greetings, _signed):
        found = list(finder(text))
        yield from found
        text = covered(text, found)


def _after_sure_cues(text: str) -> Iterator[Found]:
    for cue in _SURE.finditer(text):
        end = _name_end(text, cue.end(), small=True)
        if end:
            yield Found(cue.end(), end, "name")


def _after_titles(text: str) -> Iterator[Found]:
    for cue in _TITLED.finditer(text):
        end = _name_end(text, cue.end())
        if end and not (len(cue[0].strip(". ")) == 1 and "." not in cue[0]) and cue[0][0].isupper():
            yield Found(cue.end(), end, "name")


def _after_likely_cues(text: str) -> Iterator[Found]:
    for cue in _LIKELY.finditer(text):
        end = _name_end(text, cue.end())
        if end:
            yield Found(cue.end(), end, "name")


def _in_pairs(text: str) -> Iterator[Found]:
    """After «I am» or «I spoke to», one capital may be a country's or an office's: two words in a row are a name."""
    for cue in _PAIR.finditer(text):
        end = _name_end(text, cue.end())
        if end and len(_WORD.findall(text[cue.end() : end])) > 1:
            yield Found(cue.end(), end, "name")


def _in_greetings(text: str) -> Iterator[Found]:
    for cue in _GREETED.finditer(text):
        end = _name_end(text, cue.end())
        if end and re.match(r"[ \t]*+(?:[,!.:\n]|$)", text[end:]):
            yield Found(cue.end(), end, "name")


def _signed(text: str) -> Iterator[Found]:
    for cue in _CLOSED.finditer(text):
        if not re.search(r"[,.!;:\n-]", cue["gap"]) and not cue[0].lower().rstrip().endswith(("regards", "cordialement", "sincerely", "vous", "salutations")):
            continue
        end = _name_end(text, cue.end())
        if end and re.match(r"[ \t]*+(?:[,.]?\s*+$|[.,]?[ \t]*+\n|[.,]?\s*+[\x00(])", text[end:]):
            yield Found(cue.end(), end, "name")
    for cue in _LAST_LINE.finditer(text):
        end = _name_end(text, cue.end())
        if end and not text[end:].strip(" .\n"):
            yield Found(cue.end(), end, "name")


def _name_end(text: str, start: int, *, small: bool = False) -> int | None:
    """Return where the name that begins at `start` ends, or None where there is none; `small` allows one in small letters."""
    end, place, taken = None, start, 0
    first_small = False
    while taken < MOST_WORDS:
        word = _WORD.match(text, place)
        if word is None or not _fits(text, word, first=taken == 0, small=small, first_small=first_small, taken=taken):
            break
        first_small = first_small or (taken == 0 and word[0].islower() and word[0] not in particles())
        taken += 1
        if word[0].lower() not in particles() or word[0][0].isupper():
            end = word.end()
        gap = _GAP.match(text, word.end())
        initial = len(word[0]) == 1
        if gap is None or ("." in gap[0] and not initial) or not gap[0]:
            break
        place = gap.end()
    return end


def _fits(text: str, word: re.Match[str], *, first: bool, small: bool, first_small: bool, taken: int) -> bool:
    lower = word[0].lower()
    if lower in particles():
        return not first or word[0][0].isupper() or small
    if lower in not_names() or lower.split("'")[0] + "'" in not_names():
        return False
    if word[0][0].isupper():
        return not first or small or not word[0].isupper() or len(word[0]) == 1
    if first:
        return small
    return first_small and taken < 2
