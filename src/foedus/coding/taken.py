"""What is asked of a reading of documents, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from foedus.base.days import Day
from foedus.coding.decisions import Decision
from foedus.evidence import MARKINGS, Statement
from foedus.evidence.coders import Coder, RuleCoder
from foedus.evidence.documents import Refusal

LEAST_CERTAINTY = 0.1
"""Certainty from which candidates are proposed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one document.

    Attributes
    ----------
    name
        The file.
    source
        Id of its row in ``sources.csv``.
    status
        ``new``; ``known``, where its bytes were read before; ``same text``, where its words were; ``coded again``,
        where its bytes were read before and the concepts or facts have changed since.
    title, language, day
        As stored; the day from which it counts as known.
    dated
        Whether the document or the user says when it was published or known; else ``day`` is that of the reading.
    original
        The source that it repeats, or empty.
    candidates, accepted, repeated
        How many statements were added, how many of the document's were accepted, and how many were left out because
        the original has them.
    uncoded
        Why it was not coded, such as its language; empty where it was.
    left
        How many were sure enough to be accepted and were left, because they repeat accepted statements of others.
    ahead
        Whether its day lies after the day of reading.
    kept_day
        Whether the user named another day, and the one that the document has already was kept.
    doubts
        What is not sure about the reading: an encoding that was guessed, a day of two readings, what was left unread.
    coder
        Who coded it; empty where nobody did.
    dropped
        Ids of its undecided candidates that the same coder proposed before and proposes no more.
    """

    name: str
    source: str
    status: str
    title: str
    language: str
    day: Day
    dated: bool
    original: str = ""
    candidates: int = 0
    accepted: int = 0
    repeated: int = 0
    uncoded: str = ""
    left: int = 0
    ahead: bool = False
    kept_day: bool = False
    doubts: tuple[str, ...] = ()
    coder: str = ""
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of reading.

    Attributes
    ----------
    folder, coder
        The dossier, and who coded.
    documents
        One `Taken` for each file that could be read.
    refused
        The files that could not, and the statements that the evidence guard refused.
    statements
        The statements that were added.
    unknown
        Who was named as taking a stance and is not known to the world, and how often.
    passed_over
        How many files of other formats were in the folders, by the end of their names.
    agreeing
        How many of these say what an accepted statement of another coder says: same actor, concept and stance.
    tokens_in, tokens_out, paid
        What a language model read and wrote, and how many of these documents were not answered from the cache.
    repeats
        Ids of the accepted statements that each new candidate repeats, by the candidate's id.
    entry
        What the journal says of those that were accepted; None where none were.
    """

    KEYS = (
        "into=folder coder documents refused(name reason) statements agreeing repeats entry=entry_number "
        "unknown passed_over tokens=(in=tokens_in out=tokens_out documents=paid)"
    )

    folder: Path
    coder: str
    documents: tuple[Taken, ...]
    refused: tuple[Refusal, ...]
    statements: tuple[Statement, ...]
    unknown: dict[str, int]
    passed_over: dict[str, int]
    agreeing: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    paid: int = 0
    repeats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    entry: Decision | None = None

    @property
    def entry_number(self) -> int | None:
        """The number of its entry in the journal, if there is one."""
        return None if self.entry is None else self.entry.number


@dataclass(frozen=True, slots=True)
class Wishes:
    """How documents are to be taken in.

    Attributes
    ----------
    coder
        Who codes.
    accept_above
        Candidates of at least this certainty are accepted at once; ``None``: none are.
    least
        Certainty from which candidates are proposed.
    published, known
        Days of documents that carry no date.
    encoding
        That of plain text, Markdown and HTML; empty: found out.
    other
        Who codes documents in languages that the coder does not read; None: nobody does.
    today
        The day from which a document counts as known where nothing else tells.
    marking
        Of documents that are new to the dossier.
    max_marking
        The highest marking of text that a coder may send away, as a language model does.
    title
        Of a document, whatever it says of itself; empty: its own, or else the name of its file.
    """

    coder: Coder = field(default_factory=RuleCoder)
    accept_above: float | None = None
    least: float = LEAST_CERTAINTY
    published: Day | None = None
    known: Day | None = None
    encoding: str = ""
    other: Coder | None = None
    today: Day = field(default_factory=lambda: dt.datetime.now(tz=dt.UTC).date())
    marking: str = MARKINGS[0]
    max_marking: str = MARKINGS[0]
    title: str = ""
