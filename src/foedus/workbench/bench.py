"""What a running workbench holds: the folder, the dossiers that it has taken, and what it is reading."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foedus.base.errors import FoedusError, InputError
from foedus.base.files import read_bytes
from foedus.base.locks import lease, writing
from foedus.coding.intake import read_into
from foedus.coding.journal import TABLE, read_journal, recover
from foedus.coding.noticing import notice_edits
from foedus.coding.taken import Intake, Wishes
from foedus.dossiers import Dossier, copy_packaged, packaged_dossiers, read_dossier
from foedus.dossiers.reading_settings import read_settings
from foedus.dossiers.table_journal import differences, note, read_entries, tables_of
from foedus.evidence import Statement
from foedus.workbench.shelf import Shelf

SETTINGS = "dossier.yaml"


@dataclass
class Reading:
    """Documents that are being read, behind the pages.

    Attributes
    ----------
    done, of
        How many documents are read, and how many there are.
    intake
        What came of it; None while it goes on.
    problem
        Why it stopped, if it did.
    """

    done: int = 0
    of: int = 0
    intake: Intake | None = None
    problem: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended yet."""
        return self.intake is None and not self.problem


@dataclass
class Bench:
    """The dossiers of a folder.

    Attributes
    ----------
    home
        The folder.
    address
        Where the workbench is reached, for whoever waits for a dossier.
    by
        Who decides, for the journal.
    untold
        The dossiers whose statements were edited by another hand in a way that the journal cannot tell.
    """

    home: Path
    address: str
    by: str = ""
    untold: set[str] = field(default_factory=set)
    _held: dict[str, contextlib.ExitStack] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)
    _known: dict[str, tuple[dict[str, bytes], Dossier]] = field(default_factory=dict)
    _turn: threading.RLock = field(default_factory=threading.RLock)
    _shelf: Shelf | None = None

    @property
    def shelf(self) -> Shelf:
        """The database beside the files; it is opened when it is first needed."""
        with self._turn:
            if self._shelf is None:
                self._shelf = Shelf(self.home)
            return self._shelf

    def cases(self) -> tuple[str, ...]:
        """Return the names of the dossiers in the folder."""
        if (self.home / SETTINGS).is_file():
            return (self.home.name,)
        return tuple(
            sorted(
                path.name
                for path in self.home.iterdir()
                if not path.name.startswith(".") and not path.is_symlink() and (path / SETTINGS).is_file()
            )
        )

    def examples(self) -> dict[str, str]:
        """Return the titles of the packaged dossiers that are not in the folder yet, by name."""
        here = set(self.cases())
        return {name: title for name, title in _packaged_titles().items() if name not in here}

    def folder(self, case: str) -> Path:
        """Return the folder of a dossier, which this workbench holds from now on.

        Raises
        ------
        FoedusError
            When there is none of that name, or another process holds it.
        """
        if case not in self.cases():
            raise FoedusError(f"there is no dossier {case!r} in {self.home}")
        folder = self.home if (self.home / SETTINGS).is_file() else self.home / case
        with self._turn:
            if case not in self._held:
                held = contextlib.ExitStack()
                held.enter_context(lease(folder, f"the workbench at {self.address}"))
                self._held[case] = held
                self.notice(case)
        return folder

    def forget(self, case: str) -> None:
        """Let one dossier go, such as one that could not be made."""
        with self._turn:
            if (held := self._held.pop(case, None)) is not None:
                held.close()

    def dossier(self, case: str) -> Dossier:
        """Return a dossier as it stands now.

        Raises
        ------
        FoedusError
            As `folder`, and when it cannot be read.
        """
        return read_dossier(self.folder(case))

    def dossier_at_hand(self, case: str) -> Dossier:
        """Return a dossier as it stands now, read again only where a table has changed: for views that ask often.

        Raises
        ------
        FoedusError
            As `dossier`.
        """
        folder = self.folder(case)
        tables = tables_of(folder) | {TABLE: _statements(folder)}
        known = self._known.get(case)
        if known is None or known[0] != tables:
            known = self._known[case] = (tables, read_dossier(folder))
        return known[1]

    @contextlib.contextmanager
    def changing(self, case: str, action: str) -> Iterator[None]:
        """Hold a dossier while its tables are changed, and put what became of them into its journal.

        Raises
        ------
        FoedusError
            As `folder`.
        """
        with writing(self.folder(case)):
            self.notice(case)
            try:
                yield
            finally:
                self.keep_statements(case)
                self.notice(case, action, self.by)

    def notice(self, case: str, action: str = "edited elsewhere", by: str = "") -> None:
        """Put into a dossier's journal what became of its tables since the workbench last saw them.

        What the journal has already, such as what a command has set, is not put there again.
        """
        folder = self.folder(case)
        with writing(folder):
            self.notice_statements(case)
            before, now = self.shelf.tables(case), tables_of(folder)
            if before == now:
                return
            with contextlib.suppress(InputError):  # where nothing can be written, nothing is noted
                latest = {each.file: each.sha256 for entry in read_entries(folder) for each in entry.altered}
                changed = differences(before, now) if before else ()
                told = {each.file for each in changed if latest.get(each.file) == each.sha256}
                known = {name: data for name, data in before.items() if name not in told}
                if before:
                    note(folder, known | {name: now[name] for name in told & now.keys()}, action, by, today())
            self.shelf.keep_tables(case, now)

    def notice_statements(self, case: str) -> None:
        """Put into a dossier's journal what another hand did to its statements since the workbench last saw them.

        Where commands have decided on them meanwhile as well, nobody can tell the two apart; `untold` then names the
        dossier, and the page of the journal says so.
        """
        folder = self.folder(case)
        with writing(folder), contextlib.suppress(InputError):  # what cannot be read or written is told elsewhere
            recover(folder)
            before, entries = self.shelf.statements(case)
            now = _statements(folder)
            if now == before:
                return
            journal = read_journal(folder)
            known = len(journal.entries)
            if before and known == entries:
                known += len(notice_edits(folder, before))
            elif journal.edited_elsewhere:
                self.untold.add(case)
            self.shelf.keep_statements(case, now, known)

    @contextlib.contextmanager
    def deciding(self, case: str) -> Iterator[Path]:
        """Hold a dossier while its statements are decided on, and yield its folder.

        Raises
        ------
        FoedusError
            As `folder`.
        """
        folder = self.folder(case)
        with writing(folder):
            self.notice_statements(case)
            try:
                yield folder
            finally:
                self.keep_statements(case)

    def keep_statements(self, case: str) -> None:
        """Take the statements of a dossier as they are now for what the workbench itself made of them."""
        folder = self.folder(case)
        with contextlib.suppress(InputError):
            self.shelf.keep_statements(case, _statements(folder), len(read_journal(folder).entries))

    def take_example(self, name: str) -> str:
        """Copy a packaged dossier into the folder, and return its name.

        Raises
        ------
        FoedusError
            When there is none, or a folder of its name is there.
        """
        if name not in self.examples() or (self.home / SETTINGS).is_file():
            raise FoedusError(f"no example {name!r} to copy; there are {', '.join(self.examples())}")
        copy_packaged(name, self.home / name)
        return name

    def read(self, case: str, files: list[Path], wishes: Wishes) -> Reading:
        """Begin to read documents into a dossier, behind the pages.

        Raises
        ------
        FoedusError
            When it is reading others still.
        """
        folder = self.folder(case)
        with self._turn:
            if (before := self._readings.get(case)) is not None and before.goes_on:
                raise FoedusError(
                    "the workbench is reading other documents of this dossier; wait until it has finished"
                )
            reading = self._readings[case] = Reading(of=len(files))

        def work() -> None:
            def progress(done: int, of: int) -> None:
                reading.done, reading.of = done, of

            try:
                self.notice(case)
                intake = read_into(folder, files, wishes, progress=progress)
                self.keep_statements(case)
                self.notice(case, f"read {', '.join(file.name for file in files[:3])}", self.by)
                reading.intake = intake
            except FoedusError as error:
                reading.problem = str(error)
            except Exception as error:  # told on the page; a thread has nobody else to tell
                reading.problem = f"internal error, please report it: {type(error).__name__}: {error}"

        threading.Thread(target=work, daemon=True).start()
        return reading

    def reading(self, case: str) -> Reading | None:
        """Return the latest reading of a dossier, if there was one."""
        return self._readings.get(case)

    def close(self) -> None:
        """Let all dossiers go."""
        for case in list(self._held):
            self.forget(case)
        if self._shelf is not None:
            self._shelf.close()


@contextlib.contextmanager
def bench_at(home: Path, address: str, by: str = "") -> Iterator[Bench]:
    """Hold a workbench on a folder, and let its dossiers go in the end."""
    bench = Bench(home, address, by)
    try:
        yield bench
    finally:
        bench.close()


@functools.cache
def _packaged_titles() -> dict[str, str]:
    return {name: read_settings(folder).title for name, folder in packaged_dossiers().items()}


def _statements(folder: Path) -> bytes:
    return read_bytes(folder / TABLE) if (folder / TABLE).exists() else b""


def today() -> dt.date:
    """Return the day on which something is done in the workbench, for its journals."""
    return dt.date.today()  # noqa: DTZ011 - the day where whoever decides is


def version_of(statement: Statement) -> str:
    """Return a mark of how a statement stands: another one once any of its cells has changed."""
    cells = "\x1f".join(f"{column.name}={getattr(statement, column.name)}" for column in dataclasses.fields(statement))
    return hashlib.sha256(cells.encode()).hexdigest()[:16]
