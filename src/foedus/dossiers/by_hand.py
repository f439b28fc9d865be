"""What a row of ``stakeholders.csv`` sets by hand."""

from __future__ import annotations

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.dossiers.records import Stakeholder
from foedus.dossiers.words import WORDS
from foedus.issues import Issue


def usable(row: Stakeholder, as_of: Day) -> bool:
    """Tell whether a row may be used by what was known on a day."""
    return row.known_on is None or row.known_on <= as_of


def triple(row: Stakeholder | None, field: str) -> Estimate | None:
    """Return the number that a row sets by hand in three cells; None where it leaves it to statements and priors."""
    mode = getattr(row, f"{field}_mode", None)
    if mode is None:
        return None
    low, high = getattr(row, f"{field}_low"), getattr(row, f"{field}_high")
    return Estimate(mode if low is None else low, mode, mode if high is None else high)


def position_by_hand(row: Stakeholder | None, issue: Issue) -> Estimate | None:
    """Return the position that a row sets by hand, by numbers or by a word; None where it sets none."""
    if row is None or not row.words:
        return triple(row, "position")
    start, end = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    low, mode, high = sorted(start + share * (end - start) for share in WORDS[row.words])
    return Estimate(low, mode, high)
