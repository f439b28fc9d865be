"""The process that opens documents of others: what it may not do or take, and that it goes on after harm."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest

from foedus.evidence.documents import Refusal
from foedus.evidence.readers import apart, document_of, read_documents
from foedus.evidence.readers.apart import read_apart
from foedus.evidence.readers.kernel import program

GUARDED = """
import os, socket, subprocess, sys
from foedus.evidence.readers.worker import guard, limit
limit()
guard()
for code in sys.argv[1:]:
    try:
        exec(code)
    except (PermissionError, MemoryError) as error:
        print(type(error).__name__)
    else:
        print("done")
"""
"""Tries lines of code in a process that is limited and guarded as the reader is."""

TRIED = {
    "open('/etc/hostname').read()": "PermissionError",
    "open('left-behind.txt', 'w')": "PermissionError",
    "os.open('left-behind.txt', os.O_CREAT | os.O_WRONLY)": "PermissionError",
    "os.listdir('/etc')": "PermissionError",
    "os.remove(sys.executable)": "PermissionError",
    "socket.create_connection(('127.0.0.1', 9))": "PermissionError",
    "socket.getaddrinfo('example.org', 80)": "PermissionError",
    "subprocess.run(['true'])": "PermissionError",
    "os.system('true')": "PermissionError",
    "bytearray(3 * 2**30)": "MemoryError",
}


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_reader_may_do_nothing_but_read_what_it_is_given() -> None:
    done = subprocess.run([sys.executable, "-c", GUARDED, *TRIED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == list(TRIED.values())


IN_C = """
import ctypes, os, sys
from foedus.evidence.readers.kernel import confine
taken, given = os.pipe()
print("confined" if confine() else "not confined")
system = ctypes.CDLL(None, use_errno=True)
def tried(name, *arguments):
    print(name, os.strerror(ctypes.get_errno()) if getattr(system, name)(*arguments) < 0 else "done")
tried("socket", 2, 1, 0)
tried("open", b"/etc/hostname", os.O_RDONLY)
tried("open", sys.argv[1].encode(), os.O_WRONLY | os.O_CREAT, 0o600)
tried("openat", -100, sys.argv[1].encode(), os.O_RDWR)
tried("unlink", sys.argv[1].encode())
tried("rename", sys.argv[1].encode(), b"elsewhere")
tried("execv", b"/bin/true", None)
tried("kill", os.getppid(), 0)
tried("write", given, b"x", 1)
"""
"""Asks the system itself, beneath Python, once the kernel confines the process."""


@pytest.mark.skipif(sys.platform != "linux", reason="filters of system calls are Linux's")
def test_the_kernel_refuses_what_libraries_in_c_may_not_do(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine")
    done = subprocess.run(
        [sys.executable, "-c", IN_C, str(tmp_path / "kept")], check=True, capture_output=True, text=True
    )
    first, *tried = done.stdout.splitlines()
    if first == "not confined":
        pytest.skip("this kernel has no filters")
    assert tried == [
        "socket Permission denied",
        "open done",
        "open Permission denied",
        "openat Permission denied",
        "unlink Permission denied",
        "rename Permission denied",
        "execv Permission denied",
        "kill Permission denied",
        "write done",
    ]
    assert (tmp_path / "kept").read_text() == "mine"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_system_calls_jumps_nowhere_outside_itself(machine: str) -> None:
    lines = list(struct.iter_unpack("=HBBI", program(machine)))
    for place, (code, jump, otherwise, _) in enumerate(lines):
        if code & 7 == 5:  # a jump
            assert place + 1 + max(jump, otherwise) < len(lines)
    assert lines[-1][0] == 6  # a return


def _word_with(xml: str) -> bytes:
    out, plain = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", f"<w:body>{xml}".encode())
            new.writestr(name, data)
    return out.getvalue()


def test_a_span_of_two_thousand_million_columns_takes_one_cell() -> None:
    cell = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr><w:p><w:r><w:t>Norway agrees.</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>"
    )
    assert document_of("x.docx", _word_with(cell)).text.split("\n")[0] == "Norway agrees."


def test_after_a_document_that_kills_or_stalls_the_reader_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    word = _word_with("<w:p><w:r><w:t>Norway agrees.</w:t></w:r></w:p>")
    read_apart(".docx", word)
    process = apart._worker._process
    assert process is not None
    process.kill()
    process.wait()
    assert read_apart(".docx", word).text.startswith("Norway")
    with pytest.raises(ValueError, match="given up after 0 seconds"):
        read_apart(".docx", word, seconds=0.0)
    assert read_apart(".docx", word).text.startswith("Norway")


def test_an_interrupted_question_is_not_answered_to_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (_word_with(f"<w:p><w:r><w:t>{one} agrees.</w:t></w:r></w:p>") for one in ("Norway", "Italy"))
    real = apart._exchange

    def interrupted(process: subprocess.Popen[bytes], *_: object) -> object:
        assert process.stdin is not None
        process.stdin.write(b'{"do": "read", "suffix": ".docx", "size": %d}\n' % len(first) + first)
        process.stdin.flush()
        raise KeyboardInterrupt

    monkeypatch.setattr(apart, "_exchange", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_apart(".docx", first)
    monkeypatch.setattr(apart, "_exchange", real)
    assert read_apart(".docx", second).text.startswith("Italy")


def test_a_killed_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(_word_with("<w:p><w:r><w:t>Norway agrees.</w:t></w:r></w:p>"))
    code = (
        "import sys, time\nfrom foedus.evidence.readers import apart, document_of\n"
        "document_of('a.docx', open(sys.argv[1], 'rb').read())\nprint(apart._worker._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a.docx")], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.kill()
    parent.communicate()
    for _ in range(500):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").exists() and Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            return  # ended; whoever is to bury it has not come yet
        time.sleep(0.01)
    pytest.fail("the reader outlived its parent by five seconds")


def test_archives_are_opened_by_the_reader_and_refused_by_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", "Norway said that the office should open.")
        archive.writestr("../up.txt", "Italy said that the office should open.")
    (tmp_path / "b.zip").write_bytes(b"PK\3\4 nonsense")
    found = list(read_documents([tmp_path / "a.zip", tmp_path / "b.zip"]))
    assert sorted(one.name.rsplit("/", 1)[1] for one in found) == ["b.zip", "one.txt", "up.txt"]
    assert [str(one) for one in found if isinstance(one, Refusal)] == [f"{tmp_path / 'b.zip'}: File is not a zip file"]
    assert not (tmp_path.parent / "up.txt").exists()
