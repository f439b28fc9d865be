"""Shares as percentages, numbers with their nouns, and names in a row: what sentences of every room are made of."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """Return a number of things, one of them in the singular.

    Examples
    --------
    >>> counted(1, "draw"), counted(2_000, "draw")
    ('1 draw', '2,000 draws')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def and_(words: Sequence[str], last: str = "and") -> str:
    """Return words with commas between them, and a word before the last; empty for none.

    Examples
    --------
    >>> and_(["France"]), and_(["France", "Italy", "Spain"]), and_(["yes", "no"], "or")
    ('France', 'France, Italy and Spain', 'yes or no')
    """
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def at_the_start(words: str) -> str:
    """Return words with a capital letter in front, and all others as they are.

    Examples
    --------
    >>> at_the_start("the Philippines"), at_the_start("liaison office")
    ('The Philippines', 'Liaison office')
    """
    return f"{words[:1].upper()}{words[1:]}"


def percent(share: float) -> str:
    """Return a share as a whole percentage that never rounds to a false certainty.

    Examples
    --------
    >>> percent(0.114), percent(0.005), percent(0.999), percent(1.0)
    ('11 %', '<1 %', '>99 %', '100 %')
    """
    if 0 < share <= 0.005:
        return "<1 %"
    if 0.995 <= share < 1:
        return ">99 %"
    return f"{round(100 * share)} %"


def rounding_words(shares: Sequence[float]) -> str:
    """Return that whole percentages are rounded, where they do not add up to 100; else empty.

    Parameters
    ----------
    shares
        Of all that can happen, which add up to 1; shape (K,).

    Examples
    --------
    >>> rounding_words([0.406, 0.406, 0.188])
    'The percentages are rounded and do not add up to 100.'
    >>> rounding_words([0.5, 0.5])
    ''
    """
    whole = sum(round(100 * each) for each in shares)
    return "" if whole == 100 else "The percentages are rounded and do not add up to 100."


def tenth(share: float) -> str:
    """Return a share to a tenth of a percentage point, where so many histories or votes stand behind it.

    Examples
    --------
    >>> tenth(0.1137), tenth(1.0)
    ('11.4 %', '100.0 %')
    """
    return f"{100 * share:.1f} %"


def short_number(value: float) -> str:
    """Return a number with two significant digits, or whole where it is large.

    Examples
    --------
    >>> short_number(0.1234), short_number(99.7), short_number(2603004)
    ('0.12', '100', '2,603,004')
    """
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


def ranged(middle: float, low: float, high: float) -> str:
    """Return a value with its range, each rounded as `short_number` does: the one spelling of a position.

    Examples
    --------
    >>> ranged(12.34, 2, 33.3), ranged(0.5, 0.25, 0.75)
    ('12 (2 to 33)', '0.5 (0.25 to 0.75)')
    """
    return f"{short_number(middle)} ({short_number(low)} to {short_number(high)})"


def as_declared(middle: float, low: float, high: float) -> str:
    """Return the range of an assumption in the figures in which somebody declared it.

    Examples
    --------
    >>> as_declared(0.125, 0, 1)
    '0.125 (0 to 1)'
    """
    return f"{middle:g} ({low:g} to {high:g})"


def the(name: str) -> str:
    """Return a name with its article, once.

    Examples
    --------
    >>> the("The council"), the("Council of Elders")
    ('the council', 'the Council of Elders')
    """
    return f"t{name[1:]}" if name.casefold().startswith("the ") else f"the {name}"
