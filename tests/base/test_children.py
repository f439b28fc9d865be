"""Child processes: nothing of the current folder is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.base.children import isolated, safe_path
from foedus.dossiers import packaged_dossiers

HOSTILE = (
    "pypdfium2",
    "openpyxl",
    "json",
    "pickle",
    "lxml",
    "docx",
    "trafilatura",
    "vl_convert",
    "charset_normalizer",
    "runpy",
)


def hostile(folder: Path) -> None:
    for name in HOSTILE:
        (folder / f"{name}.py").write_text(f"open({str(folder / 'PWNED')!r}, 'a').write({name!r})\nraise SystemExit\n")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import sys; del sys.path[0]; from foedus.cli import main; main()", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_modules_beside_documents_are_never_run(tmp_path: Path) -> None:
    shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    inner = tmp_path / "in"
    inner.mkdir()
    for number in range(3):
        (inner / f"{number}.txt").write_text(f"Norway said {number} times that the office should open.")
    (inner / "a.pdf").write_bytes(b"%PDF-1.4\n")
    (inner / "b.docx").write_bytes(b"PK")
    (inner / "c.html").write_text("<p>Norway said that the liaison office in Tokyo should open.</p>")
    hostile(inner)
    done = run(inner, "read", ".", "--into", "../d", "--known", "2023-07-01", "--jobs", "2", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"status": "new"') >= 3
    assert not (inner / "PWNED").exists(), (inner / "PWNED").read_text()


def test_the_module_foedus_drops_the_folder_in_which_it_is_called(tmp_path: Path) -> None:
    for name in ("numpy", "polars", "typer"):
        (tmp_path / f"{name}.py").write_text("open('PWNED', 'a').write('x')\n")
    done = subprocess.run(
        [sys.executable, "-m", "foedus", "--version"], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "PWNED").exists()


def test_the_safe_path_has_no_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    assert not {"", ".", str(tmp_path)} & set(safe_path())
    with isolated():
        assert sys.path == safe_path()
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert sys.path[0] == ""
