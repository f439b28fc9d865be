"""The facts of the world as a person sees them: each cell says of its row what its heading names, in each medium."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.reports.media import Seen, in_each_medium

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.institutions import packaged_institutions
from foedus.reports import world as told
from foedus.reports.answers import Told
from foedus.reports.sections import PAGE, TERMINAL, WORD
from foedus.reports.world import Page
from foedus.world import World, packaged_world
from foedus.world.groupings import groupings, shared

MEDIA = (TERMINAL, PAGE, WORD)
DAY, LATER = parse_day("2023-07-11"), parse_day("2030-06-01")
Rows = Iterable[tuple[object, ...]]
Answer = tuple[Page, str, Rows]
"""A page, the words that must stand in it, and the rows of its tables."""


def since(row: Any) -> str:
    return f"{row.start or '?'} to {row.end}" if row.end else str(row.start or "?")


def note(row: Any) -> str:
    return row.note if row.verified else f"UNVERIFIED {row.note}"


def members(world: World) -> Answer:
    rows = world.members("ecowas", parse_day("2024-06-01"))
    told_rows = []
    for row in rows:
        out = row.actor in {"BFA", "GIN", "MLI", "NER"}
        words = ". ".join(filter(None, ["SUSPENDED" if out else "", note(row)]))
        told_rows.append((row.actor, world.name(row.actor), since(row), world.sources[row.source].title, words))
    title = "Economic Community of West African States on 2024-06-01: 15 members"
    return told.members(world, "ecowas", parse_day("2024-06-01")), title, told_rows


def partners(world: World) -> Answer:
    rows = world.partners("nato", DAY)
    title = f"North Atlantic Treaty Organization on 2023-07-11: {len({row.actor for row in rows})} partners"
    each = [
        (row.format, row.actor, world.name(row.actor), since(row), world.sources[row.source].title, note(row))
        for row in rows
    ]
    return told.partners(world, "nato", DAY), title, each


def instruments(world: World) -> Answer:
    rows = [row for row in world.instruments if row.actor == "JPN"]
    each = [
        (row.actor, row.instrument, row.adopted or "?", row.expires or "not stated", row.title, note(row))
        for row in rows
    ]
    goals = [(goal.instrument, goal.area, goal.goal) for goal in world.goals if goal.actor == "JPN"]
    assert goals
    return told.instruments(world, "JPN", None), "Goals", [*each, *goals]


def presences(world: World) -> Answer:
    rows = world.presences_of("nato", None)
    each = [(row.host, row.place, row.kind, row.name, since(row), note(row)) for row in rows]
    return told.presences(world, "nato", None), f"{len(rows)}", each


def treaties(world: World) -> Answer:
    bound = world.treaties_of("NZL", DAY)
    each = [(row.treaty, world.treaties[row.treaty].title, since(row), note(row)) for row in bound]
    title = f"New Zealand on 2023-07-11: party to {len(bound)} of the treaties known here"
    return told.treaties(world, "NZL", DAY), title, each


def one_treaty(world: World) -> Answer:
    parties = [(row.actor, world.name(row.actor), since(row), note(row)) for row in world.parties("anzus-1951", DAY)]
    clauses = [
        (row.article, row.obligation, row.summary, row.area, note(row))
        for row in world.treaty_articles
        if row.treaty == "anzus-1951"
    ]
    suspended = [
        (row.actor, row.towards, since(row), note(row)) for row in world.suspensions if row.treaty == "anzus-1951"
    ]
    assert len(parties) == 3
    assert suspended
    return told.treaties(world, "anzus", DAY), "Obligations suspended", [*parties, *clauses, *suspended]


def in_force(world: World) -> Answer:
    nato = world.treaties["nat-1949"]
    first = " ".join(row.actor for row in world.parties("nat-1949", DAY)[:8])
    row = (nato.id, nato.title, nato.in_force, f"{first} and 23 more", note(nato))
    return told.treaties(world, None, DAY), "Treaties in force on 2023-07-11", [row]


def who_is_in_what(world: World) -> Answer:
    ids = ["JPN", "USA", "NZL"]
    found = groupings(world, DAY, ids)
    each = []
    for one in found:
        named = " ".join(f"{actor}*" if actor in one.unverified else actor for actor in one.actors)
        suspended = ", ".join(f"{a} towards {b}" for a, b in sorted(one.suspended))
        each.append((one.kind, one.id, len(one.actors), f"{named} (suspended: {suspended})" if suspended else named))
    both = [(" ".join(pair), len(names), ", ".join(names)) for pair, names in shared(world, DAY, ids).items()]
    return told.groupings(world, ids, DAY), f"with JPN, USA, NZL: {len(found)} (* not verified)", [*each, *both]


def events(world: World) -> Answer:
    first, last = parse_day("2022-01-01"), parse_day("2023-12-31")
    found = [one for one in world.events.values() if one.kind == "summit" and first <= one.start <= last]
    each = [(one.start, one.id, one.kind, one.name, one.place, note(one)) for one in found]
    return told.events(world, first, last, "summit"), f"as far as they were looked up: {len(found)}", each


def one_event(world: World) -> Answer:
    came = [row for row in world.attendance if row.event == "nato-summit-2023-vilnius"]
    texts = [row for row in world.texts if row.event == "nato-summit-2023-vilnius"]
    each = [(row.actor, row.level, row.person, note(row)) for row in came]
    features = [(row.document, row.feature, f"{row.value} {row.unit}", note(row)) for row in texts]
    assert each
    assert features
    members = "A meeting of members, 31 on that day: ALB, BEL, BGR, CAN, CZE"
    return told.event(world, "nato-summit-2023-vilnius"), members, [*each, *features]


def amounts(world: World) -> Answer:
    rows = [row for row in world.amounts if "UKR" in {row.actor, row.counterpart}]
    each = [
        (
            f"{row.actor} to {row.counterpart}" if row.counterpart else row.actor,
            row.measure,
            f"{row.value:,.10g} {row.unit}",
            row.interval if row.start or row.end else "not stated",
            f"{row.claimed_by}, {row.said_on}".rstrip(", "),
            note(row),
        )
        for row in rows
    ]
    assert any(row.counterpart for row in rows)
    return told.amounts(world, "Ukraine"), f"Amounts: {len(rows)}", each


def claims(world: World) -> Answer:
    each = [
        (
            row.question,
            row.claim,
            f"{row.claimed_by} {row.said_on}".strip(),
            "yes" if row.used else "no",
            row.why,
            note(row),
        )
        for row in world.claims
        if row.subject == "nato"
    ]
    assert len(each) > 1
    return told.claims(world, "nato"), f"Claims: {len(each)}", each


def places(world: World) -> Answer:
    each = [
        (
            one.id,
            one.name,
            one.kind,
            f"{one.latitude:.2f}",
            f"{one.longitude:.2f}",
            "; ".join(f"{row.actor} {row.standing}{'' if row.verified else ' UNVERIFIED'}" for row in held),
        )
        for one in world.places.values()
        for held in (world.sovereigns_of(one.id, DAY),)
        if any(row.actor == "FRA" for row in held)
    ]
    return told.places(world, "FRA", DAY), f"Places on 2023-07-11: {len(each)}", each


def one_place(world: World) -> Answer:
    islands = world.places["senkaku-islands"]
    each = [
        (row.actor, row.standing, since(row), world.sources[row.source].title, note(row))
        for row in world.sovereigns_of("senkaku-islands", DAY)
    ]
    title = f"Senkaku Islands (island, Asia, {islands.latitude:.2f}°N {islands.longitude:.2f}°E) on 2023-07-11"
    return told.show(world, "Senkaku", DAY), title, each


def one_actor(world: World) -> Answer:
    each: list[tuple[object, ...]] = [
        ("membership", f"{world.name(row.organisation)} (member)", since(row), note(row))
        for row in world.memberships_of("LUX", DAY)
        if row.status == "member"
    ]
    each += [
        ("treaty", world.treaties[row.treaty].title, since(row), note(row)) for row in world.treaties_of("LUX", DAY)
    ]
    return told.show(world, "LUX", DAY), "Luxembourg (LUX; state; ISO LUX, COW 212, GW 212) on 2023-07-11", each


def one_organisation(world: World) -> Answer:
    members = ", ".join(sorted(world.name(row.actor) for row in world.members("nato", DAY)))
    more = "foedus world members nato --on 2023-07-11 has their days"
    treaty = ("its treaty", "North Atlantic Treaty", "1949-08-24", "foedus world treaties nat-1949 has its clauses")
    body = ("body", "North Atlantic Council (nac)", "", "consensus")
    return (
        told.show(world, "nato", DAY),
        "North Atlantic Treaty Organization (nato; organisation)",
        [("31 members", members, "", more), treaty, body],
    )


def timeline(world: World) -> Answer:
    start, end = parse_day("2004-01-01"), parse_day("2005-01-01")
    page = told.timeline(world, "nato", start, end)
    changes: Any = page.answer["changes"]
    each = [(row["on"], row["what"], row["table"], row["note"]) for row in changes if row["verified"]]
    assert sum(str(row[0]) == "2004-03-29" for row in each) >= 7  # seven states joined on that day
    return page, f"North Atlantic Treaty Organization: {len(changes)} changes", each


def office(world: World) -> Answer:
    rows = [row for row in world.offices if row.person in {"Mark Rutte", "Jens Stoltenberg"} and row.actor == "nato"]
    each = [(row.title, row.person, since(row), world.sources[row.source].title, note(row)) for row in rows]
    assert len(each) == 2
    page = told.offices(world, "nato", "secretary general", None, parse_day("2014-10-01"), parse_day("2024-12-31"))
    return page, "secretary general from 2014-10-01 until 2024-12-31: 2", each


def acts(world: World) -> Answer:
    found = [row for row in world.answers if row.act == "pelosi-2022"]
    each = [
        (
            row.on,
            row.end or ("" if row.seen is None else f"seen until {row.seen}"),
            row.actor,
            row.kind,
            row.attribution,
            row.measure,
            world.sources[row.source].title,
            note(row),
        )
        for row in found
    ]
    return told.act(world, "pelosi-2022", None), f"and others: {len(found)}", each


def all_acts(world: World) -> Answer:
    page = told.acts(world, told.Wanted(to="CHN", about="alliance", until=DAY))
    known = [one for one in world.acts.values() if one.object == "alliance" and "CHN" in one.addressed_to]
    known = [one for one in known if one.known_on <= DAY]
    each = [
        (one.start, one.id, one.actor, one.act_class, one.object, one.name, "none found", note(one))
        for one in known
        if one.addressed_to == ("CHN",)
        and not any(row.act == one.id and row.known_on <= DAY for row in world.answers)
        and any(row.act == one.id for row in world.searches)
    ]
    assert each
    return page, f"Acts: {len(known)}", each


def how_far_read(world: World) -> Answer:
    page = told.audit(world)
    tables: Any = page.answer["tables"]
    each = [
        (
            row["table"],
            f"{row['rows']:,}",
            f"{row['verified']:,}",
            percent(row["verified"] / row["rows"]),
            f"{100 * row['checked'] / row['rows']:.1f} %",
            row["newest"] or "",
            row["oldest_open"] or "",
        )
        for row in tables
    ]
    assert ("presences.csv", len(world.presences)) in {(row["table"], row["rows"]) for row in tables}
    return page, "Facts up to", each


def percent(share: float) -> str:
    return ">99 %" if 0.995 <= share < 1 else f"{round(100 * share)} %"


ANSWERS: tuple[Callable[[World], Answer], ...] = (
    members, partners, instruments, presences, treaties, one_treaty, in_force, who_is_in_what, events, one_event,
    amounts, claims, places, one_place, one_actor, one_organisation, timeline, office, acts, all_acts, how_far_read,
)  # fmt: skip


@pytest.mark.parametrize("asked", ANSWERS, ids=lambda one: one.__name__)
def test_each_row_stands_under_its_headings(asked: Callable[[World], Answer], tmp_path: Path) -> None:
    page, words, rows = asked(packaged_world())
    for medium, seen in seen_of(page, tmp_path):
        assert any(words in line for line in seen.lines), (medium, words)
        for row in rows:
            assert seen.has_row(*map(str, row)), (medium, row)


def seen_of(page: Page, folder: Path) -> Iterator[tuple[str, Seen]]:
    yield from in_each_medium(Told("the world", page.sections, {}, page.on), folder).items()


def test_who_goes_by_a_name(tmp_path: Path) -> None:
    day = parse_day("2022-10-25")
    page = told.resolve(packaged_world(), "the British prime minister", day)
    holder = "Prime Minister on 2022-10-25: Rishi Sunak, 2022-10-25 to 2024-07-05."
    for medium, seen in seen_of(page, tmp_path):
        assert any(line.startswith(holder) for line in seen.lines), medium
        assert "'the British prime minister' is United Kingdom" in seen.lines, medium


def test_bodies_are_counted_and_named(tmp_path: Path) -> None:
    found = told.bodies(packaged_world(), "nuclear", DAY)
    listed: Any = found.answer["bodies"]
    known = packaged_institutions().bodies
    assert 0 < len(listed) < len(known)
    for medium, seen in seen_of(found, tmp_path):
        assert any(f"Bodies on {DAY}: {len(listed)} of {len(known)}" in line for line in seen.lines), medium
    cells = {str(row[0]): [str(cell) for cell in row] for section in found.sections for row in section.table().rows}
    assert {id_: cells[id_][1] for id_ in cells} == {row["id"]: known[row["id"]].name_on(DAY) for row in listed}


def test_whoever_is_not_there_is_told(tmp_path: Path) -> None:
    world = packaged_world()
    nobody = told.members(world, "nato", DAY, "outside-military-structure")
    empty = told.offices(world, "US president", None, parse_day("1700-01-15"), None, None)
    for medium, seen in seen_of(nobody, tmp_path):
        words = "nobody as outside military structure; the last before: until 2009-04-04"
        assert any(line.endswith(words) for line in seen.lines), medium
    first = min(
        (row for row in world.offices if row.actor == "USA" and row.title == "President"), key=lambda one: one.start
    )
    for medium, seen in seen_of(empty, tmp_path):
        words = f"nobody is known; the tables follow this office from {first.start}: {first.person}, {first.title}"
        assert any(line.endswith(words) for line in seen.lines), medium


def test_a_day_between_two_holders_is_told_with_both(tmp_path: Path) -> None:
    world = packaged_world()
    before, after = (
        next(row for row in world.offices if (row.actor, row.title, row.person) == ("CZE", "President", person))
        for person in ("Václav Havel", "Václav Klaus")
    )
    assert (str(before.end), str(after.start)) == ("2003-02-02", "2003-03-07")
    page = told.offices(world, "CZE", "president", parse_day("2003-02-10"), None, None)
    for medium, seen in seen_of(page, tmp_path):
        words = (
            f"nobody is known; the last before: {before.person}, {before.title}, until {before.end}; "
            f"the next known: {after.person}, {after.title}, from {after.start}; "
        )
        assert any(words in line for line in seen.lines), medium


@pytest.mark.parametrize("asked", [told.members, told.presences, told.show, told.treaties])
def test_a_day_beyond_the_tables_is_warned_of_below_what_comes_first(
    asked: Callable[[World, str, Day], Page], tmp_path: Path
) -> None:
    page = asked(packaged_world(), "nato", LATER)
    assert [str(block).startswith("beyond what is known: ") for block in page.sections[0].blocks[:2]] == [False, True]
    for medium, seen in seen_of(page, tmp_path):
        assert any(f"beyond what is known: {page.document['warning']}" in line for line in seen.lines), medium


def test_an_organisation_without_memberships_points_to_the_seats_of_its_body() -> None:
    """Finding: the World Health Organization had no members, and its assembly with 192 seats was not offered."""
    with pytest.raises(FoedusError, match="the seats of its body: foedus power wha --on 2026-03-01"):
        told.members(packaged_world(), "who", parse_day("2026-03-01"))
