"""Where units of work run: in this process, in several, or on a Dask cluster; the answers are the same bytes.

All three are executors of `concurrent.futures`. A unit knows its seed by itself, so that neither where it runs
nor when changes an answer.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import pickle
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, TypeVar

from foedus._version import __version__
from foedus.base.children import end_with, isolated
from foedus.base.errors import FoedusError

Shared = TypeVar("Shared")
Unit = TypeVar("Unit")
Found = TypeVar("Found")

MOST = 256
"""Processes on one machine; more is a slip of the hand."""

_AHEAD = 2
"""Units handed out for each worker at a time: so few that an interrupt loses little, enough that none waits."""
_ON_A_CLUSTER = 32
"""Units handed to a cluster at a time, whose workers come and go."""
_STRIKES = 3
_ANSWERS = 10
"""Seconds in which a scheduler has to answer."""
_PATIENCE = 30
"""Seconds to wait for a cluster's first worker."""


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes work side by side, or which cluster does.

    Attributes
    ----------
    count
        Processes; 1: this one.
    scheduler
        Address of a Dask scheduler, such as ``tcp://10.0.0.5:8786``; blank: none. ``count`` then plays no part.

    Raises
    ------
    FoedusError
        When the count makes no sense, or both are asked for.
    """

    count: int = 1
    scheduler: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST:
            raise FoedusError(f"--workers must be from 1 to {MOST}; got {self.count}")
        if self.scheduler and self.count != 1:
            raise FoedusError("--workers and --scheduler: expected one of them; a cluster has workers of its own")


ALONE = Workers()
"""Everything in this process, one unit after the other."""


def as_done(
    work: Callable[[Shared, Unit], Found], shared: Shared, units: Sequence[Unit], workers: Workers = ALONE
) -> Iterator[tuple[int, Found]]:
    """Do units of work and yield what comes of each as it is done.

    Parameters
    ----------
    work
        A function of a module, called with what all units share and with one of them.
    shared, units
        What it is called with; elsewhere than in this process both are pickled.
    workers
        Where to.

    Yields
    ------
    tuple
        The place of a unit in the sequence, and what came of it; in order in one process, else in any.

    Raises
    ------
    FoedusError
        When a cluster cannot be reached or has another version of Foedus, or workers end again and again. A worker that
        is killed loses nothing: what it was at is done anew.

    Examples
    --------
    >>> list(as_done(pow, 2, [1, 2, 3]))
    [(0, 2), (1, 4), (2, 8)]
    """
    left = dict(enumerate(units))
    call: tuple[Any, ...] = (work, shared)
    if workers != ALONE:
        call = (_elsewhere, __version__, pickle.dumps((work, shared)))
    ended: dict[int, int] = {}  # how often a process was ended that was at a unit, alone or among others
    while left:
        calm = {place: unit for place, unit in left.items() if place not in ended}
        if not calm:
            place = min(left, key=lambda place: (ended[place], place))
            if ended[place] >= _STRIKES:
                raise FoedusError(
                    f"a worker process was ended {_STRIKES} times over the same unit of work, and all others are done: "
                    "the machine may lack the memory; try fewer (--workers), or fewer draws"
                )
            calm = {place: left[place]}
        at_work: dict[Future[Any], int] = {}
        try:
            with _executor(workers) as executor:
                for place, found in _through(executor, call, calm, at_work, _window(workers)):
                    del left[place]
                    yield place, found
        except BrokenProcessPool:
            for place in at_work.values():
                ended[place] = ended.get(place, 0) + 1


def in_order(
    work: Callable[[Shared, Unit], Found], shared: Shared, units: Sequence[Unit], workers: Workers = ALONE
) -> list[Found]:
    """Do units of work and return what comes of each, in their order; see `as_done`.

    Examples
    --------
    >>> in_order(pow, 2, [3, 1])
    [8, 2]
    """
    found = dict(as_done(work, shared, units, workers))
    return [found[place] for place in range(len(units))]


def processes(count: int, begin: Callable[..., None] | None = None, *given: Any) -> ProcessPoolExecutor:
    """Return a pool of processes that run Foedus's own code, leave Ctrl-C to this one, and end with it.

    Parameters
    ----------
    count
        How many.
    begin, given
        Called in each as it starts, and with what.
    """
    context = multiprocessing.get_context("spawn")
    with isolated():  # the queues start a process of their own
        return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(os.getpid(), begin, given))


def stop(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool, whatever they are at."""
    running = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()


class _Here(Executor):
    """Runs each unit when it is handed in."""

    def submit(self, fn: Callable[..., Found], /, *args: Any, **kwargs: Any) -> Future[Found]:
        """Return what a call gave, or raised."""
        future: Future[Found] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _through(
    executor: Executor, call: tuple[Any, ...], units: dict[int, Any], at_work: dict[Future[Any], int], window: int
) -> Iterator[tuple[int, Any]]:
    """Hand units out, a few at a time; what is at work is noted while it is."""
    rest = iter(units)
    work, *given = call
    while True:
        while len(at_work) < window and (place := next(rest, None)) is not None:
            try:
                at_work[_handed(executor, work, *given, units[place])] = place
            except BrokenProcessPool:
                at_work[Future()] = place
                raise
        if not at_work:
            return
        done, _ = wait(at_work, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=at_work.__getitem__):
            found = future.result()
            yield at_work.pop(future), found


def _handed(executor: Executor, work: Callable[..., Any], *given: Any) -> Future[Any]:
    with isolated():
        try:
            return executor.submit(work, *given)
        except (ValueError, OSError) as error:
            if isinstance(executor, ProcessPoolExecutor):
                # A pool that is just breaking has closed its pipes before it says that it is broken.
                raise BrokenProcessPool(str(error)) from None
            raise


def _window(workers: Workers) -> int:
    if workers == ALONE:
        return 1
    return _ON_A_CLUSTER if workers.scheduler else _AHEAD * workers.count


@contextlib.contextmanager
def _executor(workers: Workers) -> Iterator[Executor]:
    if workers.scheduler:
        with _cluster(workers.scheduler) as executor:
            yield executor
    elif workers.count == 1:
        yield _Here()
    else:
        pool = processes(workers.count)
        try:
            yield pool
        finally:
            stop(pool)


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    """Connect to a Dask scheduler; its errors are told in words.

    A unit whose worker dies is done anew by another; the scheduler gives up after four such deaths.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra, and slow to import
        from distributed.comm import CommClosedError, get_address_host_port  # noqa: PLC0415
    except ImportError:
        raise FoedusError("--scheduler needs the extra 'cluster': pip install 'foedus[cluster]'") from None
    try:
        # asked first, for a client that has failed to connect is closed for a minute
        socket.create_connection(get_address_host_port(address), timeout=_ANSWERS).close()
        client = Client(address, timeout=_ANSWERS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise FoedusError(
            f"--scheduler {address!r}: no Dask scheduler answers there ({error}); start one: dask scheduler"
        ) from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        executor = client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
    except TimeoutError:
        raise FoedusError(
            f"--scheduler {address!r}: no worker joined within {_PATIENCE} seconds; start some: dask worker {address}"
        ) from None
    except KilledWorker as error:
        raise FoedusError(
            f"--scheduler {address!r}: workers failed again and again at the same unit of work: {error}"
        ) from None
    except (CancelledError, CommClosedError) as error:
        raise FoedusError(f"--scheduler {address!r}: the scheduler went away: {error}".rstrip(": ")) from None
    except ModuleNotFoundError as error:
        raise FoedusError(
            f"--scheduler {address!r}: its workers lack a module: {error}; install Foedus there"
        ) from None
    finally:
        client.close(timeout=_PATIENCE)


def _elsewhere(version: str, packed: bytes, unit: Any) -> Any:
    """Do one unit in a worker."""
    if version != __version__:
        raise FoedusError(
            f"a worker runs Foedus {__version__}, and this machine {version}; install the same version on both"
        )
    work, shared = _unpacked(packed)
    return work(shared, unit)


@functools.lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Any:
    """Return the work and what its units share: unpickled once in a worker, not once a unit."""
    return pickle.loads(packed)


def _begin(parent: int, begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and stops its children
    if begin is not None:
        begin(*given)
