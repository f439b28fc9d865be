"""``foedus world offices`` and ``resolve``: an office by the words that people use for it, and who held it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from foedus.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["world", *arguments])
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


def persons(capsys: pytest.CaptureFixture[str], *arguments: str, key: str = "offices") -> list[str]:
    status, out, err = run(capsys, *arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return [row["person"] for row in found[key]]


@pytest.mark.parametrize(
    ("name", "day", "person"),
    [
        ("the British prime minister", "2022-10-24", "Liz Truss"),
        ("British prime minister", "2022-10-25", "Rishi Sunak"),
        ("Secretary General of NATO", "2024-09-30", "Jens Stoltenberg"),
        ("NATO Secretary General", "2024-10-01", "Mark Rutte"),
        ("Chancellor of Germany", "2021-12-07", "Angela Merkel"),
        ("French foreign minister", "2024-05-01", "Stéphane Séjourné"),
        ("President of the European Commission", "2025-01-01", "Ursula von der Leyen"),
        ("US president", "2025-01-19", "Joe Biden"),
        ("British defence minister", "2026-06-10", "John Healey"),
        ("British defence minister", "2026-06-20", "Dan Jarvis"),
        ("British defence minister", "2026-07-27", "Wes Streeting"),
        ("Latvian defence minister", "2026-06-08", "Raivis Melnis"),
    ],
)
def test_who_held_an_office_on_a_day(capsys: pytest.CaptureFixture[str], name: str, day: str, person: str) -> None:
    assert set(persons(capsys, "offices", name, "--on", day)) == {person}


def test_the_offices_of_the_union_are_those_of_its_institutions_too(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {"Kaja Kallas", "Ursula von der Leyen", "António Costa"}
    assert set(persons(capsys, "offices", "European Union", "--on", "2025-01-01")) == wanted
    assert set(persons(capsys, "show", "European Union", "--on", "2025-01-01")) == wanted


def test_nobody_is_in_office_beyond_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert persons(capsys, "offices", "US president", "--on", "2030-01-15") == []
    assert (
        persons(capsys, "offices", "US president", "--on", "2030-01-15", key="offices_not_known")[0] == "Donald Trump"
    )
    _, told, _ = run(capsys, "offices", "US president", "--on", "2030-01-15")
    assert "not known; last known" in told
    assert "the tables were last revised on" in told


def test_a_name_of_an_office_and_a_name_with_several_bearers_tell_more(capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = run(capsys, "resolve", "the British prime minister", "--on", "2022-10-25")
    assert "Prime Minister on 2022-10-25: Rishi Sunak, 2022-10-25 to 2024-07-05" in told
    _, told, _ = run(capsys, "resolve", "Orban", "--on", "2026-10-01")
    assert "on other days: HUN: Viktor Orbán, Prime Minister of Hungary" in told
