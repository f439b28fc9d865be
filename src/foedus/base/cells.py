"""How the text of one table cell becomes a value, and back."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foedus.base.characters import forbidden
from foedus.base.days import FIRST_YEAR, LAST_YEAR, day_or_month, end_day, first_day, of_our_time, parse_day

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell.

    Parameters
    ----------
    expected
        What a message says should stand there.
    read
        Turns stripped, non-blank text into a value; raises ``ValueError`` for anything else. The second
        argument tells whether the file writes decimal commas.
    write
        Turns a value back into text.
    """

    expected: str
    read: Callable[[str, bool], Any]
    write: Callable[[Any], str] = str


def text(longest: int = 4000) -> Cell:
    """Free text of limited length, without the characters that `foedus.base.characters` keeps out."""

    def read(cell: str, _decimal_comma: bool) -> str:
        if len(cell) > longest or forbidden(cell):
            raise ValueError
        return cell

    return Cell(f"text of at most {longest} characters, without control characters", read)


def identifier() -> Cell:
    """An id: a letter or digit, then letters, digits, dots, hyphens and underscores."""

    def read(cell: str, _decimal_comma: bool) -> str:
        if not _IDENTIFIER.fullmatch(cell):
            raise ValueError
        return cell

    return Cell("an id of letters, digits, '-', '_' and '.'", read)


def identifiers() -> Cell:
    """Several ids, separated by spaces or semicolons."""

    def read(cell: str, _decimal_comma: bool) -> tuple[str, ...]:
        ids = tuple(cell.replace(";", " ").split())
        if not all(_IDENTIFIER.fullmatch(id_) for id_ in ids):
            raise ValueError
        return ids

    return Cell("ids separated by spaces", read, " ".join)


def number(low: float = -math.inf, high: float = math.inf, *, above: bool = False) -> Cell:
    """A finite number from ``low`` to ``high`` (above ``low``, if so asked)."""

    def read(cell: str, decimal_comma: bool) -> float:
        if decimal_comma and cell.count(",") == 1 and "." not in cell:
            cell = cell.replace(",", ".")
        if not _NUMBER.fullmatch(cell):
            raise ValueError
        value = float(cell)
        if not (math.isfinite(value) and low <= value <= high) or (above and value == low):
            raise ValueError
        return value

    return Cell(_range_in_words(low, high, above), read, _number_in_text)


def whole_number(low: int = 0, high: int = 10**15) -> Cell:
    """A whole number from ``low`` to ``high``, without a decimal point."""

    def read(cell: str, _decimal_comma: bool) -> int:
        if not re.fullmatch(r"[+-]?\d{1,18}", cell) or not low <= int(cell) <= high:
            raise ValueError
        return int(cell)

    return Cell(f"a whole number from {low} to {high}", read)


def _number_in_text(value: float) -> str:
    """Return the shorter of two spellings that reads back as the same number."""
    short = f"{value:.15g}"
    return short if float(short) == value else repr(value)


def _range_in_words(low: float, high: float, above: bool) -> str:
    if math.isinf(low) and math.isinf(high):
        return "a number"
    if math.isinf(high):
        return f"a number {'above' if above else 'of at least'} {low:g}"
    return f"a number from {low:g} to {high:g}"


def choice(*allowed: str) -> Cell:
    """One of a few words."""

    def read(cell: str, _decimal_comma: bool) -> str:
        if cell not in allowed:
            raise ValueError
        return cell

    return Cell(f"one of {', '.join(allowed)}", read)


def stance() -> Cell:
    """A stance: -1 against, 0 neither, +1 for."""

    def read(cell: str, _decimal_comma: bool) -> int:
        value = {"-1": -1, "−1": -1, "0": 0, "1": 1, "+1": 1}.get(cell)
        if value is None:
            raise ValueError
        return value

    return Cell("-1, 0 or 1", read)


def day() -> Cell:
    """A day such as 2023-07-11."""

    def read(cell: str, _decimal_comma: bool) -> dt.date:
        return parse_day(cell)

    return Cell("a day such as 2023-07-11", read, str)


def said_day() -> Cell:
    """A day such as 2023-07-11, or a month such as 2023-07 of which no day is known."""

    def read(cell: str, _decimal_comma: bool) -> dt.date:
        return of_our_time(day_or_month(cell))

    years = f"of the years {FIRST_YEAR} to {LAST_YEAR}"
    return Cell(f"a day such as 2023-07-11, or a month such as 2023-07, {years}", read, str)


def from_day() -> Cell:
    """A first day, as far as it is known: 2023-07-11, 2023-07, 2023, 2023-07-11 or before, 2023-07-11 (signed)."""

    def read(cell: str, _decimal_comma: bool) -> dt.date:
        return first_day(cell)

    return Cell("a day such as 2023-07-11, a month or a year, or a day with 'or before' behind it", read, str)


def until_day() -> Cell:
    """The first day after something, as far as it is known: 2023-07-11, 2023-07, 2023, or 2023-07-11 or later."""

    def read(cell: str, _decimal_comma: bool) -> dt.date:
        return end_day(cell)

    return Cell("a day such as 2023-07-11, a month or a year, or a day with 'or later' behind it", read, str)


def partial_day() -> Cell:
    """A day, a month or a year, as far as it is known: 2023-07-11, 2023-07 or 2023."""

    def read(cell: str, _decimal_comma: bool) -> str:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", cell):
            raise ValueError
        parse_day(f"{cell}-01-01"[:10])
        return cell

    return Cell("a day, a month or a year such as 2023-07-11, 2023-07 or 2023", read)


def sha256() -> Cell:
    """A SHA-256 in hexadecimal."""

    def read(cell: str, _decimal_comma: bool) -> str:
        if not re.fullmatch(r"[0-9a-f]{64}", cell):
            raise ValueError
        return cell

    return Cell("64 hexadecimal digits in lower case", read)


def yes_or_no() -> Cell:
    """``yes`` or ``no``."""

    def read(cell: str, _decimal_comma: bool) -> bool:
        return {"yes": True, "no": False}[cell] if cell in {"yes", "no"} else _reject()

    return Cell("yes or no", read, lambda value: "yes" if value else "no")


def one_or_zero() -> Cell:
    """``1`` for yes or ``0`` for no."""

    def read(cell: str, _decimal_comma: bool) -> bool:
        return {"1": True, "0": False}[cell] if cell in {"1", "0"} else _reject()

    return Cell("1 or 0", read, lambda value: "1" if value else "0")


def _reject() -> bool:
    raise ValueError
