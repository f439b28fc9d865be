"""An attack on Foedus: ``python bench/attack.py --seed 1 --dossiers 500``; ``--help`` names the other sizes.

It mutates dossiers and documents, kills commands at their writes, and lets many writers loose on one dossier, each in a
process of its own and in a folder that is thrown away. A trial fails where a command ends in an internal error or by a
signal, takes more than ten seconds, prints or changes a file outside of the dossier, leaves a child or a half-written
file, or loses a decision that it acknowledged. Every failure is printed with what repeats it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import openpyxl

import foedus
from foedus.cli.app import main as command
from foedus.coding.intake import coder_named
from foedus.coding.journal import read_journal
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.evidence.readers import document_of

SECONDS = 10.0
"""The longest that a command may take."""

CANARY = "CANARY-7Q-OUTSIDE"
HOSTILE = [
    b"\0",
    b"\r",
    b"\n",
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"\xff",
    b"\xc3",
    "\u2028".encode(),
    "\x85".encode(),
    b"\x1b[31m",
    b"nan",
    b"inf",
    b"-1",
    b"1e999",
    b"9" * 400,
    b"=cmd|'/c calc'!A0",
    b"@SUM(1)",
    b"[bold]",
    b"[/]",
    b"../../etc/passwd",
    b"0001-01-01",
    b"9999-12-31",
    b"2023-02-30",
    b"true",
    b"null",
    b"{{ 7 * 7 }}",
    b"<script>alert(1)</script>",
    b"*x",
    b"&a",
    b"&a [*a, *a]",
    b"!!python/object:os.system",
    b"a" * 70_000,
    "\u202e".encode(),
    b"%s%n",
    b"\\",
    b"'",
    b": ",
    b"- ",
    b"# ",
]


def _in_a_process(work: Callable[[], None], out: Path, seconds: float = SECONDS) -> tuple[int, str, float]:
    """Run something in a process of its own; return its exit status, what it said, and how long it took."""
    start = time.monotonic()
    process = os.fork()
    if not process:
        with contextlib.suppress(BaseException):
            os.setsid()
            handle = os.open(out, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            sys.stdin = io.StringIO()
            sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", write_through=True)
            sys.stderr = io.TextIOWrapper(
                io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace", write_through=True
            )
            try:
                work()
                status = 0
            except SystemExit as left:
                status = int(left.code or 0)
            except BaseException as error:
                sys.stderr.write(f"TRACEBACK {type(error).__name__}: {error}")
                status = 99
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)
        os._exit(98)
    while time.monotonic() - start < seconds + 2:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            break
        time.sleep(0.002)
    else:
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    took = time.monotonic() - start
    with contextlib.suppress(OSError):
        said = out.read_text("utf-8", "replace") if out.exists() else ""
    _bury(process)
    return os.waitstatus_to_exitcode(status), said, took


def _bury(group: int) -> None:
    """End whatever a finished process started and left behind; `_left` counts it first."""
    _left.extend(one for one in _children_of(group))
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


_left: list[str] = []


def _children_of(session: int) -> Iterator[str]:
    """Yield the processes of a session that are there three seconds after its first one ended."""
    for _ in range(30):
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = path.read_text().rpartition(")")[2].split()
                if int(fields[3]) == session and fields[0] != "Z":
                    found.append(path.parent.name)
        if not found:
            return
        time.sleep(0.1)
    for name in found:
        with contextlib.suppress(OSError):
            yield Path(f"/proc/{name}/cmdline").read_text().replace("\0", " ")[:120]


def _wrong(status: int, said: str, took: float, allowed: Sequence[int] = (0, 1, 2)) -> str:
    """Return what is wrong with how a command ended, or empty text."""
    if took > SECONDS:
        return f"took {took:.0f} seconds"
    if status not in allowed or "internal error" in said or "Traceback" in said or "panicked" in said:
        return f"status {status}: {said.strip()[-300:]}"
    if CANARY in said:
        return "printed a file from outside"
    return ""


class Attack:
    """One run: a folder, a source of chance, and what went wrong."""

    def __init__(self, seed: int, home: Path) -> None:
        self.seed, self.home = seed, home
        self.done: Counter[str] = Counter()
        self.failed: list[str] = []
        self.outside = home / "outside.txt"
        self.outside.write_text(CANARY)
        self.slowest = 0.0

    def note(self, kind: str, number: int, what: str, wrong: str) -> None:
        """Count a trial, and keep what was wrong with it."""
        self.done[kind] += 1
        if self.outside.read_text() != CANARY:
            wrong = wrong or "changed a file outside"
            self.outside.write_text(CANARY)
        while _left:
            wrong = wrong or f"left a process behind: {_left.pop()}"
            _left[:] = _left[:-1]
        if wrong:
            self.failed.append(f"{kind} {number} of seed {self.seed}: {what}: {wrong}")

    def run(self, arguments: Sequence[str], seconds: float = SECONDS) -> tuple[int, str, float]:
        """Run a command line in a process of its own."""
        status, said, took = _in_a_process(lambda: command(arguments), self.home / "said.txt", seconds)
        self.slowest = max(self.slowest, took)
        return status, said, took

    def dossier(self, chance: random.Random, name: str | None = None) -> Path:
        """Return a fresh copy of a packaged dossier."""
        place = self.home / "d"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(packaged_dossiers()[name or chance.choice(sorted(packaged_dossiers()))], place)
        return place

    def mutated_dossier(self, number: int) -> None:
        """Spoil a dossier and run a command on it."""
        chance = random.Random(f"{self.seed}-dossier-{number}")
        place = self.dossier(chance)
        files = sorted(path for path in place.rglob("*") if path.is_file())
        told = [mutate(chance, chance.choice(files), self.outside) for _ in range(chance.randint(1, 3))]
        lines = [
            ["check", str(place)],
            ["forecast", str(place), "--draws", "20"],
            ["forecast", str(place), "--draws", "20", "--json", "--max-marking", "public"],
            ["statements", str(place)],
            ["statements", str(place), "history"],
            ["statements", str(place), "undo"],
            ["replay", str(place), "--histories", "5"],
            ["read", str(place / "documents"), "--into", str(place)],
        ]
        arguments = chance.choice(lines)
        self.note("dossier", number, f"{' '.join(arguments[:1])}; {told}", _wrong(*self.run(arguments)))

    def hostile_documents(self, number: int, each: int = 10) -> None:
        """Spoil documents of every format and read them."""
        chance = random.Random(f"{self.seed}-document-{number}")
        place = self.dossier(chance, "tokyo-office")
        folder = self.home / "in"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for k in range(each):
            suffix = chance.choice(sorted(DOCUMENTS))
            data = bytearray(DOCUMENTS[suffix])
            for _ in range(chance.randint(1, 8)):
                _spoil(chance, data)
            (folder / f"{k}{suffix}").write_bytes(data)
        wrong = _wrong(*self.run(["read", str(folder), "--into", str(place), "--jobs", "1"], SECONDS * each))
        wrong = "" if wrong.startswith("took") and self.slowest < SECONDS * each else wrong
        wrong = wrong or _wrong(*self.run(["check", str(place)]))
        self.note("document", number, f"{each} documents", wrong)
        self.done["document"] += each - 1

    def kill(self, number: int) -> None:
        """Kill a command at one of its writes, and see that the next ones find everything in order."""
        chance = random.Random(f"{self.seed}-kill-{number}")
        place = self.dossier(chance, "tokyo-office")
        ids = [one.id for one in read_dossier(place).statements if one.status == "accepted"]
        (self.home / "note.txt").write_text("Norway said on 3 July 2023 that the liaison office in Tokyo should open.")
        new = self.home / "new"
        shutil.rmtree(new, ignore_errors=True)
        lines: dict[str, list[str]] = {
            "reject": ["statements", str(place), "reject", *chance.sample(ids, 2)],
            "edit": ["statements", str(place), "edit", chance.choice(ids), "--set", "note=checked"],
            "read": ["read", str(self.home / "note.txt"), "--into", str(place), "--accept-above", "0.1"],
            "rename": ["rename", str(place), "office", "bureau", "--kind", "concept"],
            "record": [
                "record",
                str(self.home / "ledger.jsonl"),
                "--by",
                "A",
                "--issue",
                "office",
                "--on",
                "2099-07-11",
                "--option",
                "a@0=0.5",
                "--option",
                "b@100=0.5",
            ],
            "new": ["new", str(new), "--body", "nac", "--on", "2026-07-07"],
        }
        what = chance.choice(sorted(lines))
        moment = chance.randint(1, 14)
        acknowledged: list[int] = []
        for step in range(3):  # two decisions before it, so that there is something to lose
            arguments = lines["reject"] if step < 2 and what not in ("record", "new") else lines[what]
            if step < 2:
                arguments = ["statements", str(place), "reject", ids[step]]
                _, said, _ = self.run(arguments)
            else:
                _, said, _ = _in_a_process(lambda: _killed(lines[what], moment), self.home / "said.txt")
            acknowledged += [
                int(one) for one in re.findall(r"^entry (\d+)", said, re.M) if what != "record" or step < 2
            ]
        again = self.run(lines[what])
        wrong = _wrong(*again, allowed=(0, 2) if what in ("rename", "new") else (0,))
        wrong = wrong or _wrong(*self.run(["check", str(place)]))
        wrong = wrong or _wrong(*self.run(["statements", str(place), "history"]))
        entries = read_journal(place).entries
        numbers = [one.number for one in entries]
        if numbers != list(range(1, len(numbers) + 1)) or not set(acknowledged) <= set(numbers):
            wrong = wrong or f"acknowledged {acknowledged}, in the journal {numbers}"
        if what != "rename" and read_journal(place).edited_elsewhere:  # a rename changes the table, and no decision
            wrong = wrong or "table and journal differ"
        halves = [path.name for path in self.home.rglob(".*") if path.name.endswith(("part", "next", "next.csv"))]
        if halves:
            wrong = wrong or f"left half-written: {halves}"
        (self.home / "ledger.jsonl").unlink(missing_ok=True)
        self.note("kill", number, f"{what} at its write {moment}", wrong)

    def writers(self, count: int) -> None:
        """Let many processes decide, read and undo on one dossier at one moment."""
        chance = random.Random(f"{self.seed}-writers")
        place = self.dossier(chance, "tokyo-office")
        ids = [one.id for one in read_dossier(place).statements if one.status == "accepted"]
        processes, outs = [], []
        for k in range(count):
            out = self.home / f"writer-{k}.txt"
            note = self.home / f"note-{k}.txt"
            note.write_text(f"Norway said on 3 July 2023 that the liaison office in Tokyo should open, {k}.")
            arguments = chance.choice(
                [
                    ["statements", str(place), "reject", ids[k % len(ids)]],
                    ["statements", str(place), "edit", ids[k % len(ids)], "--set", f"note=seen {k}"],
                    ["read", str(note), "--into", str(place), "--known", "2023-07-04", "--jobs", "1"],
                ]
            )
            outs.append(out)
            processes.append(os.fork())
            if not processes[-1]:
                _in_a_process(lambda line=arguments: command(line), out, 600.0)  # type: ignore[misc]
                os._exit(0)
        for one in processes:
            os.waitpid(one, 0)
        said = [out.read_text("utf-8", "replace") for out in outs]
        numbers = [one.number for one in read_journal(place).entries]
        told = [int(found) for words in said for found in re.findall(r"^entry (\d+)", words, re.M)]
        wrong = next((words[-300:] for words in said if "internal error" in words or "TRACEBACK" in words), "")
        if numbers != list(range(1, len(numbers) + 1)) or not set(told) <= set(numbers) or len(set(told)) != len(told):
            wrong = wrong or f"acknowledged {sorted(told)}, in the journal {numbers}"
        read = sum("1 new" in words for words in said)
        if len(read_dossier(place).sources) != len(read_dossier("tokyo-office").sources) + read:
            wrong = wrong or f"{read} documents read and {len(read_dossier(place).sources)} sources listed"
        busy = sum("and still after" in words for words in said)
        self.note("writers", count, f"{len(told)} decisions and {read} readings acknowledged, {busy} gave up", wrong)
        sys.stdout.write(
            f"{count} writers: {len(told)} decisions, {read} readings acknowledged; {busy} gave up waiting\n"
        )


def _killed(arguments: Sequence[str], moment: int) -> None:
    """Run a command that is killed at the given call that changes the disk."""
    left = [moment]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            left[0] -= 1
            if left[0] <= 0:
                sys.stdout.flush()
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return call

    os.fsync, os.replace, os.unlink = counted(os.fsync), counted(os.replace), counted(os.unlink)  # type: ignore[assignment]
    os.ftruncate, os.mkdir = counted(os.ftruncate), counted(os.mkdir)  # type: ignore[assignment]
    command(arguments)


def mutate(chance: random.Random, path: Path, outside: Path) -> str:
    """Spoil one file of a dossier; return what was done to it."""
    how = chance.choice(
        [
            "bytes",
            "bytes",
            "bytes",
            "cell",
            "cell",
            "cell",
            "line",
            "cut",
            "folder",
            "link",
            "loop",
            "pipe",
            "dangling",
            "name",
            "gone",
            "twice",
        ]
    )
    if how in ("bytes", "cell", "line", "cut", "twice"):
        if path.is_file() and not path.is_symlink():
            path.write_bytes(_changed(chance, how, bytearray(path.read_bytes())))
        return f"{path.name} {how}"
    if path.is_symlink() or path.is_file():
        path.unlink()
    with contextlib.suppress(OSError):
        if how == "folder":
            path.mkdir()
        elif how == "link":
            path.symlink_to(outside)
        elif how == "loop":
            path.symlink_to(path.name)
        elif how == "dangling":
            path.symlink_to(outside.with_name("none"))
        elif how == "pipe":
            os.mkfifo(path)
        elif how == "name":
            Path(os.fsdecode(os.fsencode(path.parent) + b"/caf\xe9\n.csv")).write_bytes(b"id\n")
    return f"{path.name} {how}"


def _changed(chance: random.Random, how: str, data: bytearray) -> bytearray:
    if how == "bytes":
        for _ in range(chance.randint(1, 6)):
            _spoil(chance, data)
    elif how == "cell":
        lines = bytes(data).split(b"\n")
        k = chance.randrange(len(lines))
        cells = lines[k].split(b",")
        cells[chance.randrange(len(cells))] = chance.choice(HOSTILE)
        lines[k] = b",".join(cells)
        data = bytearray(b"\n".join(lines))
    elif how == "line":
        lines = bytes(data).split(b"\n")
        chance.shuffle(lines)
        data = bytearray(b"\n".join(lines))
    elif how == "cut":
        data = data[: chance.randrange(len(data) + 1)]
    elif how == "twice":
        data = data + data
    return data


def _spoil(chance: random.Random, data: bytearray) -> None:
    """Change some bytes, put hostile ones in, take a piece out, or repeat one."""
    place = chance.randrange(len(data) + 1)
    how = chance.randrange(4)
    if how == 0 and data:
        data[place % len(data)] = chance.randrange(256)
    elif how == 1:
        data[place:place] = chance.choice(HOSTILE)
    elif how == 2:
        del data[place : place + chance.randint(1, 40)]
    else:
        data[place:place] = data[place : place + 60] * chance.randint(1, 30)


def _documents() -> dict[str, bytes]:
    """Return a sound document of each format, by the end of its name."""
    said = "Norway said on 3 July 2023 that the liaison office in Tokyo should open."
    word, sheet, archive = io.BytesIO(), io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph(said)
    document.add_table(2, 2).cell(0, 0).text = said
    document.save(word)
    book = openpyxl.Workbook()
    book.active.append(["who", "what"])
    book.active.append(["Norway", said])
    book.save(sheet)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", said)
        packed.writestr("b/c.html", f"<p>{said}</p>")
    odt = io.BytesIO()
    with zipfile.ZipFile(odt, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:'
            '1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
            f"<text:p>{said}</text:p></office:text></office:body></office:document-content>",
        )
    mail = f"From: a@example.org\nSubject: Tokyo\nDate: Mon, 3 Jul 2023 10:00:00 +0000\n\n{said}\n"
    stream = f"BT /F1 12 Tf 72 720 Td ({said}) Tj ET"
    pdf = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>>>"
        "endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1"
        "/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    return {
        ".txt": said.encode(),
        ".md": f"---\ndate: 2023-07-03\n---\n# A title\n\n*{said}*\n".encode(),
        ".html": f"<html><title>T</title><body><article><p>{said * 5}</p></article></html>".encode(),
        ".docx": word.getvalue(),
        ".xlsx": sheet.getvalue(),
        ".zip": archive.getvalue(),
        ".odt": odt.getvalue(),
        ".rtf": ("{\\rtf1\\ansi " + said + "\\par}").encode(),
        ".eml": mail.encode(),
        ".mbox": f"From a@example.org Mon Jul  3 10:00:00 2023\n{mail}\n".encode() * 2,
        ".pdf": pdf.encode(),
    }


DOCUMENTS = _documents()


def main() -> int:
    """Run the attack and print what it found."""
    parser = argparse.ArgumentParser()
    for name, default in (
        ("seed", 1),
        ("dossiers", 500),
        ("documents", 200),
        ("kills", 100),
        ("writers", 50),
        ("first", 0),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    with contextlib.suppress(Exception):  # what is slow to load is loaded once, and copied with each process
        _warm()
    with tempfile.TemporaryDirectory(prefix="attack-") as home:
        attack = Attack(wanted.seed, Path(home))
        for number in range(wanted.first, wanted.first + wanted.dossiers):
            attack.mutated_dossier(number)
        for number in range(wanted.first, wanted.first + wanted.documents // 10):
            attack.hostile_documents(number)
        for number in range(wanted.first, wanted.first + wanted.kills):
            attack.kill(number)
        if wanted.writers:
            attack.writers(wanted.writers)
    for one in attack.failed:
        sys.stdout.write(f"{one}\n")
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(attack.done.items()))
    sys.stdout.write(f"{counts}; slowest command {attack.slowest:.1f} s; {len(attack.failed)} failures\n")
    return bool(attack.failed)


def _warm() -> None:
    dossier = read_dossier("tokyo-office")
    foedus.forecast(dossier, as_of="2023-07-10", draws=20)
    coder_named("rules").code(document_of("a.txt", DOCUMENTS[".txt"]), dossier.world, dossier.concepts)


if __name__ == "__main__":
    sys.exit(main())
