"""Meeting in the middle: members split in two halves, whose coalitions are listed and then paired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.institutions.power.forms import SIZE, Form, Threshold, thresholds
from foedus.institutions.power.swings import Swings

_CELLS = 2**18  # pairs of coalitions compared at once, so that they stay in a core's cache


@dataclass(frozen=True, slots=True)
class Half:
    """All coalitions among some members.

    Parameters
    ----------
    members
        Places of the members.
    sums
        Shape (vectors, coalitions).
    sizes
        Shape (coalitions,).
    inside
        Which member is in which coalition, shape (coalitions, members).
    """

    members: tuple[int, ...]
    sums: NDArray[np.int64]
    sizes: NDArray[np.int64]
    inside: NDArray[np.int64]

    def ordered(self, order: NDArray[np.int64]) -> Half:
        """Return the same coalitions in another order."""
        return Half(self.members, self.sums[:, order], self.sizes[order], self.inside[order])

    def of_size(self, size: int) -> Half:
        """Return the coalitions of one size, in the order they stand."""
        return self.ordered(np.flatnonzero(self.sizes == size))


def half_of(vectors: Sequence[Sequence[int]], members: Sequence[int]) -> Half:
    """List all coalitions among some members; coalition number c holds the members at the set bits of c.

    Examples
    --------
    >>> half_of([(5, 7, 9)], (0, 2)).sums.tolist()
    [[0, 5, 9, 14]]
    """
    sums = np.zeros((len(vectors), 1), dtype=np.int64)
    for member in members:
        weights = np.array([[vector[member]] for vector in vectors], dtype=np.int64).reshape(len(vectors), 1)
        sums = np.concatenate([sums, sums + weights], axis=1)
    numbers = np.arange(2 ** len(members))
    inside = numbers[:, None] >> np.arange(len(members)) & 1
    return Half(tuple(members), sums, inside.sum(axis=1), inside)


def swings_in_one_weight(weights: Sequence[int], quotas: Sequence[int]) -> Swings:
    """Return the swings of a game in one weight, by sorting the coalitions of two halves.

    Parameters
    ----------
    weights, quotas
        As in `foedus.institutions.power.swings.swings_by_sums`. The weights may be as large as they like.

    References
    ----------
    Horowitz and Sahni (1974), Computing partitions with applications to the knapsack problem. doi:10.1145/321812.321823
    """
    n = len(weights)
    left, right = (half_of([weights], members) for members in (range(n // 2), range(n // 2, n)))
    winning = [[0] * (n + 1) for _ in range(n)]
    whole = [0] * (n + 1)
    for a, other, counted in ((left, right, True), (right, left, False)):
        mine = [a.of_size(size) for size in range(len(a.members) + 1)]
        sums = [np.sort(other.of_size(size).sums[0]) for size in range(len(other.members) + 1)]
        for here in mine:
            order = np.argsort(here.sums[0], kind="stable")
            here_sums, here_inside = here.sums[0][order], here.inside[order]
            for there, there_sums in enumerate(sums):
                size = int(here.sizes[0]) + there
                missing = np.searchsorted(there_sums, quotas[size] - here_sums, side="left")
                partners = len(there_sums) - missing
                for member, number in zip(a.members, (partners @ here_inside).tolist(), strict=True):
                    winning[member][size] += number
                whole[size] += int(partners.sum()) if counted else 0
    return swings_of_winning(winning, whole)


def swings_of_winning(winning: Sequence[Sequence[int]], whole: Sequence[int]) -> Swings:
    """Return swings from the number of winning coalitions of each size, with each member and in all.

    Parameters
    ----------
    winning
        For each member, the winning coalitions with it, by size from 0 to n.
    whole
        All winning coalitions, by size from 0 to n.
    """
    n = len(winning)
    return [
        [with_it[size + 1] - (whole[size] - with_it[size]) for size in range(n)]  # wins with it, less wins without it
        for with_it in winning
    ]


def swings_in_several_weights(form: Form) -> Swings:
    """Return the swings of a game in several weights, by comparing every pair of coalitions of two halves."""
    n = form.n
    left, right = _by_size(half_of(form.vectors, range(n // 2))), _by_size(half_of(form.vectors, range(n // 2, n)))
    winning = [[0] * (n + 1) for _ in range(n)]
    whole = [0] * (n + 1)
    starts = np.searchsorted(right.sizes, np.arange(len(right.members) + 1))
    for size in range(len(left.members) + 1):
        here = left.of_size(size)
        partners = np.zeros((len(starts), len(here.sizes)), dtype=np.int64)  # by the other's size
        met = np.zeros(len(right.sizes), dtype=np.int64)
        for begin, won in winning_pairs(form, here, right):
            numbers = won.view(np.uint8)
            met += numbers.sum(axis=0, dtype=np.uint8)  # a block has at most 255 rows
            partners[:, begin : begin + len(won)] = np.add.reduceat(numbers, starts, axis=1, dtype=np.uint32).T
        for place, member in enumerate(left.members):
            for there, number in enumerate((partners @ here.inside[:, place]).tolist()):
                winning[member][size + there] += number
        for place, member in enumerate(right.members):
            numbers = np.add.reduceat(met * right.inside[:, place], starts).tolist()
            for there, number in enumerate(numbers):
                winning[member][size + there] += number
        for there, number in enumerate(partners.sum(axis=1).tolist()):
            whole[size + there] += number
    return swings_of_winning(winning, whole)


def winning_pairs(form: Form, left: Half, right: Half) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield, for blocks of coalitions on the left, where they begin and which pairs win.

    Sums are compared by their rank among the sums of the right half, in few bits.

    Yields
    ------
    tuple[int, NDArray[np.bool_]]
        A place on the left, and pairs of shape (block, right); a block has at most 255 rows.
    """
    ranks, needed = _ranks(form, left, right)
    rows = min(max(_CELLS // len(right.sizes), 1), 255)
    for begin in range(0, len(left.sizes), rows):
        block = slice(begin, begin + rows)

        def reached(threshold: Threshold, block: slice = block) -> NDArray[np.bool_]:
            return np.asarray(ranks[threshold.axis][None, :] >= needed[threshold][block, None])

        yield begin, form.wins(reached)


_Ranks = NDArray[np.unsignedinteger[Any]]


def _ranks(form: Form, left: Half, right: Half) -> tuple[dict[int, _Ranks], dict[Threshold, _Ranks]]:
    """Return the rank of each sum on the right, by axis, and the rank that each sum on the left needs."""
    ranks: dict[int, _Ranks] = {}
    needed: dict[Threshold, _Ranks] = {}
    for threshold in set(thresholds(form.formula)):
        axis = threshold.axis
        here, there = (left.sizes, right.sizes) if axis == SIZE else (left.sums[axis], right.sums[axis])
        different, rank = np.unique(there, return_inverse=True)
        kind: type[np.unsignedinteger[Any]] = np.uint16 if len(different) < 2**16 else np.uint32
        ranks[axis] = rank.astype(kind)
        needed[threshold] = np.searchsorted(different, threshold.quota - here, side="left").astype(kind)
    return ranks, needed


def _by_size(half: Half) -> Half:
    return half.ordered(np.argsort(half.sizes, kind="stable"))
