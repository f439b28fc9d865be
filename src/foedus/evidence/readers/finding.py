"""Finding what is to be read: files, folders and archives, none of them opened further than its list of contents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from foedus.base.characters import forbidden, printable
from foedus.base.errors import FoedusError
from foedus.base.files import read_bytes
from foedus.evidence.documents import Refusal
from foedus.evidence.readers import limits
from foedus.evidence.readers.apart import archive_member, archive_members
from foedus.evidence.readers.formats import ARCHIVE, formats


@dataclass(frozen=True, slots=True)
class Readable:
    """A file to be read.

    Attributes
    ----------
    path
        The file, or the archive that holds it.
    member
        Its name inside the archive; empty for a file.
    number, article
        Of an article in a batch: its place, from 1, and its text in UTF-8.
    """

    path: Path
    member: str = ""
    number: int = 0
    article: bytes = b""

    @property
    def name(self) -> str:
        """The file as messages call it, with the path inside an archive and the number of an article in a batch."""
        name = printable(f"{self.path}/{self.member}" if self.member else str(self.path))
        return f"{name}, article {self.number}" if self.number else name

    @property
    def suffix(self) -> str:
        """The end of its name, in lower case, which tells the format; an article is a plain text."""
        return ".txt" if self.number else Path(self.member or self.path.name).suffix.lower()

    def bytes(self) -> bytes:
        """Return its bytes, of an archive's member no more than is read of any file.

        Raises
        ------
        FoedusError
            When it is missing, too large or no file, or cannot be unpacked; the message says why, without its name.
        """
        if self.number:
            return self.article
        if not self.member:
            if self.path.is_symlink() and not self.path.exists():
                raise FoedusError("is a link that leads to no file")
            try:
                return read_bytes(self.path, limit=limits.LARGEST_FILE)
            except FoedusError as error:
                raise FoedusError(str(error).removeprefix(f"{self.path}: ")) from None
        try:
            return archive_member(self.path, self.member)
        except ValueError as error:
            raise FoedusError(f"cannot be unpacked: {error}") from None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder or an archive that is of no format that is read."""

    name: str
    suffix: str


def find_entries(paths: Iterable[Path | str]) -> Iterator[Readable | Refusal | PassedOver]:
    """List what is to be read, folders and archives in the order of names; hidden files are left out.

    Parameters
    ----------
    paths
        Files, folders, archives. Links to folders are not followed, so that no loop arises.

    Yields
    ------
    Readable, Refusal or PassedOver
        In the order of the paths.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from _in_folder(path)
        elif path.suffix.lower() == ARCHIVE:
            yield from _in_archive(path)
        else:
            yield _file(path)


def _file(path: Path) -> Readable | Refusal:
    """Return a file, or why its name alone refuses it: one that is no UTF-8 cannot stand in a table."""
    return _misnamed(path) or Readable(path)


def _misnamed(path: Path) -> Refusal | None:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return Refusal(_shown(path), "has a name that is not UTF-8; rename it")
    if character := forbidden(path.name):
        return Refusal(_shown(path), f"has a name with {character}; rename it")
    return None


def _shown(path: Path | str) -> str:
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _in_folder(folder: Path) -> Iterator[Readable | Refusal | PassedOver]:
    refused: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=refused.append):
        while refused:
            error = refused.pop()
            yield Refusal(_shown(error.filename), f"cannot be read: {error.strerror}")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            suffix = path.suffix.lower().encode("utf-8", "backslashreplace").decode()
            if name.startswith("."):
                continue
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
                yield Refusal(_shown(path), "is a link that leads out of the folder; name the file itself to read it")
            elif suffix == ARCHIVE:
                yield from _in_archive(path)
            elif suffix in formats():
                yield _file(path)
            else:
                yield PassedOver(str(path), suffix)
    for error in refused:
        yield Refusal(_shown(error.filename), f"cannot be read: {error.strerror}")


def _in_archive(path: Path) -> Iterator[Readable | Refusal | PassedOver]:
    if (wrong := _misnamed(path)) is not None:
        yield wrong
        return
    try:
        if not path.is_file():
            what = "the file is missing" if not path.exists() else "expected a file and found a device"
            yield Refusal(str(path), what)
            return
        if path.stat().st_size > limits.LARGEST_ARCHIVE:
            most = limits.LARGEST_ARCHIVE / 2**20
            yield Refusal(str(path), f"is {path.stat().st_size / 2**20:,.0f} MB; at most {most:,.0f} MB are read")
            return
        members = sorted(archive_members(path))
        limits.check_total([size for _, size, _ in members])
    except (ValueError, OSError) as error:
        yield Refusal(str(path), str(error) or "is no sound archive")
        return
    for name, size, packed in members:
        if not any(map(_hidden, Path(name).parts)):
            yield _of_archive(path, name, size, packed)


def _hidden(part: str) -> bool:
    return part.startswith((".", "__")) and part not in (".", "..")


def _of_archive(path: Path, name: str, size: int, packed: int) -> Readable | Refusal | PassedOver:
    entry = Readable(path, name)
    if entry.suffix == ARCHIVE:
        return Refusal(entry.name, "is an archive inside an archive; unpack it first")
    if entry.suffix not in formats():
        return PassedOver(entry.name, entry.suffix)
    try:
        limits.check_member(name, size, packed)
    except ValueError as error:
        return Refusal(entry.name, str(error))
    return entry
