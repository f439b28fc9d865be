"""Where an actor stands on an issue, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.evidence import ABSTENTION, Statement
from foedus.measure.leaning import Lean

BY_HAND = "set by hand"


FROM_STATEMENTS = "statements"


WEAK = "weak evidence only"


FROM_PRIOR = "prior"


PRIOR_AND_GROUP = "prior and what is said of members at large or by a group that it belongs to"


SPOKEN_FOR = "spoken for by a group whose position binds it by law"


SILENT = frozenset({FROM_PRIOR, PRIOR_AND_GROUP})
"""On what a position rests of which hardly anything is known: it stands on neither side of a count."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one statement does to one position.

    Attributes
    ----------
    statement
        It.
    target
        Where it points, or None where it moves nothing.
    weight
        What it counts for.
    rank
        The rank of whoever spoke; see `foedus.dossiers.ranks.RANKS`.
    probability
        That its condition holds: 1 without one, 0 where none is declared.
    superseded_by
        Id of the later statement that replaces it; empty where none does.
    left
        The day on which its speaker left the office, where that is past; else ``None``.
    general, upward
        Whether it is on no option, and whether it points to the higher end of the scale.
    wants, refuses
        The place of the option that it is for, or of the one that it refuses; None of a remark on no option.
    about
        The place of the option that it is on, also where it takes no side; None of a remark on no option.
    """

    statement: Statement
    target: float | None
    weight: float
    rank: str = "none"
    probability: float = 1.0
    superseded_by: str = ""
    left: Day | None = None
    general: bool = False
    upward: bool = True
    wants: float | None = None
    refuses: float | None = None
    about: float | None = None

    @property
    def abstains(self) -> bool:
        """Whether it is an abstention."""
        return self.statement.signal == ABSTENTION and self.statement.stance == 0


@dataclass(frozen=True, slots=True)
class Camp:
    """Statements that point to about the same place.

    Attributes
    ----------
    at
        The weighted mean of where they point.
    share
        Of the weight of all that the actor's position rests on.
    statements
        Ids, heaviest first.
    """

    at: float
    share: float
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Where an actor would stand if a condition held.

    Attributes
    ----------
    condition
        In the words of the coder.
    statements
        Ids of those that name it.
    probability
        As declared, or None.
    estimate
        The position with these statements counted and no other condition.
    """

    KEYS = "condition statements probability position=estimate(low mode high)"

    condition: str
    statements: tuple[str, ...]
    probability: float | None
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one actor stands on one issue, as estimated on a day.

    Attributes
    ----------
    private, public
        Positions on the scale; ``public`` is None where nothing sets it apart from the private one.
    salience
        0 to 1.
    capability
        Set by hand, or None to be taken from the world's measure.
    committed
        Whether the actor has taken a public position on an option, in its own words or by an account of it: what
        binds is what it stands for or refuses, not who reports it.
    red_line, red_side
        A place on the scale, and whether it bars what is ``above`` or ``below``.
    known
        How much is known of it, from 0 for the prior to 1 for a position by hand: the evidence's share.
    basis
        One of `BY_HAND`, `FROM_STATEMENTS`, `WEAK`, `FROM_PRIOR`, `PRIOR_AND_GROUP`, `SPOKEN_FOR`.
    contributions
        Every statement that was weighed for the private position, heaviest first.
    note
        What the analyst wrote.
    camps
        Where the statements point, the heaviest first; more than one is a conflict. Empty for a position by hand.
    branches
        Where the actor would stand under each condition that it has named. Empty for a position by hand.
    measured
        What its votes tell of an actor that keeps silent, where its prior comes from there; else None.
    abstains_on
        Places of the options on which it has said that it abstains, and nothing that counts for as much is for or
        against that option: its vote on it is on neither side, wherever it stands.
    unclear
        Places of the options that it refuses, where that is all it has said and another option goes further: it may
        want less or more, and stands on both sides. Empty otherwise.
    declared_for, declared_against
        Places of the options on which it has declared its vote, aloud or in what it told us, and is bound by that. Both
        hold every option where its public position is set by hand: that position then tells.
    holds_out
        Places of the options that it refuses though it wants one that goes further: nobody knows whether it would
        rather have nothing.
    says_by_hand
        Whether its public position is set by hand, or supposed: what it signalled before then no longer tells.
    """

    actor: str
    private: Estimate
    public: Estimate | None
    salience: Estimate
    capability: Estimate | None
    committed: bool
    red_line: float | None
    red_side: str
    basis: str
    contributions: tuple[Contribution, ...]
    note: str
    camps: tuple[Camp, ...] = ()
    branches: tuple[Branch, ...] = ()
    known: float = 1.0
    measured: Lean | None = None
    abstains_on: tuple[float, ...] = ()
    unclear: tuple[float, ...] = ()
    declared_for: tuple[float, ...] = ()
    declared_against: tuple[float, ...] = ()
    holds_out: tuple[float, ...] = ()
    says_by_hand: bool = False

    @property
    def abstains(self) -> bool:
        """Whether it abstains on any option."""
        return bool(self.abstains_on)

    def side_on(self, place: float) -> int | None:
        """Return 1 or -1 where its words are for or against one option, 0 where its position tells.

        None where it has said nothing of the option itself: what it said of another one speaks only for its position.

        Parameters
        ----------
        place
            Of the option.
        """
        if self.basis == BY_HAND:
            return 0
        said = [c for c in self.contributions if c.target is not None and c.about == place and c.probability == 1]
        said = [c for c in said if c.statement.kind != "conjecture" and not c.abstains]
        sides = {1 if c.wants is not None else -1 if c.refuses is not None else 0 for c in said}
        return None if not sides else sides.pop() if len(sides) == 1 else 0

    @property
    def groups(self) -> tuple[str, ...]:
        """Ids of those whose words bear on it though they are not its own: its groups, and members at large."""
        return tuple(sorted({contribution.statement.actor for contribution in self.contributions} - {self.actor}))

    @property
    def firm(self) -> bool:
        """Whether it has acted against what is asked, and nothing replaces that, or has a red line."""
        refused = (c for c in self.contributions if c.refuses is not None and c.target is not None)
        return self.red_line is not None or any(
            c.statement.kind == "act"
            and c.statement.actor == self.actor
            and c.target != c.refuses
            and c.probability == 1
            for c in refused
        )
