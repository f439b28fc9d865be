"""An abstention and a declared vote belong to the option on which they were said."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.randomness import Streams
from foedus.cases import Case
from foedus.cases.case import case_of
from foedus.cases.draws import draw
from foedus.cli.app import app
from foedus.coding.entering import Told, enter
from foedus.ensembles.declared import keep_to_declared
from foedus.explain.position import standing
from foedus.explain.timeline import timeline
from foedus.forecasts.arithmetic import arithmetic, arithmetic_in_draws, declared, within_few_in_draws
from foedus.issues.deciding import in_favour, on_option, quota, taking_sides, winning
from foedus.issues.sitting import Away
from foedus.reports.beside import line_section
from foedus.reports.brief import who_blocks
from foedus.reports.position import position_sections
from foedus.reports.sections import Bullets
from foedus.reports.votes import votes
from foedus.testing import sitting_of

CLUB = "ARG,BRA,DEU,FRA,GAB,ISL,ITA"
DAY = dt.date(2024, 9, 20)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven members under five votes of all: no sanctuary, half of the ocean, or the whole of it."""
    folder = tmp_path_factory.mktemp("base") / "whales"
    made = CliRunner().invoke(
        app,
        ["new", str(folder), "--body", "Whaling Board", "--members", CLUB, "--rule", "5",
         "--question", "A sanctuary?", "--on", "2024-09-26",
         "--option", "none=0", "--option", "half=50", "--option", "whole=100"],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    say(folder, "for", "whole", "ARG", "BRA", "DEU")
    say(folder, "against", "whole", "ISL")
    say(folder, "abstains", "whole", "FRA", "ITA")
    say(folder, "for", "half", "ITA", day=dt.date(2024, 9, 22))
    return folder


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "whales"))


def say(folder: Path, stance: str, option: str, *actors: str, day: dt.date = DAY) -> None:
    for actor in actors:
        enter(folder, Told(actor, stance, option, f"{stance} {option}", day, f"Plenary {day}", day))


def case(folder: Path) -> Case:
    return case_of(foedus.read_dossier(folder), None, "2024-09-25", None)


def test_who_abstains_on_one_text_votes_on_another(base: Path) -> None:
    made = case(base)
    whole, half = arithmetic(made, "whole"), arithmetic(made, "half")
    assert (whole.in_favour, whole.against, whole.abstaining, whole.unknown) == (
        ("ARG", "BRA", "DEU"), ("ISL",), ("FRA", "ITA"), ("GAB",),
    )  # fmt: skip
    assert (half.in_favour, half.abstaining, half.unknown) == (("ARG", "BRA", "DEU", "ITA"), (), ("FRA", "GAB"))
    assert half.by_position == ("ARG", "BRA", "DEU", "ISL")  # Italy alone has said a word of it
    assert whole.by_position == ()
    assert (whole.blocked, half.blocked) == (True, False)  # five of seven: three withhold the whole, one the half
    assert made.abstaining == frozenset()
    assert made.deciding_on("whole").abstaining == {"FRA", "ITA"}


def test_an_abstention_on_one_text_leaves_the_place_to_other_words_or_to_silence(base: Path) -> None:
    made = case(base)
    france, gabon, italy = (made.member(actor).stand for actor in ("FRA", "GAB", "ITA"))
    assert (france.private.low, france.private.mode, france.private.high) == (
        gabon.private.low, gabon.private.mode, gabon.private.high,
    )  # fmt: skip
    assert (france.abstains_on, france.known) == ((100.0,), 0.0)
    assert italy.abstains_on == (100.0,)
    assert italy.private.mode == pytest.approx(52, abs=2)  # where it backs the half, mixed with the prior of 70


def test_in_the_draws_an_abstention_counts_on_its_own_option_alone(base: Path) -> None:
    made = case(base)
    for option, absent in (("whole", {"FRA", "ITA"}), ("half", set())):
        drawn = arithmetic_in_draws(made, 1, 200, option)
        assert all(one.against == 0 and one.swings == 0 for one in drawn.votes if one.actor in absent)
    assert arithmetic_in_draws(made, 1, 200, "whole").enough == 0  # five of seven, and two of seven abstain
    assert arithmetic_in_draws(made, 1, 200, "half").enough > 0.9
    assert 0 < within_few_in_draws(made, 1, 200) <= 1  # Iceland or an abstainer would make it five
    sitting = draw(made, {}, Streams(1), 0, 20)
    places = [sitting.actors.index(actor) for actor in ("FRA", "ITA")]
    assert not in_favour(sitting, 0, 2)[:, places].any()
    assert in_favour(sitting, 0, 1)[:, places].all()
    voting = taking_sides(sitting, {"FRA"})
    assert voting.voting_on(0, 2)[places].tolist() == [True, False]


def test_a_vote_declared_on_one_text_is_none_on_another(base: Path) -> None:
    made = case(base)
    assert declared(made, "whole").stop
    assert not declared(made, "half").stop
    sitting = draw(made, {}, Streams(1), 0, 40)
    kept = keep_to_declared(np.tile([0.1, 0.3, 0.6], (40, 1)), sitting, 0)
    assert (kept[:, 2] < 0.6 + 1e-12).all()
    assert np.allclose(kept[:, 1], 0.3)  # nothing that was declared stops the half
    bound = replace(sitting, declared_for=(), declared_against=())  # whoever is committed declares on every option
    assert bound.committed[sitting.actors.index("ISL"), 0]


def test_a_vote_on_the_lesser_text_is_not_turned_into_one_for_the_greater(folder: Path) -> None:
    say(folder, "for", "half", "GAB")
    made = case(folder)
    assert made.member("GAB").stand.declared_for == (50.0,)
    assert "GAB" in arithmetic(made, "whole").unknown  # about halfway, and no word on the whole
    say(folder, "against", "half", "ARG")  # it wants more, and has voted against less
    assert "ARG" in arithmetic(case(folder), "half").against


def test_the_pages_name_who_spoke_of_the_option_and_count_both(base: Path) -> None:
    forecast = foedus.forecast(foedus.read_dossier(base), as_of="2024-09-25", draws=300)
    assert forecast.likeliest.label == "half"
    found = votes(forecast)
    assert found is not None
    assert [row[:4] for row in found.rows] == [
        ("'whole': members", "3", "5", "-2"), ("'half': members", "4 (3 by position)", "5", "-1"),
    ]  # fmt: skip
    assert "For it, not enough: Argentina, Brazil, Germany. Against: Iceland; no side named by Gabon." in found.lines[0]
    likeliest = next(line for line in found.lines if line.startswith("The most likely outcome, 'half'."))
    assert "For it, not enough: Italy; by position, Argentina, Brazil, Germany." in likeliest
    assert "Against: by position, Iceland" in likeliest
    answer = forecast.counted
    assert answer["headline"].by_position == ("ARG", "BRA", "DEU", "ISL")  # type: ignore[attr-defined]
    change = answer["likeliest_change"]
    assert (change["option"], change["in_draws"].enough > 0.9) == ("half", True)  # type: ignore[index]
    told = " ".join(str(one) for one in who_blocks(forecast).items)
    assert told.startswith("Iceland")


def test_a_position_says_on_what_it_abstains(base: Path) -> None:
    found = standing(foedus.read_dossier(base), "FRA", as_of=dt.date(2024, 9, 25))
    assert found.abstains_on == ("whole",)
    told = " ".join(str(block) for section in position_sections(found) for block in section.blocks)
    assert "Abstains on 'whole': its vote there is on neither side, wherever it stands." in told
    [said] = found.statements
    assert (
        said["effect"] == "an abstention: its vote on this option is on neither side; it says nothing of other options"
    )


def test_a_line_tells_why_a_vote_that_turned_moves_nothing(base: Path) -> None:
    dossier = foedus.read_dossier(base)
    line = timeline(dossier, want="half", draws=200)
    point = line.points[-1]
    assert point.turned is not None
    assert (point.turned.option, point.turned.actors) == ("half", ("ITA",))
    still = replace(line, points=(*line.points[:-1], replace(point, moved=0.0, aged=0.0)))
    listed = [block for block in line_section(still, dossier).blocks if isinstance(block, Bullets)]
    assert "Italy counts otherwise in the vote on 'half' by this news; the forecast hardly moves" in str(
        listed[0].items[0]
    )
    moved = replace(line, points=(*line.points[:-1], replace(point, moved=0.2, aged=0.0)))
    assert not [block for block in line_section(moved, dossier).blocks if isinstance(block, Bullets)]


@given(
    st.lists(st.integers(0, 100), min_size=5, max_size=5),
    st.sets(st.integers(0, 4)),
    st.integers(1, 5),
)
def test_votes_are_counted_without_who_abstains_on_the_option(places: list[int], away: set[int], needed: int) -> None:
    plain = sitting_of(position=[float(one) for one in places])
    still, goal = plain.agendas[0].options[plain.agendas[0].status_quo], plain.agendas[0].options[-1]
    option = len(plain.agendas[0].options) - 1
    absent = frozenset(plain.actors[one] for one in away)
    rule = quota([1.0] * 5, needed)
    sitting = replace(
        plain,
        decides=rule,
        away_on=({option: Away(absent, rule)},),
    )
    by_hand = sum(abs(one - goal) < abs(one - still) for n, one in enumerate(places) if n not in away) >= needed
    found = winning(on_option(sitting, 0, option), in_favour(sitting, 0, option))
    assert bool(found[0]) == by_hand
    assert on_option(sitting, 0, option).away == absent
