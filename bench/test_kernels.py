"""What a draw costs in each kernel. Run by ``make bench``; ``extra_info`` holds microseconds for one draw."""

from __future__ import annotations

import resource

import numpy as np
import pytest

from foedus.influence import INFLUENCES
from foedus.influence.challenge import Challenge, play
from foedus.issues import Agenda, Sitting
from foedus.settlement import MODELS


def sitting(actors: int, draws: int, issues: int = 1) -> Sitting:
    rng = np.random.default_rng(1)
    shape = (draws, actors, issues)
    private = rng.uniform(0, 100, shape)
    return Sitting(
        actors=tuple(f"a{i}" for i in range(actors)),
        agendas=(Agenda(np.array([0.0, 33.0, 67.0, 100.0]), 0, 3, 100.0),) * issues,
        seated=np.ones(actors, dtype=bool),
        private=private,
        public=private,
        salience=rng.uniform(0, 1, shape),
        capability=rng.uniform(0, 1, shape[:2]),
        committed=np.zeros((actors, issues), dtype=bool),
        red_low=np.full((actors, issues), -np.inf),
        red_high=np.full((actors, issues), np.inf),
        outsiders=((),) * issues,
        setter=np.full((draws, issues), 100.0),
        assumptions={
            "kappa": rng.uniform(0, 1, draws),
            "tau": rng.uniform(0.5, 0.9, draws),
            "red_line_cost": rng.uniform(0, 1, draws),
            "red_line_slack": np.zeros(draws),
            "selection": rng.integers(0, 3, draws).astype(float),
            "failure_cost": rng.uniform(0, 1, draws),
            "openness": rng.uniform(0, 0.8, draws),
            "exchange_rate": rng.uniform(0, 1, draws),
        },
        roles={"commission": 0, "parliament": 1},
        ties=rng.integers(0, 3, (actors, actors)).astype(float),
    )


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("reading", ["scholz", "dyadic"])
@pytest.mark.parametrize(("actors", "draws"), [(10, 10_000), (32, 10_000), (193, 2)])
def test_challenge_to_its_end(benchmark, reading: str, plain: bool, actors: int, draws: int) -> None:
    draws = min(draws, 200) if plain else draws
    model, case = Challenge(reading), sitting(actors, draws)
    model.move(sitting(4, 2))  # compiles, where it does
    found = benchmark.pedantic(model.move_plainly if plain else model.move, [case], rounds=1)
    benchmark.extra_info["microseconds_a_draw"] = benchmark.stats.stats.min / draws * 1e6
    benchmark.extra_info["rounds_a_draw"] = float(found.rounds.mean())
    benchmark.extra_info["ended"] = np.bincount(found.ended.ravel(), minlength=3).tolist()


@pytest.mark.parametrize("reading", ["scholz", "dyadic"])
@pytest.mark.parametrize(("actors", "draws"), [(10, 640), (32, 64), (193, 2)])
def test_one_round_of_the_challenge(benchmark, reading: str, actors: int, draws: int) -> None:
    case = sitting(actors, draws)
    place = np.sort(case.private[:, :, 0].T / 100, axis=0)
    care = case.salience[:, :, 0].T.copy()
    benchmark(play, place, case.capability.T * care, care, reading)
    benchmark.extra_info["microseconds_a_draw"] = benchmark.stats.stats.min / draws * 1e6


@pytest.mark.parametrize("name", [name for name in INFLUENCES if not name.startswith("challenge")])
@pytest.mark.parametrize(("actors", "draws"), [(10, 1_000), (32, 200), (193, 1)])
def test_other_influence(benchmark, name: str, actors: int, draws: int) -> None:
    benchmark.pedantic(INFLUENCES[name].move, [sitting(actors, draws)], rounds=2)
    benchmark.extra_info["microseconds_a_draw"] = benchmark.stats.stats.min / draws * 1e6


@pytest.mark.parametrize("issues", [2, 4])
@pytest.mark.parametrize(("actors", "draws"), [(10, 200), (32, 20), (193, 1)])
def test_exchange_over_several_issues(benchmark, actors: int, draws: int, issues: int) -> None:
    benchmark.pedantic(INFLUENCES["exchange:equal-gain"].move, [sitting(actors, draws, issues)], rounds=2)
    benchmark.extra_info["microseconds_a_draw"] = benchmark.stats.stats.min / draws * 1e6


@pytest.mark.parametrize("name", list(MODELS))
@pytest.mark.parametrize(("actors", "draws"), [(10, 10_000), (32, 10_000), (193, 500)])
def test_choosing(benchmark, name: str, actors: int, draws: int) -> None:
    benchmark.pedantic(MODELS[name].choose, [sitting(actors, draws)], rounds=3)
    benchmark.extra_info["microseconds_a_draw"] = benchmark.stats.stats.min / draws * 1e6


@pytest.mark.parametrize("name", ["consensus", "compromise"])
@pytest.mark.parametrize("actors", [10, 32, 193])
def test_settling_ten_thousand_draws(benchmark, name: str, actors: int) -> None:
    benchmark.pedantic(MODELS[name].settle, [sitting(actors, 10_000)], rounds=2)
    benchmark.extra_info["microseconds_a_draw"] = benchmark.stats.stats.min / 10_000 * 1e6


@pytest.mark.parametrize("name", ["compromise", "consensus"])
def test_choosing_in_a_million_draws(benchmark, name: str) -> None:
    """In chunks, so that memory is bounded however many draws there are; the largest memory is printed too."""
    chunk = 2_048
    case = sitting(32, chunk)

    def many() -> None:
        for _ in range(1_000_000 // chunk + 1):
            MODELS[name].choose(case)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    benchmark.pedantic(many, rounds=1)
    benchmark.extra_info["megabytes_more"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
