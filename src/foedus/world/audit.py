"""How much of the packaged facts was read in the sources that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.world.records import Sourced
from foedus.world.tables import FILES
from foedus.world.world import World, packaged_world


@dataclass(frozen=True, slots=True)
class Audit:
    """How much of a table was read in its source."""

    table: str
    rows: int
    verified: int


def audit(world: World | None = None) -> Iterator[Audit]:
    """Yield every table whose rows say whether they were verified; by default the packaged ones.

    Examples
    --------
    >>> found = {one.table: one for one in audit()}
    >>> found["treaty_parties.csv"].rows >= found["treaty_parties.csv"].verified > 0
    True
    """
    world = world or packaged_world()
    for file, record in FILES.items():
        found = getattr(world, file.removesuffix(".csv"))
        rows = list(found.values() if isinstance(found, dict) else found)
        if rows and issubclass(record, Sourced):
            yield Audit(file, len(rows), sum(row.verified for row in rows))
