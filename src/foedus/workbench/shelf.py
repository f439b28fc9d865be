"""What lies beside the files for speed and comfort: one database that may be deleted, and is then made anew."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = ".foedus-workbench.sqlite"
"""Its name in the folder of the dossiers. It holds words of their documents, and is its owner's alone to read."""

START, END = "\x02", "\x03"
"""What stands around the words that were sought, in what is found."""

_VERSION = 3
_TABLES = """
CREATE VIRTUAL TABLE passages USING fts5(words, dossier UNINDEXED, source UNINDEXED, passage UNINDEXED,
    tokenize='unicode61 remove_diacritics 2');
CREATE TABLE indexed (dossier TEXT, source TEXT, sha256 TEXT, PRIMARY KEY (dossier, source));
CREATE TABLE drafts (dossier TEXT, form TEXT, cells TEXT, kept TEXT, PRIMARY KEY (dossier, form));
CREATE TABLE looks (number INTEGER PRIMARY KEY, dossier TEXT, question TEXT, inputs TEXT, told TEXT, first TEXT);
CREATE TABLE tables (dossier TEXT, file TEXT, data BLOB, PRIMARY KEY (dossier, file));
CREATE TABLE statements (dossier TEXT PRIMARY KEY, data BLOB, entries INTEGER);
CREATE TABLE results (dossier TEXT, question TEXT, inputs TEXT, shares TEXT, PRIMARY KEY (dossier, question));
"""
_FEW_LOOKS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A passage in which words were found.

    Attributes
    ----------
    source, passage
        Where.
    words
        Some of it, with `START` and `END` around what was sought.
    """

    source: str
    passage: str
    words: str


class Shelf:
    """The database of a workbench. Nothing in it is the only copy of anything but drafts.

    Parameters
    ----------
    home
        The folder of the dossiers. Where it cannot be written to, the shelf lasts as long as the workbench runs.
    """

    def __init__(self, home: Path) -> None:
        self._path, self._turn = home / FILE, threading.RLock()
        self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        """Open the database; one that is damaged, or of another version, is thrown away."""
        with contextlib.suppress(OSError, sqlite3.OperationalError):
            if self._path.is_symlink() or (self._path.exists() and not self._path.is_file()):
                return _made(_in_memory())
            self._path.touch(mode=0o600)
            with contextlib.suppress(sqlite3.DatabaseError):
                base = sqlite3.connect(self._path, check_same_thread=False, timeout=2)
                if _version(base) == _VERSION:
                    return base
                base.close()
            self._path.unlink()
            self._path.touch(mode=0o600)
            return _made(sqlite3.connect(self._path, check_same_thread=False, timeout=2))
        return _made(_in_memory())

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[sqlite3.Connection]:
        """Lend the database to one thread; a damaged one is made anew and what was asked of it is left undone."""
        with self._turn:
            try:
                with self._base:
                    yield self._base
            except sqlite3.DatabaseError:
                self._base.close()
                self._base = self._opened()

    def close(self) -> None:
        """Close the database."""
        with self._turn:
            self._base.close()

    # The index of what documents say.

    def indexed(self, dossier: str) -> dict[str, str]:
        """Return the sources of a dossier that can be searched, each with the hash of its document."""
        hashes: dict[str, str] = {}
        with self._at_work() as base:
            hashes.update(base.execute("SELECT source, sha256 FROM indexed WHERE dossier = ?", (dossier,)))
        return hashes

    def index(self, dossier: str, source: str, sha256: str, passages: Iterable[tuple[str, str]]) -> None:
        """Make a document searchable, in place of what was known of it: ids of its passages with their words."""
        self.unindex(dossier, source)
        with self._at_work() as base:
            rows = ((words, dossier, source, passage) for passage, words in passages)
            base.executemany("INSERT INTO passages VALUES (?, ?, ?, ?)", rows)
            base.execute("INSERT INTO indexed VALUES (?, ?, ?)", (dossier, source, sha256))

    def unindex(self, dossier: str, source: str) -> None:
        """Forget a document."""
        with self._at_work() as base:
            base.execute("DELETE FROM passages WHERE dossier = ? AND source = ?", (dossier, source))
            base.execute("DELETE FROM indexed WHERE dossier = ? AND source = ?", (dossier, source))

    def search(self, dossier: str, words: str, most: int = 50) -> tuple[Found, ...]:
        """Return the passages of a dossier that hold all words, or words that so begin; the best first."""
        sought = " ".join(f'"{word}"*' for word in re.findall(r"\w+", words))
        if not sought:
            return ()
        passages: tuple[Found, ...] = ()
        with self._at_work() as base:
            rows = base.execute(
                "SELECT source, passage, snippet(passages, 0, ?, ?, '…', 40) FROM passages "
                "WHERE passages MATCH ? AND dossier = ? ORDER BY rank LIMIT ?",
                (START, END, sought, dossier, most),
            )
            passages = tuple(Found(*row) for row in rows)
        return passages  # noqa: RET504 - what failed has been left undone

    # What was typed into a form and not sent yet.

    def keep_draft(self, dossier: str, form: str, cells: Mapping[str, str]) -> None:
        """Keep what stands in a form; a form in which nothing stands has no draft."""
        with self._at_work() as base:
            base.execute("DELETE FROM drafts WHERE dossier = ? AND form = ?", (dossier, form))
            if any(cells.values()):
                row = (dossier, form, json.dumps(dict(cells)), _now())
                base.execute("INSERT INTO drafts VALUES (?, ?, ?, ?)", row)

    def draft(self, dossier: str, form: str) -> tuple[dict[str, str], str] | None:
        """Return what was typed into a form, by field, and when; None where nothing was."""
        row = None
        with self._at_work() as base:
            asked = "SELECT cells, kept FROM drafts WHERE dossier = ? AND form = ?"
            row = base.execute(asked, (dossier, form)).fetchone()
        return None if row is None else (json.loads(row[0]), str(row[1]))

    # What a page said when it was last looked at, and what scenarios came to.

    def look(
        self, dossier: str, question: str, inputs: str, told: Mapping[str, Any]
    ) -> tuple[dict[str, Any], str] | None:
        """Keep what a page tells, and return what it told before its inputs changed, and when that was first seen."""
        before = None
        with self._at_work() as base:
            where = "FROM looks WHERE dossier = ? AND question = ?"
            rows = base.execute(
                f"SELECT inputs, told, first, number {where} ORDER BY number DESC", (dossier, question)
            ).fetchall()
            if not rows or rows[0][0] != inputs:
                row = (dossier, question, inputs, json.dumps(dict(told)), _now())
                base.execute("INSERT INTO looks (dossier, question, inputs, told, first) VALUES (?, ?, ?, ?, ?)", row)
                for old in rows[_FEW_LOOKS:]:
                    base.execute("DELETE FROM looks WHERE number = ?", (old[3],))
            before = next((row for row in rows if row[0] != inputs), None)
        return None if before is None else (json.loads(before[1]), str(before[2]))

    def keep_result(self, dossier: str, question: str, inputs: str, shares: Mapping[str, float]) -> None:
        """Keep what something that is supposed comes to, while its inputs are these."""
        with self._at_work() as base:
            row = (dossier, question, inputs, json.dumps(dict(shares)))
            base.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", row)

    def result(self, dossier: str, question: str, inputs: str) -> dict[str, float] | None:
        """Return what was kept for the same inputs."""
        row = None
        with self._at_work() as base:
            asked = "SELECT shares FROM results WHERE dossier = ? AND question = ? AND inputs = ?"
            row = base.execute(asked, (dossier, question, inputs)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    # The tables as the workbench last saw them, to tell what another hand has changed since.

    def tables(self, dossier: str) -> dict[str, bytes]:
        """Return the tables of a dossier as they were last seen; nothing where they never were."""
        tables: dict[str, bytes] = {}
        with self._at_work() as base:
            tables.update(base.execute("SELECT file, data FROM tables WHERE dossier = ?", (dossier,)))
        return tables

    def keep_tables(self, dossier: str, tables: Mapping[str, bytes]) -> None:
        """Keep the tables of a dossier as they are seen now."""
        with self._at_work() as base:
            base.execute("DELETE FROM tables WHERE dossier = ?", (dossier,))
            base.executemany("INSERT INTO tables VALUES (?, ?, ?)", ((dossier, *each) for each in tables.items()))

    def statements(self, dossier: str) -> tuple[bytes, int]:
        """Return the table of statements as it was last seen, and how many entries the journal had then."""
        row = None
        with self._at_work() as base:
            asked = "SELECT data, entries FROM statements WHERE dossier = ?"
            row = base.execute(asked, (dossier,)).fetchone()
        return (b"", 0) if row is None else (bytes(row[0]), int(row[1]))

    def keep_statements(self, dossier: str, data: bytes, entries: int) -> None:
        """Keep the table of statements as it is seen now."""
        with self._at_work() as base:
            base.execute("INSERT OR REPLACE INTO statements VALUES (?, ?, ?)", (dossier, data, entries))


def _made(base: sqlite3.Connection) -> sqlite3.Connection:
    base.executescript(_TABLES)
    base.execute(f"PRAGMA user_version = {_VERSION}")
    base.commit()
    return base


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", check_same_thread=False)


def _version(base: sqlite3.Connection) -> int:
    """Return the version of a database whose pages are sound, else 0."""
    if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        return 0
    return int(base.execute("PRAGMA user_version").fetchone()[0])


def _now() -> str:
    now = dt.datetime.now().astimezone()
    return f"{now.day} {now:%B %Y, %H:%M}"
