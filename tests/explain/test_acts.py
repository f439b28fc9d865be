"""Acts of diplomacy: stated conditions, the smallest sets to win over, ideas without a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
from typer.testing import CliRunner

import foedus
from foedus.cli.app import app
from foedus.coding.entering import Told, enter
from foedus.dossiers import Dossier
from foedus.dossiers.said import under_condition, what_it_asks
from foedus.explain.acts import ABSTAIN, ANOTHER, CONDITION, IDEAS, LATER, PROCEDURE, TOGETHER, acts, fits
from foedus.forecasts import Forecast
from foedus.reports.acts import acts_section, lever_in_words
from foedus.reports.brief import what_they_ask
from foedus.reports.votes import votes


@pytest.fixture(scope="module")
def compact() -> Dossier:
    return foedus.read_dossier("harbour-compact")


@pytest.fixture(scope="module")
def port(compact: Dossier) -> Forecast:
    return foedus.forecast(compact, issue="port", as_of="2031-05-01", models=["consensus"], draws=400)


def test_conditions_that_were_stated_come_first_with_their_statement(port: Forecast) -> None:
    found = acts(port, draws=400)
    kinds = [one.kind for one in found]
    assert kinds == sorted(kinds, key=[CONDITION, TOGETHER, LATER, PROCEDURE].index)
    asked = {one.actors: (one.words, one.statement) for one in found if one.kind == CONDITION}
    assert asked == {("ELN",): ("shares follow trade", "hc05")}  # Corvia is not in the way


def test_ideas_have_no_number(port: Forecast) -> None:
    ideas = [one for one in acts(port, draws=100) if one.kind in {LATER, PROCEDURE}]
    assert [one.words for one in ideas] == ["November Council (2031-11-03)"]
    assert {one.probability_after for one in ideas} == {None}


def test_the_smallest_sets_that_reach_are_found_by_trying_all() -> None:
    dossier = foedus.read_dossier("nature-law-2024")
    answer = foedus.forecast(dossier, as_of="2024-06-15", models=["agenda-setter"], draws=200)
    found = [one for one in acts(answer, draws=200) if one.kind == TOGETHER]
    assert found
    sizes = {len(one.actors) for one in found}
    assert len(sizes) == 1
    assert all(one.reached for one in found)
    reaching = {one.actors for one in found}
    smaller = {subset for who in reaching for subset in combinations(who, len(who) - 1) if subset}
    for who in smaller:  # none of the smaller sets does: suppose each of them and ask again
        words = [f"{actor}.position=adopted" for actor in who]
        supposed = foedus.forecast(
            foedus.dossiers.suppose(dossier, words), as_of="2024-06-15", models=["agenda-setter"], draws=200
        )
        assert supposed.probability("adopted") < 0.5


def test_every_act_is_told_in_words_with_both_numbers(port: Forecast) -> None:
    section = acts_section(port.case, "a port", acts(port, draws=400))
    assert section is not None
    told = [str(row[0]) for row in section.table().rows]
    assert told[0].startswith("Grant what Eland asks for: shares follow trade")
    assert "h3" not in " ".join(told)
    assert "leave it to November Council (2031-11-03)" in str(section.blocks[-1])


def test_levers_are_named_as_acts(port: Forecast) -> None:
    for one in foedus.levers(port, draws=100):
        words = "".join(map(str, lever_in_words(port, one)))
        assert words[0].isupper()
        if one.actor is not None:
            assert port.case.member(one.actor).name in words
    payment = replace(foedus.levers(port, draws=100)[0], actor="ARD", input="side payment", start=0.0, end=0.5)
    assert "Offer Ardonia a side payment" in "".join(map(str, lever_in_words(port, payment)))


DRAFT = (
    "--question", "Would the Security Council adopt the draft?", "--body", "unsc", "--on", "2024-11-20",
    "--option", "no resolution", "--option", "a ceasefire tied to the release of hostages=60",
    "--option", "an unconditional ceasefire",
)  # fmt: skip
FOR = ("DZA", "ECU", "GUY", "JPN", "MLT", "MOZ", "KOR", "SLE", "SVN", "CHE", "FRA", "GBR", "RUS", "CHN")


@pytest.fixture(scope="module")
def vetoed(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    """A draft that fourteen members back and one with a veto refuses unless it is cut down."""
    folder = tmp_path_factory.mktemp("un") / "draft"
    run = CliRunner()
    assert run.invoke(app, ["new", str(folder), *DRAFT]).exit_code == 0
    at, source = dt.date(2024, 11, 18), "Telegram 1"
    for actor in FOR:
        enter(folder, Told(actor, "for", "an unconditional ceasefire", "would vote for it", at, source))
    asked = "the ceasefire is tied to the release of the hostages"
    enter(folder, Told("USA", "against", "an unconditional ceasefire", "would veto it", at, source, condition=asked))
    return foedus.forecast(foedus.read_dossier(folder), as_of="2024-11-19", draws=1_000)


def test_a_demand_for_another_option_is_no_lever_and_an_abstention_is_one(vetoed: Forecast) -> None:
    found = acts(vetoed)
    assert [(one.kind, one.words) for one in found if one.actors == ("USA",) and one.kind in IDEAS] == [
        (ANOTHER, "a ceasefire tied to the release of hostages")
    ]
    assert not [one for one in found if one.kind == CONDITION]
    [abstains] = [one for one in found if one.kind == ABSTAIN]
    assert abstains.actors == ("USA",)
    assert abstains.reached
    assert abstains.probability_before is not None
    assert abstains.probability_before < 0.2
    count = votes(vetoed)
    assert count is not None
    assert count.lines[0].startswith("For it, enough votes, but a veto stops it: 14 members.")


WAR = (
    "--question", "Would the organisation intervene in Niger with military force?", "--body", "ecowas",
    "--on", "2023-08-10", "--option", "no force", "--option", "activate the standby force",
    "--option", "deploy troops to Niger",
)  # fmt: skip


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    """Three members are against any force; one of them says so unless diplomacy fails."""
    folder = tmp_path_factory.mktemp("ecowas") / "war"
    run = CliRunner()
    assert run.invoke(app, ["new", str(folder), *WAR]).exit_code == 0
    at, claim = dt.date(2023, 8, 8), "deploy troops to Niger"
    enter(folder, Told("NGA", "against", claim, "the Senate is against", at, "Telegram 7", condition="diplomacy fails"))
    enter(folder, Told("CPV", "against", claim, "it opposes any force", at, "Telegram 8"))
    enter(folder, Told("GHA", "neither", claim, "Ghana has not said whether it would send soldiers", at, "Telegram 9"))
    return foedus.forecast(foedus.read_dossier(folder), as_of="2023-08-09", draws=1_000)


def test_what_nobody_can_grant_is_no_demand(war: Forecast) -> None:
    """ "Against unless diplomacy fails" asks nobody to make diplomacy fail."""
    assert not [one for one in acts(war, draws=100) if one.kind == CONDITION]
    asked = what_they_ask(war)
    assert asked is not None
    told = " ".join(map(str, asked.items))
    assert "asks" not in told
    assert "Nigeria is against" in told
    assert "unless diplomacy fails" in told


@pytest.mark.parametrize(
    ("condition", "asks"),
    [
        ("diplomacy fails", False),
        ("all other means are exhausted", False),
        ("the ceasefire collapses", False),
        ("Russia attacks again", False),
        ("it becomes necessary", False),
        ("there is no other choice", False),
        ("the sunset clause is struck", True),
        ("frozen funds are released", True),
        ("shares follow trade", True),
        ("accession talks with Sarajevo open too", True),
    ],
)
def test_an_event_is_told_from_a_condition_that_somebody_can_meet(compact: Dossier, condition: str, asks: bool) -> None:
    refusal = replace(compact.statements[0], stance=-1, condition=condition)
    assert bool(what_it_asks(refusal)) is asks
    assert under_condition(refusal) == f"unless {condition}"


def test_an_act_that_does_not_suffice_says_what_comes_instead(war: Forecast) -> None:
    found = [one for one in acts(war, draws=400) if one.kind == TOGETHER]
    assert found
    for one in found:
        assert bool(one.instead) is not one.reached
        if not one.reached:
            assert one.probability_instead is not None
            assert 0 < one.probability_instead <= 1 - (one.probability_after or 0.0) + 1e-9
    section = acts_section(war.case, "deploy troops to Niger", found)
    assert section is not None
    if not found[0].reached:
        assert f"most of the rest goes to '{found[0].instead}'" in str(section.table().rows)


def test_only_procedures_that_fit_the_matter_are_offered() -> None:
    """A waiver and an accession are no ways to appoint anybody; a vote is."""
    body = foedus.read_dossier("harbour-compact").institutions.body("wto-general-council")
    concerned = {"appoint", "director", "general"}
    assert {name for name in body.procedures if fits(name, concerned)} == {"consensus", "vote"}
    assert fits("accession", {"accession", "ukraine"})
    assert not fits("procedure", {"sanctions", "iran"})


def test_silence_that_is_reported_is_not_having_spoken(war: Forecast) -> None:
    """ "Has not said whether" leaves a member where silence leaves it, and caring as little."""
    assert "GHA" in {one.actor for one in war.case.silent}
    ghana, other = war.case.member("GHA").stand, war.case.member("SEN").stand
    assert (ghana.salience.mode, ghana.private.mode) == (other.salience.mode, other.private.mode)
