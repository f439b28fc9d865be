"""Published values, and closed forms."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from foedus.institutions.power import (
    Game,
    Weighted,
    all_of,
    any_of,
    blockers,
    dummies,
    minimal_blocking,
    minimal_winning,
    power,
    quota_for_share,
)

# Treaty of Nice, declaration on enlargement: Germany, France, Italy, United Kingdom; Spain, Poland; Romania;
# Netherlands; Belgium, Czechia, Greece, Hungary, Portugal; Austria, Bulgaria, Sweden; Denmark, Ireland, Lithuania,
# Slovakia, Finland; Cyprus, Estonia, Latvia, Luxembourg, Slovenia; Malta.
NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)

# Eurostat, persons on 1 January 2022, Austria to Sweden by ISO code; they sum to 446,735,291.
PEOPLE = (
    *(8978929, 11617623, 6838937, 904705, 10516707, 83237124, 5873420, 47432893, 1331796),
    *(5548241, 67871925, 10459782, 3862305, 9689010, 5060004, 59030133, 2805998, 645397),
    *(1875757, 520971, 17590672, 37654247, 10352042, 19042455, 5434712, 2107180, 10452326),
)

# Electors of the states and the District of Columbia by the census of 2010.
ELECTORS = (
    *(55, 38, 29, 29, 20, 20, 18, 16, 16, 15, 14, 13, 12, 11, 11, 11, 11, 10, 10, 10, 10),
    *(9, 9, 9, 8, 8, 7, 7, 7, 6, 6, 6, 6, 6, 6, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3),
)


def lisbon(people: tuple[int, ...]) -> Game:
    """55 % of the states with 65 % of the people, or all states but three."""
    states = (1,) * len(people)
    double = all_of(
        Weighted(states, quota_for_share(len(people), Fraction(55, 100))),
        Weighted(people, quota_for_share(sum(people), Fraction(65, 100))),
    )
    return any_of(double, Weighted(states, len(people) - 3))


def test_the_six_of_1958() -> None:
    found = power(Weighted((4, 4, 4, 2, 2, 1), 12))
    assert found.fractions["banzhaf"] == (*(Fraction(5, 21),) * 3, *(Fraction(3, 21),) * 2, 0)
    np.testing.assert_allclose(found.shapley_shubik, [0.23333] * 3 + [0.15] * 2 + [0], atol=5e-6)
    assert dummies(Weighted((4, 4, 4, 2, 2, 1), 12)) == ("6",)


@pytest.mark.parametrize(
    "council",
    [
        Weighted((7,) * 5 + (1,) * 10, 39),
        all_of(Weighted((1,) * 5 + (0,) * 10, 5), Weighted((1,) * 15, 9)),
        all_of(Weighted((1,) * 15, 9), *(Weighted((0,) * i + (1,) + (0,) * (14 - i), 1) for i in range(5))),
    ],
)
def test_the_security_council_however_it_is_written(council: Game) -> None:
    found = power(council)
    assert found.fractions["shapley_shubik"] == (*(Fraction(421, 2145),) * 5, *(Fraction(4, 2145),) * 10)
    np.testing.assert_allclose(found.shapley_shubik[0], 0.196270, atol=5e-7)
    assert blockers(council) == ("1", "2", "3", "4", "5")
    assert minimal_winning(council).count == math.comb(10, 4)
    # One veto, or seven elected members.
    assert minimal_blocking(council).count == 5 + math.comb(10, 7)


def test_the_council_of_nice() -> None:
    found = power(Weighted(NICE, 255))
    some = [0, 4, 6, 7, 26]
    np.testing.assert_allclose(
        found.shapley_shubik[some], [0.086738, 0.079975, 0.039937, 0.036825, 0.008178], atol=5e-7
    )
    np.testing.assert_allclose(found.banzhaf[some], [0.077827, 0.074198, 0.042592, 0.039740, 0.009422], atol=5e-7)
    assert all(found.exact.values())


def test_the_council_of_lisbon_lets_13_of_100_coalitions_win() -> None:
    # 13.2 per cent: Petroczy and Csato (2026), doi:10.1007/s10726-026-09964-1, abstract; their first version is of
    # December 2023. The populations of 2022 governed votes in 2023.
    assert sum(PEOPLE) == 446_735_291
    found = power(lisbon(PEOPLE))
    assert round(found.coleman_act, 3) == 0.132
    assert found.method["coleman_act"] == "sorting the coalitions of two halves"
    assert all(found.exact.values())


def test_lisbon_by_comparing_all_pairs_and_by_sums_in_thousands() -> None:
    # Two weights that decide alike but are not multiples force the comparison of all pairs.
    states, people = (1,) * 27, PEOPLE
    twice = tuple(2 * number + 1 for number in people)
    doubled = all_of(
        lisbon(people),
        any_of(Weighted(twice, 2 * quota_for_share(sum(people), Fraction(65, 100))), Weighted(states, 24)),
    )
    found = power(doubled)
    assert found.method["banzhaf"] == "comparing the coalitions of two halves"
    assert found.fractions == power(lisbon(people)).fractions
    thousands = tuple(number // 100_000 for number in people)
    assert power(lisbon(thousands)).method["banzhaf"] == "dynamic programming over sums and sizes"
    np.testing.assert_allclose(power(lisbon(thousands)).banzhaf, power(lisbon(people)).banzhaf, atol=2e-4)


def test_small_games_of_a_textbook() -> None:
    # Examples of the R package CoopGame 0.2.2, pages nonNormalizedBanzhafIndex and normalizedBanzhafIndex.
    found = power(Weighted((8, 6, 4, 2), 12))
    assert found.banzhaf_absolute.tolist() == [0.625, 0.375, 0.375, 0.125]
    np.testing.assert_allclose(found.banzhaf, [0.41666667, 0.25, 0.25, 0.08333333], atol=5e-9)
    assert power(Weighted((50, 49, 1), 51)).banzhaf_absolute.tolist() == [0.75, 0.25, 0.25]


def test_the_electoral_college_is_decisive_but_for_ties() -> None:
    # No published table could be read; the game is held to what must be so. Each coalition wins or its complement
    # does, but for ties at 269: so act is (1 - ties) / 2, counted here without the package.
    assert (len(ELECTORS), sum(ELECTORS)) == (51, 538)
    sums = [1] + [0] * 538
    for electors in ELECTORS:
        for weight in range(538, electors - 1, -1):
            sums[weight] += sums[weight - electors]
    found = power(Weighted(ELECTORS, 270))
    assert found.fractions["coleman_act"] == (Fraction(2**51 - sums[269], 2**52),)
    others = sums.copy()  # without California: exact in Python's integers
    for weight in range(55, 539):
        others[weight] -= others[weight - 55]
    assert found.fractions["banzhaf_absolute"][0] == Fraction(sum(others[270 - 55 : 270]), 2**50)
    assert sum(found.fractions["shapley_shubik"]) == 1


@pytest.mark.parametrize("n", [1, 2, 5, 32, 193])
def test_unanimity(n: int) -> None:
    for weights in ((1,) * n, tuple(range(1, n + 1))):
        game = Weighted(weights, sum(weights))
        found = power(game)
        assert set(found.fractions["shapley_shubik"]) == {Fraction(1, n)}
        assert set(found.fractions["banzhaf_absolute"]) == {Fraction(1, 2 ** (n - 1))}
        assert set(found.fractions["coleman_prevent"]) == {Fraction(1)}
        assert blockers(game) == game.members
        assert minimal_winning(game).listed == (game.members,)
        assert set(minimal_blocking(game).listed) == {(member,) for member in game.members}


@pytest.mark.parametrize("n", [3, 27, 101])
def test_simple_majority(n: int) -> None:
    found = power(Weighted((1,) * n, n // 2 + 1))
    assert set(found.fractions["shapley_shubik"]) == {Fraction(1, n)}
    assert set(found.fractions["banzhaf_absolute"]) == {Fraction(math.comb(n - 1, n // 2), 2 ** (n - 1))}
    assert found.coleman_act == 0.5
    assert minimal_winning(Weighted((1,) * n, n // 2 + 1), limit=0).count == math.comb(n, n // 2 + 1)


def test_a_dictator() -> None:
    game = Weighted((5, 1, 1, 0), 4, ("king", "left", "right", "nobody"))
    found = power(game)
    assert found.fractions["shapley_shubik"] == found.fractions["banzhaf"] == (1, 0, 0, 0)
    assert found.fractions["coleman_prevent"] == found.fractions["coleman_initiate"] == (1, 0, 0, 0)
    assert dummies(game) == ("left", "right", "nobody")
    assert minimal_winning(game).listed == minimal_blocking(game).listed == (("king",),)


def test_an_apex_game_of_many() -> None:
    # One large member with any other, or all others: the large one is pivotal unless it comes first or last.
    n = 60
    found = power(Weighted((n - 2,) + (1,) * (n - 1), n - 1))
    assert found.fractions["shapley_shubik"][0] == Fraction(n - 2, n)
    assert minimal_winning(Weighted((n - 2,) + (1,) * (n - 1), n - 1)).count == n


def test_amending_the_charter_of_the_united_nations() -> None:
    # Two thirds of 193 with all of five: a permanent member is pivotal for whoever is, so swings follow by hand.
    game = all_of(Weighted((1,) * 193, 129), Weighted((1,) * 5 + (0,) * 188, 5))
    found = power(game)
    assert all(found.exact.values())
    small = Fraction(math.comb(187, 123), 2**192)
    large = Fraction(sum(math.comb(188, number) for number in range(124, 189)), 2**192)
    assert found.fractions["banzhaf_absolute"] == (*(large,) * 5, *(small,) * 188)
    assert minimal_winning(game).count == math.comb(188, 124)
