"""Reading that refuses what cannot be text, and writing that never leaves half a file."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from foedus.base.errors import refuse

TEXT_LIMIT = 64 * 2**20
"""Bytes beyond which no text file is opened: far above any dossier, far below what stalls a machine."""

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


def write_atomically(path: Path, data: bytes | str) -> None:
    """Write a whole file or nothing: into a neighbour first, then moved into place.

    Parameters
    ----------
    path
        Where to; missing parent folders are made.
    data
        Bytes, or text to be written as UTF-8.

    Raises
    ------
    InputError
        When the place cannot be written; an older file stays as it was.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise refuse(str(path), f"cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the permissions of what is replaced, or what a new file gets: a private file stays private."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
