"""Given where everyone stands on one line: who is pivotal, what cannot be moved, and how far a body can go.

Everybody prefers what is nearer to the own position. A proposal beats the status quo when those that prefer it can
adopt it while all others are against.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.base.errors import FoedusError
from foedus.base.wording import the
from foedus.institutions.seating import Seating


@dataclass(frozen=True, slots=True)
class Reach:
    """What a body can do from a status quo.

    Parameters
    ----------
    status_quo
        Where things stand.
    core
        The interval of points that no proposal beats: the gridlock interval; None where there is none.
    pivots
        Who stands at the two positions that bound it: first those whom a step up needs, at its lower end, then those
        whom a step down needs, at its upper end. Others at the same place count among them.
    feasible
        The open interval of proposals that beat the status quo, which itself is not among them; None where there is
        none.
    largest_step
        Its end further from the status quo, the upper of two equally far: the furthest proposal that the rule lets
        through, in the limit; the status quo itself where nothing beats it. A scale's end stops it.

    Notes
    -----
    With symmetric, single-peaked preferences a step up from ``q`` to ``x`` is supported by those beyond the midpoint
    of the two. The largest step up is therefore ``2 p - q``, where ``p`` is the highest position such that those at or
    above it can adopt.

    References
    ----------
    Krehbiel (1998), Pivotal Politics. Tsebelis (2002), Veto Players.
    """

    status_quo: float
    core: tuple[float, float] | None
    pivots: tuple[frozenset[str], frozenset[str]]
    feasible: tuple[float, float] | None
    largest_step: float


def reach(seating: Seating, positions: Mapping[str, float], status_quo: float, scale: tuple[float, float]) -> Reach:
    """Return what a body can do from a status quo.

    Parameters
    ----------
    seating
        The body as it sits.
    positions
        The position of each member, of each member of a chamber and of each outsider whose consent is asked.
    status_quo
        Where things stand, on the scale.
    scale
        The lowest and the highest place.

    Raises
    ------
    FoedusError
        When somebody has no position or no part in the decision, a position lies outside the scale, or the rule
        does not adopt even with all in favour.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.institutions import packaged_institutions, seat
    >>> from foedus.world import packaged_world
    >>> nac = seat(packaged_institutions().body("nac"), packaged_world(), parse_day("2023-07-11"))
    >>> where = {member: 80.0 for member in nac.members} | {"FRA": 20.0}
    >>> answer = reach(nac, where, status_quo=0.0, scale=(0.0, 100.0))
    >>> answer.largest_step, sorted(answer.pivots[0])
    (40.0, ['FRA'])
    """
    _check(seating, positions, status_quo, scale)
    up = _pivot(seating, positions, upward=True)
    down = _pivot(seating, positions, upward=False)
    low, high = up, down
    feasible: tuple[float, float] | None = None
    largest = status_quo
    if up > status_quo:
        largest = min(2 * up - status_quo, scale[1])
        feasible = (status_quo, largest)
    if down < status_quo:
        lowest = max(2 * down - status_quo, scale[0])
        feasible = (lowest, feasible[1] if feasible else status_quo)
        if status_quo - lowest > largest - status_quo:
            largest = lowest
    at = [frozenset(actor for actor, place in positions.items() if place == end) for end in (low, high)]
    return Reach(status_quo, (low, high) if low <= high else None, (at[0], at[1]), feasible, largest)


def _pivot(seating: Seating, positions: Mapping[str, float], *, upward: bool) -> float:
    """Return the furthest position such that those at it or beyond can adopt."""
    for place in sorted(set(positions.values()), reverse=upward):
        beyond = {actor for actor, own in positions.items() if (own >= place if upward else own <= place)}
        if seating.wins(beyond).value == "yes":
            return place
    raise FoedusError(f"the rule of {the(seating.body.name)} does not adopt even with all in favour")


def _check(seating: Seating, positions: Mapping[str, float], status_quo: float, scale: tuple[float, float]) -> None:
    asked = seating.voters | seating.rule.outsiders()
    missing, strangers = sorted(asked - positions.keys()), sorted(positions.keys() - asked)
    if missing:
        raise FoedusError(f"no position of {', '.join(missing)}; each of the {len(asked)} that are asked needs one")
    if strangers:
        raise FoedusError(f"{', '.join(strangers)}: no part in {the(seating.body.name)} on {seating.on}")
    low, high = scale
    for actor, place in {**positions, "the status quo": status_quo}.items():
        if not low <= place <= high:
            raise FoedusError(f"the position of {actor} is {place:g}; the scale goes from {low:g} to {high:g}")
