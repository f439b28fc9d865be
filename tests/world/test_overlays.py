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
    assert read_world(None) is packaged_world()
    assert read_world(tmp_path / "none") is packaged_world()
    assert read_world(tmp_path) == packaged_world()


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


def test_neighbouring_and_different_standings_do_not_overlap(tmp_path: Path) -> None:
    text = LEAGUE + "league,FRA,member,2035-01-01,,league-pact,Article 1,yes\n"
    text += "league,FRA,observer,2030-01-01,,league-pact,Article 1,yes\n"
    world = overlay(tmp_path, memberships=text)
    assert [row.actor for row in world.members("league", dt.date(2035, 1, 1))] == ["FRA", "JPN"]


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
        "world/memberships.csv", "a day such as 2023-07-11", "row 3", "from", "1.1.2032"
    )
