"""Simple voting games: weights and a quota, and monotone combinations of such games."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from foedus.base.errors import FoedusError

LARGEST_TOTAL = 2**62
"""Sums of weights stay below this, so that they fit a 64-bit integer with room to subtract."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A coalition wins when its members' weights reach the quota.

    Parameters
    ----------
    weights
        Whole numbers of at least 0, one a member.
    quota
        A whole number above 0 and at most the sum of the weights.
    members
        Ids, one a weight, none twice. Numbers from 1 stand in when they are left out.

    Raises
    ------
    FoedusError
        For no members, weights or a quota that are not whole, negative weights, a quota out of reach, ids that
        repeat or are not as many as the weights.

    Examples
    --------
    >>> council = Weighted((4, 4, 4, 2, 2, 1), 12, ("FR", "DE", "IT", "BE", "NL", "LU"))
    >>> council.wins(["FR", "DE", "IT"]), council.wins(["FR", "DE", "BE", "LU"])
    (True, False)
    """

    weights: tuple[int, ...]
    quota: int
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = tuple(self.weights)
        members = tuple(self.members) or tuple(str(place) for place in range(1, len(given) + 1))
        _check_members(members, len(given))
        weights = tuple(_whole(weight, f"the weight of {name}") for name, weight in zip(members, given, strict=True))
        quota = _whole(self.quota, "the quota")
        for name, weight in zip(members, weights, strict=True):
            if weight < 0:
                raise FoedusError(f"the weight of {name} is {weight}; weights are at least 0")
        total = sum(weights)
        if quota <= 0:
            raise FoedusError(f"the quota is {quota}; a quota is above 0, or the empty coalition wins")
        if quota > total:
            raise FoedusError(f"the quota of {quota} is above the sum of the weights, {total}: no coalition wins")
        if total >= LARGEST_TOTAL:
            raise FoedusError(
                f"the weights sum to {total}; at most {LARGEST_TOTAL - 1} can be added up: use larger units"
            )
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "quota", quota)
        object.__setattr__(self, "members", members)

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)

    def wins(self, coalition: Iterable[str]) -> bool:
        """Tell whether a coalition wins.

        Raises
        ------
        FoedusError
            For an id that no member has.
        """
        inside = _places(self.members, coalition)
        return sum(self.weights[place] for place in inside) >= self.quota

    def dual(self) -> Weighted:
        """Return the game whose winning coalitions are those that block this one."""
        return Weighted(self.weights, self.total - self.quota + 1, self.members)


@dataclass(frozen=True, slots=True)
class Compound:
    """Games over the same members in the same order, of which a coalition must win every one or at least one.

    Parameters
    ----------
    parts
        At least one game.
    every
        Whether every part must be won; otherwise one is enough.

    Raises
    ------
    FoedusError
        For no parts, or parts whose members differ.

    Examples
    --------
    >>> states, people = Weighted((1, 1, 1), 2), Weighted((80, 60, 10), 98)
    >>> Compound((states, people), every=True).wins(["1", "3"])
    False
    """

    parts: tuple[Game, ...]
    every: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))
        if not self.parts:
            raise FoedusError("a compound game has no parts; name at least one")
        for part in self.parts[1:]:
            if part.members != self.parts[0].members:
                raise FoedusError("the parts of a compound game differ in their members or in the order of these")

    @property
    def members(self) -> tuple[str, ...]:
        """The members' ids."""
        return self.parts[0].members

    def wins(self, coalition: Iterable[str]) -> bool:
        """Tell whether a coalition wins; the errors are those of `Weighted.wins`."""
        inside = tuple(coalition)
        results = [part.wins(inside) for part in self.parts]
        return all(results) if self.every else any(results)

    def dual(self) -> Compound:
        """Return the game whose winning coalitions are those that block this one."""
        return Compound(tuple(part.dual() for part in self.parts), not self.every)


Game = Weighted | Compound
"""Any game of this room."""


def all_of(*parts: Game) -> Compound:
    """Return the game that a coalition wins by winning every part.

    Examples
    --------
    >>> council = all_of(Weighted((1,) * 15, 9), Weighted((1,) * 5 + (0,) * 10, 5))
    >>> council.wins(map(str, range(1, 10))), council.wins(map(str, range(2, 16)))
    (True, False)
    """
    return Compound(parts, every=True)


def any_of(*parts: Game) -> Compound:
    """Return the game that a coalition wins by winning at least one part.

    Examples
    --------
    >>> any_of(Weighted((3, 1, 1), 3), Weighted((1, 1, 1), 2)).wins(["2", "3"])
    True
    """
    return Compound(parts, every=False)


def dual(game: Game) -> Game:
    """Return the game that a coalition wins when the others lose the first.

    Examples
    --------
    >>> blocking = dual(Weighted((1,) * 5, 4))
    >>> blocking.wins("12"), blocking.wins("1")
    (True, False)
    """
    if isinstance(game, Weighted):
        return Weighted(game.weights, sum(game.weights) - game.quota + 1, game.members)
    return Compound(tuple(dual(part) for part in game.parts), every=not game.every)


def joined_by(game: Game, members: Collection[str]) -> Game | None:
    """Return the game among the others when some members are in every coalition; None where these win by themselves.

    Examples
    --------
    >>> joined_by(Weighted((3, 2, 1), 4, ("A", "B", "C")), {"C"})
    Weighted(weights=(3, 2, 0), quota=3, members=('A', 'B', 'C'))
    """
    if isinstance(game, Weighted):
        inside = [member in members for member in game.members]
        quota = game.quota - sum(weight for weight, here in zip(game.weights, inside, strict=True) if here)
        weights = tuple(0 if here else weight for weight, here in zip(game.weights, inside, strict=True))
        return None if quota <= 0 else Weighted(weights, quota, game.members)
    parts = [joined_by(part, members) for part in game.parts]
    asked = tuple(part for part in parts if part is not None)
    if not asked or (not game.every and len(asked) < len(parts)):
        return None
    return Compound(asked, every=game.every)


def quota_for_share(total: int, share: Fraction, *, above: bool = False) -> int:
    """Return the smallest whole number that is at least a share of a total, without rounding errors.

    Parameters
    ----------
    total
        A sum of weights.
    share
        Above 0 and at most 1, as a fraction such as ``Fraction(65, 100)``.
    above
        Whether more than the share is needed.

    Raises
    ------
    FoedusError
        For a share out of range, for more than the whole, or a share that is not exact.

    Examples
    --------
    >>> quota_for_share(27, Fraction(55, 100)), quota_for_share(100, Fraction(65, 100))
    (15, 65)
    >>> quota_for_share(100, Fraction(1, 2)), quota_for_share(100, Fraction(1, 2), above=True)
    (50, 51)
    """
    if not isinstance(share, Fraction | int):
        raise FoedusError(f"the share {share!r} is not exact; write it as Fraction(65, 100)")
    if not 0 < share <= 1:
        raise FoedusError(f"the share {share} is out of range; a quota is above 0 and at most the whole")
    if above and share == 1:
        raise FoedusError("nothing weighs more than the whole")
    exact = total * share
    if above:
        return exact.numerator // exact.denominator + 1
    return -(-exact.numerator // exact.denominator)


def _whole(value: Any, what: str) -> int:
    try:
        if isinstance(value, bool):
            raise TypeError
        return operator.index(value)
    except TypeError:
        raise FoedusError(
            f"{what} is {value!r}; expected a whole number: multiply all weights and the quota by the same number "
            "until they are whole"
        ) from None


def _check_members(members: Sequence[str], count: int) -> None:
    if count == 0:
        raise FoedusError("a game without members; name at least one weight")
    if len(members) != count:
        raise FoedusError(f"{len(members)} members and {count} weights; each member has one weight")
    seen: set[str] = set()
    for name in members:
        if name in seen:
            raise FoedusError(f"the member {name!r} appears twice; ids are unique")
        seen.add(name)


def _places(members: Sequence[str], coalition: Iterable[str]) -> set[int]:
    known = {name: place for place, name in enumerate(members)}
    inside = set()
    for name in coalition:
        if name not in known:
            raise FoedusError(f"no member {name!r}; the members are {', '.join(members)}")
        inside.add(known[name])
    return inside
