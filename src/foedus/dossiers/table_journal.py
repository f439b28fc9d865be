"""The journal of a dossier's tables: which lines gave way to which others, and taking one change back.

``tables-journal.jsonl`` holds one entry a line and only ever grows. Decisions on statements have a journal of their
own, `foedus.coding.journal`; this one holds everything else: the settings, positions and approvals set by hand,
sources, dockets, facts of the dossier's own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foedus.base.days import Day
from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_bytes, write_atomically
from foedus.base.hashes import sha256
from foedus.base.lines import loaded
from foedus.base.locks import one_writer, refuse_packaged
from foedus.base.together import write_together
from foedus.dossiers.read import read_dossier

JOURNAL = "tables-journal.jsonl"
_OTHERWISE = "statements.csv"
"""The table that has a journal of its own."""
_ENDS = (".csv", ".yaml")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FOLDERS = ("world", "institutions", "procedures")


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a file that gave way to others.

    Attributes
    ----------
    above
        The line above them, empty at the top.
    before, after
        The lines as they were and as they became, each with its end; empty where there were none.
    """

    above: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Altered:
    """What became of one file.

    Attributes
    ----------
    file
        Its path inside the dossier.
    pieces
        What changed in it.
    made, gone
        Whether the file was not there before, or is not there any more.
    sha256
        Of its bytes afterwards; empty where it is gone.
    """

    file: str
    pieces: tuple[Piece, ...]
    made: bool = False
    gone: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of tables.

    Attributes
    ----------
    number
        In the journal, from 1.
    action
        What was done, in words.
    altered
        The files.
    by, on
        Who and on which day, where that is known.
    undoes
        The number of the entry that this one takes back.
    """

    number: int
    action: str
    altered: tuple[Altered, ...]
    by: str = ""
    on: Day | None = None
    undoes: int | None = None


def tables_of(folder: Path) -> dict[str, bytes]:
    """Return the tables and settings of a dossier by path, without its statements."""
    paths = [path for path in folder.iterdir() if path.name != _OTHERWISE]
    paths += [path for name in _FOLDERS if (folder / name).is_dir() for path in (folder / name).rglob("*")]
    kept = [path for path in paths if path.suffix in _ENDS and path.is_file() and not path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(kept) if path.name[0] != "."}


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """Return the entries of a dossier, the first one first; a last line that a crash cut short is left out.

    Raises
    ------
    InputError
        When a line is damaged.
    """
    if not (folder / JOURNAL).exists():
        return ()
    whole = read_bytes(folder / JOURNAL, name=JOURNAL).rpartition(b"\n")[0]
    lines = whole.decode("utf-8", "replace").split("\n")
    return tuple(_entry(line, number) for number, line in enumerate(lines, start=1) if line.strip())


def standing_entries(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return those that were not taken back; an undo that was itself taken back takes nothing back."""
    ended: set[int] = set()
    for entry in reversed(entries):
        if entry.undoes is not None and entry.number not in ended:
            ended.add(entry.undoes)
    return tuple(entry for entry in entries if entry.number not in ended)


@contextmanager
def noted(folder: Path, action: str, by: str = "", on: Day | None = None) -> Iterator[None]:
    r"""Note what is done to the tables of a dossier in the block; what changes nothing leaves no entry.

    Examples
    --------
    >>> import tempfile
    >>> from foedus.dossiers import copy_packaged
    >>> folder = Path(tempfile.mkdtemp()) / "office"
    >>> _ = copy_packaged("tokyo-office", folder)
    >>> settings = folder / "dossier.yaml"
    >>> with noted(folder, "a comment"):
    ...     _ = settings.write_bytes(settings.read_bytes() + b"# seen\n")
    >>> read_entries(folder)[0].altered[0].pieces[0].after
    '# seen\n'
    """
    if not folder.is_dir():
        refuse_packaged(folder)
        raise FoedusError(f"{folder}: no such folder")
    before = tables_of(folder)
    try:
        yield
    finally:
        note(folder, before, action, by, on)


@one_writer
def note(folder: Path, before: Mapping[str, bytes], action: str, by: str = "", on: Day | None = None) -> Entry | None:
    """Note what became of tables since they were ``before``; return the entry, or None where nothing did."""
    return _added(folder, Entry(0, action, differences(before, tables_of(folder)), by, on))


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Altered, ...]:
    """Return what became of each file whose bytes differ."""
    altered = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old != new:
            digest = "" if new is None else sha256(new)
            pieces = tuple(_pieces(_text(old or b""), _text(new or b"")))
            altered.append(Altered(name, pieces, made=old is None, gone=new is None, sha256=digest))
    return tuple(altered)


@one_writer
def take_back(folder: Path, number: int, by: str = "", on: Day | None = None) -> Entry:
    """Take one change back, whatever was changed beside it since; to take back an undo is to redo.

    Raises
    ------
    FoedusError
        When there is no such entry that stands, its lines were changed again since, or the dossier could not be read
        without the change; nothing is written then.
    """
    entries = read_entries(folder)
    entry = next((each for each in standing_entries(entries) if each.number == number), None)
    if entry is None:
        raise FoedusError(f"number {number} of the changes of tables: there is none that still stands")
    now = tables_of(folder)
    then = {name: data for name, data in reverted(entry, now).items() if data != now.get(name)}
    _written(folder, then, now, number)
    taken = _added(folder, Entry(0, "undo", differences(now, tables_of(folder)), by, on, number), always=True)
    if taken is None:  # pragma: no cover - it is always added
        raise FoedusError(f"number {number} was not taken back")
    return taken


def reverted(entry: Entry, now: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """Return the files as they are without a change, None for one that goes again; nothing is written.

    Raises
    ------
    FoedusError
        When a line that it made is not there any more as it made it.
    """
    return {each.file: _reverted(each, now.get(each.file), entry.number) for each in entry.altered}


def _reverted(altered: Altered, data: bytes | None, number: int) -> bytes | None:
    again = f"{altered.file} was changed again since number {number}"
    if altered.gone:
        if data is not None:
            raise FoedusError(f"{again}: it is there again, so that nothing was taken back")
        return _bytes("".join(piece.before for piece in altered.pieces))
    if altered.made:
        if data is None or sha256(data) != altered.sha256:
            raise FoedusError(f"{again} made it, so that nothing was taken back; take the later change back first")
        return None
    if data is None:
        raise FoedusError(f"{altered.file} is gone, so that nothing was taken back")
    text = _text(data)
    for piece in altered.pieces:
        changed = _without(text, piece)
        if changed is None:
            line = (piece.after or piece.above).split("\n", 1)[0].strip()
            raise FoedusError(
                f"{again}: the line {line[:60]!r} does not stand there as it left it, so that nothing was taken back"
            )
        text = changed
    return _bytes(text)


def _without(text: str, piece: Piece) -> str | None:
    """Return a text with the former lines in place of the new ones; None where these are not there, or not once."""
    if piece.after:
        places = list(_places(text, piece.after))
        if len(places) > 1:  # the same line elsewhere as well: the one under the same line is meant
            places = [place for place in places if piece.above and text[:place].endswith(piece.above)]
        if len(places) != 1:
            return None
        return text[: places[0]] + piece.before + text[places[0] + len(piece.after) :]
    if not piece.above:
        return piece.before + text
    places = [place + len(piece.above) for place in _places(text, piece.above)]
    if len(places) == 1:
        return text[: places[0]] + piece.before + text[places[0] :]
    return None


def _places(text: str, lines: str) -> Iterator[int]:
    """Yield where whole lines stand in a text."""
    place = text.find(lines)
    while place >= 0:
        end = place + len(lines)
        if (place == 0 or text[place - 1] == "\n") and (end == len(text) or lines.endswith("\n")):
            yield place
        place = text.find(lines, place + 1)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    a, b = _LINE.findall(old), _LINE.findall(new)
    for kind, i, k, j, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Piece(b[j - 1] if j else "", "".join(a[i:k]), "".join(b[j:m]))


def _written(folder: Path, then: Mapping[str, bytes | None], now: Mapping[str, bytes], number: int) -> None:
    """Write files together and take others away; where the dossier cannot be read so, everything is as it was."""
    write_together(folder, {name: data for name, data in then.items() if data is not None})
    for name, data in then.items():
        if data is None:
            (folder / name).unlink()
    try:
        read_dossier(folder)
    except FoedusError as error:
        write_together(folder, {name: now[name] for name in then if name in now})
        for name in then.keys() - now.keys():
            (folder / name).unlink()
        raise FoedusError(f"number {number} cannot be taken back by itself, for then: {error}") from None


def _added(folder: Path, entry: Entry, *, always: bool = False) -> Entry | None:
    if not entry.altered and not always:
        return None
    entries = read_entries(folder)
    entry = dataclasses.replace(entry, number=entries[-1].number + 1 if entries else 1)
    record = dataclasses.asdict(entry) | {"on": entry.on.isoformat() if entry.on else None}
    before = read_bytes(folder / JOURNAL, name=JOURNAL) if (folder / JOURNAL).exists() else b""
    line = json.dumps(record, ensure_ascii=True) + "\n"
    write_atomically(folder / JOURNAL, before[: before.rfind(b"\n") + 1] + line.encode(), like=folder / JOURNAL)
    return entry


def _entry(line: str, number: int) -> Entry:
    try:
        record = loaded(line) or {}
        altered = tuple(
            Altered(**{**each, "pieces": tuple(Piece(**piece) for piece in each["pieces"])})
            for each in record["altered"]
        )
        on = dt.date.fromisoformat(record["on"]) if record.get("on") else None
        return Entry(**{**record, "altered": altered, "on": on})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise refuse(
            JOURNAL, "an entry as Foedus wrote it; restore the file from a copy, or move it away to start a new one",
            where=f"line {number}",
        ) from None  # fmt: skip


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
