"""Reading and coding many documents, one after another or side by side, always in their own order."""

from __future__ import annotations

import contextlib
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

from foedus.base.children import isolated
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.base.workers import processes, stop
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.coders import Coded, Coder, reads, sends
from foedus.evidence.documents import Document, text_id
from foedus.evidence.duplicates import signature_of
from foedus.evidence.languages import NAMES
from foedus.evidence.readers import Readable, split_entry
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
    encoding
        That of plain text, Markdown and HTML, where the user names it.
    language
        The language of most documents, ISO 639-1: that of a text too short to tell.
    other
        Who codes documents in languages that the coder does not read, such as a language model; None: nobody.
    withheld
        What a coder that sends what it reads must not get; None where it may have everything.
    sent_concepts
        What such a coder looks for; None: the same.
    """

    coder: Coder
    world: World
    concepts: tuple[ConceptLike, ...]
    published: Day | None = None
    least: float = 0.0
    known: frozenset[str] = frozenset()
    encoding: str = ""
    language: str = "en"
    other: Coder | None = None
    withheld: Withheld | None = None
    sent_concepts: tuple[ConceptLike, ...] | None = None


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
    coder
        The name of whoever coded it.
    """

    entry: Readable
    sha256: str = ""
    document: Document | None = None
    refusal: str = ""
    coded: Coded | None = None
    uncoded: str = ""
    text_id: str = ""
    signature: NDArray[np.uint64] | None = None
    coder: str = ""


def read_one(entry: Readable, task: Task, *, seconds: float = SECONDS) -> tuple[Read, ...]:
    """Read and code one file; whatever goes wrong with it is told in the answer.

    Parameters
    ----------
    entry
        The file.
    task
        What to do.
    seconds
        Time after which it is given up.

    Returns
    -------
    tuple
        What came of it: one `Read`, or of a batch of clippings one for each article.
    """
    digest = ""
    try:
        with _alarm(seconds):
            data = entry.bytes()
            digest = sha256(data)
            if digest in task.known:
                return (Read(entry, digest),)
            parts = split_entry(entry, data, encoding=task.encoding, language=task.language)
            return tuple(_read_part(part, document, task, digest) for part, document in parts)
    except TimeoutError:
        refusal = f"was given up after {seconds:.0f} seconds"
    except (FoedusError, ValueError, OSError, RecursionError, MemoryError) as error:
        refusal = str(error) or f"cannot be read ({type(error).__name__})"
    except Exception as error:  # one document must not stop the others
        refusal = f"brings the reader down ({type(error).__name__}: {error}); please report it"
    return (Read(entry, digest, refusal=refusal),)


def _read_part(entry: Readable, document: Document, task: Task, file: str) -> Read:
    """Code a document, or an article of a batch; one that is known is left alone."""
    if document.sha256 in task.known:
        return Read(entry, document.sha256)
    coder = task.coder if reads(task.coder, document.language) else task.other
    coded, uncoded = code_with(coder, document, task, document.published or task.published, file)
    return Read(
        entry,
        document.sha256,
        document,
        coded=coded,
        uncoded=uncoded,
        text_id=text_id(document.text),
        signature=signature_of(document),
        coder=coder.name if coder else "",
    )


def code_with(
    coder: Coder | None, document: Document, task: Task, on: Day | None, file: str = ""
) -> tuple[Coded | None, str]:
    """Code a document; return what came of it, or why it was not coded and what to do.

    Parameters
    ----------
    coder
        Who codes it; None: nobody reads its language.
    document, task
        What is coded, and how.
    on
        The day on which it was published.
    file
        SHA-256 of the file that holds it, where that is a batch.
    """
    if not task.concepts:
        return None, "there are no concepts to look for"
    if coder is None:
        name = NAMES.get(document.language, document.language)
        return None, (
            f"the text is in {name}, which the coder {task.coder.name} does not read. To let a language model code it, "
            "set FOEDUS_LM_MODEL and FOEDUS_LM_URL and read it again; or write its statements into statements.csv"
        )
    concepts = task.concepts
    if sends(coder) and task.withheld is not None:
        sendable = None if file in task.withheld.documents else task.withheld.sendable(document)
        if sendable is None:
            return None, f"it is marked above {task.withheld.limit}: nothing of it was sent to {coder.name}"
        document = sendable
        concepts = task.concepts if task.sent_concepts is None else task.sent_concepts
    try:
        return coder.code(document, task.world, concepts, on=on, least=task.least), ""
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


def read_all(entries: Sequence[Readable], task: Task, *, jobs: int = 1) -> Iterator[tuple[Read, ...]]:
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
    tuple of Read
        What came of each file, in the order of the entries, whatever the number of processes.
    """
    if jobs <= 1:
        for entry in entries:
            yield read_one(entry, task)
        return
    with contextlib.ExitStack() as stack:
        pools = _Pools(task, jobs)
        stack.callback(pools.stop)
        waiting: deque[tuple[Readable, Future[tuple[Read, ...]]]] = deque()
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
                again = [entry, *(readable for readable, _ in waiting)]
                waiting.clear()
                yield from (pools.alone(readable) for readable in again)


class _Pools:
    """Processes that read, started anew when a document brings one of them down."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.task, self.jobs = task, jobs
        self.pool: ProcessPoolExecutor | None = None

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return processes(jobs, _begin, self.task)

    def submit(self, entry: Readable) -> Future[tuple[Read, ...]]:
        if self.pool is None:
            self.pool = self._start(self.jobs)
        try:
            with isolated():
                return self.pool.submit(_work, entry)
        except (BrokenProcessPool, ValueError, OSError) as error:
            # A pool that is just breaking has closed its pipes before it says that it is broken.
            failed: Future[tuple[Read, ...]] = Future()
            failed.set_exception(BrokenProcessPool(str(error)))
            return failed

    def alone(self, entry: Readable) -> tuple[Read, ...]:
        """Read one document in a process of its own; a document that brings it down is refused."""
        pool = self._start(1)
        try:
            with isolated():
                future = pool.submit(_work, entry)
            return future.result(timeout=SECONDS + 60)
        except BrokenProcessPool:
            return (Read(entry, refusal="brings the reader down; the file is damaged or means harm"),)
        except Late:
            return (Read(entry, refusal=f"was given up after {SECONDS} seconds"),)
        finally:
            stop(pool)

    def stop(self) -> None:
        if self.pool is not None:
            stop(self.pool)
            self.pool = None


_task: list[Task] = []


def _begin(task: Task) -> None:
    _task[:] = [task]


def _work(entry: Readable) -> tuple[Read, ...]:
    return read_one(entry, _task[0])
