"""Choosing several things under a budget when weights are unknown: programmes in whole numbers, and enumeration."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, kron

from foedus.base.errors import FoedusError

Numbers = NDArray[np.float64]

MOST_ENUMERATED = 20
"""Things from which on enumeration is refused: there are two to that power of portfolios."""


def best(
    worth: Numbers,
    rows: ArrayLike,
    limits: Numbers,
    needed: Sequence[int] = (),
    barred: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Return the portfolio of the greatest worth, solved with HiGHS.

    Parameters
    ----------
    worth
        Of each thing; shape (n,).
    rows, limits
        ``rows @ chosen <= limits``; shapes (k, n) and (k,).
    needed
        Places of things that must be chosen.
    barred
        Whether a thing may not be chosen; shape (n,). What is needed stays.

    Raises
    ------
    FoedusError
        When no portfolio meets the limits with all that is needed.

    Examples
    --------
    >>> best(np.array([8.0, 6, 5, 2, 1]), [[4, 3, 3, 3, 2]], np.array([8.0])).tolist()
    [True, True, False, False, False]
    """
    low = np.zeros(len(worth))
    low[list(needed)] = 1.0
    high = np.ones(len(worth)) if barred is None else np.where(barred & (low == 0), 0.0, 1.0)
    solution = milp(
        -worth,
        constraints=LinearConstraint(csr_array(rows), -np.inf, limits),
        integrality=np.ones(len(worth)),
        bounds=Bounds(low, high),
    )
    if solution.x is None:
        raise FoedusError(_INFEASIBLE)
    return np.asarray(solution.x > 0.5)


def best_of_each(
    worths: Numbers,
    rows: ArrayLike,
    limits: Numbers,
    needed: Sequence[int] = (),
    barred: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Return the best portfolio for each of several worths under the same limits; shape (draws, n).

    The programmes are first solved together without asking for whole things. Where things come out whole all the same,
    as they mostly do, nothing better exists; the others are solved one by one.

    Raises
    ------
    FoedusError
        As `best`.
    """
    draws, n = worths.shape
    matrix = csr_array(rows)
    dense = matrix.toarray()
    low = np.zeros(n)
    low[list(needed)] = 1.0
    portfolios = np.zeros((draws, n), dtype=np.bool_)
    for start in range(0, draws, _TOGETHER):
        part = worths[start : start + _TOGETHER]
        out = np.zeros(part.shape, dtype=np.bool_) if barred is None else barred[start : start + _TOGETHER]
        high = np.where(out & (low == 0), 0.0, 1.0)
        answer = linprog(
            -part.ravel(),
            A_ub=kron(eye_array(len(part)), matrix, format="csr"),
            b_ub=np.tile(limits, len(part)),
            bounds=np.column_stack([np.tile(low, len(part)), high.ravel()]),
            method="highs",
        )
        if answer.x is None:
            raise FoedusError(_INFEASIBLE)
        shares = answer.x.reshape(len(part), n)
        saved = (answer.lower.marginals + answer.upper.marginals).reshape(len(part), n)
        whole = (np.minimum(shares, 1 - shares) < 1e-7).all(axis=1)
        for k, worth in enumerate(part):
            if whole[k]:
                portfolios[start + k] = shares[k] > 0.5
            else:
                inside, outside = _settled(worth, shares[k], saved[k], dense, limits)
                fixed = sorted({*needed, *np.flatnonzero(inside).tolist()})
                portfolios[start + k] = best(worth, matrix, limits, fixed, out[k] | outside)
    return portfolios


def _settled(
    worth: Numbers, shares: Numbers, saved: Numbers, rows: Numbers, limits: Numbers
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which things are in, and which are out, of every best portfolio, by the programme in parts of things.

    A thing whose choice the other way costs more than lies between the programme in parts and a portfolio at hand, that
    of the whole things alone, cannot be chosen the other way (fixing by reduced costs).
    """
    whole = shares > 1 - 1e-7
    nothing = np.zeros(len(worth), dtype=np.bool_)
    left = limits - rows @ whole
    if (left < -1e-9).any():
        return nothing, nothing
    at_hand = whole.copy()
    for n in np.argsort(-worth * ~whole):
        if worth[n] <= 0:
            break
        if not at_hand[n] and (rows[:, n] <= left + 1e-9).all():
            at_hand[n] = True
            left = left - rows[:, n]
    gap = worth @ shares - worth @ at_hand + 1e-7
    return whole & (-saved > gap), (shares < 1e-7) & (saved > gap)


_TOGETHER = 50
"""Programmes that are solved in one call: a call costs milliseconds however small it is."""

_INFEASIBLE = "no portfolio holds what is needed within the budget and what goes before it"


def feasible(rows: ArrayLike, limits: Numbers) -> NDArray[np.bool_]:
    """Return every portfolio within the limits, by enumeration; shape (portfolios, n).

    Raises
    ------
    FoedusError
        When there are more than `MOST_ENUMERATED` things.
    """
    matrix = np.asarray(rows, dtype=np.float64)
    n = matrix.shape[1]
    if n > MOST_ENUMERATED:
        raise FoedusError(f"{n} things make too many portfolios to enumerate; at most {MOST_ENUMERATED}")
    every = np.array(list(itertools.product([False, True], repeat=n)))
    return every[(every @ matrix.T <= limits + 1e-9).all(axis=1)]


def efficient(values: ArrayLike, rows: ArrayLike, limits: Numbers) -> NDArray[np.bool_]:
    """Return the feasible portfolios that no other beats on every criterion, by enumeration; shape (portfolios, n).

    Parameters
    ----------
    values
        Of each thing by each criterion; shape (n, criteria).
    rows, limits
        As for `best`.

    Notes
    -----
    Weights that are drawn find only some of them: a portfolio that lies behind the line between two others is the best
    for no weights at all.

    References
    ----------
    Liesiö, Mild and Salo (2007), Preference programming for robust portfolio modeling and project selection.
    doi:10.1016/j.ejor.2005.12.041
    """
    every = feasible(rows, limits)
    totals = every @ np.asarray(values, dtype=np.float64)
    kept = [
        k
        for k, total in enumerate(totals)
        if not ((totals >= total - 1e-9).all(axis=1) & (totals > total + 1e-9).any(axis=1)).any()
    ]
    return every[kept]


def drawn_weights(levels: Numbers, order: Sequence[int] = ()) -> Numbers:
    """Return weights drawn evenly from all that sum to 1; shape (draws, criteria).

    Parameters
    ----------
    levels
        Uniform numbers; shape (draws, criteria).
    order
        Places of criteria of which each weighs at least as much as the next, and all of them at least as much as the
        others. The mean is then the rank-order centroid (Barron and Barrett 1996).

    Examples
    --------
    >>> levels = np.random.default_rng(1).random((20_000, 3))
    >>> drawn_weights(levels, (2, 0, 1)).mean(axis=0).round(2).tolist()
    [0.28, 0.11, 0.61]
    """
    spread = -np.log(1 - levels)
    weights = spread / spread.sum(axis=1, keepdims=True)
    if not order:
        return np.asarray(weights)
    n = weights.shape[1]
    rest = [k for k in range(n) if k not in order]
    falling = -np.sort(-weights, axis=1)
    weights_in_order = np.empty_like(weights)
    weights_in_order[:, list(order)] = falling[:, : len(order)]
    left = falling[:, len(order) :]
    if rest:
        shuffled = np.take_along_axis(left, np.argsort(levels[:, rest], axis=1).argsort(axis=1), axis=1)
        weights_in_order[:, rest] = shuffled
    return np.asarray(weights_in_order, dtype=np.float64)


def acceptability(values: ArrayLike, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Return how often each alternative is the best over drawn weights, and the mean weights for which it is.

    Parameters
    ----------
    values
        Of each alternative by each criterion; shape (alternatives, criteria).
    weights
        Shape (draws, criteria).

    References
    ----------
    Lahdelma, Hokkanen and Salminen (1998), SMAA: stochastic multiobjective acceptability analysis.
    doi:10.1016/S0377-2217(97)00163-X
    """
    table = np.asarray(values, dtype=np.float64)
    first = np.argmax(weights @ table.T, axis=1)
    shares = np.bincount(first, minlength=len(table)) / len(weights)
    nothing = np.zeros(table.shape[1])
    central = [weights[first == k].mean(axis=0) if (first == k).any() else nothing for k in range(len(table))]
    return np.asarray(shares, dtype=np.float64), np.array(central)
