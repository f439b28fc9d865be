"""Reading and coding many documents, one after another or side by side, always in their own order."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.children import end_with, isolated
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.coders import Coded, Coder
from foedus.evidence.documents import Document, text_id
from foedus.evidence.duplicates import signature_of
from foedus.evidence.readers import Entry, document_of
from foedus.evidence.withheld import Withheld
from foedus.world import World

SECONDS = 300
"""Time after which reading and coding one document is given up."""

_WINDOW = 8
"""Documents handed out to each process ahead of the one that is waited for."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with every document.

    Attributes
    ----------
    coder, world, concepts
        Who codes, who exists, and what to look for; without concepts nothing is coded.
    published
        The day of documents that carry none.
    least
        Certainty below which candidates are left out.
    known
        SHA-256 of documents that are not to be read again.
    withheld
        What a coder that sends what it reads must not get; None where it may have everything.
    """

    coder: Coder
    world: World
    concepts: tuple[ConceptLike, ...]
    published: Day | None = None
    least: float = 0.0
    known: frozenset[str] = frozenset()
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one document.

    Attributes
    ----------
    entry
        The file.
    sha256
        Of its bytes; empty where they could not be read.
    document
        As read; ``None`` where it was refused, or known already.
    refusal
        Why it was refused; empty where it was not.
    coded
        What the coder made of it, or ``None``.
    uncoded
        Why it was not coded, such as its language.
    text_id
        One hash for the same words, whatever the format.
    signature
        For finding near-duplicates, shape (`BINS`,).
    """

    entry: Entry
    sha256: str = ""
    document: Document | None = None
    refusal: str = ""
    coded: Coded | None = None
    uncoded: str = ""
    text_id: str = ""
    signature: NDArray[np.uint64] | None = None


def read_one(entry: Entry, task: Task, *, seconds: float = SECONDS) -> Read:
    """Read and code one document; whatever goes wrong with it is told in the answer.

    Parameters
    ----------
    entry
        The file.
    task
        What to do.
    seconds
        Time after which it is given up.
    """
    digest = ""
    try:
        with _alarm(seconds):
            data = entry.bytes()
            digest = sha256(data)
            if digest in task.known:
                return Read(entry, digest)
            document = document_of(entry.name, data)
            coded, uncoded = _code(document, task)
            return Read(
                entry,
                digest,
                document,
                coded=coded,
                uncoded=uncoded,
                text_id=text_id(document.text),
                signature=signature_of(document),
            )
    except TimeoutError:
        return Read(entry, digest, refusal=f"was given up after {seconds:.0f} seconds")
    except (FoedusError, ValueError, OSError, RecursionError, MemoryError) as error:
        return Read(entry, digest, refusal=str(error) or f"cannot be read ({type(error).__name__})")
    except Exception as error:  # one document must not stop the others
        return Read(
            entry, digest, refusal=f"brings the reader down ({type(error).__name__}: {error}); please report it"
        )


def _code(document: Document, task: Task) -> tuple[Coded | None, str]:
    if not task.concepts:
        return None, "there are no concepts to look for"
    if task.withheld is not None:
        sendable = task.withheld.sendable(document)
        if sendable is None:
            return None, f"it is marked above {task.withheld.limit}: nothing of it was sent to {task.coder.name}"
        document = sendable
    try:
        return task.coder.code(
            document, task.world, task.concepts, on=document.published or task.published, least=task.least
        ), ""
    except FoedusError as error:
        return None, str(error).removeprefix(f"{document.name}: ")


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Break off with `TimeoutError`, where the system can."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_all(entries: Sequence[Entry], task: Task, *, jobs: int = 1) -> Iterator[Read]:
    """Read and code documents.

    Parameters
    ----------
    entries
        The files.
    task
        What to do with each.
    jobs
        Processes side by side; with 1 everything happens in this one.

    Yields
    ------
    Read
        In the order of the entries, whatever the number of processes.
    """
    if jobs <= 1:
        for entry in entries:
            yield read_one(entry, task)
        return
    with contextlib.ExitStack() as stack:
        pools = _Pools(task, jobs)
        stack.callback(pools.stop)
        waiting: deque[tuple[Entry, Future[Read]]] = deque()
        rest = iter(entries)
        while True:
            while len(waiting) < jobs * _WINDOW and (another := next(rest, None)) is not None:
                waiting.append((another, pools.submit(another)))
            if not waiting:
                return
            entry, future = waiting.popleft()
            try:
                yield future.result(timeout=SECONDS + 60)
            except (BrokenProcessPool, Late):
                pools.stop()
                again = [entry, *(one for one, _ in waiting)]
                waiting.clear()
                yield from (pools.alone(one) for one in again)


class _Pools:
    """Processes that read, started anew when a document brings one of them down."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.task, self.jobs = task, jobs
        self.pool: ProcessPoolExecutor | None = None

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        with isolated():  # the queues start a process of their own
            return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self.task, os.getpid()))

    def submit(self, entry: Entry) -> Future[Read]:
        if self.pool is None:
            self.pool = self._start(self.jobs)
        try:
            with isolated():
                return self.pool.submit(_work, entry)
        except (BrokenProcessPool, ValueError, OSError) as error:
            # A pool that is just breaking has closed its pipes before it says that it is broken.
            failed: Future[Read] = Future()
            failed.set_exception(BrokenProcessPool(str(error)))
            return failed

    def alone(self, entry: Entry) -> Read:
        """Read one document in a process of its own; a document that brings it down is refused."""
        pool = self._start(1)
        try:
            with isolated():
                future = pool.submit(_work, entry)
            return future.result(timeout=SECONDS + 60)
        except BrokenProcessPool:
            return Read(entry, refusal="brings the reader down; the file is damaged or means harm")
        except Late:
            return Read(entry, refusal=f"was given up after {SECONDS} seconds")
        finally:
            _stop(pool)

    def stop(self) -> None:
        if self.pool is not None:
            _stop(self.pool)
            self.pool = None


def _stop(pool: ProcessPoolExecutor) -> None:
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


_task: list[Task] = []


def _begin(task: Task, parent: int) -> None:
    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and stops its children
    _task[:] = [task]


def _work(entry: Entry) -> Read:
    return read_one(entry, _task[0])
