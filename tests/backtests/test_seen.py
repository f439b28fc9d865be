"""Cases that a fit has seen are recognised and told, and so is what cannot be told."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from tests.backtests.conftest import made_up

from foedus.backtests import LEARNED, MODELS, backtest, paired_difference, read_cases, run_backtest, run_consensus
from foedus.backtests.board import Backtest
from foedus.backtests.consensus_set import packaged_folder
from foedus.backtests.seen import fingerprints, seen_by, training_fingerprints
from foedus.base.answers import as_json
from foedus.cli.app import main
from foedus.ensembles.learned import packaged_parameters
from foedus.reports.backtest import leader_chart, render_backtest
from foedus.reports.drawing import Artist


@pytest.fixture(scope="module")
def half_seen() -> Backtest:
    cases = made_up()
    shipped = packaged_parameters()
    training = shipped["training"] | {"fingerprints": training_fingerprints(cases[:10])}
    return backtest(cases, MODELS, parameters=shipped | {"training": training})


def test_a_case_is_known_by_its_content_or_by_its_names() -> None:
    one, other, third = made_up()[:3]
    training = {"fingerprints": training_fingerprints([one])}
    renamed = dataclasses.replace(one, proposal="x", issue="y", standings=one.standings[::-1])
    touched = dataclasses.replace(one, standings=one.standings[:-1])
    both = dataclasses.replace(renamed, standings=one.standings[:-1])
    assert seen_by(training, [one, other, renamed, touched, both, third]) == (one, renamed, touched)
    assert len({mark for case in made_up() for mark in fingerprints(case)}) == 2 * len(made_up())


def test_no_model_is_marked_by_scores_of_a_fit_to_its_own_data(half_seen: Backtest) -> None:
    answer = json.loads(as_json(half_seen.as_answer()))
    assert (answer["in_sample"], len(answer["in_sample_issues"])) == (10, 10)
    rows = {row["model"]: row for row in answer["models"]}
    assert not any(row["default"] for row in rows.values())
    assert (rows["learned"]["in_sample"], rows["mean"]["in_sample"]) == (10, 0)
    assert answer["differences"] == []
    with Artist() as artist:
        page = render_backtest(half_seen, artist)
    assert "In bold" not in page
    assert "in red" not in leader_chart(half_seen, 690).title


def test_cases_that_no_fit_has_seen_are_scored_as_before() -> None:
    found = backtest(made_up(), MODELS, parameters=packaged_parameters())
    assert (found.seen, found.default.model, found.marked) == ((), "learned", True)
    assert found.differences()


def test_a_subset_of_the_training_file_is_told(deu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = deu.read_text("utf-8").splitlines()
    path, page = tmp_path / "sub.tsv", tmp_path / "sub.html"
    path.write_text("\n".join(lines[:31]) + "\n", "utf-8")
    scoreable = sum(case.scoreable for case in read_cases(path))
    with pytest.raises(SystemExit):
        main(["backtest", str(path), "--no-fit", "--model", "mean", "--model", "learned", "--report", str(page)])
    told = " ".join(capsys.readouterr().out.split())
    for words in (told, page.read_text("utf-8")):
        assert (
            f"{scoreable} of the {scoreable} issues are among those that the shipped parameters were fitted to" in words
        )
        assert "model to use" not in words
    assert "*" not in told
    path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    assert "were fitted to" in run_backtest(path, ["mean", "learned"], fit=False).warnings[0]
    fitted = run_backtest(path, ["learned"], folds=2, repeats=1).warnings[0]
    assert "on new decisions expect about 15.3" in fitted


def test_every_issue_of_the_training_file_is_recognised(deu: Path) -> None:
    cases = [case for case in read_cases(deu) if case.scoreable]
    assert seen_by(packaged_parameters()["training"], cases) == tuple(cases)
    assert packaged_parameters()["training"]["fingerprints"] == training_fingerprints(cases)


@pytest.mark.parametrize(("groups", "told"), [(7, False), (8, True)])
def test_intervals_need_eight_proposals(groups: int, told: bool) -> None:
    rows = np.arange(3 * groups)
    found = paired_difference(rows * 1.0, rows + 2.0, rows // 3, seed=1)
    assert (found.mean, found.groups) == (-2.0, groups)
    assert (found.low, found.high, found.better) == (
        (-2.0, -2.0, 1.0) if told else pytest.approx((np.nan,) * 3, nan_ok=True)
    )
    assert found.interval == ("-2.00 to -2.00" if told else "too few: 7 proposals")
    assert found.clear == (-1 if told else 0)


def test_labels_read_as_a_rule_that_the_fit_knew_are_known() -> None:
    cases = made_up()
    for place, label in enumerate(("unanimity", "Unanimous", "qualified majority", "lot", "consensus")):
        cases[place] = dataclasses.replace(cases[place], rule=label)
    found = backtest(cases, [LEARNED], parameters=packaged_parameters())
    assert found.unknown_rules == ("consensus", "lot")


def test_models_that_say_the_same_are_scored_alike() -> None:
    from foedus.backtests import models_named

    found = backtest(made_up(), models_named(["compromise", "friedkin-johnsen+compromise"]), folds=4, default="")
    one, other = (row.summarised() for row in found.scored)
    assert one["log_score"] is None
    assert one | {"model": ""} == other | {"model": ""}


def test_reasons_of_failures_are_told_in_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = run_consensus(["co-decision", "base rate"], fit=False)
    row = {one["model"]: one for one in found.as_answer()["models"]}
    assert row["base rate"]["reasons"] == []
    assert row["base rate"]["in_sample"] == 186
    assert "parliament" in row["co-decision"]["reasons"][0]["reason"]
    assert row["co-decision"]["reasons"][0]["issues"] == 186
    with pytest.raises(SystemExit):
        main(["backtest", "consensus", "--model", "co-decision", "--no-fit"])
    told = " ".join(capsys.readouterr().out.split())
    assert "(186 of 186 issues)" in told
    assert "* the model" not in told
    assert "118 disputes" in told


def _first_disputes(folder: Path, count: int) -> None:
    """Write the packaged decisions of some disputes: what is fitted anew for each of them need not be for 118."""
    tables = {path.name: _rows(path) for path in packaged_folder().glob("*.csv")}
    chosen = sorted({row["dispute"] for row in tables["decisions.csv"]})[:count]
    ids = {row["id"] for row in tables["decisions.csv"] if row["dispute"] in chosen}
    for name, rows in tables.items():
        key = {"decisions.csv": "id", "sources.csv": ""}.get(name, "decision")
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(row for row in rows if not key or row[key] in ids)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_footnote_stands_with_the_row_that_it_is_about(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _first_disputes(tmp_path, 12)
    with pytest.raises(SystemExit):
        main(["backtest", str(tmp_path), "--model", "track-record", "--model", "mean"])
    told = " ".join(capsys.readouterr().out.split())
    assert "* the model that foedus forecast answers with where the rule is consensus" in told
    assert "Leaving out one dispute at a time" in told
