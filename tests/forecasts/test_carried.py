"""What the count of votes adds under a majority: weights by hand, and that a vote that turns the count is felt."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.backtests.case import PastCase, Standing
from foedus.backtests.pool import carries
from foedus.cli.app import main
from foedus.ensembles.carried import STRENGTH, classes_of, fit_tilt, tilted
from foedus.ensembles.learned import packaged_parameters
from foedus.ensembles.mixing import on_options
from foedus.issues.sitting import Agenda

CLASSES = classes_of(np.zeros(4), np.full(4, 100.0))
EVEN = np.full((4, 101), 1 / 101)


def test_weights_of_one_and_counts_that_are_not_known_change_nothing() -> None:
    unknown = np.full(4, np.nan)
    np.testing.assert_allclose(tilted(EVEN, np.full((2, 3), 7.0), np.array([0.0, 1.0, 0.0, 1.0]), CLASSES), EVEN)
    np.testing.assert_allclose(tilted(EVEN, np.array([[1.0, 2.0, 3.0]] * 2), unknown, CLASSES), EVEN)


def test_a_fit_gives_each_class_what_came_of_it_and_the_strength() -> None:
    """One even distribution: a class of share p expects 4 p / (sum of w p); nothing came in one, one in another."""
    point = np.array([100, 100, 90, 50])
    found = fit_tilt(EVEN, np.ones(4), CLASSES, point)
    share = np.array([26, 49, 26]) / 101
    expected = 4 * share / (share @ found[1])
    np.testing.assert_allclose(found[1], (np.array([0, 1, 3]) + STRENGTH) / (expected + STRENGTH), rtol=1e-6)
    np.testing.assert_allclose(found[0], 1.0)


def test_shipped_weights_favour_what_has_the_votes() -> None:
    lacks, has = np.asarray(packaged_parameters()["models"]["learned"]["tilt"])
    assert lacks == pytest.approx([1, 1, 1], abs=0.06)  # it was right there before
    assert has[0] < has[1] < 1 < has[2]


@given(st.lists(st.floats(0, 1), min_size=101, max_size=101).filter(lambda one: sum(one) > 0.1))
def test_having_the_votes_never_makes_the_proposal_less_likely(weights: list[float]) -> None:
    probability = np.array([weights]) / sum(weights)
    tilt = np.asarray(packaged_parameters()["models"]["learned"]["tilt"])
    points, agenda = np.arange(101.0), Agenda(np.array([0.0, 100.0]), 0, 1, 100.0)
    without, with_ = (
        on_options(points, tilted(probability, tilt, np.array([side]), CLASSES[:1]), agenda, np.array([side == 1.0]))
        for side in (0.0, 1.0)
    )
    assert with_[0, 1] >= without[0, 1] - 1e-12


def test_an_option_between_keeps_what_is_nearest_to_it() -> None:
    agenda = Agenda(np.array([0.0, 50.0, 100.0]), 0, 2, 100.0)
    found = on_options(np.array([10.0, 45.0, 90.0]), np.full((1, 3), 1 / 3), agenda, np.array([True]))
    np.testing.assert_allclose(found, [[1 / 3, 1 / 3, 1 / 3]])


def test_unanimity_is_not_counted_here() -> None:
    seats = [Standing(name, "member", 100.0, None, 10) for name in ("de", "fr", "it")]
    com = Standing("com", "proposer", 100.0)
    assert carries(PastCase("p", "i", (*seats, com), "QMV", reference=0.0)) == 1.0
    assert np.isnan(carries(PastCase("p", "i", (*seats, com), "Unan", reference=0.0)))


def chances(capsys, *words: str) -> dict[str, float]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as status:
        main(["forecast", *words, "--draws", "200", "--json"])
    assert not status.value.code
    return {one["label"]: one["probability"] for one in json.loads(capsys.readouterr().out)["options"]}


def test_a_vote_that_turns_the_count_is_felt(capsys) -> None:
    """With Austria for it, Slovakia's vote decided by arithmetic: 64.9 % of the population without, 66.1 % with it."""
    evening = ("nature-law-2024", "--as-of", "2024-06-16")
    without, with_ = (chances(capsys, *evening, *words)["adopted"] for words in ((), ("--set", "SVK.position=adopted")))
    assert with_ - without > 0.1


@pytest.mark.parametrize(("norway", "low", "high"), [("0", 0.0, 0.02), ("100", 0.9, 1.0)])
def test_known_votes_under_a_plain_majority_decide(tmp_path, capsys, norway: str, low: float, high: float) -> None:
    """Three of five are for it or are not, and nobody is unsure: the forecast is the count, but for what is rare."""
    folder = str(tmp_path / "board")
    made = ["--body", "Plan board", "--members", "Brazil,India,Japan,Kenya,Norway", "--rule", "majority"]
    asked = [
        "--on",
        "2026-12-20",
        "--question",
        "Would the board fund it?",
        "--option",
        "none=0",
        "--option",
        "funds=100",
    ]
    votes = {"BRA": "100", "IND": "100", "JPN": "0", "KEN": "0", "NOR": norway}
    supposed = [word for actor, place in votes.items() for word in ("--set", f"{actor}.position={place}")]
    with pytest.raises(SystemExit) as status:
        main(["new", folder, *made, *asked, "--no-ask"])
    assert not status.value.code
    assert low <= chances(capsys, folder, "--as-of", "2026-12-01", *supposed)["funds"] <= high
