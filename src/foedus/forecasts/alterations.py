"""A case in which one statement was never made, or said the opposite, or is older, and what that does to the answer.

The actors that a statement bears on are drawn anew from their own streams and all else keeps its draws: differences are
not noise.

Taken for its opposite, a yes is a no. The opposite of a no is a yes to what was refused, which says nothing against
what goes further. Whoever would still stand on the same side of its silence is put where silence puts it, or beyond:
`foedus.dossiers.opposites`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from foedus.base.randomness import Streams
from foedus.cases.case import Case, Member
from foedus.cases.draws import redrawn
from foedus.cases.measured import with_measured_priors
from foedus.dossiers import Stand, stand_of
from foedus.dossiers.bearing import opposite, side_of
from foedus.dossiers.opposites import stand_of_opposite
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


def altered(case: Case, statements: Iterable[tuple[Statement, Collection[str]]], change: str) -> Case:
    """Return a case in which statements are changed, and those on whom they bear stand accordingly.

    Silent members that are placed by their votes stand according to what is then known of the others.

    Parameters
    ----------
    case
        As it is.
    statements
        Each with those on whom it bears.
    change
        One of `CHANGES`. An abstention has no opposite: reversed, it is left out.
    """
    listed = list(statements)
    actors = {actor for _, on in listed for actor in on}
    silenced = [replace(statement, status="rejected") for statement, _ in listed]
    if change == "aged":
        return _told(case, [_aged(case, statement) for statement, _ in listed], actors)
    without = _told(case, silenced, actors)
    if change == "dropped":
        return without
    turned = _told(case, [_reversed(case, statement) for statement, _ in listed], actors)

    def stand(member: Member) -> Stand:
        if member.actor not in actors:
            return member.stand
        usual, left_out = (of.member(member.actor).stand for of in (case, without))
        return stand_of_opposite(usual, left_out, member.stand)

    return replace(turned, members=tuple(replace(member, stand=stand(member)) for member in turned.members))


def _told(case: Case, statements: Sequence[Statement], actors: Collection[str]) -> Case:
    """Return a case in which these statements stand in the place of those with their ids."""
    changed = {statement.id for statement in statements}
    kept = (statement for statement in case.dossier.statements if statement.id not in changed)
    dossier = replace(case.dossier, statements=(*kept, *statements))
    members = tuple(
        replace(member, stand=stand_of(dossier, case.issue, member.actor, case.as_of, seated=member.seated))
        if member.actor in actors
        else member
        for member in case.members
    )
    return with_measured_priors(replace(case, dossier=dossier, members=members))


def _aged(case: Case, statement: Statement) -> Statement:
    days, known = round(case.dossier.evidence_rule.half_life_days), case.dossier.known_on(statement)
    return replace(statement, said_on=statement.said_on - dt.timedelta(days=days), known_on=known)


def _reversed(case: Case, statement: Statement) -> Statement:
    if statement.stance == 0:
        return replace(statement, status="rejected")
    return opposite(statement, _side(case, statement))


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
    listed = list(statements)
    changed, actors = altered(case, listed, change), {actor for _, on in listed for actor in on}
    before = {member.actor: member.stand.measured for member in case.members}
    moved = {member.actor for member in changed.members if member.stand.measured != before[member.actor]}
    return option_shares(model, redrawn(sitting, changed, moved.union(actors), Streams(seed)))
