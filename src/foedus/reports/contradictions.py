"""Statements that cannot both stand: how many are said to be on a side, and who by name is on the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from foedus.base.days import Day, day_in_words
from foedus.base.wording import and_
from foedus.dossiers import Dossier
from foedus.dossiers.at_large import tells_number
from foedus.dossiers.bearing import conditional, superseded
from foedus.dossiers.said import where_said
from foedus.dossiers.spoken import counted_members
from foedus.evidence import ABSTENTION, CONSENT, Statement
from foedus.issues import Issue


def contradictions(dossier: Dossier, issue: Issue, as_of: Day, seats: Collection[str]) -> str:
    """Return what cannot both stand, a sentence or two for each claim; empty where all can.

    Of the members of a body, a number is said to be for something, or against it, and more than the rest is known by
    name to be elsewhere.

    Parameters
    ----------
    dossier, issue, as_of
        What was said on what, by which day.
    seats
        Ids of the members.
    """
    said = [
        statement
        for statement in dossier.statements_on(issue.id, as_of)
        if statement.kind != "conjecture"
        and not conditional(statement)
        and (statement.until is None or as_of < statement.until)
    ]
    at_large = f"{dossier.institutions.body(issue.body).organisation}-members"
    told = [statement for statement in said if statement.actor == at_large and tells_number(statement)]
    latest = {
        statement.concept: statement
        for statement in sorted(told, key=lambda statement: (statement.said_on, statement.id))
    }
    return " ".join(words for number in latest.values() for words in _apart(dossier, issue, said, number, seats))


def _apart(
    dossier: Dossier, issue: Issue, said: list[Statement], number: Statement, seats: Collection[str]
) -> Iterator[str]:
    counted = counted_members(number.person)
    others = _others(dossier, said, number, seats)
    if counted is None or counted[0] + len(others) <= counted[1]:
        return
    some, all_ = counted
    claim = next(concept for concept in dossier.concepts if concept.id == number.concept)
    label = claim.option or next(
        (option.label for option in issue.options if option.at == claim.at_support), claim.text
    )
    side = "for" if number.stance > 0 else "against"
    names = [f"{dossier.world.name(other.actor)} ({_side(other)}, {day_in_words(other.said_on)})" for other in others]
    room = all_ - some
    left = "nobody" if room == 0 else "one other" if room == 1 else f"{room} others"
    told = (
        f"This cannot both stand: {some} of {all_} members are said to be {side} {label!r} "
        f"({where_said(dossier, number)}, {day_in_words(number.said_on)}), which leaves {left}, yet {and_(names)} "
        f"{'is' if len(names) == 1 else 'are'} not."
    )
    older = [dossier.world.name(other.actor) for other in others if other.said_on < number.said_on]
    if older:
        words = "its words are" if len(older) == 1 else "their words are"
        told += f" Look at {and_(older)} first: {words} older than the number."
    yield told


def _others(dossier: Dossier, said: list[Statement], number: Statement, seats: Collection[str]) -> list[Statement]:
    """Return the latest word of each member that is known by name not to be on the side of which a number is told."""
    others = []
    for actor in sorted(seats):
        own = [
            statement
            for statement in said
            if statement.actor == actor and statement.concept == number.concept and _sided(statement)
        ]
        ended = superseded(own, dossier.world)
        standing = [statement for statement in own if statement.id not in ended]
        if standing and all(statement.stance != number.stance for statement in standing):
            others.append(max(standing, key=lambda statement: (statement.said_on, statement.id)))
    return others


def _sided(statement: Statement) -> bool:
    return (statement.stance != 0 and statement.signal != CONSENT) or statement.signal == ABSTENTION


def _side(statement: Statement) -> str:
    return "abstaining" if statement.stance == 0 else "for" if statement.stance > 0 else "against"
