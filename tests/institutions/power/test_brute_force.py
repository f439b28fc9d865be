"""Every method against a look at all coalitions, all orders, and the other methods."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from foedus.institutions.power import (
    Compound,
    Game,
    Weighted,
    all_of,
    any_of,
    blockers,
    dummies,
    minimal_blocking,
    minimal_winning,
    power,
)
from foedus.institutions.power.exact import count_by_size
from foedus.institutions.power.extension import shapley_shubik_by_quadrature
from foedus.institutions.power.forms import form_of
from foedus.institutions.power.halves import swings_in_one_weight, swings_in_several_weights
from foedus.institutions.power.joint import swings_by_joint_sums
from foedus.institutions.power.minimal import count_by_halves, count_by_sizes, count_by_sums
from foedus.institutions.power.swings import all_swings, swings_by_sums


def wins_of(game: Game, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which rows of a table of coalitions win."""
    if isinstance(game, Compound):
        parts = np.array([wins_of(part, inside) for part in game.parts])
        return np.asarray(parts.all(axis=0) if game.every else parts.any(axis=0))
    return np.asarray(inside @ np.array(game.weights) >= game.quota)


def every_coalition(n: int) -> NDArray[np.bool_]:
    return (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(bool)


def brute_swings(game: Game) -> list[list[int]]:
    """For each member, how many coalitions of each size of others it turns."""
    n = len(game.members)
    inside = every_coalition(n)
    wins, sizes, numbers = wins_of(game, inside), inside.sum(axis=1), np.arange(2**n)
    rows = []
    for member in range(n):
        swings = ~inside[:, member] & ~wins & wins[numbers | 1 << member]
        rows.append(np.bincount(sizes[swings], minlength=n)[:n].tolist())
    return rows


def brute_minimal(game: Game) -> set[tuple[str, ...]]:
    """Coalitions that win, and lose without any one member."""
    n = len(game.members)
    inside = every_coalition(n)
    wins, numbers = wins_of(game, inside), np.arange(2**n)
    minimal = wins.copy()
    for member in range(n):
        minimal &= ~inside[:, member] | ~wins[numbers & ~(1 << member)]
    return {tuple(np.array(game.members)[row].tolist()) for row in inside[minimal]}


def weighted_games(n: int, heaviest: int = 9) -> st.SearchStrategy[Weighted]:
    weights = st.lists(st.integers(0, heaviest), min_size=n, max_size=n).filter(any)
    return weights.flatmap(lambda w: st.integers(1, sum(w)).map(lambda quota: Weighted(tuple(w), quota)))


def sized_games(n: int) -> st.SearchStrategy[Game]:
    """A weight beside numbers of members, as in the treaty of Lisbon."""
    number = st.integers(1, n).map(lambda quota: Weighted((1,) * n, quota))
    return st.builds(lambda a, b, c: any_of(all_of(a, b), c), weighted_games(n), number, number)


def compound_games(n: int) -> st.SearchStrategy[Game]:
    one = weighted_games(n)
    return st.one_of(
        st.builds(all_of, one, one),
        st.builds(lambda a, b, c: any_of(all_of(a, b), c), one, one, one),
        st.builds(lambda a, b, c: all_of(any_of(a, b), c), one, sized_games(n), one),
    )


def games(largest: int) -> st.SearchStrategy[Game]:
    return st.integers(1, largest).flatmap(lambda n: weighted_games(n) | sized_games(n) | compound_games(n))


@given(games(12))
def test_every_index_is_what_all_coalitions_say(game: Game) -> None:
    n = len(game.members)
    swings = [sum(row) for row in brute_swings(game)]
    winning = int(wins_of(game, every_coalition(n)).sum())
    found = power(game)
    assert all(found.exact.values())
    assert found.fractions["banzhaf"] == tuple(Fraction(number, sum(swings)) for number in swings)
    assert found.fractions["banzhaf_absolute"] == tuple(Fraction(number, 2 ** (n - 1)) for number in swings)
    assert found.fractions["coleman_prevent"] == tuple(Fraction(number, winning) for number in swings)
    assert found.fractions["coleman_initiate"] == tuple(Fraction(number, 2**n - winning) for number in swings)
    assert found.fractions["coleman_act"] == (Fraction(winning, 2**n),)
    assert found.coleman_act == winning / 2**n
    assert sum(found.fractions["shapley_shubik"]) == sum(found.fractions["banzhaf"]) == 1


@settings(max_examples=30)
@given(games(6))
def test_shapley_shubik_is_what_all_orders_say(game: Game) -> None:
    n = len(game.members)
    pivots: Counter[int] = Counter()
    for order in itertools.permutations(range(n)):
        before = np.tri(n, dtype=bool)[:, np.argsort(order)]  # row k holds the first k + 1 members
        pivots[order[int(np.argmax(wins_of(game, before)))]] += 1
    assert power(game).fractions["shapley_shubik"] == tuple(
        Fraction(pivots[member], math.factorial(n)) for member in range(n)
    )


@given(games(10))
def test_all_exact_methods_agree(game: Game) -> None:
    form, expected = form_of(game), brute_swings(game)
    quotas = form.quotas()
    assert count_by_size(form) is not None
    if quotas is not None and form.vectors:
        assert swings_by_sums(form.vectors[0], quotas) == expected
        assert swings_in_one_weight(form.vectors[0], quotas) == expected
    if form.vectors and form.n <= 7:
        assert swings_by_joint_sums(form) == expected
    if form.vectors:
        assert swings_in_several_weights(form) == expected


@given(st.integers(1, 10).flatmap(weighted_games))
def test_swings_without_sizes_are_their_sums(game: Weighted) -> None:
    swings, winning = all_swings(game.weights, game.quota)
    assert swings == [sum(row) for row in brute_swings(game)]
    assert winning == wins_of(game, every_coalition(len(game.members))).sum()


@settings(max_examples=30)
@given(st.integers(2, 9).flatmap(weighted_games))
def test_the_multilinear_extension_meets_the_exact_index(game: Weighted) -> None:
    # The integrand is a polynomial of degree at most 8, for which 16 panels are exact: only rounding is left.
    integral = shapley_shubik_by_quadrature(game.weights, game.quota)
    np.testing.assert_allclose(integral.values, power(game).shapley_shubik, atol=1e-13, rtol=0)
    assert integral.error.max() < 1e-12


@given(games(9))
def test_the_dual_game_has_the_same_power_and_mirrored_coleman_indices(game: Game) -> None:
    one, other = power(game).fractions, power(game.dual()).fractions
    for name in ("shapley_shubik", "banzhaf", "banzhaf_absolute"):
        assert one[name] == other[name]
    assert one["coleman_prevent"] == other["coleman_initiate"]
    assert one["coleman_act"][0] + other["coleman_act"][0] == 1


@given(games(8))
def test_minimal_coalitions_are_all_and_only_those(game: Game) -> None:
    for found, asked in ((minimal_winning(game), game), (minimal_blocking(game), game.dual())):
        expected = brute_minimal(asked)
        assert set(found.listed) == expected
        assert found.count == len(found.listed) == len(expected)
        assert found.complete


@given(st.integers(1, 8).flatmap(lambda n: weighted_games(n) | sized_games(n)))
def test_minimal_coalitions_are_counted_as_they_are_listed(game: Game) -> None:
    form, expected = form_of(game), len(brute_minimal(game))
    quotas = form.quotas()
    assert quotas is not None
    weights = form.vectors[0] if form.vectors else (0,) * form.n
    assert count_by_halves(weights, quotas) == expected
    assert count_by_sizes(weights, quotas) == expected
    if form.vectors and len(set(quotas)) == 1:
        assert count_by_sums(weights, quotas[0]) == expected


@given(games(8))
def test_a_blocking_coalition_leaves_no_winning_one(game: Game) -> None:
    for blocking in minimal_blocking(game).listed:
        assert not game.wins(set(game.members) - set(blocking))


@given(games(9))
def test_blockers_and_dummies_are_what_all_coalitions_say(game: Game) -> None:
    winning = every_coalition(len(game.members))[wins_of(game, every_coalition(len(game.members)))]
    names = np.array(game.members)
    assert blockers(game) == tuple(names[winning.all(axis=0)].tolist())
    swings = np.array([sum(row) for row in brute_swings(game)])
    assert dummies(game) == tuple(names[swings == 0].tolist())


@given(st.integers(2, 8).flatmap(weighted_games), st.randoms())
def test_relabelling_members_moves_their_power_along(game: Weighted, random) -> None:
    order = list(range(len(game.weights)))
    random.shuffle(order)
    moved = power(Weighted(tuple(game.weights[place] for place in order), game.quota))
    shares = power(game).fractions["shapley_shubik"]
    assert moved.fractions["shapley_shubik"] == tuple(shares[place] for place in order)
