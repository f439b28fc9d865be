"""Asking the process that opens documents and archives of others; see `foedus.evidence.readers.worker`."""

from __future__ import annotations

import atexit
import json
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.children import safe_path, start
from foedus.evidence.readers import limits
from foedus.evidence.readers.raw import Raw, from_plain

SECONDS = 60.0
"""Time after which a document is given up."""

_WORKER = Path(__file__).with_name("worker.py")


class _Worker:
    """A process that answers one request after the other, started when it is first needed and after each failure."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._modules: list[str] = []

    def ask(self, request: dict[str, Any], data: bytes = b"", seconds: float = SECONDS) -> tuple[dict[str, Any], bytes]:
        with self._turn:
            try:
                for fresh in (False, True):
                    process = self._started(fresh)
                    try:
                        return _exchange(process, request, data, seconds)
                    except BrokenPipeError:  # it had ended before it was asked
                        continue
                raise ValueError("brings the reader down; the file is damaged or means harm")
            except BaseException:
                self.stop()  # whatever it was at, it is not to answer the next request with it
                raise

    def _started(self, fresh: bool) -> subprocess.Popen[bytes]:
        if fresh:
            self.stop()
        if self._process is None or self._process.poll() is not None or self._modules != safe_path():
            self.stop()
            self._modules = safe_path()
            self._process = start(_WORKER)
        return self._process

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _exchange(
    process: subprocess.Popen[bytes], request: dict[str, Any], data: bytes, seconds: float
) -> tuple[dict[str, Any], bytes]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the reader was started without pipes")
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(seconds, give_up)
    clock.daemon = True
    clock.start()
    try:
        process.stdin.write(json.dumps({**request, "size": len(data)}).encode() + b"\n" + data)
        process.stdin.flush()
        line = process.stdout.readline()
        facts: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
        body = process.stdout.read(facts["size"]) if facts else b""
    except BrokenPipeError:
        if late.is_set():
            raise _late(seconds) from None
        raise
    finally:
        clock.cancel()
    if late.is_set():
        raise _late(seconds)
    if not facts or len(body) != facts["size"]:
        raise ValueError("brings the reader down; the file is damaged or means harm")
    return facts, body


def _late(seconds: float) -> ValueError:
    return ValueError(f"was given up after {seconds:.0f} seconds: it loops or is too large")


_worker = _Worker()
atexit.register(_worker.stop)


def read_apart(suffix: str, data: bytes, *, seconds: float = SECONDS) -> Raw:
    """Read a document in a process of its own, which has little memory, no network and no files.

    Parameters
    ----------
    suffix
        Of the format, one of `foedus.evidence.readers.formats.formats`.
    data
        The file's bytes.
    seconds
        Time after which it is given up.

    Raises
    ------
    ValueError
        When it cannot be read, takes too long or too much memory; the message says which.
    """
    facts, body = _worker.ask({"do": "read", "suffix": suffix}, data, seconds)
    if "refused" in facts:
        raise ValueError(facts["refused"])
    return from_plain(json.loads(body))


def cells_apart(data: bytes) -> list[list[str]]:
    """Return the cells of a workbook's first sheet as text, read in that process; days as 2023-07-11.

    Raises
    ------
    ValueError
        When it is no sound workbook, or holds a second sheet with anything on it.
    """
    facts, body = _worker.ask({"do": "cells"}, data)
    if "refused" in facts:
        raise ValueError(facts["refused"])
    return [[str(cell) for cell in row] for row in json.loads(body)]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of an XML document: its name, attributes, text before what is inside, and elements inside."""

    name: str
    attributes: dict[str, str]
    text: str
    inside: tuple[Element, ...]

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements of some names directly inside."""
        return (element for element in self.inside if element.name in names)

    def first(self, name: str) -> Element:
        """Return the first element of a name directly inside; an empty one where there is none."""
        return next(self.all(name), Element(name, {}, "", ()))

    def deep(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name, however deep."""
        for element in self.inside:
            if element.name == name:
                yield element
            yield from element.deep(name)


def xml_apart(data: bytes) -> Element:
    """Return an XML document, read in that process: no entities, nothing from outside, names without namespaces.

    Raises
    ------
    ValueError
        When it is no sound XML, or declares a document type.
    """
    facts, body = _worker.ask({"do": "xml"}, data)
    if "refused" in facts:
        raise ValueError(facts["refused"])
    return _element(json.loads(body))


def _element(plain: list[Any]) -> Element:
    name, attributes, text, inside = plain
    return Element(name, attributes, text, tuple(_element(child) for child in inside))


def archive_members(path: Path) -> list[tuple[str, int, int]]:
    """Return the files in a zip archive: name, size, and size as it is packed.

    Raises
    ------
    ValueError
        When it is no sound archive.
    """
    return [(name, size, packed) for name, size, packed in json.loads(_of_archive({"do": "list", "path": str(path)}))]


def archive_member(path: Path, name: str) -> bytes:
    """Return the bytes of a file in a zip archive, of no more than is read of any file.

    Raises
    ------
    ValueError
        When it cannot be unpacked.
    """
    request = {"do": "member", "path": str(path), "member": name, "most": limits.LARGEST_FILE + 1}
    return _of_archive(request)


def _of_archive(request: dict[str, Any]) -> bytes:
    facts, body = _worker.ask({**request, "path": str(Path(request["path"]).absolute())})
    if "refused" in facts:
        raise ValueError(facts.get("detail") or facts["refused"])
    return body
