"""What a state's own law and declared policy let it do, by date."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.strict import Identifier, Strict, read_model
from foedus.base.traces import Trace
from foedus.institutions.law.answer import beyond_the_facts
from foedus.institutions.law.schema import Dated, Words
from foedus.world import World, packaged_world
from foedus.world.horizon import AS_OF

_LIMITS = Path(__file__).parent / "limits"

Permission = Literal["yes", "no", "under conditions"]


class LimitRecord(Dated):
    """Whether an act is open to the state from a day, under which conditions, and who decides."""

    value: Permission
    says: Words
    conditions: tuple[Words, ...] = ()
    decided_by: Words | None = None
    reference: Words


class LimitFile(Strict):
    """The limits of one state: for each act, records by date."""

    actor: Identifier
    rests_on: Words
    acts: dict[str, tuple[LimitRecord, ...]]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a state's own law says to an act on a day.

    Parameters
    ----------
    actor, act, on
        What was asked.
    permitted
        ``yes``, ``no`` or ``under conditions``.
    conditions
        The conditions, all of which must hold.
    decided_by
        Who decides that they hold.
    says
        Why, in a sentence.
    also_described
        The other acts that are described for the state.
    why
        The record in force, with those before it.
    stands_in
        Whether no act was named and this one stands in for `COLLECTIVE`, which is not described.
    """

    KEYS = "actor act on permitted conditions decided_by? says also_described notes known_up_to why"

    actor: str
    act: str
    on: Day
    permitted: Permission
    conditions: tuple[str, ...]
    decided_by: str
    says: str
    also_described: tuple[str, ...]
    why: Trace
    stands_in: bool = False

    @property
    def known_up_to(self) -> Day:
        """The day up to which the packaged facts were looked up."""
        return AS_OF

    @property
    def notes(self) -> tuple[str, ...]:
        """A warning where another act stands in for the one meant, and where the day lies beyond the packaged facts."""
        instead = f"no act was named, and {COLLECTIVE} is not described; {self.act} is the first that is"
        return ((instead,) if self.stands_in else ()) + beyond_the_facts(self.on)


COLLECTIVE = "collective-self-defence"
"""The act that a treaty's obligation calls for when somebody else is attacked."""


@functools.cache
def packaged_limits() -> dict[str, LimitFile]:
    """Return the limits that come with Foedus, by actor.

    Examples
    --------
    >>> "JPN" in packaged_limits()
    True
    """
    files = [read_model(path, LimitFile, f"institutions/limits/{path.name}") for path in sorted(_LIMITS.glob("*.yaml"))]
    return {file.actor: file for file in files}


def limits(actor: str, act: str | None, on: Day, *, world: World | None = None) -> Limit:
    """Return what a state's own law lets it do on a day.

    Parameters
    ----------
    actor
        The state, by id or name.
    act
        One of the acts that its file knows, such as ``collective-self-defence``; None for that one, or else for the
        first that is described.
    on
        The day.
    world
        The facts; by default the packaged ones.

    Raises
    ------
    FoedusError
        When the state or the act is not described, or no record was in force on the day.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> limits("Japan", "collective-self-defence", parse_day("2014-06-30")).permitted
    'no'
    >>> len(limits("Japan", "collective-self-defence", parse_day("2016-03-29")).conditions)
    3
    """
    world = world or packaged_world()
    state = world.find(actor, kind="state")
    known = packaged_limits()
    if state not in known:
        names = ", ".join(world.name(limit) for limit in known)
        raise FoedusError(f"no limits of {world.name(state)} are described; there are those of {names}")
    acts = known[state].acts
    stands_in = act is None and COLLECTIVE not in acts
    if act is None:
        act = COLLECTIVE if COLLECTIVE in acts else next(iter(acts))
    if act not in acts:
        raise FoedusError(f"no act {act!r} of {world.name(state)} is described; there are {', '.join(acts)}")
    return replace(_limit(known[state], act, on), stands_in=stands_in)


def limit_of(actor: str, on: Day) -> Limit | None:
    """Return what limits a state in collective self-defence on a day; ``None`` where nothing is described.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> limit_of("GBR", parse_day("2024-01-01")) is None
    True
    >>> limit_of("DEU", parse_day("1950-01-01")) is None
    True
    """
    known = packaged_limits().get(actor)
    if known is None or COLLECTIVE not in known.acts:
        return None
    if not any(record.in_force(on) for record in known.acts[COLLECTIVE]):
        return None
    return _limit(known, COLLECTIVE, on)


def _limit(known: LimitFile, act: str, on: Day) -> Limit:
    records = known.acts[act]
    record = next((dated for dated in records if dated.in_force(on)), None)
    if record is None:
        first = min(dated.start for dated in records if dated.start is not None)
        raise FoedusError(f"no rule on {act} is described for {on}: the first is of {first}")
    children = [Trace("because", record.says), *(Trace("condition", condition) for condition in record.conditions)]
    if record.decided_by is not None:
        children.append(Trace("decided by", record.decided_by))
    reference = record.reference if record.verified else f"{record.reference} (not read)"
    earlier = [dated for dated in records if dated.until is not None and dated.until <= on]
    children += [Trace(f"before {dated.until}", f"{dated.value}: {dated.says}", dated.reference) for dated in earlier]
    trace = Trace(f"{act} is permitted to {known.actor} on {on}", record.value, reference, tuple(children))
    rests = Trace("rests on", known.rests_on)
    why = Trace(trace.rule, trace.value, trace.reference, (rests, *trace.children))
    also = tuple(known_act for known_act in known.acts if known_act != act)
    return Limit(known.actor, act, on, record.value, record.conditions, record.decided_by or "", record.says, also, why)
