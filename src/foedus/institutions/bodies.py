"""Bodies: who sits in them and by what rule they decide, by date."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError
from foedus.institutions.near import near_by_name
from foedus.institutions.rules import Rule
from foedus.world import Membership, World


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule and the days on which it is in force; ``rule`` is None where it was abolished."""

    interval: Interval
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class DatedWeights:
    """Weights of members and the days on which they count.

    Parameters
    ----------
    interval
        The days.
    reference
        What lays them down.
    values
        The weight of each member; None where ``measures`` give them.
    measures
        Measures of the world's quantities whose values of the day are the weights: the first that is known for all
        members in that year, or else the last.
    """

    interval: Interval
    reference: str
    values: dict[str, int] | None = None
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedActors:
    """Actors that are named over some days, and what names them."""

    interval: Interval
    actors: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Seats:
    """Who sits somewhere, by reference to the memberships of the world.

    Parameters
    ----------
    memberships, status
        Organisations, of which the later took over from the earlier, and the standing in them.
    without
        An organisation and standings; who has one of them there has no seat here.
    apart
        Members of the organisations that have no seat all the same, by date: a body whose members are nearly those
        of the United Nations names those that are not.
    also
        Who has a seat without being a member of them, by date.
    """

    memberships: tuple[str, ...]
    status: str
    without: tuple[str, tuple[str, ...]] | None = None
    apart: tuple[DatedActors, ...] = ()
    also: tuple[DatedActors, ...] = ()

    def of(self, world: World, on: Day) -> tuple[Membership, ...]:
        """Return the memberships that give a seat on a day, by actor id.

        Raises
        ------
        FoedusError
            When none of the organisations existed on the day.
        """
        away = self._away(world, on)
        problem: FoedusError | None = None
        for organisation in reversed(self.memberships):
            try:
                members = world.members(organisation, on, self.status)
            except FoedusError as error:
                problem = problem or error
                continue
            if members:
                seated = (row for row in members if row.actor not in away)
                return tuple(sorted((*seated, *self._added(on)), key=lambda row: row.actor))
        if problem is not None:
            raise problem
        return ()

    def _added(self, on: Day) -> Iterator[Membership]:
        for named in self.also:
            if on in named.interval:
                start, end = named.interval.start or Day.min, named.interval.end
                for actor in named.actors:
                    yield Membership(
                        organisation=self.memberships[-1],
                        actor=actor,
                        status=self.status,
                        start=start,
                        end=end,
                        source="",
                        locator=named.reference,
                        verified=False,
                        note="",
                    )

    def leaving(self, world: World, on: Day) -> tuple[str, ...]:
        """Return who loses its seat by a decision of this very day, and so still has it in that day's votes."""
        return tuple(sorted(row.actor for row in self.standing_outside(world, on) if row.start == on))

    def returning(self, world: World, on: Day) -> tuple[str, ...]:
        """Return who is readmitted by a decision of this very day, and so has a seat from the next day on."""
        inside = {row.actor for row in self.standing_outside(world, on)}
        return tuple(sorted({row.actor for row in self._suspensions(world) if row.end == on} - inside))

    def _away(self, world: World, on: Day) -> set[str]:
        # Who is suspended or readmitted on a day sits in the vote of that day as it did when the vote was taken, or
        # nobody could ask about that vote.
        outside = {row.actor for row in self.standing_outside(world, on) if row.start != on}
        outside |= {*self.returning(world, on)}
        return outside.union(*(named.actors for named in self.apart if on in named.interval))

    def standing_outside(self, world: World, on: Day) -> Iterator[Membership]:
        """Yield the standings on a day by which a member has no seat, such as a suspension."""
        return (row for row in self._suspensions(world) if on in row.interval)

    def _suspensions(self, world: World) -> Iterator[Membership]:
        if self.without is not None:
            organisation, standings = self.without
            for row in world.memberships:
                if row.organisation == organisation and row.status in standings:
                    yield row


@dataclass(frozen=True, slots=True)
class Body:
    """A body that decides.

    Parameters
    ----------
    id, name, aliases
        How it is called; the name is today's.
    seated_by
        The membership that seats it, by reference to the world's tables.
    procedures
        Its rules by date, by the name of the procedure; the first is the usual one.
    weights
        Dated weights, by name.
    groups
        Members with a part of their own in a rule, by the name of the group.
    chambers
        Who sits in its chambers, by their names; a chamber of persons or parties lists them.
    sizes
        How many seats it has by law, by date, where that is fixed: a seat that nobody is known to hold is an error.
    former_names
        How it was called earlier, by date.
    notes
        What a reader must know beside the rule, by date, with its reference.
    of
        Id of the organisation for which it decides, where its members are told by those of another.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    seated_by: Seats
    procedures: dict[str, tuple[DatedRule, ...]]
    weights: dict[str, tuple[DatedWeights, ...]] = field(default_factory=dict)
    groups: dict[str, Seats] = field(default_factory=dict)
    chambers: dict[str, Seats | tuple[str, ...]] = field(default_factory=dict)
    sizes: tuple[tuple[Interval, int], ...] = ()
    former_names: tuple[tuple[Interval, str], ...] = ()
    notes: tuple[tuple[Interval, str], ...] = ()
    of: str | None = None

    def notes_on(self, on: Day) -> tuple[str, ...]:
        """Return what a reader must know beside the rule on a day.

        Examples
        --------
        >>> import datetime as dt
        >>> from foedus.institutions import packaged_institutions
        >>> packaged_institutions().body("csto-council").notes_on(dt.date(2025, 6, 1))[0][:32]
        'Armenia has frozen its participa'
        """
        return tuple(note for interval, note in self.notes if on in interval)

    def name_on(self, on: Day) -> str:
        """Return how the body was called on a day.

        Examples
        --------
        >>> import datetime as dt
        >>> from foedus.institutions import packaged_institutions
        >>> packaged_institutions().body("eu-council").name_on(dt.date(1963, 1, 29))
        'Council of the European Economic Community'
        """
        return next((name for interval, name in self.former_names if on in interval), self.name)

    @property
    def organisation(self) -> str:
        """Id of the organisation for which it decides; the latest where one took over from another."""
        return self.of or self.seated_by.memberships[-1]

    def procedure(self, name: str | None = None) -> str:
        """Return the name of a procedure; without one that of the usual.

        A part of a name will do, and so will an article or a percentage that one procedure alone rests on.

        Raises
        ------
        FoedusError
            When the body has no such procedure, or several.

        Examples
        --------
        >>> from foedus.institutions import packaged_institutions
        >>> packaged_institutions().body("european-council").procedure("article 7(2)")
        'breach-of-values'
        >>> packaged_institutions().body("imf-board").procedure("85%")
        'eighty-five-percent'
        """
        if name is None:
            return next(iter(self.procedures))
        if name in self.procedures:
            return name
        meant = self._procedures_meant(name)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise FoedusError(f"procedure {name!r} of the {self.name} may be {' or '.join(meant)}; give one name")
        raise FoedusError(f"the {self.name} has no procedure {name!r}; it has {', '.join(self.procedures)}")

    def _procedures_meant(self, name: str) -> list[str]:
        words = set(re.findall(r"[a-z]+", name.casefold()))
        if numbers := re.findall(r"\d+", name):
            part = "".join(rf"\s*\({number}\)" for number in numbers[1:])
            written = re.compile(rf"\b{numbers[0]}\s*%" if "%" in name else rf"Articles? {numbers[0]}{part}(?!\d)")
            return [
                procedure
                for procedure, rules in self.procedures.items()
                if any(dated.rule is not None and written.search(dated.rule.reference) for dated in rules)
            ]
        called = [procedure for procedure in self.procedures if words and words <= set(procedure.casefold().split("-"))]
        said = " ".join(re.findall(r"[a-z]+", name.casefold()))
        return called or [
            procedure
            for procedure, rules in self.procedures.items()
            if said and any(dated.rule is not None and said in dated.rule.reference.casefold() for dated in rules)
        ]

    def rule(self, on: Day, procedure: str | None = None) -> Rule:
        """Return the rule of a day.

        Raises
        ------
        FoedusError
            When the body has no such procedure, did not exist, or had no rule, on the day.
        """
        name = self.procedure(procedure)
        for dated in self.procedures[name]:
            if on in dated.interval and dated.rule is not None:
                return dated.rule
        first = min(d.interval.start for rules in self.procedures.values() for d in rules if d.interval.start)
        if on < first:
            raise FoedusError(
                f"the {self.name} did not exist on {on}, or its rule is not known: the first is of {first}"
            )
        ends = [d.interval.end for rules in self.procedures.values() for d in rules]
        last = max((end for end in ends if end is not None), default=None)
        if last is not None and None not in ends and last <= on:
            raise FoedusError(f"the {self.name} no longer existed on {on}: it ended by {last}")
        which = f" for {name}" if len(self.procedures) > 1 else ""
        others = [other for other in self.procedures if other != name and self._in_force(other, on)]
        hint = f"; in force are {', '.join(others)}" if others else ""
        raise FoedusError(f"no rule of the {self.name}{which} is in force on {on}{hint}")

    def _in_force(self, procedure: str, on: Day) -> bool:
        return any(on in dated.interval and dated.rule is not None for dated in self.procedures[procedure])

    def seats(self, world: World, on: Day) -> tuple[Membership, ...]:
        """Return the memberships that seat the body on a day, by actor id.

        Raises
        ------
        FoedusError
            When the body did not exist on the day, or the law gives it more seats than are known to be held.
        """
        if not any(self._in_force(name, on) for name in self.procedures):
            self.rule(on)
        seats = self.seated_by.of(world, on)
        size = next((number for days, number in self.sizes if on in days), None)
        if size is not None and len(seats) < size:
            told = "" if seats else self._known_up_to(world, on)
            raise FoedusError(f"of the {size} seats in the {self.name} on {on}, {len(seats)} are known here{told}")
        return seats

    def _known_up_to(self, world: World, on: Day) -> str:
        """Say up to which day terms are known, where that is past."""
        rows = (row for row in world.memberships if row.organisation in self.seated_by.memberships)
        last = max((row.end for row in rows if row.end is not None), default=None)
        return "" if last is None or on < last else f"; terms are known up to {last}: give an earlier day"


@dataclass(frozen=True, slots=True)
class Institutions:
    """All bodies, by id."""

    bodies: Mapping[str, Body]

    def body(self, name: str) -> Body:
        """Return a body by id or alias.

        Raises
        ------
        FoedusError
            When there is none; the message names those that are near, and what lists them all.

        Examples
        --------
        >>> from foedus.institutions import packaged_institutions
        >>> packaged_institutions().body("North Atlantic Council").id
        'nac'
        """
        wanted = name.strip().casefold()
        if wanted in self.bodies:
            return self.bodies[wanted]
        exact = [
            body.id
            for body in self.bodies.values()
            if wanted in {alias.casefold() for alias in (body.name, *body.aliases)}
        ]
        if len(exact) == 1:
            return self.bodies[exact[0]]
        wanted = wanted.replace("-", " ")
        called: dict[str, str] = {}
        for body in self.bodies.values():
            for alias in (body.id, body.name, *body.aliases):
                known = called.setdefault(alias.casefold().replace("-", " "), body.id)
                if known != body.id and wanted == alias.casefold().replace("-", " "):
                    raise FoedusError(
                        f"two bodies go by {name!r}: {self.bodies[known].name} ({known}) and {body.name} ({body.id}); "
                        f"name one by its id, such as --body {known}, or 'body: {known}' in dossier.yaml"
                    )
        for body in self.bodies.values():
            called.setdefault(body.organisation.replace("-", " "), body.id)
        if wanted in called:
            return self.bodies[called[wanted]]
        words = set(wanted.split())
        within = sorted({body_id for called_so, body_id in called.items() if words and words <= set(called_so.split())})
        if len(within) == 1:
            return self.bodies[within[0]]
        near = near_by_name(self.bodies, name)
        meant = " or ".join(f"{body.id!r} ({body.name})" for body in near)
        hint = f"did you mean {meant}?" if meant else "'foedus world bodies' lists all that are known"
        raise FoedusError(f"no body {name!r}; {hint}")

    def named(self, name: str) -> Body | None:
        """Return the body that goes by exactly this id, name or alias; None where none or several do.

        Case and hyphens make no difference; a part of a name, by which `body` finds one too, is not enough.

        Examples
        --------
        >>> from foedus.institutions import packaged_institutions
        >>> packaged_institutions().named("imf executive board").id, packaged_institutions().named("Fund board")
        ('imf-board', None)
        """
        wanted = name.strip().casefold()
        if wanted in self.bodies:
            return self.bodies[wanted]
        wanted = wanted.replace("-", " ")
        found = [
            body
            for body in self.bodies.values()
            if wanted in {called.casefold().replace("-", " ") for called in (body.id, body.name, *body.aliases)}
        ]
        return found[0] if len(found) == 1 else None

    def called(self, name: str, world: World) -> Body:
        """Return a body by id or alias, or by any name of the organisation that it decides for.

        Raises
        ------
        FoedusError
            When there is none, as by `body`.

        Examples
        --------
        >>> from foedus.institutions import packaged_institutions
        >>> from foedus.world import packaged_world
        >>> packaged_institutions().called("Association of Southeast Asian Nations", packaged_world()).id
        'asean-summit'
        """
        try:
            return self.body(name)
        except FoedusError:
            with contextlib.suppress(FoedusError):
                return self.body(world.find(name))
            raise
