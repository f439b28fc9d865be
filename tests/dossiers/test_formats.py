"""An older dossier: read as if rewritten, rewritten to the very bytes when asked, and told how."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import foedus
from foedus.base.errors import InputError
from foedus.cli import main
from foedus.dossiers import SCHEMA, packaged_dossiers, read_dossier
from foedus.dossiers import formats as dossier_formats
from foedus.dossiers.formats import Step, migrate


def _settings(text: str) -> str:
    return text.replace("\nheading: ", "\ntitle: ")


def _table(file: str, text: str) -> str:
    head, newline, rest = text.partition("\n")
    return head.replace("hints", "cues") + newline + rest if file == "concepts.csv" else text


def _write_version(folder: Path, version: int) -> None:
    settings = folder / "dossier.yaml"
    text, count = re.subn(r"^foedus: \d+", f"foedus: {version}", settings.read_text("utf-8"), flags=re.MULTILINE)
    assert count == 1
    settings.write_text(text, "utf-8")


@pytest.fixture
def today(tokyo_copy: Path) -> Path:
    """The Tokyo dossier in today's format."""
    _write_version(tokyo_copy, SCHEMA)
    return tokyo_copy


@pytest.fixture
def older(today: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same as it would stand in the version before, which called a key and a column otherwise."""
    monkeypatch.setattr(dossier_formats, "STEPS", (Step(SCHEMA, "other names", _settings, _table),))
    folder = Path(shutil.copytree(today, tmp_path / "older"))
    settings, concepts = folder / "dossier.yaml", folder / "concepts.csv"
    text = settings.read_text("utf-8")
    assert text.count("\ntitle: ") == 1
    settings.write_text(text.replace("\ntitle: ", "\nheading: "), "utf-8")
    _write_version(folder, SCHEMA - 1)
    concepts.write_text(concepts.read_text("utf-8").replace("cues", "hints", 1), "utf-8")
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix in {".csv", ".yaml"}}


def _answer(folder: Path) -> list[float]:
    found = foedus.forecast(read_dossier(folder), as_of="2023-07-10", models=["consensus"], draws=50)
    return [one.probability for one in found.options]


def test_an_older_dossier_is_read_as_if_rewritten(older: Path, today: Path) -> None:
    before = _files(older)
    found, known = read_dossier(older), read_dossier(today)
    assert (found.version, known.version) == (SCHEMA - 1, SCHEMA)
    assert (found.title, found.concepts, found.statements) == (known.title, known.concepts, known.statements)
    assert _answer(older) == _answer(today)
    assert _files(older) == before


def test_a_migration_gives_the_bytes_of_today_and_can_be_begun_anew(older: Path, today: Path) -> None:
    half = older / "concepts.csv"
    half.write_text(_table("concepts.csv", half.read_text("utf-8")), "utf-8")  # broken off after this table
    assert migrate(older) == ["dossier.yaml"]
    assert _files(older) == _files(today)
    assert migrate(older) == []


def test_check_says_how_to_migrate_and_does_it(older: Path, today: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["check", str(older), *words])
        assert not left.value.code
        return " ".join(capsys.readouterr().out.split())

    wanted = f"This dossier is written in version {SCHEMA - 1} of the format, and read as such; today's is {SCHEMA}"
    assert wanted in told()
    assert f"({SCHEMA} brought other names). To rewrite it: foedus check" in told()
    assert "rewritten in today's format: concepts.csv, dossier.yaml" in told("--migrate")
    assert _files(older) == _files(today)
    again = told("--migrate")
    assert "rewritten in today's format: nothing" in again
    assert "This dossier is written in version" not in again


def test_a_newer_dossier_is_neither_read_nor_rewritten(tokyo_copy: Path) -> None:
    _write_version(tokyo_copy, 99)
    before = _files(tokyo_copy)
    for attempt in (read_dossier, migrate):
        with pytest.raises(InputError, match=r"line 3, foedus: '99', expected \d+: .* newer Foedus"):
            attempt(tokyo_copy)
    assert _files(tokyo_copy) == before


@pytest.mark.parametrize("name", packaged_dossiers())
def test_every_step_leaves_what_it_has_rewritten(name: str) -> None:
    folder = packaged_dossiers()[name]
    for step in dossier_formats.STEPS:
        text = (folder / "dossier.yaml").read_text("utf-8")
        assert step.settings(step.settings(text)) == step.settings(text)
        for path in folder.glob("*.csv"):
            once = step.table(path.name, path.read_text("utf-8"))
            assert step.table(path.name, once) == once
