"""How long answers take to come and how long they last: Kaplan and Meier's estimate, open ones censored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from foedus.base.days import Day
from foedus.strategy.record.acts import BROAD, ActOnRecord

COERCIVE = ("economic", "military", "force")
"""Kinds that cost the other side something."""


@dataclass(frozen=True, slots=True)
class Days:
    """Quantiles of a number of days.

    Attributes
    ----------
    ended, open
        How many ended, and how many went on when they were last seen.
    q10, median, q90
        By Kaplan and Meier; None where too few have ended by then.
    """

    KEYS = "median q10 q90 ended open"

    ended: int
    open: int
    q10: int | None
    median: int | None
    q90: int | None


def kaplan_meier(lengths: Sequence[tuple[int, bool]]) -> tuple[tuple[int, float], ...]:
    """Return the share that goes on after each number of days on which something ended.

    Parameters
    ----------
    lengths
        Days, and whether it then ended (True) or was only last seen (False).

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the American
    Statistical Association 53, 457-481. doi:10.1080/01621459.1958.10501452

    Examples
    --------
    >>> kaplan_meier([(3, True), (5, False), (8, True)])
    ((3, 0.6666666666666667), (8, 0.0))
    """
    survival, curve = 1.0, []
    for day in sorted({length for length, ended in lengths if ended}):
        at_risk = sum(length >= day for length, _ in lengths)
        survival *= 1 - sum(length == day and ended for length, ended in lengths) / at_risk
        curve.append((day, survival))
    return tuple(curve)


def quantiles(lengths: Sequence[tuple[int, bool]]) -> Days:
    """Return the tenth, fiftieth and ninetieth percentile of a number of days."""
    curve = kaplan_meier(lengths)
    tenth, half, most = (
        next((day for day, left in curve if left <= 1 - share + 1e-12), None) for share in (0.1, 0.5, 0.9)
    )
    ended = sum(done for _, done in lengths)
    return Days(ended, len(lengths) - ended, tenth, half, most)


def lags(cases: Iterable[ActOnRecord], as_of: Day, horizon: int, kinds: Sequence[str] = ()) -> Days:
    """Return how many days after an act the first answer came; acts without one count as still waiting.

    An answer before the act, once it was announced, counts as day 0. Answers of which only the month is known are left
    out, with their acts.

    Parameters
    ----------
    cases, as_of, horizon
        The acts, and until when an answer was waited for.
    kinds
        Kinds as users ask for them; by default any.
    """
    spells = []
    for case in cases:
        wanted = [answer for answer in case.answers if not kinds or BROAD[answer.kind] in kinds]
        if wanted:
            first = min(wanted, key=lambda answer: answer.earliest)
            if first.day is not None:
                spells.append((max((first.day - case.act.start).days, 0), True))
        else:
            spells.append((min((as_of - case.act.start).days, horizon), False))
    return quantiles(spells)


def lengths(cases: Iterable[ActOnRecord], as_of: Day, kinds: Sequence[str] = COERCIVE) -> Days:
    """Return how many days measures lasted; one that ended after the day, or whose end is not known, counts as open.

    Measures of which neither an end nor a last sighting is known are left out, and so are words.
    """
    spells = []
    for answer in (answer for case in cases for answer in case.answers if BROAD[answer.kind] in kinds):
        held = answer.days_in_force
        if held is not None and answer.day is not None:
            days, ended = held
            seen_by = answer.day + timedelta(days=days) <= as_of
            spells.append((days, ended) if seen_by else ((as_of - answer.day).days, False))
    return quantiles(spells)
