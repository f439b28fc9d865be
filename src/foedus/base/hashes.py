"""Content hashes: which bytes an answer rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(parts: Iterable[tuple[str, bytes]]) -> str:
    """Return one hash for named contents, whatever order they come in.

    Parameters
    ----------
    parts
        Pairs of a name and its bytes; names are unique.

    Examples
    --------
    >>> fingerprint([("a", b"1"), ("b", b"2")]) == fingerprint([("b", b"2"), ("a", b"1")])
    True
    >>> fingerprint([("a", b"1")]) == fingerprint([("a", b"2")])
    False
    """
    total = hashlib.sha256()
    for name, data in sorted(parts):
        total.update(f"{name}\0{sha256(data)}\n".encode())
    return total.hexdigest()


def folder_contents(folder: Path, suffixes: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Return the named contents of a folder's files with one of the suffixes, for `fingerprint`."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in suffixes and path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
