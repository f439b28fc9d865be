"""Decision rules that compose: who must agree, and whose objection is enough."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from foedus.base.traces import Trace
from foedus.institutions.rules.ballot import MEMBERS, Ballot


class Rule(Protocol):
    """A condition under which a body adopts a proposal."""

    @property
    def reference(self) -> str:
        """What lays it down."""
        ...

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rules that it is made of; empty for one that is made of none."""
        ...

    def adopted(self, ballot: Ballot) -> Trace:
        """Tell with ``yes`` or ``no``, and why, whether the proposal passes."""
        ...

    def outsiders(self) -> frozenset[str]:
        """Return whose consent is needed from outside the body."""
        ...

    def words(self) -> str:
        """Return the rule in a few words."""
        ...


def can_block(rule: Rule, ballot: Ballot) -> frozenset[str]:
    """Return who can stop a proposal alone when all others support it: members, chambers' members and outsiders.

    Parameters
    ----------
    rule
        The rule.
    ballot
        Who has a seat, with what weights; how they vote is left aside.

    Examples
    --------
    >>> sorted(can_block(AllOf((Consensus(), ConsentOf("JPN"))), Ballot(frozenset({"FRA", "USA"}))))
    ['FRA', 'JPN', 'USA']
    """
    outsiders = rule.outsiders()
    nobody = frozenset[str]()
    everybody = ballot.change(
        against=nobody, abstaining=nobody, declaring=nobody, concerned=nobody, consenting=outsiders
    )
    voters = ballot.seats.union(*ballot.chambers.values())
    blocking = {one for one in voters if not passes(rule, everybody.change(against=frozenset({one})))}
    blocking |= {one for one in outsiders if not passes(rule, everybody.change(consenting=outsiders - {one}))}
    return frozenset(blocking)


def passes(rule: Rule, ballot: Ballot) -> bool:
    """Tell whether a proposal passes."""
    return rule.adopted(ballot).value == "yes"


def _answer(passed: bool) -> Literal["yes", "no"]:
    return "yes" if passed else "no"


@dataclass(frozen=True, slots=True)
class _Simple:
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
        return Trace(self.words(), _answer(not against), self.reference, children)

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
        verdict = "stops it" if self.abstention_blocks else "does not stop it"
        abstaining = [Trace(f"{actor} abstains", verdict) for actor in away]
        passed = not against and not (self.abstention_blocks and away)
        return Trace(self.words(), _answer(passed), self.reference, (*against, *abstaining))

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
        return Trace(self.words(), _answer(favour >= needed), self.reference, children)

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

    def words(self) -> str:
        """Say how much of what is needed."""
        bound = self.at_least if self.at_least is not None else self.more_than
        how = "at least" if self.at_least is not None else "more than"
        much = _share_in_words(bound) if isinstance(bound, Fraction) else str(bound)
        link = " of the" if isinstance(bound, Fraction) else ""
        return f"{how} {much}{link} {self.weights}{' cast' if self.of == 'cast' else ''}"


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
        return Trace(self.words(), _answer(missing < self.number), self.reference, (child,))

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
        return Trace(self.words(), _answer(not vetoing), self.reference, children)

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
                Trace(f"abstain with a declaration: {float(share):.1%} of {weights}", _share_in_words(limit))
            )
        return Trace(self.words(), _answer(not (reached and all(reached))), self.reference, tuple(children))

    def words(self) -> str:
        """Say where the limit lies."""
        link = "at most" if self.exceeding else "below"
        shares = " or ".join(f"{_share_in_words(limit)} of {weights}" for weights, limit in self.limits)
        return f"declared abstention {link} {shares}"


@dataclass(frozen=True, slots=True)
class ConcernedAbstain:
    """A rule under which those whose own case it is abstain, whatever they say.

    Examples
    --------
    >>> ballot = Ballot(frozenset("ABC"), against=frozenset("C"), concerned=frozenset("C"))
    >>> ConcernedAbstain(Unanimity()).adopted(ballot).value
    'yes'
    """

    rule: Rule
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule for the others."""
        return (self.rule,)

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the rule does with the concerned abstaining."""
        changed = ballot.change(
            against=ballot.against - ballot.concerned, abstaining=ballot.abstaining | ballot.concerned
        )
        found = self.rule.adopted(changed)
        away = tuple(Trace(f"{actor} is a party", "must abstain") for actor in sorted(ballot.concerned))
        return Trace(self.words(), found.value, self.reference, (*away, found))

    def outsiders(self) -> frozenset[str]:
        """Whom the rule asks."""
        return self.rule.outsiders()

    def words(self) -> str:
        """Name the rule."""
        return f"{self.rule.words()}, parties to the dispute abstaining"


@dataclass(frozen=True, slots=True)
class ConsentOf:
    """Adopted only with the consent of one actor outside the body, such as a host.

    Examples
    --------
    >>> host = ConsentOf("JPN")
    >>> host.adopted(Ballot(frozenset(), consenting=frozenset({"JPN"}))).value
    'yes'
    """

    actor: str
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """None."""
        return ()

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the outsider has consented."""
        return Trace(self.words(), _answer(self.actor in ballot.consenting), self.reference)

    def outsiders(self) -> frozenset[str]:
        """The one outsider."""
        return frozenset({self.actor})

    def words(self) -> str:
        """Name the rule."""
        return f"consent of {self.actor}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Adopted when every part adopts.

    Examples
    --------
    >>> rule = AllOf((Consensus(), ConsentOf("JPN")))
    >>> rule.adopted(Ballot(frozenset({"FRA"}))).value, rule.words()
    ('no', 'consensus and consent of JPN')
    """

    parts: tuple[Rule, ...]
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when all parts pass."""
        answers = tuple(part.adopted(ballot) for part in self.parts)
        return Trace(self.words(), _answer(all(a.value == "yes" for a in answers)), self.reference, answers)

    def outsiders(self) -> frozenset[str]:
        """Everybody whom a part asks."""
        return frozenset().union(*(part.outsiders() for part in self.parts))

    def words(self) -> str:
        """Name the parts."""
        return " and ".join(f"({p.words()})" if isinstance(p, AnyOf) else p.words() for p in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Adopted when at least one part adopts.

    Examples
    --------
    >>> rule = AnyOf((Consensus(), Quota(at_least=2)))
    >>> rule.adopted(Ballot(frozenset("ABC"), frozenset("C"))).value, rule.words()
    ('yes', 'consensus or at least 2 members')
    """

    parts: tuple[Rule, ...]
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when one part passes."""
        answers = tuple(part.adopted(ballot) for part in self.parts)
        return Trace(self.words(), _answer(any(a.value == "yes" for a in answers)), self.reference, answers)

    def outsiders(self) -> frozenset[str]:
        """Everybody whom a part asks."""
        return frozenset().union(*(part.outsiders() for part in self.parts))

    def words(self) -> str:
        """Name the parts."""
        return " or ".join(f"({p.words()})" if isinstance(p, AllOf) else p.words() for p in self.parts)


@dataclass(frozen=True, slots=True)
class Chamber:
    """Adopted when a chamber with members of its own adopts by its rule.

    Examples
    --------
    >>> rule = Chamber("upper house", Quota(more_than=Fraction(1, 2)))
    >>> ballot = Ballot(frozenset("AB"), frozenset("YZ"), chambers={"upper house": frozenset("XYZ")})
    >>> rule.adopted(ballot).value
    'no'
    """

    name: str
    rule: Rule
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The chamber's rule."""
        return (self.rule,)

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the chamber passes it."""
        found = self.rule.adopted(ballot.change(seats=ballot.chambers[self.name]))
        return Trace(self.words(), found.value, self.reference, (found,))

    def outsiders(self) -> frozenset[str]:
        """Whom the chamber's rule asks."""
        return self.rule.outsiders()

    def words(self) -> str:
        """Name the chamber and its rule."""
        return f"{self.rule.words()} in the {self.name}"


def every_part(rule: Rule) -> Sequence[Rule]:
    """Return a rule and all that it is made of, at any depth."""
    found: list[Rule] = [rule]
    for part in rule.parts:
        found.extend(every_part(part))
    return found


def weights_of(rule: Rule) -> Collection[str]:
    """Return the names of the weights that a rule reads, apart from ``members``."""
    names = {part.weights for part in every_part(rule) if isinstance(part, Quota)}
    names |= {one for part in every_part(rule) if isinstance(part, FewDeclare) for one, _ in part.limits}
    return names - {MEMBERS}


def is_consensus(rule: Rule) -> bool:
    """Tell whether one member's objection stops all, alone or together with consents from outside.

    That is so for consensus, and for unanimity that an abstention does not stop.

    Examples
    --------
    >>> is_consensus(AllOf((Consensus(), ConsentOf("JPN")))), is_consensus(ConsentOf("JPN"))
    (True, False)
    """
    if isinstance(rule, AllOf):
        by_consensus = [is_consensus(part) for part in rule.parts]
        return any(by_consensus) and all(
            found or isinstance(part, ConsentOf | FewDeclare)
            for found, part in zip(by_consensus, rule.parts, strict=True)
        )
    return isinstance(rule, Consensus) or (isinstance(rule, Unanimity) and not rule.abstention_blocks)
