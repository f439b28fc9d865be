"""Changing the past: a position, salience or red line set otherwise from a day on."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.dossiers.records import Stakeholder
from foedus.dossiers.scenarios import FIELDS

POSITION = ""
"""The field where none is named: what the actor wants and what it says."""

_FORM = "ACTOR.ISSUE=VALUE@DAY, such as FRA.office=60@2023-05-01"
_SPELT = re.compile(r"(?P<actor>[^.=@]+)\.(?P<issue>[^.=@]+)(\.(?P<field>\w+))?=(?P<value>[^=@]+)@(?P<since>.+)")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is supposed to have been otherwise.

    Attributes
    ----------
    actor, issue
        Whose, on what.
    field
        ``position``, ``public_position``, ``salience`` or ``red_line``; blank: the position, wanted and said.
    low, mode, high
        The value; equal where it is exact.
    since
        The first day on which it holds.
    """

    actor: str
    issue: str
    field: str
    low: float
    mode: float
    high: float
    since: Day

    def __str__(self) -> str:
        name = f"{self.actor}.{self.issue}" + (f".{self.field}" if self.field else "")
        exact = self.low == self.mode == self.high
        value = f"{self.mode:g}" if exact else f"{self.low:g},{self.mode:g},{self.high:g}"
        return f"{name}={value}@{self.since}"


def change_of(words: str) -> Change:
    """Return the change that ``ACTOR.ISSUE=VALUE@DAY`` or ``ACTOR.ISSUE.FIELD=VALUE@DAY`` spells.

    Parameters
    ----------
    words
        The value is a number, or ``low,mode,high``.

    Raises
    ------
    FoedusError
        When it is not spelt so.

    Examples
    --------
    >>> change_of("FRA.office=60@2023-05-01").since
    datetime.date(2023, 5, 1)
    """
    found = _SPELT.fullmatch(words.strip())
    if found is None:
        raise FoedusError(f"--set {words!r}: expected {_FORM}")
    try:
        values = [float(part) for part in found["value"].split(",")]
        since = parse_day(found["since"])
    except ValueError as error:
        raise FoedusError(f"--set {words!r}: expected {_FORM}; {error}") from None
    if len(values) not in {1, 3} or values != sorted(values) or not all(abs(one) < float("inf") for one in values):
        raise FoedusError(f"--set {words!r}: expected one number, or low,mode,high in this order")
    field = found["field"] or POSITION
    if field and field not in set(FIELDS) - {"capability"}:
        raise FoedusError(f"--set {words!r}: expected a field of position, public_position, salience, red_line")
    return Change(found["actor"], found["issue"], field, values[0], values[len(values) // 2], values[-1], since)


def changed(dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """Return a dossier in which changes hold from their days on.

    Parameters
    ----------
    dossier
        A row set by hand in it is kept up to the day and taken over from there, but for what is changed.
    changes
        Later ones win.

    Raises
    ------
    FoedusError
        When an actor or an issue is unknown, the actor has no part in the issue, or a value lies off the scale.
    """
    rows = list(dossier.stakeholders)
    for change in sorted(changes, key=lambda one: one.since):
        _check(dossier, change)
        rows += _rows(rows, change)
    return replace(dossier, stakeholders=tuple(rows))


def _check(dossier: Dossier, change: Change) -> None:
    if change.actor not in dossier.world.actors:
        raise FoedusError(
            f"--set {change}: expected the id of an actor of the world{dossier.world.nearest_ids(change.actor)}"
        )
    issues = {one.id: one for one in dossier.issues}
    if change.issue not in issues:
        near = difflib.get_close_matches(change.issue, issues, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise FoedusError(f"--set {change}: no issue {change.issue!r}; expected one of {', '.join(issues)}{hint}")
    issue = issues[change.issue]
    low, high = (0.0, 1.0) if change.field == "salience" else (issue.scale.low, issue.scale.high)
    if not low <= change.low <= change.high <= high:
        raise FoedusError(f"--set {change}: expected numbers from {low:g} to {high:g}")
    if change.field == "red_line" and change.low != change.high:
        raise FoedusError(f"--set {change}: expected one number; a red line is one place")
    if change.actor not in dossier.voices(issue.id):
        seated = {seat.actor for seat in dossier.institutions.body(issue.body).seats(dossier.world, change.since)}
        if change.actor not in seated:
            raise FoedusError(
                f"--set {change}: {change.actor} has neither a seat nor a voice on {issue.id!r} on {change.since}"
            )


def _rows(rows: Sequence[Stakeholder], change: Change) -> list[Stakeholder]:
    """Return the rows by which a change holds: known on the eve of its first day, so that a step then sees it."""
    eve = change.since - dt.timedelta(days=1)
    venues = {"": ("private", "public"), "public_position": ("public",)}.get(change.field, ("private",))
    found = []
    for venue in venues:
        own = [row for row in rows if (row.actor, row.issue, row.venue) == (change.actor, change.issue, venue)]
        held = [row for row in own if row.known_on is None or row.known_on <= eve]
        row = held[-1] if held else Stakeholder(actor=change.actor, issue=change.issue, venue=venue)
        found.append(replace(row, known_on=eve, **_cells(change)))
    return found


def _cells(change: Change) -> dict[str, Any]:
    if change.field == "red_line":
        return {"red_line": change.mode}
    name = "salience" if change.field == "salience" else "position"
    cells: dict[str, Any] = {f"{name}_{part}": getattr(change, part) for part in ("low", "mode", "high")}
    return cells | ({"words": ""} if name == "position" else {})
