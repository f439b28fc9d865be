"""What every rule can do, and what can be asked of any rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from foedus.base.traces import Trace
from foedus.institutions.rules.ballot import Ballot


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


def verdict(passed: bool) -> Literal["yes", "no"]:
    """Return yes or no."""
    return "yes" if passed else "no"


def passes(rule: Rule, ballot: Ballot) -> bool:
    """Tell whether a proposal passes."""
    return rule.adopted(ballot).value == "yes"


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
    >>> from foedus.institutions.rules import AllOf, Consensus, ConsentOf
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


def every_part(rule: Rule) -> Sequence[Rule]:
    """Return a rule and all that it is made of, at any depth."""
    found: list[Rule] = [rule]
    for part in rule.parts:
        found.extend(every_part(part))
    return found
