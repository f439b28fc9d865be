"""What settlement models share: one issue as its members see it, and the three forms that most models take.

A `PointModel` names a place on the scale, and the nearest option counts. An `OptionModel` scores the options, and the
best counts; the status quo wins every tie. A `LotteryModel` gives each option a probability, and forecasts count it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus.issues.checking import check_rows, checked
from foedus.issues.deciding import on_option, winning
from foedus.issues.models import ModelCard, Settlement
from foedus.issues.sitting import Agenda, Flags, Floats, Sitting, nearest_option
from foedus.issues.sums import total as summed


@dataclass(frozen=True, slots=True)
class Members:
    """One issue of a sitting as its N members see it.

    Attributes
    ----------
    position, salience, capability
        Private positions, saliences and capabilities; shape (D, N).
    agenda
        The issue's options.
    sitting, place
        The whole sitting, and which issue this is.
    seats
        Indices of the members; shape (N,).
    absent
        Index of a member that was left out, and so supports nothing.
    """

    position: Floats
    salience: Floats
    capability: Floats
    agenda: Agenda
    sitting: Sitting
    place: int
    seats: NDArray[np.intp]
    absent: int | None = None

    @classmethod
    def of(cls, sitting: Sitting, place: int, without: int | None = None) -> Members:
        """Return the members of a sitting, one of them left out where ``without`` names a place among the seats."""
        seats = np.flatnonzero(sitting.seated)
        absent = None if without is None else int(seats[without])
        if without is not None:
            seats = np.delete(seats, without)
        return cls(
            sitting.private[:, seats, place],
            sitting.salience[:, seats, place],
            sitting.capability[:, seats],
            sitting.agendas[place],
            sitting,
            place,
            seats,
            absent,
        )

    @property
    def weight(self) -> Floats:
        """Capability times salience; shape (D, N)."""
        return self.capability * self.salience

    @property
    def status_quo(self) -> float:
        """Its place on the scale."""
        return float(self.agenda.options[self.agenda.status_quo])

    @property
    def setter(self) -> Floats:
        """What the agenda setter wants; shape (D,)."""
        return self.sitting.setter[:, self.place]

    def gains(self, points: Floats) -> Floats:
        """Return how much nearer than the status quo each point lies to each member, times its salience.

        Parameters
        ----------
        points
            Shape (D, K) or (K,).

        Returns
        -------
        Floats
            Shape (D, N, K), in shares of the scale.
        """
        wanted = self.position[:, :, None]
        nearer = np.abs(self.status_quo - wanted) - np.abs(points[..., None, :] - wanted)
        return np.asarray(nearer * self.salience[:, :, None] / self.agenda.length)

    def accepts(self, points: Floats, cost: Floats | float = 0.0) -> Flags:
        """Return which actors find points no worse than the status quo; shape (D, K, A).

        Parameters
        ----------
        points
            Shape (D, K) or (K,).
        cost
            What failing to agree costs everybody, in the scale's unit; shape (D,), or one number.
        """
        wanted = self._wanted()
        bearable = np.abs(self.status_quo - wanted) + np.asarray(cost)[..., None, None]
        cares = self.sitting.salience[:, None, :, self.place] > 0
        return self.present((np.abs(points[..., None] - wanted) <= bearable) | ~cares)

    def prefers(self, points: Floats, to: Floats) -> Flags:
        """Return which actors strictly prefer points to others; shape (D, K, A). Who cares for nothing prefers nothing.

        Parameters
        ----------
        points, to
            Shapes (D, K) or (K,).
        """
        wanted = self._wanted()
        nearer = np.abs(points[..., None] - wanted) < np.abs(to[..., None] - wanted)
        return self.present(nearer & (self.sitting.salience[:, None, :, self.place] > 0))

    def wins(self, support: Flags) -> Flags:
        """Return whether those in favour are enough; from shape (D, K, A) to (D, K)."""
        return winning(self.sitting, support)

    def adopts(self, support: Flags) -> Flags:
        """Return whether those in favour of each option are enough by the rule that holds for it; shapes as `wins`."""
        wins = self.wins(support)
        for option in self.sitting.by_other_votes(self.place):
            wins[:, option] = winning(on_option(self.sitting, self.place, option), support[:, option])
        return wins

    def _wanted(self) -> Floats:
        return self.sitting.private[:, None, :, self.place]

    def present(self, support: Flags) -> Flags:
        """Return who is in favour without the member that was left out."""
        if self.absent is not None:
            support[..., self.absent] = False
        return support


Point = Callable[[Members], Floats]
Score = Callable[[Members], Floats]


@dataclass(frozen=True, slots=True)
class PointModel:
    """A settlement model that names a place on the scale; see its card.

    Parameters
    ----------
    card
        What it says of itself.
    point
        From the members to a place in each draw, shape (D,).
    """

    card: ModelCard
    point: Point = field(repr=False)

    def settle(self, sitting: Sitting) -> Settlement:
        """Return the place of each draw, the option nearest to it, and whose absence would change the option."""
        return _settle(sitting, self._place)

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return the option nearest to the place of each draw; shape (D, I)."""
        choices = [self._place(Members.of(sitting, place))[0] for place in range(len(sitting.agendas))]
        return np.stack(choices, axis=1)

    def _place(self, members: Members) -> tuple[NDArray[np.intp], Floats]:
        draws = members.sitting.draws
        if len(members.seats):
            point = checked(self.card.name, "point", self.point(members), (draws,))
        else:
            point = np.full(draws, members.status_quo)
        return nearest_option(point, members.agenda), point


@dataclass(frozen=True, slots=True)
class LotteryModel:
    """A settlement model that gives each option a probability; see its card.

    Forecasts count the probabilities. Where one option must be named, as for pivots, the likeliest is the choice; the
    expected place is the outcome.

    Parameters
    ----------
    card
        What it says of itself.
    probabilities
        From the members to the probability of each option; shape (D, K).
    """

    card: ModelCard
    probabilities: Score = field(repr=False)

    def settle(self, sitting: Sitting) -> Settlement:
        """Return the likeliest option and the expected place, and whose absence would change the option."""
        return _settle(sitting, self._likeliest)

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return the likeliest option of each draw; shape (D, I)."""
        choices = [self._likeliest(Members.of(sitting, place))[0] for place in range(len(sitting.agendas))]
        return np.stack(choices, axis=1)

    def chances(self, sitting: Sitting) -> tuple[Floats, ...]:
        """Return for each issue how likely each option is; shape (D, K)."""
        return tuple(self._chances(Members.of(sitting, place)) for place in range(len(sitting.agendas)))

    def _chances(self, members: Members) -> Floats:
        agenda, draws = members.agenda, members.sitting.draws
        chances = np.zeros((draws, len(agenda.options)))
        chances[:, agenda.status_quo] = 1.0
        if len(members.seats):
            weighty = members.weight.max(axis=1) > 0
            given = checked(self.card.name, "probabilities", self.probabilities(members), chances.shape)
            chances[weighty] = check_rows(self.card.name, given[weighty], (int(weighty.sum()), chances.shape[1]))
        return chances

    def _likeliest(self, members: Members) -> tuple[NDArray[np.intp], Floats]:
        agenda, chances = members.agenda, self._chances(members)
        # Equal chances may differ in the last digit, by the order of the sums.
        return best_option(chances.round(12), agenda), summed(chances * agenda.options, 1)


@dataclass(frozen=True, slots=True)
class OptionModel:
    """A settlement model that picks the best of the options; see its card.

    Parameters
    ----------
    card
        What it says of itself.
    score
        From the members to how good each option is, shape (D, K): minus infinity for one that cannot be adopted. The
        status quo wins every tie, then the option nearer to it, then the lower.
    """

    card: ModelCard
    score: Score = field(repr=False)

    def settle(self, sitting: Sitting) -> Settlement:
        """Return the best option of each draw, and whose absence would change it."""
        return _settle(sitting, self._best)

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return the best option of each draw; shape (D, I)."""
        choices = [self._best(Members.of(sitting, place))[0] for place in range(len(sitting.agendas))]
        return np.stack(choices, axis=1)

    def _best(self, members: Members) -> tuple[NDArray[np.intp], Floats]:
        agenda = members.agenda
        if not len(members.seats):
            stays = np.full(members.sitting.draws, agenda.status_quo, dtype=np.intp)
            return stays, agenda.options[stays]
        shape = (members.sitting.draws, len(agenda.options))
        choice = best_option(checked(self.card.name, "score", self.score(members), shape, finite=False), agenda)
        return choice, agenda.options[choice]


def best_option(score: Floats, agenda: Agenda) -> NDArray[np.intp]:
    """Return the option with the highest score; a tie goes to the status quo, then to the one nearest to it.

    Examples
    --------
    >>> agenda = Agenda(np.array([0.0, 50.0, 100.0]), status_quo=1, proposal=2, length=100.0)
    >>> best_option(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]), agenda).tolist()
    [1, 2]
    """
    order = agenda.by_distance
    return np.asarray(order[np.argmax(score[:, order], axis=1)])


def likeliest(chances: Sequence[Floats], sitting: Sitting) -> NDArray[np.intp]:
    """Return the likeliest option of each issue; chances that differ by rounding alone are ties; shape (D, I)."""
    return np.stack([best_option(p.round(12), a) for p, a in zip(chances, sitting.agendas, strict=True)], 1)


_Found = tuple[NDArray[np.intp], Floats]


def _settle(sitting: Sitting, find: Callable[[Members], _Found]) -> Settlement:
    seats = np.flatnonzero(sitting.seated)
    choices, outcomes = [], []
    pivotal = np.zeros(sitting.private.shape, dtype=np.bool_)
    for place in range(len(sitting.agendas)):
        choice, outcome = find(Members.of(sitting, place))
        for member, actor in enumerate(seats):
            pivotal[:, actor, place] = find(Members.of(sitting, place, without=member))[0] != choice
        choices.append(choice)
        outcomes.append(outcome)
    return Settlement(np.stack(choices, axis=1), np.stack(outcomes, axis=1), None, None, None, pivotal)
