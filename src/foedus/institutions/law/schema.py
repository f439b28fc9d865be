"""The schema of a treaty's file: each value with its dates and its reference in the same record."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from foedus.base.days import Day, Interval
from foedus.base.strict import Identifier, OneOrMore, PlainDay, Strict
from foedus.institutions.law.conditions import Condition, read_condition
from foedus.institutions.law.logic import Verdict

Means = Literal[
    "armed", "nuclear", "non-state", "cyber", "hybrid", "sabotage", "space", "internal", "incursion", "stray"
]
"""How an attack is carried out: by a state's armed forces (``armed``, ``nuclear``), by an armed group
(``non-state``), through networks (``cyber``), by several covert acts together (``hybrid``), by damage to cables,
pipelines or works that nobody owns up to (``sabotage``), to, from or within space (``space``), as unrest within the
state (``internal``), as an entry into its territory or waters without open fighting (``incursion``), or by a weapon
gone astray (``stray``)."""

Words = Annotated[str, Field(min_length=1, max_length=1000)]


class Dated(Strict):
    """A record in force from a day until another; where no days stand, as long as the treaty.

    ``verified: no`` marks a record whose reference is known from elsewhere and was not read.
    """

    start: PlainDay | None = Field(None, alias="from")
    until: PlainDay | None = None
    verified: bool = True

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        Interval(self.start, self.until)
        return self

    def in_force(self, on: Day) -> bool:
        """Tell whether the record holds on a day."""
        return on in Interval(self.start, self.until)


class Reading(Strict):
    """One of the readings of a clause that the law leaves open; ``said``: the day on which it was put forward."""

    value: Literal["yes", "no"]
    by: Words
    says: Words
    reference: Words
    said: PlainDay | None = None
    verified: bool = True


class Ruling(Dated):
    """An answer with its reference; a contested one has both readings."""

    value: Verdict
    says: Words
    reference: Words
    readings: tuple[Reading, ...] = ()

    @model_validator(mode="after")
    def _both_sides(self) -> Ruling:
        if self.value == "contested" and {reading.value for reading in self.readings} != {"yes", "no"}:
            raise ValueError("readings that say yes and readings that say no, for a contested value")
        return self


class ByMeans(Ruling):
    """Whether an attack by some means sets the clause off."""

    means: tuple[Means, ...]


class ByAttacker(Ruling):
    """Whether an attack by some attackers, on some attacked where ``on`` names them, sets the clause off."""

    attacker: Literal["party", "outsider"] | tuple[Identifier, ...]
    on: tuple[Identifier, ...] | None = None


def _condition(value: Any) -> Any:
    return None if value is None else read_condition(value)


When = Annotated[Condition, BeforeValidator(_condition)]


class Area(Dated):
    """Where the clause applies; null: nowhere.

    ``near``, of a clause on consultation that names no area: where an attack on somebody else is told of it unasked.
    """

    value: Annotated[Any, BeforeValidator(_condition)]
    near: Annotated[Any, BeforeValidator(_condition)] = None
    says: Words
    reference: Words


class AtPlace(Ruling):
    """An answer for particular places, before the general rule is asked."""

    when: Annotated[Any, BeforeValidator(read_condition)]
    target: Literal["territory", "forces", "both"] = "both"


class Invoked(Dated):
    """Who has to invoke the clause."""

    value: Literal["attacked", "any party", "nobody"]
    says: Words
    reference: Words


class Determined(Dated):
    """Who determines that the clause applies; ``body`` names one of the packaged bodies."""

    value: Words
    body: Identifier | None = None
    reference: Words


class Owed(Dated):
    """What a party owes; null: nothing. The first record that fits a party counts.

    ``by``, ``to`` and ``attacker`` narrow it down to some parties, some attacked, some attackers. ``kind`` says where a
    party owes consultation alone under a clause on defence.
    """

    kind: Literal["consultation"] | None = None

    by: tuple[Identifier, ...] | None = None
    to: tuple[Identifier, ...] | None = None
    attacker: tuple[Identifier, ...] | None = None
    value: Words | None
    reference: Words


class Protected(Ruling):
    """States or territories that the clause protects though they are no parties, or may protect.

    ``place`` names them where they are no actors of the world's tables, as Abkhazia: the parties then owe help for the
    place, whoever holds it.
    """

    actor: Annotated[tuple[Identifier, ...], OneOrMore()] = ()
    place: Annotated[tuple[Identifier, ...], OneOrMore()] = ()
    value: Verdict = "yes"
    says: Words = "protected though no party"

    @model_validator(mode="after")
    def _somebody(self) -> Protected:
        if not self.actor and not self.place:
            raise ValueError("an actor or a place that is protected")
        return self


class Clause(Strict):
    """An article that binds the parties when one is attacked or threatened.

    ``opinion`` says where the article on consultation is open to a party that thinks one of them threatened, though it
    is somebody else who is attacked.
    """

    article: Words
    kind: Literal["defence", "consultation"]
    means: tuple[ByMeans, ...] = ()
    attackers: tuple[ByAttacker, ...] = ()
    territory: tuple[Area, ...]
    forces: tuple[Area, ...] = ()
    places: tuple[AtPlace, ...] = ()
    protects: tuple[Protected, ...] = ()
    opinion: tuple[Area, ...] = ()
    invoked_by: tuple[Invoked, ...]
    determined_by: tuple[Determined, ...]
    owed: tuple[Owed, ...]


class Door(Dated):
    """Who may be invited to join, and who decides that."""

    value: Annotated[Any, BeforeValidator(_condition)]
    says: Words
    decided_by: Words
    reference: Words


class Candidate(Dated):
    """An answer on one state before the general rule is asked."""

    actor: Identifier
    value: Verdict
    says: Words
    reference: Words
    readings: tuple[Reading, ...] = ()


class Remark(Dated):
    """What a reader must know beside the clauses; with ``about``, where one of these is attacked or would owe."""

    about: tuple[Identifier, ...] | None = None
    says: Words
    reference: Words


class Perhaps(Dated):
    """States of which it is not known whether they are parties."""

    actors: Annotated[tuple[Identifier, ...], OneOrMore()]
    says: Words
    reference: Words


class TreatyFile(Strict):
    """A treaty's file; ``binding`` says whether it binds in law, where that is not plain."""

    id: Identifier
    treaty: Identifier
    aliases: tuple[Words, ...] = ()
    binding: Ruling | None = None
    remarks: tuple[Remark, ...] = ()
    perhaps: tuple[Perhaps, ...] = ()
    clauses: tuple[Clause, ...] = ()
    without_duty: tuple[Ruling, ...] = ()
    accession: tuple[Door, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> TreatyFile:
        if not self.clauses and not self.without_duty:
            raise ValueError("clauses, or without_duty to say that the treaty binds nobody to act")
        return self
