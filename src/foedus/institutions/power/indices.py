"""Indices of voting power, each with the method that found it and the error of that method."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.institutions.power import extension
from foedus.institutions.power.exact import MOST_CELLS, Count, count, count_by_size
from foedus.institutions.power.forms import Form, form_of
from foedus.institutions.power.game import Game
from foedus.institutions.power.sampling import Sampled, shapley_shubik_by_sampling, swings_by_sampling
from foedus.institutions.power.swings import Swings

Floats = NDArray[np.float64]

INDICES = (
    "shapley_shubik",
    "banzhaf",
    "banzhaf_absolute",
    "coleman_prevent",
    "coleman_initiate",
    "coleman_act",
)
"""Names of the indices, in the order of the fields of `Power`."""

DRAWS = 20_000
"""Draws of a Monte Carlo estimate unless the caller asks for others."""

MOST_CONVOLVED = 3 * 10**8
"""Additions of one convolution up to which the multilinear extension is integrated: at worst half a minute in all."""

QUADRATURE = "multilinear extension by quadrature; the error is the change from half as many panels"
SAMPLING = "Monte Carlo, {draws} draws; the error is one standard error"


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """Voting power of the members of a game.

    Parameters
    ----------
    members
        Ids; arrays are in their order, of length n.
    shapley_shubik
        Share of the orders of all members in which a member's vote makes the coalition of those before it win.
    banzhaf
        Swings as a share of everybody's swings.
    banzhaf_absolute
        Share of the coalitions of others that a member turns from losing to winning.
    coleman_prevent
        Share of the winning coalitions that lose when a member leaves.
    coleman_initiate
        Share of the losing coalitions that win when a member joins.
    coleman_act
        Share of all coalitions that win: the power of the collectivity to act.
    exact
        For each index, whether its numbers are counted without error and then rounded once.
    method
        For each index, how it was found and what its error means.
    error
        For each index an array of shape (n,), of shape (1,) for ``coleman_act``; zeros where it is exact.
    fractions
        The exact indices as fractions, one a member and one for ``coleman_act``; indices that are not exact are
        missing.

    References
    ----------
    Shapley and Shubik (1954), A method for evaluating the distribution of power in a committee system.
    doi:10.2307/1951053
    Banzhaf (1965), Weighted voting doesn't work: a mathematical analysis. Rutgers Law Review 19.
    Coleman (1971), Control of collectivities and the power of a collectivity to act.
    """

    members: tuple[str, ...]
    shapley_shubik: Floats
    banzhaf: Floats
    banzhaf_absolute: Floats
    coleman_prevent: Floats
    coleman_initiate: Floats
    coleman_act: float
    exact: dict[str, bool]
    method: dict[str, str]
    error: dict[str, Floats]
    fractions: dict[str, tuple[Fraction, ...]]


@dataclass(frozen=True, slots=True)
class _Found:
    """One index: values of shape (n,) or (1,), their error, the method, and fractions if it is exact."""

    values: Floats
    error: Floats
    method: str
    fractions: tuple[Fraction, ...] | None = None


def power(game: Game, *, seed: int = 0, draws: int = DRAWS) -> Power:
    """Compute the voting power of every member.

    Exact counting is tried first. Where it does not reach, the Shapley-Shubik index of a weighted game comes from
    its multilinear extension and everything else from Monte Carlo; ``exact``, ``method`` and ``error`` say so.

    Parameters
    ----------
    game
        Weighted or compound.
    seed
        Of the Monte Carlo draws, at least 0.
    draws
        Number of Monte Carlo draws, at least 2.

    Raises
    ------
    FoedusError
        For a seed or a number of draws out of range.

    Examples
    --------
    >>> from foedus.institutions.power import Weighted
    >>> eec = power(Weighted((4, 4, 4, 2, 2, 1), 12))
    >>> [str(share) for share in eec.fractions["banzhaf"]]
    ['5/21', '5/21', '5/21', '1/7', '1/7', '0']
    >>> eec.exact["banzhaf"], eec.method["banzhaf"]
    (True, 'dynamic programming over sums and sizes')
    """
    if seed < 0:
        raise FoedusError(f"the seed is {seed}; expected a whole number of at least 0")
    if draws < 2:
        raise FoedusError(f"{draws} draws give no error; ask for at least 2")
    form = form_of(game)
    counted = count_by_size(form)
    if counted is not None and counted.by_size is not None:
        indices = {"shapley_shubik": _counted(shapley_shubik_of(counted.by_size), counted.method)}
        return _power(game, indices | _of_count(counted))
    indices = {"shapley_shubik": _shapley_shubik(form, seed, draws)}
    counted = count(form)
    return _power(game, indices | (_of_count(counted) if counted is not None else _sampled(form, seed, draws)))


def shapley_shubik_of(swings: Swings) -> tuple[Fraction, ...]:
    """Return Shapley-Shubik indices from swings by size.

    Examples
    --------
    >>> [str(share) for share in shapley_shubik_of([[0, 2, 1], [0, 1, 0], [0, 1, 0]])]
    ['2/3', '1/6', '1/6']
    """
    n = len(swings)
    orders = [math.factorial(size) * math.factorial(n - 1 - size) for size in range(n)]
    whole = math.factorial(n)
    known: dict[tuple[int, ...], Fraction] = {}
    for row in map(tuple, swings):
        if row not in known:
            known[row] = Fraction(sum(a * b for a, b in zip(row, orders, strict=True)), whole)
    return tuple(known[tuple(row)] for row in swings)


def _of_count(counted: Count) -> dict[str, _Found]:
    n, swings, winning = len(counted.swings), counted.swings, counted.winning
    bases = {
        "banzhaf": sum(swings),
        "banzhaf_absolute": 2 ** (n - 1),
        "coleman_prevent": winning,
        "coleman_initiate": 2**n - winning,
    }
    indices = {
        name: _counted(tuple(Fraction(number, base) for number in swings), counted.method)
        for name, base in bases.items()
    }
    return indices | {"coleman_act": _counted((Fraction(winning, 2**n),), counted.method)}


def _counted(fractions: tuple[Fraction, ...], method: str) -> _Found:
    values = np.array([float(share) for share in fractions])
    return _Found(values, np.zeros(len(values)), method, fractions)


def _shapley_shubik(form: Form, seed: int, draws: int) -> _Found:
    quotas = form.quotas()
    if quotas is not None and len(set(quotas)) == 1 and form.n <= extension.MOST_MEMBERS:
        weights, quota = form.vectors[0], quotas[0]
        if max(quota, sum(weights) + 1 - quota) <= MOST_CELLS and extension.additions(weights, quota) <= MOST_CONVOLVED:
            integral = extension.shapley_shubik_by_quadrature(weights, quota)
            return _Found(integral.values, integral.error, QUADRATURE)
    return _of_sample(shapley_shubik_by_sampling(form, Streams(seed), draws), draws)


def _sampled(form: Form, seed: int, draws: int) -> dict[str, _Found]:
    members, act = swings_by_sampling(form, Streams(seed), draws)
    return {name: _of_sample(sample, draws) for name, sample in (members | {"coleman_act": act}).items()}


def _of_sample(sample: Sampled, draws: int) -> _Found:
    return _Found(sample.value, sample.error, SAMPLING.format(draws=draws))


def _power(game: Game, indices: dict[str, _Found]) -> Power:
    return Power(
        members=game.members,
        shapley_shubik=indices["shapley_shubik"].values,
        banzhaf=indices["banzhaf"].values,
        banzhaf_absolute=indices["banzhaf_absolute"].values,
        coleman_prevent=indices["coleman_prevent"].values,
        coleman_initiate=indices["coleman_initiate"].values,
        coleman_act=float(indices["coleman_act"].values[0]),
        exact={name: indices[name].fractions is not None for name in INDICES},
        method={name: indices[name].method for name in INDICES},
        error={name: indices[name].error for name in INDICES},
        fractions={name: shares for name in INDICES if (shares := indices[name].fractions) is not None},
    )
