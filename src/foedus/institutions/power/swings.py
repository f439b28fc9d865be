"""Swings of games in one weight: how often each member turns a losing coalition of each size into a winning one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.institutions.power.residues import Counts, minus, moduli, recover, settle
from foedus.institutions.power.sums import counts_by_size, counts_by_weight, cumulate, lighter_than

Swings = list[list[int]]
"""For each member, how many coalitions of 0 to n - 1 others it turns from losing to winning."""


def swings_by_number(n: int, needed: int) -> Swings:
    """Return the swings of a game that ``needed`` of ``n`` members win.

    Examples
    --------
    >>> swings_by_number(3, 2)
    [[0, 2, 0], [0, 2, 0], [0, 2, 0]]
    """
    row = [math.comb(n - 1, size) if size == needed - 1 else 0 for size in range(n)]
    return [list(row) for _ in range(n)]


def dual_quotas(weights: Sequence[int], quotas: Sequence[int]) -> tuple[int, ...]:
    """Return the quotas by size of the dual game.

    Examples
    --------
    >>> dual_quotas((4, 4, 4, 2, 2, 1), (12,) * 7)
    (6, 6, 6, 6, 6, 6, 6)
    """
    return tuple(sum(weights) + 1 - quota for quota in reversed(quotas))


def reach(weights: Sequence[int], quotas: Sequence[int]) -> int:
    """Return the largest weight below a quota that some coalition of that size has yet to pass; -1 without one."""
    return max((quota for quota in quotas if quota <= sum(weights)), default=0) - 1


def swings_by_sums(weights: Sequence[int], quotas: Sequence[int]) -> Swings:
    """Return the swings of a game in one weight, by dynamic programming over sums and sizes.

    Parameters
    ----------
    weights
        Whole numbers of at least 0.
    quotas
        What a coalition of each size from 0 to n must weigh, from 0 (nothing) to the sum of the weights plus 1
        (more than it can). They never rise with size.

    References
    ----------
    Lucas (1983), Measuring power in weighted voting systems, for the generating functions.
    """
    dual = dual_quotas(weights, quotas)
    if reach(weights, dual) < reach(weights, quotas):
        return [row[::-1] for row in _swings_by_sums(weights, dual)]
    return _swings_by_sums(weights, quotas)


def _swings_by_sums(weights: Sequence[int], quotas: Sequence[int]) -> Swings:
    n, total, top = len(weights), sum(weights), max(reach(weights, quotas), 0)
    chosen = moduli(math.comb(n, n // 2))
    residues: dict[int, list[Counts]] = {weight: [] for weight in weights}
    for modulus in chosen:
        cumulated = cumulate(counts_by_size(weights, top, modulus), modulus)
        for weight, parts in residues.items():
            parts.append(_swings_of_one(cumulated, weight, total, quotas, modulus))
    rows = {weight: recover(parts, chosen).tolist() for weight, parts in residues.items()}
    return [rows[weight] for weight in weights]


def _swings_of_one(cumulated: Counts, weight: int, total: int, quotas: Sequence[int], modulus: int) -> Counts:
    """Return residues of one member's swings by size: coalitions that lose, less those that lose with the member too.

    ``cumulated`` counts the coalitions of each size, member or not, up to each weight; shape (n + 1, top + 1).
    """
    n = len(cumulated) - 1
    others = np.array([math.comb(n - 1, size) % modulus for size in range(n)], dtype=np.uint64)
    parts = []
    for limits in ([quotas[size] - 1 for size in range(n)], [quotas[size + 1] - 1 - weight for size in range(n)]):
        limit = np.array(limits, dtype=np.int64)
        parts.append(np.where(limit >= total - weight, others, _lighter_by_size(cumulated, weight, limit, modulus)))
    return minus(parts[0], parts[1], modulus)


def _lighter_by_size(cumulated: Counts, weight: int, limits: NDArray[np.int64], modulus: int) -> Counts:
    """Return residues of how many coalitions of each size without one member weigh at most their limit.

    Coalitions without the member are all those, less those with it, which are coalitions without it of one member
    fewer that weigh less: an alternating sum down the sizes.
    """
    n, top = len(limits), cumulated.shape[1] - 1
    limits = np.minimum(limits, top)
    terms = n if weight == 0 else min(n, max(int(limits.max()), 0) // weight + 1)
    step = np.arange(terms)[:, None]
    rows, columns = np.arange(n)[None, :] - step, limits[None, :] - step * weight
    present = (rows >= 0) & (columns >= 0)
    lighter = np.where(present, cumulated[np.maximum(rows, 0), np.maximum(columns, 0)], np.uint64(0))
    even, odd = (lighter[first::2].sum(axis=0, dtype=np.uint64) for first in (0, 1))
    settle(even, modulus)
    settle(odd, modulus)
    return minus(even, odd, modulus)


def all_swings(weights: Sequence[int], quota: int) -> tuple[list[int], int]:
    """Return the swings of a weighted game whatever their size, and the number of winning coalitions.

    Returns
    -------
    tuple[list[int], int]
        One number a member, and one number.

    Examples
    --------
    >>> all_swings((2, 1, 1), 3)
    ([3, 1, 1], 3)
    """
    n, total = len(weights), sum(weights)
    dual = total + 1 - quota
    top = min(quota, dual) - 1
    chosen = moduli(2**n)
    different = sorted(set(weights) - {0})
    residues: list[list[int]] = [[] for _ in different]
    losing: list[Counts] = []
    for modulus in chosen:
        cumulated = cumulate(counts_by_weight(weights, top, modulus), modulus)
        losing.append(cumulated[top:])
        for place, weight in enumerate(different):
            at_most = lighter_than(cumulated, weight, top, modulus)
            below = lighter_than(cumulated, weight, top - weight, modulus)
            residues[place].append((at_most - below) % modulus)
    columns = [np.array([row[k] for row in residues], dtype=np.uint64) for k in range(len(chosen))]
    swings = dict(zip(different, recover(columns, chosen).tolist(), strict=True)) | {0: 0}
    below_top = int(recover(losing, chosen)[0])
    winning = 2**n - below_top if quota <= dual else below_top
    return [swings[weight] for weight in weights], winning


def winning_by_size(swings: Swings) -> list[int]:
    """Return how many coalitions of each size from 0 to n win, from the swings.

    A winning coalition of one more member is counted once for each of its members: either that member's swing
    made it win, or it won already.

    Examples
    --------
    >>> winning_by_size(swings_by_number(3, 2))
    [0, 0, 3, 1]
    """
    n = len(swings)
    winning = [0]
    for size in range(n):
        made = sum(row[size] for row in swings)
        winning.append((made + (n - size) * winning[size]) // (size + 1))
    return winning
