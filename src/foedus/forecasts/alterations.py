"""A case in which one statement was never made, or said the opposite, or is older, and what that does to the answer.

The actors that a statement bears on are drawn anew from their own streams and all else keeps its draws: differences are
not noise.

Taken for its opposite, a yes is a no. The opposite of a no is a yes to what was refused, which says nothing against
what goes further: whoever would be put nearer to the proposal had it kept silent is put there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from foedus.base.randomness import Streams
from foedus.cases.case import Case, Member
from foedus.cases.draws import redrawn
from foedus.cases.measured import with_measured_priors
from foedus.dossiers import Dossier, Stand, stand_of
from foedus.dossiers.bearing import opposite, side_of
from foedus.evidence import Statement
from foedus.forecasts.sweeps import option_shares
from foedus.issues import SettlementModel, Sitting
from foedus.issues.sitting import Floats

CHANGES = ("dropped", "reversed", "aged")
"""Left out; taken for its opposite; as old as it would be one half-life later."""


def bears_on(case: Case, statement: str) -> tuple[str, ...]:
    """Return the ids of those for whose position a statement was weighed, even where it moves nothing."""
    return tuple(
        member.actor
        for member in case.members
        if any(contribution.statement.id == statement for contribution in member.stand.contributions)
    )


def weighed(case: Case) -> list[tuple[Statement, tuple[str, ...]]]:
    """Return each statement that places somebody, with those on whom it bears, in the dossier's order."""
    bears: dict[str, list[str]] = {}
    for member in case.members:
        for contribution in member.stand.contributions:
            if contribution.target is not None and contribution.weight > 0:
                bears.setdefault(contribution.statement.id, []).append(member.actor)
    return [(statement, tuple(bears[statement.id])) for statement in case.dossier.statements if statement.id in bears]


def altered(case: Case, statement: Statement, change: str, actors: Collection[str]) -> Case:
    """Return a case in which one statement is changed, and those on whom it bears stand accordingly.

    Silent members that are placed by their votes stand according to what is then known of the others.
    """
    other, side = replace(statement, status="rejected"), _side(case, statement)
    if change == "aged":
        days, known = round(case.dossier.evidence_rule.half_life_days), case.dossier.known_on(statement)
        other = replace(statement, said_on=statement.said_on - dt.timedelta(days=days), known_on=known)
    elif change == "reversed" and statement.stance != 0:  # an abstention has no opposite
        other = opposite(statement, side)
    dossier = _with(case.dossier, other)
    silenced = _with(case.dossier, replace(statement, status="rejected")) if change == "reversed" and side < 0 else None

    def stand(member: Member) -> Stand:
        found = stand_of(dossier, case.issue, member.actor, case.as_of, seated=member.seated)
        if silenced is None:
            return found
        silent = stand_of(silenced, case.issue, member.actor, case.as_of, seated=member.seated)
        way = case.agenda.options[case.agenda.proposal] - case.agenda.options[case.agenda.status_quo]
        return silent if (silent.private.mean - found.private.mean) * way > 0 else found

    members = tuple(
        replace(member, stand=stand(member)) if member.actor in actors else member for member in case.members
    )
    return with_measured_priors(replace(case, dossier=dossier, members=members))


def _with(dossier: Dossier, statement: Statement) -> Dossier:
    rest = (one for one in dossier.statements if one.id != statement.id)
    return replace(dossier, statements=(*rest, statement))


def _side(case: Case, statement: Statement) -> int:
    """Return whether a statement points to the proposal (1), to the status quo (-1), or neither way (0)."""
    own = (
        concept
        for concept in case.dossier.concepts
        if (concept.id, concept.issue) == (statement.concept, case.issue.id)
    )
    return next((side_of(statement, concept, case.issue) for concept in own), 0)


def shares_after(
    case: Case,
    model: SettlementModel,
    sitting: Sitting,
    seed: int,
    statement: Statement,
    change: str,
    actors: Collection[str],
) -> Floats:
    """Return the share of each option after one change of one statement; shape (K,).

    Parameters
    ----------
    sitting
        The first draws of the case from the seed's streams.
    change
        One of `CHANGES`.
    actors
        Those on whom the statement bears.
    """
    return shares_after_all(case, model, sitting, seed, ((statement, actors),), change)


def shares_after_all(
    case: Case,
    model: SettlementModel,
    sitting: Sitting,
    seed: int,
    statements: Iterable[tuple[Statement, Collection[str]]],
    change: str,
) -> Floats:
    """Return the share of each option after the same change of several statements at once; shape (K,).

    Parameters
    ----------
    statements
        Each with those on whom it bears.
    sitting, change
        As for `shares_after`.
    """
    changed, actors = case, set[str]()
    for statement, on in statements:
        changed = altered(changed, statement, change, on)
        actors |= set(on)
    before = {member.actor: member.stand.measured for member in case.members}
    moved = {member.actor for member in changed.members if member.stand.measured != before[member.actor]}
    return option_shares(model, redrawn(sitting, changed, moved.union(actors), Streams(seed)))
