"""So many of the members: how likely a silent member is to be one of those of whom a statement tells the number."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers.bearing import conditional
from foedus.dossiers.by_hand import position_by_hand, usable
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.spoken import counted_members
from foedus.evidence import Statement
from foedus.issues import Issue


def tells_number(statement: Statement) -> bool:
    """Tell whether a statement tells how many of the members take its side, in its column ``person``.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import read_dossier
    >>> said = replace(read_dossier("tokyo-office").statements[0], actor="nato-members", person="20 of 31 members")
    >>> tells_number(said), tells_number(replace(said, person="")), tells_number(replace(said, actor="FRA"))
    (True, False, False)
    """
    if not statement.actor.endswith("-members") or statement.stance == 0:
        return False
    return counted_members(statement.person) is not None


def shares_of_silent(
    dossier: Dossier, issue: Issue, organisation: str, every: Sequence[Statement], as_of: Day
) -> dict[str, float]:
    """Return how likely a member without words of its own is to be one of those whose number is told.

    Of those whose number is told, the ones that are known to take that side are taken away; the rest are spread over
    the members of which nothing is known. Where more is told than there is room for, the shares are scaled to 1.

    Parameters
    ----------
    dossier, issue
        Whose body has the members; a number of other members than it seats is scaled to its seats.
    organisation
        The body's.
    every
        The statements on the issue that hold on the day.
    as_of
        The day of knowledge.

    Returns
    -------
    dict of str to float
        By id of the statement; the latest on each claim counts.
    """
    told = [s for s in every if s.actor == f"{organisation}-members" and tells_number(s) and s.kind != "conjecture"]
    if not told:
        return {}
    latest = {
        statement.concept: statement
        for statement in sorted(told, key=lambda statement: (statement.said_on, statement.id))
    }
    seats = _seats(dossier, issue, as_of)
    by_hand = {
        row.actor
        for row in dossier.stakeholders
        if row.issue == issue.id and usable(row, as_of) and position_by_hand(row, issue) is not None
    }
    spoke = {s.actor for s in every if s.kind != "conjecture"} | by_hand | dossier.backing_others
    silent = len(seats - spoke)
    shares = {}
    for latest_word in latest.values():
        some, all_ = counted_members(latest_word.person) or (0, 1)
        named = {
            s.actor
            for s in every
            if s.concept == latest_word.concept and s.stance == latest_word.stance and not conditional(s)
        } & seats
        left = some / all_ * len(seats) - len(named)
        shares[latest_word.id] = min(max(left / silent, 0.0), 1.0) if silent else 0.0
    total = sum(shares.values())
    return {id_: share / max(1.0, total) for id_, share in shares.items() if share > 0}


def _seats(dossier: Dossier, issue: Issue, as_of: Day) -> set[str]:
    meeting = next((sitting_ for sitting_ in issue.meetings if sitting_.on >= as_of), issue.meetings[-1])
    try:
        return {seat.actor for seat in dossier.institutions.body(issue.body).seats(dossier.world, meeting.on)}
    except FoedusError:
        return set()
