from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz

from foedus.backtests import CaseTable, run_consensus
from foedus.backtests.consensus_set import (
    SIGNALS,
    consensus_cases,
    packaged_consensus_set,
    packaged_folder,
    read_consensus_set,
)
from foedus.backtests.sittings import group, sitting_of
from foedus.base.errors import InputError


def test_counts() -> None:
    found = packaged_consensus_set()
    assert (len(found.decisions), len(found.scored), len(found.positions)) == (187, 186, 726)
    kinds = [one.kind for one in found.scored]
    assert (kinds.count("adopted"), kinds.count("weakened")) == (74, 46)


def test_signals_and_the_state_a_year_later_are_read() -> None:
    one = next(one for one in packaged_consensus_set().decisions if one.id == "turkey-planning-2003")
    assert [getattr(one, name) for name in SIGNALS] == [True, True, False, False, False, True]
    assert (one.outcome, one.outcome_12_months) == (0, 100)
    assert next(one for one in packaged_consensus_set().decisions if one.id == "arctic-2019").threat is None


def test_signals_are_left_blank_where_no_word_from_before_the_day_was_found() -> None:
    blank = {
        tuple(getattr(one, name) for name in ("threat", "link", "offer", "softening"))
        for one in packaged_consensus_set().decisions
        if one.coded_after == "yes"
    }
    assert blank == {(None, None, None, None)}


def test_what_a_decision_says_of_its_positions_is_what_they_say() -> None:
    packaged = packaged_consensus_set()
    late = defaultdict(list)
    for row in packaged.positions:
        late[row.decision].append(row.coded_after)
    new = [one for one in packaged.decisions if one.frame != "disputes-2023"]
    told = {one.id: one.coded_after for one in new}
    counted = {one.id: "yes" if all(late[one.id]) else "part" if any(late[one.id]) else "no" for one in new}
    assert told == counted
    assert all(one.frame for one in packaged.decisions)


def test_a_folder_without_the_later_columns_is_read(tmp_path) -> None:
    folder = shutil.copytree(packaged_folder(), tmp_path / "set")
    path = folder / "decisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    late = {*SIGNALS, "outcome_12_months", "frame"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name not in late], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    found = read_consensus_set(folder)
    assert {(one.threat, one.outcome_12_months, one.frame) for one in found.decisions} == {(None, None, "")}


def test_the_packaged_dossiers_own_case_is_not_scored() -> None:
    assert [one.id for one in packaged_consensus_set().decisions if not one.scored] == ["tokyo-office-2023"]
    assert all(case.issue != "tokyo-office-2023" for case in consensus_cases(packaged_consensus_set()))


def test_plain_baselines_agree_with_figures_counted_from_the_tables() -> None:
    packaged = packaged_consensus_set()
    said = defaultdict(list)
    for row in packaged.positions:
        said[row.decision].append(row)
    mean = [
        abs(sum(row.position_mode for row in said[one.id]) / len(said[one.id]) - one.outcome) for one in packaged.scored
    ]
    plain = [abs(one.status_quo_at - one.outcome) for one in packaged.scored]
    found = run_consensus(["votes-weighted mean", "reference point"])
    errors = [one.summarised()["mae"] for one in found.scored]
    assert errors == pytest.approx([sum(of) / len(of) for of in (mean, plain)])


def test_members_that_did_not_speak_are_seated_at_the_prior() -> None:
    cases = consensus_cases(packaged_consensus_set())
    schengen = next(case for case in cases if case.issue == "schengen-bgr-rou-2022")
    assert len(schengen.silent) + 4 == 27
    sitting = sitting_of([schengen], {}, 500, reference=np.zeros(1), setter=np.full(1, 100.0), everywhere=True)
    silent = sitting.private[:, sitting.actors.index("FRA"), 0]
    assert 30 <= silent.min() < silent.max() <= 100
    assert sitting.seated.sum() == 27
    assert group(cases[:1]) == [[0]]


def test_a_dispute_is_left_out_whole() -> None:
    found = run_consensus(["base rate"])
    table = CaseTable(consensus_cases(packaged_consensus_set()))
    assert found.folds == len(set(table.proposals)) == 118


def test_no_position_is_later_than_the_decision() -> None:
    found = packaged_consensus_set()
    days = {one.id: one.on.isoformat() for one in found.decisions}
    assert all(one.said_on <= days[one.decision][: len(one.said_on)] for one in found.positions)


HELD_BACK = Path(__file__).parents[3] / "shared" / "cases" / "held-back-decisions.csv"


@pytest.mark.skipif(not HELD_BACK.exists(), reason="the list of decisions kept for an independent check is not here")
def test_no_decision_is_one_that_is_kept_for_an_independent_check() -> None:
    with HELD_BACK.open(encoding="utf-8", newline="") as file:
        kept = [(row["body"], dt.date.fromisoformat(row["on"]), row["question"]) for row in csv.DictReader(file)]
    near = [
        (one.id, question)
        for one in (
            *packaged_consensus_set().decisions,
            *read_consensus_set(packaged_folder("unseen")).decisions,
        )
        for body, day, question in kept
        if one.body == body and abs((one.on - day).days) <= 10 and fuzz.token_sort_ratio(one.question, question) > 70
    ]
    assert not near


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("decisions", ",blocked,", ",adopted,", "the kind that an outcome of 0 is"),
        ("decisions", ",yes,no,1,", ",yes,no,2,", "1 or 0"),
        ("positions", "c6-reu-20080401", "c6-nowhere", "the id of a row of sources.csv"),
        ("positions", ",0,5,25,", ",0,50,25,", "a number from position_low to position_high"),
        ("positions", "2008-03,", "2009-03,", "a day not after the decision"),
        (
            "options",
            "decision,label,at,note\n",
            "decision,label,at,note\nmap-2008,x,5,\n",
            "the id of a row of decisions.csv",
        ),
    ],
)
def test_what_contradicts_is_refused(tmp_path, table, old, new, message) -> None:
    folder = shutil.copytree(packaged_folder(), tmp_path / "set")
    path = folder / f"{table}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=message):
        read_consensus_set(folder)
