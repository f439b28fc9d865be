"""Data sets with known outcomes, scores and leader boards."""

from foedus.backtests.baselines import BASELINES
from foedus.backtests.board import Backtest, backtest
from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.case import CaseTable, PastCase, Standing
from foedus.backtests.fitting import fit_all, render_parameters
from foedus.backtests.layouts import read_cases
from foedus.backtests.logit import TEN_FEATURES, WHOLE_LIBRARY
from foedus.backtests.mixture import PoleMixture
from foedus.backtests.pool import LEARNED
from foedus.backtests.predictions import Model, Prediction
from foedus.backtests.room import ROOM, Settled
from foedus.backtests.running import BOARD, CONSENSUS_BOARD, models_named, run_backtest, run_consensus
from foedus.backtests.scoring import Scored

MODELS: tuple[Model, ...] = (*BASELINES, PoleMixture(), TEN_FEATURES, WHOLE_LIBRARY, LEARNED)
"""The simple rules, and the models that are fitted; `BOARD` holds the models room as well."""

Case = PastCase
"""The name under which cases were imported before `foedus.cases.Case` had it."""

__all__ = [
    "BASELINES",
    "BOARD",
    "CONSENSUS_BOARD",
    "LEARNED",
    "MODELS",
    "ROOM",
    "TEN_FEATURES",
    "WHOLE_LIBRARY",
    "Backtest",
    "Case",
    "CaseTable",
    "Difference",
    "Model",
    "PastCase",
    "PoleMixture",
    "Prediction",
    "Scored",
    "Settled",
    "Standing",
    "backtest",
    "fit_all",
    "models_named",
    "paired_difference",
    "read_cases",
    "render_parameters",
    "run_backtest",
    "run_consensus",
]
