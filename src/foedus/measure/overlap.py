"""What two states share on a day: treaties with duties of assistance, and organisations."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day
from foedus.world import World
from foedus.world.days import as_day


@dataclass(frozen=True, slots=True)
class Overlap:
    """The treaties and organisations that two actors share on a day, and each one's own.

    Attributes
    ----------
    treaties, organisations
        Ids that both share.
    of_treaties, of_organisations
        How many either has.
    """

    treaties: tuple[str, ...]
    organisations: tuple[str, ...]
    of_treaties: int
    of_organisations: int

    @property
    def share(self) -> float:
        """The Jaccard index of both together: what they share of what either has; 0 where neither has any."""
        of = self.of_treaties + self.of_organisations
        return (len(self.treaties) + len(self.organisations)) / of if of else 0.0


def overlap(world: World, first: str, second: str, on: Day | str) -> Overlap:
    """Return what two actors share on a day.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> shared = overlap(packaged_world(), "FRA", "USA", "2023-07-11")
    >>> "nato" in shared.organisations, "nat-1949" in shared.treaties
    (True, True)
    """
    day = as_day(on)
    treaties = [{party.treaty for party in world.treaties_of(actor, day)} for actor in (first, second)]
    bodies = [
        {row.organisation for row in world.memberships_of(actor, day) if row.status == "member"}
        for actor in (first, second)
    ]
    return Overlap(
        tuple(sorted(treaties[0] & treaties[1])),
        tuple(sorted(bodies[0] & bodies[1])),
        len(treaties[0] | treaties[1]),
        len(bodies[0] | bodies[1]),
    )
