"""How an influence model moves the actors of a table, round by round; for exchanges, also what each is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from foedus.influence import find_influence
from foedus.influence.exchange import Exchange, externalities
from foedus.influence.exchange_decide import Decide
from foedus.issues.models import Assumption
from foedus.issues.sitting import Floats
from foedus.rounds.actor_tables import ActorTable, Layout
from foedus.rounds.movement import Rounds, moved_by
from foedus.rounds.table_trades import Played, Trade, trades_of

USUAL: dict[Layout, str] = {"plain": "challenge", "ktab": "spatial-politics:ktab", "decide": "exchange:decide"}
"""The model that each layout was made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRounds(Rounds):
    """What an influence model does to the actors of a table.

    Attributes
    ----------
    table
        What was asked.
    trades, played
        The exchanges made, where the model makes any, and decide's rounds.
    potential
        How many exchanges could have been made at first; None for another model.
    externalities
        What all exchanges together are worth to each actor on each issue, on a scale of 0 to 100; shape (A, I). None
        for another model.
    """

    KEYS = (
        "title=table.title layout=table.layout model ended period issues=shifts(issue before after "
        "weighted_medians=medians) positions moves potential_exchanges=potential exchanges "
        "externalities=gained played=voted notes"
    )

    table: ActorTable
    trades: tuple[Trade, ...]
    played: tuple[Played, ...]
    potential: int | None
    externalities: Floats | None

    @property
    def positions(self) -> list[dict[str, object]]:
        """Where each actor stood on each issue, round by round, and with what risk."""
        path = self.movement.trajectory
        return [
            {
                "actor": actor,
                "issue": issue,
                "path": [] if path is None else path.positions[:, 0, place, k].tolist(),
                "risk": _numbers(None if path is None or path.risk is None else path.risk[:, 0, place, k]),
            }
            for place, k, actor, issue in self._pairs()
        ]

    @property
    def exchanges(self) -> list[dict[str, object]]:
        """The exchanges, each with what it cost or gave the actors beside it."""
        return [
            {
                "round": trade.round,
                "played_in": trade.played_in,
                "sides": trade.sides,
                "externalities": [
                    {"actor": actor, "value": value}
                    for actor, value in zip(self.table.actors, trade.externalities, strict=False)
                ],
            }
            for trade in self.trades
        ]

    @property
    def gained(self) -> list[dict[str, object]]:
        """What the exchanges of others gave each actor on each issue."""
        gains = self.externalities
        if gains is None:
            return []
        return [{"actor": a, "issue": i, "value": float(gains[place, k])} for place, k, a, i in self._pairs()]

    @property
    def voted(self) -> list[dict[str, object]]:
        """The rounds as they were played, with what was voted on each issue."""
        return [
            {
                "round": round_played.round,
                "potential_exchanges": round_played.potential,
                "exchanges": round_played.made,
                "issues": [
                    {"issue": issue, "before": before, "voted": voted, "next": following}
                    for issue, before, voted, following in zip(
                        self.table.issues, round_played.before, round_played.voted, round_played.following, strict=True
                    )
                ],
                "externalities": [
                    {"actor": actor} | {kind: values[place] for kind, values in round_played.externalities.items()}
                    for place, actor in enumerate(self.table.actors)
                ],
            }
            for round_played in self.played
        ]

    def _pairs(self) -> Iterator[tuple[int, int, str, str]]:
        for place, actor in enumerate(self.table.actors):
            for k, issue in enumerate(self.table.issues):
                yield place, k, actor, issue


def _numbers(values: Floats | None) -> list[float | None]:
    return [] if values is None else [None if np.isnan(value) else float(value) for value in values]


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
    >>> answer = rounds_of_table(table)
    >>> answer.potential, [(trade.actor, trade.gives_on, round(trade.gain, 9)) for trade in answer.trades[0].sides]
    (1, [('A', 'p', 12.0), ('B', 'q', 12.0)])
    """
    influence = find_influence(model or USUAL[table.layout])
    sitting = replace(
        table.sitting(),
        assumptions={assumption.name: _likeliest(assumption) for assumption in influence.card.assumptions},
    )
    trading = isinstance(influence, Exchange | Decide)
    done = moved_by(influence, sitting, table.issues)
    trades, played, potential = trades_of(table, sitting, influence, done.movement)
    return TableRounds(
        **{field.name: getattr(done, field.name) for field in fields(done)} | {"notes": (*table.notes, *done.notes)},
        table=table,
        trades=trades,
        played=played,
        potential=potential,
        externalities=100.0 * externalities(sitting, done.movement)[0] if trading else None,
    )


def _likeliest(needed: Assumption) -> Floats:
    return np.array([0.0 if needed.choices else needed.mode])
