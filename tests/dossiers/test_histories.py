"""Four packaged dossiers of decisions that one member could stop: what they hold, and what is not known too early."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import foedus
from foedus.dossiers import Dossier, packaged_dossiers, read_dossier
from foedus.forecasts import find_gaps
from foedus.institutions import seat
from foedus.issues import Issue
from foedus.procedures import Replay, replay
from foedus.procedures.docket import Docket, read_docket

NAMES = ("nordic-accession", "oil-embargo-2022", "turkey-defence-2003", "uk-applications")
DRAWS = 1000
ROOT = Path(__file__).parents[2]

APPROVED = {
    "2022-07-05": "CAN DNK ISL NOR",
    "2022-07-06": "EST GBR",
    "2022-07-07": "ALB",
    "2022-07-08": "DEU",
    "2022-07-12": "LUX NLD",
    "2022-07-13": "BGR",
    "2022-07-14": "LVA SVN",
    "2022-07-15": "HRV",
    "2022-07-20": "BEL LTU POL",
    "2022-07-21": "ROU",
    "2022-07-27": "MKD",
    "2022-07-28": "MNE",
    "2022-08-02": "FRA",
    "2022-08-03": "ITA USA",
    "2022-08-27": "CZE",
    "2022-09-15": "ESP GRC",
    "2022-09-16": "PRT",
    "2022-09-27": "SVK",
}
"""Day by day, whose parliament approved both protocols: list of the NATO Parliamentary Assembly; Reuters for Spain,
and the Slovak minister's post for Slovakia."""


@cache
def dossier_of(name: str) -> Dossier:
    return read_dossier(packaged_dossiers()[name])


@cache
def docket_of(name: str) -> Docket:
    return read_docket(dossier_of(name))


def questions() -> Iterator[tuple[str, str, dt.date]]:
    for name in NAMES:
        for issue in dossier_of(name).issues:
            for meeting in issue.meetings:
                yield name, issue.id, meeting.on


def seats(name: str, issue: Issue, on: str) -> frozenset[str]:
    dossier = dossier_of(name)
    return frozenset(seat(dossier.institutions.body(issue.body), dossier.world, dt.date.fromisoformat(on)).members)


def asked(name: str, matter: str, step: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in docket_of(name).entries:
        if (entry.item.matter, entry.item.step) == (matter, step):
            found.setdefault(str(entry.item.on), set()).update(entry.item.by)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_open_but_texts_silence_conflicts_and_capability(name: str) -> None:
    kinds = {gap.kind for gap in find_gaps(dossier_of(name))}
    assert kinds <= {
        "source",
        "position",
        "red line",
        "fact",
        "capability",
        "evidence",
        "conflict",
        "condition",
        "meeting",
    }


@pytest.mark.parametrize("name", NAMES)
def test_statements_are_paraphrased_sourced_and_dated_twice(name: str) -> None:
    dossier = dossier_of(name)
    assert len(dossier.statements) >= 40
    for statement in dossier.statements:
        known = statement.known_on or dossier.sources[statement.source].known
        assert statement.paraphrase
        assert statement.passage
        assert not statement.quote
        assert statement.said_on <= known


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_used_and_has_an_address(name: str) -> None:
    dossier = dossier_of(name)
    used = {s.source for s in dossier.statements} | {entry.item.source for entry in docket_of(name).entries}
    assert dossier.sources.keys() <= used
    assert [source.id for source in dossier.sources.values() if "://" not in source.note] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_are_those_of_the_dossier_on_tokyo(name: str) -> None:
    tokyo = read_dossier(packaged_dossiers()["tokyo-office"]).settings
    settings = dossier_of(name).settings
    assert settings.assumptions == tokyo.assumptions
    for issue in settings.issues:
        assert issue.scale.low == 0
        assert issue.scale.high == 100
        for field in ("position", "salience", "salience_spoke"):
            assert getattr(issue.priors, field) == getattr(tokyo.issues[0].priors, field)


@pytest.mark.parametrize(("name", "issue", "on"), list(questions()))
def test_every_question_has_a_forecast_on_its_eve(name: str, issue: str, on: dt.date) -> None:
    eve = on - dt.timedelta(days=1)
    found = foedus.forecast(dossier_of(name), issue=issue, as_of=eve, on=str(on), draws=DRAWS, seed=1)
    assert sum(option.probability for option in found.options) == pytest.approx(1)
    assert not found.case.reconstruction


@pytest.mark.parametrize("matter", ["finland", "sweden"])
def test_each_parliament_approved_on_its_day(matter: str) -> None:
    days = asked("nordic-accession", matter, "ratify")
    assert {day: days.get(day) for day in APPROVED} == {day: set(who.split()) for day, who in APPROVED.items()}
    acts = {
        (str(s.said_on), s.actor)
        for s in dossier_of("nordic-accession").statements
        if s.kind == "act" and s.concept == f"now-{matter[:3]}" and s.stance == 1
    }
    assert {(day, actor) for day, who in APPROVED.items() for actor in who.split()} <= acts


def test_the_last_to_approve() -> None:
    acts = {
        (s.concept, s.actor): str(s.said_on)
        for s in dossier_of("nordic-accession").statements
        if s.kind == "act" and s.stance == 1
    }
    assert acts["now-fin", "HUN"] == "2023-03-27"
    assert acts["now-fin", "TUR"] == "2023-03-30"
    assert acts["now-swe", "FIN"] == "2023-04-04"
    assert acts["now-swe", "TUR"] == "2024-01-23"
    assert acts["now-swe", "HUN"] == "2024-02-26"


@pytest.mark.parametrize(
    ("matter", "actor", "day"), [("finland", "FIN", "2023-04-04"), ("sweden", "SWE", "2024-03-07")]
)
def test_the_docket_agrees_with_the_memberships_of_the_world(matter: str, actor: str, day: str) -> None:
    dossier = dossier_of("nordic-accession")
    assert set(asked("nordic-accession", matter, "enter")) == {day}
    entered = [m for m in dossier.world.members("nato", dt.date.fromisoformat(day)) if m.actor == actor]
    assert [str(m.start) for m in entered] == [day]
    everybody = set().union(*asked("nordic-accession", matter, "ratify").values())
    assert everybody == seats("nordic-accession", dossier.issue(matter), day) - {actor}


def test_who_sits_where() -> None:
    turkey = dossier_of("turkey-defence-2003")
    council = seats("turkey-defence-2003", turkey.issue("planning"), "2003-02-10")
    committee = seats("turkey-defence-2003", turkey.issue("planning-dpc"), "2003-02-16")
    assert len(council) == 19
    assert council - committee == {"FRA"}
    britain = dossier_of("uk-applications")
    for issue in britain.issues:
        for meeting in issue.meetings:
            assert seats("uk-applications", issue, str(meeting.on)) == {"BEL", "DEU", "FRA", "ITA", "LUX", "NLD"}
    oil = dossier_of("oil-embargo-2022")
    assert len(seats("oil-embargo-2022", oil.issue("oil"), "2022-05-30")) == 27


@pytest.mark.parametrize(
    ("name", "issue", "on", "words"),
    [
        ("nordic-accession", "sweden", "2022-06-29", "consensus"),
        ("turkey-defence-2003", "planning-dpc", "2003-02-16", "consensus"),
        ("oil-embargo-2022", "oil", "2022-05-30", "consensus"),
        ("oil-embargo-2022", "package", "2022-06-03", "unanimity"),
        ("uk-applications", "second-talks", "1967-12-19", "unanimity"),
        ("uk-applications", "hague", "1969-12-02", "consensus"),
    ],
)
def test_one_member_can_stop_it(name: str, issue: str, on: str, words: str) -> None:
    dossier = dossier_of(name)
    asked_for = dossier.issue(issue)
    body = dossier.institutions.body(asked_for.body)
    sitting = seat(body, dossier.world, dt.date.fromisoformat(on), procedure=asked_for.procedure)
    assert words in sitting.rule.words()
    assert set(sitting.can_block_alone()) == set(sitting.members)


@pytest.mark.parametrize(
    ("name", "issue", "as_of", "actor", "objects"),
    [
        ("nordic-accession", "sweden", "2022-06-27", "TUR", True),
        ("nordic-accession", "sweden", "2022-06-28", "TUR", False),
        ("nordic-accession", "finland", "2023-03-29", "TUR", False),
        ("nordic-accession", "sweden", "2023-03-29", "TUR", True),
        ("turkey-defence-2003", "planning", "2003-02-09", "FRA", True),
        ("turkey-defence-2003", "planning", "2003-02-09", "BEL", True),
        ("turkey-defence-2003", "planning", "2003-02-09", "DEU", True),
        ("turkey-defence-2003", "planning", "2003-02-09", "LUX", False),
        ("turkey-defence-2003", "planning-dpc", "2003-02-15", "DEU", False),
        ("oil-embargo-2022", "oil", "2022-05-29", "HUN", True),
        ("oil-embargo-2022", "kirill", "2022-06-01", "HUN", True),
        ("uk-applications", "first-talks", "1963-01-28", "FRA", True),
        ("uk-applications", "second-talks", "1967-12-18", "FRA", True),
        ("uk-applications", "hague", "1969-12-01", "FRA", False),
    ],
)
def test_who_stands_in_the_way_follows_from_what_was_said(
    name: str, issue: str, as_of: str, actor: str, objects: bool
) -> None:
    found = foedus.forecast(dossier_of(name), issue=issue, as_of=as_of, draws=DRAWS, seed=1)
    probability = {one.actor: one.probability for one in found.objectors}.get(actor, 0.0)
    assert probability > 0.8 if objects else probability < 0.25


def test_what_archives_gave_away_later_moves_no_forecast_of_the_time() -> None:
    dossier = dossier_of("uk-applications")
    late = {s.id for s in dossier.statements if dossier.sources[s.source].known > dt.date(2000, 1, 1)}
    assert len(late) >= 4
    without = dataclasses.replace(dossier, statements=tuple(s for s in dossier.statements if s.id not in late))
    for issue, as_of in (("first-opening", "1961-09-25"), ("first-talks", "1963-01-28"), ("hague", "1969-12-01")):
        one, two = (foedus.forecast(d, issue=issue, as_of=as_of, draws=DRAWS, seed=1) for d in (dossier, without))
        assert one.options == two.options


def test_the_hansard_of_the_day_after_is_not_known_on_the_eve() -> None:
    dossier = dossier_of("uk-applications")
    after = [s for s in dossier.statements if s.source == "hc-630130"]
    assert {s.said_on for s in after} == {dt.date(1963, 1, 17), dt.date(1963, 1, 29)}
    assert {s.known_on or dossier.sources[s.source].known for s in after} == {dt.date(1963, 1, 30)}


def test_the_options_of_the_packaged_set_of_decisions_are_taken_over() -> None:
    folder = packaged_dossiers()["tokyo-office"].parents[2] / "backtests" / "consensus" / "options.csv"
    with folder.open(encoding="utf-8", newline="") as file:
        rows = [(row["decision"], float(row["at"])) for row in csv.DictReader(file)]
    for decision, name, issue in (
        ("turkey-planning-2003", "turkey-defence-2003", "planning"),
        ("oil-embargo-2022", "oil-embargo-2022", "oil"),
        ("kirill-listing-2022", "oil-embargo-2022", "kirill"),
    ):
        places = [at for of, at in rows if of == decision]
        assert places == [option.at for option in dossier_of(name).issue(issue).options]


@cache
def replay_of(name: str) -> Replay:
    return replay(dossier_of(name), histories=1000, seed=1)


def share(name: str, matter: str, on: str, step: str, answer: str) -> float:
    """Return the share of an answer among the histories in which the step arises."""
    event = replay_of(name).event(matter, on, step)
    return next(one.share for one in event.outcomes if one.answer == answer) / event.arises


@pytest.mark.parametrize(
    ("name", "compared", "alike"),
    [
        ("nordic-accession", 14, 10),
        ("turkey-defence-2003", 3, 2),
        ("oil-embargo-2022", 3, 3),
        ("uk-applications", 5, 4),
    ],
)
def test_the_page_tells_how_often_the_model_met_history(name: str, compared: int, alike: int) -> None:
    found = replay_of(name).comparison
    assert (found.compared, found.alike) == (compared, alike)
    page = (ROOT / "docs" / "histories.md").read_text("utf-8")
    assert f"| `{name}` | {compared} | {alike} |" in page


@pytest.mark.parametrize(
    ("name", "matter", "on", "step", "answer", "low", "high"),
    [
        ("nordic-accession", "finland", "2022-05-18", "eligible", "yes", 1, 1),
        ("nordic-accession", "finland", "2022-05-18", "invite", "nothing", 0.95, 1),
        ("nordic-accession", "sweden", "2022-05-18", "invite", "nothing", 0.95, 1),
        ("nordic-accession", "sweden", "2022-06-29", "invite", "as-proposed", 0.65, 0.8),
        ("nordic-accession", "finland", "2022-12-31", "ratify", "not-all", 0.8, 1),
        ("nordic-accession", "finland", "2023-03-30", "ratify", "all", 0.9, 1),
        ("nordic-accession", "sweden", "2023-07-10", "ratify", "not-all", 0.95, 1),
        ("turkey-defence-2003", "planning", "2003-02-10", "end-silence", "broken", 0.99, 1),
        ("turkey-defence-2003", "article-4", "2003-02-10", "consult", "yes", 1, 1),
        ("turkey-defence-2003", "planning-in-committee", "2003-02-16", "meet", "nothing", 0.8, 0.95),
        ("oil-embargo-2022", "patriarch", "2022-06-02", "vote", "nothing", 0.99, 1),
        ("oil-embargo-2022", "package", "2022-06-03", "vote", "as-proposed", 0.9, 1),
        ("uk-applications", "talks-of-1963", "1963-01-29", "decide", "as-proposed", 0, 0.02),
        ("uk-applications", "second-application", "1967-12-19", "open", "as-proposed", 0, 0.02),
        ("uk-applications", "the-hague", "1969-12-02", "vote", "nothing", 0, 0.3),
    ],
)
def test_what_the_replays_find(
    name: str, matter: str, on: str, step: str, answer: str, low: float, high: float
) -> None:
    assert low <= share(name, matter, on, step, answer) <= high


def test_in_most_histories_both_come_in() -> None:
    last = {matter.id: matter.points[-1].shares for matter in replay_of("nordic-accession").matters}
    assert last["finland"]["member"] > 0.65
    assert last["sweden"]["member"] > 0.6


def test_a_step_is_decided_from_what_was_known_on_its_eve() -> None:
    event = replay_of("nordic-accession").event("sweden", "2022-05-18", "invite")
    asked = {"issue": "sweden", "as_of": "2022-05-17", "models": ["consensus"]}
    told = foedus.forecast(dossier_of("nordic-accession"), **asked, draws=1000, seed=1)
    assert share("nordic-accession", "sweden", "2022-05-18", "invite", "nothing") == told.probability("not now")
    assert event.beforehand is not None
    assert event.beforehand.seats == 30


def test_the_council_of_the_six_goes_by_the_names_of_its_time() -> None:
    events = {event.on.isoformat(): event for event in replay_of("uk-applications").events}
    told = {on: {child.rule: child for child in event.why.children} for on, event in events.items()}
    for on, name in (
        ("1961-09-26", "Council of the European Economic Community, 6 seats on 1961-09-26"),
        ("1967-12-19", "Council of the European Communities, 6 seats on 1967-12-19"),
    ):
        assert told[on]["put to"].value == name
        assert "European Economic Community, Article 237" in told[on]["the rule asks"].reference
    for event in events.values():
        words = "\n".join(event.why.lines())
        assert "European Union" not in words
        assert "TFEU" not in words


def test_a_second_application_needs_talks_that_did_not_go_on() -> None:
    found = replay_of("uk-applications")
    going_on = next(one for one in found.matters if one.id == "talks-of-1963").points[-1].shares.get("going-on", 0.0)
    assert found.event("second-application", "1967-05-02").arises == pytest.approx(1 - going_on)
