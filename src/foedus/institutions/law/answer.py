"""The question on an attack, and the answer of one treaty to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.institutions.law.logic import Verdict
from foedus.institutions.law.schema import Means, Reading
from foedus.world.horizon import AS_OF, beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """An attack, as the question is put.

    Parameters
    ----------
    place
        Where: the id, name or alias of a place, or a state for its metropolitan territory.
    on
        The day.
    by
        The attacker, if it is known and an actor; an armed group is left out and said by ``means``.
    forces_of
        Whose forces, vessels or aircraft are attacked there; ``None``: the place itself.
    means
        How; see `foedus.institutions.law.schema.Means`.
    """

    place: str
    on: Day
    by: str | None = None
    forces_of: str | None = None
    means: Means = "armed"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one party owes, in our words, the article that says so, and whether it is defence or consultation."""

    actor: str
    obligation: str
    reference: str
    kind: Literal["defence", "consultation"] = "defence"


@dataclass(frozen=True, slots=True)
class Consultation:
    """A clause on consultation: who may ask for it and who then owes it."""

    article: str
    engaged: Verdict
    invoked_by: tuple[str, ...]
    owed_by: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class OpenTo:
    """A treaty whose parties may consult on an attack by their own opinion, and the article that lets them."""

    treaty: str
    article: str


@dataclass(frozen=True, slots=True)
class SignedOnly:
    """A treaty that somebody attacked had signed, and that was not in force on the day."""

    treaty: str
    title: str
    signed: Day


@dataclass(frozen=True, slots=True)
class TreatyAnswer:
    """What one treaty says to an attack.

    Parameters
    ----------
    treaty, title, article
        The treaty's id and title, and the article on which the answer rests; empty where the treaty has none.
    on
        The day.
    attacked
        Whom the attack meets.
    engaged
        Whether the article applies: ``yes``, ``no``, or ``contested`` where the law leaves it open.
    invoked_by
        Who has to invoke it. Empty unless it is, or may be, engaged.
    determined_by
        Who determines that it applies.
    owed_by
        What each party owes; where the article's application is contested, what it owes on the reading that says yes.
    perhaps_owed_by
        States of which it is not known whether they are parties, and would then owe the same.
    readings
        Every reading of what is contested.
    consultation
        The treaty's clauses on consultation.
    kind
        What the article on which the answer rests owes: ``defence`` or ``consultation``; ``none`` where the treaty
        binds nobody to act.
    binding
        Whether the document binds in law: ``yes``, ``no`` for a political declaration, or ``contested``.
    notes
        What a reader must know beside: how far the document binds, what has become of it, and where the facts end.
    why
        The reasoning, clause by clause.
    """

    KEYS = (
        "treaty title article? on attacked engaged invoked_by determined_by? owed_by(actor obligation reference kind) "
        "perhaps_owed_by readings(value by says reference said) consultation(article engaged invoked_by owed_by(actor "
        "obligation reference)) kind binding notes known_up_to why"
    )

    treaty: str
    title: str
    article: str
    on: Day
    attacked: tuple[str, ...]
    engaged: Verdict
    invoked_by: tuple[str, ...]
    determined_by: str
    owed_by: tuple[Obligation, ...]
    perhaps_owed_by: tuple[str, ...]
    readings: tuple[Reading, ...]
    consultation: tuple[Consultation, ...]
    kind: Literal["defence", "consultation", "none"]
    binding: Verdict
    notes: tuple[str, ...]
    why: Trace

    @property
    def known_up_to(self) -> Day:
        """The day up to which the packaged facts were looked up."""
        return AS_OF


def beyond_the_facts(on: Day) -> tuple[str, ...]:
    """Return a note where a day lies after the last revision of the facts; nothing where it does not.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> len(beyond_the_facts(parse_day("2030-01-01"))), beyond_the_facts(parse_day("2023-07-11"))
    (1, ())
    """
    late = beyond(on)
    return (late,) if late else ()
