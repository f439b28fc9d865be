"""Studies: each cell is the forecast that it says, and a study goes on where it was broken off."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.command_line import command

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError, InputError
from foedus.dossiers import packaged_dossiers, read_dossier, suppose
from foedus.forecasts.choice import choice
from foedus.studies import Study, read_study, run_study
from foedus.studies.effects import CellAnswer, effects, spans
from foedus.studies.running import CELLS

SMALL = """\
foedus: 1
title: Small
dossiers:
  - dossier: tokyo-office
    issue: office
    days: [2023-05-31, 2023-07-10]
models: [default, consensus]
vary:
  - name: silent
    settings:
      as declared: []
      lean neither way: silence.position=50
draws: 60
seed: 3
"""


@pytest.fixture
def small(tmp_path: Path) -> Study:
    return study_of(tmp_path, SMALL)


def study_of(folder: Path, text: str) -> Study:
    (folder / "small.yaml").write_text(text, "utf-8")
    return read_study(folder / "small.yaml")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
    }


def test_every_cell_is_the_forecast_that_it_says(small: Study, tmp_path: Path) -> None:
    run_study(small, tmp_path / "out")
    frame = pl.read_parquet(tmp_path / "out" / "results.parquet")
    assert frame["cell"].n_unique() == 8 == len(small.cells)
    tokyo = read_dossier(packaged_dossiers()["tokyo-office"])
    for cell in small.cells:
        supposed = suppose(tokyo, cell.changes, "office") if cell.changes else tokyo
        models = () if cell.model is None else (cell.model,)
        expected = foedus.forecast(supposed, "office", cell.as_of, models=models, draws=60, seed=3)
        rows = frame.filter(pl.col("cell") == cell.key[:16])
        assert rows["option"].to_list() == [option.label for option in expected.options]
        assert rows["probability"].to_list() == pytest.approx(
            [option.probability for option in expected.options], abs=1e-8
        )
        assert rows["mean"].to_list() == pytest.approx([expected.mean] * 4, abs=1e-6)
        assert set(rows["objector"]) == {next((who.actor for who in expected.known_objectors if who.probability), None)}
        assert set(rows["wanted"]) == {rows.filter(pl.col("option") == "liaison office")["probability"].item()}
        assert rows.filter("likeliest")["option"].item() == expected.likeliest.label
        (row,) = rows.select("as_of", "model", "silent", "changes", "meeting").unique().rows()
        assert row == (
            cell.as_of,
            expected.model,
            dict(cell.settings)["silent"],
            "; ".join(cell.changes),
            "Vilnius 2023",
        )


def test_a_choice_without_an_order_is_a_cell_like_any_other(tmp_path: Path) -> None:
    entry = "{dossier: secretary-general-2024, days: 2024-03-12, want: Mark Rutte}"
    found = run_study(study_of(tmp_path, f"foedus: 1\ntitle: who\ndossiers: [{entry}]\ndraws: 50\n"), tmp_path / "out")
    dossier = read_dossier(packaged_dossiers()["secretary-general-2024"])
    expected = choice(dossier, as_of=found.cells[0].as_of, draws=50)
    assert found.cells[0].wanted == pytest.approx(expected.probability("Mark Rutte"), abs=1e-8)
    assert pl.read_parquet(tmp_path / "out" / "results.parquet")["at"].null_count() == len(expected.candidates)


def test_a_broken_off_study_goes_on_and_ends_with_the_same_bytes(small: Study, tmp_path: Path) -> None:
    def interrupt(_: str, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        run_study(small, tmp_path / "broken", progress=interrupt)
    assert stopped.value.__notes__[0].startswith("3 of 8 cells are kept in ")
    kept = sorted((tmp_path / "broken" / CELLS).iterdir())
    assert len(kept) == 3
    kept[0].write_text('{"key": "cut', "utf-8")
    found = run_study(small, tmp_path / "broken")
    assert (found.kept, found.computed) == (2, 6)
    run_study(small, tmp_path / "whole")
    assert files(tmp_path / "broken") == files(tmp_path / "whole")


def test_a_study_that_has_grown_answers_only_what_is_new(small: Study, tmp_path: Path) -> None:
    run_study(small, tmp_path / "out")
    grown = study_of(tmp_path, SMALL.replace("2023-07-10]", "2023-07-10, 2023-06-30]"))
    assert run_study(grown, tmp_path / "out").computed == 4
    other = replace(grown, cells=grown.cells[:4])
    assert (run_study(other, tmp_path / "out").kept, run_study(other, tmp_path / "out").computed) == (4, 0)


def test_a_changed_dossier_is_answered_anew(tmp_path: Path) -> None:
    shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "mine")
    text = "foedus: 1\ntitle: mine\ndossiers: [{dossier: mine, issue: office, days: 2023-07-10}]\ndraws: 20\n"
    before = run_study(study_of(tmp_path, text), tmp_path / "out")
    settings = tmp_path / "mine" / "dossier.yaml"
    old, new = "mode: 0.3", "mode: 0.4"
    settings.write_text(settings.read_text("utf-8").replace(old, new), "utf-8")
    after = run_study(study_of(tmp_path, text), tmp_path / "out")
    assert before.computed == after.computed == 1


def test_what_a_model_cannot_do_is_an_answer(tmp_path: Path) -> None:
    entry = "{dossier: tokyo-office, issue: office}"
    text = f"foedus: 1\ntitle: no\ndossiers: [{entry}]\nmodels: [co-decision, mean]\ndraws: 20\n"
    found = run_study(study_of(tmp_path, text), tmp_path / "out")
    assert found.refused == 1
    rows = pl.read_csv(tmp_path / "out" / "results.csv").filter(pl.col("model") == "co-decision")
    assert rows["probability"].to_list() == [None]
    assert "nobody has the role 'parliament'" in rows["problem"].item()


def test_csv_parquet_and_code_book_agree(small: Study, tmp_path: Path) -> None:
    run_study(small, tmp_path / "out")
    parquet = pl.read_parquet(tmp_path / "out" / "results.parquet")
    csv = pl.read_csv(tmp_path / "out" / "results.csv", schema=parquet.schema)
    assert parquet.equals(csv)
    book = pl.read_csv(tmp_path / "out" / "columns.csv")
    assert book["column"].to_list() == parquet.columns
    assert book["meaning"].null_count() == 0
    assert (tmp_path / "out" / "study.yaml").read_text("utf-8") == SMALL


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_base_r_reads_the_results(small: Study, tmp_path: Path) -> None:
    run_study(small, tmp_path / "out")
    code = (
        "d <- read.csv('results.csv'); d <- d[d$option == d$want, ]; "
        "cat(nrow(d), is.numeric(d$probability), all(d$wanted == d$probability))"
    )
    done = subprocess.run(["Rscript", "-e", code], cwd=tmp_path / "out", capture_output=True, text=True, check=True)
    assert done.stdout == "8 TRUE TRUE"


WRONG = {
    "models: [default, consensus]": ("models: [default, consensos]", "line 7, models: 'consensos'"),
    "2023-05-31,": ("2023-05-32,", "line 6: '2023-05-32', expected a day that the calendar has"),
    "silence.position=50": ("silence.position=500", "expected numbers from 0 to 100"),
    "- name: silent": ("- name: model", "line 9, name: 'model', expected a name that is no column"),
    "issue: office": ("issue: ofice", "line 5, issue: 'ofice'"),
    "dossier: tokyo-office": ("dossier: nowhere", "line 4, dossier: 'nowhere', expected a dossier that can be read"),
    "draws: 60": ("drawn: 60", "line 13, drawn: '60', expected no such key here; did you mean 'draws'?"),
    "position=50": ("position=50@2023-01-01", "holds on every day"),
    "silence.position=50 ": ("assumptions.kapa=0", "expected one of exchange_rate"),
    "foedus: 1": ("foedus: 2", "line 1, foedus: '2'"),
}


@pytest.mark.parametrize("right", WRONG)
def test_what_cannot_be_read_is_told_with_its_line(right: str, tmp_path: Path) -> None:
    wrong, told = WRONG[right]
    with pytest.raises(InputError) as refused:
        study_of(tmp_path, SMALL.replace(right.strip(), wrong))
    assert told in str(refused.value)


def test_a_folder_with_something_else_stays_as_it_is(small: Study, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "dossier.yaml").write_text("mine", "utf-8")
    with pytest.raises(FoedusError, match="holds something else than a study"):
        run_study(small, tmp_path / "taken")


def test_the_command_tells_what_moves_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    run = command("study", str(tmp_path / "small.yaml"), "--out", str(tmp_path / "out"))
    status, told, _ = run(capsys)
    assert status == 0
    assert "8 cells, each a forecast of its own.\n" in told
    assert "day of knowledge" in told
    assert "France in " in told
    assert "8 cells, each a forecast of its own, 8 of them kept from an earlier run.\n" in run(capsys)[1]


def test_a_marked_dossier_is_not_sent_to_a_cluster_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "mine")
    assert command("statements", "edit")(capsys, tmp_path / "mine", "jt01", "--set", "marking=restricted")[0] == 0
    text = "foedus: 1\ntitle: mine\ndossiers: [{dossier: mine, issue: office}]\n"
    (tmp_path / "small.yaml").write_text(text, "utf-8")
    run = command("study", str(tmp_path / "small.yaml"), "--out", str(tmp_path / "out"))
    status, _, told = run(capsys, "--scheduler", "tcp://127.0.0.1:1")
    assert status == 2
    assert "mine holds what is marked restricted: --max-marking restricted sends all of it" in told


def cell(day: str, model: str, wanted: float, likeliest: str = "no") -> CellAnswer:
    return CellAnswer(
        key=f"{day}-{model}", dossier="d", issue="i", as_of=parse_day(day), on=None, meeting=None, model=model,
        settings={}, changes=(), likeliest=likeliest, likeliest_probability=0.5, want="yes", wanted=wanted,
        objector=None, objects=None, problem="",
    )  # fmt: skip


def test_effects_of_a_table_worked_by_hand() -> None:
    table = [
        cell("2020-01-01", "a", 0.10), cell("2020-01-01", "b", 0.30),
        cell("2020-02-01", "a", 0.15), cell("2020-02-01", "b", 0.55, "yes"),
    ]  # fmt: skip
    by = {effect.factor: effect for effect in effects(table, ())}
    assert (by["model"].mean, by["model"].largest) == pytest.approx((0.30, 0.40))  # 0.2 and 0.4
    assert (by["as_of"].mean, by["as_of"].largest) == pytest.approx((0.15, 0.25))  # 0.05 and 0.25
    assert (by["model"].turns, by["as_of"].turns, by["as_of"].combinations) == (1, 1, 2)
    (span,) = spans(table)
    assert (span.low, span.at_low, span.high, span.at_high) == (0.10, "2020-01-01-a", 0.55, "2020-02-01-b")
    assert span.likeliest == {"no": 3, "yes": 1}


@given(st.lists(st.lists(st.floats(0, 1), min_size=2, max_size=2), min_size=2, max_size=4))
def test_no_effect_is_wider_than_the_span(shares: Sequence[Sequence[float]]) -> None:
    places = [(day, model) for day in range(len(shares)) for model in range(2)]
    table = [cell(f"2020-01-0{day + 1}", "ab"[model], shares[day][model]) for day, model in places]
    (span,) = spans(table)
    for effect in effects(table, ()):
        assert 0 <= effect.mean <= effect.largest + 1e-12
        assert effect.largest <= span.high - span.low + 1e-12
