"""Reading that refuses what is not text, and writing that leaves the old file or the new one."""

from __future__ import annotations

import codecs
import errno
import os
from pathlib import Path

import pytest

from foedus.base.errors import InputError, Problem
from foedus.base.files import TEXT_LIMIT, read_bytes, read_text, write_atomically


def refusal(path: Path, limit: int = TEXT_LIMIT) -> Problem:
    with pytest.raises(InputError) as caught:
        read_text(path, name="a.csv", limit=limit)
    (problem,) = caught.value.problems
    assert problem.file == "a.csv"
    return problem


def test_text_comes_without_mark_and_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(codecs.BOM_UTF8 + "é\r\nb\rc\n".encode())
    assert read_text(path) == "é\nb\nc\n"
    path.write_bytes("é\r\nb".encode("utf-16"))
    assert read_text(path) == "é\nb"


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none").expected == "the file is missing"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).expected == "expected a file and found a folder or a device"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device file")
def test_a_device_that_never_ends() -> None:
    assert refusal(Path("/dev/zero")).expected == "expected a file and found a folder or a device"


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(TEXT_LIMIT + 2**20)
    assert refusal(path).expected == "is 65 MB; at most 64 MB are read"


def test_the_limit_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"12345")
    assert read_bytes(path, limit=5) == b"12345"
    with pytest.raises(InputError):
        read_bytes(path, limit=4)


@pytest.mark.parametrize("content", [b"id,note\na,\0\n", b"id,note\n\x89PNG\r\n\x1a\n\0\0", b"\0\0\0"])
def test_a_binary_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    problem = refusal(path)
    assert problem.expected.endswith("found a binary file")
    assert problem.where == f"line {1 if content == bytes(3) else 2}"


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,note\na,x\nb,Tobias Billström\n".encode("latin-1"))
    problem = refusal(path)
    assert problem.where == "line 3"
    assert problem.expected == "expected text in UTF-8; save it as UTF-8"


def test_utf_16_cut_in_half(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id".encode("utf-16")[:-1])
    assert refusal(path).expected.startswith("expected text in UTF-8")


def test_writing_makes_folders_and_leaves_one_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a.txt"
    write_atomically(path, "é\n")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_write_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def interrupted(_: object) -> None:
        raise stop

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(stop):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(tmp_path / "a", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_parent_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(tmp_path / "a" / "b", "new")
    assert (tmp_path / "a").read_text() == "old"
