"""Ideal points against published ones and against a simulation; agreement against plain counting."""

import csv
import json
from collections import defaultdict
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.measure import (
    Votes,
    agreement,
    chance_corrected,
    ideal_points,
    measure,
    overlap,
    packaged_measures,
    read_votes,
)
from foedus.measure.votes import actor_of
from foedus.world import packaged_world

SHARED = Path(__file__).parents[3] / "shared" / "data" / "un"
needs_votes = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/un")


def simulated(seats: int, years: int, calls: int, seed: int) -> tuple[Votes, np.ndarray]:
    """Return votes drawn from the model itself, and the ideal points that they were drawn with."""
    rng = np.random.default_rng(seed)
    theta = np.cumsum(np.concatenate([rng.normal(size=(seats, 1)), 0.2 * rng.normal(size=(seats, years - 1))], 1), 1)
    theta[0] += 3
    seat, year, call = (each.ravel() for each in np.indices((seats, years, calls)))
    number = year * calls + call
    beta, cut = rng.normal(0, 1.5, years * calls), rng.normal(0, 1, years * calls)
    latent = beta[number] * theta[seat, year] + rng.logistic(size=len(seat))
    choice = (latent > cut[number] - 0.5).astype(np.int8) + (latent > cut[number] + 0.5)
    names = tuple(f"S{s:02}" for s in range(seats))
    when = tuple(range(2000, 2000 + years))
    arrays = (each.astype(np.int32) for each in (seat, year + 2000, number))
    return Votes(names, when, *arrays, choice.astype(np.int8), {}), theta


def test_points_that_votes_were_drawn_with_are_found_again() -> None:
    votes, theta = simulated(30, 6, 60, seed=3)
    found = ideal_points(votes, pole="S00")
    for t in range(6):
        assert np.corrcoef(found.points[:, t], theta[:, t])[0, 1] > 0.96


def test_a_pole_that_never_voted_is_refused() -> None:
    votes, _ = simulated(3, 1, 5, seed=1)
    with pytest.raises(FoedusError, match="'XXX' cast no vote"):
        ideal_points(votes, pole="XXX")


@needs_votes
def test_points_agree_with_those_published_to_2012() -> None:
    """Bailey, Strezhnev and Voeten's own estimates: correlation by year at median .99, never under .95."""
    world, measures = packaged_world(), packaged_measures()
    pairs = defaultdict(list)
    strangers = set()
    with (SHARED / "published-ideal-points.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = int(row["Year"])
            try:
                actor = actor_of("RUS" if row["CountryAbb"] == "RUS" else world.find(row["CountryName"]), year)
            except FoedusError:
                strangers.add(row["CountryName"])
                continue
            point = measures.point(actor, year)
            if point is not None and row["idealpoint"] not in ("", "NA"):
                pairs[year].append((point.point, float(row["idealpoint"])))
    by_year = {year: np.corrcoef(np.array(both).T)[0, 1] for year, both in pairs.items() if len(both) > 10}
    assert len(by_year) >= 65
    assert len(strangers) < 15
    assert np.median(list(by_year.values())) >= 0.99
    assert min(by_year.values()) >= 0.95


@needs_votes
def test_packaged_agreement_is_that_of_the_votes() -> None:
    """Two states, one year, counted in plain Python from the votes."""
    votes = read_votes(SHARED)
    answers = defaultdict(dict)
    for seat, year, call, choice in zip(votes.seat, votes.year, votes.roll_call, votes.choice, strict=True):
        if year == 2003 and votes.seats[seat] in ("FRA", "USA", "CHN"):
            answers[votes.seats[seat]][call] = choice
    for one, other in (("FRA", "USA"), ("CHN", "USA"), ("FRA", "CHN")):
        both = answers[one].keys() & answers[other].keys()
        share = sum(answers[one][call] == answers[other][call] for call in both) / len(both)
        assert packaged_measures().agreement(one, other, 2003) == pytest.approx(share, abs=0.005)
        assert packaged_measures().agreement(other, one, 2003) == packaged_measures().agreement(one, other, 2003)


@needs_votes
def test_packaged_values_say_which_files_they_were_made_from() -> None:
    recipe = json.loads(resources.files("foedus.measure").joinpath("data", "recipe.json").read_text("utf-8"))
    assert recipe["read"] == {name: sha256((SHARED / f"{name}.parquet").read_bytes()) for name in recipe["read"]}


@given(st.integers(2, 5), st.integers(1, 12), st.integers(0, 999))
@settings(max_examples=25, deadline=None)
def test_agreement_is_a_plain_count(seats: int, calls: int, seed: int) -> None:
    votes, _ = simulated(seats, 1, calls, seed)
    shares, together = agreement(votes, 2000)
    for a in range(seats):
        for b in range(seats):
            mine, theirs = votes.choice[votes.seat == a], votes.choice[votes.seat == b]
            assert together[a, b] == calls
            assert shares[a, b] == pytest.approx(np.mean(mine == theirs))


def test_agreement_no_better_than_habit_is_nought() -> None:
    """Both say yes half of the time and no half of the time: half of the answers agree by chance."""
    habit = np.array([0.5, 0.0, 0.5])
    assert chance_corrected(0.5, habit, habit) == pytest.approx(0)
    assert chance_corrected(1.0, habit, habit) == pytest.approx(1)
    assert np.isnan(chance_corrected(1.0, np.array([0, 0, 1.0]), np.array([0, 0, 1.0])))


def test_a_profile_says_how_old_the_votes_are_and_who_is_near() -> None:
    found = measure("France", "2023-07-11")
    assert (found.year, found.last, found.of) == (2019, 2019, 193)
    distances = [abs(near.distance) for near in found.others]
    assert len(distances) == 10
    assert distances == sorted(distances)
    assert measure("Soviet Union", "1985-01-01").actor == "SUN"


def test_what_two_states_share_on_a_day() -> None:
    shared = overlap(packaged_world(), "FRA", "JPN", "2023-07-11")
    assert "nato" not in shared.organisations
    assert "g7" in shared.organisations
    assert 0 < shared.share < 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("France", "1930-01-01"), "no votes before 1946"),
        (("Kosovo", "2019-01-01"), "cast no vote"),
        (("France", "2019-01-01", (), "chess"), "no subject 'chess'"),
    ],
)
def test_what_cannot_be_measured_is_told(arguments: tuple, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        measure(*arguments)
