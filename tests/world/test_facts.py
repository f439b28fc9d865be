"""The packaged tables beyond memberships, as queries: with facts that anybody can look up."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.world import World, packaged_world
from foedus.world.audit import audit
from foedus.world.loading import FILES

UNSOURCED = {"sources.csv", "searches.csv", "checks.csv"}
"""Tables of sources, and of who looked for what."""


@pytest.fixture(scope="module")
def world() -> World:
    return packaged_world()


def test_audit_counts_every_table_but_the_sources() -> None:
    found = {one.table: one for one in audit()}
    assert found.keys() == FILES.keys() - UNSOURCED
    assert all(0 < one.verified <= one.rows for one in found.values())


@pytest.mark.parametrize("file", [file for file in FILES if file not in UNSOURCED])
def test_every_fact_has_a_source_and_a_place_in_it(world: World, file: str) -> None:
    found = getattr(world, file.removesuffix(".csv"))
    rows = list(found.values() if isinstance(found, dict) else found)
    assert rows
    assert [row for row in rows if row.source not in world.sources or not row.locator] == []
    assert [row for row in rows if row.verified and row.source == "own-knowledge"] == []


def test_no_membership_of_nato_or_the_union_is_unverified(world: World) -> None:
    organisations = {"nato", "eu", "ec"}
    assert [m for m in world.memberships if m.organisation in organisations and not m.verified] == []


# Days that any history of the places gives.
@pytest.mark.parametrize(
    ("place", "on", "holder"),
    [
        ("okinawa", "1972-05-14", "USA"),
        ("okinawa", "1972-05-15", "JPN"),
        ("hawaii", "2023-07-11", "USA"),
        ("hong-kong", "1997-06-30", "GBR"),
        ("hong-kong", "1997-07-01", "CHN"),
        ("department-of-algiers", "1962-07-02", "FRA"),
        ("greenland", "2023-07-11", "DNK"),
        ("Senkaku Islands", "2023-07-11", "JPN"),
    ],
)
def test_who_administers_a_place(world: World, place: str, on: str, holder: str) -> None:
    rows = world.sovereigns_of(world.place(place).id, dt.date.fromisoformat(on))
    administering = [row.actor for row in rows if row.standing == "administering"]
    assert (administering or [row.actor for row in rows if row.standing == "sovereign"]) == [holder]


def test_a_contested_place_has_claimants_and_no_sovereign(world: World) -> None:
    rows = world.sovereigns_of("senkaku-islands", dt.date(2023, 7, 11))
    assert {row.actor for row in rows if row.standing == "claimed"} == {"CHN", "JPN", "TWN"}
    assert not [row for row in rows if row.standing == "sovereign"]


# The sums that the Council's tables of a year have: 27 or 28 members, about 440 or 510 million persons.
@pytest.mark.parametrize(
    ("year", "members", "millions"), [(2014, 28, 507), (2019, 28, 512), (2020, 27, 447), (2024, 27, 449)]
)
def test_populations_cover_the_members_of_the_union(world: World, year: int, members: int, millions: int) -> None:
    on = dt.date(year, 6, 1)
    found = [q for q in world.quantities if q.measure == "eurostat-population-year-before" and on in q.interval]
    assert {q.actor for q in found} == {m.actor for m in world.members("eu", on)}
    assert len(found) == members
    assert sum(q.value for q in found) / 1e6 == pytest.approx(millions, abs=2)


def test_the_security_council_has_eleven_seats_and_then_fifteen(world: World) -> None:
    for year in range(1947, 2027):
        seats = world.members("unsc", dt.date(year, 3, 1))
        assert len(seats) == (11 if year <= 1965 else 15), year


@pytest.mark.parametrize("year", range(2019, 2027))
def test_the_human_rights_council_has_forty_seven_seats(world: World, year: int) -> None:
    assert len(world.members("hrc", dt.date(year, 3, 1))) == 47


# General Assembly resolution 60/251, paragraph 7: three years. Those named left before or came later.
def test_terms_in_the_human_rights_council_last_three_years(world: World) -> None:
    early = {("RUS", 2021), ("CZE", 2022), ("USA", 2018), ("ISL", 2018)}
    for row in world.memberships:
        if row.organisation == "hrc" and "or before" not in str(row.start) and (row.actor, row.start.year) not in early:
            assert row.end == dt.date(row.start.year + 3, 1, 1), row


# Most states hold these places to be Ukrainian, Georgian or Cypriot (General Assembly 68/262 and ES-11/4; Security
# Council 541 of 1983); an annexation or a recognition by one state ends no title.
@pytest.mark.parametrize(
    ("place", "sovereign", "occupier"),
    [
        ("crimea", "UKR", "RUS"),
        ("kherson-oblast", "UKR", "RUS"),
        ("south-ossetia", "GEO", "RUS"),
        ("northern-cyprus", "CYP", "TUR"),
    ],
)
def test_title_does_not_end_where_somebody_else_holds_a_place(
    world: World, place: str, sovereign: str, occupier: str
) -> None:
    rows = world.sovereigns_of(place, dt.date(2024, 1, 1))
    assert [row.actor for row in rows if row.standing == "sovereign"] == [sovereign]
    assert [row.actor for row in rows if row.standing == "occupied"] == [occupier]
    assert sovereign not in {row.actor for row in rows if row.standing == "claimed"}


# Article 4 consults, Article 5 defends; Article 6 gives the area (North Atlantic Treaty, 4 April 1949).
@pytest.mark.parametrize(("article", "obligation"), [("4", "consultation"), ("5", "defense")])
def test_articles_of_the_north_atlantic_treaty(world: World, article: str, obligation: str) -> None:
    found = [a for a in world.treaty_articles if a.treaty == "nat-1949" and a.article == article]
    assert obligation in {a.obligation for a in found}


def test_both_claims_on_the_number_of_members_stand(world: World) -> None:
    found = [c for c in world.claims if c.subject == "nato" and "How many members" in c.question]
    assert {c.claim: c.used for c in found} == {"31": True, "30": False}
