"""Characters that no text of a dossier may hold, by one rule for every door: tables, settings, names, records.

They break lines, journals, Word and the terminal, or show a reader another text than the one that is stored. Line feeds
and tabs may stand in a text; what documents hold of these is taken out when they are read.
"""

from __future__ import annotations

import re
import unicodedata

RANGES = (
    *((0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F)),  # controls, except for tab and line feed
    (0x2028, 0x2029),  # line and paragraph separators
    *((0x202A, 0x202E), (0x2066, 0x2069)),  # what turns the direction of the text around it
    (0xD800, 0xDFFF),  # halves of characters
    *((0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF)),  # no characters
)
"""First and last of the code points that no text holds."""

_FORBIDDEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in RANGES) + "]")
_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\t\r"
_NUMBER = re.compile(r"[+-]?(?:\d[\d\s.,']*|\.\d+)(?:[eE][+-]?\d+)?\s?%?")


def forbidden(text: str) -> str:
    r"""Return the first character of a text that may not stand there, in words; empty text where none does.

    Examples
    --------
    >>> forbidden("no\u2028office"), forbidden("one\ttwo\nthree")
    ('U+2028 LINE SEPARATOR', '')
    """
    match = _FORBIDDEN.search(text)
    if match is None:
        return ""
    character = match.group()
    return f"U+{ord(character):04X} {unicodedata.name(character, 'a control character')}"


def cleaned(text: str) -> str:
    r"""Return a text from elsewhere without the characters that may not stand in one.

    Examples
    --------
    >>> cleaned("a\x07b\u2028c")
    'ab c'
    """
    return _FORBIDDEN.sub(lambda match: " " if match.group() in "\x0b\x0c\r\x85\u2028\u2029" else "", text)


def printable(text: str) -> str:
    r"""Return a text for a terminal: what would steer it is spelt out.

    Examples
    --------
    >>> print(printable("\x1b[31mred"))
    \x1b[31mred
    """
    return _FORBIDDEN.sub(lambda match: match.group().encode("unicode_escape", "surrogatepass").decode(), text)


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would take a cell for a formula; a number is none.

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("@SUM(A1)"), is_formula("-0.5"), is_formula("+1 %"), is_formula("- no")
    (True, True, False, False, True)
    """
    return cell[:1] != "" and cell[0] in _FORMULA and not _NUMBER.fullmatch(cell)


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows as text: one that begins like a formula gets an apostrophe before it.

    Examples
    --------
    >>> harmless("=cmd|'/C calc'!A0"), harmless("-0.5"), harmless("A title")
    ("'=cmd|'/C calc'!A0", '-0.5', 'A title')
    """
    return f"'{cell}" if is_formula(cell) else cell
