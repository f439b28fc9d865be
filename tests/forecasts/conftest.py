"""The packaged dossier, copies of it to edit, and forecasts made once."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.dossiers import Dossier, packaged_dossiers

Rows = list[dict[str, str]]

VILNIUS = {"as_of": "2023-07-10", "on": "Vilnius 2023"}


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    """Return the packaged Tokyo dossier."""
    return foedus.read_dossier(packaged_dossiers()["tokyo-office"])


@pytest.fixture(scope="session")
def vilnius(dossier: Dossier) -> foedus.Forecast:
    """Return the forecast of its first page, made of 1,500 draws."""
    return foedus.forecast(dossier, issue="office", draws=1_500, seed=1, **VILNIUS)


@pytest.fixture
def tokyo(tmp_path: Path) -> Path:
    """Return a copy of the Tokyo dossier to edit."""
    return Path(shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "tokyo"))


@pytest.fixture(scope="session")
def edit() -> Callable[[Path, Callable[[Rows], Iterable[dict[str, str]]]], None]:
    """Return a function that rewrites the rows of a table."""

    def rewrite(path: Path, change: Callable[[Rows], Iterable[dict[str, str]]]) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, heading = list(reader), list(reader.fieldnames or ())
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heading)
            writer.writeheader()
            writer.writerows(change(rows))

    return rewrite


@pytest.fixture(scope="session")
def with_settings() -> Callable[..., Dossier]:
    """Return a function that replaces keys of a dossier's settings."""

    def changed(dossier: Dossier, **settings: Any) -> Dossier:
        return replace(dossier, settings=dossier.settings.model_copy(update=settings))

    return changed
