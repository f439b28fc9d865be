"""How fast: the forecast, the comparison of models, the cold report and the world. Run by ``make timings``."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

import foedus
from foedus.dossiers import packaged_dossiers
from foedus.explain import influence_of_evidence
from foedus.forecasts import disagree
from foedus.reports.explained import explain_for_report
from foedus.world import packaged_world
from foedus.world.loading import TABLES_FOLDER, read_tables


def test_forecast_of_ten_thousand_draws(benchmark) -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    benchmark(foedus.forecast, dossier, issue="office", as_of="2023-07-10")


def test_every_model_on_the_tokyo_dossier(benchmark) -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    benchmark.pedantic(disagree, [dossier, "office", "2023-07-10"], rounds=1)


def test_reading_the_tokyo_dossier(benchmark) -> None:
    benchmark(foedus.read_dossier, packaged_dossiers()["tokyo-office"])


def test_cold_report(benchmark, tmp_path: Path) -> None:
    """One whole process: start, read, forecast, explain, draw, write. The issue asks for under 5 s."""
    command = [
        *(sys.executable, "-m", "foedus", "forecast", str(packaged_dossiers()["tokyo-office"])),
        *("--as-of", "2023-07-10", "--report", str(tmp_path / "report.html")),
    ]
    benchmark.pedantic(subprocess.run, [command], {"check": True, "capture_output": True}, rounds=3)


def test_cold_word_brief(benchmark, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "foedus", "forecast", str(packaged_dossiers()["tokyo-office"])),
        *("--as-of", "2023-07-10", "--report", str(tmp_path / "report.docx")),
    ]
    benchmark.pedantic(subprocess.run, [command], {"check": True, "capture_output": True}, rounds=3)


@pytest.mark.parametrize("page", ["forecast", "reconstruction"])
def test_explaining_a_forecast_for_its_report(benchmark, page: str) -> None:
    """Levers, influence of evidence, the line through time, scenarios and indices, on the forecast's own draws."""
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    shown = next(one for one in dossier.pages if one.id == page)
    answer = foedus.forecast(dossier, shown.issue, shown.as_of, shown.on)
    benchmark.pedantic(explain_for_report, [answer], rounds=3)


def test_influence_of_a_hundred_changes_of_evidence(benchmark) -> None:
    """Everything that was known by July 2024: 45 statements, each left out, reversed and aged."""
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    answer = foedus.forecast(dossier, "office", "2024-07-10", "Vilnius 2023")
    found = benchmark.pedantic(influence_of_evidence, [answer], rounds=3)
    benchmark.extra_info["changes"] = len(found.effects)


def test_cold_demo(benchmark, tmp_path: Path) -> None:
    """One whole process: the dossier copied out and its three pages. To be under 5 s."""
    command = [sys.executable, "-m", "foedus", "demo", str(tmp_path / "tokyo-office")]
    benchmark.pedantic(subprocess.run, [command], {"check": True, "capture_output": True}, rounds=3)


def test_loading_the_whole_world(benchmark) -> None:
    # The design asks for under 150 ms.
    benchmark(read_tables, [TABLES_FOLDER])


def test_the_members_of_a_day(benchmark) -> None:
    # The design asks for under 50 microseconds.
    benchmark(packaged_world().members, "nato", dt.date(2023, 7, 11))
