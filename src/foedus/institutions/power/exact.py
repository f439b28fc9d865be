"""Exact counts: which method reaches a game, and what it finds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.institutions.power.forms import Form
from foedus.institutions.power.halves import swings_in_one_weight, swings_in_several_weights
from foedus.institutions.power.joint import columns_of, swings_by_joint_sums
from foedus.institutions.power.residues import moduli
from foedus.institutions.power.swings import (
    Swings,
    all_swings,
    dual_quotas,
    reach,
    swings_by_number,
    swings_by_sums,
    winning_by_size,
)

MOST_ADDITIONS = 4 * 10**9
"""Additions that an exact count may take: some seconds of one core."""

MOST_CELLS = 2**25
"""Entries of the largest table: 256 MB."""

MOST_MEMBERS_IN_ONE_WEIGHT = 38
"""Members up to which the coalitions of two halves are sorted."""

MOST_MEMBERS_IN_SEVERAL_WEIGHTS = 33
"""Members up to which all pairs of coalitions of two halves are compared."""

_FEW_ADDITIONS = 10**7
"""Additions that take some milliseconds, so that it does not matter whether another method is faster."""

_ROW = 1000
"""Additions in the time that a row of a table takes even when it is short."""


@dataclass(frozen=True, slots=True)
class Count:
    """Swings and winning coalitions, counted without any error.

    Parameters
    ----------
    swings
        For each member, the coalitions of others that it turns from losing to winning.
    winning
        How many coalitions win.
    by_size
        For each member the swings by number of others, or None where only their sum was counted.
    method
        How they were counted.
    """

    swings: tuple[int, ...]
    winning: int
    by_size: Swings | None
    method: str


def count_by_size(form: Form) -> Count | None:
    """Return swings by size, from which every index follows; None when no method reaches the game.

    Examples
    --------
    >>> from foedus.institutions.power.forms import form_of
    >>> from foedus.institutions.power.game import Weighted
    >>> count = count_by_size(form_of(Weighted((3, 2, 2), 4)))
    >>> count.swings, count.winning
    ((2, 2, 2), 4)
    """
    reached = _swings(form)
    if reached is None:
        return None
    swings, method = reached
    return Count(tuple(sum(row) for row in swings), sum(winning_by_size(swings)), swings, method)


def count(form: Form) -> Count | None:
    """Return swings whatever their size, of a game in one weight; None when that is out of reach too."""
    quotas = form.quotas()
    if quotas is None or not form.vectors or len(set(quotas)) > 1:
        return None
    weights, quota = form.vectors[0], quotas[0]
    width = min(quota, sum(weights) + 1 - quota)
    if form.n * width * len(moduli(2**form.n)) > MOST_ADDITIONS or width > MOST_CELLS:
        return None
    swings, winning = all_swings(weights, quota)
    return Count(tuple(swings), winning, None, "dynamic programming over sums")


def _swings(form: Form) -> tuple[Swings, str] | None:
    quotas = form.quotas()
    if quotas is None:
        return _in_several_weights(form)
    if not form.vectors:
        return swings_by_number(form.n, quotas.index(0)), "counting by size"
    weights = form.vectors[0]
    width = min(reach(weights, quotas), reach(weights, dual_quotas(weights, quotas))) + 1
    pairs = form.n**2 * 2 ** (-(-form.n // 2)) if form.n <= MOST_MEMBERS_IN_ONE_WEIGHT else math.inf
    additions = _additions(form.n, width)
    if additions <= min(max(pairs, _FEW_ADDITIONS), MOST_ADDITIONS):
        return swings_by_sums(weights, quotas), "dynamic programming over sums and sizes"
    if pairs < math.inf:
        return swings_in_one_weight(weights, quotas), "sorting the coalitions of two halves"
    return None


def _in_several_weights(form: Form) -> tuple[Swings, str] | None:
    pairs = 2**form.n if form.n <= MOST_MEMBERS_IN_SEVERAL_WEIGHTS else math.inf
    additions = _additions(form.n, columns_of(form)) * 2 * form.n  # the table is undone for each member
    if additions <= min(pairs, MOST_ADDITIONS):
        return swings_by_joint_sums(form), "dynamic programming over all sums and sizes"
    if pairs < math.inf:
        return swings_in_several_weights(form), "comparing the coalitions of two halves"
    return None


def _additions(n: int, width: int) -> float:
    if n * width > MOST_CELLS:
        return math.inf
    return n * n / 2 * max(width, _ROW) * len(moduli(math.comb(n, n // 2)))
