"""Answers that are no forecast as a person sees them: each cell of each table is the number that its heading names.

The answers are packaged ones in which no two numbers are alike, so that a number in another's place is told.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import count as counting
from typing import Any

import pytest

import foedus
from foedus.base.wording import percent
from foedus.dossiers import read_dossier
from foedus.dossiers.packages import package_of
from foedus.explain.packages import package
from foedus.networks import said_in
from foedus.networks.answer import Asked, NetworkAnswer, draw_network
from foedus.partnership import Allocation, ForumChoice, Tailored
from foedus.partnership.allocated import Spread
from foedus.reports.allocation import allocation_sections
from foedus.reports.forums import forum_sections
from foedus.reports.networks import network_sections
from foedus.reports.numbers import Number, change, share
from foedus.reports.package import package_sections, package_words, part_name
from foedus.reports.responses import response_sections, sentence
from foedus.reports.sections import Section
from foedus.reports.tailoring import programme_sections
from foedus.strategy import Responded
from foedus.strategy.deterrence import WORDS
from foedus.world import packaged_world


def unlike(answer: Any, fresh: Iterator[float]) -> Any:
    """Return an answer in which every number that is no whole one is another, none like any other; in 0 to 1."""
    if isinstance(answer, float):
        return next(fresh)
    if isinstance(answer, Spread):
        mean = next(fresh)
        return Spread(mean, 0.6 * mean, 1.4 * mean)
    if isinstance(answer, tuple) and not hasattr(answer, "_fields"):
        return tuple(unlike(one, fresh) for one in answer)
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return dataclasses.replace(
            answer, **{one.name: unlike(getattr(answer, one.name), fresh) for one in dataclasses.fields(answer)}
        )
    return answer


def fresh() -> Iterator[float]:
    """Yield numbers from 0.03 to 0.97 whose percentages differ, the neighbours far apart."""
    return (0.03 + (17 * k % 94) / 100 + 0.0007 * (k // 94) for k in counting(1))


def in_part(answer: Any, *names: str, times: float = 1.0) -> Any:
    """Return an answer in some of whose fields no number is like another."""
    numbers = (times * one for one in fresh())
    return dataclasses.replace(answer, **{name: unlike(getattr(answer, name), numbers) for name in names})


def section(sections: Any, name: str) -> Section:
    return next(one for one in sections if isinstance(one, Section) and one.id == name)


def rows(shown: Section, at: int = 0) -> list[dict[str, str]]:
    table = shown.table(at)
    return [dict(zip(table.headings, map(str, row), strict=True)) for row in table.rows]


def words(shown: Section) -> str:
    return "\n".join(str(block) for block in shown.blocks)


# A programme.


@pytest.fixture(scope="module")
def programme() -> Tailored:
    made = foedus.tailor(read_dossier("tokyo-office"), draws=20)
    return in_part(made, "found", "bought", "against", "baselines")  # type: ignore[no-any-return]


def test_a_programme(programme: Tailored) -> None:
    world = packaged_world()
    told = programme_sections(programme, world)
    for row, one in zip(rows(section(told, "areas")), programme.found, strict=True):
        assert row["partner"] == f"{world.name(one.partner)}\n{one.status}"
        assert row["area"].startswith(f"{one.name}\n{one.partner_gain}; alliance {one.alliance_gain}; sensitive ")
        assert row["area"].split("sensitive ")[1].startswith(one.sensitivity)
        assert (row["in"], row["mostly"]) == (percent(one.share), one.depth or "-")
        assert row["at most"] == "\n".join(filter(None, (one.deepest, one.limit)))
    for row, bought in zip(rows(section(told, "next")), programme.bought, strict=True):
        assert (row["partner"], row["depth"]) == (world.name(bought.partner), bought.depth)
        assert (row["now"], row["with one more"]) == (percent(bought.before), percent(bought.after))
    beside = section(told, "against")
    scores = [score for one in programme.against for score in one.scores]
    for row, score in zip(rows(beside), scores, strict=True):
        assert (row["rule"], row["areas"], row["overlap"]) == (score.rule, str(score.areas), f"{score.jaccard:.2f}")
        assert row["of these published"] == percent(score.precision)
        assert row["of the published named"] == percent(score.recall)
    for row, score in zip(rows(beside, 1), programme.baselines, strict=True):
        assert (row["rule"], row["partners"], row["overlap"]) == (score.rule, str(score.areas), f"{score.jaccard:.2f}")
        assert row["of these published"] == percent(score.precision)
        assert row["of the published named"] == percent(score.recall)


def test_the_judgement_of_a_programme_and_its_flips(programme: Tailored) -> None:
    world = packaged_world()
    told = programme_sections(programme, world)
    judged = words(section(told, "judgement"))
    for partner in programme.partners:
        of = {status: [a.name for a in programme.found if (a.partner, a.status) == (partner, status)]
              for status in ("core", "open", "outside")}  # fmt: skip
        assert f"{world.name(partner)}: core areas under any weights: {'; '.join(of['core']) or 'none'}." in judged
        assert f"Open, depending on the weights: {'; '.join(of['open']) or 'none'}." in judged
        assert f"Outside: {'; '.join(of['outside']) or 'none'}." in judged
        assert f"{world.name(partner)} {programme.budgets[partner]:g}" in judged
    for row, one in zip(rows(section(told, "flips")), programme.flips, strict=False):
        assert (row["from"], row["to"], row["it is then"]) == (one.start, one.end, one.becomes)
        assert (row["partner"], row["word"]) == (world.name(one.partner), one.score.replace("_", " "))


# Means.


@pytest.fixture(scope="module")
def means() -> Allocation:
    made = foedus.allocate(read_dossier("harbour-compact"), without=["Ardonia"], draws=20)
    return in_part(made, "shortfalls", "shares", "kinds_found", "adversary", "chances", "following", times=97)  # type: ignore[no-any-return]


def units(spread: Spread) -> str:
    """A number of units, and below it the range of its draws."""
    shown = [Number(one, "units") for one in (spread.mean, spread.q10, spread.q90)]
    return f"{shown[0]}\n{shown[1]} to {shown[2]}"


def test_what_is_lacking(means: Allocation) -> None:
    world = read_dossier("harbour-compact").world
    told = allocation_sections(means, world)
    for row, one in zip(rows(section(told, "shortfall")), means.shortfalls, strict=True):
        assert (row["theatre"], row["kind"]) == (one.theatre, one.kind)
        assert row["when"].startswith(" and ".join(one.comes))
        assert (row["needed"], row["shortfall"], row["short in"]) == (
            units(one.need),
            units(one.short),
            percent(one.any),
        )
        assert one.without is not None
        assert row["short without"] == units(one.without)
    for row, stands in zip(rows(section(told, "plan")), means.shares, strict=True):
        assert (row["kind"], row["owner"], row["theatre"]) == (stands.kind, world.name(stands.owner), stands.theatre)
        assert row["units"] == units(stands.number)
    for row, kind in zip(rows(section(told, "worth")), means.kinds_found, strict=True):
        assert (row["kind"], row["ready units"]) == (kind.kind, units(kind.ready))
        assert row["one more is worth"].startswith(f"{Number(kind.one_more.mean, 'worth')}\n")
        assert row["foresight is worth"] == units(kind.foresight)
        assert row["planning for the average costs"] == units(kind.average)
    for row, enemy in zip(rows(section(told, "adversary")), means.adversary, strict=True):
        assert row["short then"] == str(Number(enemy.short, "units"))
        assert row["short under the plan above"] == str(Number(enemy.short_of_plan, "units"))


def test_the_judgement_on_means(means: Allocation) -> None:
    judged = words(section(allocation_sections(means, read_dossier("harbour-compact").world), "judgement"))
    for one in means.kinds_found:
        assert f"{one.kind.capitalize()}: short by {Number(one.expected.mean, 'units')} (" in judged
        assert f"{Number(one.expected.q10, 'units')} to {Number(one.expected.q90, 'units')}) units on average" in judged
        assert f"lower that by {one.one_more.mean:.2g}" in judged
        assert one.without is not None
        assert f"{one.kind.capitalize()} without Ardonia: short by {Number(one.without.mean, 'units')} (" in judged
    for chance in means.chances:
        assert f"{' and '.join(chance.comes)} {'alone' if len(chance.comes) == 1 else 'together'} " in judged
        assert f" {percent(chance.probability.mean)}" in judged
    for after in means.following:
        told = f"Once {after.once} occurs, {after.contingency} has a probability of {percent(after.probability)}, "
        never = "No row of contingencies.csv has" in judged
        assert never or f"{told}against {percent(after.alone)} overall" in judged


# Forums.


@pytest.fixture(scope="module")
def forums() -> ForumChoice:
    made = foedus.forum(read_dossier("tokyo-office"), "FRA", "office", "2023-07-10", draws=50)
    return in_part(made, "forums")  # type: ignore[no-any-return]


def spread(one: Spread) -> str:
    return f"{share(one.mean)}\n{share(one.q10)} to {share(one.q90)}"


def test_forums(forums: ForumChoice) -> None:
    told = forum_sections(forums)
    for row, one in zip(rows(section(told, "forums")), forums.forums, strict=True):
        assert row["forum"].startswith(f"{one.name}\n")
        assert row["to act"] == ("" if one.rank_to_act is None else str(one.rank_to_act))
        assert row["to block"] == ("" if one.rank_to_stop is None else str(one.rank_to_stop))
        assert row["gain"] == ("-" if one.gain is None else spread(one.gain))
        if one.rank_to_stop is not None and one.prevents is not None:
            assert row["a veto saves"] == spread(one.prevents)
        low, high = one.decided
        span = f"{percent(low)} to {percent(high)}"
        beside = f"\n{span}" if high - low > 0.05 else ""
        decided = "-" if not one.outcomes else f"{percent(1 - one.stays)}{beside}" if one.told else span
        assert (row["something is decided"], row["takes"]) == (decided, f"{one.days} days; {one.publicity} publicity")
        if not one.problem:
            seat = "has a seat" if one.inside else "has no seat"
            assert row["forum"].split("\n")[1].startswith(seat)
            assert ("blocks alone" in row["forum"]) == (one.inside and one.can_block)
    produced = section(told, "outcomes")
    outcomes = [(one, outcome) for one in forums.forums for outcome in one.outcomes]
    for row, (forum, outcome) in zip(rows(produced), outcomes, strict=True):
        assert row["outcome (place)"] == f"{outcome.label} ({outcome.at:g})"
        span = f"{percent(outcome.low)} to {percent(outcome.high)}"
        assert (row["kind"], row["probability"]) == (
            outcome.kind, percent(outcome.probability) if forum.told else span
        )  # fmt: skip
    mandates = {(one.name, m.subject): m for one in forums.forums for m in one.mandates}
    for row in rows(produced, 1):
        mandate = mandates[row["forum"], row["subject"]]
        assert (row["basis"], row["verified"]) == (mandate.basis, "yes" if mandate.verified else "no")
        assert row["what it may decide"] == (mandate.decides or "no mandate on record")


def test_who_blocks_in_a_forum_and_what_seats_allow(forums: ForumChoice) -> None:
    told, name = forum_sections(forums), forums.case.dossier.world.name
    shown = {row["forum"]: row for row in rows(section(told, "blocks"))}
    for one in (each for each in forums.forums if each.outcomes):
        row = shown[one.name]
        assert row["members"] == str(len(one.members))
        inside = set(one.blocks_alone) & set(one.members)
        if inside == set(one.members):
            assert row["can block alone"].startswith("each of its members")
        else:
            assert row["can block alone"] == (", ".join(map(name, one.blocks_alone)) or "nobody")
    for row in rows(section(told, "moves")):
        movers = {"hold hostage": forums.hostage, "shop": forums.shopping, "broker": forums.brokers}[row["can"]]
        mover = next(one for one in movers if name(one.actor) == row["who"])
        assert row["why"] == mover.why
        assert len(row["forums"].split(", ")) >= len(mover.forums)
    judged = words(section(told, "judgement"))
    act, stop = forums.to_act, forums.to_stop
    assert act is not None
    assert stop is not None
    first, second = judged.split("\n")[:2]
    assert forums.forum(act).name in first
    assert forums.forum(stop).name in second
    worst = forums.forum(stop).prevents
    assert worst is not None
    assert f"cost it up to {percent(worst.mean)} of the scale" in second
    tested = words(section(told, "tested"))
    assert f"On {forums.tested.choices} historical choices" in tested
    assert f"can block' in {forums.tested.right}; " in tested
    assert f"in which the actor sits' in {forums.tested.largest}; 'the one used" in tested
    assert f"used last' in {forums.tested.last}." in tested


# Networks.


@pytest.fixture(scope="module")
def network() -> NetworkAnswer:
    made = draw_network("Tokyo", said_in(read_dossier("tokyo-office")), Asked(window=365), {})
    return in_part(made, "windows")  # type: ignore[no-any-return]


def test_a_network(network: NetworkAnswer) -> None:
    told = network_sections(network)
    camps = rows(section(told, "camps"))
    for row, group in zip(camps, network.camps.groups, strict=False):
        assert row["who"] == ", ".join(network.name(one) for one in group)
    assert f"{network.statements} statements of {len(network.spoken.rows)} actors on" in words(section(told, "camps"))
    assert f"polarisation {network.camps.modularity:.2f} of at most 0.50" in words(section(told, "camps"))
    for row, (one, other, weight) in zip(rows(section(told, "ties")), network.network.ties(), strict=False):
        assert (row["one"], row["other"], row["tie"]) == (network.name(one), network.name(other), f"{weight:.2f}")
    for row, (concept, lost) in zip(rows(section(told, "claims")), network.backbone, strict=True):
        values = network.spoken.matrix[:, network.spoken.columns.index(concept)]
        assert (row["claim"], row["lost without it"]) == (network.name(concept), f"{lost:.3f}")
        assert (row["backers"], row["opponents"]) == (str((values > 0).sum()), str((values < 0).sum()))


def test_a_network_through_time(network: NetworkAnswer) -> None:
    shown = rows(section(network_sections(network), "windows"))
    assert shown
    for row, one in zip(shown, network.windows, strict=True):
        assert (row["from"], row["statements"], row["actors"]) == (str(one.start), str(one.statements), str(one.actors))
        assert row["agreement"] == f"{one.congruence:.2f}"
        assert (row["conflict"], row["polarisation"]) == (f"{one.conflict:.2f}", f"{one.polarisation:.2f}")


# A package.


def test_a_package() -> None:
    three = read_dossier("three-trades")
    actor = (
        three.institutions.body(three.issue("fleet").body)
        .seats(three.world, three.issue("fleet").meetings[0].on)[0]
        .actor
    )
    linked = package_of(three, ["fleet", "budget"], [f"{actor}.fleet=budget"])
    made = package(three, linked, draws=50)
    found = in_part(made, "parts", "links", "stands")
    found = dataclasses.replace(found, together=0.27, each=0.14)
    told, name = package_sections(found), found.case.dossier.world.name
    shown = rows(section(told, "parts"))
    *parts, by_itself, whole = shown
    for row, one in zip(parts, found.parts, strict=True):
        assert row["what is decided"].startswith(one.option)
        assert list(row.values())[1:] == [percent(one.alone), percent(one.traded)]
    assert (list(by_itself.values())[1], list(whole.values())[1]) == ("14 %", "27 %")
    assert "(27 %)" in package_words(found)
    assert "would pass in 14 %: tying them together helps" in package_words(found)
    assert "hurts" in package_words(dataclasses.replace(found, together=0.14, each=0.27))
    for row, link in zip(rows(section(told, "links")) if found.links else [], found.links, strict=True):
        assert (row["if it is not"], row["if it is"]) == (percent(link.if_not), percent(link.if_met))
        assert row["chance that it is"] == percent(link.met)
    for row, stand in zip(rows(section(told, "stands")), found.stands, strict=False):
        assert row["who"] == name(stand.actor)
        assert (row["against a part"], row["against the whole"]) == (percent(stand.alone), percent(stand.together))
        gains = [f"{one:.2f}" for one in stand.gains]
        assert [row[f"on {part_name(found, part.issue)}"] for part in found.parts] == gains


# Responses.


@pytest.fixture(scope="module")
def response() -> Responded:
    made = foedus.respond(read_dossier("tokyo-office"), "office", "2023-07-10", draws=40)
    numbers = fresh()
    changed = {name: unlike(getattr(made, name), numbers) for name in ("perception", "status_quo_decided")}
    options = tuple(
        dataclasses.replace(one, decided=next(numbers), deterrence=unlike(one.deterrence, numbers))
        for one in made.options
    )
    return dataclasses.replace(made, options=options, **changed)


def test_the_gravest_answers(response: Responded) -> None:
    told, record = response_sections(response), response.main.record
    assert record is not None
    for row, one in zip(rows(section(told, "answers")), record.shares, strict=True):
        assert row["seen"] == f"{one.seen} of {one.of}"
        if one.share is None:
            assert (row["share"], row["to"]) == ("no case", f"below {percent(one.bound or 0)}")
        else:
            assert one.low is not None
            assert one.high is not None
            assert [row[key] for key in ("share", "from", "to")] == [percent(k) for k in (one.share, one.low, one.high)]
        if response.main.coincident is not None:
            other = response.main.coincident
            assert row["with doubtful ones"] == f"{other.counts[one.kind]} of {other.acts}"
    likeliest = max(record.counts.values())
    assert f"after {likeliest} of {record.acts} comparable acts" in str(sentence(response))
    for row, near in zip(rows(section(told, "comparable")), record.nearest, strict=True):
        assert row["act"].startswith(f"{near.name}\n")
        assert row["on"] == near.on.isoformat()
        if near.answers:
            seen = next((each for each in near.answers if each.kind == near.kind), near.answers[-1])
            assert row["answer"].startswith(f"{seen.kind}: {seen.measure}\n")
            assert row["days to it"] == ("" if seen.lag_days is None else f"{seen.lag_days:,}")
            assert row["lasted"] == ("" if seen.duration_days is None else f"{seen.duration_days:,}")
            assert row["linked to the act"] == seen.attribution


def test_whether_it_deters_or_provokes(response: Responded) -> None:
    told = response_sections(response)
    shown = section(told, "deterrence")
    for row, one in zip(rows(shown), response.options, strict=True):
        found = one.deterrence
        assert row["option"].startswith(f"{one.label}\n")
        assert row["decided"] == str(share(one.decided or 0))
        assert (row["change, 5 %"], row["95 %"]) == (str(change(found.q05)), str(change(found.q95)))
        assert (row["deters"], row["provokes"]) == (percent(found.deters), percent(found.provokes))
        assert (row["neither"], row["tips"], row["verdict"]) == (
            percent(found.neither),
            percent(found.tips),
            found.words,
        )
    main = response.main.deterrence
    judged = str(shown.blocks[0])
    assert f"moves by {change(main.q05)} to {change(main.q95)} points, from {share(main.before)} (median)" in judged
    assert f"{main.one} draws have one equilibrium, {main.several} several; {main.unsolved} were not" in words(shown)
    for row, game in zip(rows(section(told, "games")), response.models, strict=True):
        assert row["game"].startswith(f"{game.model}\n")
        assert (row["reading"], row["then it"]) == (game.reading, WORDS[game.verdict])


def test_beliefs(response: Responded) -> None:
    shown = section(response_sections(response), "beliefs")
    headings = list(shown.table().headings)
    for row, one in zip(rows(shown), response.perception, strict=True):
        cells = [row[heading] for heading in headings]
        assert cells[3:5] == [str(Number(1000 * one.challenge, "place")), str(Number(1000 * one.war, "place"))]
        assert cells[2] == {None: "", True: "yes", False: "no"}[one.shared]
        assert bool(cells[5]) == (one.regret is not None)
