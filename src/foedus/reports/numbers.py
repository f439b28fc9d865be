"""Numbers as a reader sees them: a value, its unit, and for each unit one rounding in every medium."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foedus.base.wording import percent, short_number, tenth

NO_BREAK = "\u00a0"
"""A space at which no line ends."""

_NOTHING = 1e-9
"""What is left over from sums that cancel."""


def significant(value: float, digits: int = 5) -> str:
    """Return a number with some significant digits; what is left over from sums that cancel is 0.

    Examples
    --------
    >>> significant(5.5511e-15), significant(12.345678), significant(12.345678, 3)
    ('0', '12.346', '12.3')
    """
    return f"{0.0 if abs(value) < _NOTHING else value:.{digits}g}"


def _signed(change: float) -> str:
    """Return a change of a share in percentage points with its sign; what rounds to nothing has none."""
    words = f"{100 * change:+.1f}"
    return "0.0" if words in {"+0.0", "-0.0"} else words


_ROUNDINGS: dict[str, Callable[[float], str]] = {
    "share": percent,
    "tenth": tenth,
    "change": _signed,
    "error": lambda value: f"{100 * value:.1f}",
    "place": short_number,
    "weight": lambda value: f"{value:.2f}",
    "score": lambda value: f"{value:.3f}",
    "crps": lambda value: f"{value:.2f}",
    "count": lambda value: f"{value:,.0f}",
    "order": lambda value: f"{value:.0f}",
    "pull": lambda value: f"{value:.2g}",
    "exact": lambda value: f"{value:g}",
    "units": lambda value: f"{value:,.1f}" if value < 100 else f"{value:,.0f}",
    "worth": lambda value: f"{value:.2g}",
    "index": lambda value: f"{value:#.3g}" if value else "0",
    "part": lambda value: f"{100 * value:.2f} %",
    "inexact": lambda value: f"{value:.1e}",
    "four": lambda value: significant(value, 4),
    "five": significant,
    "fine": lambda value: f"{value:.4f}",
    "point": lambda value: f"{value:+.2f}",
    "degree": lambda value: f"{value:.2f}",
}
"""A share of 1; a share of so many histories that a tenth of a point tells; a change of a share, and a standard
error, in percentage points; a place on a scale, in its unit; a weight or part of a range, without unit; a score, the
lower the better; a score in points of a scale; how many; a number that only counts off; the weight of a statement; a
place as it was declared; units of means; what one more is worth; an index of power, with three digits whatever its
size; what those in favour hold of the whole; by how much an index may be off; a place in a round, with four or five
digits, and by how much it moves; where a state stands by its votes, from the average; degrees of latitude or
longitude."""


UNITS = frozenset(_ROUNDINGS)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it is, so that every medium rounds it alike and a test can find it again.

    Attributes
    ----------
    value
        Unrounded, in the unit.
    unit
        ``share``, ``tenth``, ``change``, ``error``, ``place``, ``weight``, ``score``, ``crps``, ``count``, ``order``,
        ``pull``, ``exact``, ``units``, ``worth``, ``index``, ``part``, ``inexact``, ``four``, ``five``,
        ``fine``, ``point`` or ``degree``.

    Examples
    --------
    >>> str(Number(0.123, "share")), str(Number(-0.0512, "change")), str(Number(41.27, "place"))
    ('12 %', '-5.1', '41')
    """

    value: float
    unit: str

    def __str__(self) -> str:
        return _ROUNDINGS[self.unit](self.value)


_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:%|points?\b|draws\b|million\b|billion\b))")


def unbroken(words: str) -> str:
    """Return words in which no line ends between a number and its unit.

    Examples
    --------
    >>> unbroken("It is likely (45 %) that 3 members agree.").replace(NO_BREAK, "~")
    'It is likely (45~%) that 3 members agree.'
    """
    return _BEFORE_UNIT.sub(NO_BREAK, words)


def share(value: float) -> Number:
    """Return a share from 0 to 1."""
    return Number(value, "share")


def change(value: float) -> Number:
    """Return a change of a share, to be shown in percentage points with its sign."""
    return Number(value, "change")


def count(value: int) -> Number:
    """Return how many."""
    return Number(value, "count")


def error_of(draws: int) -> Number:
    """Return the largest standard error of a share of draws, to be shown in percentage points.

    Examples
    --------
    >>> str(error_of(1_000)), str(error_of(200))
    ('1.6', '3.5')
    """
    return Number(0.5 / draws**0.5, "error")
