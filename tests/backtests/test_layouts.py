from __future__ import annotations

import csv
from pathlib import Path

import pytest

from foedus.backtests import read_cases
from foedus.backtests.council import FIFTEEN, NICE
from foedus.backtests.layouts import ACTORS
from foedus.base.errors import InputError

LONG = """proposal,issue,actor,position,salience,capability,rule,reference_point,outcome,role
fish,quota,a,0,80,3,QMV,0,50,
fish,quota,b,100,,2,QMV,0,50,
fish,quota,c,,10,2,QMV,0,50,
fish,quota,com,100,90,,QMV,0,50,proposer
fish,nets,a,20,,,,,,
"""
HEADING = [
    *("prnrnmc", "isnrnmc", "prnr", "prname", "isnr", "type", "council"),
    *("proc", "counvte", "proccde", "issues", "intro", "finact"),
    *(f"p{actor}" for actor in ACTORS),
    *(f"s{actor}" for actor in ACTORS),
    *("rp", "out"),
]


def deu_file(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "deu.tsv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, HEADING, delimiter="\t", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(issue: str = "i1", **values: object) -> dict[str, object]:
    plain = {"prnr": "d1", "isnr": issue, "proc": "COD", "counvte": "QMV", "pcom": 100, "pep": 60, "pfr": 0, "pde": 30}
    return plain | {"scom": 90, "sfr": 40, "rp": 0, "out": 60, "intro": "26-01-00"} | values


def long_file(folder: Path, text: str) -> Path:
    path = folder / "long.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_deu_row(tmp_path: Path) -> None:
    (case,) = read_cases(deu_file(tmp_path, row()))
    assert (case.proposal, case.issue, case.rule, case.reference, case.outcome) == ("d1", "i1", "QMV", 0.0, 60.0)
    assert [(one.actor, one.role, one.position, one.salience, one.weight) for one in case.standings] == [
        ("com", "proposer", 100.0, 90.0, None),
        ("ep", "chamber", 60.0, None, None),
        ("fr", "member", 0.0, 40.0, 10),
        ("de", "member", 30.0, None, 10),
    ]
    assert dict(case.groups)["procedure"] == "COD"
    assert case.scoreable


def test_votes_follow_the_members_of_the_whole_proposal(tmp_path: Path) -> None:
    cases = read_cases(deu_file(tmp_path, row(), row("i2", ppl=50)))
    assert {one.actor: one.weight for one in cases[0].standings}["de"] == 29


def test_totals_of_council_votes() -> None:
    assert sum(FIFTEEN.values()) == 87
    assert sum(NICE.values()) == 352
    assert len(NICE) == 28


def test_unknown_rule_is_kept(tmp_path: Path) -> None:
    cases = read_cases(deu_file(tmp_path, row(counvte="QMV(10)"), row("i2", counvte="")))
    assert [case.rule for case in cases] == ["QMV(10)", "unknown"]


def test_all_errors_of_a_deu_file_at_once(tmp_path: Path) -> None:
    path = deu_file(tmp_path, row(pfr=130), row(out="x"), row("i2", rp=-1), row("i3"), row("i3"))
    with pytest.raises(InputError) as caught:
        read_cases(path)
    found = [(one.where, one.field, one.value) for one in caught.value.problems]
    assert found == [
        ("row 2", "pfr", "130"),
        ("row 3", "out", "x"),
        ("row 4", "rp", "-1"),
        ("row 6", "isnr", "i3"),
    ]


def test_long_layout(tmp_path: Path) -> None:
    quota, nets = read_cases(long_file(tmp_path, LONG))
    assert [(one.actor, one.role, one.position) for one in quota.standings] == [
        ("a", "member", 0.0),
        ("b", "member", 100.0),
        ("com", "proposer", 100.0),
    ]
    assert quota.standings[1].salience is None
    assert quota.standings[0].weight == 3.0
    assert (quota.scoreable, quota.poles) == (True, 2)
    assert (nets.scoreable, nets.rule, nets.outcome) == (False, "unknown", None)


def test_long_layout_as_a_spreadsheet_with_semicolons_saves_it(tmp_path: Path) -> None:
    text = "\ufeff" + LONG.replace(",", ";").replace(";50;", ";50,5;")
    assert read_cases(long_file(tmp_path, text))[0].outcome == 50.5


def test_rows_that_disagree(tmp_path: Path) -> None:
    text = LONG.replace("fish,quota,b,100,,2,QMV,0,50", "fish,quota,a,100,,2,Unan,0,60")
    with pytest.raises(InputError) as caught:
        read_cases(long_file(tmp_path, text))
    found = [(one.where, one.field, one.value) for one in caught.value.problems]
    assert found == [
        ("row 3", "actor", "a"),
        ("row 3", "rule", "Unan"),
        ("row 3", "outcome", "60.0"),
    ]


def test_issues_of_different_proposals_may_have_one_id(tmp_path: Path) -> None:
    text = LONG + "cod,quota,a,10,,,Unan,0,60,\n"
    cases = read_cases(long_file(tmp_path, text))
    assert [(case.proposal, case.issue, case.whole) for case in cases] == [
        ("fish", "fish/quota", False),
        ("fish", "nets", False),
        ("cod", "cod/quota", True),
    ]
    assert (cases[2].rule, cases[2].outcome) == ("Unan", 60.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("proposal,issue,actor\n", "holds no issue"),
        ("", "is empty"),
        ("proposal,issue,actr\n", "did you mean 'actor'"),
        ("proposal,issue,actor,position\nfish,quota,a,120\n", "a number from 0 to 100"),
        (LONG.replace("fish,quota,a,0", "fish,quota,a,NaN"), "a number from 0 to 100"),
        (LONG + "fish,quota,z,5,,,QMV,0,50,chief\n", "one of member, proposer, chamber"),
        (LONG + "fish,quota,z,5,,,QMV,0,50,proposer\n", "each role once"),
    ],
)
def test_refused(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        read_cases(long_file(tmp_path, text))


def test_development_file(deu: Path) -> None:
    cases = read_cases(deu)
    scoreable = [case for case in cases if case.scoreable]
    assert (len(cases), len({case.proposal for case in cases})) == (234, 93)
    assert (len(scoreable), len({case.proposal for case in scoreable})) == (229, 91)
    unanimous = [case for case in scoreable if case.rule == "Unan"]
    assert (len(unanimous), len({case.proposal for case in unanimous})) == (40, 18)
    assert {case.rule for case in cases} == {"QMV", "Unan", "QMV(10)"}
