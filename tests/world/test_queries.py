"""The world as queries: facts of the field that anybody can look up, each with the day on which it turns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import networkx
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.errors import FoedusError
from foedus.world import World, packaged_world
from foedus.world.groupings import graph, groupings, shared
from foedus.world.loading import FILES
from foedus.world.timeline import timeline

VILNIUS = dt.date(2023, 7, 11)


@pytest.fixture(scope="module")
def world() -> World:
    return packaged_world()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# NATO, "Member countries"; European Union, "Country profiles"; each row: the day before, and the day.
@pytest.mark.parametrize(
    ("organisation", "on", "before", "after"),
    [
        ("nato", "1952-02-18", 12, 14),
        ("nato", "1982-05-30", 15, 16),
        ("nato", "1999-03-12", 16, 19),
        ("nato", "2004-03-29", 19, 26),
        ("nato", "2009-04-01", 26, 28),
        ("nato", "2017-06-05", 28, 29),
        ("nato", "2020-03-27", 29, 30),
        ("nato", "2023-04-04", 30, 31),
        ("nato", "2024-03-07", 31, 32),
        ("eu", "1995-01-01", 12, 15),
        ("eu", "2004-05-01", 15, 25),
        ("eu", "2007-01-01", 25, 27),
        ("eu", "2013-07-01", 27, 28),
        ("eu", "2020-02-01", 28, 27),
        ("ec", "1973-01-01", 6, 9),
        ("ec", "1981-01-01", 9, 10),
        ("ec", "1986-01-01", 10, 12),
    ],
)
def test_enlargements(world: World, organisation: str, on: str, before: int, after: int) -> None:
    eve = day(on) - dt.timedelta(days=1)
    assert (len(world.members(organisation, eve)), len(world.members(organisation, day(on)))) == (before, after)


# International Monetary Fund, Annual Reports: 103 members in 1966, 156 on 15 October 1991, 184 in 2002, 188 in 2013.
@pytest.mark.parametrize(
    ("on", "members"), [("1966-04-30", 103), ("1991-10-15", 156), ("2002-12-31", 184), ("2013-04-30", 188)]
)
def test_members_of_the_monetary_fund(world: World, on: str, members: int) -> None:
    assert len(world.members("imf", day(on))) == members


@pytest.mark.parametrize(
    ("actor", "inside", "outside"),
    [("FRA", "1966-06-30", "1966-07-01"), ("GRC", "1974-08-13", "1974-08-14"), ("ESP", "1999-01-01", "1998-12-31")],
)
def test_outside_the_military_structure(world: World, actor: str, inside: str, outside: str) -> None:
    def standing(on: str) -> set[str]:
        return {row.actor for row in world.members("nato", day(on), "outside-military-structure")}

    assert actor in standing(outside)
    assert actor not in standing(inside)
    assert actor in {row.actor for row in world.members("nato", day(outside))}


@pytest.mark.parametrize(
    ("on", "members"), [("2007-06-01", 4), ("2010-01-01", 0), ("2017-11-11", 0), ("2017-11-12", 4)]
)
def test_both_lives_of_the_quad(world: World, on: str, members: int) -> None:
    assert len(world.members("quad", day(on))) == members


@pytest.mark.parametrize(("on", "holder"), [("1971-10-24", "TWN"), ("1971-10-25", "CHN"), ("2023-07-11", "CHN")])
def test_the_permanent_seat_of_china(world: World, on: str, holder: str) -> None:
    permanent = {row.actor for row in world.members("unsc", day(on), "permanent-member")}
    assert permanent & {"CHN", "TWN"} == {holder}
    assert len(permanent) == 5


def test_the_indo_pacific_four(world: World) -> None:
    assert [p.actor for p in world.partners("nato", VILNIUS, "indo-pacific-four")] == ["AUS", "JPN", "KOR", "NZL"]
    with pytest.raises(FoedusError, match="the first here is of 2022-06-29"):
        world.partners("nato", day("2021-01-01"), "indo-pacific-four")
    with pytest.raises(FoedusError, match=r"known are .*indo-pacific-four"):
        world.partners("nato", VILNIUS, "pacific-pals")
    with pytest.raises(FoedusError, match="no partners of 'quad'"):
        world.partners("quad", VILNIUS)


def test_finland_left_the_partnership_on_joining(world: World) -> None:
    eve, joined = day("2023-04-03"), day("2023-04-04")
    in_partnership = [
        "FIN" in {p.actor for p in world.partners("nato", on, "partnership-for-peace")} for on in (eve, joined)
    ]
    assert in_partnership == [True, False]


def test_the_programmes_of_japan(world: World) -> None:
    papers = {p.instrument: p for p in world.instruments if p.actor == "JPN"}
    assert papers["ITPP"].adopted == day("2023-07-12")
    areas = {goal.area for goal in world.goals if (goal.actor, goal.instrument) == ("JPN", "ITPP")}
    assert {"cyber defence", "emerging and disruptive technologies", "maritime security", "climate change"} <= areas


def test_parties_and_suspension_of_anzus(world: World) -> None:
    assert [p.actor for p in world.parties("anzus", VILNIUS)] == ["AUS", "NZL", "USA"]
    suspended = [s for s in world.suspensions if s.treaty == "anzus-1951"]
    assert [(s.actor, s.towards, s.start) for s in suspended] == [("USA", "NZL", day("1986-08-11"))]


@pytest.mark.parametrize("name", ["nato", "North Atlantic Treaty", "nat-1949", "NAT", "Washington Treaty"])
def test_a_treaty_goes_by_several_names(world: World, name: str) -> None:
    assert world.treaty(name).id == "nat-1949"


def test_the_parties_of_the_north_atlantic_treaty_are_the_members(world: World) -> None:
    for on in ("1949-08-24", "1955-05-06", "1966-07-01", "2023-07-11", "2026-01-01"):
        members = [m.actor for m in world.members("nato", day(on))]
        assert [p.actor for p in world.parties("nato", day(on))] == members, on


@pytest.mark.parametrize(
    ("name", "on", "message"),
    [
        ("nato", "1949-08-23", "entered into force on 1949-08-24"),
        ("brussels-1948", "1960-01-01", "ended on 1955-05-06"),
        ("warsaw treaty of love", "2023-07-11", "no treaty"),
    ],
)
def test_parties_are_refused(world: World, name: str, on: str, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        world.parties(name, day(on))


def test_presences_on_a_day(world: World) -> None:
    on_day = {p.name for p in world.presences_of("nato", VILNIUS)}
    assert "NATO Representation to Ukraine" in on_day
    assert on_day < {p.name for p in world.presences_of("nato")}


@pytest.mark.parametrize("table", [file.removesuffix(".csv") for file in FILES])
def test_every_table_is_a_frame(world: World, table: str) -> None:
    found: Any = getattr(world, table)
    frame = world.frame(table)
    assert isinstance(frame, polars.DataFrame)
    assert frame.height == len(found)
    assert frame.height == 0 or frame.columns[0]


def test_a_frame_of_a_day(world: World) -> None:
    frame = world.frame("memberships", VILNIUS)
    members = frame.filter((polars.col("organisation") == "nato") & (polars.col("status") == "member"))
    assert members.height == 31
    assert frame.schema["from"] == polars.Date
    assert frame.schema["verified"] == polars.Boolean
    with pytest.raises(FoedusError, match="have no days"):
        world.frame("sources", VILNIUS)
    with pytest.raises(FoedusError, match="no table 'members'"):
        world.frame("members")


def test_the_graph_says_what_the_queries_say(world: World) -> None:
    found = graph(world, VILNIUS)
    assert networkx.is_bipartite(found)
    assert sorted(found.neighbors("nato")) == [m.actor for m in world.members("nato", VILNIUS)]
    assert found.nodes["nato"]["kind"] == "membership"
    assert not found.has_edge("NZL", "aukus")
    pair = shared(world, VILNIUS, ["JPN", "AUS"])[("AUS", "JPN")]
    assert set(networkx.common_neighbors(found, "AUS", "JPN")) == set(pair)
    assert {"quad", "nato:indo-pacific-four"} <= set(pair)


def test_suspended_obligations_bind_no_more(world: World) -> None:
    before = shared(world, day("1986-08-10"), ["USA", "NZL"])[("NZL", "USA")]
    after = shared(world, day("1986-08-11"), ["USA", "NZL"])[("NZL", "USA")]
    assert ("anzus-1951" in before, "anzus-1951" in after) == (True, False)
    assert "anzus-1951" in shared(world, day("1986-08-11"), ["AUS", "NZL"])[("AUS", "NZL")]


def test_days_may_be_text_and_nothing_else(world: World) -> None:
    assert world.members("nato", "2023-07-11") == world.members("nato", VILNIUS)
    assert world.frame("memberships", "2023-07-11").equals(world.frame("memberships", VILNIUS))
    for wrong in (5, dt.datetime(2023, 7, 11, tzinfo=dt.UTC), None, "11.7.2023"):
        with pytest.raises(FoedusError, match="day"):
            world.members("nato", wrong)  # type: ignore[arg-type]


def test_what_has_no_known_first_day_is_left_out(world: World) -> None:
    from foedus.world.days import on_day, start_unknown

    unknown = [p for p in world.partnerships if p.start is None]
    assert unknown
    assert not on_day(unknown, VILNIUS)
    assert start_unknown(unknown, VILNIUS) == [p for p in unknown if p.end is None or p.end > VILNIUS]


def test_groupings_of_one_actor(world: World) -> None:
    found = groupings(world, VILNIUS, ["JPN"])
    assert all(grouping.actors == ("JPN",) for grouping in found)
    with pytest.raises(FoedusError, match="two actors or more"):
        shared(world, VILNIUS, ["JPN", "JPN"])


def test_a_timeline_tells_both_ends(world: World) -> None:
    found = timeline(world, "GBR", day("2020-01-01"), day("2020-12-31"))
    assert (day("2020-02-01"), "United Kingdom: member of European Union: ends") in [(c.on, c.what) for c in found]
    every = timeline(world, "nato")
    assert list(every) == sorted(every, key=lambda c: (c.on, c.table, c.what))
    assert sum(c.what.endswith(": member of North Atlantic Treaty Organization") for c in every) == 32


@given(st.dates(day("1900-01-01"), day("2030-01-01")))
def test_whoever_belongs_exists(on: dt.date) -> None:
    world = packaged_world()
    for row in world.memberships:
        if on in row.interval:
            assert on in world.actors[row.actor].interval
            assert on in world.actors[row.organisation].interval


@given(st.sampled_from(sorted({m.organisation for m in packaged_world().memberships})), st.dates())
def test_members_by_index_are_members_by_scan(organisation: str, on: dt.date) -> None:
    world = packaged_world()
    scanned = sorted(
        m.actor
        for m in world.memberships
        if m.organisation == organisation and on in m.interval and m.status.endswith("member")
    )
    try:
        assert [m.actor for m in world.members(organisation, on)] == scanned
    except FoedusError:
        assert scanned == []


def test_the_end_of_a_membership_carries_no_note_of_its_beginning() -> None:
    changes = timeline(packaged_world(), "NIC")
    [end] = [one for one in changes if one.what == "Nicaragua: member of Organization of American States: ends"]
    assert (end.on.isoformat(), end.note.split(" and ")[0]) == ("2023-11-19", "it denounced the Charter on 2021-11-19")
    [start] = [one for one in changes if one.what == "Nicaragua: member of Organization of American States"]
    assert start.note == "day of signature; deposited its ratification on 1950-07-26"
