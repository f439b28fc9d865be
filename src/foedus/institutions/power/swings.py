"""Swings of games in one weight: how often each member turns a losing coalition of each size into a winning one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.institutions.power.residues import WORD, Counts, moduli, recover
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
    places = {weight: _Places(n, total, top, weight, quotas) for weight in set(weights)}
    residues: dict[int, list[Counts]] = {weight: [] for weight in places}
    for modulus in chosen:
        cumulated = cumulate(counts_by_size(weights, top, modulus), modulus)
        for weight, where in places.items():
            residues[weight].append(where.swings(cumulated, modulus))
    rows = {weight: recover(parts, chosen).tolist() for weight, parts in residues.items()}
    return [rows[weight] for weight in weights]


class _Places:
    """Where in the table of cumulated counts the swings of a member of one weight are found."""

    def __init__(self, n: int, total: int, top: int, weight: int, quotas: Sequence[int]) -> None:
        self.n = n
        self.others = [math.comb(n - 1, size) for size in range(n)]
        losing = np.array([quotas[size] - 1 for size in range(n)], dtype=np.int64)
        still = np.array([quotas[size + 1] - weight - 1 for size in range(n)], dtype=np.int64)
        self.all_losing = losing >= total - weight
        self.all_still = still >= total - weight
        self.losing = _steps(losing, weight, top)
        self.still = _steps(still, weight, top)

    def swings(self, cumulated: Counts, modulus: int) -> Counts:
        """Return residues of the swings by size: coalitions that lose, less those that lose with the member too."""
        others = np.array([number % modulus for number in self.others], dtype=np.uint64)
        losing = np.where(self.all_losing, others, _alternating(cumulated, self.losing, modulus))
        still = np.where(self.all_still, others, _alternating(cumulated, self.still, modulus))
        if modulus == WORD:
            return np.asarray(losing - still, dtype=np.uint64)
        return np.asarray((losing + np.uint64(modulus) - still) % np.uint64(modulus), dtype=np.uint64)


_Steps = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]


def _steps(limits: NDArray[np.int64], weight: int, top: int) -> _Steps:
    """Return rows, columns and presence of the terms of each size's alternating sum; shape (terms, n)."""
    n = len(limits)
    most = n if weight == 0 else min(n, max(int(min(limits.max(), top)), 0) // weight + 1)
    step = np.arange(most)[:, None]
    rows, columns = np.arange(n)[None, :] - step, limits[None, :] - step * weight
    return np.maximum(rows, 0), np.clip(columns, 0, top), (rows >= 0) & (columns >= 0)


def _alternating(cumulated: Counts, steps: _Steps, modulus: int) -> Counts:
    rows, columns, present = steps
    terms = np.where(present, cumulated[rows, columns], np.uint64(0))
    even, odd = terms[::2].sum(axis=0, dtype=np.uint64), terms[1::2].sum(axis=0, dtype=np.uint64)
    if modulus == WORD:
        return np.asarray(even - odd, dtype=np.uint64)
    size = np.uint64(modulus)
    return np.asarray((even % size + size - odd % size) % size, dtype=np.uint64)


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
    found: list[list[int]] = [[] for _ in different]
    losing: list[Counts] = []
    for modulus in chosen:
        cumulated = cumulate(counts_by_weight(weights, top, modulus), modulus)
        losing.append(cumulated[top:])
        for place, weight in enumerate(different):
            at_most = lighter_than(cumulated, weight, top, modulus)
            below = lighter_than(cumulated, weight, top - weight, modulus)
            found[place].append((at_most - below) % modulus)
    columns = [np.array([row[k] for row in found], dtype=np.uint64) for k in range(len(chosen))]
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
