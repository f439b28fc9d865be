"""One writer at a time: a lock that the operating system holds, and lets go when its process ends."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from foedus.base.errors import FoedusError, refuse
from foedus.base.files import part_of, sweep
from foedus.base.handles import PATIENCE, try_lock
from foedus.base.together import finish

PACKAGED = Path(os.path.realpath(__file__)).parents[1] / "dossiers" / "packaged"
"""The dossiers that come with Foedus: nobody writes there."""
_PAUSE = 0.02
_TOLD_AFTER = 1.0
_OPEN = ", which stays open"
"""How the note of a lease ends, for it is not over in a moment."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_own = threading.local()
_leases: dict[Path, threading.RLock] = {}


class BusyError(FoedusError):
    """Raised where another writer has not finished in time; nothing was written."""


F = TypeVar("F", bound=Callable[..., Any])


def say(words: str) -> None:
    """Say something that no answer holds, such as for whom one waits, on standard error."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"foedus: {words}\n")
            sys.stderr.flush()


@contextlib.contextmanager
def writing(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a dossier or a file while it is read, changed and written.

    The lock is a file that stays; what counts is that the operating system holds it for a process, and lets it go when
    that process ends, however it ends. Whoever holds it may take it again. A writer that waits says for whom. What a
    writer that died has left half-written is taken away by the next one.

    Parameters
    ----------
    path
        A folder, which keeps its lock inside, or a file, which has it beside.
    patience
        Seconds to wait for another writer; `PATIENCE` if not given.

    Raises
    ------
    BusyError
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
    target = Path(os.path.realpath(path))
    held: set[Path] = _own.__dict__.setdefault("held", set())
    if target in held:
        yield
        return
    refuse_packaged(path)
    patience = PATIENCE if patience is None else patience
    with _leased(target, path, patience) if target in _leases else _locked(target, path, patience, _self()):
        held.add(target)
        try:
            yield
        finally:
            held.discard(target)


@contextlib.contextmanager
def lease(folder: Path, who: str) -> Iterator[None]:
    """Hold a dossier for as long as a server runs; every thread of this process may write to it in turn.

    Whoever else wants to write waits as for any writer, and is told who holds it: ``who`` should say what it is and
    where to reach it.

    Parameters
    ----------
    folder
        The dossier's.
    who
        The holder in words, such as ``the workbench at http://127.0.0.1:8000``.

    Raises
    ------
    BusyError
        When another process holds the dossier; a server does not wait.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> with lease(home, "the workbench"), writing(home):
    ...     pass
    """
    target = Path(os.path.realpath(folder))
    if target in _leases:
        raise FoedusError(f"{str(folder)!r}: this process has it open already")
    with _locked(target, folder, 0.0, f"{who} ({_self()}){_OPEN}"):
        _leases[target] = threading.RLock()
        try:
            yield
        finally:
            del _leases[target]


@contextlib.contextmanager
def _leased(target: Path, path: Path, patience: float) -> Iterator[None]:
    turn = _leases[target]
    if not turn.acquire(timeout=patience):
        raise BusyError(_given_up(path, "another request", patience))
    try:
        yield
    finally:
        turn.release()


@contextlib.contextmanager
def _locked(target: Path, path: Path, patience: float, who: str) -> Iterator[None]:
    folder = target.is_dir()
    lock = target / ".foedus.lock" if folder else target.with_name(f".{target.name}.lock")
    handle = _taken(lock, path, patience)
    try:
        died, last = os.fstat(handle).st_size > 1, _holder(lock)
        # From the second byte on: on Windows the first one is what is locked, and cannot be read by others.
        _note(handle, who)
        if died:
            _tidy(target, folder, last)
        try:
            yield
        except FoedusError:
            _note(handle, "")  # a refusal leaves nothing half-written
            raise
        _note(handle, "")
    finally:
        os.close(handle)


def _taken(lock: Path, path: Path, patience: float) -> int:
    """Wait for a lock and return it, open; one that somebody removed meanwhile locks nothing, and is made anew."""
    start = time.monotonic()
    while True:
        handle = _opened(lock, path)
        try:
            _wait(handle, path, lock, patience, start)
            if os.path.samestat(os.fstat(handle), lock.stat(follow_symlinks=False)):
                return handle
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _opened(lock: Path, path: Path) -> int:
    """Open a lock, making it where there is none; it may be opened by whoever may write where it stands.

    A link is not followed: it could lead to somebody's file, which would be cut short.
    """
    try:
        try:
            handle = os.open(lock, os.O_RDWR | _NO_LINK)
        except PermissionError:
            handle = os.open(lock, os.O_RDONLY | _NO_LINK)  # made by somebody else; it can be locked all the same
        except FileNotFoundError:
            handle = os.open(lock, os.O_CREAT | os.O_RDWR | _NO_LINK, 0o666)
            with contextlib.suppress(OSError, AttributeError):
                os.fchmod(handle, stat.S_IMODE(lock.parent.stat().st_mode) & 0o666)
    except OSError as error:
        why = "its lock is a link" if lock.is_symlink() else error.strerror or error
        raise refuse(str(path), f"cannot be written: {why}") from None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(handle)
        raise refuse(str(lock), "expected a lock, which is a plain file; remove it")
    return handle


def _note(handle: int, who: str) -> None:
    """Write who holds a lock into it; an empty note says that its holder has finished."""
    with contextlib.suppress(OSError):  # a lock that somebody else made may be read-only
        os.ftruncate(handle, 1)
        os.lseek(handle, 1, os.SEEK_SET)
        os.write(handle, who.encode())


def _tidy(target: Path, folder: bool, last: str) -> None:
    """Finish or take away what the last holder left half-written: it died before it could say that it had finished."""
    if not folder:
        part_of(target).unlink(missing_ok=True)
        return
    if finish(target):
        say(f"{last or 'another process'} ended in the middle of changing several files; all of them are changed now")
    sweep(target)


def _self() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


def _wait(handle: int, path: Path, lock: Path, patience: float, start: float) -> None:
    told = False
    while not try_lock(handle):
        waited = time.monotonic() - start
        if waited >= patience:
            raise BusyError(_given_up(path, _holder(lock), patience))
        if waited > _TOLD_AFTER and not told:
            say(f"waiting up to {patience:g} seconds: {_has(_holder(lock), path)}")
            told = True
        time.sleep(_PAUSE)


def _given_up(path: Path, holder: str, patience: float) -> str:
    waited = f", and still after {patience:g} seconds" if patience else ""
    then = "make the change there, or close it first" if holder.endswith(_OPEN) else "try again when it is done"
    return f"{_has(holder, path)}{waited}; nothing was written: {then}"


def _has(holder: str, path: Path) -> str:
    """Return what a holder does with what it has locked."""
    who = holder.removesuffix(_OPEN)
    return f"{who} has {str(path)!r} open" if holder.endswith(_OPEN) else f"{who} is writing to {str(path)!r}"


def _holder(lock: Path) -> str:
    """Return who holds a lock, in its own words."""
    try:
        return lock.read_bytes()[1:].decode("utf-8", "replace").strip() or "another process"
    except OSError:
        return "another process"


def refuse_packaged(folder: Path) -> None:
    """Refuse to change a dossier that comes with Foedus, given by its name or by its place in the installation.

    Without this, a command that reads a packaged dossier by its name would write into the installation, or beside.

    Raises
    ------
    InputError
        With the command that copies it.

    Examples
    --------
    >>> refuse_packaged(Path("harbour-compact"))
    Traceback (most recent call last):
    foedus.base.errors.InputError: harbour-compact: comes with Foedus and is not changed; to change a copy of it: \
foedus new harbour-compact --copy harbour-compact
    """
    place = Path(os.path.realpath(folder))
    named = PACKAGED / folder
    if _inside(place):
        name = place.relative_to(PACKAGED).parts[0]
    elif not folder.exists() and _inside(Path(os.path.normpath(named))) and (named / "dossier.yaml").is_file():
        name = named.name
    else:
        return
    copied = f"foedus new {name} --copy {name}"
    raise refuse(name, f"comes with Foedus and is not changed; to change a copy of it: {copied}")


def _inside(place: Path) -> bool:
    return PACKAGED in place.parents


def one_writer(function: F) -> F:
    """Let a function that changes the folder that is its first argument run under that folder's lock."""

    @functools.wraps(function)
    def locked(folder: Any, *arguments: Any, **named: Any) -> Any:
        refuse_packaged(Path(folder))
        if not Path(folder).is_dir():
            return function(folder, *arguments, **named)
        with writing(Path(folder)):
            return function(folder, *arguments, **named)

    return cast("F", locked)
