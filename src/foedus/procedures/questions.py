"""What is asked at a step, what is answered, and who answers: the model, or a person in a seat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.procedures.docket import DocketEntry

Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Question:
    """A step that comes up, in H histories at once.

    Attributes
    ----------
    entry
        The row of the docket.
    arises
        The histories in which its matter is in a state from which the step can be taken; shape (H,).
    option
        Index of the option that was adopted earlier in the matter, or in the matter that is answered; -1 where none
        was; shape (H,).
    proposed
        Index of the option that is on the table; -1 where the matter has no issue; shape (H,).
    agreed
        Who has agreed in earlier steps of the kind ``each``: by actor, shape (H,).
    states
        The share of histories in each state of the matter, before the step.
    """

    entry: DocketEntry
    arises: Flags
    option: Indices
    proposed: Indices
    agreed: Mapping[str, Flags]
    states: Mapping[str, float]

    @property
    def histories(self) -> int:
        """H."""
        return len(self.arises)

    @property
    def as_of(self) -> Day:
        """The eve: what became known later counts for nothing."""
        return self.entry.item.on - dt.timedelta(days=1)

    @property
    def proposal(self) -> int:
        """The option that is on the table in most of the histories in which the step arises."""
        counted = self.proposed[self.arises] if self.arises.any() else self.proposed[:1]
        return int(np.bincount(counted).argmax())

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be answered, in order."""
        return self.entry.step.choices


@dataclass(frozen=True, slots=True)
class Objection:
    """How often somebody stands in the way, by the forecast of the eve; ``known`` where anything was known of it."""

    actor: str
    probability: float
    known: bool


@dataclass(frozen=True, slots=True)
class Beforehand:
    """The forecast of the eve: of what was known, over all draws, whatever the matter's state.

    Attributes
    ----------
    answers
        Probability of each answer to the step itself.
    options
        Probability of each option, by label, where a body chooses among options; empty where others are asked.
    objections
        Who stands in the way of what is proposed, the likeliest first, nobody with probability 0.
    model, rule, reference
        The settlement model; the step's rule, for a body that of the day, and what lays it down.
    body, seats
        The body, and how many have a seat.
    chances
        Probability of each option, by label, as `foedus.forecast` answers on the eve: by the model that answers, over
        a forecast's own draws. ``options`` are those of the model that steps through histories. Empty in a game, and
        where no body decides.
    asked
        Who is asked by itself, where consent or ratification is asked for.
    statements
        How many accepted statements on the issue were known.
    """

    options: Mapping[str, float]
    objections: tuple[Objection, ...]
    model: str
    rule: str
    reference: str
    body: str
    seats: int
    statements: int
    answers: Mapping[str, float] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    chances: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """What comes of a question.

    Attributes
    ----------
    chosen
        Index into the question's choices; read only where the step arises; shape (H,).
    option
        Index of the option adopted; None where no body chose among options; shape (H,).
    agreed
        For a step of the kind ``each``: who has agreed by now; shape (H,) each.
    beforehand
        The forecast, where one was made.
    why
        The reasons.
    players
        The seats that persons played at the step.
    against
        In a game: who stood in the way of what was on the table, or has not agreed to it; None where not worked out.
    unheard
        Those of them of whom nothing is known: a draw placed them, and no word of theirs.
    """

    chosen: Indices
    why: tuple[Trace, ...] = ()
    option: Indices | None = None
    agreed: Mapping[str, Flags] = field(default_factory=dict)
    beforehand: Beforehand | None = None
    players: tuple[str, ...] = ()
    against: tuple[str, ...] | None = None
    unheard: tuple[str, ...] = ()


class Decider(Protocol):
    """Whoever answers questions."""

    def answer(self, question: Question) -> StepAnswer:
        """Return what comes of a step in every history in which it arises."""
        ...  # pragma: no cover


class Rivals(Protocol):
    """Whoever knows how rivals answered before; it draws their answers."""

    def rival_of(self, issue: str) -> str:
        """Return who may answer what is decided on an issue, by id; empty where nobody is declared."""
        ...  # pragma: no cover

    def answer(self, question: Question) -> StepAnswer:
        """Return what the rival does in every history in which a step arises that is drawn from its record."""
        ...  # pragma: no cover
