"""How an influence model moves the actors of a table, round by round; for exchanges, also what each is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from foedus.base.errors import FoedusError
from foedus.forecasts.rounds import Move, Shift, ended_in_words, moves_of, nothing_to_trade, shifts_of
from foedus.influence import find_influence
from foedus.influence.exchange import Exchange, exchanges, expected_outcomes, externalities
from foedus.issues import InfluenceModel, Sitting
from foedus.issues.models import Assumption, Movement
from foedus.issues.sitting import Floats
from foedus.issues.tables import ActorTable, Layout

USUAL: dict[Layout, str] = {"plain": "challenge", "ktab": "spatial-politics:ktab", "decide": "exchange"}
"""The model that each layout was made for."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an exchange.

    Attributes
    ----------
    actor, gives_on
        Who gives way, and on which issue.
    start, end
        Its position there before and after.
    shift
        By how much that moves the outcome expected of the issue, on a scale of 0 to 100.
    gain
        What the exchange is worth to the actor: the other side's shift times its salience there, less its own shift
        times its salience here.
    """

    actor: str
    gives_on: str
    start: float
    end: float
    shift: float
    gain: float


@dataclass(frozen=True, slots=True)
class Trade:
    """One exchange, in the order in which they are made."""

    round: int
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class TableRounds:
    """What an influence model does to the actors of a table.

    Attributes
    ----------
    table, model
        What was asked.
    moves, shifts, ended
        As for `Rounds`.
    trades
        The exchanges made, where the model makes any.
    potential
        How many exchanges could have been made at first; None for another model.
    externalities
        What all exchanges together are worth to each actor on each issue, on a scale of 0 to 100; shape (A, I). None
        for another model.
    movement
        All numbers.
    notes
        What was read into the table, and what to know of the answer.
    """

    table: ActorTable
    model: str
    moves: tuple[Move, ...]
    shifts: tuple[Shift, ...]
    ended: str
    trades: tuple[Trade, ...]
    potential: int | None
    externalities: Floats | None
    movement: Movement
    notes: tuple[str, ...]

    def as_answer(self) -> dict[str, object]:
        """Return the JSON document."""
        path = self.movement.trajectory
        actors, issues = self.table.actors, self.table.issues
        return {
            "schema": 1,
            "title": self.table.title,
            "layout": self.table.layout,
            "model": self.model,
            "ended": self.ended,
            "period": int(self.movement.period.max()),
            "issues": [
                {"issue": one.issue, "before": one.before, "after": one.after, "weighted_medians": one.medians}
                for one in self.shifts
            ],
            "positions": [
                {
                    "actor": actor,
                    "issue": issue,
                    "path": [] if path is None else path.positions[:, 0, place, k].tolist(),
                    "risk": _numbers(None if path is None or path.risk is None else path.risk[:, 0, place, k]),
                }
                for place, actor in enumerate(actors)
                for k, issue in enumerate(issues)
            ],
            "moves": [one.as_dict() for one in self.moves],
            "potential_exchanges": self.potential,
            "exchanges": [
                {
                    "round": one.round,
                    "sides": [
                        {name: getattr(side, name) for name in ("actor", "gives_on", "start", "end", "shift", "gain")}
                        for side in one.sides
                    ],
                }
                for one in self.trades
            ],
            "externalities": []
            if self.externalities is None
            else [
                {"actor": actor, "issue": issue, "value": float(self.externalities[place, k])}
                for place, actor in enumerate(actors)
                for k, issue in enumerate(issues)
            ],
            "notes": list(self.notes),
        }


def _numbers(values: Floats | None) -> list[float | None]:
    return [] if values is None else [None if np.isnan(one) else float(one) for one in values]


def rounds_of_table(table: ActorTable, model: str | None = None) -> TableRounds:
    """Return how an influence model moves the actors of a table.

    Parameters
    ----------
    table
        What `foedus.issues.read_actor_table` returned.
    model
        An influence model; by default the one for which the table's layout was made (``USUAL``). Each of its
        assumptions has its likeliest value.

    Raises
    ------
    FoedusError
        When there is no such model.

    Examples
    --------
    >>> import numpy as np
    >>> table = ActorTable(
    ...     "two", "decide", ("A", "B"), ("p", "q"), np.array([[0.0, 100.0]] * 2),
    ...     np.array([[0.0, 0.0], [100.0, 100.0]]), np.array([[0.2, 0.8], [0.8, 0.2]]), np.array([1.0, 1.0]),
    ... )
    >>> found = rounds_of_table(table)
    >>> found.potential, [(one.actor, one.gives_on, round(one.gain, 9)) for one in found.trades[0].sides]
    (1, [('A', 'p', 12.0), ('B', 'q', 12.0)])
    """
    influence = find_influence(model or USUAL[table.layout])
    sitting = replace(table.sitting(), assumptions={one.name: _likeliest(one) for one in influence.card.assumptions})
    movement = influence.move(sitting, record=True)
    trading = isinstance(influence, Exchange)
    return TableRounds(
        table,
        influence.card.name,
        tuple(moves_of(movement, table.actors, table.issues)),
        shifts_of(sitting, movement, table.issues),
        ended_in_words(movement),
        _trades(table, sitting, movement) if trading else (),
        _potential(sitting) if trading else None,
        100.0 * externalities(sitting, movement)[0] if trading else None,
        movement,
        (*table.notes, *_told(influence, len(table.issues))),
    )


def _told(influence: InfluenceModel, issues: int) -> list[str]:
    return [note] if (note := nothing_to_trade(influence, issues)) else []


def _likeliest(needed: Assumption) -> Floats:
    return np.array([0.0 if needed.choices else needed.mode])


def _lengths(sitting: Sitting) -> Floats:
    return np.array([agenda.length for agenda in sitting.agendas])


def _potential(sitting: Sitting) -> int:
    if len(sitting.agendas) < 2 or len(sitting.actors) < 2:
        return 0
    found = exchanges(sitting.private, sitting.salience, sitting.capability, _lengths(sitting))
    return int(found.possible.sum())


def _trades(table: ActorTable, sitting: Sitting, movement: Movement) -> tuple[Trade, ...]:
    """Return each exchange from what it moved: the first draw's positions before and after."""
    if movement.trajectory is None:
        raise FoedusError("exchanges can be told where every round is recorded")
    path, found = movement.trajectory.positions[:, 0], []
    for turn, (before, after) in enumerate(pairwise(path)):
        moved = [(int(i), int(k)) for i, k in zip(*np.nonzero(before != after), strict=True)]
        if len(moved) != 2:
            continue
        sizes = [
            float(abs(end - start).max() * 100)
            for start, end in [_outcomes(sitting, before, after, k) for _, k in moved]
        ]
        sides = []
        for own, (i, k) in enumerate(moved):
            other = moved[1 - own][1]
            gain = sizes[1 - own] * sitting.salience[0, i, other] - sizes[own] * sitting.salience[0, i, k]
            start, end = float(before[i, k]), float(after[i, k])
            sides.append(Side(table.actors[i], table.issues[k], start, end, sizes[own], float(gain)))
        found.append(Trade(turn + 1, (sides[0], sides[1])))
    return tuple(found)


def _outcomes(sitting: Sitting, before: Floats, after: Floats, issue: int) -> tuple[Floats, Floats]:
    """Return the outcomes expected of an issue before and after, as shares of its scale."""
    here = slice(issue, issue + 1)
    start, end = (
        expected_outcomes(places[None, :, here], sitting.salience[:, :, here], sitting.capability)
        / _lengths(sitting)[here]
        for places in (before, after)
    )
    return start, end
