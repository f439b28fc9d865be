"""Where everyone stands when a rule is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MEMBERS = "members"
"""The weights by which each member counts one."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Where everyone stands when a rule is asked. Who has a seat and is in no other set votes in favour, or is silent.

    Parameters
    ----------
    seats
        Members with a vote.
    against
        Those of them that object or vote against.
    abstaining
        Those of them that abstain.
    declaring
        Those of the abstaining that declare that the decision shall not apply to them.
    concerned
        Those of the members whose own case it is; some rules leave them out.
    consenting
        Outsiders that have given consent.
    weights
        By the name of the weights, the weight of each member.
    groups
        By the name of the group, its members, such as the permanent ones.
    chambers
        By the name of the chamber, its members.

    Examples
    --------
    >>> ballot = Ballot(frozenset({"FRA", "USA"}), against=frozenset({"FRA"}))
    >>> sorted(ballot.supporting)
    ['USA']
    """

    seats: frozenset[str]
    against: frozenset[str] = frozenset()
    abstaining: frozenset[str] = frozenset()
    declaring: frozenset[str] = frozenset()
    concerned: frozenset[str] = frozenset()
    consenting: frozenset[str] = frozenset()
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chambers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def supporting(self) -> frozenset[str]:
        """Members that neither vote against nor abstain."""
        return self.seats - self.against - self.abstaining

    def weigh(self, weights: str, members: Iterable[str]) -> int:
        """Return the sum of some members' weights.

        Raises
        ------
        KeyError
            When there are no such weights, or they lack a member.
        """
        if weights == MEMBERS:
            return len(set(members))
        table = self.weights[weights]
        return sum(table[member] for member in set(members))

    def without(self, members: frozenset[str]) -> Ballot:
        """Return the ballot as if some members had no seat."""
        return self.change(seats=self.seats - members)

    def change(self, **fields: Any) -> Ballot:
        """Return the ballot with some fields changed."""
        return Ballot(**{name: fields.get(name, getattr(self, name)) for name in self.__slots__})
