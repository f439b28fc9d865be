"""Games in several small weights: dynamic programming over all sums at once."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from numpy.typing import NDArray

from foedus.institutions.power.forms import SIZE, Form, Threshold, same_weights
from foedus.institutions.power.residues import Counts, moduli, recover, settle
from foedus.institutions.power.sums import counts_by_size, without
from foedus.institutions.power.swings import Swings

_SUMMED = 2**19  # residues of 44 bits that fit into 64 bits together


def columns_of(form: Form) -> int:
    """Return how many combinations of sums the game has to tell apart."""
    return math.prod(sum(vector) + 1 for vector in form.vectors)


def swings_by_joint_sums(form: Form) -> Swings:
    """Return the swings of a game in several weights, by counting coalitions of each size and combination of sums.

    The sums of a coalition are written as the digits of one number, which is then the only weight.
    """
    width, radices = columns_of(form), _radices(form)
    weights = [sum(v[i] * r for v, r in zip(form.vectors, radices, strict=True)) for i in range(form.n)]
    alike = same_weights(form)
    turned = {member: _turned(form, radices, weights[member], width) for member in set(alike)}
    chosen = moduli(math.comb(form.n, form.n // 2))
    residues: dict[int, list[Counts]] = {member: [] for member in turned}
    for modulus in chosen:
        counts = counts_by_size(weights, width - 1, modulus)
        for member, where in turned.items():
            others = without(counts, weights[member], modulus)[:-1]
            residues[member].append(_total(np.where(where, others, np.uint64(0)), modulus))
    rows = {member: recover(parts, chosen).tolist() for member, parts in residues.items()}
    return [list(rows[member]) for member in alike]


def _radices(form: Form) -> list[int]:
    sizes = [sum(vector) + 1 for vector in form.vectors]
    return [math.prod(sizes[axis + 1 :]) for axis in range(len(sizes))]


def _turned(form: Form, radices: list[int], weight: int, width: int) -> NDArray[np.bool_]:
    """Return which sizes and sums of others lose, and win with a member added; shape (n, width).

    No coalition of others has a sum from which the member's weight would carry over into another digit.
    """
    numbers = np.arange(width + weight)

    def reached(threshold: Threshold, added: int) -> NDArray[np.bool_]:
        if threshold.axis == SIZE:
            enough = np.arange(form.n)[:, None] + added >= threshold.quota
        else:
            radix = radices[threshold.axis]
            size = sum(form.vectors[threshold.axis]) + 1
            start = added * weight
            enough = (numbers[None, start : start + width] // radix % size) >= threshold.quota
        return np.broadcast_to(enough, (form.n, width))

    return form.wins(partial(reached, added=1)) & ~form.wins(partial(reached, added=0))


def _total(residues: Counts, modulus: int) -> Counts:
    total = np.zeros(len(residues), dtype=np.uint64)
    for start in range(0, residues.shape[1], _SUMMED):
        total += residues[:, start : start + _SUMMED].sum(axis=1, dtype=np.uint64)
        settle(total, modulus)
    return total
