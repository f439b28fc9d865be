"""Who held an office on a day, by the words that people use for it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.cli import main
from foedus.world.packaged import packaged_world
from foedus.world.posts import called, held_between, held_on, offices_of


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["world", "offices", *words])
    assert not ended.value.code
    return " ".join(capsys.readouterr().out.split())


def who(actor: str, office: str, day: str) -> list[str]:
    rows = called(offices_of(packaged_world(), actor), office, actor)
    return sorted({one.person for one in held_on(rows, parse_day(day)).rows})


@pytest.mark.parametrize(
    ("actor", "office", "day", "person"),
    [
        ("DEU", "prime minister", "2001-09-12", "Gerhard Schröder"),
        ("DEU", "chancellor", "2001-09-12", "Gerhard Schröder"),
        ("USA", "president", "1962-10-22", "John F. Kennedy"),
        ("USA", "secretary of state", "2000-01-01", "Madeleine Albright"),
        ("FRA", "prime minister", "2024-12-09", "Michel Barnier"),
        ("nato", "Secretary General", "2001-09-12", "George Robertson"),
        ("osce", "chairman", "2008-08-08", "Alexander Stubb"),
        ("osce", "CiO", "2017-12-20", "Karin Kneissl"),
        ("imf", "managing director", "1982-08-13", "Jacques de Larosière"),
        ("oau", "secretary general", "1970-01-01", "Diallo Telli"),
    ],
)
def test_an_office_is_found_by_the_words_of_its_title_or_of_its_kind(
    actor: str, office: str, day: str, person: str
) -> None:
    assert who(actor, office, day) == [person]


def test_a_deputy_is_no_holder_of_the_office() -> None:
    assert who("nato", "secretary general", "2020-01-01") == ["Jens Stoltenberg"]
    assert who("nato", "deputy secretary general", "2020-01-01") == ["Mircea Geoană"]


def test_an_office_that_nobody_is_known_to_have_is_refused_with_the_nearest() -> None:
    with pytest.raises(FoedusError, match="did you mean foreign minister"):
        who("JPN", "foreign minster", "2020-01-01")
    with pytest.raises(FoedusError, match="no office 'president' of Japan is known; known are"):
        called(
            [one for one in offices_of(packaged_world(), "JPN") if one.office != "head-of-state"], "president", "Japan"
        )


def test_a_day_without_a_holder_tells_who_came_before_and_after(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "nato", "--office", "secretary general", "--on", "1950-01-01")
    assert "nobody is known; the tables follow this office from 1952-03-24: Hastings Ismay, Secretary General" in out


def test_nobody_is_known_to_hold_an_office_after_the_last_revision(capsys: pytest.CaptureFixture[str]) -> None:
    assert "not known; last known" in said(capsys, "USA", "--office", "president", "--on", "2030-06-01")


@given(st.dates(min_value=dt.date(1946, 1, 1), max_value=dt.date(2026, 1, 1)), st.integers(0, 4000))
def test_who_holds_an_office_on_a_day_is_among_those_who_held_it_around_that_day(day: dt.date, width: int) -> None:
    rows = offices_of(packaged_world(), "USA")
    around = held_between(rows, day - dt.timedelta(days=min(width, 300)), day)
    assert set(held_on(rows, day).rows) <= set(around.rows)
    assert held_between(rows, day, day).rows == held_on(rows, day).rows


def test_the_commission_president_is_that_of_the_union() -> None:
    from foedus.world.posts import named

    assert named(packaged_world(), "the Commission president") == ("eu-commission", "president")
