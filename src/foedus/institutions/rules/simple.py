"""Rules without parts: who must agree, and whose objection is enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from foedus.base.traces import Trace
from foedus.base.wording import tenth
from foedus.institutions.power import Game, Weighted
from foedus.institutions.rules.ballot import MEMBERS, Ballot
from foedus.institutions.rules.protocol import KINDS, Rule, Usual, count, verdict


@dataclass(frozen=True, slots=True)
class _Simple(Usual):
    """What rules without parts and outsiders share."""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """None."""
        return ()

    def outsiders(self) -> frozenset[str]:
        """Nobody from outside is asked."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Consensus(_Simple):
    """Adopted when no member objects; silence and abstention are assent.

    Parameters
    ----------
    reference
        What lays it down.
    without_concerned
        Whether the members whose own case it is are not asked: consensus minus one.

    Examples
    --------
    >>> seats = frozenset({"FRA", "USA"})
    >>> Consensus("NATO").adopted(Ballot(seats, frozenset({"FRA"}))).value
    'no'
    >>> Consensus("NATO").adopted(Ballot(seats)).value
    'yes'
    """

    reference: str = ""
    without_concerned: bool = False

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass unless a seated member objects."""
        asked = ballot.seats - ballot.concerned if self.without_concerned else ballot.seats
        against = sorted(ballot.against & asked)
        children = tuple(Trace(f"{actor} objects", "one objection is enough") for actor in against)
        return Trace(self.words(), verdict(not against), self.reference, children)

    @property
    def kind(self) -> str:
        """Consensus."""
        return KINDS[0]

    @property
    def binds(self) -> bool:
        """It does."""
        return True

    @property
    def hears(self) -> frozenset[str]:
        """Those concerned, where they are not asked."""
        return frozenset({"concerned"}) if self.without_concerned else frozenset()

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """All that do not abstain must vote in favour: in a simple game nobody is silent."""
        asked = ballot.seats - ballot.abstaining
        return count(asked, len(asked), players)

    def words(self) -> str:
        """Name the rule."""
        return "consensus without those concerned" if self.without_concerned else "consensus"


@dataclass(frozen=True, slots=True)
class Unanimity(_Simple):
    """Adopted when all members vote in favour; whether an abstention stops it is part of the rule.

    Examples
    --------
    >>> ballot = Ballot(frozenset({"AUT", "HUN"}), abstaining=frozenset({"HUN"}))
    >>> Unanimity().adopted(ballot).value, Unanimity(abstention_blocks=True).adopted(ballot).value
    ('yes', 'no')
    """

    reference: str = ""
    abstention_blocks: bool = False

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass unless a member votes against, or abstains where that blocks."""
        against = [
            Trace(f"{actor} votes against", "one vote is enough") for actor in sorted(ballot.against & ballot.seats)
        ]
        away = sorted(ballot.abstaining & ballot.seats)
        effect = "stops it" if self.abstention_blocks else "does not stop it"
        abstaining = [Trace(f"{actor} abstains", effect) for actor in away]
        passed = not against and not (self.abstention_blocks and away)
        return Trace(self.words(), verdict(passed), self.reference, (*against, *abstaining))

    @property
    def kind(self) -> str:
        """Unanimity."""
        return KINDS[1]

    @property
    def binds(self) -> bool:
        """Where an abstention stops it too, a member can stop it without objecting."""
        return not self.abstention_blocks

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """All must vote in favour, but those that abstain where an abstention does not stop it."""
        asked = ballot.seats if self.abstention_blocks else ballot.seats - ballot.abstaining
        return count(asked, len(asked), players)

    def words(self) -> str:
        """Name the rule."""
        return "unanimity, with no abstention" if self.abstention_blocks else "unanimity"


@dataclass(frozen=True, slots=True)
class Quota(_Simple):
    """Adopted when the weight in favour reaches a number, or a share of all weight or of the weight cast.

    Parameters
    ----------
    weights
        The name of the weights; ``members`` counts each member once.
    at_least
        A whole number of weight, or a share as a fraction.
    more_than
        The same, to be exceeded; exactly one of the two is given.
    of
        Of what a share is taken: the weight of ``all`` members or of the votes ``cast`` for and against.
    reference
        What lays it down.

    Examples
    --------
    >>> seats = frozenset("ABC")
    >>> rule = Quota("votes", at_least=4)
    >>> rule.adopted(Ballot(seats, frozenset("C"), weights={"votes": {"A": 3, "B": 1, "C": 2}})).value
    'yes'
    >>> Quota("members", more_than=Fraction(1, 2), of="cast").adopted(Ballot(seats, abstaining=frozenset("AB"))).value
    'yes'
    """

    weights: str = MEMBERS
    at_least: int | Fraction | None = None
    more_than: int | Fraction | None = None
    of: Literal["all", "cast"] = "all"
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the weight in favour is enough."""
        favour = ballot.weigh(self.weights, ballot.supporting)
        base = self._base(ballot)
        needed = self.needed(base)
        unit = "" if self.weights == MEMBERS else f" {self.weights}"
        children = (
            Trace(f"in favour: {favour} of {base}{unit or ' members'}", f"{needed} needed"),
            *(
                Trace(f"{actor} {what}", f"{ballot.weigh(self.weights, (actor,))}{unit}")
                for what, group in (("votes against", ballot.against), ("abstains", ballot.abstaining))
                for actor in sorted(group & ballot.seats)
            ),
        )
        return Trace(self.words(), verdict(favour >= needed), self.reference, children)

    def _base(self, ballot: Ballot) -> int:
        cast = ballot.seats if self.of == "all" else ballot.seats - ballot.abstaining
        return ballot.weigh(self.weights, cast)

    def needed(self, base: int) -> int:
        """Return the smallest whole weight that is enough; ``base`` is what a share is taken of."""
        bound = self.at_least if self.at_least is not None else self.more_than
        if bound is None:
            raise ValueError("a quota needs at_least or more_than")
        exact = base * bound if isinstance(bound, Fraction) else Fraction(bound)
        if self.at_least is not None:
            return max(-(-exact.numerator // exact.denominator), 1)
        return exact.numerator // exact.denominator + 1

    @property
    def kind(self) -> str:
        """A simple majority is more than some share; a qualified one is at least so much."""
        return KINDS[2] if self.at_least is not None else KINDS[3]

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Its weights, unless each member counts one."""
        return {} if self.weights == MEMBERS else {"weights": (self.weights,)}

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """Whose weight reaches the quota: of all weight, or of the votes cast, which are all but those that abstain."""
        table = dict.fromkeys(ballot.seats, 1) if self.weights == MEMBERS else ballot.weights[self.weights]
        asked = ballot.seats if self.of == "all" else ballot.seats - ballot.abstaining
        weights = tuple(table[player] if player in asked else 0 for player in players)
        return Weighted(weights, self.needed(sum(weights)), tuple(players))

    def words(self) -> str:
        """Say how much of what is needed."""
        bound = self.at_least if self.at_least is not None else self.more_than
        how = "at least" if self.at_least is not None else "more than"
        much = _share_in_words(bound) if isinstance(bound, Fraction) else str(bound)
        link = " of the" if isinstance(bound, Fraction) else ""
        cast = self.of == "cast"
        what = "votes" if cast and self.weights == MEMBERS else self.weights
        return f"{how} {much}{link} {what}{' cast' if cast else ''}"


def _share_in_words(share: Fraction) -> str:
    per_cent = share * 100
    return f"{per_cent.numerator} %" if per_cent.denominator == 1 else f"{share.numerator}/{share.denominator}"


@dataclass(frozen=True, slots=True)
class FewerAgainst(_Simple):
    """Adopted when fewer than some number of members do not support it: no smaller group can block.

    Examples
    --------
    >>> rule = FewerAgainst(4)
    >>> rule.adopted(Ballot(frozenset("ABCDE"), frozenset("ABC"))).value
    'yes'
    """

    number: int
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when too few stand aside or against to block."""
        missing = len(ballot.seats) - len(ballot.supporting)
        child = Trace(f"{missing} do not support it", f"{self.number} needed to block")
        return Trace(self.words(), verdict(missing < self.number), self.reference, (child,))

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """All but fewer than the number."""
        return count(ballot.seats, len(ballot.seats) - self.number + 1, players)

    def words(self) -> str:
        """Say how many it takes to block."""
        return f"fewer than {self.number} members withhold support"


@dataclass(frozen=True, slots=True)
class NoVeto(_Simple):
    """Adopted when no member of a group votes against; an abstention is no veto.

    Examples
    --------
    >>> ballot = Ballot(frozenset("ABC"), against=frozenset("C"), groups={"permanent": frozenset("AB")})
    >>> NoVeto("permanent").adopted(ballot).value
    'yes'
    """

    group: str
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass unless one of the group votes against."""
        vetoing = sorted(ballot.against & ballot.groups[self.group])
        children = tuple(Trace(f"{actor} votes against", "a veto") for actor in vetoing)
        return Trace(self.words(), verdict(not vetoing), self.reference, children)

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Its group."""
        return {"groups": (self.group,)}

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """All of the group that do not abstain."""
        group = ballot.groups[self.group] - ballot.abstaining
        return count(group, len(group), players)

    def words(self) -> str:
        """Name the group."""
        return f"no veto by the {self.group} members"


@dataclass(frozen=True, slots=True)
class FewDeclare(_Simple):
    """Adopted unless those that abstain with a declaration reach a share of every weight that is named.

    Parameters
    ----------
    limits
        Pairs of the name of a weight and the share at which abstention with a declaration stops the decision; all
        must be reached.
    exceeding
        Whether the shares must be exceeded, not only reached.
    reference
        What lays it down.

    Examples
    --------
    >>> ballot = Ballot(frozenset("ABC"), abstaining=frozenset("A"), declaring=frozenset("A"),
    ...                 weights={"population": {"A": 50, "B": 30, "C": 20}})
    >>> third = Fraction(1, 3)
    >>> FewDeclare((("members", third), ("population", third))).adopted(ballot).value
    'no'
    """

    limits: tuple[tuple[str, Fraction], ...]
    exceeding: bool = False
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass while the declared abstentions stay below one of the shares."""
        declaring = ballot.declaring & ballot.seats
        reached, children = [], []
        for weights, limit in self.limits if declaring else ():
            share = Fraction(ballot.weigh(weights, declaring), ballot.weigh(weights, ballot.seats))
            reached.append(share > limit if self.exceeding else share >= limit)
            children.append(
                Trace(f"abstain with a declaration: {tenth(float(share))} of {weights}", _share_in_words(limit))
            )
        return Trace(self.words(), verdict(not (reached and all(reached))), self.reference, tuple(children))

    @property
    def counts_votes(self) -> bool:
        """It asks for declarations alone."""
        return False

    @property
    def hears(self) -> frozenset[str]:
        """Those that declare."""
        return frozenset({"declaring"})

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The weights of its limits."""
        return {"weights": tuple(name for name, _ in self.limits if name != MEMBERS)}

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """Nobody declares in a simple game."""
        del ballot, players
        return None

    def words(self) -> str:
        """Say where the limit lies."""
        link = "at most" if self.exceeding else "below"
        shares = " or ".join(f"{_share_in_words(limit)} of {weights}" for weights, limit in self.limits)
        return f"declared abstention {link} {shares}"
