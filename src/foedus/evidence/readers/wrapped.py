"""Plain text that was cut into lines at a column, as e-mail and pdftotext do, joined into paragraphs again.

Whether a text was cut is judged on the text itself: most lines that end no sentence go on in the next one with a small
letter. Where that is not so, every line stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.readers.hyphens import join_lines, vocabulary_of

WIDEST = 132
"""Characters of a line beyond which a text is not taken to be cut at a column: the widest line printers had."""

NARROWEST = 30
"""Characters of a text's widest lines below which it is a list, a poem or an address."""

_GOING_ON = 0.4
_FEW_PAIRS = 3
_LOOSE, _TIGHT = 0.7, 0.92
_END = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f][)\]\"'\u201d\u2019\u00bb\u300d\u300f*]*$")
_ITEM = re.compile(
    r"(?:[-*+\u2022\u2023\u25aa\u2013\u2014\u00b7o]|\(?(?:\d{1,3}(?:\.\d{1,3})*[A-Za-z]?|[a-z]|[ivxl]{1,5})[.)])\s+\S"
)
_ITEM_BEFORE = 30
_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Importance|Attachments?|Von|An|Betreff|Datum|De|\u00c0|Objet|"
    r"Title|Headline|By-?line|Authors?|Source|Outlet|Publication|Published|Section|Length|Load-Date|Language|Body"
    r"|Copyright): ",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'\u2019 -]{2,40}:\s")
_TABLE = re.compile(r"\S\s{3,}\S|\t\S|\|")
_QUOTED = re.compile(r"(?:>\s?)+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-\u2013]?\s*\d{1,4}\s*[-\u2013]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_SIGNATURE = "-- "
_TAIL = 100


def join_wrapped(text: str) -> str:
    r"""Return a text with its cut lines joined into paragraphs, one a line; any other text as it is.

    Lists, headings, tables, headers of letters and speakers' labels stay on lines of their own. No letter is lost or
    added; only blanks, line ends, marks of quoting (``>``) and hyphens at the ends of lines go.

    Parameters
    ----------
    text
        With any line ends.

    Examples
    --------
    >>> join_wrapped("Norway said on Monday that the office in Tokyo should\nnot open this year, or\never.\n")
    'Norway said on Monday that the office in Tokyo should not open this year, or ever.\n'
    >>> join_wrapped("Norway: in favour\nFrance: against\n")
    'Norway: in favour\nFrance: against\n'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n").split("\n")
    bare, depths = _unquoted(lines)
    width = _width(bare, depths)
    if not width:
        return text
    known = vocabulary_of(bare)
    paragraphs: list[list[str]] = []
    for number, line in enumerate(bare):
        if number and _goes_on(bare, depths, number, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    joined = [
        join_lines(paragraph, known) if len(paragraph) > 1 else paragraph[0].rstrip(" \t") for paragraph in paragraphs
    ]
    return "\n".join(paragraph for paragraph in _over_pages(joined, known))


def _unquoted(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return lines without the marks of quoting before them, and how deep each is quoted."""
    bare, depths = [], []
    for line in lines:
        quoted = _QUOTED.match(line)
        bare.append(line[quoted.end() :] if quoted else line)
        depths.append(quoted.group().count(">") if quoted else 0)
    return bare, depths


def _pair(lines: Sequence[str], depths: Sequence[int], number: int) -> bool:
    """Tell whether a line may go on the one before it, by their looks and not by their length."""
    above, line = lines[number - 1], lines[number]
    if not above.strip() or not line.strip() or depths[number - 1] != depths[number]:
        return False
    if _is_row(above.strip()) or _is_row(line.strip()):
        return False
    if not any(map(str.isalnum, line)) or not any(map(str.isalnum, above)):
        return False
    start = line.strip()
    return not (_HEADER.match(start) or _HEADER.match(above.strip()) or _LABEL.match(start))


def _is_row(line: str) -> bool:
    """Tell whether a line is a row of a table: wide blanks, tabs or bars within it, not only after an item's mark."""
    item = _ITEM.match(line)
    return _TABLE.search(line, item.end() - 1 if item else 0) is not None


def _width(lines: Sequence[str], depths: Sequence[int]) -> int:
    """Return the column at which a text was cut; 0 where it was not."""
    pairs = [number for number in range(1, len(lines)) if _pair(lines, depths, number)]
    above = [lines[number - 1].rstrip() for number in pairs]
    if not pairs or max(map(len, lines)) > 20 * WIDEST:
        return 0
    lengths = sorted(map(len, above))
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    if not NARROWEST <= width <= WIDEST:
        return 0
    whole = sum(len(line) for line in lines if len(line) > WIDEST)
    if whole > sum(lengths):
        return 0  # paragraphs that are lines already, with a list or a signature among them
    starts = [
        lines[number].strip()
        for number, line in zip(pairs, above, strict=True)
        if not _END.search(line[-_TAIL:]) and 2 * len(line) >= width
    ]
    going_on = sum(map(_small, starts))
    if len(pairs) < _FEW_PAIRS:
        return width if starts and going_on == len(starts) else 0
    return width if starts and going_on >= _GOING_ON * len(starts) else 0


def _small(start: str) -> bool:
    """Tell whether a line begins as none that begins a sentence does: small, or in letters without capitals."""
    first = next((letter for letter in start if letter.isalnum()), "")
    return bool(first) and first.isalpha() and not (first.isupper() or first.istitle())


def _goes_on(lines: Sequence[str], depths: Sequence[int], number: int, width: int) -> bool:
    """Tell whether a line goes on the one before it."""
    if not _pair(lines, depths, number) or lines[number - 1] == _SIGNATURE:
        return False
    above, line = lines[number - 1].rstrip(), lines[number].strip()
    if _indented(lines, number) or (_ITEM.match(line) and _in_list(lines, number)):
        return False
    reach = len(above) + 1 + len(line.split()[0])
    if _END.search(above[-_TAIL:]):
        return reach > _TIGHT * width
    return _small(line) or reach > _LOOSE * width


def _in_list(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line that begins like an item of a list is one: a sentence or a list is before it.

    A dash or a number at the begin of a line may as well stand within a sentence.
    """
    if _END.search(lines[number - 1].rstrip()[-_TAIL:]):
        return True
    for at in range(number - 1, max(-1, number - _ITEM_BEFORE), -1):
        if not lines[at].strip():
            return False
        if _ITEM.match(lines[at].strip()):
            return True
    return False


def _indented(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line begins a paragraph by standing further in than the lines around it."""
    depth = _indent(lines[number])
    after = lines[number + 1] if number + 1 < len(lines) else ""
    below = _indent(after) if after.strip() else 0
    item = _ITEM.match(lines[number - 1].strip())
    return depth > _indent(lines[number - 1]) and depth > below and not item and not _small(lines[number].strip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _over_pages(paragraphs: list[str], known: frozenset[str]) -> list[str]:
    """Join a sentence that runs from one page to the next; page numbers between the two are set after it."""
    kept: list[str] = []
    place = 0
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        if "\f" not in paragraph:
            kept.append(paragraph)
        else:
            before = _last(kept)
            after = next((at for at in range(place + 1, len(paragraphs)) if _text(paragraphs[at])), None)
            if (
                before is not None
                and after is not None
                and not _END.search(kept[before][-_TAIL:])
                and _small(paragraphs[after])
            ):
                kept[before] = join_lines([kept[before], paragraphs[after]], known)
                kept.extend(line for line in paragraphs[place + 1 : after] if line.strip())
                place = after
            else:
                kept.append("")
        place += 1
    return kept


def _last(kept: Sequence[str]) -> int | None:
    return next((at for at in range(len(kept) - 1, -1, -1) if _text(kept[at])), None)


def _text(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and not _PAGE_NUMBER.fullmatch(bare)
