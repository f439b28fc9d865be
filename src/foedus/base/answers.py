"""Answers as JSON: nine significant digits, no NaN, no clock, a schema version.

A frozen answer names the keys under which it is recorded in its class attribute ``KEYS``, in words that `recorded`
reads; without that attribute they are the names of its fields. No answer records itself by hand.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import importlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from foedus.base.errors import FoedusError

if TYPE_CHECKING:
    import polars

Item_co = TypeVar("Item_co", covariant=True)

SCHEMA = 1
"""Version of the shape of every JSON answer; raised when a key changes its meaning or goes."""

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class _Key:
    """One key of a record, where its value is found, and under which keys that is recorded in its turn.

    ``empty`` is ``?`` where a blank value is null, ``!`` where a value of None leaves the key out, and else blank.
    """

    name: str
    path: tuple[str, ...]
    empty: str
    inside: tuple[_Key, ...] | None
    pair: tuple[str, str] | None


def recorded(answer: object) -> Any:  # noqa: PLR0911 - one return a kind of value
    """Return a frozen answer as plain data, under the keys of its JSON document.

    Parameters
    ----------
    answer
        A frozen record, or anything that `as_json` takes with such records in it. Its class attribute ``KEYS`` is a
        text with one word for each key, in order:

        - ``actor``: the attribute of that name; of a method, what it returns;
        - ``from=start``, ``on=case.meeting.on``: an attribute by another name, or deeper; of None there is nothing;
        - ``article?``: null where it is blank;
        - ``vote!``: a key that is there only where it is not None;
        - ``readings(value by)``: of a record, or of each in a sequence, these keys; ``outcome=(mean median)`` groups
          attributes of the record itself;
        - ``options{label probability}``: of a mapping, a list of records with its keys and its values.

    Raises
    ------
    TypeError
        For what is no record, mapping, sequence, text, number or day.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Move:
    ...     KEYS = "actor from=start why? shares{answer share}"
    ...     actor: str
    ...     start: float
    ...     why: str
    ...     shares: dict[str, float]
    >>> recorded((Move("FRA", 20.0, "", {"yes": 0.25}),))
    [{'actor': 'FRA', 'from': 20.0, 'why': None, 'shares': [{'answer': 'yes', 'share': 0.25}]}]
    """
    if answer is None or isinstance(answer, str | bool | int | float | dt.date):
        return answer
    if isinstance(answer, Mapping):
        return {str(key): recorded(value) for key, value in answer.items()}
    if isinstance(answer, Sequence) and not isinstance(answer, bytes | bytearray | memoryview):
        return [recorded(item) for item in answer]
    if isinstance(answer, frozenset):
        return sorted(answer)
    if isinstance(answer, PurePath):
        return str(answer)
    if isinstance(keys := getattr(type(answer), "KEYS", None), str):
        return _under(answer, _parsed(keys))
    if dataclasses.is_dataclass(answer):
        return {field.name: recorded(getattr(answer, field.name)) for field in dataclasses.fields(answer)}
    raise TypeError(f"{type(answer).__name__} has no place in a JSON answer")


def _under(answer: object, keys: tuple[_Key, ...]) -> Any:
    """Return a record, or each of a sequence of records, under some keys; None stays None."""
    if answer is None:
        return None
    if isinstance(answer, Sequence):
        return [_under(item, keys) for item in answer]
    told = {key.name: (_value(answer, key), key.empty) for key in keys}
    return {name: value for name, (value, empty) in told.items() if value is not None or empty != "!"}


def _value(answer: object, key: _Key) -> Any:
    reached: Any = functools.reduce(_of, key.path, answer)
    if reached is None:
        return None
    if key.pair is not None:
        first, other = key.pair
        return [{first: recorded(name), other: recorded(value)} for name, value in reached.items()]
    made = recorded(reached) if key.inside is None else _under(reached, key.inside)
    return (made or None) if key.empty == "?" else made


def _of(answer: Any, name: str) -> Any:
    """Return an attribute, what a method returns, the value of a mapping's key; None of None."""
    if answer is None or isinstance(answer, Mapping):
        return None if answer is None else answer.get(name)
    value = getattr(answer, name)
    return value() if callable(value) else value


_WORD = re.compile(r"(?P<name>\w+)(?P<path>=[\w.]*)?(?P<empty>[?!]?)(?P<opens>[({])?")


@functools.cache
def _parsed(text: str) -> tuple[_Key, ...]:
    keys, rest = _keys(text)
    if rest:
        raise ValueError(f"KEYS: cannot read {rest!r}")
    return keys


def _keys(text: str) -> tuple[tuple[_Key, ...], str]:
    """Return the keys that a text begins with, and what follows them."""
    keys = []
    while match := _WORD.match(text := text.lstrip()):
        text = text[match.end() :]
        path = (match["path"] or f"={match['name']}").removeprefix("=")
        inside, pair = None, None
        if match["opens"] == "{":
            names, _, text = text.partition("}")
            first, other = names.split()
            pair = (first, other)
        elif match["opens"] == "(":
            inside, text = _keys(text)
            text = text.removeprefix(")")
        keys.append(_Key(match["name"], tuple(filter(None, path.split("."))), match["empty"], inside, pair))
    return tuple(keys), text


_NOTEBOOK = "foedus.reports.notebook"
"""Shows an answer in a notebook; loaded when the first one is shown, for it stands above every room of answers."""


class Recorded:
    """What every answer shares: as plain data, as a frame, and as it shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown: str = importlib.import_module(_NOTEBOOK).shown(self)
        return shown

    def __str__(self) -> str:
        recorded_answer = self.as_answer()
        single = {key: value for key, value in recorded_answer.items() if not isinstance(value, list | dict)}
        values = [f"{key} {value}" for key, value in single.items() if value is not None]
        lists = [f"{key} ({len(value)} rows)" for key, value in recorded_answer.items() if _is_table(value)]
        return f"{type(self).__name__}: {', '.join([*values, *lists])}"

    def tables(self) -> tuple[str, ...]:
        """Return the keys under which the answer has a list of records, each of which `to_frame` makes a frame of."""
        return tuple(key for key, value in self.as_answer().items() if _is_table(value))

    def to_frame(self, table: str = "") -> polars.DataFrame:
        """Return a table of the answer as a Polars frame.

        Parameters
        ----------
        table
            A key of the answer that holds a list of records; by default the first.

        Raises
        ------
        FoedusError
            When there is no such table.
        """
        import polars  # noqa: PLC0415 - only who asks for a frame pays for it

        there = self.tables()
        name = table or next(iter(there), "")
        if name not in there:
            raise FoedusError(f"{type(self).__name__} has no table {table!r}; it has {', '.join(there) or 'none'}")
        return polars.DataFrame(self.as_answer()[name], infer_schema_length=None, strict=False)

    def to_pandas(self, table: str = "") -> Any:
        """Return a table of the answer as a pandas frame, see `to_frame`; pandas must be installed."""
        try:
            import pandas  # noqa: PLC0415
        except ImportError:
            raise FoedusError("pandas is not installed; to_frame() gives a Polars frame without it") from None
        return pandas.DataFrame(self.to_frame(table).to_dicts())

    def as_answer(self) -> dict[str, Any]:
        """Return the answer with the keys of the JSON contract."""
        made: dict[str, Any] = recorded(self)
        return made


class Listed(tuple[Item_co, ...], Recorded):
    """Answers of one kind in a row: a tuple that shows itself, and becomes a frame, as one answer does.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Move:
    ...     actor: str
    ...     to: float
    >>> moves = Listed([Move("FRA", 40.0), Move("DEU", 60.0)])
    >>> moves.to_frame()["actor"].to_list()
    ['FRA', 'DEU']
    >>> print(moves)
    Listed: rows (2 rows)
    """

    __slots__ = ()

    def as_answer(self) -> dict[str, Any]:
        """Return the answers under the key ``rows``."""
        return {"rows": recorded(tuple(self))}


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def as_json(answer: object) -> str:
    """Return an answer as one JSON document.

    Parameters
    ----------
    answer
        A frozen record as `recorded` takes it, or a mapping: of strings, numbers, booleans, ``None``, days, records,
        and mappings and sequences of these.

    Raises
    ------
    TypeError
        For anything else.

    Examples
    --------
    >>> print(as_json({"share": 1 / 3, "unknown": float("nan")}))
    {
      "schema": 1,
      "share": 0.333333333,
      "unknown": null
    }
    """
    body = {key: value for key, value in recorded(answer).items() if key != "schema"}
    return json.dumps(_plain({"schema": SCHEMA, **body}), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dt.datetime):
        raise TypeError(f"{type(value).__name__} has no place in a JSON answer")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
