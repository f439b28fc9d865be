"""How two dossiers differ in what is set by hand and assumed on one issue, as changes of the one into the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.dossiers.approvals import approvals_by_hand
from foedus.dossiers.by_hand import position_by_hand, triple, usable
from foedus.dossiers.changes import ASSUMPTIONS, Change
from foedus.dossiers.settings import Range

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.base.estimates import Estimate
    from foedus.dossiers.dossier import Dossier
    from foedus.dossiers.records import Stakeholder
    from foedus.issues import Issue

Cells = dict[tuple[str, str], Range]
"""What is set by hand, by actor and field of a `Change`."""


def cells_by_hand(dossier: Dossier, issue: Issue, as_of: Day) -> Cells:
    """Return what a dossier sets by hand on an issue, by what was known on a day; a word counts as its positions.

    Parameters
    ----------
    dossier, issue
        The issue may have options without an order: then a field is the label of the option that is approved of.
    as_of
        Rows that became known later are left out, and the last one left holds.

    Examples
    --------
    >>> import datetime as dt
    >>> from foedus.dossiers import apply_scenario, packaged_dossiers, read_dossier
    >>> tokyo = apply_scenario(read_dossier(packaged_dossiers()["tokyo-office"]), "programmes-only")
    >>> cells_by_hand(tokyo, tokyo.issue("office"), dt.date(2023, 7, 10))["FRA", "position"].mode
    67.0
    """
    rows = {(row.actor, row.venue): row for row in dossier.stakeholders if row.issue == issue.id and usable(row, as_of)}
    cells_found: Cells = {}
    for (actor, venue), row in rows.items():
        cells = _private(row, issue) if venue == "private" else {"public_position": position_by_hand(row, issue)}
        cells_found |= {(actor, field): _range(cell) for field, cell in cells.items() if cell is not None}
    if not issue.ordered:
        cells_found |= approvals_by_hand(dossier.preferences, issue, as_of)
    return cells_found


def _private(row: Stakeholder, issue: Issue) -> dict[str, Estimate | float | None]:
    return {
        "position": position_by_hand(row, issue),
        "salience": triple(row, "salience"),
        "capability": triple(row, "capability"),
        "red_line": row.red_line,
    }


def _range(value: Estimate | float) -> Range:
    if isinstance(value, float | int):
        return Range(low=value, mode=value, high=value)
    return Range(low=value.low, mode=value.mode, high=value.high)


def changes_between(first: Dossier, second: Dossier, issue: Issue, as_of: Day) -> tuple[Change, ...]:
    """Return what must be changed in one dossier for it to set by hand on an issue what another one sets.

    Parameters
    ----------
    first, second
        Both ask the issue.
    issue, as_of
        As in `cells_by_hand`.

    Returns
    -------
    tuple of Change
        Each holds always; a change without a value takes back what the first dossier sets.

    Examples
    --------
    >>> import datetime as dt
    >>> from foedus.dossiers import packaged_dossiers, read_dossier, suppose
    >>> tokyo = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> other = suppose(tokyo, ["FRA.salience=0.2"], "office")
    >>> [str(change) for change in changes_between(tokyo, other, tokyo.issue("office"), dt.date(2023, 7, 10))]
    ['FRA.office.salience=0.2']
    """
    mine, theirs = (cells_by_hand(dossier, issue, as_of) for dossier in (first, second))
    keys = dict.fromkeys([*mine, *theirs])
    apart = {key for key in keys if mine.get(key) != theirs.get(key)}
    labels = {option.label for option in issue.options if not issue.ordered}
    # A rank stands for an approval by how many were ranked: one taken back would move the others of its actor.
    ranking = {actor for actor, field in apart if field in labels}
    return tuple(
        Change(actor, issue.id, field, theirs.get((actor, field)))
        for actor, field in keys
        if (actor, field) in apart or (actor in ranking and field in labels)
    )


def assumptions_between(first: Dossier, second: Dossier) -> tuple[Change, ...]:
    """Return what must be changed in one dossier's assumptions of the models for them to be another's."""
    mine, theirs = first.settings.assumptions, second.settings.assumptions
    names = dict.fromkeys([*mine, *theirs])
    return tuple(
        Change(ASSUMPTIONS, "", name, theirs.get(name)) for name in names if mine.get(name) != theirs.get(name)
    )
