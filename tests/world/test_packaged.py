"""The packaged facts: consistent with each other, and with dates that anybody can look up."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from foedus.base.errors import FoedusError
from foedus.world import Membership, World, packaged_world

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def world() -> World:
    return packaged_world()


def test_every_row_has_a_source_that_exists(world: World) -> None:
    tables = [world.actors.values(), world.names, world.memberships, world.presences, world.quantities]
    for rows in tables:
        assert rows
        assert [row for row in rows if row.source not in world.sources] == []


def test_every_source_says_what_it_is(world: World) -> None:
    assert [
        key for key, source in world.sources.items() if source.id != key or not (source.title and source.publisher)
    ] == []


def test_every_actor_that_is_named_exists(world: World) -> None:
    named = {row.actor for row in (*world.names, *world.memberships, *world.quantities)}
    named |= {row.organisation for row in (*world.memberships, *world.presences)}
    named |= {row.host for row in world.presences}
    assert named <= world.actors.keys()


def test_states_carry_their_iso_codes_once(world: World) -> None:
    states = [actor for actor in world.actors.values() if actor.kind == "state"]
    assert all(len(actor.id) == 3 and actor.id.isupper() for actor in states)
    assert all(actor.iso3 in {"", actor.id} and len(actor.iso2) in {0, 2} for actor in states)
    for code in ("iso3", "iso2"):  # only among states of today: ISO 3166 gave CS to two that are gone
        counted = Counter(getattr(actor, code) for actor in states if actor.end is None and getattr(actor, code))
        assert [value for value, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("actor", "iso2", "cow"),
    [("FRA", "FR", "220"), ("JPN", "JP", "740"), ("USA", "US", "2"), ("TUR", "TR", "640"), ("CHN", "CN", "710")],
)
def test_codes_as_published(world: World, actor: str, iso2: str, cow: str) -> None:
    # ISO 3166-1; Correlates of War, State System Membership (v2016)
    assert (world.actor(actor).iso2, world.actor(actor).cow) == (iso2, cow)


def test_every_membership_has_a_place_in_its_source(world: World) -> None:
    assert [row for row in world.memberships if not row.locator] == []


@pytest.mark.parametrize("organisation", ["nato", "eu"])
def test_memberships_that_seat_bodies_were_read_in_their_source(world: World, organisation: str) -> None:
    rows = [row for row in world.memberships if row.organisation == organisation and row.status == "member"]
    assert rows
    assert [row for row in rows if not row.verified] == []


# The days on which NATO's treaty entered into force for new members: nato.int, "Member countries".
NATO = [
    ("1952-02-18", 12, 14, "GRC TUR"),
    ("1955-05-06", 14, 15, "DEU"),
    ("1982-05-30", 15, 16, "ESP"),
    ("1999-03-12", 16, 19, "CZE HUN POL"),
    ("2004-03-29", 19, 26, "BGR EST LTU LVA ROU SVK SVN"),
    ("2009-04-01", 26, 28, "ALB HRV"),
    ("2017-06-05", 28, 29, "MNE"),
    ("2020-03-27", 29, 30, "MKD"),
    ("2023-04-04", 30, 31, "FIN"),
    ("2024-03-07", 31, 32, "SWE"),
]


def actors(rows: tuple[Membership, ...]) -> list[str]:
    return [row.actor for row in rows]


@pytest.mark.parametrize(("day", "before", "after", "joined"), NATO)
def test_nato_grows(world: World, day: str, before: int, after: int, joined: str) -> None:
    on = dt.date.fromisoformat(day)
    old, new = actors(world.members("nato", on - DAY)), actors(world.members("nato", on))
    assert (len(old), len(new)) == (before, after)
    assert sorted(set(new) - set(old)) == joined.split()


def test_nato_begins_with_twelve(world: World) -> None:
    members = actors(world.members("nato", dt.date(1949, 8, 24)))
    assert members == ["BEL", "CAN", "DNK", "FRA", "GBR", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT", "USA"]
    with pytest.raises(FoedusError, match=r"had no members on 1949-08-23: its first day here is 1949-08-24"):
        world.members("nato", dt.date(1949, 8, 23))


def test_nato_has_no_other_days_of_change(world: World) -> None:
    days = {row.start for row in world.memberships if row.organisation == "nato" and row.status == "member"}
    assert days == {dt.date(1949, 8, 24), *(dt.date.fromisoformat(day) for day, *_ in NATO)}


# European Union, "EU enlargement" and Article 50 TEU (United Kingdom, last day 31 January 2020).
@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("1993-11-01", 12),
        ("1994-12-31", 12),
        ("1995-01-01", 15),
        ("2004-04-30", 15),
        ("2004-05-01", 25),
        ("2007-01-01", 27),
        ("2013-06-30", 27),
        ("2013-07-01", 28),
        ("2020-01-31", 28),
        ("2020-02-01", 27),
        ("2026-01-01", 27),
    ],
)
def test_the_european_union(world: World, day: str, count: int) -> None:
    assert len(world.members("eu", dt.date.fromisoformat(day))) == count


@pytest.mark.parametrize(
    ("organisation", "day", "count"),
    [
        # World Trade Organization: 135 members after Estonia, 144 after Chinese Taipei, 153, 164 and 166 members
        *(("wto", "2000-01-01", 135), ("wto", "2002-02-01", 144), ("wto", "2008-07-24", 153)),
        *(("wto", "2016-08-01", 164), ("wto", "2024-09-01", 166)),
        # United Nations, "Growth in UN membership"
        *(("un", "1956-01-01", 76), ("un", "1991-12-31", 166), ("un", "1995-01-01", 185), ("un", "2012-01-01", 193)),
        # Council of Europe after Russia; African Union after Morocco; Commonwealth after Gabon and Togo
        *(("coe", "2022-03-20", 46), ("african-union", "2017-02-01", 55), ("commonwealth", "2022-07-01", 56)),
        *(("oecd", "2021-06-01", 38), ("eurozone", "2026-01-01", 21), ("schengen", "2023-06-01", 27)),
    ],
)
def test_members_as_the_organisation_counts_them(world: World, organisation: str, day: str, count: int) -> None:
    assert len(world.members(organisation, day)) == count


def test_the_european_union_today(world: World) -> None:
    rows = (row for row in world.memberships if row.organisation == "eu" and row.status == "member")
    today = [row.actor for row in rows if row.end is None]
    assert len(today) == 27
    assert "GBR" not in today


@pytest.mark.parametrize(
    "day", ["1945-10-24", "1949-12-07", "1949-12-08", "1971-10-24", "1971-10-25", "1991-12-24", "2023-07-11"]
)
def test_the_security_council_always_has_five_permanent_members(world: World, day: str) -> None:
    assert len(world.members("unsc", dt.date.fromisoformat(day), "permanent-member")) == 5


def test_standings_are_kept_apart(world: World) -> None:
    vilnius = dt.date(2023, 7, 11)
    assert actors(world.members("nato", vilnius, "invitee")) == ["SWE"]
    assert "SWE" not in actors(world.members("nato", vilnius))
    assert actors(world.members("nato", dt.date(1980, 1, 1), "outside-military-structure")) == ["FRA", "GRC"]


def test_an_unknown_organisation(world: World) -> None:
    with pytest.raises(FoedusError, match=r"no memberships of 'natto' are known; known are .*nato"):
        world.members("natto", dt.date(2023, 7, 11))


def test_a_day_before_an_organisation_existed(world: World) -> None:
    with pytest.raises(FoedusError, match="AUKUS had no members on 2021-09-14: its first day here is 2021-09-15"):
        world.members("aukus", dt.date(2021, 9, 14))


@pytest.mark.parametrize(
    ("name", "nearest"), [("France", "FRA"), ("Frence", "FRA"), ("FRAU", "FRA"), ("Japann", "JPN"), ("natoo", "nato")]
)
def test_an_unknown_actor_is_answered_with_the_nearest(world: World, name: str, nearest: str) -> None:
    with pytest.raises(FoedusError, match=rf"no actor '{name}'; did you mean .*\b{nearest}\b"):
        world.actor(name)


def test_nothing_near(world: World) -> None:
    with pytest.raises(FoedusError, match=r"^no actor 'xqzw'$"):
        world.actor("xqzw")


def test_names(world: World) -> None:
    assert world.name("FRA") == "France"
    assert world.name("nobody-here") == "nobody-here"


def test_a_quantity_is_used_only_once_it_is_published(world: World) -> None:
    # Gross domestic product of 2020: World Bank, published 1 July 2021.
    assert world.latest_quantity("FRA", "gdp", dt.date(2021, 6, 30)) is None
    found = world.latest_quantity("FRA", "gdp", dt.date(2021, 7, 1))
    assert found is not None
    assert found.value == pytest.approx(2_603_004, rel=0.01)  # million US dollars; later vintages differ by under 2 %
    assert world.latest_quantity("FRA", "battleships", dt.date(2025, 1, 1)) is None


def test_every_member_of_nato_has_its_product(world: World) -> None:
    for row in world.members("nato", dt.date(2024, 7, 10)):
        assert world.latest_quantity(row.actor, "gdp", dt.date(2022, 6, 29)) is not None, row.actor


def test_the_packaged_world_is_read_once() -> None:
    assert packaged_world() is packaged_world()


def test_the_members_of_saarc_and_of_the_nordic_council(world: World) -> None:
    seven = {"BGD", "BTN", "IND", "LKA", "MDV", "NPL", "PAK"}
    assert {row.actor for row in world.members("saarc", "2007-04-02")} == seven
    assert {row.actor for row in world.members("saarc", "2007-04-03")} == {*seven, "AFG"}
    assert {row.actor for row in world.members("nordic-council", "1954-01-01")} == {"DNK", "ISL", "NOR", "SWE"}
    assert {row.actor for row in world.members("nordic-council", "2020-01-01")} == {"DNK", "FIN", "ISL", "NOR", "SWE"}


def test_who_holds_and_claims_western_sahara(world: World) -> None:
    def held(day: str) -> set[tuple[str, str]]:
        return {(row.actor, row.standing) for row in world.sovereigns_of("western-sahara", day)}

    assert held("1970-01-01") == {("ESP", "administering")}
    assert {("MAR", "occupied"), ("MRT", "occupied")} <= held("1978-01-01")
    assert {("MAR", "occupied"), ("MAR", "claimed"), ("ESH", "claimed")} <= held("2020-01-01")
    assert not {actor for actor, _ in held("2020-01-01")} & {"MRT", "ESP"}
