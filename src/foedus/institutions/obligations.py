"""What treaties bind their parties to when somebody is attacked, clause by clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.base.wording import the
from foedus.institutions.law.answer import (
    Attack,
    Consultation,
    Obligation,
    OpenTo,
    SignedOnly,
    TreatyAnswer,
    beyond_the_facts,
)
from foedus.institutions.law.conditions import Anywhere, Scene, value_of
from foedus.institutions.law.coverage import Coverage, coverage
from foedus.institutions.law.grounds import Ground, actor_called, locate
from foedus.institutions.law.judgement import Judgement, by_opinion, guarded_place, judge, parties_on
from foedus.institutions.law.logic import Verdict, any_of
from foedus.institutions.law.schema import Area, Clause, Determined, Invoked, Means, Owed, TreatyFile
from foedus.institutions.law.treaties import Law, packaged_law
from foedus.institutions.limits import limit_of
from foedus.institutions.packaged import packaged_institutions
from foedus.world import World, packaged_world
from foedus.world.world import on_day

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
) -> tuple[TreatyAnswer, ...]:
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
    attacked = _attacked(world, attack, ground, by)
    if attack.means not in get_args(Means):
        raise FoedusError(f"no means {attack.means!r}; expected one of {', '.join(get_args(Means))}")
    if by is not None and attacked == (by,):
        raise FoedusError(f"{world.name(by)} cannot attack itself; leave out who attacks, or name another")
    question = _Question(attack, ground, by, attacked, _hosts(attack, ground, by, attacked), world)
    if treaty is not None:
        return (_answer(question, law.treaty(treaty)),)
    bound = [one for one in law.treaties.values() if _touches(question, one)]
    answers = [_answer(question, one) for one in bound]
    return tuple(sorted(answers, key=_place_in_order))


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
    >>> [one.treaty for one in signed_only(Attack(place="PNG", on=parse_day("2026-01-01")))]
    ['aus-png-2025']
    """
    world = world or packaged_world()
    ground = locate(world, attack.place, attack.on)
    by = actor_called(world, attack.by, attack.on) if attack.by is not None else None
    attacked = {*_attacked(world, attack, ground, by)}
    waiting = {row.treaty for row in world.treaty_parties if row.actor in attacked and row.start > attack.on}
    found = (world.treaties[treaty] for treaty in sorted(waiting))
    return tuple(
        SignedOnly(one.id, one.title, one.signed)
        for one in found
        if one.signed is not None and one.in_force is not None and one.signed <= attack.on < one.in_force
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
    >>> [one.treaty for one in open_to_consultation(attack)]
    ['csto', 'nato']
    """
    world, law = world or packaged_world(), law or packaged_law()
    bound = {answer.treaty: answer.engaged for answer in obligations(attack, world=world, law=law)}
    found = []
    for treaty in law.treaties.values():
        if bound.get(treaty.id) == "yes" or not any(clause.opinion for clause in treaty.clauses):
            continue
        if treaty.id not in bound and not any(
            _is_near(attack, area, world) for c in treaty.clauses for area in c.opinion
        ):
            continue
        (answer,) = obligations(attack, treaty.id, world=world, law=law)
        found += [OpenTo(treaty.id, c.article) for c in answer.consultation if c.engaged == "yes"]
    return tuple(sorted(found, key=lambda one: (one.treaty not in bound, one.treaty, one.article)))


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
    >>> found, why = consultation("nato", "Poland", parse_day("2025-09-10"))
    >>> found.engaged, found.article, len(found.owed_by)
    ('yes', 'Article 4', 32)
    """
    world, law = world or packaged_world(), law or packaged_law()
    one, actor = law.treaty(treaty), actor_called(world, by, on)
    clause = next((c for c in one.clauses if c.kind == "consultation"), None)
    if clause is None:
        raise FoedusError(f"{world.treaties[one.treaty].title} has no clause on consultation")
    parties = frozenset(row.actor for row in parties_on(world, one.treaty, on))
    owed = next((r for r in clause.owed if r.in_force(on) and r.value is not None), None)
    unknown = next((r for r in one.perhaps if actor in r.actors and r.in_force(on)), None)
    engaged: Verdict = "yes" if actor in parties else "contested" if unknown is not None else "no"
    because = () if unknown is None else (Trace("because", unknown.says, unknown.reference),)
    steps = [
        Trace(f"{world.name(actor)} is a party on {on}", engaged, "", because),
        *(Trace("asked for by", r.value, r.reference, (Trace("because", r.says),)) for r in clause.invoked_by),
    ]
    if engaged == "no" or owed is None:
        return Consultation(clause.article, "no", (), ()), Trace(clause.article, "no", "", tuple(steps))
    steps.append(Trace("owed", owed.value or "", owed.reference))
    suspended = {party: _suspended(world, one.treaty, party, {actor}, on) for party in sorted(parties)}
    steps += [trace for trace in suspended.values() if trace is not None]
    all_owe = tuple(
        Obligation(party, owed.value or "", owed.reference, "consultation")
        for party, trace in suspended.items()
        if trace is None
    )
    return Consultation(clause.article, engaged, (actor,), all_owe), Trace(clause.article, engaged, "", tuple(steps))


@dataclass(frozen=True, slots=True)
class _Question:
    attack: Attack
    ground: Ground
    by: str | None
    attacked: tuple[str, ...]
    hosts: tuple[str, ...]
    world: World

    def meeting(self, attacked: tuple[str, ...], *, territory: bool) -> _Question:
        """Return the question for somebody else whom the attack meets; on territory, it is not on forces alone."""
        attack = replace(self.attack, forces_of=None) if territory else self.attack
        return replace(self, attack=attack, attacked=attacked, hosts=())


def _hosts(attack: Attack, ground: Ground, by: str | None, attacked: tuple[str, ...]) -> tuple[str, ...]:
    """Return who else is attacked when forces are: whose land they stand on, unless it attacks them itself."""
    if attack.forces_of is None or ground.kind in {"sea", "space"}:
        return ()
    held = ground.held_as("sovereign", "administering")
    return () if by in held else tuple(actor for actor in held if actor not in attacked)


def _attacked(world: World, attack: Attack, ground: Ground, by: str | None) -> tuple[str, ...]:
    """Return whom the attack meets: whose forces, or who holds the place and did not attack it.

    Somebody may use force in a region of its own that others ran, as Azerbaijan did in 2020: nobody is attacked then in
    the sense of a treaty.
    """
    if attack.forces_of is not None:
        return (actor_called(world, attack.forces_of, attack.on),)
    eve = locate(world, attack.place, attack.on - dt.timedelta(days=1)) if ground.kind != "metropolitan" else ground
    for where, standings in (
        (ground, ("sovereign", "administering")),
        (eve, ("sovereign", "administering")),
        (ground, ("occupied",)),
        (ground, ("claimed",)),
    ):
        others = tuple(actor for actor in where.held_as(*standings) if actor != by)
        if others:
            return others
    if by is not None and ground.kind == "region" and by in ground.held_as("sovereign"):
        return ()
    if by is not None and by in ground.held_as("sovereign", "administering", "occupied"):
        raise FoedusError(f"{world.name(by)} cannot attack itself; leave out who attacks, or name another")
    raise FoedusError(
        f"{ground.name} is nobody's territory on {attack.on} as far as is known; say whose forces, vessels or "
        "aircraft are attacked there, with --forces-of; for a cable or a pipeline, whose it is"
    )


def _touches(question: _Question, one: TreatyFile) -> bool:
    on = question.attack.on
    bound = {row.actor for row in parties_on(question.world, one.treaty, on)}
    bound |= {actor for clause in one.clauses for p in clause.protects if p.in_force(on) for actor in p.actor}
    bound |= {actor for record in one.perhaps if record.in_force(on) for actor in record.actors}
    of_places = any(p.place for clause in one.clauses for p in clause.protects)
    guards = any(guarded_place(clause, question.ground, on) is not None for clause in one.clauses)
    record = question.world.treaties[one.treaty]
    first = record.in_force or record.signed
    met = guards if of_places else bool(bound & {*question.attacked, *question.hosts})
    return first is not None and on in Interval(first, record.end) and met


def _answer(question: _Question, one: TreatyFile) -> TreatyAnswer:
    world, on = question.world, question.attack.on
    record = world.treaties[one.treaty]
    asked = _trace_of_question(question)
    found = [_best(question, one, clause) for clause in one.clauses]
    judgements = [judgement for _, judgement in found]
    binding = one.binding.value if one.binding is not None else "yes"
    if not judgements:
        says = next((r for r in one.without_duty if r.in_force(on)), one.without_duty[0])
        why = Trace(record.title, "no", says.reference, (asked, Trace("duty to act", says.says, says.reference)))
        notes = _notes(one, question, ())
        nothing = ((), "", (), (), (), ())
        return TreatyAnswer(
            one.id, record.title, "", on, question.attacked, "no", *nothing, "none", binding, notes, why
        )
    clause, first = one.clauses[0], judgements[0]
    question = found[0][0]
    open_ = first.engaged != "no"
    invoked = _invoked(one, clause, question, first.parties) if open_ else ()
    determined = _in_force(clause.determined_by, on)
    owed, owed_trace = _owed(one.treaty, clause, question, first.parties) if open_ else ((), None)
    said = [asked, first.trace]
    if open_ and determined is not None:
        said.append(_determination(determined, question))
    said += [owed_trace] if owed_trace is not None else []
    consultation = tuple(
        _consultation(one, c, j, asked_of)
        for c, (asked_of, j) in zip(one.clauses, found, strict=True)
        if c.kind == "consultation"
    )
    said += [j.trace for j in judgements[1:]]
    return TreatyAnswer(
        treaty=one.id,
        title=record.title,
        article=clause.article,
        on=on,
        attacked=question.attacked,
        engaged=first.engaged,
        invoked_by=invoked,
        determined_by=determined.value if determined is not None and open_ else "",
        owed_by=owed,
        perhaps_owed_by=_perhaps(one, owed, question) if open_ else (),
        readings=first.readings,
        consultation=consultation,
        kind=clause.kind,
        binding=binding,
        notes=_notes(one, question, tuple(one.actor for one in owed)),
        why=Trace(f"{record.title}, {clause.article}", first.engaged, "", tuple(said)),
    )


def _perhaps(one: TreatyFile, owed: tuple[Obligation, ...], question: _Question) -> tuple[str, ...]:
    """Return the states that would owe the same if they are parties, which is not known."""
    named = {actor for record in one.perhaps if record.in_force(question.attack.on) for actor in record.actors}
    return tuple(sorted(named - {debt.actor for debt in owed} - {*question.attacked, question.by or ""}))


def _notes(one: TreatyFile, question: _Question, owing: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a reader must know beside the clauses, and where the facts end."""
    on, notes = question.attack.on, []
    if one.binding is not None and one.binding.value != "yes":
        word = "not binding in law" if one.binding.value == "no" else "whether it binds in law is contested"
        notes.append(f"{word}: {one.binding.says} [{one.binding.reference}]")
    meant = {*question.attacked, *question.hosts, *owing}
    notes += [
        f"{remark.says} [{remark.reference}]"
        for remark in one.remarks
        if remark.in_force(on) and (remark.about is None or meant & set(remark.about))
    ]
    notes += [f"{record.says} [{record.reference}]" for record in one.perhaps if record.in_force(on)]
    notes += _suspensions_told(one, question)
    notes += [question.ground.beside] if question.ground.beside else []
    return (*dict.fromkeys(notes), *beyond_the_facts(on))


def _suspensions_told(one: TreatyFile, question: _Question) -> list[str]:
    """Return a sentence for each duty between those attacked and another party that is suspended on the day."""
    world, on = question.world, question.attack.on
    met = {*question.attacked, *question.hosts}
    rows = [row for row in on_day(world.suspensions, on) if row.treaty == one.treaty and row.towards in met]
    return [
        f"{row.actor} owes {row.towards} nothing: suspended since {row.start} [{world.sources[row.source].title}]"
        for row in rows
    ]


def _best(question: _Question, one: TreatyFile, clause: Clause) -> tuple[_Question, Judgement]:
    """Judge a clause for whoever is attacked; on land for whoever's land it is too, where that says more.

    An attack on forces that stand in another country is an attack on that country's territory as well.
    """
    first = _judged(question, one, clause)
    order = {"yes": 0, "contested": 1, "no": 2}
    by_opinion = bool(clause.opinion) and not set(question.attacked) & first.parties
    for host in question.hosts:
        if first.engaged == "yes" and not by_opinion:
            break
        asked = question.meeting((host,), territory=True)
        other = _judged(asked, one, clause)
        if order[other.engaged] < order[first.engaged] or (by_opinion and host in other.parties):
            land = question.world.name(host)
            says = f"an attack on forces in {question.ground.name} is one on the territory of {land}"
            reference = "UN General Assembly resolution 3314 (XXIX), Definition of Aggression, Article 3(a) and (b)"
            trace = Trace(clause.article, other.engaged, "", (Trace("attacked too", says, reference), other.trace))
            return asked, Judgement(other.engaged, other.parties, other.readings, trace)
    return question, first


def _judged(question: _Question, one: TreatyFile, clause: Clause) -> Judgement:
    """Judge a clause for everybody attacked; it is engaged if it is for one of them."""
    if not question.attacked:
        return _of_nobody(question, one, clause)
    found = [
        judge(
            question.world,
            one.treaty,
            clause,
            question.ground,
            attacked,
            question.attack.on,
            by=question.by,
            means=question.attack.means,
            forces=question.attack.forces_of is not None,
            perhaps=one.perhaps,
        )
        for attacked in question.attacked
    ]
    if len(found) == 1:
        return found[0]
    engaged = any_of(one.engaged for one in found)
    readings = tuple(dict.fromkeys(reading for one in found for reading in one.readings))
    trace = Trace(f"{clause.article} for any of those attacked", engaged, "", tuple(one.trace for one in found))
    return Judgement(engaged, found[0].parties, readings, trace)


def _of_nobody(question: _Question, one: TreatyFile, clause: Clause) -> Judgement:
    """Judge a clause where force is used on the user's own territory: no party is attacked."""
    world, on = question.world, question.attack.on
    parties = frozenset(row.actor for row in parties_on(world, one.treaty, on))
    by = world.name(question.by or "")
    rule = f"a party is attacked: {question.ground.name} is territory of {by} itself"
    if clause.opinion and parties:
        scene = Scene(question.ground, "", parties, on, world.name)
        step = by_opinion(clause, scene, Trace(rule, "no"))
        engaged = value_of(step)
        return Judgement(engaged, parties, (), Trace(f"{clause.article} is open to a party", engaged, "", (step,)))
    return Judgement("no", parties, (), Trace(f"{clause.article} applies", "no", "", (Trace(rule, "no"),)))


def _trace_of_question(question: _Question) -> Trace:
    attack, names = question.attack, question.world.name
    target = f"forces of {names(question.attacked[0])} at" if attack.forces_of is not None else "territory:"
    met = ", ".join(names(actor) for actor in question.attacked) or "nobody: the territory is the attacker's own"
    by = names(question.by) if question.by is not None else "not said"
    return Trace(
        f"attack on {target} {question.ground.name}",
        f"{attack.on}, by {by}, {attack.means}",
        "",
        (
            Trace("place", question.ground.said),
            Trace("attacked", met),
        ),
    )


def _in_force(records: Sequence[Determined], on: Day) -> Determined | None:
    return next((record for record in records if record.in_force(on)), None)


def _invoked(one: TreatyFile, clause: Clause, question: _Question, parties: frozenset[str]) -> tuple[str, ...]:
    on = question.attack.on
    record: Invoked | None = next((r for r in clause.invoked_by if r.in_force(on)), None)
    if record is None or record.value == "nobody":
        return ()
    guarded = {actor for guard in clause.protects if guard.in_force(on) for actor in guard.actor}
    perhaps = {actor for unknown in one.perhaps if unknown.in_force(on) for actor in unknown.actors}
    bound = (parties | guarded | perhaps) & set(question.attacked)
    return tuple(sorted(parties if record.value == "any party" else bound))


def _determination(record: Determined, question: _Question) -> Trace:
    children: tuple[Trace, ...] = ()
    if record.body is not None:
        body = packaged_institutions().body(record.body)
        try:
            rule = body.rule(question.attack.on)
            children = (Trace(f"rule of {the(body.name)}", rule.words(), rule.reference),)
        except FoedusError as error:
            children = (Trace(body.name, str(error)),)
    return Trace("determined by", record.value, record.reference, children)


def _owed(
    treaty: str, clause: Clause, question: _Question, parties: frozenset[str]
) -> tuple[tuple[Obligation, ...], Trace]:
    """Return what each party owes to those attacked; the first record that fits counts."""
    found: list[Obligation] = []
    children: list[Trace] = []
    of_itself = guarded_place(clause, question.ground, question.attack.on) is not None
    attacked = set() if of_itself else parties & set(question.attacked)
    for debtor in sorted(parties - {question.by}):
        if attacked == {debtor}:
            continue  # the one that is attacked owes itself nothing
        name = question.world.name(debtor)
        towards = set(question.attacked)
        if (suspended := _suspended(question.world, treaty, debtor, towards, question.attack.on)) is not None:
            children.append(suspended)
            continue
        owed = _first_fit(clause.owed, debtor, question)
        if owed is None or owed.value is None:
            reference = owed.reference if owed is not None else ""
            children.append(Trace(name, "owes nothing to those attacked", reference))
            continue
        found.append(Obligation(debtor, owed.value, owed.reference, owed.kind or clause.kind))
        limit = limit_of(debtor, question.attack.on)
        children.append(Trace(name, owed.value, owed.reference, () if limit is None else (limit.why,)))
    if len({(c.value, c.reference, c.children) for c in children}) == 1 and len(children) > 2:
        names = ", ".join(child.rule for child in children)
        children = [Trace(names, children[0].value, children[0].reference)]
    return tuple(found), Trace("owed", f"by {len(found)} of {len(parties)} parties", "", tuple(children))


def _suspended(world: World, treaty: str, debtor: str, towards: set[str], on: Day) -> Trace | None:
    """Tell that a party's obligations to all those named are suspended on the day, if they are."""
    rows = [row for row in on_day(world.suspensions, on) if (row.treaty, row.actor) == (treaty, debtor)]
    if not rows or not towards or not towards <= {row.towards for row in rows}:
        return None
    names = ", ".join(world.name(row.towards) for row in rows)
    value = f"owes nothing: its obligations towards {names} are suspended since {rows[0].start}"
    return Trace(world.name(debtor), value, world.sources[rows[0].source].title)


def _first_fit(records: Iterable[Owed], debtor: str, question: _Question) -> Owed | None:
    for record in records:
        fits = (
            record.in_force(question.attack.on)
            and (record.by is None or debtor in record.by)
            and (record.to is None or set(question.attacked) <= set(record.to))
            and (record.attacker is None or question.by in record.attacker)
        )
        if fits:
            return record
    return None


def _consultation(one: TreatyFile, clause: Clause, judgement: Judgement, question: _Question) -> Consultation:
    if judgement.engaged == "no":
        return Consultation(clause.article, "no", (), ())
    on = question.attack.on
    record = next((r for r in clause.owed if r.in_force(on)), None)
    owed: tuple[Obligation, ...] = ()
    if record is not None and record.value is not None:
        owed = tuple(
            Obligation(actor, record.value, record.reference, "consultation")
            for actor in sorted(judgement.parties)
            if _suspended(question.world, one.treaty, actor, set(question.attacked), on) is None
        )
    return Consultation(clause.article, judgement.engaged, _invoked(one, clause, question, judgement.parties), owed)
