"""Where a command runs: old code pages, closed and full streams, no input, Ctrl-C, files that cannot be read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import foedus
from foedus.cli.app import main
from foedus.cli.pipes import plain_letters

posix = pytest.mark.skipif(os.name == "nt", reason="shells and signals of POSIX")
ENVIRONMENT = {"PATH": os.environ["PATH"]}


def _run(words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which ``$F`` is the command, with nothing else in the environment, not even HOME."""
    line = words.replace("$F", f"'{sys.executable}' -m foedus")
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, env={**ENVIRONMENT, **environment}, check=False)


@posix
def test_an_old_code_page_loses_nothing_of_json() -> None:
    whole = _run("$F world members nato --on 2024-07-01 --json", PYTHONIOENCODING="utf-8")
    escaped = _run("$F world members nato --on 2024-07-01 --json", PYTHONIOENCODING="iso8859-7")
    assert escaped.stdout.isascii()
    assert json.loads(escaped.stdout) == json.loads(whole.stdout)


def test_plain_letters_keep_words_readable() -> None:
    assert plain_letters("Łódź, Türkiye, “≥ 70 %” ██") == 'Lodz, Turkiye, ">= 70 %" ##'


@posix
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("$F models >&-", "standard output is closed"),
        ("$F models > /dev/full", "standard output cannot be written: No space left on device"),
        ("$F models --json > /dev/full", "standard output cannot be written: No space left on device"),
        ("$F check no-such-folder 2>&-", ""),
    ],
)
def test_a_stream_that_cannot_be_written_is_told_in_one_sentence(line: str, said: str) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no device that is full")
    done = _run(line)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) <= 1


@posix
def test_with_errors_closed_no_file_takes_their_place(tokyo_copy: Path) -> None:
    """Otherwise the table would be opened as number 2, and an error message would be written into it."""
    assert _run(f"$F statements '{tokyo_copy}' reject jt01 2>&- <&-").returncode == 0
    assert {one.id: one.status for one in foedus.read_dossier(tokyo_copy).statements}["jt01"] == "rejected"


@posix
def test_words_that_are_no_text_are_refused(tokyo_copy: Path) -> None:
    done = _run(f"$F statements '{tokyo_copy}' reject jt01 --by \"$(printf 'A\\377')\"")
    assert (done.returncode, done.stderr) == (2, b"foedus: 'A\\xff': expected text in UTF-8\n")


def test_a_file_that_the_system_keeps_from_us_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tokyo_copy: Path
) -> None:
    def closed(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied", "some/table.csv")

    monkeypatch.setattr("foedus.dossiers.read_dossier", closed)
    with pytest.raises(SystemExit) as left:
        main(["check", str(tokyo_copy)])
    assert left.value.code == 2
    assert "internal error" not in capsys.readouterr().err


@posix
def test_ctrl_c_says_what_was_kept_and_leaves_with_130(tokyo_copy: Path) -> None:
    work = subprocess.Popen(
        [sys.executable, "-m", "foedus", "replay", str(tokyo_copy), "--seat", "JPN", "--record", str(tokyo_copy / "r")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert work.stdout is not None
    while b"a number, or ?" not in work.stdout.readline():
        pass
    work.send_signal(signal.SIGINT)
    _, said = work.communicate()
    assert work.returncode == 130
    assert said.decode().splitlines(keepends=True)[-1] == (
        f"foedus: interrupted; the moves made so far are in {tokyo_copy / 'r'}; the same command goes on from there\n"
    )


@posix
def test_a_bare_environment_is_enough(tokyo_copy: Path) -> None:
    done = _run(f"$F check '{tokyo_copy}'", LC_ALL="C", COLUMNS="40", PYTHONOPTIMIZE="1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("A NATO presence in Tokyo: sound.")
