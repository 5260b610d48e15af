"""Finds names where a text says that one follows: after «my name is», a title, a greeting, a closing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.scrub.found import Found, covered
from bot.content.scrub.words import any_cue, famous, given_names, not_names, particles, words

_I = re.IGNORECASE
MOST_WORDS = 5  # of one name
SHORT = 3  # letters of an office's name in capitals
_WORD = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+")
_GAP = re.compile(r"[ \t]*+(?:\.[ \t]++)?")
_SURE = re.compile(rf"(?<!\w)(?:{any_cue('name_cues')})(?:(?<=[:'])|(?!\w))\s*+[\"(]?", _I)
_LIKELY = re.compile(rf"(?<!\w)(?:{any_cue('capital_cues')})(?:(?<=')|[ \t]++)[\"(]?", _I)
_TITLED = re.compile(rf"(?<![\w'])(?i:{words()['titles']})\b\.?[ \t]++")
_PAIR = re.compile(rf"(?<!\w)(?:{words()['pair_cues']})[ \t]++", _I)
_SELF = re.compile(r"(?:i am|i'm|je suis)\b", _I)
_CLAUSE_ENDS = re.compile(r"\s*+(?:[^\w\s'\"]|$|(?:and|from|et|de|à|i|je|j|with|at|in|the|your|who|qui)\b)", _I)  # «I'm Blue Book trainee» goes on
_GREETED = re.compile(rf"(?:^|(?<=[\n.!]))[ \t]*+(?:{words()['greetings']})[ \t]++", _I)
_CLOSED = re.compile(rf"(?<!\w)(?:{words()['closings']})\b(?P<gap>[ \t]*+[,.!;:-]*+[ \t]*+\n?\s*+[-]*+[ \t]*+)", _I)
_JOINT = re.compile(r"[ \t]*+(?:,|&|\band\b|\bet\b)[ \t]++", _I)
_PARTICLE = re.compile(r"(?:van|von|de|du|der|den|ter|da|di|dos|el|al|bin|ben|d')\b", _I)
_LAST_LINE = re.compile(r"(?:\n\s*+|[.!?]\s++)-{1,2}[ \t]*+")


def names(text: str) -> Iterator[Found]:
    """Yield the names in `text`."""
    for finder in (_after_sure_cues, _after_titles, _after_likely_cues, _in_pairs, _in_greetings, _signed, _given):
        found = list(finder(text))
        found += [more for one in found for more in _joined(text, one.end)]
        yield from found
        text = covered(text, found)


def _joined(text: str, end: int) -> Iterator[Found]:
    """Yield the name that «and» joins to the one that ends at `end`, where it has two words."""
    joint = _JOINT.match(text, end)
    other = _name_end(text, joint.end()) if joint else None
    if joint and other and len(_WORD.findall(text[joint.end() : other])) > 1:
        yield Found(joint.end(), other, "name")


def _after_sure_cues(text: str) -> Iterator[Found]:
    for cue in _SURE.finditer(text):
        end = _name_end(text, cue.end(), small=True)
        if end:
            yield Found(cue.end(), end, "name")


def _after_titles(text: str) -> Iterator[Found]:
    for cue in _TITLED.finditer(text):
        end = _name_end(text, cue.end(), particle=True)
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
        if end and len(_WORD.findall(text[cue.end() : end])) > 1 and (not _SELF.match(cue[0]) or _CLAUSE_ENDS.match(text, end)):
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


def _given(text: str) -> Iterator[Found]:
    """Yield given names known as such, which need no cue, with what is joined to them."""
    place = 0
    for word in _WORD.finditer(text):
        if word.start() >= place and given_names().issuperset(word[0].split("-")):
            end = _name_end(text, word.start()) or word.end()
            if not famous().intersection(_WORD.findall(text[word.start() : end])):
                yield Found(word.start(), end, "name")
            place = end


def _name_end(text: str, start: int, *, small: bool = False, particle: bool = False) -> int | None:
    """Return where the name that begins at `start` ends, or None where there is none; `small` allows one in small letters, `particle` one that begins with «van»."""
    if not small and not text[start : start + 1].isupper() and not (particle and _PARTICLE.match(text, start)):
        return None
    end, place, is_small = None, start, False
    for taken in range(MOST_WORDS):
        word = _WORD.match(text, place)
        if word is None or not _fits(text, word, small=small and (taken == 0 or (is_small and taken < 2)), first=taken == 0):
            break
        is_small = is_small or (taken == 0 and word[0].islower())
        end = end if word[0] in particles() and taken else word.end()
        gap = _GAP.match(text, word.end())
        if gap is None or not gap[0] or ("." in gap[0] and len(word[0]) > 1):
            break
        place = gap.end()
    return end if end is None or text[start:end].strip() not in particles() else None


def _fits(text: str, word: re.Match[str], *, small: bool, first: bool) -> bool:
    lower, is_big = word[0].lower(), word[0][0].isupper()
    if lower in particles() or (is_big and len(word[0]) == 1 and text[word.end() : word.end() + 1] == "."):
        return True
    if lower in not_names() or lower.split("'")[0] + "'" in not_names():
        return False
    if is_big and not small and word[0].isupper() and 1 < len(word[0]) <= SHORT:
        return False  # HR, NATO: an office
    return small or (is_big and not (first and word[0].isupper()))
