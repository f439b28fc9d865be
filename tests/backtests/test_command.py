from __future__ import annotations

import json

import pytest
from tests.command_line import command

from foedus.backtests import run_consensus
from foedus.reports.backtest import leader_chart, reliability_chart

run = command("backtest")


def test_json_has_the_keys_of_the_contract(capsys) -> None:
    status, out, _ = run(capsys, "consensus", "--model", "proposer", "--model", "learned", "--json")
    answer = json.loads(out)
    assert status == 0
    assert {"data", "issues", "proposals", "folds", "repeats", "seed", "models", "warnings", "rules"} <= answer.keys()
    assert [row["model"] for row in answer["models"]] == ["proposer", "learned"]


def test_table_and_report(capsys, tmp_path) -> None:
    page = tmp_path / "board.html"
    status, out, _ = run(capsys, "consensus", "--model", "mean", "--model", "base rate", "--report", str(page))
    assert status == 0
    assert "186 issues of 118 disputes (rules: consensus 116, unanimity 70)" in out
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    for words in ("Leader board", "Reliability", "Differences", "Breakdowns", "base rate"):
        assert words in text


def test_bad_input_is_told(capsys, tmp_path) -> None:
    status, _, error = run(capsys, "consensus", "--model", "oracle")
    assert (status, "no model 'oracle'" in error) == (2, True)
    status, _, error = run(capsys, "consensus", "--model", "mean", "--report", str(tmp_path / "board.pdf"))
    assert (status, "FILE.html" in error) == (2, True)


def test_charts_hold_the_numbers() -> None:
    found = run_consensus(["mean", "base rate", "learned"])
    bars = leader_chart(found, 690).data["models"]
    assert [row["crps"] for row in bars] == [one.summarised()["crps"] for one in found.scored]
    leader_chart(found, 690).spec.to_dict()
    levels = reliability_chart(found, 690).data["levels"]
    assert [row["share"] for row in levels if row["level"] == 1.0] == pytest.approx([1.0, 1.0, 1.0])
