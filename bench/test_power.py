"""How fast voting power is, at 27, 28, 32, 190 and 193 members. Run by ``make timings``."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from foedus.institutions.power import (
    Game,
    Power,
    Weighted,
    all_of,
    any_of,
    dummies,
    minimal_blocking,
    minimal_winning,
    power,
    quota_for_share,
)

_NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
_DISTINCT = (*range(1, 193), 20_000 - sum(range(1, 193)))


def _people(members: int) -> tuple[int, ...]:
    """Populations as unequal as Europe's, in persons."""
    return tuple((np.exp(np.random.default_rng(1).normal(16, 1.3, members))).astype(int).tolist())


def _lisbon(members: int) -> Game:
    people, states = _people(members), (1,) * members
    enough = Weighted(states, quota_for_share(members, Fraction(55, 100)))
    return any_of(all_of(enough, _with_share(people, 65)), Weighted(states, members - 3))


def _triple(members: int) -> Game:
    """Votes, states and people, as from 2004 to 2014."""
    votes = (_NICE * 2)[:members]
    return all_of(_with_share(votes, 74), Weighted((1,) * members, members // 2 + 1), _with_share(_people(members), 62))


def _with_share(weights: tuple[int, ...], percent: int) -> Weighted:
    return Weighted(weights, quota_for_share(sum(weights), Fraction(percent, 100)))


def _lenders(percent: int) -> Weighted:
    """190 members with five million votes: basic votes and a heavy tail."""
    shares = np.exp(np.random.default_rng(1).normal(0, 1.8, 190))
    votes = (shares / shares.sum() * (5_030_000 - 190 * 1451)).astype(int) + 1451
    return _with_share(tuple(votes.tolist()), percent)


def _note(benchmark, found: Power) -> None:
    benchmark.extra_info |= {name: found.method[name] for name in ("shapley_shubik", "banzhaf")}
    benchmark.extra_info["largest error"] = float(found.error["shapley_shubik"].max())


def test_nice_at_27(benchmark) -> None:
    _note(benchmark, benchmark(power, Weighted(_NICE, 255)))


@pytest.mark.parametrize("members", [27, 28, 32])
def test_lisbon(benchmark, members: int) -> None:
    _note(benchmark, benchmark(power, _lisbon(members)))


@pytest.mark.parametrize("members", [27, 28, 32])
def test_three_conditions(benchmark, members: int) -> None:
    _note(benchmark, benchmark.pedantic(power, [_triple(members)], rounds=3))


@pytest.mark.parametrize("quota", [10_001, 13_334])
def test_193_members_of_distinct_weights(benchmark, quota: int) -> None:
    _note(benchmark, benchmark.pedantic(power, [Weighted(_DISTINCT, quota)], rounds=3))


@pytest.mark.parametrize("percent", [50, 70, 85])
def test_190_members_with_millions_of_votes(benchmark, percent: int) -> None:
    _note(benchmark, benchmark.pedantic(power, [_lenders(percent)], rounds=1))


def test_a_sampled_game(benchmark) -> None:
    lenders = _lenders(85)
    _note(benchmark, benchmark.pedantic(power, [all_of(lenders, Weighted((1,) * 190, 114))], rounds=1))


@pytest.mark.parametrize("game", [Weighted(_NICE, 255), _lisbon(27), _triple(27)], ids=["nice", "lisbon", "triple"])
@pytest.mark.parametrize("minimal", [minimal_winning, minimal_blocking])
def test_minimal_coalitions_at_27(benchmark, minimal, game: Game) -> None:
    benchmark.extra_info["count"] = benchmark(minimal, game).count


def test_dummies_among_190(benchmark) -> None:
    benchmark.pedantic(dummies, [_lenders(50)], rounds=3)
