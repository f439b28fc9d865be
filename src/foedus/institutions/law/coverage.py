"""Which treaties of a region were looked up, and which were not: what silence means."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from foedus.base import cells
from foedus.base.tables import column, read_table

_COVERAGE = Path(__file__).parent / "coverage.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is known of the treaties on assistance of a region.

    Parameters
    ----------
    region
        A continent.
    covered, missing
        The treaties whose clauses are written down, and those that were not looked up, in words.
    """

    region: str = column(cells.text(40), "a continent")
    covered: str = column(cells.text(600), "treaties whose clauses are written down")
    missing: str = column(cells.text(600), "treaties that were not looked up")


@functools.cache
def _table() -> tuple[Coverage, ...]:
    rows = read_table(_COVERAGE, Coverage, name="institutions/law/coverage.csv")
    return tuple(row.record for row in rows)


def coverage(continents: tuple[str, ...] | None = None) -> tuple[Coverage, ...]:
    """Return what is covered of some continents, by default of all.

    Examples
    --------
    >>> [part.region for part in coverage(("Europe", "Asia"))]
    ['Asia', 'Europe']
    """
    return tuple(covered for covered in _table() if continents is None or covered.region in continents)
