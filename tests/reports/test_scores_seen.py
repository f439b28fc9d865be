"""Scores as a person sees them: each cell is the number that its heading names, also in the check of votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from foedus.backtests import Backtest, run_consensus
from foedus.backtests.security_council import Called, Check, CouncilCheck
from foedus.base.days import parse_day
from foedus.reports.backtest import leader_chart
from foedus.reports.council_check import council_check_sections
from foedus.reports.scores import backtest_sections
from foedus.reports.sections import Section

SHOWN = ("mean", "learned")


@pytest.fixture(scope="module")
def board() -> Backtest:
    return run_consensus(["mean", "base rate", "learned"])


def section(sections: tuple[Section | None, ...], name: str) -> Section:
    return next(each for each in sections if each is not None and each.id == name)


def rows(shown: Section) -> list[dict[str, str]]:
    table = shown.table()
    return [dict(zip(table.headings, map(str, row), strict=True)) for row in table.rows]


def told(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def test_every_score_of_a_model_stands_under_its_heading(board: Backtest) -> None:
    shown = rows(section(backtest_sections(board, SHOWN), "board"))
    for row, model in zip(shown, board.scored, strict=True):
        own: Mapping[str, Any] = model.summarised()
        assert row == {
            "model": f"{'* ' if own['default'] else ''}{model.model}",
            "issues": f"{own['issues']}",
            "failed": f"{own['failed']}",
            "CRPS": told(own["crps"], 2),
            "log": told(own["log_score"], 2),
            "3-way log": told(own["three_way"]["log"], 3),
            "Brier": told(own["three_way"]["brier"], 3),
            "error": told(own["mae"], 2),
            "of median": told(own["mae_of_median"], 2),
            "hits": told(own["hits_within_5"], 3),
            "50 %": told(own["coverage"]["50"], 3),
            "80 %": told(own["coverage"]["80"], 3),
            "95 %": told(own["coverage"]["95"], 3),
        }
    learned = next(row for row in shown if row["model"].endswith("learned"))
    assert len(set(learned.values())) == len(learned)  # no two alike, so that one in another's place is told


def test_what_was_scored_is_counted(board: Backtest) -> None:
    words = str(section(backtest_sections(board, SHOWN), "about").blocks[0])
    assert board.issues != board.proposals
    assert words.startswith(f"{board.issues} issues of {board.proposals} {board.unit}s (rules: ")


def test_a_difference_has_the_sign_of_the_marked_model_less_the_other(board: Backtest) -> None:
    shown = {row["against"]: row for row in rows(section(backtest_sections(board, SHOWN), "differences"))}
    own = board.default
    for model in board.scored:
        if model is not own:
            both = ~(np.isnan(own.crps) | np.isnan(model.crps))
            mean = float((own.crps - model.crps)[both].mean())
            assert shown[model.model]["difference"] == told(mean, 2)
            assert shown[model.model]["issues"] == f"{both.sum()}"


def test_each_group_has_each_models_own_score(board: Backtest) -> None:
    shown = rows(section(backtest_sections(board, SHOWN), "breakdowns"))
    models = {model.model: model for model in board.scored if model.model in SHOWN}
    for row, (by, label, picked) in zip(shown, board.breakdowns(), strict=True):
        assert (row["by"], row["group"], row["issues"]) == (by, label, f"{picked.sum()}")
        for name, model in models.items():
            assert row[name] == told(float(np.nanmean(model.crps[picked])), 2)


def test_each_bar_is_its_models_own(board: Backtest) -> None:
    chart = leader_chart(board, 690)
    bars = {row["model"]: row["crps"] for row in chart.data["models"]}
    assert bars == {model.model: pytest.approx(float(np.nanmean(model.crps))) for model in board.scored}


def test_the_check_of_votes_beside_a_constant() -> None:
    """Of five votes four were a yes; what the constant .9 scores is worked out here."""
    day = parse_day("2018-07-01")
    chances, came = (0.9, 0.8, 0.6, 0.4, 0.7), (True, True, True, True, False)
    called = tuple(
        Called(f"v{at}", day, chance, yes, chance if yes else 1 - chance)
        for at, (chance, yes) in enumerate(zip(chances, came, strict=True))
    )
    check = Check("votes", called, 0.9)
    sections = council_check_sections(CouncilCheck("sample", "0" * 64, (check,), 2017))
    assert str(section(sections, "about").blocks[0]) == "Single votes: 4 of 5 voted yes."
    own, constant = rows(section(sections, "scores"))
    p, y = np.array(chances), np.array(came, float)
    ranked = np.mean([high > p[4] for high in p[:4]])
    assert own == {
        "task": "single votes",
        "forecast": "Foedus",
        "accuracy": told(3 / 5, 3),
        "balanced": told((3 / 4 + 0) / 2, 3),
        "AUC": told(float(ranked), 3),
        "Brier": told(float(np.mean((p - y) ** 2)), 3),
        "log": told(float(-np.mean(np.log(np.where(y == 1, p, 1 - p)))), 3),
    }
    assert constant == {
        "task": "single votes",
        "forecast": "always 90.0 % yes",
        "accuracy": told(4 / 5, 3),
        "balanced": "0.500",
        "AUC": "0.500",
        "Brier": told(float(np.mean((0.9 - y) ** 2)), 3),
        "log": told(float(-np.mean(np.log(np.where(y == 1, 0.9, 0.1)))), 3),
    }
