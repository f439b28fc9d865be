"""The process in which documents and archives of others are opened: little memory, no file but theirs, no network.

It reads requests from standard input and answers on standard output, each a line of JSON with the size of the bytes
that follow it. `foedus.evidence.readers.apart` starts it, asks, and stops it when it takes too long.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError

MEMORY = 2 * 2**30
"""Bytes that the process may take, where the system can limit them."""

_MOST_FILES = 64
_LONGEST = 90
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.chown",
    "os.listdir", "os.scandir", "shutil.", "ftplib.", "urllib.", "http.", "smtplib.", "webbrowser.",
    "tempfile.",
)  # fmt: skip
"""What Python's own libraries may not do there, by the beginnings of their audit events."""
_ROOMS = ("os.listdir", "os.scandir")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_asked_for: set[str] = set()
_archive: list[tuple[tuple[str, int, int], zipfile.ZipFile]] = []


def _answer(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    match request["do"]:
        case "read":
            from foedus.evidence.readers.formats import reader_of  # noqa: PLC0415 - after the limits are set
            from foedus.evidence.readers.raw import as_plain  # noqa: PLC0415 - each format loads what it needs

            reader = reader_of(request["suffix"])
            if reader is None:
                raise ValueError(f"{request['suffix']}: no such format")
            return {}, json.dumps(as_plain(reader(data))).encode()
        case "cells":
            from foedus.evidence.readers.spreadsheet import read_cells  # noqa: PLC0415 - each format loads what it needs

            return {}, json.dumps(read_cells(data)).encode()
        case "xml":
            from foedus.evidence.readers.xml import plain_tree  # noqa: PLC0415

            return {}, json.dumps(plain_tree(data)).encode()
        case "list":
            members = [
                [member.filename, member.file_size, member.compress_size]
                for member in _opened(request["path"]).infolist()
                if not member.is_dir()
            ]
            return {}, json.dumps(members).encode()
        case "member":
            with _opened(request["path"]).open(request["member"]) as stream:
                return {}, stream.read(request["most"])
    raise ValueError(f"{request['do']!r}: no such request")


def _opened(path: str) -> zipfile.ZipFile:
    """Return an archive, kept open while its members are read one after the other."""
    _asked_for.add(os.path.realpath(path))
    status = Path(path).stat()
    key = (path, status.st_mtime_ns, status.st_size)
    if not _archive or _archive[0][0] != key:
        while _archive:
            _archive.pop()[1].close()
        _archive.append((key, zipfile.ZipFile(path)))
    return _archive[0][1]


def _serve() -> None:
    take, give = sys.stdin.buffer, sys.stdout.buffer
    for line in iter(take.readline, b""):
        request = json.loads(line)
        _limit_time()
        body = b""
        spent = False
        try:
            facts, body = _answer(request, take.read(request["size"]))
        except (MemoryError, RecursionError) as error:
            spent = True
            what = "memory" if isinstance(error, MemoryError) else "nesting"
            facts = {"refused": f"takes more {what} to read than any document should"}
        except Exception as error:
            words = (
                str(error) if type(error) in (ValueError, FoedusError) else f"cannot be read ({type(error).__name__})"
            )
            facts = {"refused": words or "cannot be read", "kind": type(error).__name__, "detail": str(error)}
        give.write(json.dumps({**facts, "size": len(body)}).encode() + b"\n" + body)
        give.flush()
        if spent:  # what is left of its memory may be in pieces
            return


def limit() -> None:
    """Limit memory, open files and files written; Windows has no such limits, and macOS none of memory."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        wanted = {"RLIMIT_AS": MEMORY, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": _MOST_FILES, "RLIMIT_CORE": 0}
        for name, most in wanted.items():
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (most, most))


def _limit_time() -> None:
    """Let the system end the process when one request takes far too long and nobody is left to stop it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + _LONGEST
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def guard() -> None:
    """Refuse network, other processes and every file but Python's own and the archive that is asked for.

    This binds Python code; a document cannot bring any. What the libraries in C do is bound by the kernel, on Linux
    (`foedus.evidence.readers.kernel`), and by their options elsewhere.
    """
    homes = tuple({os.path.realpath(path) + os.sep for path in (*sys.path, *sysconfig.get_paths().values()) if path})

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int):
                return
            place = os.path.realpath(os.fsdecode(path))
            if (flags or 0) & _WRITING or not (place.startswith(homes) or place in _asked_for):
                raise PermissionError("a reader may not open files")
        elif event.startswith(_FORBIDDEN):
            if event in _ROOMS and f"{os.path.realpath(arguments[0] or '.')}{os.sep}".startswith(homes):
                return  # where Python looks for its own modules
            raise PermissionError("a reader may not do this")

    sys.addaudithook(hear)


if __name__ == "__main__":
    import logging
    import mimetypes
    import signal
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asks
    mimetypes.knownfiles = []  # openpyxl would ask for the system's kinds of file, which are closed
    from foedus.evidence.readers.kernel import confine

    limit()
    confine()
    guard()
    _serve()
