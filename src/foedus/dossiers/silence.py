"""Which way silence leans: what a declared prior makes of members that have said nothing, in words."""

from __future__ import annotations

import re

from foedus.base.wording import ranged
from foedus.dossiers.settings import Prior
from foedus.evidence import Statement
from foedus.issues import Issue

_EVEN = 0.05
"""Within this share of the line from its middle silence leans nowhere."""

_SILENCE = re.compile(
    r"\b(?:(?:has|have|had) (?:not|yet to|so far not) (?:yet |so far )?(?:said|say|comment(?:ed)?|spoken|speak|"
    r"announced|announce|declared|disclosed|disclose|revealed|reveal)\b|"
    r"(?:declin|refus)(?:e|es|ed|ing) to (?:comment|say)\b|"
    r"(?:did|does|do|would) not (?:comment|say)\b|(?:kept|keeps|remain(?:s|ed)?|stayed|is|are|was) silent\b|"
    r"no comment\b)",
    re.IGNORECASE,
)
"""Words that report that somebody said nothing."""


def reports_silence(statement: Statement) -> bool:
    """Tell whether a statement only reports that its actor has said nothing: that is not having spoken.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import read_dossier
    >>> statement = read_dossier("tokyo-office").statements[0]
    >>> reports_silence(replace(statement, stance=0, quote="Togo has not said whether it would send soldiers."))
    True
    >>> reports_silence(replace(statement, stance=0, quote="Togo is weighing the plan."))
    False
    """
    return statement.stance == 0 and bool(_SILENCE.search(statement.quote or statement.paraphrase))


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
    where = ranged(place.mode, place.low, place.high)
    if not issue.ordered:
        liking = "can live with each option" if place.mode >= 50 else f"would rather have {issue.status_quo!r}"
        return f"a member that has said nothing about an option approves of it at {where} of 100: it {liking}"
    still, proposed = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    beyond = ((place.mode - still) / (proposed - still)) - 0.5
    if abs(beyond) <= _EVEN:
        leans = f"halfway between {issue.status_quo!r} and {issue.proposal!r}"
    elif beyond > 0:
        leans = f"which leans towards {issue.proposal!r}, the proposal"
    else:
        leans = f"which leans towards {issue.status_quo!r}, the status quo"
    return f"a silent member, unless its voting record places it, is put at {where}, {leans}"


def silence_changed(issue: Issue) -> str:
    """Return how to make silence lean another way."""
    if not issue.ordered:
        return "change 'approval' under 'priors' in dossier.yaml; below 50 it would rather have the status quo"
    still, proposed = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    even = f"{(still + proposed) / 2:g}"
    return f"change 'position' under 'priors' in dossier.yaml; with a mode of {even} it leans neither way"
