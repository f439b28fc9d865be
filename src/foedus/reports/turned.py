"""Who has changed sides: for an option and later against it, or for one candidate and later for another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.base.days import Day, on_day
from foedus.base.wording import and_, counted
from foedus.dossiers import Dossier
from foedus.dossiers.approvals import left_for_another
from foedus.dossiers.bearing import conditional, on_option, superseded
from foedus.dossiers.records import Concept
from foedus.evidence import ABSTENTION, CONSENT, Statement
from foedus.issues import Issue

_MOST = 5
"""Changes of mind that are told."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of mind.

    Attributes
    ----------
    actor
        Id of whose it is.
    option
        What it is on, in words; empty for the proposal.
    before, after
        The latest statement of the side that it has left, and the first one of the side on which it is now.
    came_out_for
        The candidate for which it was before and the one for which it is now; empty where it is on one option.
    by_another
        The option on which the first statement of the new side is, where that is another than `option`; else empty.
    """

    actor: str
    option: str
    before: Statement
    after: Statement
    came_out_for: tuple[str, ...] = ()
    by_another: str = ""


def turns(dossier: Dossier, issue: Issue, as_of: Day, actors: Collection[str]) -> list[Turn]:
    """Return who has changed sides by a day, the latest first.

    A later statement ends an earlier one as it does for positions, and also where the one was said in public and the
    other was not. Where options have no order, coming out for another ends having come out for the first, as
    `left_for_another` says. Conditions, guesses and remarks that take no side change nothing.

    Parameters
    ----------
    dossier, issue, as_of
        What was said on what, by which day.
    actors
        Ids of those asked about.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> turns(dossier, dossier.issue("office"), parse_day("2023-07-10"), {"SWE"})
    []
    """
    concepts = {concept.id: concept for concept in dossier.concepts if concept.issue == issue.id}
    said = [
        statement
        for statement in dossier.statements_on(issue.id, as_of)
        if statement.actor in actors
        and _takes_a_side(statement)
        and (statement.until is None or as_of < statement.until)
        and _named(concepts[statement.concept], issue) is not None
    ]
    turns_found = []
    left = {} if issue.ordered else left_for_another(dossier, issue, as_of)
    for actor in dict.fromkeys(statement.actor for statement in said):
        own = [statement for statement in said if statement.actor == actor]
        on_one = [turn for concept in concepts.values() for turn in _on_one(dossier, own, concept, issue)]
        turns_found += on_one or _to_another(own, concepts, issue, left)
    return sorted(turns_found, key=lambda turn: (turn.after.said_on, turn.actor), reverse=True)


def turned_words(dossier: Dossier, turns_found: Sequence[Turn]) -> str:
    """Return changes of mind in one line, such as ``Spain (for on 2024-07-15, against on 2024-09-11).``.

    Empty where nobody has changed sides.
    """
    told = [f"{dossier.world.name(turn.actor)} ({_what(turn)})" for turn in turns_found[:_MOST]]
    if len(turns_found) > _MOST:
        told.append(counted(len(turns_found) - _MOST, "more member"))
    return f"{and_(told)}." if told else ""


def _what(turn: Turn) -> str:
    before, after = turn.before, turn.after
    if turn.came_out_for:
        left, now = turn.came_out_for
        return f"for {left} {on_day(before.said_on)}, for {now} {on_day(after.said_on)}"
    on = f"on {turn.option!r}: " if turn.option else ""
    by = f" {turn.by_another!r}" if turn.by_another else ""
    return f"{on}{_side(before)} {on_day(before.said_on)}, {_side(after)}{by} {on_day(after.said_on)}"


def _side(statement: Statement) -> str:
    if statement.stance == 0:
        return "abstaining"
    if statement.stance < 0:
        return "against"
    return "not in the way" if statement.signal == CONSENT else "for"


def _takes_a_side(statement: Statement) -> bool:
    sided = statement.stance != 0 or statement.signal == ABSTENTION
    return sided and statement.kind != "conjecture" and not conditional(statement)


def _named(concept: Concept, issue: Issue) -> str | None:
    """Return the option that a claim is on, empty for the proposal; None where it is on none."""
    if not issue.ordered:
        return concept.option or None
    if not on_option(concept, issue):
        return None
    label = next((option.label for option in issue.options if option.at == concept.at_support), "")
    return None if label == issue.status_quo else "" if label == issue.proposal else label


def _on_one(dossier: Dossier, own: Sequence[Statement], concept: Concept, issue: Issue) -> list[Turn]:
    on_it = [replace(statement, venue="public") for statement in own if statement.concept == concept.id]
    ended = superseded(on_it, dossier.world)
    standing = [statement for statement in on_it if statement.id not in ended]
    left = [statement for statement in on_it if statement.id in ended]
    if not left or not standing:
        return []
    last = max(standing, key=lambda statement: (statement.said_on, statement.id))
    if any(statement.stance != last.stance for statement in standing):
        return []  # what stands is divided: it has not gone over
    before = max(left, key=lambda statement: (statement.stance != last.stance, statement.said_on, statement.id))
    if before.stance == last.stance:
        return []
    now = [statement for statement in on_it if statement.stance == last.stance and statement.said_on > before.said_on]
    after = min(now, key=lambda statement: (statement.said_on, statement.id))
    other = _sooner_on_another(dossier, own, issue, concept, before, after)
    return [
        Turn(last.actor, _named(concept, issue) or "", before, other or after, (), _label_of(dossier, other, issue))
    ]


def _sooner_on_another(
    dossier: Dossier, own: Sequence[Statement], issue: Issue, concept: Concept, before: Statement, after: Statement
) -> Statement | None:
    """Return the first statement by which an actor had turned already, in words on another option; None without one.

    Who comes round to an option nearer to this one than to no change has come round; and who refuses less than this
    refuses this.
    """
    concepts = {claim.id: claim for claim in dossier.concepts if claim.issue == issue.id}
    here, still = concept.at_support, issue.option(issue.status_quo).at
    if not issue.ordered:
        return None
    sooner = []
    for statement in own:
        claim = concepts[statement.concept]
        there = claim.at_support
        if claim.id == concept.id or statement.stance != after.stance or not on_option(claim, issue):
            continue
        if here is None or there is None or (here - still) * (there - still) <= 0:
            continue
        nearer = abs(there - here) < abs(there - still)
        less = abs(there - still) <= abs(here - still)
        if before.said_on < statement.said_on < after.said_on and (nearer if after.stance > 0 else less):
            sooner.append(statement)
    return min(sooner, key=lambda statement: (statement.said_on, statement.id), default=None)


def _label_of(dossier: Dossier, statement: Statement | None, issue: Issue) -> str:
    """Return the option that a statement is on, by its label; empty for none."""
    if statement is None:
        return ""
    at = next(claim.at_support for claim in dossier.concepts if claim.id == statement.concept)
    return next((option.label for option in issue.options if option.at == at), "")


def _to_another(
    own: Sequence[Statement], concepts: dict[str, Concept], issue: Issue, replaced: Mapping[str, str]
) -> list[Turn]:
    backed = sorted(
        (statement for statement in own if statement.stance > 0 and statement.signal != CONSENT),
        key=lambda statement: (statement.said_on, statement.id),
    )
    still = {issue.status_quo, ""}
    names = [
        (concepts[statement.concept].option, statement)
        for statement in backed
        if concepts[statement.concept].option not in still
    ]
    if not names:
        return []
    label, last = names[-1]
    left = [(other, later) for other, later in names if other != label and later.id in replaced]
    if not left:
        return []
    other, before = left[-1]
    after = next(earlier for name, earlier in names if name == label and earlier.said_on > before.said_on)
    return [Turn(last.actor, label, before, after, (other, label))]
