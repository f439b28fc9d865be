"""Placing means where an enemy, who sees them, chooses where to strike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from foedus.base.errors import FoedusError

Numbers = NDArray[np.float64]


def water_filling(values: Sequence[float], budget: float) -> tuple[float, Numbers]:
    """Return the least loss that an enemy who strikes where it is worst can cause, and where means stand then.

    The loss at a place of value ``v`` with means ``r`` is ``v exp(-r)``. Means go to the worst place until it is no
    worse than the next: all defended places end at one level, and places below it get nothing.

    Parameters
    ----------
    values
        Loss at each place without means, above 0.
    budget
        Means to be placed, 0 or more.

    Raises
    ------
    FoedusError
        When a value is not above 0, or the budget is negative.

    References
    ----------
    Powell (2007), Defending against terrorist attacks with limited resources. doi:10.1017/S0003055407070244

    Examples
    --------
    >>> level, placed = water_filling([10, 4, 1], 3)
    >>> round(level, 9), placed.round(9).tolist()
    (1.411199041, [1.958145366, 1.041854634, 0.0])
    """
    worth = np.asarray(values, dtype=np.float64)
    if not (worth > 0).all() or budget < 0:
        raise FoedusError("water filling needs values above 0 and a budget of 0 or more")
    logs = np.log(np.sort(worth)[::-1])
    for count in range(len(logs), 0, -1):
        level = (logs[:count].sum() - budget) / count
        if logs[count - 1] >= level:
            break
    return float(np.exp(level)), np.maximum(np.log(worth) - level, 0.0)


def blotto(own: int, other: int, fields: Sequence[float]) -> float:
    """Return the value of the game in which two sides divide whole forces over fields; for the classroom.

    Whoever has more on a field wins its worth, equal forces win nothing.

    Examples
    --------
    >>> round(blotto(6, 5, [1, 1]), 9), round(blotto(5, 3, [2, 1]), 9)
    (0.333333333, 1.476190476)
    """
    mine, theirs = (np.array(_splits(force, len(fields))) for force in (own, other))
    gains = np.sign(mine[:, None, :] - theirs[None, :, :]) @ np.asarray(fields, dtype=np.float64)
    n = len(mine)
    solution = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.column_stack([-gains.T, np.ones(gains.shape[1])]),
        b_ub=np.zeros(gains.shape[1]),
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[*((0, None) for _ in range(n)), (None, None)],
        method="highs",
    )
    return float(-solution.fun)


def _splits(total: int, places: int) -> list[list[int]]:
    if places == 1:
        return [[total]]
    return [[k, *rest] for k in range(total + 1) for rest in _splits(total - k, places - 1)]
