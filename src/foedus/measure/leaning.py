"""Where a member may stand that keeps silent, by how far its votes lie from those who back and those who object.

Over coded positions, hidden one at a time, a regression was fitted of where a member stands on

- the mean of where the others stand, and
- how much farther it lies, in ideal points, from the nearest that objects than from the nearest that backs,

with slopes common to decisions coded from public words and to those of the Council, and penalised deviations for each.
No slope of a position may be negative, so that one more objector never makes a silent member likelier to be in favour.
``python -m foedus.backtests leaning FILE`` fits it again and replaces the packaged numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from foedus.measure.packaged import POINTS, Measures

BACKS, OBJECTS = 60.0, 40.0
"""Who stands at least so far on the way to the proposal backs it; who stands at most so far objects."""
PUBLIC, COUNCIL = "public", "council"
"""Which decisions taught the numbers: those coded from public words, or those of the Council under a majority."""
NUMBERS = "leaning.json"


@dataclass(frozen=True, slots=True)
class Lean:
    """What votes tell of a silent member.

    Attributes
    ----------
    year
        The year of the votes.
    backers, objectors
        Who has spoken and has cast votes, by side, the nearest first.
    to_backers, to_objectors
        The distance from the nearest of each, in ideal points.
    others
        The mean of where those who have spoken stand, 0 at the status quo and 100 at the proposal.
    position, spread
        The place to expect on the same way, and the standard deviation around it.
    salience
        How much more it cares than a member at the usual distances does; negative where less.
    data
        ``public`` or ``council``.
    """

    KEYS = "votes_of=year backers objectors to_backers to_objectors others position spread salience data"

    year: int
    backers: tuple[str, ...]
    objectors: tuple[str, ...]
    to_backers: float
    to_objectors: float
    others: float
    position: float
    spread: float
    salience: float
    data: str

    @property
    def triangle(self) -> tuple[float, float, float]:
        """The triangle on the way from 0 to 100 with the expected mean and spread, as far as the ends allow.

        Examples
        --------
        >>> leaning = Lean(2019, (), (), 1.0, 1.0, 50.0, 50.0, 10.0, 0.0, PUBLIC)
        >>> [round(value, 1) for value in leaning.triangle]
        [25.5, 50.0, 74.5]
        """
        return triangle(self.position, self.spread)


def triangle(mean: float, spread: float) -> tuple[float, float, float]:
    """Return low, mode and high of a triangle between 0 and 100 with a mean and a standard deviation.

    Where an end of the way cuts it off, the mode moves to keep the mean, at most to that end.

    Examples
    --------
    >>> [round(value, 1) for value in triangle(60.0, 30.0)]
    [0.0, 80.0, 100.0]
    """
    reach = float(np.sqrt(6)) * spread
    middle = min(max(mean, 0.0), 100.0)
    low, high = max(0.0, middle - reach), min(100.0, middle + reach)
    return low, min(max(3 * middle - low - high, low), high), high


def year_of(year: int, measures: Measures) -> int:
    """Return the year of the votes that were cast before a year began; the votes end with their last one.

    Examples
    --------
    >>> from foedus.measure.packaged import packaged_measures
    >>> year_of(2023, packaged_measures()), year_of(2010, packaged_measures())
    (2019, 2009)
    """
    return min(year - 1, measures.last)


@cache
def packaged_leaning() -> Mapping[str, Any]:
    """Return the numbers that come with this version, with the hashes of what they were fitted to.

    Examples
    --------
    >>> sorted(packaged_leaning()["position"]["public"])
    ['farther', 'intercept', 'others', 'spread']
    """
    home = resources.files("foedus.measure").joinpath("data")
    return dict(json.loads(home.joinpath(NUMBERS).read_text("utf-8")))


@cache
def measure_contents() -> tuple[tuple[str, bytes], ...]:
    """Return the packaged files that placing a silent member reads, by name."""
    home = resources.files("foedus.measure").joinpath("data")
    return tuple((f"foedus/measure/{name}", home.joinpath(name).read_bytes()) for name in (POINTS, NUMBERS))


def lean(
    measures: Measures,
    actor: str,
    spoken: Sequence[tuple[str, float]],
    year: int,
    data: str,
    numbers: Mapping[str, Any] | None = None,
) -> Lean | None:
    """Return what its votes tell of a member that keeps silent.

    Parameters
    ----------
    measures
        Ideal points by year.
    actor
        Who keeps silent.
    spoken
        Who has spoken, and where each stands, 0 at the status quo and 100 at the proposal.
    year
        The year of the votes.
    data
        ``public`` or ``council``.
    numbers
        Those fitted; the packaged ones by default.

    Returns
    -------
    Lean or None
        None where the member cast no votes in the year, nobody backs or nobody objects.

    Examples
    --------
    >>> from foedus.measure.packaged import packaged_measures
    >>> answer = lean(packaged_measures(), "POL", [("FRA", 0.0), ("GBR", 100.0), ("USA", 100.0)], 2019, PUBLIC)
    >>> answer.backers, answer.objectors, 0 < answer.position < 100
    (('GBR', 'USA'), ('FRA',), True)
    >>> lean(packaged_measures(), "POL", [("GBR", 100.0)], 2019, PUBLIC) is None
    True
    """
    own = measures.point(actor, year)
    placed = [(other, at, point.point) for other, at in spoken if (point := measures.point(other, year))]
    if own is None:
        return None
    far_off = sorted((abs(point - own.point), other, at) for other, at, point in placed)
    backers = [(distance, other) for distance, other, at in far_off if at >= BACKS]
    objectors = [(distance, other) for distance, other, at in far_off if at <= OBJECTS]
    if not backers or not objectors:
        return None
    near, far = backers[0][0], objectors[0][0]
    others = math.fsum(at for _, at, _ in placed) / len(placed)
    fitted = packaged_leaning() if numbers is None else numbers
    place, care = fitted["position"][data], fitted["salience"][data]
    farther = far - near
    return Lean(
        year=year,
        backers=tuple(other for _, other in backers),
        objectors=tuple(other for _, other in objectors),
        to_backers=near,
        to_objectors=far,
        others=others,
        position=place["intercept"] + place["others"] * others + place["farther"] * farther,
        spread=place["spread"],
        salience=care["farther"] * (farther - fitted["usual"][data]),
        data=data,
    )
