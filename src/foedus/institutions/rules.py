"""Decision rules that compose: who must agree, and whose objection is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from foedus.base.traces import Trace


@dataclass(frozen=True, slots=True)
class Assent:
    """Where everyone stands when a rule is asked.

    Parameters
    ----------
    seats
        Members with a vote.
    objecting
        Those of them that object. Who is silent assents.
    consenting
        Outsiders that have given consent.
    """

    seats: frozenset[str]
    objecting: frozenset[str] = frozenset()
    consenting: frozenset[str] = frozenset()


class Rule(Protocol):
    """A condition under which a body adopts a proposal."""

    @property
    def reference(self) -> str:
        """What lays it down."""
        ...

    def adopted(self, assent: Assent) -> Trace:
        """Tell with ``yes`` or ``no``, and why, whether the proposal passes."""
        ...

    def can_block(self, seats: frozenset[str]) -> frozenset[str]:
        """Return who can stop a proposal alone, members and outsiders."""
        ...

    def outsiders(self) -> frozenset[str]:
        """Return whose consent is needed from outside the body."""
        ...

    def words(self) -> str:
        """Return the rule in a few words."""
        ...


@dataclass(frozen=True, slots=True)
class Consensus:
    """Adopted when no member objects; silence is assent.

    Examples
    --------
    >>> seats = frozenset({"FRA", "USA"})
    >>> Consensus("NATO").adopted(Assent(seats, frozenset({"FRA"}))).value
    'no'
    >>> Consensus("NATO").adopted(Assent(seats)).value
    'yes'
    """

    reference: str = ""

    def adopted(self, assent: Assent) -> Trace:
        """Pass unless a seated member objects."""
        against = sorted(assent.objecting & assent.seats)
        children = tuple(Trace(f"{actor} objects", "one objection is enough") for actor in against)
        return Trace(self.words(), "no" if against else "yes", self.reference, children)

    def can_block(self, seats: frozenset[str]) -> frozenset[str]:
        """Every member can."""
        return seats

    def outsiders(self) -> frozenset[str]:
        """Nobody from outside is asked."""
        return frozenset()

    def words(self) -> str:
        """Name the rule."""
        return "consensus"


@dataclass(frozen=True, slots=True)
class ConsentOf:
    """Adopted only with the consent of one actor outside the body, such as a host.

    Examples
    --------
    >>> host = ConsentOf("JPN")
    >>> host.adopted(Assent(frozenset(), consenting=frozenset({"JPN"}))).value
    'yes'
    """

    actor: str
    reference: str = ""

    def adopted(self, assent: Assent) -> Trace:
        """Pass when the outsider has consented."""
        return Trace(self.words(), "yes" if self.actor in assent.consenting else "no", self.reference)

    def can_block(self, seats: frozenset[str]) -> frozenset[str]:  # noqa: ARG002 - the protocol's argument
        """The outsider can."""
        return frozenset({self.actor})

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
    >>> rule.adopted(Assent(frozenset({"FRA"}))).value, rule.words()
    ('no', 'consensus and consent of JPN')
    """

    parts: tuple[Rule, ...]
    reference: str = ""

    def adopted(self, assent: Assent) -> Trace:
        """Pass when all parts pass."""
        answers = tuple(part.adopted(assent) for part in self.parts)
        return Trace(self.words(), "yes" if all(a.value == "yes" for a in answers) else "no", self.reference, answers)

    def can_block(self, seats: frozenset[str]) -> frozenset[str]:
        """Whoever can block a part."""
        return frozenset().union(*(part.can_block(seats) for part in self.parts))

    def outsiders(self) -> frozenset[str]:
        """Everybody whom a part asks."""
        return frozenset().union(*(part.outsiders() for part in self.parts))

    def words(self) -> str:
        """Name the parts."""
        return " and ".join(part.words() for part in self.parts)


def is_consensus(rule: Rule) -> bool:
    """Tell whether a rule is consensus, alone or together with consents from outside.

    Examples
    --------
    >>> is_consensus(AllOf((Consensus(), ConsentOf("JPN")))), is_consensus(ConsentOf("JPN"))
    (True, False)
    """
    if isinstance(rule, AllOf):
        by_consensus = [is_consensus(part) for part in rule.parts]
        return any(by_consensus) and all(
            found or isinstance(part, ConsentOf) for found, part in zip(by_consensus, rule.parts, strict=True)
        )
    return isinstance(rule, Consensus)


def read_rule(value: object, reference: str) -> Rule:
    """Return the rule that a YAML value writes down.

    Parameters
    ----------
    value
        ``consensus``; ``{consent_of: ACTOR}``; ``{all_of: [rules]}``.
    reference
        What lays it down.

    Raises
    ------
    ValueError
        With what was expected, for anything else.
    """
    if value == "consensus":
        return Consensus(reference)
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, content),) = value.items()
        if kind == "consent_of" and isinstance(content, str):
            return ConsentOf(content, reference)
        if kind == "all_of" and isinstance(content, list) and content:
            return AllOf(tuple(read_rule(part, reference) for part in content), reference)
    raise ValueError("one of consensus, {consent_of: ACTOR}, {all_of: [rules]}")
