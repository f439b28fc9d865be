"""A dossier's own world, laid over the packaged one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus.base.errors import InputError, Problem
from foedus.world import World, packaged_world, read_world

SOURCES = "id,title,publisher\nleague-pact,Pact of the League,The League\n"
ACTORS = "id,kind,name,from,until,source,verified\nleague,organisation,The League,2030-01-01,,league-pact,yes\n"
MEMBERS = "organisation,actor,status,from,until,source,locator,verified\n"
LEAGUE = MEMBERS + "league,FRA,member,2030-01-01,2035-01-01,league-pact,Article 1,yes\n"
LEAGUE += "league,JPN,member,2032-01-01,,league-pact,Article 1,yes\n"


def overlay(tmp_path: Path, **files: str) -> World:
    for name, text in {"sources": SOURCES, "actors": ACTORS, "memberships": LEAGUE, **files}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return read_world(tmp_path)


def refusal(tmp_path: Path, **files: str) -> Problem:
    with pytest.raises(InputError) as caught:
        overlay(tmp_path, **files)
    (problem,) = caught.value.problems
    return problem


def test_a_new_organisation(tmp_path: Path) -> None:
    world = overlay(tmp_path)
    counts = {
        day: [row.actor for row in world.members("league", dt.date.fromisoformat(day))]
        for day in ("2030-01-01", "2032-01-01", "2034-12-31", "2035-01-01")
    }
    assert counts == {
        "2030-01-01": ["FRA"],
        "2032-01-01": ["FRA", "JPN"],
        "2034-12-31": ["FRA", "JPN"],
        "2035-01-01": ["JPN"],
    }
    assert world.name("league") == "The League"


def test_the_packaged_world_is_untouched_and_still_there(tmp_path: Path) -> None:
    world = overlay(tmp_path)
    vilnius = dt.date(2023, 7, 11)
    assert world.members("nato", vilnius) == packaged_world().members("nato", vilnius)
    assert "league" not in packaged_world().actors


def test_no_overlay(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no table such as memberships\.csv"):
        read_world(tmp_path)


@pytest.mark.parametrize("name", ["membership.csv", "Memberships.CSV", "junk.csv"])
def test_a_table_that_is_none_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MEMBERS)
    with pytest.raises(InputError, match="is no table of a world"):
        read_world(tmp_path)


def test_a_dossier_stands_for_its_world(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    assert overlay(tmp_path / "world") == read_world(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        read_world(tmp_path / "none")


def test_a_contradiction(tmp_path: Path) -> None:
    text = MEMBERS + "league,FRA,member,2031-01-01,2030-01-01,league-pact,Article 1,yes\n"
    assert refusal(tmp_path, memberships=text) == Problem(
        "world/memberships.csv", "a day after 2031-01-01", "row 2", "until", "2030-01-01"
    )


def test_a_dangling_actor(tmp_path: Path) -> None:
    text = MEMBERS + "league,ATLANTIS,member,2030-01-01,,league-pact,Article 1,yes\n"
    assert refusal(tmp_path, memberships=text) == Problem(
        "world/memberships.csv", "the id of a row of actors.csv", "row 2", "actor", "ATLANTIS"
    )


def test_a_dangling_organisation(tmp_path: Path) -> None:
    text = MEMBERS + "ligue,FRA,member,2030-01-01,,league-pact,Article 1,yes\n"
    assert refusal(tmp_path, memberships=text) == Problem(
        "world/memberships.csv", "the id of a row of actors.csv", "row 2", "organisation", "ligue"
    )


def test_a_missing_source(tmp_path: Path) -> None:
    text = MEMBERS + "league,FRA,member,2030-01-01,,hearsay,Article 1,yes\n"
    assert refusal(tmp_path, memberships=text) == Problem(
        "world/memberships.csv", "the id of a row of sources.csv", "row 2", "source", "hearsay"
    )


def test_an_overlap_within_the_overlay(tmp_path: Path) -> None:
    text = LEAGUE + "league,JPN,member,2031-01-01,2032-01-02,league-pact,Article 1,yes\n"
    problem = refusal(tmp_path, memberships=text)
    assert (problem.where, problem.field, problem.value) == ("row 4", "from", "2031-01-01")
    assert problem.expected == "days that no other row of the same membership covers"


def test_an_overlap_with_the_packaged_world(tmp_path: Path) -> None:
    text = MEMBERS + "nato,FRA,member,1966-07-01,2009-04-04,league-pact,Article 1,yes\n"
    problem = refusal(tmp_path, memberships=text)
    assert (problem.file, problem.where, problem.value) == ("world/memberships.csv", "row 2", "1966-07-01")


def test_neighbouring_standings_and_those_beside_membership_do_not_contradict(tmp_path: Path) -> None:
    text = LEAGUE + "league,FRA,observer,2035-01-01,,league-pact,Article 1,yes\n"
    text += "league,FRA,outside-military-structure,2031-01-01,,league-pact,Article 1,yes\n"
    world = overlay(tmp_path, memberships=text)
    assert [row.actor for row in world.members("league", dt.date(2035, 1, 1))] == ["JPN"]
    assert [row.actor for row in world.members("league", dt.date(2035, 1, 1), "observer")] == ["FRA"]


def test_nobody_is_member_and_observer_at_once(tmp_path: Path) -> None:
    text = LEAGUE + "league,FRA,observer,2034-12-31,,league-pact,Article 1,yes\n"
    problem = refusal(tmp_path, memberships=text)
    assert (problem.where, problem.field, problem.value) == ("row 4", "from", "2034-12-31")


@pytest.mark.parametrize(
    ("row", "field", "value", "life"),
    [
        ("league,DEU,member,1940-01-01,,league-pact,Article 1,yes", "from", "1940-01-01", "DEU exists"),
        ("league,SUN,member,2030-01-01,,league-pact,Article 1,yes", "until", "blank", "SUN still exists"),
        ("league,JPN,member,2029-12-31,,league-pact,Article 1,yes", "from", "2029-12-31", "league exists"),
    ],
)
def test_nothing_lies_outside_the_existence_of_an_actor(
    tmp_path: Path, row: str, field: str, value: str, life: str
) -> None:
    with pytest.raises(InputError) as caught:
        overlay(tmp_path, memberships=MEMBERS + row + "\n")
    problem = caught.value.problems[0]
    assert (problem.file, problem.where, problem.field, problem.value) == (
        "world/memberships.csv",
        "row 2",
        field,
        value,
    )
    assert life in problem.expected


def test_a_place_has_one_sovereign_and_may_be_claimed_by_many(tmp_path: Path) -> None:
    places = (
        "id,name,kind,latitude,longitude,continent,source,verified\nskerry,Skerry,island,60,-3,Europe,league-pact,yes\n"
    )
    head = "place,actor,standing,from,until,source,verified\n"
    held = head + "skerry,GBR,sovereign,1900-01-01,,league-pact,yes\n"
    world = overlay(tmp_path, places=places, sovereigns=held + "skerry,NOR,claimed,1950-01-01,,league-pact,yes\n")
    found = world.sovereigns_of(world.place("SKERRY").id, dt.date(2030, 1, 1))
    assert [(row.actor, row.standing) for row in found] == [("GBR", "sovereign"), ("NOR", "claimed")]
    (tmp_path / "sovereigns.csv").write_text(held + "skerry,NOR,sovereign,1950-01-01,,league-pact,yes\n")
    with pytest.raises(InputError, match="1950-01-01"):
        read_world(tmp_path)


FINLAND = "memberships.csv,organisation=nato; actor=FIN; status=member,a test"


def test_an_overlay_withdraws_a_packaged_row_and_puts_another_in_its_place(tmp_path: Path) -> None:
    text = MEMBERS + "nato,FIN,member,2023-05-01,,league-pact,Article 1,yes\n"
    world = overlay(tmp_path, memberships=text, withdrawn=f"table,row,why\n{FINLAND}\n")
    counts = [len(world.members("nato", dt.date(2023, 4, day))) for day in (3, 30)]
    assert (counts, len(world.members("nato", dt.date(2023, 5, 1)))) == ([30, 30], 31)
    assert len(packaged_world().members("nato", dt.date(2023, 4, 30))) == 31


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ("memberships.csv,organisation=nato,why", "row", "cells that pick one row of memberships.csv, not "),
        ("memberships.csv,organisation=nato; actor=ZZZ,why", "row", "not 0"),
        ("memberships.csv,alliance=nato,why", "row", "column=value"),
        ("members.csv,organisation=nato,why", "table", "one of sources.csv"),
    ],
)
def test_a_withdrawal_picks_one_row(tmp_path: Path, row: str, field: str, expected: str) -> None:
    problem = refusal(tmp_path, withdrawn=f"table,row,why\n{row}\n")
    assert (problem.file, problem.where, problem.field) == ("world/withdrawn.csv", "row 2", field)
    assert expected in problem.expected


@pytest.mark.parametrize("actor", ["league", "FRA"])
def test_a_repeated_id(tmp_path: Path, actor: str) -> None:
    text = ACTORS + f"{actor},organisation,Again,,,league-pact,yes\n"
    assert refusal(tmp_path, actors=text) == Problem(
        "world/actors.csv", "an id that no other row has", "row 3", "id", actor
    )


def test_a_repeated_source(tmp_path: Path) -> None:
    problem = refusal(tmp_path, sources=SOURCES + "league-pact,Again,The League\n")
    assert (problem.file, problem.where, problem.value) == ("world/sources.csv", "row 3", "league-pact")


def test_a_malformed_cell(tmp_path: Path) -> None:
    text = LEAGUE.replace("2032-01-01", "1.1.2032")
    assert refusal(tmp_path, memberships=text) == Problem(
        "world/memberships.csv",
        "a day such as 2023-07-11, a month or a year, or a day with 'or before' behind it",
        "row 3",
        "from",
        "1.1.2032",
    )


def test_a_folder_is_read_anew_only_after_a_change(tmp_path: Path) -> None:
    first = overlay(tmp_path)
    assert read_world(tmp_path) is first
    renamed = overlay(tmp_path, actors=ACTORS.replace("The League", "The Union"))
    assert (first.name("league"), renamed.name("league")) == ("The League", "The Union")
    (tmp_path / "Memberships.CSV").write_text(LEAGUE)
    with pytest.raises(InputError, match="is no table of a world"):
        read_world(tmp_path)
