"""Whom the parties of a treaty may invite to join, and who decides that."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.institutions.law.answer import beyond_the_facts
from foedus.institutions.law.conditions import Scene, value_of
from foedus.institutions.law.grounds import locate, require_existence
from foedus.institutions.law.judgement import of_geography, parties_on
from foedus.institutions.law.logic import Verdict
from foedus.institutions.law.schema import Reading
from foedus.institutions.law.treaties import Law, packaged_law
from foedus.world import World, packaged_world
from foedus.world.horizon import AS_OF


@dataclass(frozen=True, slots=True)
class Accession:
    """Whether a state may be invited to a treaty.

    Parameters
    ----------
    treaty, actor, on
        What was asked.
    open
        Whether the treaty lets the parties invite the state: ``yes``, ``no`` or ``contested``. A yes is no promise:
        those in ``decided_by`` still have to agree.
    decided_by
        Who decides, and how.
    consent_of
        The parties whose agreement is needed on the day.
    readings
        Both readings, where it is contested.
    notes
        What a reader must know beside, such as where the facts end.
    why
        The reasoning.
    """

    KEYS = "treaty actor on open decided_by? consent_of readings(value by says reference) notes known_up_to why"

    treaty: str
    actor: str
    on: Day
    open: Verdict
    decided_by: str
    consent_of: tuple[str, ...]
    readings: tuple[Reading, ...]
    notes: tuple[str, ...]
    why: Trace

    @property
    def known_up_to(self) -> Day:
        """The day up to which the packaged facts were looked up."""
        return AS_OF


def accession(treaty: str, actor: str, on: Day, *, world: World | None = None, law: Law | None = None) -> Accession:
    """Return whether the parties of a treaty may invite a state on a day.

    Parameters
    ----------
    treaty, actor
        The treaty and the state, by id or name.
    on
        The day.
    world, law
        The facts and the treaties; by default the packaged ones.

    Raises
    ------
    FoedusError
        When the treaty, the state or the treaty's rule on accession is unknown, the treaty is not in force, or
        the state is a party already or did not exist.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> accession("nato", "Japan", parse_day("2023-07-11")).open
    'no'
    >>> ukraine = accession("nato", "Ukraine", parse_day("2023-07-11"))
    >>> ukraine.open, len(ukraine.consent_of)
    ('yes', 31)
    """
    world, law = world or packaged_world(), law or packaged_law()
    file = law.treaty(treaty)
    state = world.find(actor, kind="state")
    if world.actors[state].kind != "state":
        raise FoedusError(f"{world.name(state)} is not a state; only a state can accede to a treaty")
    require_existence(world, state, on)
    record = world.treaties[file.treaty]
    if record.in_force is None or on not in Interval(record.in_force, record.end):
        raise FoedusError(f"{record.title} is not in force on {on}")
    parties = tuple(sorted(row.actor for row in parties_on(world, file.treaty, on)))
    if state in parties:
        raise FoedusError(f"{world.name(state)} is a party to {record.title} on {on} already")
    door = next((d for d in file.accession if d.in_force(on)), None)
    if door is None:
        raise FoedusError(f"no rule on accession to {record.title} is described for {on}")
    special = next((c for c in file.candidates if c.actor == state and c.in_force(on)), None)
    if special is not None:
        told = tuple(Trace(f"reading of {r.by}", f"{r.value}: {r.says}", r.reference) for r in special.readings)
        invited = Trace(special.says, special.value, special.reference, told)
        value, readings = special.value, special.readings
    else:
        scene = Scene(locate(world, state, on), state, frozenset(parties), on, world.name)
        invited = door.value.test(scene)
        value = value_of(invited)
        readings = of_geography(invited, door) if value == "contested" else ()
    decided = Trace("decided by", door.decided_by, door.reference, (Trace("parties on the day", str(len(parties))),))
    rule = f"{world.name(state)} may be invited to {record.title}"
    why = Trace(rule, value, door.reference, (Trace("the rule", door.says, door.reference), invited, decided))
    consent = parties if value != "no" else ()
    decides = door.decided_by if consent else ""
    return Accession(file.id, state, on, value, decides, consent, readings, beyond_the_facts(on), why)
