"""Tables that a user brings: weights of any body, positions on a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from foedus.base import cells
from foedus.base.errors import FoedusError, Problems
from foedus.base.tables import column, read_table
from foedus.institutions.power.game import quota_for_share
from foedus.institutions.rules import read_share

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weight:
    member: str = column(cells.text(100), "the member")
    weight: int = column(cells.whole_number(), "its votes")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Position:
    actor: str = column(cells.text(100), "the actor's id")
    position: float = column(cells.number(), "its place on the scale")


def read_weights(path: Path) -> dict[str, int]:
    """Return the weights of a table with the columns ``member`` and ``weight``.

    Raises
    ------
    InputError
        With every wrong row: weights that are not whole numbers of at least 0, members named twice.
    """
    rows = read_table(path, _Weight)
    return _once(path, [(row.number, row.record.member, row.record.weight) for row in rows], "member")


def read_positions(path: Path) -> dict[str, float]:
    """Return the positions of a table with the columns ``actor`` and ``position``.

    Raises
    ------
    InputError
        With every wrong row, and actors named twice.
    """
    rows = read_table(path, _Position)
    return _once(path, [(row.number, row.record.actor, row.record.position) for row in rows], "actor")


def _once(path: Path, rows: list[tuple[int, str, Value]], field: str) -> dict[str, Value]:
    problems, values = Problems(str(path)), dict[str, Value]()
    if not rows:
        problems.add("at least one row")
    for number, name, value in rows:
        if name in values:
            problems.add(f"each {field} once", where=f"row {number}", field=field, value=name)
        values[name] = value
    problems.raise_if_any()
    return values


def read_quota(text: str, total: int) -> int:
    """Return a quota that is written as a whole number, ``85%``, ``2/3``, or ``>50%`` for more than a share.

    Parameters
    ----------
    text
        The quota.
    total
        The sum of the weights, of which a share is taken.

    Raises
    ------
    FoedusError
        For anything else.

    Examples
    --------
    >>> read_quota("255", 345), read_quota("85%", 200), read_quota("50%", 100), read_quota(">50%", 100)
    (255, 170, 50, 51)
    """
    written = text.strip()
    above = written.startswith(">")
    written = written.removeprefix(">").strip()
    if re.fullmatch(r"\d{1,18}", written):
        return int(written) + above
    try:
        share = read_share(written)
    except ValueError:
        raise FoedusError(
            f"the quota {text!r} is neither a whole number nor a share such as 85%, 2/3 or >50% (more than half)"
        ) from None
    return quota_for_share(total, share, above=above)
