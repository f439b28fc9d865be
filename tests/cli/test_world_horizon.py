"""``foedus world``: every answer about a day beyond the tables says so, for people and in JSON."""

from __future__ import annotations

import json

import pytest
from tests.command_line import command

run = command("world")


@pytest.mark.parametrize(
    "command",
    [
        "members nato",
        "partners nato",
        "instruments JPN",
        "presences nato",
        "treaties",
        "treaties anzus",
        "treaties JPN",
        "groupings JPN USA",
        "places FRA",
        "events",
        "show USA",
        "show Guam",
        "resolve France",
    ],
)
def test_a_day_beyond_the_tables_is_warned_of(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = command.split()
    status, out, _ = run(capsys, *words, "--on", "2030-06-01", "--json")
    assert status == 0
    assert "last revised on 2026-11-22" in json.loads(out)["warning"]
    assert "beyond what is known" in run(capsys, *words, "--on", "2030-06-01")[1]
    before = json.loads(run(capsys, *words, "--on", "2023-07-11", "--json")[1])
    assert (before["warning"], before["last_revision"]) == (None, "2026-11-22")


def test_no_president_of_2026_serves_in_2030(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "show", "USA", "--on", "2030-06-01", "--json")[1])
    assert found["offices"] == []
    president = next(one for one in found["offices_not_known"] if one["office"] == "head-of-state")
    assert president["term_ends"] == "2029-01-20"
    assert president["end_unknown"].startswith("the term ended on 2029-01-20 at the latest")
    status, _, err = run(capsys, "resolve", "Macron", "--on", "2028-01-01")
    assert status == 2
    assert "the term ended on 2027-05-14 at the latest" in err


def test_a_former_programme_is_not_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "instruments", "AUS", "--on", "2026-06-01", "--json")[1])
    assert [one["instrument"] for one in found["instruments"]] == ["joint-political-declaration", "ITPP"]
    late = json.loads(run(capsys, "instruments", "JPN", "--on", "2027-06-01", "--json")[1])
    assert [one["instrument"] for one in late["instruments"]] == ["joint-political-declaration"]


def test_suspended_members_are_marked(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "members", "ecowas", "--on", "2024-06-01", "--json")[1])
    marked = {one["actor"]: one["beside"] for one in found["members"] if one["beside"]}
    assert marked == {one: ["suspended"] for one in ("BFA", "GIN", "MLI", "NER")}


def test_the_audit_tells_what_nobody_closed(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "audit", "--json")[1])
    rows = {one["table"]: one for one in found["tables"]}
    assert found["doubts"] == []
    assert rows["memberships.csv"]["checked"] > 0
    assert rows["memberships.csv"]["newest"] <= "2026-11-22"
    assert rows["offices.csv"]["oldest_open"] == "1973-09-15"  # Carl XVI Gustaf of Sweden
