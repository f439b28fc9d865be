"""A dossier in which nothing has been entered: every command that would answer with numbers says so instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line import command

NEW = ["empty", "--body", "osce-council", "--on", "2023-12-01", "--question", "Open a mission?", "--docket"]
COMMANDS = (
    "forecast empty",
    "levers empty",
    "compare empty empty",
    "scenarios empty",
    "evidence empty",
    "sensitivity empty",
    "timeline empty",
    "replay empty",
    "disagree empty",
)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    assert command("new")(capsys, *NEW)[0] == 0
    return tmp_path / "empty"


@pytest.mark.usefixtures("empty")
def test_no_command_answers_with_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    for line in COMMANDS:
        name, *options = line.split()
        status, out, _ = command(name)(capsys, *options)
        said = " ".join(out.split())
        assert (status, "Nothing has been entered yet in empty" in said) == (0, True), line
        assert "%" not in out, line
        status, out, _ = command(name)(capsys, *options, "--json")
        found = json.loads(out)
        assert (status, found["answered"], found["message"]) == (0, False, "nothing has been entered yet"), line
        assert "foedus forecast empty" in found["steps"][-1]


@pytest.mark.usefixtures("empty")
def test_a_choice_without_an_order_refuses_too(capsys: pytest.CaptureFixture[str]) -> None:
    people = ["--option", "Malta", "--option", "Estonia", "--method", "consensus"]
    made = command("new")(capsys, "people", *NEW[1:-1], *people)
    assert made[0] == 0
    for line in ("forecast people", "levers people", "evidence people", "timeline people", "compare people people"):
        name, *options = line.split()
        status, out, err = command(name)(capsys, *options)
        assert (status, out) == (2, ""), line
        assert "nothing has been entered yet" in err, line
