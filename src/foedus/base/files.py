"""Reading that refuses what cannot be text, and writing that never leaves half a file."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import time
from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.handles import PATIENCE, try_lock

TEXT_LIMIT = 64 * 2**20
"""Bytes beyond which no text file is opened: far above any dossier, far below what stalls a machine."""

_PART = ".foedus-part"
_LONGEST_NAME = 255
_PAUSE = 0.02
_WINDOWS = os.name == "nt"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, *, limit: int = TEXT_LIMIT, name: str | None = None) -> str:
    r"""Read a text file, strictly.

    Parameters
    ----------
    path
        The file.
    limit
        Largest size, in bytes.
    name
        How messages call the file; its path if not given.

    Returns
    -------
    str
        The text without a byte-order mark, line ends as ``\n``.

    Raises
    ------
    InputError
        When the file is missing, a folder, not a regular file, too large, binary or in an encoding other
        than UTF-8 (or UTF-16 with its mark, as spreadsheets write it).
    """
    name = name or str(path)
    return as_text(read_bytes(path, limit=limit, name=name), name)


def as_text(data: bytes, name: str) -> str:
    """Return bytes as text, as strictly as `read_text` does."""
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        kind = "text in UTF-8 and found a binary file" if b"\0" in data[:4096] else "text in UTF-8; save it as UTF-8"
        raise refuse(name, f"expected {kind}", where=f"line {line}") from None
    if "\0" in text:
        raise refuse(
            name,
            "expected text and found a binary file",
            where=f"line {text[: text.index(chr(0))].count(chr(10)) + 1}",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: Path, *, limit: int = TEXT_LIMIT, name: str | None = None) -> bytes:
    """Read a regular file of at most ``limit`` bytes; the errors are those of `read_text`."""
    name = name or str(path)
    try:
        if not path.exists():
            raise refuse(name, "the file is missing")
        if not path.is_file():
            raise refuse(name, "expected a file and found a folder or a device")
        size = path.stat().st_size
        if size > limit:
            raise refuse(name, f"is {size / 2**20:,.0f} MB; at most {limit / 2**20:,.0f} MB are read")
        return path.read_bytes()
    except OSError as error:
        raise refuse(name, f"cannot be read: {error.strerror or error}") from None


def write_atomically(path: Path, data: bytes | str, *, like: Path | None = None) -> None:
    """Write a whole file or nothing: into a neighbour first, read back from there, then moved into place.

    The neighbour, `part_of`, has one name for each file: a process that dies leaves one at most, and whoever writes the
    file next takes it away. A file keeps its permissions and its owner; a link keeps leading where it led.

    Parameters
    ----------
    path
        Where to; missing parent folders are made.
    data
        Bytes, or text to be written as UTF-8.
    like
        A file whose permissions and owner a new one takes over; by default it has its own, or those of any new file.

    Raises
    ------
    InputError
        When the place cannot be written; an older file stays as it was.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    part: Path | None = None
    try:
        target = place_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        model = _standing(target) or (None if like is None else _standing(like))
        handle, part = _begun(target, private=model is not None)
        with os.fdopen(handle, "w+b") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            if stream.read() != payload:
                raise OSError(errno.EIO, "what was written reads back as something else")
            if model is not None:
                _make_like(part, model)
            if not _WINDOWS:  # under the lock on the part, so that nobody takes it for one that was left behind
                part.replace(target)
        if _WINDOWS:
            part.replace(target)
        part = None
    except OSError as error:
        raise refuse(str(path), f"cannot be written: {error.strerror or error}") from None
    finally:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def place_of(path: Path) -> Path:
    """Return where a file stands, behind whatever links lead to it.

    Raises
    ------
    InputError
        When a link leads to no file, or in a loop, or to what is no file.
    """
    try:
        target = Path(os.path.realpath(path, strict=True)) if path.is_symlink() else path
    except OSError:
        raise refuse(str(path), "cannot be written: it is a link that leads to no file") from None
    if target.exists() and not target.is_file() and not target.is_dir():
        raise refuse(str(path), "cannot be written: expected a file and found a device")
    return target


def part_of(path: Path) -> Path:
    """Return the neighbour into which a file is written first.

    Examples
    --------
    >>> part_of(Path("office/statements.csv")).name
    '.statements.csv.foedus-part'
    """
    name = f".{path.name}{_PART}"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = f".{hashlib.sha256(os.fsencode(path.name)).hexdigest()}{_PART}"
    return path.with_name(name)


def sweep(folder: Path) -> int:
    """Take away what processes that died have left below a folder; return how many files that was.

    A part that somebody is still writing is locked, and stays.
    """
    count = 0
    for root, _, files in os.walk(folder):
        for name in files:
            if name.startswith(".") and name.endswith(_PART):
                count += _left_behind(Path(root, name))
    return count


def sync_folder(folder: Path) -> None:
    """Make sure that a new file's name is on the disk, where the system can be asked for it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _begun(target: Path, *, private: bool) -> tuple[int, Path]:
    """Open the part of a file under a lock, waiting for whoever is writing the same file."""
    part, start = part_of(target), time.monotonic()
    mode = 0o600 if private else 0o666
    while True:
        try:
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | _NO_LINK, mode)
        except FileExistsError:
            if not _left_behind(part):
                if time.monotonic() - start > PATIENCE:
                    raise OSError(errno.EAGAIN, f"another process is writing it, for {PATIENCE:g} seconds") from None
                time.sleep(_PAUSE)
            continue
        if _WINDOWS or (try_lock(handle) and _is_at(handle, part)):
            return handle, part
        os.close(handle)  # in the moment before the lock, somebody took it for one that was left behind


def _left_behind(part: Path) -> bool:
    """Take a part away that nobody is writing any more; tell whether it is gone."""
    try:
        if _WINDOWS or part.is_symlink() or not part.is_file():  # on Windows an open file cannot be removed
            part.unlink()
            return True
        handle = os.open(part, os.O_RDONLY | _NO_LINK)
        try:
            free = try_lock(handle)
            if free and _is_at(handle, part):
                part.unlink()
        finally:
            os.close(handle)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return free


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat(follow_symlinks=False))
    except OSError:
        return False


def _standing(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _make_like(path: Path, model: os.stat_result) -> None:
    """Give a file the permissions of what it replaces, and its owner where that is allowed."""
    path.chmod(stat.S_IMODE(model.st_mode))
    own = path.stat()
    if (own.st_uid, own.st_gid) != (model.st_uid, model.st_gid):
        with contextlib.suppress(OSError, AttributeError):
            os.chown(path, model.st_uid, model.st_gid)
            path.chmod(stat.S_IMODE(model.st_mode))
