"""What the tests of reports share: one forecast of the packaged dossier, its explanation, page and Word file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import foedus
from foedus.dossiers import Dossier
from foedus.forecasts import Forecast
from foedus.reports.drawing import Artist
from foedus.reports.explained import Explanation, explain_for_report


@pytest.fixture(scope="session")
def forecast(tokyo: Dossier) -> Forecast:
    """The office, as of the eve of the Vilnius summit."""
    return foedus.forecast(tokyo, issue="office", as_of="2023-07-10", draws=1_000)


@pytest.fixture(scope="session")
def explained(forecast: Forecast) -> Explanation:
    """What a report tells beside it."""
    return explain_for_report(forecast)


@pytest.fixture(scope="session")
def artist() -> Iterator[Artist]:
    """Draws the charts of all: to start one takes longer than to draw a page's."""
    with Artist() as one:
        yield one


@pytest.fixture(scope="session")
def page(forecast: Forecast, explained: Explanation, artist: Artist, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Its page."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    foedus.save_report(forecast, path, artist, explained=explained)
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def word(forecast: Forecast, explained: Explanation, artist: Artist, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its Word file."""
    path = tmp_path_factory.mktemp("word") / "report.docx"
    foedus.save_report(forecast, path, artist, explained=explained)
    return path


@pytest.fixture(scope="session")
def few(tokyo: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The dossier with four statements and no ``response.yaml``: its report is made in a fraction of the time."""
    return replace(tokyo, statements=tokyo.statements[:4], folder=tmp_path_factory.mktemp("few"))
