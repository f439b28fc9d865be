"""What a reader must know before the answer: a war under way, hindsight, a pair that nobody declared."""

from __future__ import annotations

import datetime as dt

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.wording import and_, at_the_start, the
from foedus.dossiers import Dossier
from foedus.institutions import seat
from foedus.institutions.law.judgement import parties_on
from foedus.institutions.law.treaties import packaged_law
from foedus.issues import Issue
from foedus.strategy.asking import Asked
from foedus.strategy.names import in_sentence
from foedus.strategy.record.reference_class import reference_classes
from foedus.strategy.settings import FILE
from foedus.world import Hostility, World

_NEAR = dt.timedelta(days=365)
"""How long before the first meeting a day may lie on which nothing of a dossier was known yet."""
_FEW = 3
_OF_ALLIANCES = ("alliance-institutional", "alliance-material", "accession")
"""Groups of acts that none but alliances and their members do."""


def refuse_before(dossier: Dossier, as_of: Day) -> None:
    """Refuse a day on which nothing of the dossier was known and none of its meetings was near.

    Raises
    ------
    FoedusError
        With the first day on which something was.
    """
    first = first_day(dossier)
    if first is not None and as_of < first:
        raise FoedusError(
            f"nothing of {dossier.title!r} was known on {as_of}, and no meeting was near: the first day to ask about "
            f"is {first}"
        )


def first_day(dossier: Dossier) -> Day | None:
    """Return the first day on which something was known or a meeting was near; None where there is neither."""
    known = [dossier.known_on(statement) for statement in dossier.statements if statement.status == "accepted"]
    known += [stakeholder.known_on for stakeholder in dossier.stakeholders if stakeholder.known_on is not None]
    known += [meeting.on - _NEAR for issue in dossier.issues for meeting in issue.meetings]
    return min(known, default=None)


def has_a_seat(dossier: Dossier, issue: Issue, actor: str, as_of: Day) -> bool:
    """Return whether an actor sits in the body that decides an issue, on the day of the meeting asked about."""
    try:
        body, on = dossier.institutions.body(issue.body), issue.default_meeting(as_of).on
        return actor in seat(body, dossier.world, on, issue.procedure or None).members
    except FoedusError:
        return False


def fits(dossier: Dossier, issue: Issue, kind: str, about: str) -> bool:
    """Return whether the record knows acts about the same by the organisation that decides an issue.

    Only acts of alliances are held to that: what a body that is no alliance decides is no act of one, whatever it is
    called. Of a body that belongs to no packaged organisation nothing is known, and so nothing is said.

    Parameters
    ----------
    dossier, issue
        The dossier, and what is decided.
    kind, about
        The class of the act and what it is about, as in ``acts.csv``.
    """
    if reference_classes().group_of(kind, about) not in _OF_ALLIANCES:
        return True
    decides = {
        membership
        for membership in dossier.institutions.body(issue.body).seated_by.memberships
        if membership in dossier.world.actors
    }
    alike = {act.actor for act in dossier.world.acts.values() if act.object == about}
    return not decides or bool(decides & alike)


def games_barred(dossier: Dossier, issue: Issue, case: Asked, as_of: Day) -> str:
    """Return why no game of deterrence is played between rival and target; empty where one is.

    A game asks what a rival does in a peace about an act of others. It has nothing to say where the rival takes the
    decision itself, or where there is no peace.

    Parameters
    ----------
    dossier, issue, case
        The dossier, what is decided, and who answers whom.
    as_of
        The day.
    """
    rival, target = (in_sentence(dossier.world.name(side)) for side in (case.rival, case.target))
    if has_a_seat(dossier, issue, case.rival, as_of):
        return f"{rival} takes part in the decision itself, and these games are about the acts of others"
    if occupied(dossier.world, case.rival, case.target, as_of) or any(
        as_of in hostility.interval for hostility in fought(dossier.world, case.rival, case.target, as_of)
    ):
        return (
            f"there is no peace between {rival} and {target}, and these games are about one that a challenge would end"
        )
    return ""


def warnings(
    dossier: Dossier, issue: Issue, case: Asked, label: str, as_of: Day, reconstructed: str | None
) -> tuple[str, ...]:
    """Return what stands above the answer, the gravest first; empty where there is nothing to warn of.

    Parameters
    ----------
    dossier, issue, case
        The dossier, what is decided, and who answers whom.
    label
        The option that is looked at.
    as_of
        The day.
    reconstructed
        The name of the meeting, where the day lies on or after it.
    """
    world, warned = dossier.world, []
    rival, target = (in_sentence(world.name(side)) for side in (case.rival, case.target))
    if held := occupied(world, case.rival, case.target, as_of):
        named = and_([world.places[name].name for name in held[:_FEW]])
        more = f" and {len(held) - _FEW} more" if len(held) > _FEW else ""
        warned.append(
            f"No peace to keep: on {as_of} {rival} occupied territory of {target} ({named}{more}). {_NO_PEACE}"
        )
    elif fights := fought(world, case.rival, case.target, as_of):
        warned.append(_fighting(world, fights[-1], as_of))
    body = dossier.institutions.body(issue.body).name
    if has_a_seat(dossier, issue, case.rival, as_of):
        warned.append(
            f"{at_the_start(rival)} sits in the body that decides ({body}): it answers at the table, by its "
            "vote or its objection. How often it left others' acts unanswered says nothing about that, so "
            f"no share is given; 'foedus position {dossier.folder.name} {case.rival}' tells where it "
            "stands."
        )
    kind, about = case.acts[label].act, case.acts[label].object
    if not fits(dossier, issue, kind, about):
        named = repr(kind) if kind == about else f"{kind!r} about {about!r}"
        warned.append(
            f"No class of acts fits {label!r}: {named} stands for acts of alliances, and none like it on record was "
            f"decided by {the(body)}. No share is given."
        )
    if reconstructed is not None:
        warned.append(f"A reconstruction: it uses what was known on {as_of}, after the meeting ({reconstructed}).")
    if case.left_out:
        warned.append(
            f"{FILE} declares another pair than {rival} and {target}: its treaty, guarantor, partners, voices, gap "
            "and assumptions are left out."
        )
    treaty = case.acts[label].treaty
    if treaty and case.guarantor is not None:
        bound = packaged_law().treaty(treaty)
        if case.guarantor not in {row.actor for row in parties_on(world, bound.treaty, as_of)}:
            warned.append(
                f"{at_the_start(in_sentence(world.name(case.guarantor)))}, declared as guarantor, is no "
                f"party to {world.treaties[bound.treaty].title}: that treaty gives it no duty."
            )
    return tuple(warned)


_NO_PEACE = (
    "The games ask what deters and what provokes in a peace that a challenge would end, so none is played. The record "
    "of answers still holds."
)


def _fighting(world: World, latest: Hostility, as_of: Day) -> str:
    """Return that the two fight, or that they fought within the year before."""
    attacker, attacked = (in_sentence(world.name(side)) for side in (latest.attacker, latest.attacked))
    if as_of in latest.interval:
        begun = f"since {latest.start} {attacker} has been fighting {attacked} ({latest.name})"
        return f"No peace to keep: {begun}. {_NO_PEACE}"
    return (
        f"Deterrence is past: {attacker} attacked {attacked} on {latest.start} ({latest.name}), within the "
        f"year before {as_of}. The declared chance of a challenge is that of a pair at peace, and may be "
        "far too low; the record of answers still holds."
    )


def fought(world: World, rival: str, target: str, on: Day) -> tuple[Hostility, ...]:
    """Return the attacks and wars between two actors that were under way on a day or ended in the year before.

    The latest is last; whether or not any land was taken.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> [war.name for war in fought(packaged_world(), "IRN", "ISR", Day(2024, 9, 1))]
    ['drones and missiles fired from Iran at Israel']
    >>> fought(packaged_world(), "IRN", "ISR", Day(2024, 4, 1)), fought(packaged_world(), "CHN", "JPN", Day(2024, 9, 1))
    ((), ())
    """
    pair = {rival, target}
    rows = [row for row in world.hostilities if {row.attacker, row.attacked} == pair and row.start <= on]
    return tuple(sorted((row for row in rows if row.end is None or on < row.end + _NEAR), key=lambda row: row.start))


def occupied(world: World, rival: str, target: str, on: Day) -> tuple[str, ...]:
    """Return the places of a target that a rival occupies on a day, by id.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> occupied(packaged_world(), "RUS", "UKR", Day(2022, 6, 10))
    ('crimea', 'sevastopol', 'snake-island')
    >>> occupied(packaged_world(), "CHN", "JPN", Day(2022, 6, 10))
    ()
    """
    rows = [row for row in world.sovereigns if on in row.interval]
    own = {row.place for row in rows if row.actor == target and row.standing in {"sovereign", "claimed"}}
    return tuple(sorted({r.place for r in rows if r.actor == rival and r.standing == "occupied" and r.place in own}))
