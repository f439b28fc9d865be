"""All that treaties say when somebody is attacked, or when a party asks the others to consult: each one answer."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.institutions.law.answer import Attack, Consultation, SignedOnly, TreatyAnswer, beyond_the_facts
from foedus.institutions.law.coverage import Coverage
from foedus.institutions.law.treaties import packaged_law
from foedus.institutions.obligations import (
    OpenTo,
    consultation,
    covered_at,
    obligations,
    open_to_consultation,
    signed_only,
)
from foedus.world import World
from foedus.world.horizon import AS_OF


@dataclass(frozen=True, slots=True)
class Attacked(Recorded):
    """What treaties say to an attack.

    Attributes
    ----------
    attack
        The question.
    answers
        What each treaty says, those engaged first.
    open_to_consultation
        Treaties whose parties may consult on it by their own opinion, though nothing is owed.
    signed_only
        Treaties that were signed and not in force on the day.
    coverage
        Which treaties of the region were looked up.
    """

    KEYS = "on=attack.on attack_on=attack.place answers open_to_consultation signed_only coverage"

    attack: Attack
    answers: tuple[TreatyAnswer, ...]
    open_to_consultation: tuple[OpenTo, ...] = ()
    signed_only: tuple[SignedOnly, ...] = ()
    coverage: tuple[Coverage, ...] = ()


def attacked(attack: Attack, treaty: str | None = None, *, world: World | None = None) -> Attacked:
    """Return what one treaty says to an attack, or what all say that bind anybody attacked, with what stands beside.

    Parameters
    ----------
    attack, treaty, world
        As for `foedus.institutions.obligations.obligations`. Of one treaty, nothing stands beside its answer.

    Raises
    ------
    FoedusError
        As `foedus.institutions.obligations.obligations` does.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> answer = attacked(Attack(place="PNG", on=parse_day("2026-01-01")))
    >>> [treaty.treaty for treaty in answer.signed_only]
    ['aus-png-2025']
    """
    answers = obligations(attack, treaty, world=world)
    if treaty is not None:
        return Attacked(attack, answers)
    return Attacked(
        attack,
        answers,
        open_to_consultation(attack, world=world),
        signed_only(attack, world=world),
        covered_at(attack, world=world),
    )


@dataclass(frozen=True, slots=True)
class Consulted(Recorded):
    """Whether an actor can have the parties of a treaty consult.

    Attributes
    ----------
    treaty, by, on
        The question: the treaty's id, who asks, and the day.
    clause
        What the article says to it.
    notes
        Where the facts end.
    why
        The reasons.
    """

    KEYS = (
        "treaty on article=clause.article engaged=clause.engaged invoked_by=clause.invoked_by "
        "owed_by=clause.owed_by(actor obligation) notes known_up_to why"
    )

    treaty: str
    by: str
    on: Day
    clause: Consultation
    notes: tuple[str, ...]
    why: Trace

    @property
    def known_up_to(self) -> Day:
        """The day up to which the packaged facts were looked up."""
        return AS_OF


def consulted(treaty: str, by: str, on: Day, *, world: World | None = None) -> Consulted:
    """Return whether an actor can have the parties of a treaty consult, by its own opinion that one is threatened.

    Parameters
    ----------
    treaty, by, on, world
        As for `foedus.institutions.obligations.consultation`.

    Raises
    ------
    FoedusError
        As `foedus.institutions.obligations.consultation` does.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> answer = consulted("nato", "Poland", parse_day("2025-09-10"))
    >>> answer.clause.engaged, answer.clause.article, len(answer.clause.owed_by)
    ('yes', 'Article 4', 32)
    """
    clause, why = consultation(treaty, by, on, world=world)
    return Consulted(packaged_law().treaty(treaty).id, by, on, clause, beyond_the_facts(on), why)
