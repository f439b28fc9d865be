"""What a programme is worth against what it takes: efficient programmes at levels of bandwidth, and of exposure.

Weights that are drawn find only the programmes that are best for some weights. Here one end is held to a level and the
other made as good as can be (epsilon constraint), so that what lies between them is found too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.partnership.knapsack import Areas, Knapsack
from foedus.partnership.portfolio import best
from foedus.partnership.tailored import Efficient

Numbers = NDArray[np.float64]

LEVELS = 8
"""At how many levels each front is told."""
_TIE = 1e-6
"""By how much less of the other end counts beside worth: of two programmes of one worth the cheaper is taken."""


def front(table: Areas, budget: float, keep: bool, levels: int = LEVELS) -> tuple[Efficient, ...]:
    """Return efficient programmes of one partner: at levels of bandwidth, then of exposure within its bandwidth.

    Parameters
    ----------
    table, budget, keep
        As for `foedus.partnership.knapsack.Knapsack`.
    levels
        How many at most of each.
    """
    gains, exposures = table.ends()
    costs = np.array([table.entries[k].wish.cost for k, _ in table.columns])
    barred = np.array([table.entries[k].acceptable < 1 / 2 for k, _ in table.columns])

    def solved(bandwidth: float, exposure: float, against: Numbers) -> NDArray[np.bool_]:
        problem = Knapsack([table], {table.partner: bandwidth}, None, keep)
        rows, bounds = problem.rows()
        return best(
            gains - _TIE * against, np.vstack([rows, exposures]), np.append(bounds, exposure), problem.needed(), barred
        )

    def told(against: str, chosen: NDArray[np.bool_]) -> Efficient:
        reached = [k for n, (k, step) in enumerate(table.columns) if step == 0 and chosen[n]]
        return Efficient(
            table.partner,
            against,
            float(costs @ chosen),
            float(exposures @ chosen / max(exposures.sum(), 1e-12)),
            float(gains @ chosen / max(gains.sum(), 1e-12)),
            tuple(table.entries[k].wish.area for k in reached),
        )

    least = sum(costs[n] for n in Knapsack([table], {table.partner: budget}, None, keep).needed())
    widths = np.unique(np.round(np.linspace(max(least, costs.min()), costs[~barred].sum(), levels)))
    everything = float(exposures.sum())
    programmes = [told("bandwidth", solved(float(width), everything, costs)) for width in widths if width >= least]
    most = solved(budget, everything, exposures)
    floor = float(sum(exposures[n] for n in Knapsack([table], {table.partner: budget}, None, keep).needed()))
    for level in np.linspace(floor, float(exposures @ most), levels):
        programmes.append(told("exposure", solved(budget, float(level) + 1e-9, exposures)))
    return tuple(_distinct(programmes))


def _distinct(programmes: Sequence[Efficient]) -> list[Efficient]:
    """Return programmes without repeats, and without those that another of the same front beats."""
    kept: list[Efficient] = []
    for programme in programmes:
        rest = [other for other in programmes if other.against == programme.against]
        if programme not in kept and not any(_beats(other, programme) for other in rest):
            kept.append(programme)
    return kept


def _beats(other: Efficient, programme: Efficient) -> bool:
    taken, mine = getattr(other, programme.against), getattr(programme, programme.against)
    better = other.worth >= programme.worth - 1e-9 and taken <= mine + 1e-9
    return better and (other.worth > programme.worth + 1e-9 or taken < mine - 1e-9)
