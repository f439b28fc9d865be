"""No link leads out of a dossier, nothing is taken for absent, and what is not looked at is told."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.cli import main
from foedus.coding.intake import read_into
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.dossiers.places import FILES
from foedus.dossiers.unread import unread
from foedus.forecasts import find_gaps

PRIVATE = "The admiral said privately that the northern convoy sails on Tuesday at dawn with twelve ships."


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is no business of the dossier's."""
    file = tmp_path / "private.txt"
    file.write_text(PRIVATE, encoding="utf-8")
    return file


def out(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def loop(path: Path, _outside: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path, _outside: Path) -> None:
    path.symlink_to("nowhere")


def pipe(path: Path, _outside: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, _outside: Path) -> None:
    path.mkdir()


def sock(path: Path, _outside: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path, _outside: Path) -> None:
    path.symlink_to("/dev/zero")


WRONG: dict[Callable[[Path, Path], None], str] = {
    out: "its link leads out of the dossier",
    loop: "its links loop",
    dangling: "its link leads to no file",
    pipe: "it is a pipe",
    folder: "it is a folder",
    sock: "it is a socket",
    device: "its link leads out of the dossier",
}


@pytest.mark.parametrize("kind", WRONG, ids=[f"kind {n}" for n in range(len(WRONG))])
def test_what_is_no_file_of_the_dossier_is_refused_by_name(
    kind: Callable[[Path, Path], None], tmp_path: Path, outside: Path
) -> None:
    home = tmp_path / "d"
    shutil.copytree(packaged_dossiers()["emissions-1994"], home)
    for name in (*FILES, "world/actors.csv", "institutions/x.yaml", "procedures/x.yaml"):
        place, aside = home / name, tmp_path / "aside"
        if place.exists():
            place.rename(aside)
        place.parent.mkdir(exist_ok=True)
        kind(place, outside)
        with pytest.raises(InputError) as refused:
            read_dossier(home)
        assert str(refused.value) == f"{name}: expected a file inside the dossier: {WRONG[kind]}"
        place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
        if aside.exists():
            aside.rename(place)
    for name in ("documents", "procedures"):
        (home / name).rmdir() if (home / name).is_dir() else None
        if kind is not folder:
            kind(home / name, outside.parent if kind is out else outside)
            with pytest.raises(InputError, match=f"{name}: expected a folder inside the dossier"):
                read_dossier(home)
            (home / name).unlink()
    read_dossier(home)
    assert outside.read_text(encoding="utf-8") == PRIVATE


def test_a_document_that_is_none_is_refused_by_its_row(tmp_path: Path, outside: Path) -> None:
    home = Path(shutil.copytree(packaged_dossiers()["emissions-1994"], tmp_path / "d"))
    (home / "sources.csv").write_text("id,title,outlet,known,file\nnote,A note,An outlet,2023-07-03,s.md\n")
    (home / "documents").mkdir()
    for name, kind in [("s.md", out), *(("s.md.txt", kind) for kind in WRONG)]:
        (home / "documents" / "s.md").write_text("A text.\n")
        place = home / "documents" / name
        place.unlink(missing_ok=True)
        kind(place, outside)
        with pytest.raises(InputError) as refused:
            read_dossier(home)
        assert f"row 2, file: 's.md', expected a file inside documents/: {WRONG[kind]}" in str(refused.value)
        assert "convoy" not in str(refused.value)
        place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
    read_dossier(home)


def test_no_lock_is_written_through_a_link(tokyo_copy: Path, outside: Path, tmp_path: Path) -> None:
    (tokyo_copy / ".foedus.lock").unlink(missing_ok=True)
    (tokyo_copy / ".foedus.lock").symlink_to(outside)
    (tmp_path / "note.txt").write_text("Norway said that the liaison office in Tokyo should open.")
    with pytest.raises(FoedusError):
        read_into(tokyo_copy, [tmp_path / "note.txt"])
    assert outside.read_text(encoding="utf-8") == PRIVATE


def test_a_batch_goes_on_past_names_and_links_that_cannot_be_read(
    tokyo_copy: Path, outside: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "batch"
    batch.mkdir()
    (batch / "good.txt").write_text("Norway said that the liaison office in Tokyo should open.")
    Path(os.fsdecode(os.fsencode(batch) + b"/caf\xe9.txt")).write_text("x")
    Path(os.fsdecode(os.fsencode(batch) + b"/caf\xe9.zip")).write_text("x")
    (batch / "bell\x07\x1b[31m.txt").write_text("x")
    out(batch / "out.txt", outside)
    loop(batch / "loop.txt", outside)
    pipe(batch / "pipe.txt", outside)
    found = read_into(tokyo_copy, [batch])
    assert [one.source for one in found.documents] == ["good"]
    told = {Path(one.name).name: one.reason for one in found.refused}
    assert told["caf\\xe9.txt"] == told["caf\\xe9.zip"] == "has a name that is not UTF-8; rename it"
    assert told["bell\\x07\\x1b[31m.txt"] == "has a name with U+0007 a control character; rename it"
    assert told["out.txt"] == "is a link that leads out of the folder; name the file itself to read it"
    assert {"loop.txt", "pipe.txt"} <= set(told)
    assert all(str(one).encode() for one in found.refused)


def test_check_reads_everything_and_others_name_what_nothing_reads(
    tokyo_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docket = tokyo_copy / "docket.csv"
    docket.write_text(docket.read_text(encoding="utf-8").replace(",talk,", ",dance,", 1), encoding="utf-8")
    shutil.copy(tokyo_copy / "stakeholders.csv", tokyo_copy / "stakeholder.csv")
    left = ("stakeholder.csv (did you mean stakeholders.csv?)",)
    assert unread(read_dossier(tokyo_copy)) == left
    with pytest.raises(SystemExit) as ended:
        main(["statements", str(tokyo_copy), "list", "--json"])
    assert ended.value.code in {0, None}
    told = capsys.readouterr().err
    assert told == f"not read: {', '.join(left)}\n"
    with pytest.raises(SystemExit) as ended:
        main(["check", str(tokyo_copy)])
    assert ended.value.code == 2
    assert "docket.csv, row 2, step: 'dance'" in capsys.readouterr().err


def test_check_names_files_that_are_missing_unnamed_or_unknown(tokyo_copy: Path) -> None:
    sources = tokyo_copy / "sources.csv"
    row = "note,A note,A. N.,An outlet,en,2023-07-03,2023-07-03,,,gone.md,public,1,=1+1\n"
    sources.write_text(sources.read_text(encoding="utf-8") + row, encoding="utf-8")
    shutil.rmtree(tokyo_copy / "documents")
    (tokyo_copy / "documents").mkdir()
    (tokyo_copy / "documents" / "stray.md").write_text("x")
    (tokyo_copy / "statment.csv").write_text("x")
    gaps = {(one.kind, one.what, one.where) for one in find_gaps(read_dossier(tokyo_copy))}
    missing = "the declared file of 1 source is missing: nothing is compared with it"
    assert ("document", missing, "documents/; sources.csv, note") in gaps
    assert ("document", "no source names 1 file: stray.md; 'foedus read' takes them in", "documents/") in gaps
    assert ("file", "is not read: did you mean statements.csv?", "statment.csv") in gaps
    formula = "1 cell begins like a formula: a spreadsheet may run what it says when it opens the table"
    assert ("formula", formula, "sources.csv: note, note") in gaps


def test_true_is_no_number(tokyo_copy: Path) -> None:
    settings = tokyo_copy / "dossier.yaml"
    text = settings.read_text(encoding="utf-8")
    for wrong in ("true", '"0.5"', ".nan"):
        settings.write_text(text.replace("salience: {low: 0.02", f"salience: {{low: {wrong}", 1), encoding="utf-8")
        assert settings.read_text(encoding="utf-8") != text
        with pytest.raises(InputError, match=r"issues\.0\.priors\.salience\.low: .*, expected a (finite )?number"):
            foedus.read_dossier(tokyo_copy)
