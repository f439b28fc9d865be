"""Whether one clause of a treaty applies to an attack, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.base.days import Day, Interval
from foedus.base.traces import Trace
from foedus.institutions.law.conditions import Anywhere, Condition, Held, Scene, value_of
from foedus.institutions.law.grounds import Ground, Holder, locate
from foedus.institutions.law.logic import Verdict, all_of
from foedus.institutions.law.schema import Area, Clause, Door, Means, Perhaps, Protected, Reading, Ruling
from foedus.world import TreatyParty, World
from foedus.world.days import on_day


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a clause is engaged, who the parties are, the readings of what is contested, and why."""

    engaged: Verdict
    parties: frozenset[str]
    readings: tuple[Reading, ...]
    trace: Trace


def judge(
    world: World,
    treaty: str,
    clause: Clause,
    ground: Ground,
    attacked: str,
    on: Day,
    *,
    by: str | None,
    means: Means,
    forces: bool,
    perhaps: Sequence[Perhaps] = (),
) -> Judgement:
    """Judge a clause for one actor attacked.

    Parameters
    ----------
    world, treaty
        The facts, and the treaty's id in them.
    clause
        The clause.
    ground, attacked, on, by, means, forces
        Where, whom, when, by whom and how; ``forces`` tells an attack on forces from one on territory.
    perhaps
        The states of which it is not known whether they are parties.

    Returns
    -------
    Judgement
        ``no`` as soon as the treaty is not in force or the attacked is neither a party nor protected.
    """
    parties = frozenset(row.actor for row in parties_on(world, treaty, on))
    bound, guarded = _bound(world, treaty, clause, ground, attacked, parties, on, perhaps)
    steps = [_in_force(world, treaty, on), bound]
    if steps[0].value == "yes" and bound.value == "no" and clause.opinion:
        scene = Scene(_on_the_eve(ground, attacked, on, world), attacked, parties, on, world.name)
        steps[1] = by_opinion(clause, scene, bound)
        engaged = value_of(steps[1])
        return Judgement(engaged, parties, (), Trace(f"{clause.article} is open to a party", engaged, "", tuple(steps)))
    readings: list[Reading] = [*_if_in_force(steps[0]), *guarded]
    if all(step.value != "no" for step in steps):
        for ruling in (_means_ruling(clause, means, on), _attacker_ruling(clause, by, attacked, parties, on)):
            if ruling is not None:
                steps.append(_of_ruling(*ruling, on))
                readings += ruling[1].readings
        if clause.kind == "defence" and by in parties and parties <= {by, attacked}:
            rule = f"a party is left to help: {world.name(by or '')} attacks, and the treaty has no third party"
            steps.append(Trace(rule, "no"))
        scene = Scene(_on_the_eve(ground, attacked, on, world), attacked, parties, on, world.name)
        place, at_place = _where(clause, scene, forces)
        steps.append(place)
        readings += at_place
    engaged = all_of(value_of(step) for step in steps)
    kept = tuple(dict.fromkeys(readings)) if engaged == "contested" else ()
    trace = Trace(f"{clause.article} applies, {world.name(attacked)} being attacked", engaged, "", tuple(steps))
    return Judgement(engaged, parties, kept, trace)


def _if_in_force(step: Trace) -> tuple[Reading, ...]:
    """Tell both answers where a treaty is signed and the day of its entry into force is not known."""
    if step.value != "contested":
        return ()
    if_so: tuple[tuple[Literal["yes", "no"], str, str], ...] = (
        ("yes", "whoever finds it in force", "the clause binds once the treaty is in force"),
        ("no", "whoever finds it not yet in force", "a treaty that is signed and not in force owes nobody assistance"),
    )
    law = "Vienna Convention on the Law of Treaties, Articles 18, 24 and 26"
    return tuple(Reading(value=value, by=by, says=says, reference=law) for value, by, says in if_so)


def _if_party(name: str, record: Perhaps) -> tuple[Reading, ...]:
    """Tell both answers where it was not found whether the attacked is a party."""
    asked: tuple[tuple[Literal["yes", "no"], str, str], ...] = (
        ("yes", f"whoever finds {name} a party", "the clause protects every party"),
        ("no", f"whoever finds {name} no party", "the clause owes nothing to a state that has not acceded"),
    )
    return tuple(Reading(value=value, by=by, says=says, reference=record.reference) for value, by, says in asked)


def _on_the_eve(ground: Ground, attacked: str, on: Day, world: World) -> Ground:
    """Return the ground as it was held before an attack that took it from the attacked on the same day."""
    if ground.kind == "metropolitan" or attacked in ground.held_as("sovereign", "administering", "occupied"):
        return ground
    eve = locate(world, ground.id, on - dt.timedelta(days=1))
    return eve if attacked in eve.held_as("sovereign", "administering") else ground


def parties_on(world: World, treaty: str, on: Day) -> tuple[TreatyParty, ...]:
    """Return who is bound by a treaty on a day; nobody where it is not in force."""
    return tuple(on_day((row for row in world.treaty_parties if row.treaty == treaty), on))


def _in_force(world: World, treaty: str, on: Day) -> Trace:
    record = world.treaties[treaty]
    source = world.sources[record.source].title if record.source in world.sources else record.source
    rule = f"{record.title} is in force on {on}"
    if record.in_force is None:
        signed = record.signed is not None and on >= record.signed
        told = f"not known; signed on {record.signed}" if record.signed is not None else "not known"
        return Trace(rule, "contested" if signed else "no", source, (Trace("entry into force", told),))
    value = "yes" if on in Interval(record.in_force, record.end) else "no"
    days = f"from {record.in_force}" + (f" until {record.end}" if record.end is not None else "")
    return Trace(rule, value, source, (Trace("in force", days),))


def by_opinion(clause: Clause, scene: Scene, bound: Trace) -> Trace:
    """Tell whether a party may ask because it thinks a party threatened, though none is attacked."""
    area = next((a for a in clause.opinion if a.in_force(scene.on)), None)
    rule = "a party may ask if it thinks a party threatened"
    if area is None or area.value is None:
        return Trace(rule, "no", "" if area is None else area.reference, (bound,))
    inside = area.value.test(scene)
    return Trace(rule, inside.value, area.reference, (bound, Trace("the clause", area.says), inside))


def guarded_place(clause: Clause, ground: Ground, on: Day) -> Protected | None:
    """Return the record by which a clause protects the ground itself, whoever holds it, or nothing."""
    return next((p for p in clause.protects if p.in_force(on) and set(p.place) & set(ground.chain)), None)


def _bound(
    world: World,
    treaty: str,
    clause: Clause,
    ground: Ground,
    attacked: str,
    parties: frozenset[str],
    on: Day,
    perhaps: Sequence[Perhaps],
) -> tuple[Trace, tuple[Reading, ...]]:
    name = world.name(attacked)
    if (place := guarded_place(clause, ground, on)) is not None:
        return _of_ruling(f"{ground.name} is protected", place, on), place.readings
    if attacked in parties:
        row = next(row for row in parties_on(world, treaty, on) if row.actor == attacked)
        source = world.sources[row.source].title if row.source in world.sources else row.source
        return Trace(f"{name} is a party", "yes", source, (Trace("party since", str(row.start)),)), ()
    guarded = next((p for p in clause.protects if attacked in p.actor and p.in_force(on)), None)
    if guarded is not None:
        return _of_ruling(f"{name} is a party or protected", guarded, on), guarded.readings
    unknown = next((p for p in perhaps if attacked in p.actors and p.in_force(on)), None)
    if unknown is not None:
        told_why = Trace("because", unknown.says)
        return Trace(f"{name} is a party", "contested", unknown.reference, (told_why,)), _if_party(name, unknown)
    rule = f"{name} is a party or protected" if clause.protects else f"{name} is a party"
    return Trace(rule, "no", "", (Trace("parties on the day", str(len(parties))),)), ()


_AKIN: dict[Means, tuple[Means, ...]] = {
    "nuclear": ("armed",),
    "hybrid": ("incursion",),
    "sabotage": ("hybrid", "incursion"),
    "space": ("cyber",),
}
"""Where a clause says nothing on an attack of one kind, the kinds whose answer is taken."""


def _means_ruling(clause: Clause, means: Means, on: Day) -> tuple[str, Ruling] | None:
    wanted: tuple[Means, ...] = (means, *_AKIN.get(means, ()))
    for kind in wanted:
        for ruling in clause.means:
            if kind in ruling.means and ruling.in_force(on):
                return f"an attack of this kind ({means}) triggers the clause", ruling
    return None


def _attacker_ruling(
    clause: Clause, by: str | None, attacked: str, parties: frozenset[str], on: Day
) -> tuple[str, Ruling] | None:
    if by is None:
        return None
    for ruling in clause.attackers:
        kind = "party" if by in parties else "outsider"
        fits = by in ruling.attacker if isinstance(ruling.attacker, tuple) else ruling.attacker == kind
        if fits and (ruling.on is None or attacked in ruling.on) and ruling.in_force(on):
            return f"an attack by this attacker ({by}) triggers the clause", ruling
    return None


def _of_ruling(rule: str, ruling: Ruling, on: Day) -> Trace:
    children = tuple(Trace(f"reading of {r.by}", f"{r.value}: {r.says}", told(r, on)) for r in ruling.readings)
    return Trace(rule, ruling.value, cited(ruling), (Trace("because", ruling.says), *children))


def told(reading: Reading, on: Day) -> str:
    """Return a reading's reference, and say so where it is younger than the day asked about."""
    later = f"; said on {reading.said}, after the day asked about" if reading.said and reading.said > on else ""
    return cited(reading) + later


def cited(record: Reading | Ruling) -> str:
    """Return a record's reference, and say so where it was not read."""
    return record.reference if record.verified else f"{record.reference} (not read)"


def _where(clause: Clause, scene: Scene, forces: bool) -> tuple[Trace, tuple[Reading, ...]]:
    target = "forces" if forces else "territory"
    for place in clause.places:
        if place.target in {target, "both"} and place.in_force(scene.on) and place.when.test(scene).value == "yes":
            return _of_ruling(
                f"{scene.ground.name} lies in the area of {clause.article}", place, scene.on
            ), place.readings
    areas: tuple[Area, ...] = clause.forces if forces else clause.territory
    rule = f"{scene.ground.name} lies in the area of {clause.article} for {target}"
    area = next((a for a in areas if a.in_force(scene.on)), None)
    if area is None or area.value is None:
        says = "the clause names no forces" if forces and not areas else "no such area on the day"
        return Trace(rule, "no", "" if area is None else area.reference, (Trace("because", says),)), ()
    inside = _own_ground(clause, area.value, scene, forces).test(scene)
    readings = of_geography(inside, area, scene) if inside.value == "contested" else ()
    return Trace(rule, inside.value, area.reference, (Trace("the area", area.says), inside)), readings


def _own_ground(clause: Clause, area: Condition, scene: Scene, forces: bool) -> Condition:
    """Return what the place is asked: a clause that names no area still asks that the attacked is attacked.

    Who holds a place in fact alone is attacked there only if it is its own, which is open where it claims the place. A
    party that may ask for consultation by its own opinion may do so for such a place too.
    """
    in_fact = {"sovereign", "administering"}.isdisjoint(h.standing for h in scene.ground.holders)
    asked = any(named_area.in_force(scene.on) for named_area in clause.opinion)
    if not isinstance(area, Anywhere) or forces or asked or not in_fact or not scene.ground.holders:
        return area
    return area if guarded_place(clause, scene.ground, scene.on) is not None else Held("attacked")


def of_geography(trace: Trace, area: Area | Door, scene: Scene | None = None) -> tuple[Reading, ...]:
    """Tell the two readings where the facts of the place are themselves contested.

    That a state lies on two continents is no dispute: which of them the attack meets was not said. Where states claim
    the place, they are named.
    """
    fact = _contested_leaf(trace)
    if scene is not None and (claims := _claims(scene)):
        return claims
    if any(step.rule == "continent" for step in fact.children):
        inside = fact.rule.partition(" lies in ")[2]
        asked: tuple[tuple[Literal["yes", "no"], str], ...] = (
            ("yes", f"if the attack meets the part in {inside}; name a place there"),
            ("no", f"if it meets another part; {fact.rule} in part only"),
        )
        by = "a reading by place"
        return tuple(Reading(value=value, by=by, says=says, reference=area.reference) for value, says in asked)
    return (
        Reading(value="yes", by="whoever takes the fact as given", says=fact.rule, reference=area.reference),
        Reading(
            value="no",
            by="whoever disputes the fact",
            says=f"it is disputed that {fact.rule}",
            reference=area.reference,
        ),
    )


def _claims(scene: Scene) -> tuple[Reading, ...]:
    """Tell who calls a place its own, where the attacked and somebody else do; nothing where it is not so."""
    ground, names = scene.ground, scene.names
    claims = [holder for holder in ground.holders if holder.standing == "claimed"]
    own = [holder for holder in claims if holder.actor == scene.attacked]
    others = [holder for holder in claims if holder.actor != scene.attacked]
    if not own or not others:
        return ()
    asked: tuple[tuple[Literal["yes", "no"], Holder], ...] = (("yes", own[0]), *(("no", holder) for holder in others))
    return tuple(
        Reading(
            value=value,
            by=names(holder.actor),
            says=f"{ground.name} is territory of {names(holder.actor)}",
            reference=holder.source,
        )
        for value, holder in asked
    )


def _contested_leaf(trace: Trace) -> Trace:
    below = next((child for child in trace.children if child.value == "contested"), None)
    return trace if below is None else _contested_leaf(below)
