"""One decision with a known outcome, and a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus.ensembles.features import Ground, Situation, features
from foedus.issues.sitting import Floats

Role = Literal["member", "proposer", "chamber"]
Rows = NDArray[np.intp]
T = TypeVar("T")

FEWEST_POSITIONS = 3
"""Positions that an issue needs to be scored."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one actor stands on one issue.

    Parameters
    ----------
    actor
        Its id.
    role
        ``member`` votes, ``proposer`` proposes, ``chamber`` is a second chamber.
    position
        From 0 to 100.
    salience
        From 0 to 100; ``None`` if unknown.
    weight
        Voting weight of a member, in any one unit; ``None`` if unknown.
    position_range, salience_range
        Between what the two lie, where they are estimates; ``position`` and ``salience`` are then the likeliest values.
    """

    actor: str
    role: Role
    position: float
    salience: float | None = None
    weight: float | None = None
    position_range: tuple[float, float] | None = None
    salience_range: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PastCase:
    """One issue that came before a body, with its outcome where that is known.

    Parameters
    ----------
    proposal
        What it belongs to; issues of one proposal are never split.
    issue
        Its id, unique in a file.
    standings
        The actors with a position.
    rule
        The label of the voting rule as the file has it; ``unknown`` where blank.
    reference
        The reference point: what holds if nothing is decided; from 0 to 100, or ``None``.
    outcome
        What was decided; from 0 to 100, or ``None``.
    groups
        Other labels to break scores down by: name and value.
    silent
        Members with a seat of whom nothing is known; only models of the models room see them.
    whole
        Whether it was decided by itself. Where it is one of several issues of a proposal that is passed as a whole, a
        member may accept one issue for the sake of another, and no feasible set binds it.
    options
        Places of the options on the table; empty where they are not known.
    signals
        What was said before the day, as `foedus.issues.Sitting.signals` has it.
    outcome_in_a_year
        Where the matter stood twelve months later; from 0 to 100, or ``None``.
    """

    proposal: str
    issue: str
    standings: tuple[Standing, ...]
    rule: str = "unknown"
    reference: float | None = None
    outcome: float | None = None
    groups: tuple[tuple[str, str], ...] = ()
    silent: tuple[str, ...] = ()
    whole: bool = True
    options: tuple[float, ...] = ()
    signals: tuple[tuple[str, float], ...] = ()
    outcome_in_a_year: float | None = None

    @property
    def estimated(self) -> bool:
        """Whether some of its inputs are estimates rather than exact."""
        return bool(self.silent) or any(
            standing.position_range or standing.salience_range for standing in self.standings
        )

    @property
    def scoreable(self) -> bool:
        """Whether it has an outcome and at least three positions."""
        return self.outcome is not None and len(self.standings) >= FEWEST_POSITIONS

    @property
    def poles(self) -> int:
        """Number of different positions."""
        return len({round(standing.position) for standing in self.standings})


class CaseTable:
    """Scoreable cases as arrays, ordered by proposal and issue whatever order they came in.

    Parameters
    ----------
    cases
        Cases with an outcome and at least three positions.

    Raises
    ------
    ValueError
        When there is none, one cannot be scored, or an id occurs twice.

    Examples
    --------
    >>> stand = tuple(Standing(name, "member", at) for name, at in (("a", 0.0), ("b", 50.0), ("c", 100.0)))
    >>> table = CaseTable([PastCase("p2", "i2", stand, outcome=50.0), PastCase("p1", "i1", stand, outcome=0.0)])
    >>> table.issues, table.outcome.tolist()
    (('i1', 'i2'), [0.0, 50.0])
    """

    def __init__(self, cases: Iterable[PastCase]) -> None:
        self.cases = tuple(sorted(cases, key=lambda case: (case.proposal, case.issue)))
        if not self.cases:
            raise ValueError("no case can be scored: an outcome and at least three positions are needed")
        if not all(case.scoreable for case in self.cases):
            raise ValueError("every case needs an outcome and at least three positions")
        self.issues = tuple(case.issue for case in self.cases)
        if len(set(self.issues)) < len(self.issues):
            raise ValueError("an issue's id occurs twice")
        self.proposals = tuple(case.proposal for case in self.cases)
        self._found: dict[tuple[str, ...], Any] = {}

    def __len__(self) -> int:
        return len(self.cases)

    @cached_property
    def outcome(self) -> Floats:
        """Outcomes; shape (N,)."""
        return np.array([case.outcome for case in self.cases], dtype=np.float64)

    @cached_property
    def point(self) -> Rows:
        """Outcomes as points of the grid; shape (N,)."""
        return np.rint(self.outcome).astype(np.intp)

    @cached_property
    def proposal(self) -> Rows:
        """Index of each case's proposal among the sorted proposals; shape (N,)."""
        return np.unique(self.proposals, return_inverse=True)[1].astype(np.intp)

    @cached_property
    def situation(self) -> Situation:
        """The inputs as the models see them."""
        return situation_of(self.cases)

    @cached_property
    def ground(self) -> Ground:
        """What baselines and features share."""
        return Ground(self.situation)

    def features(self, names: Sequence[str]) -> Floats:
        """Return centred features, worked out once; shape (N, 101, F)."""
        return self.remembered(("features", *names), lambda: features(self.situation, tuple(names)))

    def remembered(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what is worked out once for this table and kept under a key."""
        if key not in self._found:
            self._found[key] = make()
        value: T = self._found[key]
        return value


def situation_of(cases: Sequence[PastCase]) -> Situation:
    """Return cases as arrays; actors are sorted by id, so that their order in a file plays no part.

    The rule counts as unanimity where its label begins with ``unan``, in any case of letters; the chamber decides
    where the group ``procedure`` is ``COD``.
    """
    actors = sorted({standing.actor for case in cases for standing in case.standings})
    column = {actor: place for place, actor in enumerate(actors)}
    shape = (len(cases), len(actors))
    position, salience, weight = (np.full(shape, np.nan) for _ in range(3))
    member = np.zeros(shape, dtype=np.bool_)
    single = {role: np.full(len(cases), np.nan) for role in ("proposer", "chamber")}
    for row, case in enumerate(cases):
        for standing in case.standings:
            place = row, column[standing.actor]
            position[place] = standing.position
            salience[place] = np.nan if standing.salience is None else standing.salience
            weight[place] = np.nan if standing.weight is None else standing.weight
            member[place] = standing.role == "member"
            if standing.role != "member":
                single[standing.role][row] = standing.position
    return Situation(
        position,
        salience,
        member,
        weight,
        single["proposer"],
        single["chamber"],
        np.array([np.nan if case.reference is None else case.reference for case in cases]),
        np.array([float(case.rule.lower().startswith("unan")) for case in cases]),
        np.array([float(dict(case.groups).get("procedure") == "COD") for case in cases]),
    )
