"""One writer at a time: a lock that the operating system holds, and lets go when its process ends."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from foedus.base.errors import FoedusError, refuse

PATIENCE = 30.0
"""Seconds that a writer waits for another."""
_PAUSE = 0.02
_TOLD_AFTER = 1.0
_own = threading.local()

F = TypeVar("F", bound=Callable[..., Any])

try:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

except ImportError:  # Windows
    import msvcrt

    def _try(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]


@contextlib.contextmanager
def writing(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a dossier or a file while it is read, changed and written.

    The lock is a file that stays; what counts is that the operating system holds it for a process, and lets it go when
    that process ends, however it ends. Whoever holds it may take it again.

    Parameters
    ----------
    path
        A folder, which keeps its lock inside, or a file, which has it beside.
    patience
        Seconds to wait for another writer; `PATIENCE` if not given.

    Raises
    ------
    FoedusError
        When another writer has not finished by then; nothing was written.
    InputError
        When the lock cannot be made.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> with writing(home), writing(home):
    ...     (home / ".foedus.lock").exists()
    True
    """
    target = path.resolve()
    held: set[Path] = _own.__dict__.setdefault("held", set())
    if target in held:
        yield
        return
    lock = target / ".foedus.lock" if target.is_dir() else target.with_name(f".{target.name}.lock")
    try:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        raise refuse(str(path), f"cannot be written: {error.strerror or error}") from None
    try:
        _wait(handle, path, lock, PATIENCE if patience is None else patience)
        held.add(target)
        # From the second byte on: on Windows the first one is what is locked, and cannot be read by others.
        os.ftruncate(handle, 1)
        os.lseek(handle, 1, os.SEEK_SET)
        os.write(handle, f"process {os.getpid()} on {socket.gethostname()}".encode())
        yield
    finally:
        held.discard(target)
        os.close(handle)


def _wait(handle: int, path: Path, lock: Path, patience: float) -> None:
    start = time.monotonic()
    told = False
    while True:
        try:
            _try(handle)
        except OSError:
            waited = time.monotonic() - start
            if waited >= patience:
                raise FoedusError(
                    f"{str(path)!r}: {_holder(lock)} is writing to it and has not finished within {patience:g} "
                    "seconds; nothing was written. Try again when it is done"
                ) from None
            if waited > _TOLD_AFTER and not told and sys.stderr is not None and sys.stderr.isatty():
                sys.stderr.write(f"waiting for {_holder(lock)}, which is writing to {path}\n")
                told = True
            time.sleep(_PAUSE)
        else:
            return


def _holder(lock: Path) -> str:
    """Return who holds a lock, in its own words."""
    try:
        return lock.read_bytes()[1:].decode("utf-8", "replace").strip() or "another process"
    except OSError:
        return "another process"


def one_writer(function: F) -> F:
    """Let a function that changes the folder that is its first argument run under that folder's lock."""

    @functools.wraps(function)
    def locked(folder: Any, *arguments: Any, **named: Any) -> Any:
        if not Path(folder).is_dir():
            return function(folder, *arguments, **named)
        with writing(Path(folder)):
            return function(folder, *arguments, **named)

    return cast("F", locked)
