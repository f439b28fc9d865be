"""Who is tied to whom on a day: treaties and organisations that two actors share."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from foedus.base.days import Day
from foedus.issues.sitting import Floats
from foedus.world import World
from foedus.world.facts import TreatyParty
from foedus.world.world import TABLES_FOLDER, read_table_of

_STANDING = {"member", "permanent-member", "outside-military-structure"}


@functools.cache
def _parties() -> tuple[TreatyParty, ...]:
    rows = read_table_of(TABLES_FOLDER, TreatyParty, "treaty_parties.csv", "treaty_parties.csv")
    return tuple(row for _, row in rows)


def ties_of(world: World, actors: Sequence[str], on: Day) -> Floats:
    """Return how many organisations and treaties each two actors share on a day.

    Parameters
    ----------
    world
        Whose memberships count; the parties to treaties are the packaged ones. A row without a first day is left out.
    actors
        Ids; length A.
    on
        The day.

    Returns
    -------
    Floats
        Shape (A, A), symmetric; the diagonal holds how many each has.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> ties = ties_of(packaged_world(), ["USA", "GBR", "CHN"], parse_day("2023-07-11"))
    >>> bool(ties[0, 1] > ties[0, 2])
    True
    """
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in world.memberships:
        if row.status in _STANDING and on in row.interval:
            shared["organisation", row.organisation].add(row.actor)
    for party in _parties():
        if party.start is not None and party.start <= on and (party.end is None or on < party.end):
            shared["treaty", party.treaty].add(party.actor)
    belongs = np.array([[actor in group for actor in actors] for group in shared.values()], dtype=np.float64)
    return np.asarray(belongs.T @ belongs) if len(belongs) else np.zeros((len(actors), len(actors)))
