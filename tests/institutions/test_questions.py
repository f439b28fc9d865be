"""The questions that cases put to bodies: what they take, how printed numbers are compared."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from foedus.base.errors import FoedusError
from foedus.institutions.cases import CaseRecord, SettledCase, differences, packaged_cases
from foedus.institutions.questions import VOTES


def case(kind: str, given: dict[str, Any], expected: dict[str, Any], on: str = "1958-01-01") -> SettledCase:
    day = dt.date.fromisoformat(on)
    return SettledCase("x", CaseRecord(name="x", on=day, kind=kind, input=given, expected=expected, reference="none"))


SIX = {"body": "eu-council"}


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [
        *(("5/21", True), ("10/42", True), ("5/22", False), (0.24, True), ("0.238", True), ("0.2381", True)),
        *(("0.2380", False), ("0.239", False), (0.2, True), (0.3, False), (1, False)),
    ],
)
def test_a_number_is_compared_as_it_is_printed(printed: str | float, agrees: bool) -> None:
    found = differences(case("power", SIX, {"banzhaf": {"FRA": printed}}))
    assert (found == ()) is agrees


def test_a_difference_tells_the_actors_that_are_named() -> None:
    assert differences(case("power", SIX, {"banzhaf": {"LUX": 0, "FRA": 0.3}})) == (
        "banzhaf: expected {'LUX': 0, 'FRA': 0.3}, found {'LUX': '0', 'FRA': '5/21'}",
    )
    assert differences(case("power", SIX, {"banzhaf": {"JPN": 0}})) != ()


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        ("power", {}, "the input names one of body, weights and members"),
        ("power", {"body": "eu-council", "members": 3}, "the input names one of body, weights and members"),
        ("power", {"weights": {"A": 1}, "quota": "all"}, "the quota 'all' is neither a whole number nor a share"),
        ("power", {"weights": {"A": 1}, "quota": 2}, "the quota of 2 is above the sum of the weights"),
        ("power", {"weights": {"votes": {"A": 1}}, "rule": "majority"}, "rule: expected one of consensus"),
        ("vote", {"against": ["FRA"]}, "the input lacks body"),
        ("vote", {"body": "eu-council", "agaisnt": ["FRA"]}, "no input agaisnt; there are body, procedure"),
        ("vote", {"body": "eu-council", "against": ["JPN"]}, "JPN: no part"),
        ("reach", {"body": "eu-council", "status_quo": 0, "positions": {"FRA": 1}}, "no position of BEL"),
    ],
)
def test_a_question_that_cannot_be_asked(kind: str, given: dict[str, Any], message: str) -> None:
    with pytest.raises(FoedusError, match=f"^x: {message}"):
        differences(case(kind, given, {}))


def test_a_rule_that_is_written_out() -> None:
    given = {
        "weights": {"states": {"A": 1, "B": 1, "C": 1}, "people": {"A": 80, "B": 60, "C": 10}},
        "rule": {
            "all_of": [
                {"quota": {"weights": "states", "at_least": 2}},
                {"quota": {"weights": "people", "at_least": 98}},
            ]
        },
    }
    # Only A with B has the people: both are needed, C never is.
    assert differences(case("power", given, {"banzhaf": {"A": "1/2", "B": "1/2", "C": 0}})) == ()


def test_every_packaged_case_of_a_body_fails_when_its_answer_is_turned() -> None:
    turned = {"yes": "no", "no": "yes"}
    votes = [one for one in packaged_cases() if one.record.kind in {"vote", "coalition"}]
    assert len(votes) > 80
    for one in votes:
        (part,) = {"adopted", "winning"} & one.record.expected.keys()
        wrong = {part: turned[one.record.expected[part]]}
        assert differences(SettledCase(one.subject, one.record.model_copy(update={"expected": wrong}))) != ()


def test_numbers_of_cases_are_written_to_be_exact() -> None:
    for one in packaged_cases():
        if one.record.kind == "power":
            for part in VOTES["power"].ask(one.record.input, one.record.on).values():
                if isinstance(part, dict):
                    assert all(isinstance(number, Fraction) for number in part.values())
