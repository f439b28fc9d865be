"""Quotation marks of all kinds, read as the two that the rules know; every other character stays in its place."""

from __future__ import annotations

import bisect
import re

_OPEN, _CLOSE = "\u201c", "\u201d"
_ALWAYS_OPEN = "\u300c\u300e\u301d\u275d"
_ALWAYS_CLOSE = "\u300d\u300f\u301e\u301f\u275e"
_EITHER = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\uff02"
_SINGLE_OPEN = "'\u2018\u201a\u201b"
_SINGLE_CLOSE = "'\u2018\u2019"
_ANY = re.compile(f"[{_ALWAYS_OPEN}{_ALWAYS_CLOSE}{_EITHER}{_SINGLE_OPEN}\u2019]")
_FEWEST = 3
_BEFORE, _AFTER = "([{\u2014\u2013-/", ".,;:!?)]}\u2014\u2013-/"


def plain_marks(text: str) -> str:
    r"""Return a text with the marks of speech of any kind as curly double ones, each in its place.

    German, French, Danish, Swedish and Japanese marks are told by what stands beside them, for some languages open with
    the mark with which others close. Single marks count where they hold at least three words and stand in no other
    quotation; an apostrophe stays.

    Examples
    --------
    >>> plain_marks("\u201eNein\u201c, said one. \u2018It\u2019s not for us,\u2019 another.")
    '“Nein”, said one. “It’s not for us,” another.'
    """
    if not _ANY.search(text):
        return text
    reversed_ = _reversed(text)
    return "\n".join(_line(line, reversed_) if _ANY.search(line) else line for line in text.split("\n"))


def _reversed(text: str) -> bool:
    """Tell whether a text opens with the guillemet with which French closes."""
    outer = re.search(r"(?<!\S)[\u00ab\u00bb\u2039\u203a](?=\w)", text)
    return bool(outer) and outer is not None and outer.group() in "\u00bb\u203a"


def _line(line: str, reversed_: bool) -> str:
    letters = list(line)
    ends = _single_ends(line)
    inside = False
    place = 0
    while place < len(letters):
        mark = letters[place]
        if mark == '"':
            inside = not inside
        elif mark in _ALWAYS_OPEN or (mark in _EITHER and _opens(line, place, mark, reversed_)):
            letters[place], inside = _OPEN, True
        elif mark in _ALWAYS_CLOSE or mark in _EITHER:
            letters[place], inside = _CLOSE, False
        elif mark in _SINGLE_OPEN and not inside and _begins(line, place):
            end = _single_end(line, place, ends)
            if end:
                letters[place], letters[end] = _OPEN, _CLOSE
                place = end
        place += 1
    return "".join(letters)


def _opens(line: str, place: int, mark: str, reversed_: bool) -> bool:
    before, after = line[place - 1 : place] if place else "", line[place + 1 : place + 2]
    free_before = not before or before.isspace() or before in _BEFORE or before in _SINGLE_OPEN
    free_after = not after or after.isspace() or after in _AFTER
    if free_before != free_after:
        return free_before
    if mark in "\u00ab\u00bb\u2039\u203a":
        return (mark in "\u00bb\u203a") == reversed_
    return mark in "\u201c\u201e\u201f"


def _begins(line: str, place: int) -> bool:
    """Tell whether a single mark stands where a word begins."""
    before, after = line[place - 1 : place] if place else "", line[place + 1 : place + 2]
    return (not before or before.isspace() or before in _BEFORE) and (after.isalnum() or after in _EITHER)


def _single_ends(line: str) -> tuple[list[int], list[int], list[int]]:
    """Return where single marks may close: after a stop, after a word that is no possessive, after any word."""
    closing = [
        at
        for at in range(2, len(line))
        if line[at] in _SINGLE_CLOSE and not line[at - 1].isspace() and not line[at + 1 : at + 2].isalnum()
    ]
    after_stop = [at for at in closing if line[at - 1] in ".,!?\u2026"]
    rest = [at for at in closing if line[at - 1] not in "sS" or line[at + 1 : at + 2] in ",.;:!?"]
    return after_stop, rest, closing


def _single_end(line: str, begin: int, ends: tuple[list[int], list[int], list[int]]) -> int:
    """Return where a quotation in single marks ends, or 0; the surest sign decides."""
    for candidates in ends:
        place = bisect.bisect_left(candidates, begin + 2)
        if place < len(candidates) and len(line[begin : min(candidates[place], begin + 200)].split()) >= _FEWEST:
            return candidates[place]
    return 0
