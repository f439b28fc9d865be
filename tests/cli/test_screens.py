"""What a command prints for people is what it answers to a program: each number under its own heading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.base.days import parse_day
from foedus.cli import main
from foedus.ledgers.chain import Share
from foedus.ledgers.ledger import record_human


def both(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, Any], str]:
    """The answer of a command as JSON, and its screen."""
    told = []
    for more in (["--json"], []):
        with pytest.raises(SystemExit) as end:
            main([*arguments, *more])
        assert not end.value.code
        told.append(capsys.readouterr().out)
    return json.loads(told[0]), told[1]


def below(screen: str, heading: str, rows: int) -> list[list[str]]:
    """The words of the rows below a heading."""
    lines = screen.splitlines()
    at = next(n for n, line in enumerate(lines) if line.split() == heading.split())
    return [line.split() for line in lines[at + 1 : at + 1 + rows]]


def test_a_position_and_the_weight_of_each_statement(capsys: pytest.CaptureFixture[str]) -> None:
    found, screen = both(capsys, "position", "tokyo-office", "FRA", "--as-of", "2023-07-10")

    def span(key: str) -> str:
        low, mode, high = (
            f"{v:.0f}" if v >= 10 else f"{v:.2g}" for v in (found[key][k] for k in ("low", "mode", "high"))
        )
        return f"{mode} ({low} to {high})"

    assert f"Wants {span('position')}, nearest to {found['nearest_option']!r}" in screen
    assert f"Says {span('public_position')}, nearest to" in screen
    assert f"Cares {span('salience')}, " in screen
    shares = [f"{100 * one['share']:.0f} %" for one in found["statements"]]
    assert len(set(shares)) == len(shares) > 1
    told = [line for line in screen.splitlines() if line.startswith("2023-06-20")]
    for line, one, share in zip(told, found["statements"], shares, strict=True):
        assert line.startswith(one["said_on"])
        assert f"{one['effect']}   {share}" in line


def test_scores_stand_under_their_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ledger, outcomes = tmp_path / "ledger.jsonl", tmp_path / "outcomes.csv"
    for by, p in (("ann", 0.2), ("bob", 0.7)):
        shares = [Share("none", 0, p), Share("some", 100, 1 - p)]
        record_human(ledger, by, "office", parse_day("2023-07-11"), shares, parse_day("2023-07-01"))
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,some\n", "utf-8")
    found, screen = both(capsys, "score", str(ledger), "--outcomes", str(outcomes))
    rows = below(screen, "entry by issue day as of recorded outcome log score Brier CRPS", 2)
    for row, one in zip(rows, found["scored"], strict=True):
        assert row[:3] == [str(one["n"]), one["by"], one["issue"]]
        assert row[3:6] == ["2023-07-11", "2023-07-01", "2023-07-01"]
        assert row[6:] == ["some", f"{one['log_score']:.3f}", f"{one['brier']:.3f}", f"{one['crps']:.2f}"]
    assert rows[0][-3:] == ["0.223", "0.080", "4.00"]  # -log 0.8; 2 * 0.2²; 100 * 0.2²
    means = below(screen, "by forecasts log score Brier CRPS", 2)
    assert means == [["ann", "1", "0.223", "0.080", "4.000"], ["bob", "1", "1.204", "0.980", "49.000"]]
