"""Draws in which something is supposed: those that ``foedus forecast --set`` would take, with the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.base.randomness import Streams
from foedus.cases.case import Case
from foedus.cases.draws import redrawn
from foedus.cases.measured import with_measured_priors
from foedus.dossiers import Change, Range, stand_of
from foedus.dossiers.changes import applied
from foedus.issues import Sitting


def case_supposed(case: Case, changes: Sequence[Change]) -> Case:
    """Return the case that a forecast would be made from if positions or saliences were set so by hand.

    Parameters
    ----------
    case
        As it is.
    changes
        Of actors at the table, on the case's issue.
    """
    dossier, actors = applied(case.dossier, changes), {change.actor for change in changes}
    members = tuple(
        replace(member, stand=stand_of(dossier, case.issue, member.actor, case.as_of, seated=member.seated))
        if member.actor in actors
        else member
        for member in case.members
    )
    return with_measured_priors(replace(case, dossier=dossier, members=members))


def supposing(case: Case, sitting: Sitting, seed: int, changes: Sequence[Change]) -> Sitting:
    """Return draws of a case in which changes hold: what the silent then lean to, and who then threatens, follows.

    Parameters
    ----------
    case, sitting, seed
        One issue, its first draws, and the seed from whose streams they were drawn.
    changes
        As for `case_supposed`.

    Examples
    --------
    >>> import foedus
    >>> from foedus.forecasts.sweeps import sample
    >>> case = foedus.forecast(foedus.read_dossier("nature-law-2024"), as_of="2024-06-16", draws=20).case
    >>> from foedus.forecasts.compose import find
    >>> model = find("consensus")
    >>> there = [coming_round("AUT", case.issue.id, 100.0)]
    >>> found = supposing(case, sample(case, model, 1, 20), 1, there)
    >>> set(found.private[:, found.actors.index("AUT"), 0].tolist())
    {100.0}
    """
    changed = case_supposed(case, changes)
    before = {member.actor: member.stand.measured for member in case.members}
    moved = {member.actor for member in changed.members if member.stand.measured != before[member.actor]}
    return redrawn(sitting, changed, moved | {change.actor for change in changes}, Streams(seed))


def coming_round(actor: str, issue: str, at: float, field: str = "") -> Change:
    """Return the change by which an actor wants and says a place of the line, or has another field at a value."""
    return Change(actor, issue, field, Range(low=at, mode=at, high=at))
