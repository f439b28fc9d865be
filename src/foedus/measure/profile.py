"""Where a state stands among states, who is near, and with whom it votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.measure.overlap import Overlap, overlap
from foedus.measure.packaged import ALL, Measures, Point, packaged_measures
from foedus.world import World, packaged_world
from foedus.world.days import as_day
from foedus.world.horizon import beyond

NEAREST = 10


@dataclass(frozen=True, slots=True)
class Near:
    """Another state beside the one asked about.

    Attributes
    ----------
    actor
        Its id.
    point
        Its ideal point in the year.
    distance
        Its point less that of the state asked about.
    agreement
        The share of common roll calls answered alike; None where there were none.
    corrected
        The same over all subjects, corrected for chance.
    shared
        Treaties and organisations that both share on the day asked about.
    """

    actor: str
    point: float
    distance: float
    agreement: float | None
    corrected: float | None
    shared: Overlap


@dataclass(frozen=True, slots=True)
class Profile(Recorded):
    """A state among states in a year of votes.

    Attributes
    ----------
    actor, on
        Who, and the day asked about.
    year
        The year of the votes used: the last one before the day is over, at most the last year of the data.
    last
        The last year of the data.
    subject
        The subject over which agreement is counted.
    point, error, rank, of
        Its ideal point, standard error, and its place from the highest among so many.
    path
        Its points by year.
    others
        Those asked for, or the nearest.
    """

    KEYS = (
        "actor on year votes_end=last subject point error rank of path(year point error) others(actor point "
        "distance agreement agreement_corrected=corrected shared_treaties=shared.treaties "
        "shared_organisations=shared.organisations overlap=shared.share) source warning?"
    )

    actor: str
    on: Day
    year: int
    last: int
    subject: str
    point: float
    error: float
    rank: int
    of: int
    path: tuple[Point, ...]
    others: tuple[Near, ...]

    @property
    def source(self) -> str:
        """The data from which the points and agreements are counted."""
        return packaged_measures().source

    @property
    def warning(self) -> str:
        """What speaks against an answer about a day after the last revision of the tables; blank where nothing does."""
        return beyond(self.on)


@dataclass(frozen=True, slots=True)
class AllStates(Recorded):
    """Every state that voted in a year.

    Attributes
    ----------
    on
        The day asked about.
    year, last
        The year of the votes used, and the last year of the data.
    points
        Where each state stood, the highest first.
    """

    KEYS = "on year votes_end=last points(actor point error) source warning?"

    on: Day
    year: int
    last: int
    points: tuple[Point, ...]

    @property
    def source(self) -> str:
        """The data from which the points are counted."""
        return packaged_measures().source

    @property
    def warning(self) -> str:
        """What speaks against an answer about a day after the last revision of the tables; blank where nothing does."""
        return beyond(self.on)


def measure_all(on: Day | str) -> AllStates:
    """Return where all states stood by their votes, in the year that `measure` takes for a day.

    Examples
    --------
    >>> answer = measure_all("2023-07-11")
    >>> answer.year, answer.points[0].actor
    (2019, 'USA')
    """
    day, measures = as_day(on), packaged_measures()
    year = min(max(day.year, measures.first), measures.last)
    points = sorted(measures.points[year].values(), key=lambda point: -point.point)
    return AllStates(day, year, measures.last, tuple(points))


def measure(
    actor: str,
    on: Day | str,
    beside: Sequence[str] = (),
    subject: str = ALL,
    nearest: int = NEAREST,
    world: World | None = None,
) -> Profile:
    """Return where an actor stands by its votes, beside others.

    Parameters
    ----------
    actor
        A name or id.
    on
        The day; votes of its year or, after the data end, of their last year are used.
    beside
        Others by name; without any, the nearest by ideal point.
    subject
        ``all``, or a subject of the data.
    nearest
        How many of the nearest, where nobody is named.
    world
        The facts; the packaged ones by default.

    Raises
    ------
    FoedusError
        An unknown name or subject, or a state that cast no vote in the year.

    Examples
    --------
    >>> answer = measure("France", "2023-07-11", beside=["Germany", "China"])
    >>> answer.year, [near.actor for near in answer.others], answer.others[0].agreement
    (2019, ['DEU', 'CHN'], 0.9)
    """
    measures, facts, day = packaged_measures(), world or packaged_world(), as_day(on)
    if subject not in measures.subjects:
        raise FoedusError(f"no subject {subject!r}; expected one of: {', '.join(measures.subjects)}")
    year = min(day.year, measures.last)
    if year < measures.first:
        raise FoedusError(f"no votes before {measures.first}; {day} is earlier")
    who = facts.find(actor, day)
    own = _voted(measures, who, year, facts)
    names = [facts.find(name, day) for name in beside]
    in_year = measures.points[year]
    if not names:
        names = sorted((a for a in in_year if a != who), key=lambda a: (abs(in_year[a].point - own.point), a))[:nearest]
    others = tuple(_near(measures, facts, day, own, _voted(measures, name, year, facts), subject) for name in names)
    rank = 1 + sum(each.point > own.point for each in in_year.values())
    path = tuple(point for y in sorted(measures.points) if (point := measures.point(who, y)))
    return Profile(who, day, year, measures.last, subject, own.point, own.error, rank, len(in_year), path, others)


def _voted(measures: Measures, actor: str, year: int, facts: World) -> Point:
    point = measures.point(actor, year)
    if point is None:
        raise FoedusError(
            f"{facts.name(actor)} cast no vote in the General Assembly in {year}: it has no measured point"
        )
    return point


def _near(measures: Measures, facts: World, day: Day, own: Point, other: Point, subject: str) -> Near:
    return Near(
        other.actor,
        other.point,
        round(other.point - own.point, 3),
        measures.agreement(own.actor, other.actor, own.year, subject),
        measures.corrected(own.actor, other.actor, own.year),
        overlap(facts, own.actor, other.actor, day),
    )
