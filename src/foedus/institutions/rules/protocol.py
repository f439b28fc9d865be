"""What every rule can do, and what can be asked of any rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from foedus.base.traces import Trace
from foedus.institutions.power import Game, Weighted
from foedus.institutions.rules.ballot import Ballot

KINDS = ("consensus", "unanimity", "qualified majority", "simple majority", "another rule")
"""The kinds of rules, those that leave a member the most power first."""


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

    @property
    def kind(self) -> str:
        """One of `KINDS`: scores and weights of models are kept by it."""
        ...

    @property
    def binds(self) -> bool:
        """Whether the objection of any one member stops all, alone or together with consents from outside."""
        ...

    @property
    def counts_votes(self) -> bool:
        """Whether it asks how members vote, and not only for a consent or a declaration."""
        ...

    @property
    def hears(self) -> frozenset[str]:
        """The sides beside against and abstaining that it tells apart: ``declaring``, ``concerned``."""
        ...

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """What its body must have under these names: ``weights``, ``groups``, ``chambers``."""
        ...

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """Return which coalitions of players win under it; None where it adopts whatever the players do."""
        ...

    def outsiders(self) -> frozenset[str]:
        """Return whose consent is needed from outside the body."""
        ...

    def words(self) -> str:
        """Return the rule in a few words."""
        ...


class Usual:
    """What most rules answer alike; a rule says only in what it differs."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """None of the others."""
        return KINDS[-1]

    @property
    def binds(self) -> bool:
        """One objection is not enough."""
        return False

    @property
    def counts_votes(self) -> bool:
        """It does."""
        return True

    @property
    def hears(self) -> frozenset[str]:
        """No other sides."""
        return frozenset()

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Nothing."""
        return {}


def count(group: frozenset[str], needed: int, players: Sequence[str]) -> Game | None:
    """Return the game in which some of a group must vote in favour; None where none must."""
    if needed <= 0:
        return None
    return Weighted(tuple(int(player in group) for player in players), needed, tuple(players))


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
    blocking = {voter for voter in voters if not passes(rule, everybody.change(against=frozenset({voter})))}
    blocking |= {
        outsider for outsider in outsiders if not passes(rule, everybody.change(consenting=outsiders - {outsider}))
    }
    return frozenset(blocking)


def every_part(rule: Rule) -> Sequence[Rule]:
    """Return a rule and all that it is made of, at any depth."""
    parts: list[Rule] = [rule]
    for part in rule.parts:
        parts.extend(every_part(part))
    return parts
