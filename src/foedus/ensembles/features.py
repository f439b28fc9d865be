"""What the learned distribution looks at: one number for each point of the scale and each feature.

The scale is mapped to the whole numbers 0 to 100. No feature tells one end of the scale from the other: mirrored
inputs give mirrored features. A feature that needs what an issue lacks is zero on the whole scale and so says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.issues.sitting import Flags, Floats

GRID: Floats = np.arange(101.0)
"""The points of the scale."""

_FLOOR = 0.01  # share of salience below which a point counts as empty


@dataclass(frozen=True, slots=True)
class Situation:
    """N issues with A actors each, as the learned distribution sees them; not-a-number is unknown.

    Parameters
    ----------
    position
        From 0 to 100; shape (N, A).
    salience
        In any one unit; shape (N, A). An unknown one counts as the mean of those known on the issue; where none is
        known, or all are zero, everyone counts alike.
    member
        Who votes; shape (N, A).
    weight
        Voting weights of the members; shape (N, A). Unknown: 1.
    proposer, chamber, reference
        Positions of who proposes and of a second chamber, and the reference point; shape (N,).
    unanimous, chamber_decides
        1 where the rule is unanimity, and where the second chamber must agree; shape (N,).

    Raises
    ------
    ValueError
        When shapes differ, a position is off the scale, or an issue has none.
    """

    position: Floats
    salience: Floats
    member: Flags
    weight: Floats
    proposer: Floats
    chamber: Floats
    reference: Floats
    unanimous: Floats
    chamber_decides: Floats

    def __post_init__(self) -> None:
        rows = (self.proposer, self.chamber, self.reference, self.unanimous, self.chamber_decides)
        if any(column.shape != self.position.shape for column in (self.salience, self.member, self.weight)) or any(
            row.shape != self.position.shape[:1] for row in rows
        ):
            raise ValueError("the arrays of a situation must agree in shape")
        for values in (self.position, self.proposer, self.chamber, self.reference):
            if ((values < 0) | (values > 100)).any():
                raise ValueError("a position must lie from 0 to 100")
        if np.isnan(self.position).all(axis=1).any():
            raise ValueError("an issue needs at least one position")


class Ground:
    """What several features of a `Situation` share, worked out when first used.

    Parameters
    ----------
    situation
        N issues.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.proposer, self.chamber = situation.proposer, situation.chamber
        self.reference = situation.reference

    @cached_property
    def present(self) -> Flags:
        """Who has a position; shape (N, A)."""
        return ~np.isnan(self.situation.position)

    @cached_property
    def position(self) -> Floats:
        """Positions, 0 where there is none; shape (N, A)."""
        return np.nan_to_num(self.situation.position)

    @cached_property
    def salience(self) -> Floats:
        """Saliences of those present, the unknown filled in; shape (N, A)."""
        return filled_salience(self.situation.salience, self.present)

    @cached_property
    def voting(self) -> Flags:
        """Members present; everyone present where no member is; shape (N, A)."""
        members = self.present & self.situation.member
        return np.where(members.any(axis=1, keepdims=True), members, self.present)

    @cached_property
    def votes(self) -> Floats:
        """Voting weights of those who vote; shape (N, A)."""
        return np.where(self.voting, np.nan_to_num(self.situation.weight, nan=1.0), 0.0)

    @cached_property
    def mean(self) -> Floats:
        """Salience-weighted mean of all positions; shape (N,)."""
        return weighted(self.position, self.salience)

    @cached_property
    def member_mean(self) -> Floats:
        """Salience-weighted mean of the members' positions; shape (N,)."""
        return weighted(self.position, self.salience * self.voting)

    @cached_property
    def member_median(self) -> Floats:
        """Median of the members' positions; shape (N,)."""
        return np.asarray(np.nanmedian(np.where(self.voting, self.position, np.nan), axis=1))

    @cached_property
    def three(self) -> Floats:
        """Mean of the members' mean, the proposer and the chamber, each once; shape (N,)."""
        parts = [self.member_mean, *(np.where(np.isnan(x), self.member_mean, x) for x in (self.proposer, self.chamber))]
        return np.asarray(sum(parts) / 3)

    @cached_property
    def low(self) -> Floats:
        """Lowest position; shape (N,)."""
        return np.asarray(np.nanmin(self.situation.position, axis=1))

    @cached_property
    def high(self) -> Floats:
        """Highest position; shape (N,)."""
        return np.asarray(np.nanmax(self.situation.position, axis=1))

    @cached_property
    def mass(self) -> Floats:
        """Share of the salience at each point; shape (N, 101)."""
        return shares(self.position, self.salience)

    @cached_property
    def anyone(self) -> Floats:
        """1 where somebody stands; shape (N, 101)."""
        return (shares(self.position, self.present.astype(np.float64)) > 0).astype(np.float64)

    @cached_property
    def members_at(self) -> Floats:
        """1 where a member stands; shape (N, 101)."""
        return (shares(self.position, self.voting.astype(np.float64)) > 0).astype(np.float64)

    @cached_property
    def poles(self) -> Floats:
        """Number of different points where somebody stands; shape (N, 1)."""
        return np.asarray(self.anyone.sum(axis=1, keepdims=True))

    @cached_property
    def spread(self) -> Floats:
        """Salience-weighted standard deviation of the positions; shape (N, 1)."""
        squares = (self.position - self.mean[:, None]) ** 2
        return np.sqrt(weighted(squares, self.salience))[:, None]

    def support(self, weight: Floats) -> Floats:
        """Return the share of weight that prefers each point to the reference point; shape (N, 101)."""
        known = ~np.isnan(self.reference)
        if not known.any():
            return np.zeros((len(known), len(GRID)))
        reference = np.nan_to_num(self.reference)
        there = np.abs(GRID[None, :, None] - self.position[:, None, :])
        here = np.abs(reference[:, None] - self.position)[:, None, :]
        prefers = (there < here) + 0.5 * (there == here)
        share = (prefers * weight[:, None, :]).sum(axis=2) / weight.sum(axis=1)[:, None]
        return np.where(known[:, None], share, 0.0)

    def constant(self, points: Sequence[float]) -> Floats:
        """Return 1 at the given points of every issue; shape (N, 101)."""
        return np.broadcast_to(np.isin(GRID, points).astype(np.float64), (len(self.mean), len(GRID)))


def filled_salience(salience: Floats, present: Flags) -> Floats:
    """Return saliences of those present, an unknown one as the mean of the known; shape (N, A).

    Where none is known, or all are zero, everyone present counts 1.

    Examples
    --------
    >>> filled_salience(np.array([[20.0, np.nan, 40.0]]), np.array([[True, True, True]])).tolist()
    [[20.0, 30.0, 40.0]]
    """
    known = present & ~np.isnan(salience)
    values = np.where(known, np.nan_to_num(salience), 0.0)
    usual = values.sum(axis=1, keepdims=True) / np.maximum(known.sum(axis=1, keepdims=True), 1)
    values = np.where(present & ~known, usual, values)
    return np.where(values.sum(axis=1, keepdims=True) > 0, values, present.astype(np.float64))


def weighted(values: Floats, weight: Floats) -> Floats:
    """Return the weighted mean of each row, equal weights where all are zero; shape (N,)."""
    total = weight.sum(axis=1)
    mean = (values * weight).sum(axis=1) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, mean, values.mean(axis=1)))


def shares(position: Floats, weight: Floats) -> Floats:
    """Return the share of each row's weight at each point of the scale; shape (N, 101).

    Examples
    --------
    >>> shares(np.array([[0.0, 100.0]]), np.array([[3.0, 1.0]]))[0, [0, 50, 100]].tolist()
    [0.75, 0.0, 0.25]
    """
    total = np.zeros((len(position), len(GRID)))
    rows = np.broadcast_to(np.arange(len(position))[:, None], position.shape)
    np.add.at(total, (rows, np.rint(position).astype(np.intp)), weight)
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def at(place: Floats) -> Floats:
    """Return 1 at a place and 0 elsewhere, nothing where it is unknown; shape (N, 101)."""
    return np.asarray((np.rint(place)[:, None] == GRID).astype(np.float64))


def between(a: Floats, other: Floats) -> Floats:
    """Return 1 between two places, both included, nothing where either is unknown; shape (N, 101)."""
    return np.asarray((outside(a, other) == 0).astype(np.float64) * ~np.isnan(a + other)[:, None])


def outside(a: Floats, other: Floats) -> Floats:
    """Return how far a point lies outside the interval of two places, in scale lengths; shape (N, 101)."""
    low, high = np.minimum(a, other)[:, None], np.maximum(a, other)[:, None]
    return np.nan_to_num(np.maximum(0.0, np.maximum(low - GRID, GRID - high)) / 100)


def away(place: Floats) -> Floats:
    """Return the distance from a place in scale lengths, 0 where it is unknown; shape (N, 101)."""
    return np.nan_to_num(np.abs(GRID - place[:, None]) / 100)


def bump(place: Floats, width: float) -> Floats:
    """Return a bell around a place; shape (N, 101)."""
    return np.exp(-0.5 * ((GRID - place[:, None]) / width) ** 2)


def _quantile(g: Ground) -> Floats:
    return (np.cumsum(g.mass, axis=1) - g.mass / 2 - 0.5) ** 2


def _smooth(g: Ground) -> Floats:
    kernel = np.exp(-0.5 * ((GRID[:, None] - GRID) / 10) ** 2)
    return np.asarray(np.log(g.mass @ (kernel / kernel.sum(axis=0)) + 0.002))


_TENS, _FIVES = tuple(range(0, 101, 10)), tuple(range(0, 101, 5))

TEN = {
    "share": ("logarithm of the share of salience at the point", lambda g: np.log(g.mass + _FLOOR)),
    "distance": ("distance to the salience-weighted mean", lambda g: away(g.mean)),
    "distance squared": ("its square", lambda g: away(g.mean) ** 2),
    "anyone": ("somebody stands there", lambda g: g.anyone),
    "proposer": ("the proposer stands there", lambda g: at(g.proposer)),
    "chamber": ("the second chamber stands there", lambda g: at(g.chamber)),
    "reference": ("the reference point lies there", lambda g: at(g.reference)),
    "tens": ("a multiple of ten", lambda g: g.constant(_TENS)),
    "middle": ("the middle of the scale", lambda g: g.constant((50,))),
    "ends": ("an end of the scale", lambda g: g.constant((0, 100))),
}
"""The features of the ten-feature logit: name to meaning and function."""

OTHERS = {
    "reference to proposer": ("between reference point and proposer", lambda g: between(g.reference, g.proposer)),
    "reference to members": (
        "between reference point and members' mean",
        lambda g: between(g.reference, g.member_mean),
    ),
    "beyond proposer and chamber": (
        "distance outside the interval from proposer to chamber",
        lambda g: outside(g.proposer, g.chamber),
    ),
    "proposer with member": ("the proposer stands there, and a member too", lambda g: at(g.proposer) * g.members_at),
    "chamber with member": ("the chamber stands there, and a member too", lambda g: at(g.chamber) * g.members_at),
    "reference with anyone": ("the reference point, where somebody stands", lambda g: at(g.reference) * g.anyone),
    "fives": ("a multiple of five", lambda g: g.constant(_FIVES)),
    "fives with anyone": ("a multiple of five where somebody stands", lambda g: g.constant(_FIVES) * g.anyone),
    "off the median": ("squared distance from the median, counted in shares of salience", _quantile),
    "thirds": ("a third or two thirds of the scale", lambda g: g.constant((33, 34, 66, 67))),
    "anyone by poles": (
        "somebody stands there, times the number of poles less three, at most four",
        lambda g: g.anyone * np.minimum(g.poles - 3, 4),
    ),
    "member": ("a member stands there", lambda g: g.members_at),
    "quarters": ("a multiple of 25", lambda g: g.constant((0, 25, 50, 75, 100))),
    "tens with anyone": ("a multiple of ten where somebody stands", lambda g: g.constant(_TENS) * g.anyone),
    "ends with anyone": ("an end where somebody stands", lambda g: g.constant((0, 100)) * g.anyone),
    "middle with anyone": ("the middle where somebody stands", lambda g: g.constant((50,)) * g.anyone),
    "middle of two poles": ("the middle, with two poles", lambda g: g.constant((50,)) * (g.poles == 2)),
    "beyond all": ("outside the range of positions", lambda g: (outside(g.low, g.high) > 0).astype(np.float64)),
    "votes for change": ("share of votes that prefers the point to the reference", lambda g: g.support(g.votes)),
    "salience for change": ("the same share of salience", lambda g: g.support(g.salience)),
    "change": ("distance from the reference point", lambda g: away(g.reference)),
    "change squared": ("its square", lambda g: away(g.reference) ** 2),
    "proposer to chamber": ("between proposer and chamber", lambda g: between(g.proposer, g.chamber)),
    "reference to chamber": ("between reference point and chamber", lambda g: between(g.reference, g.chamber)),
    "proposer to members": ("between proposer and members' mean", lambda g: between(g.proposer, g.member_mean)),
    "chamber to members": ("between chamber and members' mean", lambda g: between(g.chamber, g.member_mean)),
    "beyond reference and proposer": (
        "distance outside the interval from reference point to proposer",
        lambda g: outside(g.reference, g.proposer),
    ),
    "to proposer": ("distance to the proposer", lambda g: away(g.proposer)),
    "to chamber": ("distance to the chamber", lambda g: away(g.chamber)),
    "to median": ("distance to the members' median", lambda g: away(g.member_median)),
    "to proposer and chamber": ("distance to their midpoint", lambda g: away((g.proposer + g.chamber) / 2)),
    "to midrange": ("distance to the middle of the range", lambda g: away((g.low + g.high) / 2)),
    "near mean": ("a bell of width 5 around the mean", lambda g: bump(g.mean, 5)),
    "near three": ("a bell of width 5 around the mean of members, proposer and chamber", lambda g: bump(g.three, 5)),
    "smoothed share": ("logarithm of the share of salience within about ten points", _smooth),
    "share of votes": (
        "logarithm of the share of votes times salience",
        lambda g: np.log(shares(g.position, g.votes * g.salience + 1e-9 * g.present) + _FLOOR),
    ),
    "share of heads": (
        "logarithm of the share of actors",
        lambda g: np.log(shares(g.position, g.present * 1.0) + _FLOOR),
    ),
    "largest pole": ("the point with most salience", lambda g: 1.0 * (g.mass == g.mass.max(axis=1, keepdims=True))),
    "distance by spread": (
        "distance to the mean times the spread of positions",
        lambda g: away(g.mean) * g.spread / 30,
    ),
    "distance if unanimous": ("distance to the mean, under unanimity", lambda g: _if(away(g.mean), g, "unanimous")),
    "reference if unanimous": ("the reference point, under unanimity", lambda g: _if(at(g.reference), g, "unanimous")),
    "proposer if both decide": (
        "the proposer, where the chamber must agree",
        lambda g: _if(at(g.proposer), g, "chamber_decides"),
    ),
    "chamber if both decide": (
        "the chamber, where it must agree",
        lambda g: _if(at(g.chamber), g, "chamber_decides"),
    ),
}
"""All others; ``docs/learned.md`` says how little each is trusted."""


def _if(values: Floats, g: Ground, flag: str) -> Floats:
    return np.asarray(values * np.nan_to_num(getattr(g.situation, flag))[:, None])


LIBRARY: dict[str, tuple[str, Callable[[Ground], Floats]]] = TEN | OTHERS
"""Every feature: name to meaning and function."""


def features(situation: Situation, names: Sequence[str]) -> Floats:
    """Return features of each point of the scale, centred on each issue.

    Centring changes no probability of a logit; it makes a constant feature zero.

    Parameters
    ----------
    situation
        N issues.
    names
        Keys of ``LIBRARY``; length F.

    Returns
    -------
    Floats
        Shape (N, 101, F).

    Raises
    ------
    ValueError
        When a name is unknown.

    Examples
    --------
    >>> none = np.array([np.nan])
    >>> situation = Situation(np.array([[0.0, 100.0]]), np.ones((1, 2)), np.ones((1, 2), dtype=bool), np.ones((1, 2)),
    ...                 none, none, none, none, none)
    >>> answer = features(situation, ["ends", "proposer"])[0]
    >>> answer.shape, round((answer[0, 0] - answer[1, 0]).item(), 6), abs(answer[:, 1]).max().item()
    ((101, 2), 1.0, 0.0)
    """
    unknown = [name for name in names if name not in LIBRARY]
    if unknown:
        raise ValueError(f"no feature {unknown[0]!r}; the features are {', '.join(LIBRARY)}")
    ground = Ground(situation)
    x = np.stack([LIBRARY[name][1](ground) for name in names], axis=2)
    return np.asarray(x - x.mean(axis=1, keepdims=True))
