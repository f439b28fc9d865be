"""Statements of the rules on texts that may not be packaged: where, whether they are right, and why believed.

No words of the texts are kept, only an address and a day, the claim, who was given which stance, and the grounds.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column, read_table
from foedus.evidence.coder.certainty import GROUNDS, certainty_of
from foedus.evidence.real_texts import Judged

TABLE = Path(__file__).parent / "real" / "judged.csv"
"""The packaged table; ``bench/certainty_fit.py --texts DIR`` writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A row of ``judged.csv``."""

    address: str = column(cells.text(), "where the text was read")
    published: Day = column(cells.day(), "its day")
    day: str = column(cells.choice("shown", "inferred"), "whether the text shows it, or the events in the text tell it")
    genre: str = column(cells.text(), "its kind of prose")
    claim: str = column(cells.text(), "the claim for which it was coded")
    actor: str = column(cells.text(), "who was given the stance")
    stance: int = column(cells.stance(), "-1, 0 or 1")
    right: bool = column(cells.yes_or_no(), "whether the rows coded by hand say the same")
    rules: float = column(cells.number(), GROUNDS["rules"])
    verbs: float = column(cells.number(), GROUNDS["verbs"])
    plain: float = column(cells.number(), GROUNDS["plain"])
    judged: float = column(cells.number(), GROUNDS["judged"])
    quoted: float = column(cells.number(), GROUNDS["quoted"])
    agree: float = column(cells.number(), GROUNDS["agree"])
    clash: float = column(cells.number(), GROUNDS["clash"])


@functools.cache
def judged_elsewhere() -> tuple[Judged, ...]:
    """Return the judged statements of the table; the address of a text stands for its name.

    Examples
    --------
    >>> len(judged_elsewhere()) >= 300
    True
    """
    judged = []
    for row in (row.record for row in read_table(TABLE, JudgedRow, name=TABLE.name)):
        grounds = {"start": 1.0} | {name: float(getattr(row, name)) for name in GROUNDS if name != "start"}
        coding = (row.actor, row.claim, row.stance)
        judged.append(Judged(row.address, "", coding, certainty_of(grounds), row.right, grounds))
    return tuple(judged)
