"""An option that names a time which has come by the meeting is asked about; one that names a later time is not."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.terms import overtaken
from foedus.issues import Issue, Meeting, Option, Scale

FIRST, SECOND = Meeting(dt.date(2025, 12, 19), "December vote"), Meeting(dt.date(2026, 1, 9), "January vote")


def asked(label: str, meeting: Meeting = SECOND, **ends: dt.date) -> list[str]:
    options = (Option("no agreement", 0.0), Option(label, 40.0, **ends), Option("signing", 100.0))
    issue = Issue("pact", "Sign?", "eu-council", Scale(0, 100), options, "no agreement", "signing", (), (FIRST, SECOND))
    return [term.names for term in overtaken(issue, meeting, dt.date(2025, 12, 20))]


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("put off to January", ["January 2026"]),
        ("postpone to 9 January 2026", ["9 January 2026"]),
        ("delay until the January vote", ["January vote (2026-01-09)"]),
        ("prolong until 31 December", ["31 December 2025"]),
        ("put off to March", []),
        ("postpone to 20 January", []),
        ("prolong until 31 January 2026", []),
        ("prolong until 15 July", []),
        ("prolong for six months", []),
        ("troops may stay", []),
    ],
)
def test_which_options_are_asked_about(label: str, names: list[str]) -> None:
    assert asked(label) == names
    assert asked(label, FIRST) == []


def test_an_option_that_ends_is_not_asked_about() -> None:
    assert asked("put off to January", until=dt.date(2025, 12, 20)) == []
    assert asked("put off to January", since=dt.date(2026, 1, 5)) == []
