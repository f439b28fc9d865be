"""Reading decisions with known outcomes: the DEU III layout and a plain one for any body."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.backtests.case import PastCase, Role, Standing
from foedus.backtests.council import council_votes
from foedus.base.cells import choice, identifier, number, text
from foedus.base.errors import Problem, Problems, refuse
from foedus.base.files import read_text
from foedus.base.tables import Row, column, scan_table

STATES = (
    *("at", "be", "bu", "cr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "el", "hu", "ie"),
    *("it", "lv", "lt", "lu", "mt", "nl", "pl", "pt", "ro", "si", "sk", "es", "se", "uk"),
)
"""The states of the DEU III headings, in their order."""

ACTORS = ("com", "ep", *STATES)
"""Actors of the DEU III headings: the Commission, the Parliament and 28 states."""

_ROLES: dict[str, Role] = {"com": "proposer", "ep": "chamber"}
_TEXTS = {
    "prnrnmc": "number of the proposal",
    "isnrnmc": "number of the issue",
    "prname": "short name of the proposal",
    "type": "kind of act",
    "council": "formation of the Council",
    "proc": "procedure: COD or CNS",
    "counvte": "voting rule in the Council",
    "proccde": "code of procedure and rule",
    "issues": "number of issues of the proposal",
    "intro": "day of introduction; not used",
    "finact": "day of adoption; not used",
}
_POINT = number(0, 100)

DeuRow: Any = dataclasses.make_dataclass(
    "DeuRow",
    [
        ("prnr", str, column(identifier(), "id of the proposal")),
        ("isnr", str, column(identifier(), "id of the issue")),
        *((name, str, column(text(), meaning, blank="")) for name, meaning in _TEXTS.items()),
        *((f"p{actor}", float | None, column(_POINT, f"position of {actor}", blank=None)) for actor in ACTORS),
        *((f"s{actor}", float | None, column(_POINT, f"salience of {actor}", blank=None)) for actor in ACTORS),
        ("rp", float | None, column(_POINT, "reference point", blank=None)),
        ("out", float | None, column(_POINT, "outcome", blank=None)),
    ],
    frozen=True,
)
"""A row of the DEU III layout: one issue."""


@dataclass(frozen=True, slots=True)
class LongRow:
    """A row of the plain layout: one actor on one issue."""

    proposal: str = column(identifier(), "what the issue belongs to; issues of one proposal are never split")
    issue: str = column(identifier(), "id of the issue, unique in its proposal")
    actor: str = column(identifier(), "id of the actor")
    position: float | None = column(_POINT, "where the actor stands, from 0 to 100; blank: unknown", blank=None)
    salience: float | None = column(_POINT, "how much it cares, from 0 to 100", blank=None)
    capability: float | None = column(number(0), "voting weight, in any one unit", blank=None)
    rule: str = column(text(80), "label of the voting rule; the same in all rows of an issue", blank="")
    reference_point: float | None = column(_POINT, "what holds if nothing is decided; the same in all rows", blank=None)
    outcome: float | None = column(_POINT, "what was decided; the same in all rows", blank=None)
    role: str = column(choice("member", "proposer", "chamber"), "what the actor is; blank: member", blank="member")


def read_cases(path: Path) -> tuple[PastCase, ...]:
    """Read decisions with known outcomes, in whichever of the two layouts the heading shows.

    Parameters
    ----------
    path
        A table with tabs, commas or semicolons. A heading ``prnr`` or ``isnr`` marks the DEU III layout.

    Returns
    -------
    tuple[PastCase, ...]
        Every issue of the file, scoreable or not, in its order.

    Raises
    ------
    InputError
        With everything wrong in the file.

    References
    ----------
    Arregui and Perarnau (2022), The Decision-making in the European Union (DEU-III) dataset,
    doi:10.1080/13501763.2021.1991983; data doi:10.34810/data53.
    """
    heading = read_text(path).split("\n", 1)[0].replace(";", ",").replace("\t", ",").split(",")
    names = {cell.strip().strip('"') for cell in heading}
    return _read_deu(path) if names & {"prnr", "isnr"} else _read_long(path)


def _read_deu(path: Path) -> tuple[PastCase, ...]:
    rows, wrong = scan_table(path, DeuRow)
    problems = _Checks(path, wrong)
    problems.unique(rows, "isnr")
    problems.raise_if_any()
    if not rows:
        raise refuse(str(path), "holds no issue; expected one a row")
    states: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        states[row.record.prnr] |= {actor for actor in STATES if getattr(row.record, f"p{actor}") is not None}
    return tuple(_deu_case(row.record, states[row.record.prnr]) for row in rows)


def _deu_case(record: Any, states: Iterable[str]) -> PastCase:
    votes = council_votes(states)
    standings = tuple(
        Standing(actor, _ROLES.get(actor, "member"), position, getattr(record, f"s{actor}"), votes.get(actor))
        for actor in ACTORS
        if (position := getattr(record, f"p{actor}")) is not None
    )
    groups = (("procedure", record.proc), ("formation", record.council), ("act", record.type))
    return PastCase(
        record.prnr,
        record.isnr,
        standings,
        record.counvte or "unknown",
        record.rp,
        record.out,
        tuple((name, value or "unknown") for name, value in groups),
        whole=False,
    )


def _read_long(path: Path) -> tuple[PastCase, ...]:
    rows, wrong = scan_table(path, LongRow)
    problems = _Checks(path, wrong)
    issues: dict[tuple[str, str], list[Row[LongRow]]] = defaultdict(list)
    for row in rows:
        issues[row.record.proposal, row.record.issue].append(row)
    for rows_of_issue in issues.values():
        problems.unique(rows_of_issue, "actor")
        problems.agree(rows_of_issue, ("rule", "reference_point", "outcome"))
        for role in ("proposer", "chamber"):
            problems.unique([row for row in rows_of_issue if row.record.role == role], "role")
    problems.raise_if_any()
    if not issues:
        raise refuse(str(path), "holds no issue; expected one row for each actor and issue")
    several, same = Counter(proposal for proposal, _ in issues), Counter(issue for _, issue in issues)
    return tuple(
        _long_case(
            [row.record for row in rows_of_issue],
            issue if same[issue] == 1 else f"{proposal}/{issue}",
            whole=several[proposal] == 1,
        )
        for (proposal, issue), rows_of_issue in issues.items()
    )


def _long_case(rows: list[LongRow], issue: str, *, whole: bool) -> PastCase:
    standings = tuple(
        Standing(row.actor, _role(row.role), row.position, row.salience, row.capability)
        for row in rows
        if row.position is not None
    )
    first = rows[0]
    return PastCase(
        first.proposal,
        issue,
        standings,
        first.rule or "unknown",
        first.reference_point,
        first.outcome,
        whole=whole,
    )


def _role(name: str) -> Role:
    roles: dict[str, Role] = {"member": "member", "proposer": "proposer", "chamber": "chamber"}
    return roles[name]


class _Checks(Problems):
    """Problems of a file, and what is checked between its rows."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        super().__init__(str(path))
        self.extend(problems)

    def unique(self, rows: Iterable[Row[Any]], field: str) -> None:
        """Note each value that occurs again."""
        seen: dict[str, str] = {}
        for row in rows:
            value = getattr(row.record, field)
            if value in seen:
                self.add(
                    f"each {field} once; it stands in {seen[value]} too", where=row.where, field=field, value=value
                )
            seen.setdefault(value, row.where)

    def agree(self, rows: list[Row[LongRow]], fields: tuple[str, ...]) -> None:
        """Note each row that differs from the issue's first."""
        for field in fields:
            first = getattr(rows[0].record, field)
            for row in rows[1:]:
                value = getattr(row.record, field)
                if value != first:
                    expected = f"{first!r} as in {rows[0].where}, in all rows of the issue"
                    self.add(expected, where=row.where, field=field, value="" if value is None else str(value))
