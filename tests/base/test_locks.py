"""Locks: one writer at a time, told to who waits, gone with its process; what a dead one left is taken away."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import foedus
from foedus.base.files import part_of, write_atomically
from foedus.base.locks import lease, one_writer, writing

HOLDER = """
import sys
from pathlib import Path
from foedus.base.locks import lease, writing
how = lease(Path(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 2 else writing(Path(sys.argv[1]))
with how:
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(path: Path, *who: str) -> "subprocess.Popen[str]":
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), *who], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    return held


def _entered(path: Path, patience: float = 0.0) -> None:
    with writing(path, patience):
        pass


def test_who_waits_is_told_for_whom_and_gives_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = _holder(tmp_path)
    with pytest.raises(foedus.FoedusError) as refused:
        _entered(tmp_path, 1.2)
    assert str(refused.value).startswith(f"process {holder.pid} on ")
    assert str(refused.value).endswith(
        f"is writing to {str(tmp_path)!r}, and still after 1.2 seconds; nothing was written: try again when it is done"
    )
    told = capsys.readouterr().err
    assert told.startswith(f"foedus: waiting up to 1.2 seconds: process {holder.pid} on ")
    assert len(told.splitlines()) == 1
    with pytest.raises(foedus.FoedusError, match=rf"process {holder.pid} on"):
        _entered(tmp_path)
    holder.communicate("")
    _entered(tmp_path, 5.0)


def test_a_lease_is_told_to_whoever_comes_second_and_its_own_threads_take_turns(tmp_path: Path) -> None:
    server = _holder(tmp_path, "the workbench at http://127.0.0.1:8000")
    with pytest.raises(foedus.FoedusError, match=r"the workbench at http://127\.0\.0\.1:8000 \(process"):
        _entered(tmp_path)
    with pytest.raises(foedus.FoedusError, match="nothing was written: make the change there, or close it first"):
        _entered(tmp_path)
    with pytest.raises(foedus.FoedusError, match="the workbench"), lease(tmp_path, "another"):
        pass
    server.communicate("")
    count = [0]

    @one_writer
    def add(_: Path) -> None:
        before = count[0]
        threading.Event().wait(0.001)
        count[0] = before + 1

    with lease(tmp_path, "the workbench"):
        threads = [threading.Thread(target=add, args=(tmp_path,)) for _ in range(20)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert count == [20]


def test_what_a_killed_writer_left_is_taken_away_by_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    holder = _holder(tmp_path)
    holder.kill()
    holder.communicate()
    left = [part_of(tmp_path / "statements.csv"), part_of(tmp_path / "documents" / "a.txt")]
    for one in left:
        one.write_text("half")
    (tmp_path / ".notes.mine").write_text("a user's own hidden file")
    _entered(tmp_path)
    assert [one for one in left if one.exists()] == []
    assert (tmp_path / ".notes.mine").exists()


def test_a_lock_that_is_a_link_is_refused_and_its_target_stays(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside.txt"
    home.mkdir()
    outside.write_text("precious")
    (home / ".foedus.lock").symlink_to(outside)
    with pytest.raises(foedus.FoedusError, match="its lock is a link"):
        _entered(home)
    (home / ".foedus.lock").unlink()
    os.link(outside, home / ".foedus.lock")
    with pytest.raises(foedus.FoedusError, match="remove it"):
        _entered(home)
    assert outside.read_text() == "precious"


def test_a_part_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    outside, table = tmp_path / "outside.txt", tmp_path / "home" / "table.csv"
    table.parent.mkdir()
    outside.write_text("precious")
    for link in (Path.symlink_to, Path.hardlink_to):
        link(part_of(table), outside)
        write_atomically(table, "new")
        assert (table.read_text(), outside.read_text()) == ("new", "precious")
        assert not part_of(table).exists()


def test_two_writers_of_one_file_leave_one_of_their_texts_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    texts = {letter * 300_000 for letter in "abcdef"}
    threads = [threading.Thread(target=write_atomically, args=(path, text)) for text in texts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert path.read_text() in texts
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_keeps_leading_where_it_led_and_a_dangling_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    real, link = tmp_path / "kept" / "table.csv", tmp_path / "table.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, "new")
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (True, "new", 0o640)
    real.unlink()
    with pytest.raises(foedus.InputError, match="a link that leads to no file"):
        write_atomically(link, "new")
    assert not real.exists()
