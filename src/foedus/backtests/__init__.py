"""Data sets with known outcomes, scores and leader boards."""

from foedus.backtests.baselines import BASELINES
from foedus.backtests.board import Backtest, Scored, backtest
from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.case import Case, CaseTable, Standing
from foedus.backtests.fitting import fit_all, render_parameters
from foedus.backtests.layouts import read_cases
from foedus.backtests.logit import LEARNED, TEN_FEATURES
from foedus.backtests.mixture import PoleMixture
from foedus.backtests.predictions import Model, Prediction

MODELS: tuple[Model, ...] = (*BASELINES, PoleMixture(), TEN_FEATURES, LEARNED)
"""The models of the leader board, the simple rules first."""

__all__ = [
    "BASELINES",
    "LEARNED",
    "MODELS",
    "TEN_FEATURES",
    "Backtest",
    "Case",
    "CaseTable",
    "Difference",
    "Model",
    "PoleMixture",
    "Prediction",
    "Scored",
    "Standing",
    "backtest",
    "fit_all",
    "paired_difference",
    "read_cases",
    "render_parameters",
]
