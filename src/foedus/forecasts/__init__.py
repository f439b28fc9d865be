"""From a case to a distribution over what could be decided, and why."""

from foedus.forecasts.arithmetic import Arithmetic, Count
from foedus.forecasts.break_even import BreakEven, Decisive
from foedus.forecasts.disagree import Disagreement, disagree
from foedus.forecasts.forecast import forecast
from foedus.forecasts.gaps import find_gaps
from foedus.forecasts.gaps_of_words import Gap
from foedus.forecasts.result import Forecast, ModelAnswer, Objector, Pivot, Silent, Summary
from foedus.forecasts.sweeps import Sweep, grid, sample, sweep
from foedus.forecasts.why import explain

__all__ = [
    "Arithmetic",
    "BreakEven",
    "Count",
    "Decisive",
    "Disagreement",
    "Forecast",
    "Gap",
    "ModelAnswer",
    "Objector",
    "Pivot",
    "Silent",
    "Summary",
    "Sweep",
    "disagree",
    "explain",
    "find_gaps",
    "forecast",
    "grid",
    "sample",
    "sweep",
]
