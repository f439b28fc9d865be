"""Words that were broken at the end of a line, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_LAST = re.compile(r"([^\W_]{1,60})([-\u2010\u00ad])$")
_FIRST = re.compile(r"[^\W_]+")
_LONGEST_WORD = 80
_BEFORE_WORDS = (
    "all anti arch best better big bottom counter cross cutting deep double east ever ex face far fast fifth first "
    "five fixed forward four fourth free front full ground half hard head heavy high home ill in ill-fated large "
    "last left less light like little lone long low man many mid middle mis multi near new nine no non north now "
    "off old on one open out part past pre pro quasi quick ready real right second self semi seven short side "
    "single six slow so soft south state step still strong ten third thirty three top twenty two under up vice war "
    "well west wide would-be year forty fifty sixty seventy eighty ninety"
)
_BEFORE = frozenset(_BEFORE_WORDS.split())
"""First words of compounds that English writes with a hyphen."""

_NEVER_APART_WORDS = (
    "all under out mis multi up on in off man head home like semi pre non war ground state anti fore over"
)
_NEVER_APART = frozenset(_NEVER_APART_WORDS.split())
"""Of these, those that begin solid words as often: a broken word is then put together."""

_AFTER_WORDS = (
    "aged age backed based bound born building built called century class conscious controlled day decade driven "
    "east edged ended expected facing fifth first five focused foot forward four free friendly general going half "
    "held high hour ins in known law led level like line long looking made making member minded mile minister "
    "minute month motion needed nine off old on one oriented out owned page party percent person plus point powered "
    "president profile quarters range ranging ranked ready received record related resolution respected run running "
    "scale second seven shaped share sharing sided six size sized speaking sponsored standing star step stop style "
    "taking ten term third thirds three time times to tier track two type up wide week west winning won year years"
)
_AFTER = frozenset(_AFTER_WORDS.split())
"""Second words of such compounds."""


def vocabulary_of(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of a text in lower case, each as it stands inside a line, compounds whole."""
    return frozenset(word.casefold() for line in lines for word in _WORD.findall(line.rstrip()))


def join_lines(lines: Iterable[str], vocabulary: frozenset[str] | None = None) -> str:
    r"""Return lines as one, words that were broken between two of them put together.

    A soft hyphen goes. A hyphen goes where the word occurs without it elsewhere in the text, or where neither part
    looks like one of a compound's; it stays in "long-term", "Indo-Pacific" and "NATO-led". No letter is lost or added.
    Lines in Chinese, Japanese and Thai are joined without a blank.

    Parameters
    ----------
    lines
        In their order.
    vocabulary
        The words of the whole text, from `vocabulary_of`; by default of these lines.

    Examples
    --------
    >>> join_lines(["The govern-", "ment has a long-", "term plan."])
    'The government has a long-term plan.'
    """
    listed = list(lines)
    known = vocabulary_of(listed) if vocabulary is None else vocabulary
    pieces: list[str] = []
    for line in map(str.strip, listed):
        if not line:
            continue
        if pieces:
            pieces[-1], between = _meeting(pieces[-1], line, known)
            pieces.append(between)
        pieces.append(line)
    return "".join(pieces)


def _meeting(left: str, right: str, known: frozenset[str]) -> tuple[str, str]:
    """Return a line as it stands before the next one, and what comes between the two: a blank or nothing."""
    broken = _LAST.search(left[-_LONGEST_WORD:])
    begin = _FIRST.match(right)
    if broken and begin:
        if broken.group(2) == "\u00ad" or not _keeps(_compound_at(left), begin.group(), known):
            return left[:-1], ""
        return left, ""
    if left[-1:] in "-\u2010" and left[-2:-1].isspace():
        return left, " "
    if left.endswith(("/", "\u2014")) and begin:
        return left, ""
    return left, "" if _unspaced(left[-1:]) and _unspaced(right[:1]) else " "


def _compound_at(left: str) -> str:
    """Return what stands before the hyphen at a line's end: a word, or a compound's beginning with its hyphens."""
    begin = len(left) - 1
    while begin > max(0, len(left) - _LONGEST_WORD) and (left[begin - 1].isalnum() or left[begin - 1] in "-\u2010"):
        begin -= 1
    return left[begin:-1]


def _keeps(first: str, second: str, known: frozenset[str]) -> bool:
    """Tell whether a hyphen at a line's end belongs to the word."""
    low, high = first.casefold(), second.casefold()
    solid, hyphened = low + high, f"{low}-{high}"
    if hyphened in known or not first.isalpha() or not second.isalpha():
        return True  # a compound already, or a number such as F-16
    if solid in known:
        return False
    if not second.isupper() and (second[0].isupper() or (len(first) > 1 and first.isupper())):
        return True  # Indo-Pacific, NATO-led
    if low in _BEFORE and low not in _NEVER_APART:
        return True
    return high in _AFTER and low not in _NEVER_APART and _is_word(low, known)


def _is_word(low: str, known: frozenset[str]) -> bool:
    """Tell whether a first part may be a word by itself: it stands elsewhere in the text, or is long enough."""
    return low in known or len(low) >= 4


_CJK: tuple[tuple[int, int], ...] = (
    (0x0E00, 0x0E7F),
    (0x3000, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF),
)


def _unspaced(letter: str) -> bool:
    """Tell whether a letter is of a script that puts no blanks between words."""
    return bool(letter) and any(low <= ord(letter) <= high for low, high in _CJK)
