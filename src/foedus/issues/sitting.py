"""A sitting: what a model sees of a body with issues before it, as arrays over draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_Kept = TypeVar("_Kept")

Decides = Callable[[Flags], Flags]
"""Which coalitions win: from who is in favour, shape (..., A), to whether that is enough, shape (...)."""


@dataclass(frozen=True)
class Agenda:
    """One issue as numbers.

    Parameters
    ----------
    options
        Places of the K options on the scale; shape (K,).
    status_quo, proposal
        Indices into ``options``.
    length
        Length R of the scale, in the same unit.
    """

    options: Floats
    status_quo: int
    proposal: int
    length: float

    @cached_property
    def by_distance(self) -> NDArray[np.intp]:
        """Indices of the options, the status quo first and then by distance from it, the lower first; shape (K,)."""
        distance = np.abs(self.options - self.options[self.status_quo])
        return np.lexsort((self.options, distance))


@dataclass(frozen=True, slots=True)
class Away:
    """Who abstains on one option, and which coalitions then win on it.

    Attributes
    ----------
    actors
        Ids.
    decides
        The rule that holds for the option, as ``Sitting.decides``.
    """

    actors: frozenset[str]
    decides: Decides | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """D draws of A actors on I issues.

    Positions are in the unit of each issue's scale, saliences and shares in [0, 1], capabilities in any one unit.

    Parameters
    ----------
    actors
        Ids of the actors, those with a seat and those with a voice; length A.
    agendas
        One for each issue; length I.
    seated
        Who has a seat; shape (A,).
    private, public
        What actors want and what they say they want; shape (D, A, I).
    salience
        How much they care; shape (D, A, I).
    capability
        What weight they carry; shape (D, A).
    committed
        Who has taken a public position of its own; shape (A, I).
    red_low, red_high
        Red lines: an option below the one or above the other crosses; infinite where there is none; shape (A, I).
    outsiders
        For each issue the indices of actors whose consent is needed from outside the body.
    setter
        What the agenda setter wants; shape (D, I).
    assumptions
        Declared assumptions of the model by name; each of shape (D,).
    setting_actors
        For each issue the index of the actor whose private position ``setter`` is; None for the proposal's place.
    decides
        Which coalitions win under the body's rule; ``None`` for more than half of the seated capability of each draw.
    roles
        Indices of actors with a part in a procedure, by name of the part: ``commission``, ``parliament``.
    ties
        How much each actor (row) listens to each other (column), in any unit; shape (A, A), or ``None`` where nobody
        is tied to anybody.
    paid
        What each actor is paid for each issue if anything but the status quo is adopted, in units of the strongest
        interest (the whole scale at salience 1); shape (D, A, I), or ``None`` where nobody is paid.
    spoken
        How much is known of where each stands, from 0 for who has said nothing to 1; shape (A,), or ``None`` for 1.
    assumed
        Where members of whom nothing is known are taken to stand on each issue, at levels that are equally likely;
        shape (L, I), or ``None`` for where they stand in each draw.
    signals
        For each issue what was said before the day, by name: one half if so, minus one half if not, 0 if not known.
        Empty where nothing is known.
    away
        Ids of those that abstain, whatever is put to the vote; ``decides`` knows of them.
    away_on
        For each issue by index of an option: who abstains on that option, where that is not ``away``. Empty where
        nobody abstains on one option alone.
    apart
        For each issue by index of an option: which coalitions win on an option with a procedure of its own. Empty where
        no option has one.
    declared_for, declared_against
        For each issue by index of an option: who has declared in public a vote for it, or against it, if its public
        position in the draw agrees; shape (A,). Empty where whoever is committed has declared itself on every option.
    held_out
        For each issue by index of an option: who votes against it in each draw though it wants one that goes further;
        shape (D, A). Empty where nobody does.
    """

    actors: tuple[str, ...]
    agendas: tuple[Agenda, ...]
    seated: Flags
    private: Floats
    public: Floats
    salience: Floats
    capability: Floats
    committed: Flags
    red_low: Floats
    red_high: Floats
    outsiders: tuple[tuple[int, ...], ...]
    setter: Floats
    assumptions: dict[str, Floats]
    setting_actors: tuple[int | None, ...] = ()
    decides: Decides | None = None
    roles: Mapping[str, int] = field(default_factory=dict)
    ties: Floats | None = None
    paid: Floats | None = None
    spoken: Floats | None = None
    assumed: Floats | None = None
    signals: tuple[Mapping[str, float], ...] = ()
    away: frozenset[str] = frozenset()
    away_on: tuple[Mapping[int, Away], ...] = ()
    apart: tuple[Mapping[int, Decides], ...] = ()
    declared_for: tuple[Mapping[int, Flags], ...] = ()
    declared_against: tuple[Mapping[int, Flags], ...] = ()
    held_out: tuple[Mapping[int, Flags], ...] = ()

    @property
    def voting(self) -> Flags:
        """Who does not abstain, whatever is put to the vote; shape (A,)."""
        return self._voting(self.away)

    def voting_on(self, place: int, option: int) -> Flags:
        """Return who does not abstain on an option of an issue; shape (A,)."""
        return self._voting(self.absent(place, option))

    def absent(self, place: int, option: int) -> frozenset[str]:
        """Return the ids of those that abstain on an option of an issue."""
        own = self.away_on[place].get(option) if self.away_on else None
        return self.away if own is None else own.actors

    def by_other_votes(self, place: int) -> set[int]:
        """Return the options on which not the same coalitions win as on the others: another rule, or other absences."""
        return {*(self.apart[place] if self.apart else ()), *(self.away_on[place] if self.away_on else ())}

    def decides_on(self, place: int, option: int) -> Decides | None:
        """Return which coalitions win on an option of an issue: by its own procedure, less who abstains on it."""
        absent = self.away_on[place].get(option) if self.away_on else None
        if absent is not None:
            return absent.decides
        own = self.apart[place] if self.apart else {}
        return own.get(option, self.decides)

    def _voting(self, away: frozenset[str]) -> Flags:
        return np.array([actor not in away for actor in self.actors], dtype=np.bool_)

    @property
    def draws(self) -> int:
        """D."""
        return int(self.private.shape[0])


def part_of(sitting: Sitting, kept: slice) -> Sitting:
    """Return some consecutive draws of a sitting; its arrays are views of the whole's."""
    return replace(
        sitting,
        private=sitting.private[kept],
        public=sitting.public[kept],
        salience=sitting.salience[kept],
        capability=sitting.capability[kept],
        setter=sitting.setter[kept],
        assumptions={name: drawn[..., kept] for name, drawn in sitting.assumptions.items()},
        paid=None if sitting.paid is None else sitting.paid[kept],
        held_out=tuple({option: held[kept] for option, held in own.items()} for own in sitting.held_out),
    )


def with_options(sitting: Sitting, agenda: Agenda, was: Mapping[int, int]) -> Sitting:
    """Return a sitting on one issue with other options on the table.

    Parameters
    ----------
    agenda
        With those options.
    was
        By the index of an option among them: that of the option until now of which it is the text, or a rewording.
        Of any other nobody has said anything.
    """

    def kept(by_option: tuple[Mapping[int, _Kept], ...]) -> tuple[Mapping[int, _Kept], ...]:
        return tuple({new: own[old] for new, old in was.items() if old in own} for own in by_option)

    return replace(
        sitting,
        agendas=(agenda,),
        away_on=kept(sitting.away_on),
        apart=kept(sitting.apart),
        declared_for=kept(sitting.declared_for),
        declared_against=kept(sitting.declared_against),
        held_out=kept(sitting.held_out),
    )


_NUMBERS_AT_ONCE = 32_768
"""A number for each draw, actor and option: what stays in a processor's own cache beside what is made from it."""


def blocks(sitting: Sitting) -> list[Sitting]:
    """Return a sitting cut into consecutive draws, few enough for a processor's cache, of about the same number each.

    A model that works draw by draw gives the same answer block by block, in half of the time.
    """
    numbers = sitting.draws * len(sitting.actors) * max(len(agenda.options) for agenda in sitting.agendas)
    count = min(max(1, numbers // _NUMBERS_AT_ONCE), max(1, sitting.draws // 16))
    edges = [sitting.draws * k // count for k in range(count + 1)]
    return [part_of(sitting, slice(*pair)) for pair in pairwise(edges)]


def nearest_option(points: Floats, agenda: Agenda) -> NDArray[np.intp]:
    """Return the index of the option nearest to each point, a tie going to the one nearer the status quo.

    Parameters
    ----------
    points
        Places on the scale, of any shape.

    Examples
    --------
    >>> agenda = Agenda(np.array([0.0, 50.0, 100.0]), status_quo=0, proposal=2, length=100.0)
    >>> nearest_option(np.array([25.0, 76.0]), agenda).tolist()
    [0, 2]
    """
    order = agenda.by_distance
    distance = np.abs(points[..., None] - agenda.options[order])
    return np.asarray(order[np.argmin(distance, axis=-1)])
