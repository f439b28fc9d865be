"""How positions move before a meeting, round by round: in a dossier, or in a table of actors."""

from foedus.rounds.actor_tables import ActorTable, read_actor_table
from foedus.rounds.movement import Move, Rounds, rounds
from foedus.rounds.table_rounds import TableRounds, rounds_of_table
from foedus.rounds.table_trades import Played, Side, Trade

__all__ = [
    "ActorTable",
    "Move",
    "Played",
    "Rounds",
    "Side",
    "TableRounds",
    "Trade",
    "read_actor_table",
    "rounds",
    "rounds_of_table",
]
