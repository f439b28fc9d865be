"""Coalitions counted by their sum of weights and their size: dynamic programming on residues."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from foedus.institutions.power.residues import ADDITIONS, WORD, Counts, minus, settle

_BLOCK = 2**15  # numbers that stay in a core's cache while they are added to


def counts_by_weight(weights: Sequence[int], top: int, modulus: int) -> Counts:
    """Count the coalitions of each weight up to ``top``.

    Parameters
    ----------
    weights
        Whole numbers of at least 0.
    top
        The largest weight of interest.
    modulus
        Counts are residues of it.

    Returns
    -------
    Counts
        Shape (top + 1,).

    Examples
    --------
    >>> counts_by_weight((1, 1, 2), 4, 2**64).tolist()
    [1, 2, 2, 2, 1]
    """
    counts = np.zeros(top + 1, dtype=np.uint64)
    counts[0] = 1
    total = 0
    for step, weight in enumerate(sorted(weights), 1):
        total += weight
        stop = min(total, top) + 1
        while stop > weight:
            start = max(stop - _BLOCK, weight)
            counts[start:stop] += counts[start - weight : stop - weight]
            stop = start
        if step % ADDITIONS == 0:
            settle(counts[: min(total, top) + 1], modulus)
    settle(counts, modulus)
    return counts


def counts_by_size(weights: Sequence[int], top: int, modulus: int) -> Counts:
    """Count the coalitions of each size and each weight up to ``top``.

    Returns
    -------
    Counts
        Shape (n + 1, top + 1): row by size, column by weight, residues of the modulus.

    Examples
    --------
    >>> counts_by_size((1, 1, 2), 4, 2**64).tolist()
    [[1, 0, 0, 0, 0], [0, 2, 1, 0, 0], [0, 0, 1, 2, 0], [0, 0, 0, 0, 1]]
    """
    ordered = sorted(weights)
    lightest = list(accumulate(ordered, initial=0))  # the least that a coalition of each size weighs
    counts = np.zeros((len(ordered) + 1, top + 1), dtype=np.uint64)
    counts[0, 0] = 1
    for done, weight in enumerate(ordered):
        stop = min(lightest[done], top - weight) + 1
        for size in range(done, -1, -1):
            start = lightest[size]
            if start < stop:
                counts[size + 1, start + weight : stop + weight] += counts[size, start:stop]
        if (done + 1) % ADDITIONS == 0:
            settle(counts[: done + 2, : min(lightest[done + 1], top) + 1], modulus)
    settle(counts, modulus)
    return counts


def without(counts: Counts, weight: int, modulus: int) -> Counts:
    """Return the counts by size and weight of the coalitions that leave out one member of a given weight.

    Parameters
    ----------
    counts
        As `counts_by_size` gives them, settled.

    Examples
    --------
    >>> without(counts_by_size((1, 1, 2), 4, 2**64), 1, 2**64).tolist()
    [[1, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 0]]
    """
    others = counts.copy()
    width = counts.shape[1]
    for size in range(1, len(counts)):
        others[size, weight:] = minus(counts[size, weight:], others[size - 1, : width - weight], modulus)
    return others


def lighter_than(cumulated: Counts, weight: int, limit: int, modulus: int) -> int:
    """Count the coalitions without one member whose weight is at most a limit.

    Parameters
    ----------
    cumulated
        Cumulated counts by weight of all coalitions, settled, shape (top + 1,).
    weight
        The member's weight; for a weight of 0 half of all coalitions are without the member, so it is not asked.
    limit
        At most ``top``; below 0 no coalition is.

    Returns
    -------
    int
        A residue. Coalitions without the member are all those, less those with it, which are again coalitions
        without it that weigh less: an alternating sum.
    """
    if limit < 0:
        return 0
    steps = cumulated[limit::-weight]
    return (_sum(steps[::2], modulus) - _sum(steps[1::2], modulus)) % modulus


def _sum(residues: Counts, modulus: int) -> int:
    if modulus == WORD:
        return int(residues.sum(dtype=np.uint64))
    return sum(int(residues[start : start + 2**19].sum(dtype=np.uint64)) for start in range(0, len(residues), 2**19))


def cumulate(counts: Counts, modulus: int) -> Counts:
    """Return cumulated counts along the last axis, settled.

    Examples
    --------
    >>> cumulate(np.array([1, 2, 2], dtype=np.uint64), 4).tolist()
    [1, 3, 1]
    """
    if modulus == WORD:
        return np.cumsum(counts, axis=-1, dtype=np.uint64)
    total = np.empty_like(counts)
    carried = np.zeros(counts.shape[:-1], dtype=np.uint64)
    for start in range(0, counts.shape[-1], 2**19):
        part = np.cumsum(counts[..., start : start + 2**19], axis=-1, dtype=np.uint64)
        part += carried[..., None]
        settle(part, modulus)
        total[..., start : start + 2**19] = part
        carried = part[..., -1].copy()
    return total
