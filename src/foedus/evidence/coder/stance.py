"""What a stance is, and what is known of one while it is looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from foedus.evidence.coder.actors import Mention

ATTITUDES = frozenset({"support", "oppose", "block", "refuse", "weigh", "soften", "urge", "dissuade"})
"""Kinds of predicates that are somebody's attitude to what they govern."""

SIGN = {
    "support": 1,
    "soften": 1,
    "oppose": -1,
    "block": -1,
    "refuse": -1,
    "end": -1,
    "keep": 1,
    "fail": -1,
    "urge": 1,
    "dissuade": -1,
    "good": 1,
    "bad": -1,
}
"""By what a predicate of a kind multiplies the stance that it governs."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance that a sentence holds.

    Attributes
    ----------
    concept, sign
        On what, and -1, 0 or 1.
    holder
        ``actor``, or ``speaker`` for whoever says the sentence, or ``pronoun`` for whom a pronoun means.
    mentions
        The actors.
    token
        The word at which it is taken; its pronoun where the holder is one.
    trail
        The kinds of predicates on the way, the innermost first.
    said
        Whether it comes through a verb of saying.
    score
        How well the words fit the concept.
    spot
        The tokens of the concept.
    signal
        What the table of predicates says that its words signal.
    own
        Whether a first person holds it.
    """

    concept: str
    sign: int
    holder: str
    mentions: tuple[Mention, ...]
    token: Any
    trail: tuple[str, ...]
    said: bool = False
    score: float = 1.0
    spot: tuple[int, ...] = ()
    signal: str = ""
    own: bool = False


@dataclass(slots=True)
class State:
    """What is known of a stance on the way up from its concept.

    Attributes
    ----------
    sign
        -1, 0 or 1, as if who comes next held it.
    taken
        Whether a word took a side yet.
    pending
        Whether the side waits for who holds it.
    open
        Whether it is only asked, supposed or foretold.
    dead
        Whether nothing more is to be found.
    closed
        Whether nothing above says more of it, as of a noun without a verb.
    pronoun, speaker
        The pronoun that holds it, or whether whoever says the sentence does.
    signal, trail
        As in `Stance`.
    used, counted
        Tokens whose predicate was applied, and those whose negation was counted.
    found
        The stances with a holder, by actor.
    beside
        The actors that only stand beside a holder, as one who backs him.
    """

    sign: int
    taken: bool = False
    pending: bool = False
    open: bool = False
    dead: bool = False
    closed: bool = False
    pronoun: Any = None
    speaker: bool = False
    signal: str = ""
    trail: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    found: dict[str, Stance] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)

    def wait(self) -> None:
        """Note that a side was taken and that its holder is still to come."""
        self.taken = self.pending = True
        self.pronoun, self.speaker = None, False

    def settle(self) -> None:
        """Note that the side has its holder."""
        self.pending = self.speaker = False
        self.pronoun = None

    def end(self) -> None:
        """Give up: nothing here is a stance."""
        self.dead = True
        self.found.clear()
