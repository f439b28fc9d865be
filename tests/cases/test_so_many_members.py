"""So many of the members: each silent one is as likely to be among them as over all subsets of that size."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.randomness import Streams
from foedus.cases.case import case_of
from foedus.cases.choices import choosing, sittings
from foedus.cases.draws import draw
from foedus.cases.leaning import _in_turn
from foedus.cli.app import app
from foedus.settlement import CONSENSUS

RUN = CliRunner()
MEMBERS = "Ardonia, Belmar, Cordia, Dunmar, Elmoria, Faland, Gerania"
DRAWS = 400


def run(*given_: str) -> str:
    found = RUN.invoke(app, list(given_))
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture
def league(tmp_path: Path) -> str:
    folder = str(tmp_path / "league")
    run("new", folder, "--body", "League of Seven", "--members", MEMBERS, "--rule", "2/3", "--on", "2027-05-01",
        "--question", "Would the League adopt the charter?", "--option", "no charter=0",
        "--option", "charter=100")  # fmt: skip
    return folder


def say(folder: str, who: str, stance: str, what: str, day: str = "2027-03-01") -> str:
    return run("statements", folder, "add", who, stance, what, f"{who} {stance}", "--source", "Note", "--on", day)


def in_favour(folder: str) -> np.ndarray:
    """Return in each draw which members stand at the charter; shape (D, A)."""
    case = case_of(foedus.read_dossier(folder), None, "2027-03-02", None)
    return draw(case, {}, Streams(1), 0, DRAWS).private[:, :, 0] == 100


def test_the_silent_make_up_the_number_in_every_draw_as_over_all_subsets(league: str) -> None:
    """Five of seven back it, one by name, and one is against: four of the other five, each as in 4 of 5 subsets."""
    say(league, "Ardonia", "for", "charter")
    say(league, "Belmar", "against", "charter")
    say(league, "5 of the 7 members", "for", "charter")
    case = case_of(foedus.read_dossier(league), None, "2027-03-02", None)
    silent = [place for place, one in enumerate(case.members) if one.name not in {"Ardonia", "Belmar"}]
    subsets = list(itertools.combinations(silent, 4))
    share = {place: sum(place in one for one in subsets) / len(subsets) for place in silent}
    backs = in_favour(league)[:, silent]
    assert (backs.sum(axis=1) == 4).all()
    for place, column in zip(silent, backs.T, strict=True):
        assert column.mean() == pytest.approx(share[place], abs=3 * (share[place] * (1 - share[place]) / DRAWS) ** 0.5)
    assert sum(one.stand.private.mean == case.members[silent[0]].stand.private.mean for one in case.members) == 5


def test_the_rule_follows_the_number(league: str) -> None:
    """Two thirds of seven are five: with five counted it is adopted in every draw, whoever they are."""
    say(league, "5 of 7 members", "for", "charter")
    assert (in_favour(league).sum(axis=1) >= 5).all()
    answer = foedus.forecast(foedus.read_dossier(league), None, "2027-03-02", draws=DRAWS, models=["agenda-setter"])
    assert answer.probability("charter") == 1


def test_words_of_its_own_count_before_the_number(league: str) -> None:
    """Six of seven are said to back it, and all speak for themselves: the number has nobody left to tell of."""
    for who in MEMBERS.split(", "):
        say(league, who, "against", "charter")
    before = in_favour(league)
    say(league, "6 of 7 members", "for", "charter")
    assert (in_favour(league) == before).all()


@settings(max_examples=30, deadline=None)
@given(members=st.integers(1, 12), some=st.integers(0, 12), seed=st.integers(0, 10**6))
def test_levels_give_so_many_in_every_draw(members: int, some: int, seed: int) -> None:
    names, some = tuple(f"m{n}" for n in range(members)), min(some, members)
    level = _in_turn(names, "issue", Streams(seed), 0, 20)
    levels = np.stack([level(type("M", (), {"actor": one})(), "position") for one in names])
    assert ((levels >= 1 - some / members).sum(axis=0) == some).all()
    assert ((levels >= 0) & (levels < 1)).all()


def test_so_many_put_a_candidate_first(tmp_path: Path) -> None:
    folder = str(tmp_path / "chair")
    run("new", folder, "--body", "League of Seven", "--members", MEMBERS, "--rule", "consensus", "--on", "2027-05-01",
        "--question", "Who chairs?", "--option", "nobody", "--option", "Ada Low", "--option", "Ben High",
        "--method", "consensus")  # fmt: skip
    say(folder, "Ardonia", "for", "Ben High")
    said = say(folder, "4 of 7 members", "for", "Ada Low")
    assert "4 of the 7 members are for" in said
    made = choosing(foedus.read_dossier(folder), None, "2027-03-02", None)
    first, second = (one.private[:, :, 0] for one in sittings(made, CONSENSUS, 1, 0, DRAWS))
    silent = [place for place, one in enumerate(made.table.members) if one.name != "Ardonia"]
    assert ((first > second)[:, silent].sum(axis=1) == 4).all()
    told = run("forecast", folder, "--as-of", "2027-03-02", "--draws", "300")
    assert "4 of 7 members are said to back Ada Low" in told
