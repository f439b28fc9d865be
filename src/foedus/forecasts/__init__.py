"""From a dossier to a distribution over what could be decided, and why."""

from foedus.forecasts.break_even import BreakEven, Decisive
from foedus.forecasts.case import Case, Member, prepare
from foedus.forecasts.disagree import Disagreement, disagree
from foedus.forecasts.ensemble import Component, Ensemble
from foedus.forecasts.forecast import forecast
from foedus.forecasts.gaps import Gap, find_gaps
from foedus.forecasts.options import OptionForecast
from foedus.forecasts.result import Forecast, ModelAnswer, Objector, Pivot, Silent, Summary
from foedus.forecasts.rounds import Move, Rounds, rounds
from foedus.forecasts.sweeps import Sweep, grid, sample, sweep
from foedus.forecasts.table_rounds import TableRounds, rounds_of_table
from foedus.forecasts.table_trades import Played, Side, Trade
from foedus.forecasts.why import explain

__all__ = [
    "BreakEven",
    "Case",
    "Component",
    "Decisive",
    "Disagreement",
    "Ensemble",
    "Forecast",
    "Gap",
    "Member",
    "ModelAnswer",
    "Move",
    "Objector",
    "OptionForecast",
    "Pivot",
    "Played",
    "Rounds",
    "Side",
    "Silent",
    "Summary",
    "Sweep",
    "TableRounds",
    "Trade",
    "disagree",
    "explain",
    "find_gaps",
    "forecast",
    "grid",
    "prepare",
    "rounds",
    "rounds_of_table",
    "sample",
    "sweep",
]
