"""Tokyo from 2007 to 2024, without the outcome being given."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.base.answers import as_json
from foedus.base.errors import FoedusError, InputError
from foedus.dossiers import Change, Dossier, Range, change_of, changed
from foedus.procedures import Replay, compare_replays, packaged_machines, read_docket
from foedus.procedures.machines import FORECAST

HISTORIES = 1_000


@pytest.fixture(scope="module")
def found(tokyo: Dossier) -> Replay:
    return foedus.replay(tokyo, histories=HISTORIES)


@pytest.mark.parametrize(
    ("matter", "on", "step", "result", "to"),
    [
        ("madrid-2022", "2022-06-22", "invite", "as-proposed", "invited"),
        *(("madrid-2022-" + one, "2022-06-29", "answer", "consents", "comes") for one in ("aus", "jpn", "kor", "nzl")),
        ("vilnius-2023", "2023-04-04", "invite", "as-proposed", "invited"),
        *(("vilnius-2023-" + one, "2023-07-12", "answer", "consents", "comes") for one in ("aus", "jpn", "kor", "nzl")),
        ("programme-japan", "2022-06-26", "fall-due", "due", "due"),
        ("programme-japan", "2023-07-12", "renew", "as-proposed", "agreed"),
        ("programme-japan", "2023-07-12", "sign", "consents", "in-force"),
        ("tokyo-office", "2023-07-11", "decide", "nothing", "on-hold"),
        ("vilnius-text", "2023-07-11", "agree", "nothing", "silent"),
        ("tokyo-office", "2023-07-12", "host", "not-arisen", ""),
        ("tokyo-office", "2024-07-10", "bring-back", "off", "on-hold"),
        ("tokyo-office", "2024-07-10", "decide", "not-arisen", ""),
    ],
)
def test_the_model_has_it_as_it_was(found: Replay, matter: str, on: str, step: str, result: str, to: str) -> None:
    event = found.event(matter, on, step)
    assert (event.result, event.to, event.agrees) == (result, to, True)
    assert event.result_share > 0.5


def test_where_the_model_and_history_part_it_says_so(found: Replay) -> None:
    apart = [(event.matter, event.result, event.happened) for event in found.events if event.agrees is False]
    assert apart == [("washington-2024-aus", "consents", "refuses")]
    assert (found.comparison.compared, found.comparison.alike) == (25, 24)


@pytest.mark.parametrize("on", ["2007-01-12", "2022-06-29", "2023-07-11", "2024-07-10"])
def test_what_the_treaties_covered_throughout(found: Replay, on: str) -> None:
    told = {one: found.event(one, on).result for one in ("cover-nato", "cover-us-japan")}
    assert told == {"cover-nato": "no", "cover-us-japan": "yes"}
    told = {one: found.event(one, on).result for one in ("consult-nato", "consult-us-japan")}
    assert told == {"consult-nato": "no", "consult-us-japan": "yes"}


def test_the_share_of_histories_is_the_forecast_of_the_eve(tokyo: Dossier, found: Replay) -> None:
    for issue, matter, step in (("office", "tokyo-office", "decide"), ("text", "vilnius-text", "agree")):
        event = found.event(matter, "2023-07-11", step)
        eve = foedus.forecast(
            tokyo, issue, as_of="2023-07-10", on="Vilnius 2023", models=["consensus"], draws=HISTORIES, seed=1
        )
        assert event.beforehand is not None
        assert event.beforehand.options == {option.label: option.probability for option in eve.options}
        assert event.options == event.beforehand.options  # it arises in every history
        assert event.beforehand.rule == eve.case.rule.words()
        told = {one.actor: one.probability for one in event.beforehand.objections}
        assert told == {one.actor: one.probability for one in eve.objectors if one.probability > 0}


def test_what_happened_is_never_an_input(tokyo: Dossier, tokyo_copy: Path, found: Replay) -> None:
    path = tokyo_copy / "docket.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dice, machines = random.Random(7), packaged_machines()
    for row in rows:
        choices = machines[row["procedure"]].steps[row["step"]].choices
        row["happened"] = dice.choice(["", "not-arisen", *choices])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    scrambled = foedus.replay(foedus.read_dossier(tokyo_copy), histories=HISTORIES)
    assert [event.happened for event in scrambled.events] != [event.happened for event in found.events]
    assert [_model_side(event) for event in scrambled.events] == [_model_side(event) for event in found.events]
    assert scrambled.matters == found.matters
    assert scrambled.likeliest == found.likeliest


def _model_side(event: Any) -> Any:
    return replace(event, happened=None, happened_share=None, agrees=None, why=None)


def test_nothing_known_on_the_day_or_later_is_read(tokyo: Dossier, found: Replay) -> None:
    later = tuple(one for one in tokyo.statements if tokyo.known_on(one) < found.event("tokyo-office", "2023-07-11").on)
    assert len(later) < len(tokyo.statements)
    known = foedus.replay(replace(tokyo, statements=later), end="2023-07-11", histories=HISTORIES)
    assert known.event("tokyo-office", "2023-07-11") == found.event("tokyo-office", "2023-07-11")


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tokyo: Dossier, found: Replay) -> None:
    told = as_json(found)
    assert as_json(foedus.replay(tokyo, histories=HISTORIES)) == told
    assert as_json(foedus.replay(tokyo, histories=HISTORIES, seed=2)) != told


def test_fewer_histories_are_the_first_of_more(tokyo: Dossier, found: Replay) -> None:
    few = foedus.replay(tokyo, histories=1)
    for event, whole in zip(few.events, found.events, strict=True):
        assert (
            event.result == "not-arisen"
            or whole.outcomes[[o.answer for o in whole.outcomes].index(event.result)].share > 0
        )


def test_days_shown_change_no_answer(tokyo: Dossier, found: Replay) -> None:
    part = foedus.replay(tokyo, start="2023-07-01", end="2023-07-31", histories=HISTORIES)
    assert part.events == tuple(event for event in found.events if "2023-07" in str(event.on))


def test_shares_add_up(found: Replay) -> None:
    for event in found.events:
        assert sum(one.share for one in event.outcomes) == pytest.approx(event.arises)
    for matter in found.matters:
        assert all(sum(point.shares.values()) == pytest.approx(1) for point in matter.points)
    assert sum(one.share for one in found.likeliest) <= 1
    assert all(len(one.answers) == 25 for one in found.likeliest)  # the steps decided by a forecast


def test_an_office_that_was_opened_leaves_no_question_for_2024(tokyo: Dossier, found: Replay) -> None:
    changes = ["FRA.office=100@2023-05-01", "FRA.office.salience=1@2023-05-01"]
    otherwise = foedus.replay(tokyo, histories=HISTORIES, changes=changes)
    assert otherwise.event("tokyo-office", "2023-07-11").to == "agreed"
    returned = otherwise.event("tokyo-office", "2024-07-10", "bring-back")
    assert returned.arises == otherwise.event("tokyo-office", "2023-07-11").outcomes[-1].share
    assert returned.result == "not-arisen"
    differences = compare_replays(found, otherwise)
    assert [(one.matter, one.step, one.turned) for one in differences] == [
        ("tokyo-office", "decide", True),
        ("tokyo-office", "host", True),
        ("tokyo-office", "bring-back", True),
    ]
    assert compare_replays(found, found) == ()
    with pytest.raises(FoedusError, match="do not have the same steps"):
        compare_replays(found, foedus.replay(tokyo, end="2023-01-01", histories=10))


def test_a_change_holds_from_its_day_on_and_not_before(tokyo: Dossier, found: Replay) -> None:
    on_the_day = foedus.replay(tokyo, end="2023-07-11", histories=200, changes=["FRA.office=100@2023-07-11"])
    day_after = foedus.replay(tokyo, end="2023-07-11", histories=200, changes=["FRA.office=100@2023-07-12"])
    as_it_was = foedus.replay(tokyo, end="2023-07-11", histories=200)
    assert on_the_day.event("tokyo-office", "2023-07-11").result != "nothing"
    assert compare_replays(as_it_was, day_after) == ()


def test_changes_are_spelt_strictly(tokyo: Dossier) -> None:
    assert change_of("FRA.office=60@2023-05-01") == Change(
        "FRA", "office", "", Range(low=60, mode=60, high=60), change_of("A.b=1@2023-05-01").since
    )
    assert str(change_of("FRA.office.salience=0.1,0.2,0.3@2023-05-01")) == "FRA.office.salience=0.1,0.2,0.3@2023-05-01"
    for words, told in (
        ("FRA.office=60", "expected ACTOR.ISSUE=VALUE@DAY"),
        ("FRA.office=sixty@2023-05-01", "could not convert"),
        ("FRA.office=60@May", "is not a day"),
        ("FRA.office=3,2,1@2023-05-01", "low,mode,high in this order"),
        ("FRA.office.capability=3@2023-05-01", "a field of position"),
    ):
        with pytest.raises(FoedusError, match=told):
            change_of(words)
    for words, told in (
        ("FRX.office=60@2023-05-01", "id of an actor of the world"),
        ("FRA.offices=60@2023-05-01", "--set FRA.offices=60@2023-05-01: no issue .*; did you mean 'office'"),
        ("FRA.office=160@2023-05-01", "numbers from 0 to 100"),
        ("IND.office=60@2023-05-01", "neither a seat nor a voice"),
        ("FRA.office.red_line=10,20,30@2023-05-01", "a red line is one place"),
    ):
        with pytest.raises(FoedusError, match=told):
            changed(tokyo, [change_of(words)])


def test_numbers_that_make_no_sense(tokyo: Dossier) -> None:
    for arguments, told in (
        ({"histories": 0}, "from 1 to 20,000"),
        ({"seed": -1}, "a seed is a whole number"),
        ({"start": "May"}, "from: 'May' is not a day"),
        ({"end": "2000-01-01"}, "the first event is of 2007-01-12"),
    ):
        with pytest.raises(FoedusError, match=told):
            foedus.replay(tokyo, **arguments)


def test_every_event_has_a_source_and_reasons(tokyo: Dossier, found: Replay) -> None:
    known = tokyo.sources.keys() | tokyo.world.sources.keys()
    for event in found.events:
        assert event.source in known
        assert event.why.reference
    decided = [event for event in found.events if event.decided in FORECAST]
    assert all(event.beforehand is not None and event.beforehand.seats in {30, 31, 32} for event in decided)
    assert {event.beforehand.seats for event in decided if str(event.on) > "2024-03-07" and event.beforehand} == {32}
    assert len(read_docket(tokyo).entries) == len(found.events)


def test_the_score_smooths_shares_and_says_its_floor(tokyo: Dossier, found: Replay) -> None:
    shares = [e.happened_share for e in found.events if e.agrees is not None and e.decided in FORECAST]
    expected = [-math.log((share * HISTORIES + 0.5) / (HISTORIES + 1)) for share in shares if share is not None]
    assert found.comparison.log_score == pytest.approx(sum(expected) / len(expected))
    assert found.comparison.floor == pytest.approx(0.5 / (HISTORIES + 1))
    few = foedus.replay(tokyo, end="2023-07-12", histories=99).comparison
    assert few.compared > 0
    assert few.log_score is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("FRA.office=60@2025-01-01", "the last step on office is of 2024-07-10"),
        ("CHN.office=60@2023-05-01", "CHN has neither a seat nor a consent to give at any step on office"),
        ("FRA.office=60@2023-05-01", ""),
        ("JPN.office=0@2023-05-01", ""),
        ("AUS.invitation=0@2022-05-01", ""),
    ],
)
def test_a_change_that_no_step_can_feel_says_so(tokyo: Dossier, change: str, told: str) -> None:
    idle = foedus.replay(tokyo, histories=2, changes=[change]).idle
    assert len(idle) == bool(told)
    assert all(told in line for line in idle)
    if told:
        as_it_was, otherwise = foedus.replay(tokyo, histories=50), foedus.replay(tokyo, histories=50, changes=[change])
        assert compare_replays(as_it_was, otherwise) == ()


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2023-07-12", "2023-07-11", "--from 2023-07-12 is after --to 2023-07-11"),
        ("2025-01-01", None, "from 2025-01-01 on; the last event is of 2024-07-11"),
        ("2024-01-01", "2024-01-02", "the event before is of 2023-07-12, the next of 2024-07-05"),
    ],
)
def test_days_between_which_nothing_happens(tokyo: Dossier, start: str, end: str | None, told: str) -> None:
    with pytest.raises(FoedusError, match=told):
        foedus.replay(tokyo, start=start, end=end, histories=1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("office,propose,nato", "office,propose,CHN", "by: 'CHN', expected the organisation, nato or a member"),
        ("office,propose,nato", "office,propose,FRA", ""),
        ("office,propose,nato", "office,propose,JPN", ""),
        ("programme-korea,programme,sign,KOR", "programme-korea,programme,sign,FRA", "KOR, the partner in programme-k"),
        ("programme-korea,programme,sign,KOR", "programme-korea,programme,sign,JPN", "KOR, the partner in programme-k"),
    ],
)
def test_who_may_act_in_a_docket(tokyo_copy: Path, old: str, new: str, told: str) -> None:
    path = tokyo_copy / "docket.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    dossier = foedus.read_dossier(tokyo_copy)
    if not told:
        assert read_docket(dossier).entries
        return
    with pytest.raises(InputError) as refused:
        read_docket(dossier)
    assert told in str(refused.value)
    assert len(refused.value.problems) == 1


def test_one_misdated_row_is_told_alone(tokyo_copy: Path) -> None:
    path = tokyo_copy / "docket.csv"
    path.write_text(path.read_text("utf-8").replace("2018-07-01,japan-mission", "2028-07-01,japan-mission"), "utf-8")
    with pytest.raises(InputError) as refused:
        read_docket(foedus.read_dossier(tokyo_copy))
    (problem,) = refused.value.problems
    assert "row 9, on: '2028-07-01', expected a day from 2018-05-24 to 2019-11-21" in str(problem)
