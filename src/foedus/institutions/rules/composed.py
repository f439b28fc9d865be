"""Rules made of rules, and consents from outside the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.base.traces import Trace
from foedus.institutions.rules.ballot import MEMBERS, Ballot
from foedus.institutions.rules.protocol import Rule, every_part, verdict
from foedus.institutions.rules.simple import Consensus, FewDeclare, Quota, Unanimity


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
class WithoutConcerned:
    """A rule that is asked of the others alone: those whose own case it is have no vote and are not counted.

    Examples
    --------
    >>> from foedus.institutions.rules import read_share
    >>> ballot = Ballot(frozenset("ABCDE"), against=frozenset("DE"), concerned=frozenset("E"))
    >>> most = Quota(at_least=read_share("3/4"))
    >>> most.adopted(ballot).value, WithoutConcerned(most).adopted(ballot).value
    ('no', 'yes')
    """

    rule: Rule
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule for the others."""
        return (self.rule,)

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the rule does among the others."""
        found = self.rule.adopted(ballot.change(seats=ballot.seats - ballot.concerned))
        away = tuple(Trace(f"{actor}: its own case", "no vote, and not counted") for actor in sorted(ballot.concerned))
        return Trace(self.words(), found.value, self.reference, (*away, found))

    def outsiders(self) -> frozenset[str]:
        """Whom the rule asks."""
        return self.rule.outsiders()

    def words(self) -> str:
        """Name the rule."""
        return f"{self.rule.words()}, without those concerned"


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
        return Trace(self.words(), verdict(self.actor in ballot.consenting), self.reference)

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
        return Trace(self.words(), verdict(all(a.value == "yes" for a in answers)), self.reference, answers)

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
        return Trace(self.words(), verdict(any(a.value == "yes" for a in answers)), self.reference, answers)

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
    >>> from fractions import Fraction
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
        rule = f"({self.rule.words()})" if isinstance(self.rule, AllOf | AnyOf) else self.rule.words()
        return f"{rule} in the {self.name}"


def weights_of(rule: Rule) -> tuple[str, ...]:
    """Return the names of the weights that a rule reads, apart from ``members``; those of quotas first.

    Examples
    --------
    >>> weights_of(AllOf((Quota("votes", at_least=4), Quota(at_least=2), Quota("population", at_least=9))))
    ('votes', 'population')
    """
    parts = every_part(rule)
    names = [part.weights for part in parts if isinstance(part, Quota)]
    names += [one for part in parts if isinstance(part, FewDeclare) for one, _ in part.limits]
    return tuple(name for name in dict.fromkeys(names) if name != MEMBERS)


def weighed(rule: Rule, seats: frozenset[str], chambers: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return whose weight a rule reads, by the name of the weights: those with a seat, or a chamber's members.

    Parameters
    ----------
    rule
        The rule.
    seats, chambers
        Who has a seat in the body, and in its chambers by their names.

    Examples
    --------
    >>> rule = AllOf((Quota(at_least=2), Chamber("senate", Quota("states", at_least=2))))
    >>> {name: sorted(who) for name, who in weighed(rule, frozenset("AB"), {"senate": frozenset("YZ")}).items()}
    {'states': ['Y', 'Z']}
    """
    inside = chambers[rule.name] if isinstance(rule, Chamber) else seats
    own = weights_of(rule) if not rule.parts else ()
    found = dict.fromkeys(own, inside)
    for part in rule.parts:
        for name, who in weighed(part, inside, chambers).items():
            found[name] = found.get(name, frozenset()) | who
    return found


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
