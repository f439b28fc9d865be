"""A packaged dossier is copied whole by one command, and is itself never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.base.errors import FoedusError
from foedus.cli.app import app
from foedus.dossiers import packaged_dossiers


def refused(*words: str) -> str:
    found = CliRunner().invoke(app, list(words))
    assert isinstance(found.exception, FoedusError), found.output
    return str(found.exception)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".foedus.lock"
    }


@pytest.mark.parametrize("name", sorted(packaged_dossiers()))
def test_each_packaged_dossier_is_copied_whole(name: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["new", str(tmp_path / "mine"), "--copy", name])
    assert told.exit_code == 0
    assert f"copied {name}" in told.output
    assert contents(tmp_path / "mine") == contents(packaged_dossiers()[name])


def test_a_copy_is_whole_and_new(tmp_path: Path) -> None:
    mine = str(tmp_path / "mine")
    assert "nothing else with it" in refused("new", mine, "--copy", "harbour-compact", "--on", "2032-05-01")
    assert "harbour-compact" in refused("new", mine, "--copy", "harbour")
    CliRunner().invoke(app, ["new", mine, "--copy", "harbour-compact"])
    assert "has a dossier already" in refused("new", mine, "--copy", "harbour-compact")


def test_from_without_a_day_tells_the_two_jobs_apart(tmp_path: Path) -> None:
    said = refused("new", str(tmp_path / "mine"), "--from", "harbour-compact")
    assert "--on DAY" in said
    assert "--copy harbour-compact" in said


@pytest.mark.parametrize("named", ["harbour-compact", str(packaged_dossiers()["harbour-compact"])])
@pytest.mark.parametrize(
    "words",
    [
        ["statements", "", "add", "Ardonia", "against", "port", "no", "--source", "T1", "--on", "2031-01-01"],
        ["rename", "", "a store", "a depot"],
        ["meeting", "", "2033-01-01", "Third"],
        ["check", "", "--fill"],
        ["position", "", "ARD", "--set", "5", "--note", "x"],
        ["read", "note.txt", "--into", ""],
    ],
)
def test_no_command_writes_into_what_comes_with_foedus(
    words: list[str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text("Ardonia opposes the port.\n", encoding="utf-8")
    before = contents(packaged_dossiers()["harbour-compact"])
    said = refused(*(word or named for word in words))
    assert "foedus new harbour-compact --copy harbour-compact" in said
    assert contents(packaged_dossiers()["harbour-compact"]) == before
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize("option", [["--procedure", "examination"], ["--issue", "x"], ["--proposal", "the proposal"]])
def test_what_says_something_of_a_question_is_not_dropped(option: list[str], tmp_path: Path) -> None:
    said = refused("new", str(tmp_path / "x"), "--body", "eu-council", "--on", "2024-10-04", *option)
    assert said.startswith(f"{option[0]} needs a question")
    assert not (tmp_path / "x").exists()
