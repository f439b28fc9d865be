"""What treaties bind their parties to when somebody is attacked, clause by clause."""

from __future__ import annotations

from typing import get_args

from foedus.base.answers import Listed
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.institutions.law.answer import (
    Attack,
    Consultation,
    Obligation,
    OpenTo,
    SignedOnly,
    TreatyAnswer,
)
from foedus.institutions.law.answering import Question, answered, attacked_by, hosts_of, suspension_of, touches
from foedus.institutions.law.conditions import Anywhere, Scene, value_of
from foedus.institutions.law.coverage import Coverage, coverage
from foedus.institutions.law.grounds import actor_called, locate
from foedus.institutions.law.judgement import parties_on
from foedus.institutions.law.logic import Verdict
from foedus.institutions.law.schema import Area, Means
from foedus.institutions.law.treaties import Law, packaged_law
from foedus.world import World, packaged_world

__all__ = [
    "Attack",
    "Consultation",
    "Obligation",
    "OpenTo",
    "SignedOnly",
    "TreatyAnswer",
    "consultation",
    "covered_at",
    "obligations",
    "open_to_consultation",
    "signed_only",
]


def obligations(
    attack: Attack, treaty: str | None = None, *, world: World | None = None, law: Law | None = None
) -> Listed[TreatyAnswer]:
    """Return what treaties say to an attack.

    Parameters
    ----------
    attack
        The attack.
    treaty
        A treaty by id or alias; without it, every treaty that binds or protects anybody attacked.
    world, law
        The facts and the treaties; by default the packaged ones.

    Returns
    -------
    tuple
        One answer for each treaty, those engaged first, and of these what binds in law before political declarations.

    Raises
    ------
    FoedusError
        When the treaty, the place or an actor is unknown or ambiguous, did not exist on the day, or nobody is
        attacked: a sea, or a place without a known sovereign, needs ``forces_of``.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> answer, = obligations(Attack(place="Guam", on=parse_day("2024-04-12"), by="PRK"), "nato")
    >>> answer.engaged, answer.article
    ('no', 'Article 5')
    >>> answer, = obligations(Attack(place="California", on=parse_day("2024-04-12"), by="PRK"), "nato")
    >>> answer.engaged, answer.invoked_by
    ('yes', ('USA',))
    """
    world, law = world or packaged_world(), law or packaged_law()
    ground = locate(world, attack.place, attack.on)
    by = actor_called(world, attack.by, attack.on) if attack.by is not None else None
    attacked = attacked_by(world, attack, ground, by)
    if attack.means not in get_args(Means):
        raise FoedusError(f"no means {attack.means!r}; expected one of {', '.join(get_args(Means))}")
    if by is not None and attacked == (by,):
        raise FoedusError(f"{world.name(by)} cannot attack itself; leave out who attacks, or name another")
    question = Question(attack, ground, by, attacked, hosts_of(attack, ground, by, attacked), world)
    if treaty is not None:
        return Listed([answered(question, law.treaty(treaty))])
    bound = [treaty_file for treaty_file in law.treaties.values() if touches(question, treaty_file)]
    answers = [answered(question, treaty_file) for treaty_file in bound]
    return Listed(sorted(answers, key=_place_in_order))


def _place_in_order(answer: TreatyAnswer) -> tuple[int, bool, bool, str]:
    """Return what to sort by: those that apply first, and of these what binds in law and owes defence."""
    verdict = ("yes", "contested", "no").index(answer.engaged)
    applies = answer.engaged != "no"
    return verdict, applies and answer.binding == "no", applies and answer.kind != "defence", answer.treaty


def signed_only(attack: Attack, *, world: World | None = None) -> tuple[SignedOnly, ...]:
    """Return the treaties that anybody attacked had signed and that were not in force on the day.

    A signed treaty owes nobody assistance yet; a reader who finds it missing would think that there is none.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> [treaty.treaty for treaty in signed_only(Attack(place="PNG", on=parse_day("2026-01-01")))]
    ['aus-png-2025']
    """
    world = world or packaged_world()
    ground = locate(world, attack.place, attack.on)
    by = actor_called(world, attack.by, attack.on) if attack.by is not None else None
    attacked = {*attacked_by(world, attack, ground, by)}
    waiting = {row.treaty for row in world.treaty_parties if row.actor in attacked and row.start > attack.on}
    treaties = (world.treaties[treaty] for treaty in sorted(waiting))
    return tuple(
        SignedOnly(treaty.id, treaty.title, treaty.signed)
        for treaty in treaties
        if treaty.signed is not None and treaty.in_force is not None and treaty.signed <= attack.on < treaty.in_force
    )


def covered_at(attack: Attack, *, world: World | None = None) -> tuple[Coverage, ...]:
    """Return which treaties were looked up for the continents of the place; for a sea, those of nobody."""
    return coverage(locate(world or packaged_world(), attack.place, attack.on).continents)


def open_to_consultation(attack: Attack, *, world: World | None = None, law: Law | None = None) -> tuple[OpenTo, ...]:
    """Return the treaties, each with its article, whose parties may consult on an attack by their own opinion alone.

    They owe no defence here; a party may still think one of them threatened. Those of the attacked come first. A treaty
    whose article names no area is listed where a party is attacked, or in the neighbourhood that its file describes:
    any attack in the world may trouble anybody.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> attack = Attack(place="Ukraine", on=parse_day("2022-02-24"), by="RUS")
    >>> [treaty.treaty for treaty in open_to_consultation(attack)]
    ['csto', 'nato']
    """
    world, law = world or packaged_world(), law or packaged_law()
    bound = {answer.treaty: answer.engaged for answer in obligations(attack, world=world, law=law)}
    open_to = []
    for treaty in law.treaties.values():
        if bound.get(treaty.id) == "yes" or not any(clause.opinion for clause in treaty.clauses):
            continue
        if treaty.id not in bound and not any(
            _is_near(attack, area, world) for c in treaty.clauses for area in c.opinion
        ):
            continue
        (answer,) = obligations(attack, treaty.id, world=world, law=law)
        open_to += [OpenTo(treaty.id, c.article) for c in answer.consultation if c.engaged == "yes"]
    return tuple(sorted(open_to, key=lambda open_: (open_.treaty not in bound, open_.treaty, open_.article)))


def _is_near(attack: Attack, opinion: Area, world: World) -> bool:
    """Return whether an attack that meets no party of a treaty may yet be near enough for them to consult."""
    if not opinion.in_force(attack.on):
        return False
    if not isinstance(opinion.value, Anywhere):
        return True
    if opinion.near is None:
        return False
    scene = Scene(locate(world, attack.place, attack.on), "", frozenset(), attack.on, world.name)
    return value_of(opinion.near.test(scene)) != "no"


def consultation(
    treaty: str, by: str, on: Day, *, world: World | None = None, law: Law | None = None
) -> tuple[Consultation, Trace]:
    """Return whether an actor can have the parties of a treaty consult, by its own opinion that one is threatened.

    Parameters
    ----------
    treaty, by
        The treaty, and who asks.
    on
        The day.
    world, law
        The facts and the treaties; by default the packaged ones.

    Returns
    -------
    tuple
        The clause's answer, and why.

    Raises
    ------
    FoedusError
        When the treaty or the actor is unknown, or the treaty has no clause on consultation.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> answer, why = consultation("nato", "Poland", parse_day("2025-09-10"))
    >>> answer.engaged, answer.article, len(answer.owed_by)
    ('yes', 'Article 4', 32)
    """
    world, law = world or packaged_world(), law or packaged_law()
    treaty_file, actor = law.treaty(treaty), actor_called(world, by, on)
    clause = next((c for c in treaty_file.clauses if c.kind == "consultation"), None)
    if clause is None:
        raise FoedusError(f"{world.treaties[treaty_file.treaty].title} has no clause on consultation")
    parties = frozenset(row.actor for row in parties_on(world, treaty_file.treaty, on))
    owed = next((r for r in clause.owed if r.in_force(on) and r.value is not None), None)
    unknown = next((r for r in treaty_file.perhaps if actor in r.actors and r.in_force(on)), None)
    engaged: Verdict = "yes" if actor in parties else "contested" if unknown is not None else "no"
    because = () if unknown is None else (Trace("because", unknown.says, unknown.reference),)
    steps = [
        Trace(f"{world.name(actor)} is a party on {on}", engaged, "", because),
        *(Trace("asked for by", r.value, r.reference, (Trace("because", r.says),)) for r in clause.invoked_by),
    ]
    if engaged == "no" or owed is None:
        return Consultation(clause.article, "no", (), ()), Trace(clause.article, "no", "", tuple(steps))
    steps.append(Trace("owed", owed.value or "", owed.reference))
    suspended = {party: suspension_of(world, treaty_file.treaty, party, {actor}, on) for party in sorted(parties)}
    steps += [trace for trace in suspended.values() if trace is not None]
    all_owe = tuple(
        Obligation(party, owed.value or "", owed.reference, "consultation")
        for party, trace in suspended.items()
        if trace is None
    )
    return Consultation(clause.article, engaged, (actor,), all_owe), Trace(clause.article, engaged, "", tuple(steps))
