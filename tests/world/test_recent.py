"""Facts of 2026 and of gaps that a fresh reader found, each with the published value."""

from __future__ import annotations

import pytest

from foedus.base.days import parse_day
from foedus.world import packaged_world
from foedus.world.posts import called, held_on, offices_of


def who(actor: str, office: str, on: str) -> list[str]:
    rows = called(offices_of(packaged_world(), actor), office)
    return [one.person for one in held_on(rows, parse_day(on)).rows]


@pytest.mark.parametrize(("on", "count"), [("2026-04-30", 12), ("2026-05-01", 11)])
def test_the_emirates_left_opec_on_1_may_2026(on: str, count: int) -> None:
    members = packaged_world().members("opec", on)
    assert (len(members), any(one.actor == "ARE" for one in members)) == (count, count == 12)


@pytest.mark.parametrize(
    ("actor", "office", "on", "person"),
    [
        ("USA", "foreign minister", "2018-04-10", "John J. Sullivan"),  # State Department, 1 April 2018
        ("DEU", "chancellor", "1974-05-10", "Walter Scheel"),
        ("FRA", "president", "1969-05-10", "Alain Poher"),
        ("FRA", "president", "1974-04-20", "Alain Poher"),
        ("POL", "president", "2010-04-15", "Bronisław Komorowski"),
        ("POL", "president", "2010-07-20", "Grzegorz Schetyna"),
        ("THA", "prime minister", "2025-08-30", "Phumtham Wechayachai"),
        ("IRN", "foreign minister", "2024-06-01", "Ali Bagheri Kani"),
        ("ITA", "prime minister", "1978-03-16", "Giulio Andreotti"),  # the day of the kidnapping of Aldo Moro
        ("ITA", "prime minister", "1983-08-10", "Bettino Craxi"),
        ("JPN", "prime minister", "1960-01-19", "Nobusuke Kishi"),  # signed the treaty of that day
        ("CAN", "prime minister", "1956-11-01", "Louis St. Laurent"),
        ("arab-league", "secretary general", "2026-08-01", "Nabil Fahmy"),
        ("un", "President of the General Assembly", "2025-10-01", "Annalena Baerbock"),
        ("un", "President of the General Assembly", "2026-10-01", "Khalilur Rahman"),
        ("african-union", "Chairperson of the Union", "2026-03-01", "Évariste Ndayishimiye"),
    ],
)
def test_who_held_an_office(actor: str, office: str, on: str, person: str) -> None:
    assert who(actor, office, on) == [person]


def test_the_union_and_its_commission_each_have_a_chair() -> None:
    assert who("african-union", "Chairperson", "2026-03-01") == ["Mahmoud Ali Youssouf", "Évariste Ndayishimiye"]


@pytest.mark.parametrize(
    ("name", "on", "actors"),
    [
        ("enhanced-opportunities-partner", "2020-06-11", ["AUS", "FIN", "GEO", "JOR", "SWE"]),
        ("enhanced-opportunities-partner", "2020-06-12", ["AUS", "FIN", "GEO", "JOR", "SWE", "UKR"]),
        ("membership-action-plan", "2019-02-18", ["BIH", "MKD"]),  # NATO's page of that day
        ("nato-ukraine-council", "2023-07-12", ["UKR"]),
        ("nato-russia-council", "2003-01-01", ["RUS"]),
    ],
)
def test_the_formats_of_partners(name: str, on: str, actors: list[str]) -> None:
    assert [one.actor for one in packaged_world().partners("nato", on, name)] == actors
