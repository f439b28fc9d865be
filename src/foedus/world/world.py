"""The world as one object: packaged tables, with a dossier's own laid over them."""

from __future__ import annotations

import difflib
import typing
from dataclasses import dataclass, field
from typing import Any

from foedus.base.days import Day, RoughDay
from foedus.base.errors import FoedusError
from foedus.base.nearest import nearest
from foedus.world import horizon
from foedus.world.acts import Act, Answer, Exposure, Hostility, Search, Support
from foedus.world.days import as_day, on_day
from foedus.world.events import Amount, Attendance, Claim, Event, Quantity, TextFeature
from foedus.world.records import Actor, Check, Name, Office, Place, Source, Sovereignty
from foedus.world.resolver import Resolution, resolved
from foedus.world.ties import (
    Goal,
    Instrument,
    Mandate,
    Membership,
    Partnership,
    Presence,
    Suspension,
    Treaty,
    TreatyArticle,
    TreatyParty,
)

if typing.TYPE_CHECKING:
    import polars

BEFORE = {"eu": "ec", "african-union": "oau", "osce": "csce"}
"""The organisation that another took over from."""

MEMBERS = ("member", "permanent-member", "elected-member")
"""The standings that make an actor a member."""


@dataclass(frozen=True, slots=True)
class World:
    """Dated facts about actors and what binds them.

    Attributes
    ----------
    sources, actors, places, treaties, events, acts
        Records by id.
    names, offices, sovereigns, memberships, partnerships, instruments, goals, presences, treaty_parties, suspensions,
    mandates, treaty_articles, attendance, texts, quantities, amounts, claims, answers, searches, exposure, support,
    hostilities, checks
        Records in the order of their files, a dossier's own after the packaged ones.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> from foedus.base.days import parse_day
    >>> world = packaged_world()
    >>> len(world.members("nato", parse_day("2023-07-11")))
    31
    """

    sources: dict[str, Source]
    actors: dict[str, Actor]
    names: tuple[Name, ...]
    offices: tuple[Office, ...]
    places: dict[str, Place]
    sovereigns: tuple[Sovereignty, ...]
    memberships: tuple[Membership, ...]
    partnerships: tuple[Partnership, ...]
    instruments: tuple[Instrument, ...]
    goals: tuple[Goal, ...]
    presences: tuple[Presence, ...]
    treaties: dict[str, Treaty]
    treaty_parties: tuple[TreatyParty, ...]
    suspensions: tuple[Suspension, ...]
    mandates: tuple[Mandate, ...]
    treaty_articles: tuple[TreatyArticle, ...]
    events: dict[str, Event]
    attendance: tuple[Attendance, ...]
    texts: tuple[TextFeature, ...]
    quantities: tuple[Quantity, ...]
    amounts: tuple[Amount, ...]
    claims: tuple[Claim, ...]
    acts: dict[str, Act]
    answers: tuple[Answer, ...]
    searches: tuple[Search, ...]
    exposure: tuple[Exposure, ...]
    support: tuple[Support, ...]
    hostilities: tuple[Hostility, ...]
    checks: tuple[Check, ...]
    cache: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_organisation: dict[str, tuple[Membership, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[str, list[Membership]] = {}
        for membership in sorted(self.memberships, key=lambda row: row.actor):
            grouped.setdefault(membership.organisation, []).append(membership)
        object.__setattr__(self, "_by_organisation", {key: tuple(rows) for key, rows in grouped.items()})

    def actor(self, actor_id: str) -> Actor:
        """Return an actor by id.

        Raises
        ------
        FoedusError
            When there is none; the message names the nearest ids.
        """
        if actor_id not in self.actors:
            raise FoedusError(f"no actor {actor_id!r}{self.nearest_ids(actor_id)}")
        return self.actors[actor_id]

    def nearest_ids(self, name: str) -> str:
        """Return ``; did you mean ...?`` for an unknown id, or nothing."""
        spelt = {actor.id.casefold(): actor.id for actor in self.actors.values()}
        spelt |= {entry.name.casefold(): entry.actor for entry in self.names if entry.kind != "capital"}
        spelt |= {actor.name.casefold(): actor.id for actor in self.actors.values()}
        near = nearest(name.casefold(), spelt)
        ids = dict.fromkeys(spelt[match] for match in near)
        return f"; did you mean {' or '.join(ids)}?" if ids else ""

    def resolve(self, name: str, on: Day | None = None, *, last_known: bool = False) -> Resolution:
        """Return who goes by a name; see `foedus.resolve`."""
        return resolved(self, name, on, last_known=last_known)

    def find(self, name: str, on: Day | None = None, *, kind: str = "") -> str:
        """Return the id of the one actor that goes by an id or a name.

        Parameters
        ----------
        name, on
            As in `foedus.resolve`.
        kind
            The kind of actor that the question asks for, such as ``state``: where several go by the name and only one
            of them is of this kind, it is meant.

        Raises
        ------
        FoedusError
            When no actor or more than one goes by it.

        Examples
        --------
        >>> from foedus.world import packaged_world
        >>> packaged_world().find("NATO"), packaged_world().find("france")
        ('nato', 'FRA')
        >>> packaged_world().find("AU", kind="organisation"), packaged_world().find("AU", kind="state")
        ('african-union', 'AUS')
        """
        if name in self.actors:
            return name
        resolution = self.resolve(name, on)
        fitting = [actor.id for actor in resolution.actors if actor.kind == kind] if resolution.ambiguous else []
        return fitting[0] if len(fitting) == 1 else resolution.id

    def name(self, actor_id: str) -> str:
        """Return an actor's usual name, or the id itself where the world does not know it."""
        return self.actors[actor_id].name if actor_id in self.actors else actor_id

    def members(self, organisation: str, on: Day | str, status: str = "member") -> tuple[Membership, ...]:
        """Return who belongs to an organisation on a day, by actor id.

        Parameters
        ----------
        organisation
            Its id.
        on
            The day.
        status
            ``member`` takes in permanent and elected members; any other standing stands for itself.

        Raises
        ------
        FoedusError
            When the world has no memberships of that organisation at all, or it did not exist on the day.

        Examples
        --------
        >>> from foedus.world import packaged_world
        >>> from foedus.base.days import parse_day
        >>> [row.actor for row in packaged_world().members("quad", parse_day("2007-06-01"))]
        ['AUS', 'IND', 'JPN', 'USA']
        """
        on = on if type(on) is Day else as_day(on)
        rows = self._by_organisation.get(organisation, ())
        wanted = MEMBERS if status == "member" else (status,)
        present = tuple(
            row for row in rows if row.start <= on and (row.end is None or on < row.end) and row.status in wanted
        )
        if not present:
            self._require_life(organisation, on)
        return present

    def _require_life(self, organisation: str, on: Day) -> None:
        rows = self._by_organisation.get(organisation, ())
        if not rows:
            known = ", ".join(sorted(self._by_organisation))
            raise FoedusError(f"no memberships of {organisation!r} are known; known are {known}")
        first = min(row.start for row in rows)
        if on < first:
            before = BEFORE.get(organisation)
            there = [row for row in self._by_organisation.get(before or "", ()) if on in row.interval]
            told = f"; the {self.name(before or '')} ({before}) had {len(there)} then" if there else ""
            if isinstance(first, RoughDay):
                sure = first.strftime("%Y-%m-%d")
                name = self.name(organisation)
                raise FoedusError(f"{name}: who was a member on {on} is not known, only from {sure} on")
            raise FoedusError(f"{self.name(organisation)} had no members on {on}: its first day here is {first}{told}")
        life = self.actors[organisation].interval
        if life.end is not None and life.end <= on:
            raise FoedusError(f"{self.name(organisation)} no longer existed on {on}: it ended on {life.end}")

    def _in_life(self, organisation: str, on: Day) -> Day:
        """Return the day, if the organisation existed on it."""
        life = self.actor(organisation).interval
        if on not in life:
            raise FoedusError(f"{self.name(organisation)} did not exist on {on}: {life}")
        return on

    def memberships_of(self, actor: str, on: Day | str) -> tuple[Membership, ...]:
        """Return in what an actor has a standing on a day, by organisation."""
        rows = on_day((m for m in self.memberships if m.actor == actor), as_day(on))
        return tuple(sorted(rows, key=_by("organisation")))

    def partners(
        self,
        organisation: str,
        on: Day | str,
        format: str | None = None,  # noqa: A002 - the column's name
    ) -> tuple[Partnership, ...]:
        """Return an organisation's partners on a day, by format and actor; those of one format where it is given.

        Raises
        ------
        FoedusError
            When the organisation has no partners in the tables, none in that format, or the format is younger.

        Examples
        --------
        >>> from foedus.world import packaged_world
        >>> from foedus.base.days import parse_day
        >>> [p.actor for p in packaged_world().partners("nato", parse_day("2023-07-11"), "indo-pacific-four")]
        ['AUS', 'JPN', 'KOR', 'NZL']
        """
        on = as_day(on)
        rows = [row for row in self.partnerships if row.organisation == organisation]
        if not rows:
            known = ", ".join(sorted({row.organisation for row in self.partnerships}))
            raise FoedusError(f"no partners of {organisation!r} are known; known are those of {known}")
        if format is not None:
            formats = sorted({row.format for row in rows})
            if format not in formats:
                raise FoedusError(f"no partnership format {format!r}; known are {', '.join(formats)}")
            rows = [row for row in rows if row.format == format]
        starts = [row.start for row in rows if row.start is not None]
        if starts and on < min(starts):
            what = format or "partnership"
            raise FoedusError(f"no {what} with {self.name(organisation)} on {on}: the first here is of {min(starts)}")
        return tuple(sorted(on_day(rows, on), key=_by("format", "actor")))

    def presences_of(self, organisation: str, on: Day | str | None = None) -> tuple[Presence, ...]:
        """Return an organisation's offices abroad, and the missions to it, on a day or of all times, by host."""
        rows = [row for row in self.presences if organisation == row.organisation]
        presences = rows if on is None else on_day(rows, self._in_life(organisation, as_day(on)))
        return tuple(sorted(presences, key=_by("host", "place", "kind")))

    def treaty(self, name: str) -> Treaty:
        """Return a treaty by id, by its id without the year, or by title.

        Raises
        ------
        FoedusError
            When none or more than one is called so.

        Examples
        --------
        >>> from foedus.world import packaged_world
        >>> packaged_world().treaty("anzus").id
        'anzus-1951'
        """
        if not name.strip():
            raise FoedusError("the name of the treaty is blank")
        wanted = TREATY_NAMES.get(name.strip().casefold(), name.strip().casefold())
        if wanted in self.treaties:
            return self.treaties[wanted]
        treaties = [
            t for t in self.treaties.values() if wanted in {t.id.rsplit("-", 1)[0].casefold(), t.title.casefold()}
        ]
        if len(treaties) == 1:
            return treaties[0]
        if treaties:
            raise FoedusError(f"{name!r} may be {' or '.join(t.id for t in treaties)}; give the id")
        short = [t.rsplit("-", 1)[0] for t in self.treaties]
        near = difflib.get_close_matches(wanted, [*self.treaties, *short, *TREATY_NAMES], n=3, cutoff=0.5)
        near = list(dict.fromkeys(near))
        hint = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(self.treaties)}"
        raise FoedusError(f"no treaty {name!r}; {hint}")

    def parties(self, treaty: str, on: Day | str) -> tuple[TreatyParty, ...]:
        """Return who is bound by a treaty on a day, by actor id.

        Raises
        ------
        FoedusError
            When the treaty is unknown or not in force on the day.
        """
        bound_by, on = self.treaty(treaty), as_day(on)
        if bound_by.in_force is not None and on < bound_by.in_force:
            raise FoedusError(f"{bound_by.id} was not in force on {on}: it entered into force on {bound_by.in_force}")
        if bound_by.end is not None and bound_by.end <= on:
            raise FoedusError(f"{bound_by.id} was no longer in force on {on}: it ended on {bound_by.end}")
        return tuple(sorted(on_day((p for p in self.treaty_parties if p.treaty == bound_by.id), on), key=_by("actor")))

    def treaties_of(self, actor: str, on: Day | str) -> tuple[TreatyParty, ...]:
        """Return by which treaties an actor is bound on a day, by treaty id."""
        return tuple(
            sorted(on_day((p for p in self.treaty_parties if p.actor == actor), as_day(on)), key=_by("treaty"))
        )

    def offices_of(self, actor: str, on: Day | str, *, last_known: bool = False) -> tuple[Office, ...]:
        """Return who is known to hold which office of an actor on a day.

        Parameters
        ----------
        actor, on
            The id, and the day.
        last_known
            Whether the last holders that are known count on after the last revision of the tables, until their terms
            run out. Without it nobody is known to hold an office then.

        Examples
        --------
        >>> from foedus.world import packaged_world
        >>> [office.person for office in packaged_world().offices_of("USA", "2030-06-01")]
        []
        """
        day = as_day(on)
        rows = on_day((o for o in self.offices if o.actor == actor), day)
        return tuple(o for o in rows if horizon.held(o, day) or (last_known and horizon.may_hold(o, day)))

    def place(self, name: str) -> Place:
        """Return a place by id, name or other name, whatever the case of its letters.

        Raises
        ------
        FoedusError
            When none or more than one is called so; the message names the candidates or the nearest.
        """
        wanted = name.strip().casefold()
        if not wanted:
            raise FoedusError("the name of the place is blank")
        if (spelt_id := wanted if wanted in self.places else wanted.replace(" ", "-")) in self.places:
            return self.places[spelt_id]
        called = {place.id: {place.name.casefold(), *_split(place.aliases)} for place in self.places.values()}
        ids = [place_id for place_id, names in called.items() if wanted in names]
        if len(ids) == 1:
            return self.places[ids[0]]
        outer = [
            place_id
            for place_id in ids
            if all(other == place_id or self._lies_within(other, place_id) for other in ids)
        ]
        if len(outer) == 1:
            return self.places[outer[0]]  # a city and the state around it may bear one name, as New York does
        if ids:
            raise FoedusError(f"{name!r} may be {' or '.join(ids)}; give the id")
        spelt = {spelling: place_id for place_id, names in called.items() for spelling in (place_id, *names)}
        parts = [spelling for spelling in spelt if wanted in spelling.replace("-", " ").split()]
        near = dict.fromkeys(spelt[match] for match in [*parts[:3], *nearest(wanted, spelt)])
        unknown = "'foedus world places' lists those that are known; for another, name the state in which it lies"
        listed = f"did you mean {' or '.join(near)}?" if near else unknown
        raise FoedusError(f"no place {name!r}; {listed}")

    def _lies_within(self, place: str, outer: str) -> bool:
        within = self.places[place].within
        return within == outer or (bool(within) and self._lies_within(within, outer))

    def sovereigns_of(self, place: str, on: Day | str) -> tuple[Sovereignty, ...]:
        """Return who holds, administers, occupies or claims a place on a day; the sovereign first, by actor.

        Rows whose first day is not known count as old.

        Raises
        ------
        FoedusError
            When there is no place with that id.
        """
        if place not in self.places:
            raise FoedusError(f"no place with the id {place!r}")
        day = as_day(on)
        order = ("sovereign", "administering", "occupied", "claimed")
        rows = [row for row in self.sovereigns if row.place == place and day in row.interval]
        return tuple(sorted(rows, key=lambda row: (order.index(row.standing), row.actor)))

    def events_between(self, start: Day | None, end: Day | None) -> tuple[Event, ...]:
        """Return what happened from a day up to and including another, by day."""
        rows = [
            event
            for event in self.events.values()
            if (end is None or event.start <= end) and (start is None or event.end > start)
        ]
        return tuple(sorted(rows, key=lambda event: (event.start, event.id)))

    def latest_quantity(self, actor: str, measure: str, known_by: Day) -> Quantity | None:
        """Return the amount for the latest period that was published by a day, if any was."""
        rows = [q for q in self.quantities if q.actor == actor and q.measure == measure and q.known <= known_by]
        return max(rows, key=lambda q: (q.end, q.known), default=None)

    def frame(self, table: str, on: Day | str | None = None) -> polars.DataFrame:
        """Return a table as a Polars frame with the columns of its file.

        Parameters
        ----------
        table
            The name of a table, such as ``memberships``.
        on
            Only the rows that hold on this day; the table must have days.

        Raises
        ------
        FoedusError
            When there is no such table, or it has no days and one was given.

        Examples
        --------
        >>> from foedus.world import packaged_world
        >>> packaged_world().frame("treaties").columns[:3]
        ['id', 'title', 'signed']
        """
        from foedus.world.frames import frame  # noqa: PLC0415 - Polars is loaded when it is asked for

        return frame(self, table, None if on is None else as_day(on))


TREATY_NAMES = {
    "nato": "nat-1949",
    "north atlantic treaty": "nat-1949",
    "washington treaty": "nat-1949",
    "us-japan": "us-jpn-1960",
    "us-korea": "us-kor-1953",
    "us-philippines": "us-phl-1951",
    "china-north korea": "chn-prk-1961",
    "russia-north korea": "rus-prk-2024",
    "eu": "teu-lisbon",
    "teu": "teu-lisbon",
    "csto": "cst-1992",
    "rio": "rio-1947",
}
"""Everyday names of treaties."""


def _by(*fields: str) -> Any:
    return lambda row: tuple(getattr(row, name) for name in fields)


def _split(aliases: str) -> set[str]:
    return {alias.strip().casefold() for alias in aliases.split(";") if alias.strip()}
