"""Lines of JSON that are kept for good: read strictly, spelt in one way, chained by hashes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from foedus.base.hashes import sha256

START = "0" * 64
"""What the first line of a chain names as the hash before it."""

_DEEPEST = 12
_LONGEST_NUMBER = 40


def loaded(line: str) -> dict[str, Any] | None:
    """Return the object of a line, or None where it is none that a program of ours would write.

    Refused are what is no JSON, NaN and infinities, numbers beyond reason, repeated keys, and nesting beyond reason.

    Examples
    --------
    >>> loaded('{"at": 100.0}'), loaded('{"at": NaN}'), loaded('{"at": 1e999}'), loaded("[" * 100_000)
    ({'at': 100.0}, None, None, None)
    """
    try:
        loaded_value = json.loads(
            line, parse_constant=_refused, parse_int=_whole, parse_float=_finite, object_pairs_hook=_once
        )
    except (ValueError, RecursionError):
        return None
    return loaded_value if isinstance(loaded_value, dict) and _flat(loaded_value, _DEEPEST) else None


def spelt(line: Mapping[str, object]) -> str:
    """Return the one spelling of an object in which it is hashed and stored, without a line end."""
    return json.dumps(line, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(line: Mapping[str, object], without: tuple[str, ...] = ("sha256",)) -> str:
    """Return the SHA-256 of an object in its spelling, some of its keys left out."""
    return sha256(spelt({name: value for name, value in line.items() if name not in without}).encode())


def _refused(constant: str) -> object:
    raise ValueError(constant)


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(digits)
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if len(digits) > _LONGEST_NUMBER or not math.isfinite(value):
        raise ValueError(digits)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise ValueError("a key stands there twice")
    return mapping


def _flat(value: object, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and all(_flat(inner, depth - 1) for inner in value.values())
    return not isinstance(value, list) or (depth > 0 and all(_flat(inner, depth - 1) for inner in value))
