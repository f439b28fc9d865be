"""The last change by hand is taken back, to the byte, and never over somebody else's change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.base.errors import FoedusError
from foedus.cli.app import app
from foedus.dossiers import packaged_dossiers
from foedus.dossiers.table_journal import JOURNAL
from foedus.dossiers.undoing import undo_by_hand


def run(*words: str | Path) -> str:
    found = CliRunner().invoke(app, ["position", *map(str, words)])
    assert found.exit_code == 0, found.output
    return found.output


def test_an_earlier_value_comes_back_and_not_a_blank(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    table = folder / "stakeholders.csv"
    run(folder, "France", "--set", "20", "--note", "a first telegram", "--issue", "office")
    first = table.read_bytes()
    run(folder, "France", "--set", "60", "--set", "salience=0.3", "--note", "a second", "--issue", "office")
    assert "60" in run(folder, "France", "--issue", "office")
    told = run(folder, "France", "--undo", "--issue", "office")
    assert table.read_bytes() == first
    assert "Wants 20" in told
    undo_by_hand(folder)
    with pytest.raises(FoedusError, match="nothing to take back"):
        undo_by_hand(folder)
    run(folder, "France", "--set", "20", "--note", "a first telegram", "--issue", "office")
    run(folder, "France", "--clear", "--issue", "office")
    run(folder, "France", "--undo", "--issue", "office")
    assert table.read_bytes() == first


def test_what_was_changed_otherwise_is_left_alone(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    run(folder, "France", "--set", "20", "--note", "a telegram", "--issue", "office")
    table = folder / "stakeholders.csv"
    later = table.read_bytes().replace(b"a telegram", b"a telegram of May")
    table.write_bytes(later)
    with pytest.raises(FoedusError, match="changed again"):
        undo_by_hand(folder)
    assert table.read_bytes() == later


def test_what_was_changed_beside_it_stays(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    table = folder / "stakeholders.csv"
    run(folder, "Norway", "--set", "70", "--note", "a call", "--issue", "office")
    norway = table.read_bytes()
    run(folder, "France", "--set", "20", "--note", "a telegram", "--issue", "office")
    table.write_bytes(table.read_bytes().replace(b"a call", b"a long call"))
    undo_by_hand(folder)
    assert table.read_bytes() == norway.replace(b"a call", b"a long call")


def test_a_table_of_approvals_that_the_change_made_goes_again(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["secretary-general-2024"], tmp_path / "d")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    run(folder, "Hungary", "--set", "Mark Rutte=80", "--note", "a call")
    assert (folder / "preferences.csv").exists()
    undo_by_hand(folder)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: one for name, one in after.items() if name != JOURNAL and not name.startswith(".")} == before


def test_a_packaged_dossier_is_looked_at_and_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "France" in run("tokyo-office", "France")
    found = CliRunner().invoke(app, ["position", "tokyo-office", "France", "--set", "30", "--note", "x"])
    assert isinstance(found.exception, FoedusError)
    assert "foedus new tokyo-office --copy tokyo-office" in str(found.exception)
    assert list(tmp_path.iterdir()) == []
