"""Where knowledge ends, which rows nobody closed, and who belonged to what on days that anybody can look up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from foedus.base.errors import FoedusError, InputError
from foedus.world import Office, World, packaged_world
from foedus.world.audit import audit, doubts
from foedus.world.horizon import AS_OF, beyond, last_known, remark_on
from foedus.world.records import Check
from foedus.world.resolving import resolve

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def world() -> World:
    return packaged_world()


def test_nobody_holds_an_office_after_the_last_revision(world: World) -> None:
    late = AS_OF + DAY
    for actor in ("USA", "FRA", "nato", "un", "JPN"):
        assert [one for one in world.offices_of(actor, late) if one.end is None] == []
        assert last_known(world.offices, actor, late)
    assert beyond(AS_OF) == ""
    assert str(AS_OF) in beyond(late)


@pytest.mark.parametrize(
    ("name", "day"), [("Macron", "2028-01-01"), ("Trump", "2030-06-01"), ("Guterres", "2027-06-01")]
)
def test_a_name_of_a_person_resolves_to_nobody_then(name: str, day: str) -> None:
    with pytest.raises(FoedusError, match=r"nobody is known to go by .* \(the term ended on .* at the latest"):
        resolve(name, on=day)


def test_a_text_of_the_next_months_is_read_with_the_last_holders() -> None:
    late = AS_OF + DAY
    assert resolve("Macron", on=late, last_known=True).id == "FRA"
    with pytest.raises(FoedusError):
        resolve("Macron", on="2028-01-01", last_known=True)  # his second term ends in May 2027
    with pytest.raises(FoedusError, match="not known after"):
        resolve("Macron", on=late)


def test_an_end_that_nobody_looked_up_is_told(world: World) -> None:
    office = next(one for one in world.offices if one.seen and one.end is None)
    assert office.seen is not None
    assert remark_on(office, office.seen) == ""
    assert "is not known" in remark_on(office, office.seen + DAY) or office.seen >= AS_OF


def test_no_packaged_row_is_doubted(world: World) -> None:
    assert doubts(world) == ()


def test_the_three_kinds_of_doubt(world: World) -> None:
    made = {"title": "President", "person": "Somebody", "source": "foedus", "verified": False}
    second = Office(actor="FRA", office="head-of-state", start=dt.date(2023, 1, 1), **made)
    endless = Office(actor="VUT", office="head-of-state", start=dt.date(2010, 1, 1), **made)
    paper = next(one for one in world.instruments if one.actor == "AUS" and one.adopted == dt.date(2013, 2, 21))
    papers = tuple(replace(one, expires=None) if one is paper else one for one in world.instruments)
    found = doubts(replace(world, offices=(*world.offices, second, endless), instruments=papers))
    assert [one.table for one in found] == ["offices.csv", "offices.csv", "instruments.csv"]
    assert "holds the same office" in found[0].why
    assert "2010-01-01" in found[1].why
    assert "followed by" in found[2].why


def test_checks_count_rows_once_and_must_pick_one(world: World) -> None:
    check = Check(
        table="memberships.csv",
        row="organisation=nato; actor=FIN; status=member",
        on=dt.date(2026, 11, 30),
        reader="a program",
        found="right",
    )
    found = {one.table: one.checked for one in audit(replace(world, checks=(check, check)))}
    assert (found["memberships.csv"], found["offices.csv"]) == (1, 0)
    with pytest.raises(InputError, match=r"cells that pick one row of memberships\.csv"):
        list(audit(replace(world, checks=(replace(check, row="organisation=nato"),))))


# Numbers of members as the organisations themselves give them.
@pytest.mark.parametrize(
    ("organisation", "day", "count"),
    [
        ("un", "1973-09-18", 135),
        ("un", "2011-07-14", 193),
        ("osce", "2024-01-01", 57),
        ("csce", "1975-08-01", 35),
        ("csce", "1992-03-24", 51),
        ("nsg", "2024-12-31", 48),
        ("mtcr", "2016-06-27", 35),
        ("oic", "2023-03-18", 57),
        ("fatf", "2022-12-31", 39),
        ("fatf", "2004-05-14", 33),  # its annual report of 2003-2004
        ("conference-on-disarmament", "1984-02-07", 40),
        ("conference-on-disarmament", "1996-06-17", 61),
        ("conference-on-disarmament", "1999-08-05", 66),
        ("coe", "2022-03-15", 47),
        ("coe", "2022-03-16", 46),
        ("african-union", "2024-01-01", 55),
        ("oas", "1991-01-08", 35),
        ("arab-league", "2024-01-01", 22),
        ("gcc", "2024-01-01", 6),
        ("ecowas", "2025-01-28", 15),
        ("ecowas", "2025-01-29", 12),
        ("g20", "2023-09-08", 20),
        ("g20", "2023-09-09", 21),
        ("brics", "2024-01-01", 9),
        ("brics", "2025-01-06", 10),
        ("commonwealth", "2024-01-01", 56),
        ("jef", "2021-04-20", 10),
        ("eurozone", "2025-12-31", 20),
        ("eurozone", "2026-01-01", 21),
        ("schengen", "2024-03-31", 29),
        ("arctic-council", "2024-01-01", 8),
        ("apec", "2024-01-01", 21),
        ("cptpp", "2024-12-15", 12),
        ("fpda", "2024-01-01", 5),
        ("pif", "2024-01-01", 18),
        ("oecd", "2024-01-01", 38),
        ("warsaw-pact", "1968-09-12", 8),
        ("warsaw-pact", "1980-01-01", 7),
    ],
)
def test_as_many_members_as_the_organisation_gives(world: World, organisation: str, day: str, count: int) -> None:
    assert len(world.members(organisation, day)) == count


@pytest.mark.parametrize(
    ("actor", "day", "office", "person"),
    [
        ("JPN", "2021-11-07", "foreign-minister", "Fumio Kishida"),
        ("KOR", "2025-01-15", "head-of-state", "Choi Sang-mok"),
        ("nato", "2018-01-01", "other", "Camille Grand"),
        ("BRA", "2025-01-01", "head-of-state", "Luiz Inácio Lula da Silva"),
        ("ISR", "2022-08-01", "head-of-government", "Yair Lapid"),
        ("IRL", "2024-05-01", "head-of-government", "Simon Harris"),
    ],
)
def test_who_was_in_office(world: World, actor: str, day: str, office: str, person: str) -> None:
    assert person in {one.person for one in world.offices_of(actor, day) if one.office == office}
