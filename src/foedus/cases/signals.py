"""What accepted statements signal beside a stance: a threat, a link, an offer, a softening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from foedus.base.days import Day
from foedus.dossiers.bearing import gives_up, side_of

if TYPE_CHECKING:
    from foedus.cases.case import Case, Member

LATELY = dt.timedelta(days=14)
"""How long before the day of knowledge, or the meeting where that is earlier, a softening counts."""

_WHAT = {
    "threat": ("threat",),
    "link": ("link",),
    "offer": ("offer",),
    "softening": ("softening", "withdrawal"),
}
_HARMFUL = ("threat", "link")
YES, NO, UNKNOWN = 0.5, -0.5, 0.0


def signals_of(case: Case) -> Mapping[str, float]:
    """Return for each signal one half if an accepted statement carries it, and minus one half if none does.

    A threat or a link that nobody has made is not there. Whether anything was offered, and whether anybody softened, is
    not known (left out) where nobody at the table has a statement that was accepted or rejected; once somebody has,
    silence tells that it is not there, however many have spoken. Were it told by their number, one more word in favour
    would make adoption less likely, and one more refusal would tell of no threat and make it likelier. A withdrawn
    threat is a softening; a softening counts only in the last two weeks, and only where nobody else at the table still
    stands against: what a bystander gives up lifts no blockade.
    Who is for the proposal, without a condition, or is put there by hand, neither threatens nor withholds its consent.
    A mere guess signals nothing.
    """
    sitting = {member.actor for member in case.members if member.seated} | case.rule.outsiders()
    heard = sitting & case.dossier.heard_on(case.issue.id, case.as_of)
    if not heard:
        return dict.fromkeys(_HARMFUL, NO)
    against = {member.actor for member in case.members if member.actor in sitting and _stands_against(case, member)}
    backing = {
        member.actor
        for member in case.members
        if member.stand.says_by_hand and member.actor in sitting and member.actor not in against
    }
    concepts = {concept.id: concept for concept in case.dossier.concepts if concept.issue == case.issue.id}
    said = list(case.dossier.statements_on(case.issue.id, case.as_of))
    told = [
        (statement.signal, statement.said_on)
        for statement in said
        if statement.signal
        and statement.kind != "conjecture"
        and not (statement.signal in _HARMFUL and statement.actor in backing)
        and (
            statement.signal not in _HARMFUL
            or statement.condition
            or side_of(statement, concepts[statement.concept], case.issue) <= 0
        )
        and (statement.signal not in _WHAT["softening"] or not against - {statement.actor})
        and (statement.signal != "withdrawal" or gives_up(statement, said))
    ]
    since = min(case.as_of, case.meeting.on) - LATELY
    return {
        name: YES if _there(told, words, since if name == "softening" else None) else NO
        for name, words in _WHAT.items()
    }


def anybody_heard(signals: Mapping[str, float]) -> bool:
    """Tell whether signals are of a table on which somebody was heard."""
    return not signals.keys() <= set(_HARMFUL)


def _stands_against(case: Case, member: Member) -> bool:
    """Tell whether a member last spoke against, nearer to the status quo than to the proposal, or is put so by hand."""
    places = {option.label: option.at for option in case.issue.options}
    before, proposed = places[case.issue.status_quo], places[case.issue.proposal]
    if member.stand.says_by_hand and member.stand.public is not None:
        at = member.stand.public.mode
        return abs(at - before) <= abs(at - proposed)
    return any(
        contribution.target is not None
        and contribution.weight > 0
        and not contribution.superseded_by
        and not contribution.general
        and contribution.statement.stance < 0
        and contribution.statement.kind != "conjecture"
        and abs(contribution.target - before) < abs(contribution.target - proposed)
        for contribution in member.stand.contributions
    )


def _there(told: list[tuple[str, Day]], words: tuple[str, ...], since: Day | None) -> bool:
    return any(signal in words and (since is None or on >= since) for signal, on in told)
