"""The protocol that every model shares: what it declares and what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from foedus.issues.sitting import Flags, Floats, Sitting

Stage = Literal["influence", "settlement", "influence and settlement"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that a model needs and that no document gives.

    Parameters
    ----------
    name, meaning
        What it is called and what it says.
    low, mode, high
        The range drawn from where a dossier declares none. For a choice: the shares of its ``choices``.
    domain
        The values that make sense, ends included where ``closed`` says so.
    choices
        For a choice among named rules: their names; empty for a number.
    """

    KEYS = "name meaning choices=named! low=number.low! mode=number.mode! high=number.high!"

    name: str
    meaning: str
    low: float = 0.0
    mode: float = 0.0
    high: float = 0.0
    domain: tuple[float, float] = (0.0, 1.0)
    top_excluded: bool = False
    choices: tuple[str, ...] = ()

    def admits(self, value: float) -> bool:
        """Tell whether a value makes sense."""
        low, high = self.domain
        return low <= value < high if self.top_excluded else low <= value <= high

    @property
    def named(self) -> tuple[str, ...] | None:
        """The names to choose among; None for a number."""
        return self.choices or None

    @property
    def number(self) -> Assumption | None:
        """The assumption itself where it is a number; None for a choice."""
        return None if self.choices else self

    @property
    def domain_in_words(self) -> str:
        """The domain for a message."""
        low, high = self.domain
        return f"a number of at least {low:g} and {'below' if self.top_excluded else 'at most'} {high:g}"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model says of itself.

    Parameters
    ----------
    name
        As the literature calls it.
    stage
        Whether it moves positions or settles.
    summary
        One sentence.
    caution
        What not to take it for, in one sentence.
    inputs
        The fields of `Sitting` that it reads.
    stochastic
        Whether it draws random numbers of its own.
    properties
        Claims that the conformance suite tests.
    assumptions
        What it needs beside the inputs.
    reference, reading
        Where it is published, and which reading of the text this is.
    doi
        Of the publication, where it has one that was checked.
    oracle
        What its numbers are checked against.
    refuted
        Properties of the catalogue that it does not have, each with a counterexample in `foedus.testing`.
    """

    KEYS = "name stage summary inputs stochastic properties assumptions refuted reference doi? reading oracle"

    name: str
    stage: Stage
    summary: str
    caution: str
    inputs: tuple[str, ...]
    stochastic: bool
    properties: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    reference: str
    reading: str
    doi: str = ""
    oracle: str = ""
    refuted: tuple[str, ...] = ()


SETTLED, CYCLES, UNFINISHED = 0, 1, 2
"""How a draw of an influence model ended: nobody moves any more; positions recur; the limit of rounds was reached."""


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What happened in each round, for all T rounds that were run.

    Parameters
    ----------
    positions
        Before the first round and after each; shape (T + 1, D, A, I).
    kind
        Index into ``kinds`` of what moved each actor in each round, or -1; shape (T, D, A, I).
    other
        Index of the actor that moved it, or -1; shape (T, D, A, I).
    risk
        Risk exponents, where the model has them; shape (T, D, A, I).
    kinds
        Names of the kinds.
    """

    positions: Floats
    kind: NDArray[np.int8] | None = None
    other: NDArray[np.intp] | None = None
    risk: Floats | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """Where an influence model leaves everyone.

    Parameters
    ----------
    private
        Positions after the last round; shape (D, A, I).
    rounds
        Rounds in which somebody moved; shape (D, I).
    ended
        ``SETTLED``, ``CYCLES`` or ``UNFINISHED``; shape (D, I).
    period
        Rounds after which positions recur, 0 where they do not; shape (D, I).
    trajectory
        Round by round, where it was asked for.
    """

    private: Floats
    rounds: NDArray[np.intp]
    ended: NDArray[np.int8]
    period: NDArray[np.intp]
    trajectory: Trajectory | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a body settles on in each draw.

    Parameters
    ----------
    choice
        Index of the option that each issue ends at; shape (D, I).
    outcome
        The place on the scale: the option's, or a point between options where a model gives one; shape (D, I).
    objects
        For each issue which member objects to which of its K options, and which outsider refuses it the consent that
        is asked; shape (D, A, K); ``None`` where the model knows no objections.
    reluctant
        For each issue who would rather keep the status quo and yet does not object; shape (D, A, K), or ``None``.
    sole
        For each issue whose objection alone keeps the option from being adoptable; shape (D, A, K), or ``None``.
    pivotal
        Whose different behaviour would change the choice: its objections withdrawn, or its weight taken away;
        shape (D, A, I).
    """

    choice: NDArray[np.intp]
    outcome: Floats
    objects: tuple[Flags, ...] | None
    reluctant: tuple[Flags, ...] | None
    sole: tuple[Flags, ...] | None
    pivotal: Flags


def joined(parts: Sequence[Settlement]) -> Settlement:
    """Return what consecutive draws settle on as one settlement."""
    if len(parts) == 1:
        return parts[0]

    def by_issue(name: str) -> tuple[Flags, ...] | None:
        flags_of = [getattr(part, name) for part in parts]
        return None if flags_of[0] is None else tuple(np.concatenate(flags) for flags in zip(*flags_of, strict=True))

    return Settlement(
        choice=np.concatenate([part.choice for part in parts]),
        outcome=np.concatenate([part.outcome for part in parts]),
        objects=by_issue("objects"),
        reluctant=by_issue("reluctant"),
        sole=by_issue("sole"),
        pivotal=np.concatenate([part.pivotal for part in parts]),
    )


class SettlementModel(Protocol):
    """What the body settles on, given where everyone stands."""

    @property
    def card(self) -> ModelCard:
        """What the model says of itself."""
        ...

    def settle(self, sitting: Sitting) -> Settlement:
        """Return what is settled in each draw."""
        ...

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return only the option that each issue ends at, shape (D, I); what sweeps over assumptions need."""
        ...


@runtime_checkable
class Lottery(Protocol):
    """A settlement model that says, in each draw, not what is settled but how likely each option is."""

    def chances(self, sitting: Sitting) -> tuple[Floats, ...]:
        """Return for each issue the probability of each of its K options, shape (D, K); each row sums to 1."""
        ...


def chances_of(model: SettlementModel, sitting: Sitting) -> tuple[Floats, ...]:
    """Return how likely each option is in each draw: what a lottery says, or 1 for what any other model settles on.

    Forecasts count these probabilities. Nothing is drawn from a lottery, so that no sampling noise is added and the
    same seed gives the same bytes, in chunks of whatever size.

    Parameters
    ----------
    model
        With a method ``chances`` (see `Lottery`) or without.
    sitting
        Where everyone stands.

    Returns
    -------
    tuple of Floats
        For each issue, shape (D, K).

    Examples
    --------
    >>> from foedus.settlement import MODELS
    >>> from foedus.testing import sitting_of
    >>> sitting = sitting_of([0.0, 100.0], [1.0, 0.5], options=[0.0, 100.0])
    >>> chances_of(MODELS["condorcet:conditional"], sitting)[0].round(3).tolist()
    [[0.667, 0.333]]
    >>> chances_of(MODELS["mean"], sitting)[0].tolist()
    [[1.0, 0.0]]
    """
    if isinstance(model, Lottery):
        return model.chances(sitting)
    chosen = model.choose(sitting)
    return tuple(
        (chosen[:, place, None] == np.arange(len(agenda.options))).astype(np.float64)
        for place, agenda in enumerate(sitting.agendas)
    )


class InfluenceModel(Protocol):
    """How positions move before the body decides."""

    @property
    def card(self) -> ModelCard:
        """What the model says of itself."""
        ...

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where each draw leaves everyone, and each round where ``record`` asks for it."""
        ...
