"""Sources and statements as records of a dossier's tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.tables import column

KINDS: dict[str, str] = {
    "direct": "the actor's own words, quoted",
    "mixed": "the actor's own words, quoted in part",
    "indirect": "the actor's own words, reported",
    "act": "something the actor did: blocked, offered, signed",
    "narrated": "the reporter describes where the actor stands",
    "conjecture": "the reporter guesses where the actor stands, or will",
}
"""Kinds of statement, from the strongest evidence of a position to the weakest."""

OWN_WORDS = ("direct", "mixed", "indirect", "act")
"""Kinds in which the actor itself spoke or acted."""

ABSTENTION, CONSENT = "abstention", "consent"
"""Signals of one that is neither for nor against, and of one that lets pass what it does not support."""

SIGNALS: dict[str, str] = {
    "threat": "the actor will block, or will not agree unless something is done",
    "link": "the actor withholds its consent over another matter",
    "offer": "something is held out to whoever objects",
    "softening": "the actor moves towards agreement, or names its price",
    "withdrawal": "the actor drops an objection",
    ABSTENTION: "the actor will abstain, or abstained; the stance is 0",
    CONSENT: "the actor will not stand in the way, and does not say that it is in favour; the stance is 1",
}
"""What a statement may signal beside its stance."""

MARKINGS = ("public", "internal", "restricted", "confidential", "secret")
"""Markings of sources and statements, the least restricted first."""


OWN_NOTE = "own note"
"""The outlet of what was entered by hand: a telegram, a call, a colleague's view."""

NOT_STATED = "not stated"
"""The outlet or the title of a document that does not tell it."""


def marking_rank(marking: str) -> int:
    """Return how restricted a marking is, 0 for public."""
    return MARKINGS.index(marking)


def highest(markings: Iterable[str]) -> str:
    """Return the most restricted of some markings; public where there is none."""
    return max(markings, key=marking_rank, default=MARKINGS[0])


def check_marking(marking: str) -> str:
    """Return a marking as it is.

    Raises
    ------
    FoedusError
        When there is no such marking.
    """
    if marking not in MARKINGS:
        raise FoedusError(f"no marking {marking!r}; the markings are {', '.join(MARKINGS)}")
    return marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document."""

    id: str = column(cells.identifier(), "short id")
    title: str = column(cells.text(500), "title")
    author: str = column(cells.text(300), "who wrote it", blank="")
    outlet: str = column(cells.text(300), "where it first appeared")
    language: str = column(cells.text(8), "ISO 639-1", blank="en")
    published: Day | None = column(
        cells.day(), "day on which it says it was published; blank: not established", blank=None
    )
    known: Day = column(cells.day(), "day from which it counts as known; where not established, the latest it can be")
    republished_from: str = column(
        cells.text(500), "the original publisher, or the id of the original in this table, of a republication", blank=""
    )
    sha256: str = column(cells.sha256(), "SHA-256 of the bytes that were coded", blank="")
    file: str = column(cells.text(300), "file in documents/, where the user has it", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")
    reliability: float = column(cells.number(0, 1), "weight of what it reports, 0 to 1", blank=1.0)
    note: str = column(cells.text(), "what a reader should know", blank="")
    coded: str = column(
        cells.text(300), "the coders that have read it, each with a mark of the concepts and facts it used", blank=""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who takes which stance on what, when, with which passage as evidence."""

    id: str = column(cells.identifier(), "short id")
    source: str = column(cells.identifier(), "id in sources.csv")
    passage: str = column(cells.text(100), "where in the source: p and the number of the non-empty paragraph")
    quote: str = column(cells.text(32_000), "the words, where the user may store them", blank="")
    actor: str = column(cells.identifier(), "whose stance it is: id of an actor of the world")
    person: str = column(cells.text(200), "who spoke for the actor", blank="")
    office: str = column(cells.text(200), "in what office", blank="")
    concept: str = column(cells.identifier(), "id in concepts.csv")
    stance: int = column(cells.stance(), "-1 against the concept, 0 neither, 1 for it")
    condition: str = column(cells.text(500), "on what condition", blank="")
    kind: str = column(cells.choice(*KINDS), "how directly it comes from the actor")
    venue: str = column(cells.choice("public", "private"), "said aloud, or held in private")
    said_on: Day = column(
        cells.said_day(), "day on which it was said or done, or the month; where not established, the latest it can be"
    )
    until: Day | None = column(cells.day(), "day from which it no longer holds", blank=None)
    known_on: Day | None = column(cells.day(), "day of first publication; blank: the source's", blank=None)
    reporter: str = column(cells.text(200), "who reports it", blank="")
    coder: str = column(cells.text(100), "who coded it", blank="")
    certainty: float = column(cells.number(0, 1), "how sure the coder is of the coding, 0 to 1", blank=1.0)
    rule: str = column(cells.text(200), "which rules of the coder fired", blank="")
    status: str = column(
        cells.choice("candidate", "accepted", "rejected"), "only accepted ones count", blank="accepted"
    )
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")
    paraphrase: str = column(cells.text(1000), "what was said, in the coder's words", blank="")
    note: str = column(cells.text(1000), "what to check about it, such as a hedge or a near spelling", blank="")
    signal: str = column(cells.choice(*SIGNALS), "what it signals beside the stance", blank="")
