"""Who is tied to whom on a day: treaties and organisations that two actors share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.base.days import Day
from foedus.issues.sitting import Floats
from foedus.world import World
from foedus.world.groupings import groupings


def ties_of(world: World, actors: Sequence[str], on: Day) -> Floats:
    """Return how many organisations and treaties each two actors share on a day.

    Parameters
    ----------
    world
        The facts. A row without a known first day is left out; so is a treaty between two of whom one has suspended
        its obligations towards the other.
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
    shared = [grouping for grouping in groupings(world, on, actors) if grouping.kind != "partnership"]
    belongs = np.array([[actor in group.actors for actor in actors] for group in shared], dtype=np.float64)
    ties = belongs.T @ belongs if len(belongs) else np.zeros((len(actors), len(actors)))
    place = {actor: k for k, actor in enumerate(actors)}
    apart = {frozenset(pair) for group in shared for pair in group.suspended}
    for first, other in (sorted(pair) for pair in apart):
        both = sum(group.joins(first, other) for group in shared)
        ties[place[first], place[other]] = ties[place[other], place[first]] = both
    return np.asarray(ties)
