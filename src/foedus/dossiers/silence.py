"""Which way silence leans: what a declared prior makes of members that have said nothing, in words."""

from __future__ import annotations

from foedus.dossiers.settings import Prior
from foedus.issues import Issue

_EVEN = 0.05
"""Within this share of the line from its middle silence leans nowhere."""


def silence_leans(issue: Issue, prior: Prior) -> str:
    """Return where a member is put that has said nothing, and which way that leans.

    Parameters
    ----------
    issue
        Its status quo and its proposal, or its options without an order.
    prior
        What is declared for silent members of it.

    Examples
    --------
    >>> from foedus.dossiers import read_dossier
    >>> dossier = read_dossier("tokyo-office")
    >>> silence_leans(dossier.issue("office"), dossier.prior("office")).partition(" is put at ")[2]
    "70 (30 to 100), which leans towards 'liaison office', the proposal"
    """
    place = prior.position
    where = f"{place.mode:g} ({place.low:g} to {place.high:g})"
    if not issue.ordered:
        liking = "can live with each option" if place.mode >= 50 else f"would rather have {issue.status_quo!r}"
        return f"a member that has said nothing of an option approves of it at {where} of 100: it {liking}"
    still, proposed = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    beyond = ((place.mode - still) / (proposed - still)) - 0.5
    if abs(beyond) <= _EVEN:
        leans = f"halfway between {issue.status_quo!r} and {issue.proposal!r}"
    elif beyond > 0:
        leans = f"which leans towards {issue.proposal!r}, the proposal"
    else:
        leans = f"which leans towards {issue.status_quo!r}, the status quo"
    return f"a member that has said nothing, where no record of votes places it, is put at {where}, {leans}"


def silence_changed(issue: Issue) -> str:
    """Return how to make silence lean another way."""
    if not issue.ordered:
        return "change 'approval' under 'priors' in dossier.yaml; below 50 it would rather have the status quo"
    still, proposed = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    even = f"{(still + proposed) / 2:g}"
    return f"change 'position' under 'priors' in dossier.yaml; with a mode of {even} it leans neither way"
