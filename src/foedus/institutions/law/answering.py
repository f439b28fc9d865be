"""What one treaty says to an attack: whose case it is, which clause, who owes what, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.base.wording import the
from foedus.institutions.law.answer import (
    Attack,
    Consultation,
    Obligation,
    TreatyAnswer,
    beyond_the_facts,
)
from foedus.institutions.law.conditions import Scene, value_of
from foedus.institutions.law.grounds import Ground, actor_called, locate
from foedus.institutions.law.judgement import Judgement, by_opinion, guarded_place, judge, parties_on
from foedus.institutions.law.logic import any_of
from foedus.institutions.law.schema import Clause, Determined, Invoked, Owed, TreatyFile
from foedus.institutions.limits import limit_of
from foedus.institutions.packaged import packaged_institutions
from foedus.world import World
from foedus.world.days import on_day


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each treaty.

    Attributes
    ----------
    attack, ground
        The attack, and the place where it happens.
    by
        Id of who attacks; None where nobody is named.
    attacked, hosts
        Whom the attack meets, and whose land they stand on.
    world
        The facts.
    """

    attack: Attack
    ground: Ground
    by: str | None
    attacked: tuple[str, ...]
    hosts: tuple[str, ...]
    world: World

    def meeting(self, attacked: tuple[str, ...], *, territory: bool) -> Question:
        """Return the question for somebody else whom the attack meets; on territory, it is not on forces alone."""
        attack = replace(self.attack, forces_of=None) if territory else self.attack
        return replace(self, attack=attack, attacked=attacked, hosts=())


def hosts_of(attack: Attack, ground: Ground, by: str | None, attacked: tuple[str, ...]) -> tuple[str, ...]:
    """Return who else is attacked when forces are: whose land they stand on, unless it attacks them itself."""
    if attack.forces_of is None or ground.kind in {"sea", "space"}:
        return ()
    held = ground.held_as("sovereign", "administering")
    return () if by in held else tuple(actor for actor in held if actor not in attacked)


def attacked_by(world: World, attack: Attack, ground: Ground, by: str | None) -> tuple[str, ...]:
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


def touches(question: Question, treaty_file: TreatyFile) -> bool:
    """Return whether a treaty is in force and binds or protects anybody, or a place, that the attack meets."""
    on = question.attack.on
    bound = {row.actor for row in parties_on(question.world, treaty_file.treaty, on)}
    bound |= {actor for clause in treaty_file.clauses for p in clause.protects if p.in_force(on) for actor in p.actor}
    bound |= {actor for record in treaty_file.perhaps if record.in_force(on) for actor in record.actors}
    of_places = any(p.place for clause in treaty_file.clauses for p in clause.protects)
    guards = any(guarded_place(clause, question.ground, on) is not None for clause in treaty_file.clauses)
    record = question.world.treaties[treaty_file.treaty]
    first = record.in_force or record.signed
    met = guards if of_places else bool(bound & {*question.attacked, *question.hosts})
    return first is not None and on in Interval(first, record.end) and met


def answered(question: Question, treaty_file: TreatyFile) -> TreatyAnswer:
    """Return what a treaty says to an attack: whether its first clause is engaged, who owes what, and why."""
    world, on = question.world, question.attack.on
    record = world.treaties[treaty_file.treaty]
    asked = _trace_of_question(question)
    judged = [_best(question, treaty_file, clause) for clause in treaty_file.clauses]
    judgements = [judgement for _, judgement in judged]
    binding = treaty_file.binding.value if treaty_file.binding is not None else "yes"
    if not judgements:
        says = next((r for r in treaty_file.without_duty if r.in_force(on)), treaty_file.without_duty[0])
        why = Trace(record.title, "no", says.reference, (asked, Trace("duty to act", says.says, says.reference)))
        notes = _notes(treaty_file, question, ())
        nothing = ((), "", (), (), (), ())
        return TreatyAnswer(
            treaty_file.id, record.title, "", on, question.attacked, "no", *nothing, "none", binding, notes, why
        )
    clause, first = treaty_file.clauses[0], judgements[0]
    question = judged[0][0]
    open_ = first.engaged != "no"
    invoked = _invoked(treaty_file, clause, question, first.parties) if open_ else ()
    determined = _in_force(clause.determined_by, on)
    owed, owed_trace = _owed(treaty_file.treaty, clause, question, first.parties) if open_ else ((), None)
    said = [asked, first.trace]
    if open_ and determined is not None:
        said.append(_determination(determined, question))
    said += [owed_trace] if owed_trace is not None else []
    consultation = tuple(
        _consultation(treaty_file, c, j, asked_of)
        for c, (asked_of, j) in zip(treaty_file.clauses, judged, strict=True)
        if c.kind == "consultation"
    )
    said += [j.trace for j in judgements[1:]]
    return TreatyAnswer(
        treaty=treaty_file.id,
        title=record.title,
        article=clause.article,
        on=on,
        attacked=question.attacked,
        engaged=first.engaged,
        invoked_by=invoked,
        determined_by=determined.value if determined is not None and open_ else "",
        owed_by=owed,
        perhaps_owed_by=_perhaps(treaty_file, owed, question) if open_ else (),
        readings=first.readings,
        consultation=consultation,
        kind=clause.kind,
        binding=binding,
        notes=_notes(treaty_file, question, tuple(duty.actor for duty in owed)),
        why=Trace(f"{record.title}, {clause.article}", first.engaged, "", tuple(said)),
    )


def _perhaps(treaty_file: TreatyFile, owed: tuple[Obligation, ...], question: Question) -> tuple[str, ...]:
    """Return the states that would owe the same if they are parties, which is not known."""
    named = {actor for record in treaty_file.perhaps if record.in_force(question.attack.on) for actor in record.actors}
    return tuple(sorted(named - {debt.actor for debt in owed} - {*question.attacked, question.by or ""}))


def _notes(treaty_file: TreatyFile, question: Question, owing: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a reader must know beside the clauses, and where the facts end."""
    on, notes = question.attack.on, []
    if treaty_file.binding is not None and treaty_file.binding.value != "yes":
        word = "not binding in law" if treaty_file.binding.value == "no" else "whether it binds in law is contested"
        notes.append(f"{word}: {treaty_file.binding.says} [{treaty_file.binding.reference}]")
    meant = {*question.attacked, *question.hosts, *owing}
    notes += [
        f"{remark.says} [{remark.reference}]"
        for remark in treaty_file.remarks
        if remark.in_force(on) and (remark.about is None or meant & set(remark.about))
    ]
    notes += [f"{record.says} [{record.reference}]" for record in treaty_file.perhaps if record.in_force(on)]
    notes += _suspensions_told(treaty_file, question)
    notes += [question.ground.beside] if question.ground.beside else []
    return (*dict.fromkeys(notes), *beyond_the_facts(on))


def _suspensions_told(treaty_file: TreatyFile, question: Question) -> list[str]:
    """Return a sentence for each duty between those attacked and another party that is suspended on the day."""
    world, on = question.world, question.attack.on
    met = {*question.attacked, *question.hosts}
    rows = [row for row in on_day(world.suspensions, on) if row.treaty == treaty_file.treaty and row.towards in met]
    return [
        f"{row.actor} owes {row.towards} nothing: suspended since {row.start} [{world.sources[row.source].title}]"
        for row in rows
    ]


def _best(question: Question, treaty_file: TreatyFile, clause: Clause) -> tuple[Question, Judgement]:
    """Judge a clause for whoever is attacked; on land for whoever's land it is too, where that says more.

    An attack on forces that stand in another country is an attack on that country's territory as well.
    """
    first = _judged(question, treaty_file, clause)
    order = {"yes": 0, "contested": 1, "no": 2}
    by_opinion = bool(clause.opinion) and not set(question.attacked) & first.parties
    for host in question.hosts:
        if first.engaged == "yes" and not by_opinion:
            break
        asked = question.meeting((host,), territory=True)
        other = _judged(asked, treaty_file, clause)
        if order[other.engaged] < order[first.engaged] or (by_opinion and host in other.parties):
            land = question.world.name(host)
            says = f"an attack on forces in {question.ground.name} is one on the territory of {land}"
            reference = "UN General Assembly resolution 3314 (XXIX), Definition of Aggression, Article 3(a) and (b)"
            trace = Trace(clause.article, other.engaged, "", (Trace("attacked too", says, reference), other.trace))
            return asked, Judgement(other.engaged, other.parties, other.readings, trace)
    return question, first


def _judged(question: Question, treaty_file: TreatyFile, clause: Clause) -> Judgement:
    """Judge a clause for everybody attacked; it is engaged if it is for one of them."""
    if not question.attacked:
        return _of_nobody(question, treaty_file, clause)
    judgements = [
        judge(
            question.world,
            treaty_file.treaty,
            clause,
            question.ground,
            attacked,
            question.attack.on,
            by=question.by,
            means=question.attack.means,
            forces=question.attack.forces_of is not None,
            perhaps=treaty_file.perhaps,
        )
        for attacked in question.attacked
    ]
    if len(judgements) == 1:
        return judgements[0]
    engaged = any_of(judgement.engaged for judgement in judgements)
    readings = tuple(dict.fromkeys(reading for judgement in judgements for reading in judgement.readings))
    trace = Trace(
        f"{clause.article} for any of those attacked", engaged, "", tuple(judgement.trace for judgement in judgements)
    )
    return Judgement(engaged, judgements[0].parties, readings, trace)


def _of_nobody(question: Question, treaty_file: TreatyFile, clause: Clause) -> Judgement:
    """Judge a clause where force is used on the user's own territory: no party is attacked."""
    world, on = question.world, question.attack.on
    parties = frozenset(row.actor for row in parties_on(world, treaty_file.treaty, on))
    by = world.name(question.by or "")
    rule = f"a party is attacked: {question.ground.name} is territory of {by} itself"
    if clause.opinion and parties:
        scene = Scene(question.ground, "", parties, on, world.name)
        step = by_opinion(clause, scene, Trace(rule, "no"))
        engaged = value_of(step)
        return Judgement(engaged, parties, (), Trace(f"{clause.article} is open to a party", engaged, "", (step,)))
    return Judgement("no", parties, (), Trace(f"{clause.article} applies", "no", "", (Trace(rule, "no"),)))


def _trace_of_question(question: Question) -> Trace:
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


def _invoked(treaty_file: TreatyFile, clause: Clause, question: Question, parties: frozenset[str]) -> tuple[str, ...]:
    on = question.attack.on
    record: Invoked | None = next((r for r in clause.invoked_by if r.in_force(on)), None)
    if record is None or record.value == "nobody":
        return ()
    guarded = {actor for guard in clause.protects if guard.in_force(on) for actor in guard.actor}
    perhaps = {actor for unknown in treaty_file.perhaps if unknown.in_force(on) for actor in unknown.actors}
    bound = (parties | guarded | perhaps) & set(question.attacked)
    return tuple(sorted(parties if record.value == "any party" else bound))


def _determination(record: Determined, question: Question) -> Trace:
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
    treaty: str, clause: Clause, question: Question, parties: frozenset[str]
) -> tuple[tuple[Obligation, ...], Trace]:
    """Return what each party owes to those attacked; the first record that fits counts."""
    duties: list[Obligation] = []
    children: list[Trace] = []
    of_itself = guarded_place(clause, question.ground, question.attack.on) is not None
    attacked = set() if of_itself else parties & set(question.attacked)
    for debtor in sorted(parties - {question.by}):
        if attacked == {debtor}:
            continue  # the one that is attacked owes itself nothing
        name = question.world.name(debtor)
        towards = set(question.attacked)
        if (suspended := suspension_of(question.world, treaty, debtor, towards, question.attack.on)) is not None:
            children.append(suspended)
            continue
        owed = _first_fit(clause.owed, debtor, question)
        if owed is None or owed.value is None:
            reference = owed.reference if owed is not None else ""
            children.append(Trace(name, "owes nothing to those attacked", reference))
            continue
        duties.append(Obligation(debtor, owed.value, owed.reference, owed.kind or clause.kind))
        limit = limit_of(debtor, question.attack.on)
        children.append(Trace(name, owed.value, owed.reference, () if limit is None else (limit.why,)))
    if len({(c.value, c.reference, c.children) for c in children}) == 1 and len(children) > 2:
        names = ", ".join(child.rule for child in children)
        children = [Trace(names, children[0].value, children[0].reference)]
    return tuple(duties), Trace("owed", f"by {len(duties)} of {len(parties)} parties", "", tuple(children))


def suspension_of(world: World, treaty: str, debtor: str, towards: set[str], on: Day) -> Trace | None:
    """Tell that a party's obligations to all those named are suspended on the day, if they are."""
    rows = [row for row in on_day(world.suspensions, on) if (row.treaty, row.actor) == (treaty, debtor)]
    if not rows or not towards or not towards <= {row.towards for row in rows}:
        return None
    names = ", ".join(world.name(row.towards) for row in rows)
    value = f"owes nothing: its obligations towards {names} are suspended since {rows[0].start}"
    return Trace(world.name(debtor), value, world.sources[rows[0].source].title)


def _first_fit(records: Iterable[Owed], debtor: str, question: Question) -> Owed | None:
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


def _consultation(treaty_file: TreatyFile, clause: Clause, judgement: Judgement, question: Question) -> Consultation:
    if judgement.engaged == "no":
        return Consultation(clause.article, "no", (), ())
    on = question.attack.on
    record = next((r for r in clause.owed if r.in_force(on)), None)
    owed: tuple[Obligation, ...] = ()
    if record is not None and record.value is not None:
        owed = tuple(
            Obligation(actor, record.value, record.reference, "consultation")
            for actor in sorted(judgement.parties)
            if suspension_of(question.world, treaty_file.treaty, actor, set(question.attacked), on) is None
        )
    return Consultation(
        clause.article, judgement.engaged, _invoked(treaty_file, clause, question, judgement.parties), owed
    )
