"""A candidate statement, as every coder proposes it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.base.characters import cleaned
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.evidence.records import Statement

CODER = "rules"
"""How statements of the rule coder are signed."""

_LONGEST_QUOTE = 4000
_LONGEST_CONDITION = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that the coder proposes; nothing enters a forecast until a person accepts it.

    Attributes
    ----------
    document
        Id of the document.
    passage, passage_id
        Its paragraph, as ``p`` and number, and that paragraph's own id.
    start, end, quote
        The words that are the evidence: offsets in the document's text, and the words as stored.
    actor, person, office
        Whose stance it is; ``actor`` is empty where the world does not know it.
    concept, stance, condition
        What it is on, -1, 0 or 1, and on what condition.
    kind, venue
        As in `Statement`.
    said_on, known_on
        Days, or ``None`` where nothing tells them.
    reporter
        Who reports it.
    certainty
        0 to 1.
    rule
        The rules that fired.
    hedged, prediction
        Whether the words are hedged, and whether they speak of what will be.
    doubts
        What a reader should check.
    signal
        As in `Statement`.
    earlier
        Whether it is the side that the actor took before the one that it takes in the same passage.
    grounds
        What the certainty was computed from, by name; none for another coder than the rules.
    """

    document: str
    passage: str
    passage_id: str
    start: int
    end: int
    quote: str
    actor: str
    person: str
    office: str
    concept: str
    stance: int
    condition: str
    kind: str
    venue: str
    said_on: Day | None
    known_on: Day | None
    reporter: str
    certainty: float
    rule: str
    hedged: bool
    prediction: bool
    doubts: tuple[str, ...]
    signal: str = ""
    earlier: bool = False
    grounds: Mapping[str, float] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A short id from document, passage, actor and concept: the same document read twice gives the same ids."""
        key = f"{self.document} {self.passage_id} {self.actor} {self.person} {self.concept}"
        key += f" {self.said_on}" if self.earlier else ""
        return f"r{hashlib.sha256(key.encode()).hexdigest()[:10]}"

    def statement(self, source: str, *, fallback: Day, coder: str = CODER) -> Statement:
        """Return the candidate as a row of ``statements.csv``, still to be accepted.

        Parameters
        ----------
        source
            Id of the document in ``sources.csv``.
        fallback
            The day that counts where the text gives none: the latest that it can be.
        coder
            Who proposes it.

        Raises
        ------
        FoedusError
            When the world does not know the actor; add it to the dossier's ``world/actors.csv`` first.
        """
        if not self.actor:
            who = self.person or "whoever speaks"
            raise FoedusError(f"{self.quote[:60]!r}: the world does not know {who}; add an actor to world/actors.csv")
        return Statement(
            id=self.id,
            source=source,
            passage=self.passage,
            quote=_shortened(self.quote),
            actor=self.actor,
            person=cleaned(self.person)[:200],
            office=cleaned(self.office)[:200],
            concept=self.concept,
            stance=self.stance,
            condition=_shortened(cleaned(self.condition), _LONGEST_CONDITION),
            signal=self.signal,
            kind=self.kind,
            venue=self.venue,
            said_on=min(self.said_on or fallback, fallback),
            known_on=None,
            reporter=cleaned(self.reporter)[:200],
            coder=coder[:100],
            certainty=self.certainty,
            rule=self.rule[:200],
            status="candidate",
            note="; ".join(self.doubts)[:1000],
        )


def _shortened(words: str, longest: int = _LONGEST_QUOTE) -> str:
    """Return words that fit a cell, cut off between two of them where they must be."""
    words = words.strip()
    return words if len(words) <= longest else words[:longest].rsplit(None, 1)[0]
