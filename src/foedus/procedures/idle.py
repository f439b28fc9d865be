"""Changes of the past that no step can feel, and why."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.dossiers import Change, Dossier
from foedus.institutions import is_consensus
from foedus.procedures.docket import Docket, DocketEntry
from foedus.procedures.machines import FORECAST


def idle_changes(docket: Docket, dossier: Dossier, changes: Sequence[Change]) -> tuple[str, ...]:
    """Return a sentence for each change that has no effect on any step.

    Parameters
    ----------
    docket
        Up to the last day that is replayed.
    dossier
        Whose bodies and rules tell who is asked.
    changes
        What is supposed to have been otherwise.

    Returns
    -------
    tuple
        Nothing for a change of an actor that has a seat, or is asked for its consent, at a later step on the issue.
    """
    return tuple(f"{change} has no effect: {why}" for change in changes if (why := _reason(docket, dossier, change)))


def _reason(docket: Docket, dossier: Dossier, change: Change) -> str:
    own = [entry for entry in docket.entries if entry.issue == change.issue and entry.step.decided in FORECAST]
    if not own:
        return f"no step on {change.issue} is decided in these days"
    later = [entry for entry in own if change.since is None or entry.item.on >= change.since]
    if not later:
        return f"the last step on {change.issue} is of {own[-1].item.on}"
    if not any(change.actor in _asked(dossier, entry) for entry in later):
        return f"{change.actor} has neither a seat nor a consent to give at any step on {change.issue} from then on"
    return ""


def _asked(dossier: Dossier, entry: DocketEntry) -> set[str]:
    """Return who decides at a step, or is asked at it."""
    issue, on = dossier.issue(entry.issue), entry.item.on
    body = dossier.institutions.body(entry.body)
    seated = {seat.actor for seat in body.seats(dossier.world, on)}
    rules = (body.rule(on, issue.procedure), *issue.additions)
    asked = {actor for rule in rules for actor in rule.outsiders()}
    if not is_consensus(rules[0]):  # whoever proposes, amends or is heard can move what a body votes on
        asked |= set(dossier.voices(issue.id))
    return seated | asked | set(entry.item.by) | set(dossier.settings.roles.values())
