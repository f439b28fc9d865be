"""A body as it sits on a day: its rule, its members, their weights; and what it can decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.institutions.bodies import Body, DatedWeights, Seats
from foedus.institutions.power import Game
from foedus.institutions.rules import Ballot, Rule, can_block, game_of, weights_of
from foedus.world import Membership, World


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
            When somebody is named who has no part in the decision, or stands on two sides.
        """
        voters = frozenset(self.members).union(*self.chambers.values())
        outsiders = self.rule.outsiders()
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

    def _require(self, actors: Collection[str], known: Collection[str], what: str) -> None:
        strangers = sorted(set(actors) - set(known))
        if strangers:
            have = f"those with a part are {', '.join(sorted(known))}" if known else "nobody has"
            raise FoedusError(f"{', '.join(strangers)}: no part in the {self.body.name} on {self.on} ({what}); {have}")

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
        voters = frozenset(self.members).union(*self.chambers.values())
        outsiders = self.rule.outsiders()
        self._require(coalition, voters | outsiders, "coalition")
        return self.decide(self.ballot(against=voters - set(coalition), consenting=outsiders & set(coalition)))

    def can_block_alone(self) -> frozenset[str]:
        """Return who can stop a proposal that all others support."""
        return can_block(self.rule, self.ballot())

    def game(self) -> Game:
        """Return the simple voting game of the day; see `foedus.institutions.rules.game_of`."""
        return game_of(self.rule, self.ballot())


def seat(body: Body, world: World, on: Day, procedure: str | None = None, rule: Rule | None = None) -> Seating:
    """Return a body as it sits on a day.

    Parameters
    ----------
    body, world, on
        The body, the facts, the day.
    procedure
        One of the body's procedures; by default its first.
    rule
        A rule in the place of the body's own, such as one with a consent from outside added.

    Raises
    ------
    FoedusError
        When the body has no rule or no members on the day, or a weight that the rule needs is not known.
    """
    name = body.procedure(procedure)
    rule = rule or body.rule(on, name)
    seats = body.seats(world, on)
    if not seats:
        raise FoedusError(f"nobody has a seat in the {body.name} on {on}")
    members = frozenset(row.actor for row in seats)
    notes: list[str] = []
    weights = {one: _weights(body, one, world, on, members, notes) for one in sorted(weights_of(rule))}
    groups = {one: frozenset(row.actor for row in who.of(world, on)) & members for one, who in body.groups.items()}
    chambers = {
        one: frozenset(row.actor for row in who.of(world, on)) if isinstance(who, Seats) else frozenset(who)
        for one, who in body.chambers.items()
    }
    used = {one: who for one, who in chambers.items() if f"in the {one}" in rule.words()}
    return Seating(body, on, name, rule, seats, weights, groups, used, tuple(notes))


def _weights(body: Body, name: str, world: World, on: Day, members: frozenset[str], notes: list[str]) -> dict[str, int]:
    found = next((one for one in body.weights[name] if on in one.interval), None)
    if found is None:
        raise FoedusError(f"no {name} of the members of the {body.name} are known on {on}")
    values = found.values if found.values is not None else _measured(found, world, on, members, notes)
    missing = sorted(members - values.keys())
    if missing:
        raise FoedusError(f"the {name} of {', '.join(missing)} in the {body.name} on {on} are not known")
    return {member: values[member] for member in sorted(members)}


def _measured(
    weights: DatedWeights, world: World, on: Day, members: frozenset[str], notes: list[str]
) -> dict[str, int]:
    """Return a measure's values of the day; where a member lacks one, the latest earlier ones of all, with a note."""
    rows = [row for row in world.quantities if row.measure == weights.measure and row.start <= on]
    for start in sorted({row.start for row in rows}, reverse=True):
        values = {row.actor: int(row.value) for row in rows if row.start <= start < row.end}
        if members <= values.keys():
            held = [row for row in rows if row.actor in members and row.start <= start < row.end]
            if any(on >= row.end for row in held):
                notes.append(
                    f"no {weights.measure} of {on.year} is known for all members; those of {start.year} stand in"
                )
            if not all(row.verified for row in held):
                notes.append(f"some figures of {weights.measure} for {start.year} are not verified")
            return values
    return {row.actor: int(row.value) for row in rows}
