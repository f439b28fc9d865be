"""What is told of power in a body: its members' indices, a vote, a coalition, and what one may ask elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.institutions.power import Power
from foedus.institutions.rules import Ballot
from foedus.institutions.spatial import Reach

INDICES = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "coleman_prevent", "coleman_initiate")
"""What is told of each member's power."""

SIDES = ("against", "abstaining", "declaring", "concerned")
"""The sides that members may take in a vote, beside in favour."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote and what comes of it.

    Parameters
    ----------
    sides
        Who takes which side, by the names in `SIDES` and ``refusing``; all others are in favour.
    ballot
        The vote as the rule counts it, without those that it leaves out.
    why
        Whether the decision is adopted, with the reasons.
    shares
        By the name of each of the rule's weights, what those in favour hold of the whole, from 0 to 1.
    """

    KEYS = (
        "in_favour shares against=sides.against! abstaining=sides.abstaining! declaring=sides.declaring! "
        "concerned=sides.concerned! refusing=sides.refusing! adopted=why.value why"
    )

    sides: Mapping[str, tuple[str, ...]]
    ballot: Ballot
    why: Trace
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def in_favour(self) -> tuple[str, ...]:
        """The members that neither vote against nor abstain."""
        return tuple(sorted(self.ballot.supporting))


@dataclass(frozen=True, slots=True)
class Coalition:
    """Whether some members can adopt a decision when all others are against.

    Parameters
    ----------
    members
        Their ids.
    winning
        ``yes`` or ``no``.
    why
        The reasons; ``None`` for a table of weights.
    """

    members: tuple[str, ...]
    winning: str
    why: Trace | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Minimal coalitions: how many there are, and which; ``coalitions`` is ``None`` where they are too many."""

    count: int
    coalitions: tuple[tuple[str, ...], ...] | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What comes of the same question under another of the body's procedures.

    Parameters
    ----------
    procedure
        Its name.
    can_block_alone
        Who can block a decision alone under it.
    adopted
        Whether the vote that was asked about is adopted; empty where none was, or the procedure does not know a side.
    """

    KEYS = "procedure can_block_alone adopted?"

    procedure: str
    can_block_alone: tuple[str, ...]
    adopted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPower(Recorded):
    """Who has what power in a body.

    Parameters
    ----------
    body, on, procedure
        The body, the day and the procedure; ``None`` for a table of weights.
    rule, reference
        The rule in words, and where it is written.
    other_procedures
        The rule of that day, in words, of each of the body's other procedures.
    notes
        What to know of the body on that day.
    weighed_by
        The name of the weights that are shown.
    weights
        The weight of each member that has one.
    power
        The indices of power; ``None`` where nobody knows the body's members, so that only its rule is told.
    can_block_alone
        Who can block a decision alone; where a vote says whose own case it is, with that.
    elsewhere
        The same under the body's other procedures.
    minimal_winning, minimal_blocking
        The minimal coalitions, where they were asked for.
    coalition, vote, reach
        What was asked beside; ``None`` where nothing was.
    """

    KEYS = (
        "body on procedure rule reference other_procedures notes "
        "weights=named_weights! exact=power.exact! method=power.method! "
        "error=largest_errors! members coleman_act=power.coleman_act! can_block_alone=blockers! elsewhere "
        "minimal_winning! minimal_blocking! coalition! vote! reach!(status_quo core pivots feasible largest_step)"
    )

    body: str | None
    on: Day | None
    procedure: str | None
    rule: str
    reference: str
    other_procedures: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    weighed_by: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)
    power: Power | None = None
    can_block_alone: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    minimal_winning: Listed | None = None
    minimal_blocking: Listed | None = None
    coalition: Coalition | None = None
    vote: Vote | None = None
    reach: Reach | None = None

    @property
    def passes(self) -> bool:
        """Whether the coalition and the vote that were asked about, if any, pass."""
        coalition = self.coalition is None or self.coalition.winning != "no"
        return coalition and (self.vote is None or self.vote.why.value != "no")

    @property
    def members(self) -> list[dict[str, Any]]:
        """Each member with its weight and its indices; none where nobody knows the body's members."""
        indices = self.power
        if indices is None:
            return []
        return [
            {
                "actor": member,
                "weight": self.weights.get(member),
                **{name: float(getattr(indices, name)[place]) for name in INDICES},
            }
            for place, member in enumerate(indices.members)
        ]

    @property
    def named_weights(self) -> str | None:
        """The name of the weights; None where nobody knows the body's members."""
        return None if self.power is None else self.weighed_by

    @property
    def largest_errors(self) -> dict[str, float] | None:
        """The largest error of each index."""
        indices = self.power
        return (
            None if indices is None else {name: float(max(each, default=0.0)) for name, each in indices.error.items()}
        )

    @property
    def blockers(self) -> tuple[str, ...] | None:
        """Who can block alone; None where nobody knows the body's members."""
        return None if self.power is None else self.can_block_alone
