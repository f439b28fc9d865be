"""A body as it sits on a day: its rule, its members, their weights; and what it can decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.base.wording import and_, the
from foedus.institutions.bodies import Body, Seats
from foedus.institutions.power import Game
from foedus.institutions.rules import (
    AllOf,
    Ballot,
    ConsentOf,
    Rule,
    can_block,
    every_part,
    game_of,
    names_in,
    weighed,
)
from foedus.world import Membership, Quantity, World
from foedus.world.horizon import beyond

STAND_IN = "these are not the body's own figures"
"""What a note says where others' figures stand in for a body's own."""


@dataclass(frozen=True, slots=True)
class Seating:
    """A body as it sits on a day under one of its procedures.

    Parameters
    ----------
    body, on, procedure, rule
        What decides, when, and how.
    seats
        The memberships that give a seat, by actor id.
    weights
        By the name of the weights, the weight of each member.
    groups, chambers
        By name, who is in them.
    notes
        What a reader must know of the weights, such as the year of the figures.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.institutions import packaged_institutions
    >>> from foedus.world import packaged_world
    >>> unsc = seat(packaged_institutions().body("unsc"), packaged_world(), parse_day("2023-07-11"))
    >>> sorted(unsc.can_block_alone())
    ['CHN', 'FRA', 'GBR', 'RUS', 'USA']
    """

    body: Body
    on: Day
    procedure: str
    rule: Rule
    seats: tuple[Membership, ...]
    weights: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, frozenset[str]]
    chambers: Mapping[str, frozenset[str]]
    notes: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of those with a seat, in order."""
        return tuple(row.actor for row in self.seats)

    @property
    def voters(self) -> frozenset[str]:
        """Ids of those with a vote: in the body, or in a chamber that its rule asks."""
        return frozenset(self.members).union(*self.chambers.values())

    def named(self, names: Iterable[str], world: World) -> list[str]:
        """Return the ids of those who take part, or of actors of the world, that go by some names on the day.

        Raises
        ------
        FoedusError
            When a name is blank, or nobody or more than one actor goes by it.
        """
        known = self.voters | self.rule.outsiders()
        ids = []
        for name in names:
            if not name.strip():
                raise FoedusError("a blank name; separate ids by single commas, such as FRA,USA")
            ids.append(name if name in known else self._seated(self._meant(name, known, world), known, world))
        return ids

    def _meant(self, name: str, known: Collection[str], world: World) -> str:
        """Return who goes by a name; where several do and only one of them has a part here, that one."""
        meant = world.resolve(name, self.on)
        here = [actor.id for actor in meant.actors if actor.id in known] if meant.ambiguous else []
        return here[0] if len(here) == 1 else meant.id

    def _seated(self, actor: str, known: Collection[str], world: World) -> str:
        """Return an actor, or in its place who has its name and its seat since it ended, such as SCG after YUG."""
        end = world.actor(actor).end
        if actor in known or end is None or end > self.on:
            return actor
        try:
            later = world.find(world.actor(actor).name, self.on)
        except FoedusError:
            return actor
        return later if later in known else actor

    def consenting(self, refusing: Collection[str]) -> frozenset[str]:
        """Return the outsiders that consent, all but those that refuse.

        Raises
        ------
        FoedusError
            When the rule does not ask for the consent of one that refuses.
        """
        outsiders = self.rule.outsiders()
        strangers = sorted(set(refusing) - outsiders)
        if strangers:
            asked = ", ".join(sorted(outsiders)) or "no outsider"
            raise FoedusError(
                f"{', '.join(strangers)}: cannot refuse; {the(self.body.name)} on {self.on} needs the consent of "
                f"{asked}"
            )
        return outsiders - set(refusing)

    def ballot(
        self,
        against: Collection[str] = (),
        abstaining: Collection[str] = (),
        declaring: Collection[str] = (),
        concerned: Collection[str] = (),
        consenting: Collection[str] | None = None,
    ) -> Ballot:
        """Return how the members vote; who is named nowhere votes in favour, and outsiders consent by default.

        Raises
        ------
        FoedusError
            When somebody is named who has no part in the decision, or stands on two sides; when members declare or
            are concerned and the rule does not ask for either.
        """
        voters, outsiders = self.voters, self.rule.outsiders()
        self._require_asked(declaring, concerned)
        named = {"against": against, "abstaining": abstaining, "declaring": declaring, "concerned": concerned}
        for what, actors in named.items():
            self._require(actors, voters, what)
        both = sorted(set(against) & {*abstaining, *declaring})
        if both:
            raise FoedusError(f"{', '.join(both)} cannot vote against and abstain at once")
        if consenting is not None:
            self._require(consenting, outsiders, "consenting")
        return Ballot(
            seats=frozenset(self.members),
            against=frozenset(against),
            abstaining=frozenset({*abstaining, *declaring}),
            declaring=frozenset(declaring),
            concerned=frozenset(concerned),
            consenting=outsiders if consenting is None else frozenset(consenting),
            weights=self.weights,
            groups=self.groups,
            chambers=self.chambers,
        )

    def _require_asked(self, declaring: Collection[str], concerned: Collection[str]) -> None:
        heard = frozenset[str]().union(*(part.hears for part in every_part(self.rule)))
        if declaring and "declaring" not in heard:
            raise FoedusError(
                f"{', '.join(sorted(declaring))}: the rule of {the(self.body.name)} for {self.procedure} knows no "
                f"abstention with a declaration: {self.rule.words()}"
            )
        if concerned and "concerned" not in heard:
            raise FoedusError(
                f"{', '.join(sorted(concerned))}: the rule of {the(self.body.name)} for {self.procedure} does not ask "
                f"whose own case it is: {self.rule.words()}"
            )

    def _require(self, actors: Collection[str], known: Collection[str], what: str) -> None:
        strangers = sorted(set(actors) - set(known))
        if strangers:
            have = f"those with a part are {', '.join(sorted(known))}" if known else "nobody has"
            raise FoedusError(f"{', '.join(strangers)}: no part in {the(self.body.name)} on {self.on} ({what}); {have}")

    def decide(self, ballot: Ballot) -> Trace:
        """Tell with ``yes`` or ``no``, and why, whether a proposal passes."""
        return self.rule.adopted(ballot)

    def wins(self, coalition: Collection[str]) -> Trace:
        """Tell whether a coalition can adopt when everybody else is against, and why.

        Raises
        ------
        FoedusError
            When it names somebody who has no part in the decision.
        """
        voters, outsiders = self.voters, self.rule.outsiders()
        self._require(coalition, voters | outsiders, "coalition")
        return self.decide(self.ballot(against=voters - set(coalition), consenting=outsiders & set(coalition)))

    def can_block_alone(self) -> frozenset[str]:
        """Return who can stop a proposal that all others support."""
        return can_block(self.rule, self.ballot())

    def game(self, abstaining: Collection[str] = ()) -> Game:
        """Return the simple voting game of the day, with some abstaining; see `foedus.institutions.rules.game_of`."""
        return game_of(self.rule, self.ballot(abstaining=abstaining))


def seat(
    body: Body,
    world: World,
    on: Day,
    procedure: str | None = None,
    rule: Rule | None = None,
    consent_of: Collection[str] = (),
) -> Seating:
    """Return a body as it sits on a day.

    Parameters
    ----------
    body, world, on
        The body, the facts, the day.
    procedure
        One of the body's procedures; by default its first.
    rule
        A rule in the place of the body's own.
    consent_of
        Actors without a seat whose consent is needed beside, such as a host.

    Raises
    ------
    FoedusError
        When the body has no rule or no members on the day, a weight that the rule needs is not known, or one of
        ``consent_of`` has a seat.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.institutions import packaged_institutions
    >>> from foedus.world import packaged_world
    >>> nac = packaged_institutions().body("nac")
    >>> office = seat(nac, packaged_world(), parse_day("2023-07-11"), consent_of=["JPN"])
    >>> office.rule.words(), office.decide(office.ballot(consenting=[])).value
    ('consensus and consent of JPN', 'no')
    """
    name = body.procedure(procedure)
    rule = rule or body.rule(on, name)
    seats = body.seats(world, on)
    if not seats:
        raise FoedusError(f"nobody has a seat in {the(body.name)} on {on}")
    members = frozenset(row.actor for row in seats)
    if inside := sorted(members & set(consent_of)):
        raise FoedusError(f"{', '.join(inside)}: has a seat in {the(body.name)} on {on}; consent is asked of outsiders")
    if consent_of:
        rule = AllOf((rule, *(ConsentOf(actor) for actor in dict.fromkeys(consent_of))), rule.reference)
    asked = names_in(rule, "chambers")
    chambers = {
        chamber: frozenset(row.actor for row in who.of(world, on)) if isinstance(who, Seats) else frozenset(who)
        for chamber, who in body.chambers.items()
        if chamber in asked
    }
    leaving = [world.name(actor) for actor in body.seated_by.leaving(world, on) if actor in members]
    last_day = (
        f"{', '.join(leaving)}: suspended as of this day; seated in its votes, and no longer from the next day on"
    )
    back = [world.name(actor) for actor in body.seated_by.returning(world, on)]
    from_tomorrow = f"{', '.join(back)}: readmitted as of this day; the votes of this day are counted without it"
    said = (
        *body.notes_on(on),
        _apart(body, world, on),
        last_day if leaving else "",
        from_tomorrow if back else "",
        beyond(on),
    )
    notes = [note for note in said if note]
    weights = {
        weight_name: _weights(body, weight_name, world, on, who, notes)
        for weight_name, who in sorted(weighed(rule, members, chambers).items())
    }
    groups = {group: frozenset(row.actor for row in who.of(world, on)) & members for group, who in body.groups.items()}
    return Seating(body, on, name, rule, seats, weights, groups, chambers, tuple(notes))


def _apart(body: Body, world: World, on: Day) -> str:
    """Say who of the organisation that seats a body has no seat in it, and why."""
    told = (
        f"{', '.join(world.name(actor) for actor in named.actors)} ({named.reference})"
        for named in body.seated_by.apart
        if on in named.interval
    )
    listed = "; ".join(told)
    return f"without a seat: {listed}" if listed else ""


def _weights(body: Body, name: str, world: World, on: Day, members: frozenset[str], notes: list[str]) -> dict[str, int]:
    dated = next((table for table in body.weights[name] if on in table.interval), None)
    if dated is None:
        raise FoedusError(f"no {name} of the members of {the(body.name)} are known on {on}")
    values = dated.values if dated.values is not None else _measured(dated.measures, world, on, members, notes)
    missing = sorted(members - values.keys())
    if missing:
        raise FoedusError(f"the {name} of {', '.join(missing)} in {the(body.name)} on {on} are not known")
    return {member: values[member] for member in sorted(members)}


def _measured(
    measures: Sequence[str], world: World, on: Day, members: frozenset[str], notes: list[str]
) -> dict[str, int]:
    """Return the values of the day of the first measure that is known for all members.

    Where none is, the last one stands in, or its latest values; of members for whom an earlier measure in the same
    unit is known on the day, that is taken.
    """
    measure = next((missing for missing in measures[:-1] if members <= _known(missing, world, on)), measures[-1])
    rows = [row for row in world.quantities if row.measure == measure and row.actor in members and row.start <= on]
    latest: dict[str, int] | None = None
    for start in sorted({row.start for row in rows}, reverse=True):
        held = [row for row in rows if row.start <= start < row.end]
        values = {row.actor: _whole(row, measure) for row in held}
        latest = latest if latest is not None else values
        if members <= values.keys():
            notes.append(_of_measure(held, measure, world, start.year))
            if len(measures) > 1 and measure == measures[-1]:
                own, whose = _own(measures[:-1], held[0].unit, world, on, members)
                but = f", but for those of {'; '.join(whose)}" if whose else ""
                notes.append(f"no {measures[0]} of {on.year} is known, so that {STAND_IN}{but}")
                values |= own
            if any(on >= row.end for row in held):
                notes.append(f"no {measure} of {on.year} is known for all members; those of {start.year} stand in")
            if not all(row.verified for row in held):
                notes.append(f"some figures of {measure} for {start.year} are not verified")
            return values
    return latest or {}


def _own(
    measures: Sequence[str], unit: str, world: World, on: Day, members: frozenset[str]
) -> tuple[dict[str, int], list[str]]:
    """Return the values of the day that are known of some members by measures in a unit, and in words of whom."""
    own: dict[str, int] = {}
    whose: list[str] = []
    for measure in measures:
        held = [
            row
            for row in world.quantities
            if row.measure == measure and row.unit == unit and row.actor in members - own.keys() and on in row.interval
        ]
        if held:
            named = and_(sorted(world.name(row.actor) for row in held))
            whose.append(f"{named} ({measure} of {on.year})")
            own |= {row.actor: _whole(row, measure) for row in held}
    return own, whose


def _known(measure: str, world: World, on: Day) -> set[str]:
    """Return the actors for whom a measure is known on a day."""
    return {row.actor for row in world.quantities if row.measure == measure and row.start <= on < row.end}


def _of_measure(held: Sequence[Quantity], measure: str, world: World, year: int) -> str:
    """Say which figures are the weights."""
    sources = dict.fromkeys(row.source for row in held)
    titles = "; ".join(f"{source.title}, {source.publisher}" for source in (world.sources[name] for name in sources))
    if held[0].unit == "per cent":
        return f"the weights are {measure} of {year}, in hundredths of a per cent as printed to two decimals: {titles}"
    return f"the weights are {measure} of {year}: {titles}"


def _whole(row: Quantity, measure: str) -> int:
    """Return a figure as a whole weight; a share in per cent, which is printed to two decimals, in hundredths."""
    exact = row.value * 100 if row.unit == "per cent" else row.value
    value = float(round(exact, 6))
    if not value.is_integer() or value < 0:
        raise FoedusError(
            f"the {measure} of {row.actor} from {row.start} is {row.value:g}; a weight is a whole number of at least 0"
        )
    return int(value)
