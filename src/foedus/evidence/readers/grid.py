"""Tables on a page: cells whose words stand beside each other, told from paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

_ALIGNED = 2.5
_FARTHEST = 3.2
_PADDED = 1.12
_LONGEST_MARK = 3


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words on one line of a page.

    Attributes
    ----------
    text
        The words.
    left, right
        Where they begin and end.
    base
        The height of the line on which they stand.
    size
        Of their letters.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


Row = Sequence[Fragment]
"""What stands on one line, from left to right."""


def tables_in(rows: Sequence[Row]) -> list[tuple[int, int, list[list[Fragment]]]]:
    """Return where tables begin and end among the lines of a column, each with its rows.

    A table has a blank strip between its first column and the rest over several lines, and at least two cells on either
    side of it. Its rows are told by the larger distance between them; a cell may have several lines.

    Parameters
    ----------
    rows
        The lines, from the top.

    Returns
    -------
    list
        Triples: the first line, the line after the last, and the fragments of each row of the table.
    """
    tables: list[tuple[int, int, list[list[Fragment]]]] = []
    place = 0
    while place < len(rows):
        edge = _edge(rows[place])
        if edge is None:
            place += 1
            continue
        begin, end = place, place + 1
        while begin > (tables[-1][1] if tables else 0) and _belongs(rows, begin - 1, begin, edge):
            begin -= 1
        while end < len(rows) and _belongs(rows, end, end - 1, edge):
            end += 1
        fragments = [fragment for row in rows[begin:end] for fragment in row]
        first = [fragment for fragment in fragments if fragment.left < edge - _ALIGNED]
        rest = [fragment for fragment in fragments if fragment.left >= edge - _ALIGNED]
        if min(len({fragment.base for fragment in first}), len({fragment.base for fragment in rest})) >= 2:
            tables.append((begin, end, _cut(first, rest)))
            place = end
        else:
            place += 1
    return tables


def cells_of(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return a row of a table by its cells, from left to right: what stands below each other is one."""
    cells: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.left):
        if cells and fragment.left < max(other.right for other in cells[-1]):
            cells[-1].append(fragment)
        else:
            cells.append([fragment])
    return [sorted(cell, key=lambda fragment: (-fragment.base, fragment.left)) for cell in cells]


def _edge(row: Row) -> float | None:
    """Return where the second cell of a line begins, or None where the line has but one."""
    for before, after in itertools.pairwise(row):
        if after.left - before.right >= max(before.size, after.size):
            marks = len(row[0].text) <= _LONGEST_MARK  # the bullet or the number of a list
            stretched = len(row) > 2 and all(" " not in fragment.text for fragment in row)
            return None if marks or stretched else after.left
    return None


def _belongs(rows: Sequence[Row], place: int, beside: int, edge: float) -> bool:
    """Tell whether a line is of the same table as the one beside it: near, with the blank strip left blank."""
    row, other = rows[place], rows[beside]
    size = max(row[0].size, other[0].size)
    if abs(row[0].base - other[0].base) > _FARTHEST * size:
        return False
    left = [fragment for fragment in row if fragment.left < edge - _ALIGNED]
    right = [fragment for fragment in row if fragment.left >= edge - _ALIGNED]
    if any(fragment.right > edge - 0.3 * fragment.size for fragment in left):
        return False
    return not right or abs(right[0].left - edge) <= _ALIGNED


def _cut(first: Sequence[Fragment], rest: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the fragments of each row of a table, from the top."""
    bases = sorted({fragment.base for fragment in rest}, reverse=True)
    gaps = [above - below for above, below in itertools.pairwise(bases)]
    near = min(gaps, default=0.0)
    starts = sorted({fragment.base for fragment in first}, reverse=True)
    if gaps and max(gaps) > _PADDED * near and len(starts) < len(bases):
        cuts = [(above + below) / 2 for above, below in itertools.pairwise(bases) if above - below > _PADDED * near]
    else:
        cuts = [base + 0.5 * first[0].size for base in starts[1:]]  # each row begins where its first cell does
    rows: list[list[Fragment]] = [[] for _ in range(len(cuts) + 1)]
    for fragment in (*first, *rest):
        rows[sum(fragment.base < cut for cut in cuts)].append(fragment)
    return [row for row in rows if row]
