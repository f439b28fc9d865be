"""What is left blank beside what is set by hand is refused or told, never filled in silently."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import foedus
from foedus.base.errors import InputError
from foedus.dossiers import copy_packaged
from foedus.forecasts.gaps import find_gaps


@pytest.fixture
def emissions(tmp_path: Path) -> Path:
    copy_packaged("emissions-1994", tmp_path / "mine")
    return tmp_path / "mine"


def blank(folder: Path, actor: str, *columns: str) -> None:
    path = folder / "stakeholders.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["actor"] == actor:
            row.update(dict.fromkeys(columns, ""))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_a_blank_capability_among_others_is_refused(emissions: Path) -> None:
    blank(emissions, "FRA", "capability_low", "capability_mode", "capability_high")
    with pytest.raises(InputError, match="is blank for FRA"):
        foedus.forecast(foedus.read_dossier(emissions), draws=20)


def test_a_blank_salience_is_told(emissions: Path) -> None:
    assert not [gap for gap in find_gaps(foedus.read_dossier(emissions)) if gap.kind == "salience"]
    blank(emissions, "FRA", "salience_low", "salience_mode", "salience_high")
    (gap,) = [gap for gap in find_gaps(foedus.read_dossier(emissions)) if gap.kind == "salience"]
    assert "France" in gap.what


def test_a_packaged_dossier_goes_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert foedus.read_dossier("emissions-1994").issues[0].id == "delay"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("consensus+challenge", "'consensus' settles, so nothing can follow it.*write challenge\\+consensus"),
        ("challenge+exchange+mean", "more than two stages"),
        ("Nash", "did you mean 'nash'"),
    ],
)
def test_names_of_models_are_refused_with_what_to_do(name: str, message: str) -> None:
    dossier = foedus.read_dossier("emissions-1994")
    with pytest.raises(foedus.FoedusError, match=message):
        foedus.forecast(dossier, models=[name], draws=20)
