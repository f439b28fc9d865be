"""Answers in notebooks: as tables, as frames, in plain words; and the notebooks that come with the pages."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.base.errors import FoedusError
from foedus.coding.coders import between_dossiers
from foedus.dossiers import Dossier, packaged_dossiers, read_dossier
from foedus.networks.answer import Asked, network_of

NOTEBOOKS = Path(__file__).parents[2] / "docs" / "notebooks"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(packaged_dossiers()["tokyo-office"])


def test_a_forecast_shows_its_options_and_objectors(dossier: Dossier) -> None:
    forecast = foedus.forecast(dossier, "office", "2023-07-10", draws=200)
    shown = forecast._repr_html_()
    for option in forecast.options:
        assert option.label in shown
        assert f"{option.probability:.0%}".replace("%", " %") in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "France" in shown
    assert forecast.to_frame().columns == ["label", "at", "probability"]
    objectors = forecast.to_frame("objectors")
    assert objectors["probability"].to_list() == [one.probability for one in forecast.objectors]
    assert forecast.to_pandas("objectors").shape == objectors.shape
    assert str(forecast) == repr(forecast)
    with pytest.raises(FoedusError, match="Forecast has no table 'x'; it has options"):
        forecast.to_frame("x")


def test_other_answers_show_as_sections_or_as_recorded(dossier: Dossier) -> None:
    asked = Asked("congruence", "actors")
    network = network_of(dossier, dossier.title, asked, None, "organization")
    assert "<table>" in network._repr_html_().replace(' class="stacked"', "")
    agreed = between_dossiers(dossier, dataclasses.replace(dossier, folder=Path("elsewhere/other")))
    shown = agreed._repr_html_()
    assert all(one.variable in shown for one in agreed.variables)
    assert agreed.to_frame("variables")["alpha"].to_list() == [1.0] * 5
    assert str(agreed) == "Agreement: units 89, shared 89, coders (2 rows), variables (5 rows)"
    assert "<script>" not in dataclasses.replace(agreed, coders={"<script>": 1})._repr_html_()


def test_what_comes_in_a_row_shows_itself_as_one_answer_does(dossier: Dossier) -> None:
    attack = foedus.Attack(place="Paris", on=dt.date(2023, 7, 11), by="RUS")
    owed = foedus.obligations(attack, "nato")
    moves = foedus.levers(foedus.forecast(dossier, "office", "2023-07-10", draws=50), for_actor="FRA", draws=50)
    meant = foedus.resolve("Brussels", on="2023-07-10")
    for answer, column, first in (
        (owed, "treaty", "nato"),
        (moves, "actor", "FRA"),
        (meant, "actor", "BEL"),
    ):
        assert answer.to_frame()[column][0] == answer.to_pandas()[column][0] == first
        assert "<table>" in answer._repr_html_().replace(' class="stacked"', "")
        assert first in answer._repr_html_()
    assert (owed, len(owed), str(owed)) == ((owed[0],), 1, "Listed: rows (1 rows)")
    assert str(meant) == "Resolution: name Brussels, on 2023-07-10, ambiguous True, candidates (3 rows)"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_ends_with(path: Path) -> None:
    names: dict[str, Any] = {}
    shown = 0
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), path.name, "eval"), names)
            assert value is not None
            shown += hasattr(value, "_repr_html_") and bool(value._repr_html_())
    assert shown


def test_the_gallery_draws_what_its_page_shows(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("gallery", NOTEBOOKS.parent / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    gallery = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gallery)
    page = (NOTEBOOKS.parent / "gallery.md").read_text("utf-8")
    assert [f"_generated/gallery/{make.__name__}.svg" in page for make in gallery.PICTURES] == [True] * 4
    for make in gallery.PICTURES:
        assert make().alternative
