"""Where an attack falls: a place of the world's tables, or the metropolitan territory of a state."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.nearest import nearest
from foedus.base.tables import column, read_table
from foedus.world import Place, Sovereignty, World
from foedus.world.resolver import fold

_FIRST = Day(1945, 1, 1)
_METROPOLITAN = Path(__file__).parent / "metropolitan.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metropolitan:
    """What naming a state as a place means: its metropolitan territory."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    continents: str = column(cells.text(60), "continents on which it lies, separated by semicolons")
    latitude: float | None = column(cells.number(-90, 90), "degrees north of one point in it", blank=None)
    means: str = column(cells.text(200), "what the name stands for, where it needs saying", blank="")


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor that holds a ground, and how.

    Parameters
    ----------
    actor
        Its id.
    standing
        ``sovereign``, ``administering``, ``occupied`` or ``claimed``.
    source
        The title of the source that says so.
    """

    actor: str
    standing: str
    source: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A place as the law asks about it.

    Parameters
    ----------
    id, name
        The place's id and name, or a state's.
    kind
        The place's kind; ``metropolitan`` for the metropolitan territory of a state.
    chain
        The id and those of the places in which it lies, from the inside out.
    continents
        Where it lies; empty for a sea.
    latitude
        Degrees north of one point in it.
    ocean
        The sea around it, if it has one.
    insular
        Whether it is an island or made of islands.
    holders
        Who holds it on the day.
    said
        How the name was read.
    beside
        What else goes by the name and was not taken; empty where nothing does.
    """

    id: str
    name: str
    kind: str
    chain: tuple[str, ...]
    continents: tuple[str, ...]
    latitude: float | None
    ocean: str
    insular: bool
    holders: tuple[Holder, ...]
    said: str
    beside: str = ""

    def held_as(self, *standings: str) -> tuple[str, ...]:
        """Return the actors that hold it in one of the standings."""
        return tuple(dict.fromkeys(h.actor for h in self.holders if h.standing in standings))


@functools.cache
def metropolitan_territories() -> dict[str, Metropolitan]:
    """Return the metropolitan territory of each state, by its id.

    Examples
    --------
    >>> metropolitan_territories()["TUR"].continents
    'Asia;Europe'
    """
    rows = read_table(_METROPOLITAN, Metropolitan, name="institutions/law/metropolitan.csv")
    return {row.record.actor: row.record for row in rows}


def locate(world: World, name: str, on: Day) -> Ground:
    """Return the ground that a name stands for on a day.

    Parameters
    ----------
    world
        The facts.
    name
        The id, name or alias of a place, or of a state: a state stands for its metropolitan territory.
    on
        The day; it picks who holds the place.

    Raises
    ------
    FoedusError
        When nothing goes by the name, more than one state does, or the state did not exist on the day. A state goes
        before another place of its name.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> hawaii = locate(packaged_world(), "Hawaii", parse_day("2024-04-12"))
    >>> hawaii.held_as("sovereign"), hawaii.continents
    (('USA',), ('Oceania',))
    """
    if name in world.places:
        return _of_place(world, name, on)
    states = _states(world, name, on)
    if name in states:
        return _of_state(world, name, on)
    place, missing = None, ""
    try:
        place = world.place(name)
    except FoedusError as error:
        missing = str(error)
    called = [state for state, kind in states.items() if kind != "alias"] if place is not None else list(states)
    called = [state for state in called if _exists(world, state, on)] or ([] if place is not None else called)
    if len(called) > 1:
        raise FoedusError(f"{name!r} may be {' or '.join(called)}; give one of these ids")
    if called and place is not None:
        beside = f"{name} is read as the state; {place.id} is another place of that name"
        return replace(_of_state(world, called[0], on), beside=beside)
    if called:
        return replace(_of_state(world, called[0], on), beside=_beside_state(world, name, called[0], on))
    if place is None:
        place = _territory(world, name)
    if place is None and len(capital := _capital_of(world, name, on)) == 1:
        beside = f"{name}, the capital of {world.name(capital[0])}, is read as part of that state's territory"
        return replace(_of_state(world, capital[0], on), beside=beside)
    if place is None:
        raise FoedusError(_nowhere(world, name, missing))
    return _of_place(world, place.id, on)


def _nowhere(world: World, name: str, missing: str) -> str:
    """Return what to tell of a place that nobody knows: states that are spelt nearly so go before other places."""
    spelt = {fold(actor.name): actor.name for actor in world.actors.values() if actor.kind == "state"}
    states = [spelt[near] for near in nearest(fold(name), spelt)]
    return f"no place {name!r}; did you mean {' or '.join(states)}?" if states else missing


def _beside_state(world: World, name: str, state: str, on: Day) -> str:
    """Return what to tell where a name is read as a state and an organisation goes by it too, as by ``AU``."""
    try:
        resolution = world.resolve(name, on)
    except FoedusError:
        return ""
    others = [actor.name for actor in resolution.actors if actor.kind == "organisation"] if resolution.ambiguous else []
    return f"{name} is read as {world.name(state)}; it also stands for the {' or the '.join(others)}" if others else ""


def _exists(world: World, actor: str, on: Day) -> bool:
    record = world.actors[actor]
    return (record.start is None or record.start <= on) and (record.end is None or on < record.end)


_NAMES = ("id", "name", "former", "abbreviation", "alias")


def _states(world: World, name: str, on: Day) -> dict[str, str]:
    """Return the states that go by a name, each with the kind of name that it is.

    Those that existed on the day and went by it then; only where there are none, those that go by it today.
    """
    for day in (on, None):
        try:
            candidates = world.resolve(name, day).candidates
        except FoedusError:
            continue
        states = {c.actor: c.kind for c in candidates if c.kind in _NAMES and world.actors[c.actor].kind == "state"}
        if day is not None:
            states = {state: kind for state, kind in states.items() if _exists(world, state, day)}
        if states:
            return states
    return {}


def actor_called(world: World, name: str, on: Day) -> str:
    """Return the id of the actor that goes by a name on a day; where nobody did then, of whom it means today.

    Raises
    ------
    FoedusError
        When nobody or more than one goes by it, or the actor did not exist on the day.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> actor_called(packaged_world(), "Yugoslavia", Day(1980, 1, 1))
    'YUG'
    """
    try:
        actor = world.find(name, on)
    except FoedusError:
        actor = world.find(name)
    require_existence(world, actor, on)
    return actor


def _capital_of(world: World, name: str, on: Day) -> tuple[str, ...]:
    """Return the states whose capital goes by a name on a day."""
    try:
        candidates = world.resolve(name, on).candidates
    except FoedusError:
        return ()
    return tuple(c.actor for c in candidates if c.kind == "capital" and world.actors[c.actor].kind == "state")


def _territory(world: World, name: str) -> Place | None:
    """Return the place of a dependent territory that is kept among the actors, for one given by its code."""
    try:
        territory = world.resolve(name).actor
        return world.place(territory.name) if territory.kind == "territory" else None
    except FoedusError:
        return None


def _of_state(world: World, state: str, on: Day) -> Ground:
    require_existence(world, state, on)
    known = metropolitan_territories().get(state)
    if known is None:
        raise FoedusError(f"the metropolitan territory of {world.name(state)} is not described; name a place in it")
    means = known.means or f"the metropolitan territory of {world.name(state)}"
    continents = tuple(known.continents.split(";"))
    holder = Holder(state, "sovereign", "a state is sovereign over its metropolitan territory")
    return Ground(
        id=state,
        name=world.name(state),
        kind="metropolitan",
        chain=(state,),
        continents=continents,
        latitude=known.latitude,
        ocean="",
        insular=False,
        holders=(holder,),
        said=f"read as {means}",
    )


def _of_place(world: World, place_id: str, on: Day) -> Ground:
    chain: list[str] = [place_id]
    holders: tuple[Holder, ...] = ()
    while outer := world.places[chain[-1]].within:
        if outer in chain:
            raise FoedusError(f"places.csv: {place_id!r} lies within itself, by way of {outer!r}")
        chain.append(outer)
    for within in chain:
        rows = world.sovereigns_of(within, on)
        if rows:
            holders = tuple(Holder(row.actor, how, _told(world, row.source, row.locator)) for row, how in _heard(rows))
            break
    place = world.places[place_id]
    held = ", ".join(f"{world.name(h.actor)} ({h.standing})" for h in holders) or "nobody"
    return Ground(
        place.id,
        place.name,
        place.kind,
        tuple(chain),
        (place.continent,) if place.continent else (),
        place.latitude,
        place.ocean,
        place.insular,
        holders,
        f"{place.kind}; held by {held} on {on}",
    )


def _heard(rows: Sequence[Sovereignty]) -> list[tuple[Sovereignty, str]]:
    """Return who holds a place in what standing as the law hears it.

    Title does not end because somebody takes a place; but who holds it and who is sovereign then read differently what
    a treaty owes there, so that the law hears a claim where another occupies.
    """
    seized = any(row.standing == "occupied" for row in rows)
    return [(row, "claimed" if seized and row.standing == "sovereign" else row.standing) for row in rows]


def _told(world: World, source: str, locator: str) -> str:
    title = world.sources[source].title if source in world.sources else source
    return f"{title}, {locator}" if locator else title


def require_existence(world: World, actor: str, on: Day) -> None:
    """Refuse an actor that did not exist on a day.

    Raises
    ------
    FoedusError
        With the days between which the world knows the actor.
    """
    record = world.actor(actor)
    if record.start is not None and on < record.start:
        early = "; these tables tell of alliances since 1945" if on < _FIRST else ""
        raise FoedusError(f"{record.name} did not exist on {on}: its first day here is {record.start}{early}")
    if record.end is not None and on >= record.end:
        raise FoedusError(f"{record.name} did not exist on {on}: its last day here was before {record.end}")
