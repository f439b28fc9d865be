"""Minimal winning coalitions: those that lose when any one member leaves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.institutions.power.forms import Form
from foedus.institutions.power.halves import half_of, winning_pairs
from foedus.institutions.power.residues import ADDITIONS, Counts, moduli, recover, settle

_WORD_MEMBERS = 6  # a word of 64 bits tells of the 2**6 coalitions of six members
_SUMMED = 2**19  # residues of 44 bits that fit into 64 bits together


def list_in_one_weight(weights: Sequence[int], quotas: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the minimal winning coalitions of a game in one weight, as places of members.

    Members join by falling weight. A coalition that starts to win is minimal: its last member is its lightest,
    and without that it lost. A coalition that cannot win with all lighter members is left.

    Examples
    --------
    >>> list(list_in_one_weight((2, 1, 1), (3,) * 4))
    [(0, 1), (0, 2)]
    """
    n = len(weights)
    order = sorted(range(n), key=lambda place: -weights[place])
    rest = [0] * (n + 1)
    for step in range(n - 1, -1, -1):
        rest[step] = rest[step + 1] + weights[order[step]]
    open_ends: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while open_ends:
        step, weight, inside = open_ends.pop()
        size = len(inside)
        if step == n or weight + rest[step] < quotas[size + n - step]:
            continue
        open_ends.append((step + 1, weight, inside))
        heavier, larger = weight + weights[order[step]], (*inside, order[step])
        if heavier >= quotas[size + 1]:
            yield tuple(sorted(larger))
        else:
            open_ends.append((step + 1, heavier, larger))


def count_by_sums(weights: Sequence[int], quota: int) -> int:
    """Count the minimal winning coalitions of a weighted game, by dynamic programming over sums.

    The lightest member joins heavier ones that lose and wins with them.

    Examples
    --------
    >>> count_by_sums((2, 1, 1), 3)
    2
    """
    ordered = sorted(weights, reverse=True)
    chosen = moduli(2 ** len(weights))
    residues: list[Counts] = []
    for modulus in chosen:
        counts = np.zeros(quota, dtype=np.uint64)
        counts[0] = 1
        count = 0
        for step, weight in enumerate(ordered, 1):
            count += _window(counts, quota - weight)
            if 0 < weight < quota:
                counts[weight:] += counts[: quota - weight].copy()
            elif weight == 0:
                counts += counts
            if step % ADDITIONS == 0:
                settle(counts, modulus)
        residues.append(np.array([count % modulus], dtype=np.uint64))
    return int(recover(residues, chosen)[0])


def count_by_sizes(weights: Sequence[int], quotas: Sequence[int]) -> int:
    """Count the minimal winning coalitions of a game in one weight, by dynamic programming over sums and sizes.

    Examples
    --------
    >>> count_by_sizes((2, 1, 1), (5, 5, 2, 0))
    3
    """
    n, top = len(weights), max(quota for quota in quotas if quota <= sum(weights))
    ordered = sorted(weights, reverse=True)
    chosen = moduli(2**n)
    residues: list[Counts] = []
    for modulus in chosen:
        counts = np.zeros((n + 1, top + 1), dtype=np.uint64)
        counts[0, 0] = 1
        count = 0
        for step, weight in enumerate(ordered, 1):
            for size in range(step):
                if quotas[size + 1] <= sum(weights):
                    lost = min(quotas[size], top + 1)
                    count += _window(counts[size, :lost], quotas[size + 1] - weight)
                    if quotas[size] > top:  # coalitions of this size lose whatever they weigh
                        count += math.comb(step - 1, size) - _window(counts[size], 0)
            for size in range(step - 1, -1, -1):
                if weight <= top:
                    counts[size + 1, weight:] += counts[size, : top + 1 - weight]
            if step % ADDITIONS == 0:
                settle(counts, modulus)
        residues.append(np.array([count % modulus], dtype=np.uint64))
    return int(recover(residues, chosen)[0])


def _window(counts: Counts, start: int) -> int:
    part = counts[max(start, 0) :]
    return sum(_exact_sum(part[at : at + _SUMMED]) for at in range(0, len(part), _SUMMED))


def _exact_sum(counts: Counts) -> int:
    """Return the sum of any 64-bit numbers, as a Python integer."""
    low, high = counts & np.uint64(2**32 - 1), counts >> np.uint64(32)
    return int(low.sum(dtype=np.uint64)) + (int(high.sum(dtype=np.uint64)) << 32)


def count_by_halves(weights: Sequence[int], quotas: Sequence[int]) -> int:
    """Count the minimal winning coalitions of a game in one weight, by sorting the coalitions of two halves.

    Examples
    --------
    >>> count_by_halves((2, 1, 1), (3,) * 4)
    2
    """
    ordered = sorted(weights, reverse=True)
    count = 0
    for lightest, weight in enumerate(ordered):
        first, other = (
            half_of([ordered], members) for members in (range(lightest // 2), range(lightest // 2, lightest))
        )
        sums = [np.sort(other.sums[0][other.sizes == size]) for size in range(len(other.members) + 1)]
        for size in range(len(first.members) + 1):
            here = np.sort(first.sums[0][first.sizes == size])
            for there, there_sums in enumerate(sums):
                alone, with_it = quotas[size + there], quotas[size + there + 1] - weight
                if with_it < alone:
                    count += int(np.searchsorted(there_sums, alone - here).sum())
                    count -= int(np.searchsorted(there_sums, with_it - here).sum())
    return count


def minimal_table(form: Form) -> NDArray[np.uint64]:
    """Return which coalitions of any game are minimal winning, one bit a coalition.

    Returns
    -------
    NDArray[np.uint64]
        Bit b of word w is the coalition whose members are the set bits of 64 w + b.
    """
    n = form.n
    few = min(n, max(_WORD_MEMBERS, n // 2))
    right, left = half_of(form.vectors, range(few)), half_of(form.vectors, range(few, n))
    rows = [np.packbits(won, axis=1, bitorder="little") for _, won in winning_pairs(form, left, right)]
    packed = np.concatenate(rows).ravel()
    wins = np.concatenate([packed, np.zeros(-len(packed) % 8, dtype=np.uint8)]).view("<u8").astype(np.uint64)
    minimal = wins.copy()
    for member in range(min(n, _WORD_MEMBERS)):
        shift = 2**member
        absent = np.uint64(sum(1 << bit for bit in range(64) if not bit >> member & 1))
        minimal &= ~((wins & absent) << np.uint64(shift))
    for member in range(_WORD_MEMBERS, n):
        shape = (-1, 2, 2 ** (member - _WORD_MEMBERS))
        minimal.reshape(shape)[:, 1] &= ~wins.reshape(shape)[:, 0]
    return minimal


def count_of_table(table: NDArray[np.uint64]) -> int:
    """Return how many coalitions a table marks."""
    return int(np.bitwise_count(table).sum(dtype=np.int64))


def list_of_table(table: NDArray[np.uint64]) -> list[tuple[int, ...]]:
    """Return the coalitions that a table marks, as places of members.

    Examples
    --------
    >>> list_of_table(np.array([0b101000], dtype=np.uint64))
    [(0, 1), (0, 2)]
    """
    coalitions = []
    for word in np.flatnonzero(table).tolist():
        bits = int(table[word])
        numbers = [64 * word + bit for bit in range(64) if bits >> bit & 1]
        coalitions += [
            tuple(place for place in range(number.bit_length()) if number >> place & 1) for number in numbers
        ]
    return coalitions
