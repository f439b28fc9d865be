"""A few public numbers of enablers, each with its source and day: a start for ``means.csv``, never an inventory."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column, read_table

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enabler:
    """How many units of one kind somebody was said to have on a day."""

    owner: str = column(cells.identifier(), "id of an actor of the world")
    kind: str = column(cells.choice("tanker", "airlift", "maritime-patrol", "air-defence"), "what it is")
    what: str = column(cells.text(200), "the type, and what is counted")
    number: float = column(cells.number(0), "how many")
    as_of: Day = column(cells.day(), "the day for which the source gives it")
    source: str = column(cells.text(300), "title and publisher")
    url: str = column(cells.text(300), "address")
    verified: bool = column(cells.yes_or_no(), "whether the number was read in that source")
    note: str = column(cells.text(500), "what a reader should know", blank="")


@functools.cache
def enablers() -> tuple[Enabler, ...]:
    """Return the packaged public numbers.

    Examples
    --------
    >>> [int(enabler.number) for enabler in enablers() if (enabler.owner, enabler.kind) == ("NZL", "maritime-patrol")]
    [4]
    """
    return tuple(row.record for row in read_table(FOLDER / "enablers.csv", Enabler, name="enablers.csv"))
