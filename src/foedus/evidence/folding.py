"""Typographic characters folded for matching, while every offset stays true to the stored text."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_DASHES = "\u2010\u2011\u2012\u2212\ufe63\uff0d"
_SPACES = "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)

SAME_LENGTH: dict[int, str] = {
    **{ord(mark): "'" for mark in _SINGLE},
    **{ord(mark): '"' for mark in _DOUBLE},
    **{ord(mark): "-" for mark in _DASHES},
    **{ord(mark): " " for mark in _SPACES},
}
"""Characters that are folded one for one: quotation marks, hyphens, spaces."""

_OTHER_LENGTH = {
    "\u00ad": "",  # soft hyphen
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\u2060": "",
    "\u2026": "...",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
_OTHER = re.compile("[" + "".join(_OTHER_LENGTH) + "]| {2,}")


def fold_same_length(text: str) -> str:
    r"""Return a text with quotation marks, hyphens and spaces made plain, each character in its place.

    Examples
    --------
    >>> fold_same_length("\u201cno\u00a0plan\u201d")
    '"no plan"'
    """
    return text.translate(SAME_LENGTH)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text for matching, and where each of its characters stands in the stored text.

    Attributes
    ----------
    text
        The folded text.
    starts, ends
        Offsets in the stored text: character ``i`` of the folded text comes from ``starts[i]`` to ``ends[i]``.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the stored text of a span of the folded one.

        Raises
        ------
        ValueError
            When the span is empty or reaches beyond the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span from {start} to {end} in a text of {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]

    def position(self, offset: int) -> int:
        """Return where a place of the stored text has come to stand."""
        return bisect.bisect_left(self.starts, offset)


def fold(text: str, *, case: bool = False) -> Folded:
    r"""Fold a text for matching.

    Line ends and runs of spaces become one space, ligatures their letters, soft hyphens and zero-width
    characters nothing, quotation marks and hyphens the plain ones.

    Parameters
    ----------
    text
        Any text.
    case
        Whether the case of letters is folded too.

    Examples
    --------
    >>> folded = fold("The \u201cof\ufb01ce\u201d\n  opens")
    >>> folded.text
    'The "office" opens'
    >>> start = folded.text.index("opens")
    >>> folded.span(start, start + 5)
    (14, 19)
    """
    plain = fold_same_length(text).replace("\n", " ").replace("\r", " ")
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in _OTHER.finditer(plain):
        letters = match.group()
        pieces.append(plain[last : match.start()])
        starts.extend(range(last, match.start()))
        ends.extend(range(last + 1, match.start() + 1))
        replacement = " " if letters[0] == " " else _OTHER_LENGTH[letters]
        pieces.append(replacement)
        starts.extend([match.start()] * len(replacement))
        ends.extend([match.end()] * len(replacement))
        last = match.end()
    pieces.append(plain[last:])
    starts.extend(range(last, len(plain)))
    ends.extend(range(last + 1, len(plain) + 1))
    folded = "".join(pieces)
    if case:
        folded = "".join(char.casefold() if len(char.casefold()) == 1 else char for char in folded)
    return Folded(folded, tuple(starts), tuple(ends))
