"""From names to actors: what everybody in the field would answer, and what nobody may guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.world import packaged_world
from foedus.world.resolver import fold


@pytest.mark.parametrize(
    ("name", "on", "actor"),
    [
        ("Paris", "2023-07-10", "FRA"),
        ("Beijing", "2023-07-10", "CHN"),
        ("Washington", "2023-07-10", "USA"),
        ("Tokyo", "2023-07-10", "JPN"),
        ("Macron", "2023-07-10", "FRA"),
        ("President Macron", "2023-07-10", "FRA"),
        ("Marcon", "2023-07-10", "FRA"),  # as one of the articles has it
        ("the French president", "2023-07-10", "FRA"),
        ("Prime Minister Kishida", "2023-07-10", "JPN"),
        ("Japanese", "2023-07-10", "JPN"),
        ("Stoltenberg", "2023-07-10", "nato"),
        ("Xi", "2023-07-10", "CHN"),
        ("Xi Jinping", "2023-07-10", "CHN"),
        ("Türkiye", "2023-07-10", "TUR"),
        ("turkey", "2010-01-01", "TUR"),
        ("U.S.", "2023-07-10", "USA"),
        ("the United States", "2023-07-10", "USA"),
        ("NATO", "2023-07-10", "nato"),
        ("jpn", None, "JPN"),
        ("FR", "2023-07-10", "FRA"),
        ("Bonn", "1970-01-01", "DEU"),
        ("Zaire", "1980-01-01", "COD"),
        ("Zaire", None, "COD"),
        ("Moscow", "1980-01-01", "SUN"),
        ("Moscow", "2023-07-10", "RUS"),
        ("West Germany", "1980-01-01", "DEU"),
        ("Burma", "1970-01-01", "MMR"),
        ("China", "2023-07-10", "CHN"),
        ("Le Drian", "2021-06-01", "FRA"),
        ("Gahr Store", "2023-07-10", "NOR"),
        ("Loefven", "2020-07-10", "SWE"),
    ],
)
def test_who_goes_by_a_name(name: str, on: str | None, actor: str) -> None:
    assert foedus.resolve(name, on=on).id == actor


@pytest.mark.parametrize(
    ("name", "on", "actors"),
    [
        ("Brussels", "2023-07-10", ["BEL", "eu", "nato"]),
        ("Korea", "2023-07-10", ["KOR", "PRK"]),
        ("Congo", "2023-07-10", ["COD", "COG"]),
        ("China", "1965-06-01", ["CHN", "TWN"]),
    ],
)
def test_every_candidate_with_its_reason(name: str, on: str, actors: list[str]) -> None:
    found = foedus.resolve(name, on=on)
    assert [candidate.actor for candidate in found.candidates] == actors
    assert found.ambiguous
    with pytest.raises(FoedusError) as caught:
        _ = found.actor
    for candidate in found.candidates:
        assert candidate.reason in str(caught.value)


@pytest.mark.parametrize(
    ("name", "on", "message"),
    [
        ("Zaire", "2023-07-10", "COD: a former name of .*1971-10-27 to 1997-05-17"),
        ("Kishida", "2010-01-01", "Fumio Kishida, Prime Minister of Japan, 2021-10-04 to 2024-10-01"),
        ("Frnace", "2023-07-10", r"no actor 'Frnace'; did you mean FRA \(france\)"),
        ("Soviet Union", "2023-07-10", "SUN: a name of Soviet Union"),
        ("Narnia", None, "no actor 'Narnia'$"),
        ("Brasil", None, r"did you mean BRA \([a-z]+\)\?$"),
        ("qqqqqqq", None, "no actor 'qqqqqqq'$"),
        ("  ", None, "is no name"),
        ("..", None, "is no name"),
        ("no", None, "no actor 'no'"),
        ("Paris", "2023-02-30", "not a day that the calendar has"),
    ],
)
def test_never_a_guess(name: str, on: str | None, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        foedus.resolve(name, on=on)


def test_an_id_is_its_actor_on_any_day() -> None:
    for actor in packaged_world().actors.values():
        assert foedus.resolve(actor.id).id == actor.id


def test_every_actor_of_today_is_among_the_candidates_of_its_own_name() -> None:
    world = packaged_world()
    lost = [
        actor.id
        for actor in world.actors.values()
        if actor.end is None and actor.id not in {c.actor for c in world.resolve(actor.name).candidates}
    ]
    assert lost == []


@pytest.mark.parametrize("change", [str.upper, str.lower, "the {}".format, " {} ".format])
def test_case_articles_and_spaces_do_not_matter(change: Callable[[str], str]) -> None:
    assert foedus.resolve(change("United Kingdom")).id == "GBR"


@given(st.text(max_size=30))
def test_any_text_is_answered_or_refused(text: str) -> None:
    try:
        found = foedus.resolve(text, on=dt.date(2023, 7, 10))
    except FoedusError:
        return
    assert found.candidates
    assert len({candidate.actor for candidate in found.candidates}) == len(found.candidates)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_that_means_one_alone_is_taken_so() -> None:
    found = packaged_world().resolve("Guinea")
    assert (found.ambiguous, found.alone, found.id) == (False, "GIN", "GIN")
    assert [one.actor for one in found.candidates] == ["GIN", "GNB", "GNQ"]
    assert packaged_world().resolve("Korea").alone is None


def test_letters_of_a_state_and_an_organisation_mean_neither_alone() -> None:
    world = packaged_world()
    found = world.resolve("AU")
    assert [one.actor for one in found.candidates] == ["AUS", "african-union"]
    assert found.ambiguous
    with pytest.raises(FoedusError, match=r"AUS \(its ISO 3166-1 code\); african-union \(an abbreviation of African"):
        world.find("AU")
    assert world.find("AU", kind="organisation") == "african-union"
    assert world.find("FR") == "FRA"
    assert world.find("EC", parse_day("2020-01-01")) == "ECU"  # the European Communities ended in 1993


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("US President Biden", "USA"),
        ("Türkiye's Erdoğan", "TUR"),
        ("NATO Secretary General Jens Stoltenberg", "nato"),
        ("Bundeskanzler Scholz", "DEU"),
        ("the Pope", "VAT"),
        ("the Taoiseach", "IRL"),
    ],
)
def test_a_person_is_known_beside_state_and_office(name: str, actor: str) -> None:
    assert foedus.resolve(name, on="2023-07-10").id == actor


def test_a_person_is_not_taken_for_another_state() -> None:
    with pytest.raises(FoedusError, match="no actor 'Polish President Macron'"):
        foedus.resolve("Polish President Macron", on="2023-07-10")
