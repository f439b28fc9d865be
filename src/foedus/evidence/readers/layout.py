"""From words that stand somewhere on pages to paragraphs in the order in which they are read.

Lengths are in points, upwards and to the right, as PDF has them.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.evidence.readers.grid import Fragment, cells_of, tables_in
from foedus.evidence.readers.hyphens import join_lines, vocabulary_of

__all__ = ["Fragment", "paragraphs_of"]

_SPANNING = 0.2
_LEAST_LINES = 4
_PROSE = 16
_SAME_LINE = 0.45
_TABLE_GAP = 2.0
_SMALLER = 0.93
_END = re.compile(r"[.!?:;\u2026\u3002][)\]\"'\u201d\u2019\u00bb\u300d*]*$")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002][)\]\"'\u201d\u2019\u00bb\u300d*]*$")
_ITEM = re.compile(
    r"(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\u00b7\uf0b7]|[-\u2013*]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S"
)
_BAR = " | "
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]*$")
_NOTE = re.compile(r"\[?(?:\d{1,3}|[*\u2020\u2021]+)\]?[.)]?\s*(?=[^\W\d_]|[\"'\u201c\u2018\u00ab(])")
_NUMBERED = re.compile(r"\[?(?:\d{1,3}|[*\u2020\u2021])\]?[.)]?\s")
_NUMBER = re.compile(
    r"(?:page\s*)?[-\u2013\u2014|\s]*(?:\d{1,4}|[ivxl]{1,6})[-\u2013\u2014|\s]*(?:(?:/|of)\s*\d{1,4})?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a column, with the column's edges."""

    text: str
    left: float
    right: float
    base: float
    size: float
    column: tuple[float, float]
    page: int


def paragraphs_of(pages: Sequence[Sequence[Fragment]]) -> list[str]:
    """Return the paragraphs of a document, notes at the feet of its pages last.

    A head or foot that is on several pages is told once, before the text; page numbers are left out. A sentence that
    runs from one column or page to the next is one.

    Parameters
    ----------
    pages
        The fragments of each page, in any order.

    Examples
    --------
    >>> left = [Fragment(f"The council met on day {n} and", 50, 250, 700 - 12 * n, 10) for n in range(5)]
    >>> right = [Fragment(f"and nobody objected on day {n}", 300, 500, 700 - 12 * n, 10) for n in range(5)]
    >>> [text] = paragraphs_of([[*left, *right]])
    >>> text.index("day 4 and") < text.index("objected on day 0")
    True
    """
    bare, heads = _without_heads([list(page) for page in pages])
    lines: list[_Line] = []
    notes: list[_Line] = []
    usual = _usual_size(bare)
    for number, page in enumerate(bare):
        columns = [column for column in _columns(page, number) if column]
        for place, column in enumerate(columns):
            text, foot = _split_notes(column, usual, least=min(place, 1))
            lines.extend(text)
            notes.extend(foot)
    known = vocabulary_of(line.text for line in lines)
    return [*heads, *_paragraphs(lines, known), *_paragraphs(notes, known, notes=True)]


def _usual_size(pages: Iterable[Sequence[Fragment]]) -> float:
    letters: Counter[float] = Counter()
    for page in pages:
        for fragment in page:
            letters[round(fragment.size, 1)] += len(fragment.text)
    return letters.most_common(1)[0][0] if letters else 10.0


# Heads and feet


def _without_heads(pages: list[list[Fragment]]) -> tuple[list[list[Fragment]], list[str]]:
    """Return pages without what is at the edge of several of them, and that once."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for page in edges for key in {_mask(line) for line in page})
    first: dict[str, str] = {}
    bare = []
    least = 2 if len(pages) < 8 else 3
    for page, edge in zip(pages, edges, strict=True):
        gone: set[int] = set()
        for line in edge:
            words = " ".join(fragment.text for fragment in line)
            mask = _mask(line)
            if _NUMBER.fullmatch(words.strip()) and (len(pages) > 1 or _stands_alone(line, page)):
                gone.update(map(id, line))
            elif counts[mask] >= least and len(words) < 160:
                first.setdefault(mask, words)
                gone.update(map(id, line))
        bare.append([fragment for fragment in page if id(fragment) not in gone])
    return bare, list(first.values())


def _stands_alone(line: Sequence[Fragment], page: Sequence[Fragment]) -> bool:
    """Tell whether nothing else of a page is near a line."""
    base, size = line[0].base, line[0].size
    return all(abs(fragment.base - base) > 3 * size for fragment in page if abs(fragment.base - base) > 1)


def _edges(page: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the first two and the last two lines of a page, each from left to right."""
    rows = _rows(page)
    return rows if len(rows) < 4 else [*rows[:2], *rows[-2:]]


def _mask(line: Sequence[Fragment]) -> str:
    """Return a line's words with figures masked, and at which height it stands: heads stand where they stood before."""
    words = re.sub(r"\d+|\b[ivxl]+\b", "#", " ".join(fragment.text for fragment in line).casefold())
    return f"{round(line[0].base / 8)} {words}"


def _rows(page: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return fragments by lines, from the top, each from left to right."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(page, key=lambda fragment: (-fragment.base, fragment.left)):
        if rows and abs(rows[-1][0].base - fragment.base) <= _SAME_LINE * max(fragment.size, rows[-1][0].size):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [sorted(row, key=lambda fragment: fragment.left) for row in rows]


# Columns


def _columns(page: Sequence[Fragment], number: int) -> list[list[_Line]]:
    """Return the lines of a page by the columns in which they are read."""
    gutter = _gutter(page)
    if gutter is None:
        return [_lines(page, number)]
    begin, end = gutter
    columns: list[list[_Line]] = []
    band: list[Fragment] = []

    def close() -> None:
        left = [fragment for fragment in band if fragment.right <= end]
        right = [fragment for fragment in band if fragment.right > end]
        for side in (left, right):
            columns.extend(_columns(side, number) if len(side) > _LEAST_LINES else [_lines(side, number)])
        band.clear()

    spanning: list[Fragment] = []
    for row in _rows(page):
        across = any(fragment.left < begin - 1 and fragment.right > end + 1 for fragment in row)
        if across and band:
            close()
        if not across and spanning:
            columns.append(_lines(spanning, number))
            spanning = []
        (spanning if across else band).extend(row)
    close()
    if spanning:
        columns.append(_lines(spanning, number))
    return [column for column in columns if column]


def _gutter(page: Sequence[Fragment]) -> tuple[float, float] | None:
    """Return where the blank between two columns of prose begins and ends, or None where there is none."""
    if len(page) < 2 * _LEAST_LINES:
        return None
    low, high = min(fragment.left for fragment in page), max(fragment.right for fragment in page)
    size = statistics.median(fragment.size for fragment in page)
    step = max(size / 5, (high - low) / 2_000, 0.1)
    cells = int((high - low) / step) + 1
    if cells < 20:
        return None
    change = [0] * (cells + 1)
    for fragment in page:
        change[int((fragment.left - low) / step)] += 1
        change[min(cells, int((fragment.right - low) / step) + 1)] -= 1
    crossing, total = [], 0
    for cell in range(cells):
        total += change[cell]
        crossing.append(total)
    inner = range(cells // 8, cells - cells // 8)
    fewest = min(crossing[cell] for cell in inner)
    if fewest > _SPANNING * len(page):
        return None
    runs: list[tuple[int, int]] = []
    for cell in inner:
        if crossing[cell] == fewest:
            if runs and runs[-1][1] == cell:
                runs[-1] = (runs[-1][0], cell + 1)
            else:
                runs.append((cell, cell + 1))
    for begin, end in sorted(runs, key=lambda run: run[0] - run[1]):
        gutter = (low + begin * step, low + end * step)
        if gutter[1] - gutter[0] >= 0.5 * size and _beside(page, gutter):
            return gutter
    return None


def _beside(page: Sequence[Fragment], gutter: tuple[float, float]) -> bool:
    """Tell whether prose stands on both sides of a blank, side by side; a table's cells are short."""
    begin, end = gutter
    left = [fragment for fragment in page if fragment.right <= begin + 1]
    right = [fragment for fragment in page if fragment.left >= end - 1]
    if min(len(left), len(right)) < _LEAST_LINES:
        return False
    tops = [max(fragment.base for fragment in side) for side in (left, right)]
    feet = [min(fragment.base for fragment in side) for side in (left, right)]
    shared = min(tops) - max(feet)
    if shared < 0.3 * min(tops[0] - feet[0], tops[1] - feet[1]):
        return False
    lengths = ([sum(len(fragment.text) for fragment in row) for row in _rows(side)] for side in (left, right))
    return all(statistics.median(side) >= _PROSE for side in lengths)


def _lines(page: Sequence[Fragment], number: int) -> list[_Line]:
    """Return the lines of one column from its top; what stands far apart on a line is a table's row."""
    if not page:
        return []
    column = (min(fragment.left for fragment in page), max(fragment.right for fragment in page))
    rows = _rows(page)
    tables = {begin: (end, table) for begin, end, table in tables_in(rows)}
    lines: list[_Line] = []
    place = 0
    while place < len(rows):
        if place in tables:
            place, table = tables[place]
            lines.extend(_table_row(row, column, number) for row in table)
        else:
            lines.append(_line(rows[place], column, number))
            place += 1
    return lines


def _line(row: Sequence[Fragment], column: tuple[float, float], number: int) -> _Line:
    text = row[0].text
    stretched = _stretched(row, column)
    for before, fragment in itertools.pairwise(row):
        wide = not stretched and fragment.left - before.right > _TABLE_GAP * fragment.size
        text += f"{_BAR}{fragment.text}" if wide else f" {fragment.text}"
    size = max(row, key=lambda fragment: len(fragment.text)).size
    return _Line(text, row[0].left, row[-1].right, row[0].base, size, column, number)


def _table_row(row: Sequence[Fragment], column: tuple[float, float], number: int) -> _Line:
    text = _BAR.join(join_lines(fragment.text for fragment in cell) for cell in cells_of(row))
    low, high = min(fragment.left for fragment in row), max(fragment.right for fragment in row)
    return _Line(
        text if _BAR in text else f"{text} |",
        low,
        high,
        min(fragment.base for fragment in row),
        row[0].size,
        column,
        number,
    )


def _stretched(row: Sequence[Fragment], column: tuple[float, float]) -> bool:
    """Tell whether a line's blanks are wide because few words had to fill it, and not because it is a table's row."""
    edge = 2 * row[0].size
    return (
        all(" " not in fragment.text for fragment in row)
        and row[0].left - column[0] < edge
        and column[1] - row[-1].right < edge
    )


# Notes


def _split_notes(column: list[_Line], usual: float, least: int) -> tuple[list[_Line], list[_Line]]:
    """Return the lines of a column without the notes at its foot, and these: smaller, or numbered below a blank."""
    first = len(column)
    while first > 1 - least and column[first - 1].size < _SMALLER * usual:
        first -= 1
    if first < len(column) and any(_NOTE.match(line.text) for line in column[first:]):
        while first < len(column) and not _NOTE.match(column[first].text):
            first += 1
        return column[:first], column[first:]
    leads = [above.base - below.base for above, below in itertools.pairwise(column)]
    if len(leads) < 3:
        return column, []
    usual_lead = statistics.median(leads)
    for place in range(max(1, len(column) - 8), len(column)):
        tall = leads[place - 1] > 1.6 * usual_lead
        if tall and _NUMBERED.match(column[place].text) and _at_foot(column, place):
            return column[:place], column[place:]
    return column, []


def _at_foot(column: list[_Line], place: int) -> bool:
    """Tell whether what begins at a line cuts a sentence that goes on elsewhere, and is the lesser part of a column."""
    above = column[place - 1].text
    return place >= len(column) - place and not (_END.search(above) or _LEADERS.search(above) or _ITEM.match(above))


# Paragraphs


def _paragraphs(lines: Sequence[_Line], known: frozenset[str], *, notes: bool = False) -> list[str]:
    if not lines:
        return []
    lead = _usual_lead(lines)
    groups: list[list[_Line]] = []
    for place, line in enumerate(lines):
        if place and _goes_on(lines, place, lead, notes=notes):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join_lines([line.text for line in group], known).removesuffix(" |") for group in groups]


def _usual_lead(lines: Sequence[_Line]) -> float:
    """Return how far apart lines are, in their size."""
    leads = [
        (above.base - below.base) / below.size
        for above, below in itertools.pairwise(lines)
        if above.page == below.page and 0 < above.base - below.base < 4 * below.size
    ]
    return statistics.median(leads) if leads else 1.2


def _goes_on(lines: Sequence[_Line], place: int, lead: float, *, notes: bool) -> bool:
    """Tell whether a line goes on the paragraph of the one before it."""
    above, line = lines[place - 1], lines[place]
    if notes and _NOTE.match(line.text):
        return False
    if abs(above.size - line.size) > 0.08 * max(above.size, line.size) or _apart(above, line):
        return False
    open_ended = not _END.search(above.text)
    if above.page != line.page or line.base >= above.base:  # another column or page
        return open_ended and (_small(line.text) or _full(above))
    apart = (above.base - line.base) / line.size
    if apart > 1.25 * lead + 0.1:
        return open_ended and _small(line.text) and apart < 2.2 * lead and _full(above)
    if not open_ended and line.left > above.left + 0.8 * line.size and _begins(lines, place):
        return False
    if _SENTENCE_END.search(above.text):
        return _full(above)
    return _full(above) or _small(line.text) or not _begins(lines, place)


def _apart(above: _Line, line: _Line) -> bool:
    """Tell whether a line is an item of a list, a row of a table or a line of a table of contents."""
    if _ITEM.match(line.text) or _BAR in f"{line.text} " or _BAR in f"{above.text} ":
        return True
    return bool(_LEADERS.search(line.text) or _LEADERS.search(above.text))


def _full(line: _Line) -> bool:
    """Tell whether a line is filled: no more than a word could still have stood on it."""
    left, right = line.column
    return right - line.right < 0.18 * (right - left)


def _begins(lines: Sequence[_Line], place: int) -> bool:
    """Tell whether a line stands further in than the next, as the first of a paragraph does, or begins a sentence."""
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    indented = after is not None and after.page == line.page and line.left > after.left + 0.8 * line.size
    return indented or not _small(line.text)


def _small(text: str) -> bool:
    first = next((letter for letter in text if letter.isalnum()), "")
    return first.isalpha() and not first.isupper()
