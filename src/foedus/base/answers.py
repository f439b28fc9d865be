"""Answers as JSON: nine significant digits, no NaN, no clock, a schema version."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence

SCHEMA = 1
"""Version of the shape of every JSON answer; raised when a key changes its meaning or goes."""

_DIGITS = 9


def as_json(answer: Mapping[str, object]) -> str:
    """Return an answer as one JSON document.

    Parameters
    ----------
    answer
        Strings, numbers, booleans, ``None``, days, and mappings and sequences of these.

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
    body = {key: value for key, value in answer.items() if key != "schema"}
    return json.dumps(_plain({"schema": SCHEMA, **body}), ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in a JSON answer")
