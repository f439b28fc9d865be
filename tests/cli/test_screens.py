"""What a command prints for people is what it answers to a program: each number under its own heading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.base.days import parse_day
from foedus.cli import main
from foedus.dossiers import copy_packaged, packaged_dossiers, read_dossier
from foedus.ledgers.chain import Share
from foedus.ledgers.ledger import record_human


def both(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, Any], str]:
    """The answer of a command as JSON, and its screen."""
    return json.loads(told(capsys, *arguments, "--json")), told(capsys, *arguments)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints."""
    with pytest.raises(SystemExit) as end:
        main([*arguments])
    assert not end.value.code
    return capsys.readouterr().out


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
    spoken = [line for line in screen.splitlines() if line.startswith("2023-06-20")]
    for line, one, share in zip(spoken, found["statements"], shares, strict=True):
        assert line.startswith(one["said_on"])
        assert f"{one['effect']}   {share}" in line


def test_scores_stand_under_their_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ledger, outcomes = tmp_path / "ledger.jsonl", tmp_path / "outcomes.csv"
    for by, p in (("ann", 0.2), ("bob", 0.7)):
        shares = [Share("none", 0, p), Share("some", 100, 1 - p)]
        record_human(ledger, by, "office", parse_day("2023-07-11"), shares, parse_day("2023-07-01"))
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,some\n", "utf-8")
    found, screen = both(capsys, "score", str(ledger), "--outcomes", str(outcomes))
    rows = below(screen, "entry by issue day as of recorded outcome score Brier CRPS", 2)
    for row, one in zip(rows, found["scored"], strict=True):
        assert row[:3] == [str(one["n"]), one["by"], one["issue"]]
        assert row[3:6] == ["2023-07-11", "2023-07-01", "2023-07-01"]
        assert row[6:] == ["some", f"{one['log_score']:.3f}", f"{one['brier']:.3f}", f"{one['crps']:.2f}"]
    assert rows[0][-3:] == ["0.223", "0.080", "4.00"]  # -log 0.8; 2 * 0.2²; 100 * 0.2²
    means = below(screen, "by forecasts score Brier CRPS", 2)
    assert means == [["ann", "1", "0.223", "0.080", "4.000"], ["bob", "1", "1.204", "0.980", "49.000"]]


def test_statements_stand_under_their_columns(capsys: pytest.CaptureFixture[str]) -> None:
    found, screen = both(capsys, "statements", "tokyo-office", "--actor", "FRA")
    lines = screen.splitlines()
    assert lines[0].startswith(f"{len(found['statements'])} of ")
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    for one in found["statements"]:
        at = next(n for n, line in enumerate(lines) if line.split()[1:2] == [one["id"]])
        assert lines[at].split()[2:5] == ["FRA", one["concept"], f"{one['stance']:+d}" if one["stance"] else "0"]
        assert lines[at + 2].startswith(f"said {one['said_on']}")
        known = dossier.known_on(next(s for s in dossier.statements if s.id == one["id"]))
        assert lines[at + 3].startswith(f"known {known}")


def test_decisions_agreement_and_documents(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home, twin = tmp_path / "home", tmp_path / "twin"
    copy_packaged("tokyo-office", home)
    copy_packaged("tokyo-office", twin)
    (tmp_path / "a.txt").write_text(
        "The defence minister of Hungary spoke on 12 June 2023.\n"
        "Hungary opposes the opening of the NATO liaison office in Tokyo.\n"
        "Germany supports the NATO office in Tokyo.\n",
        "utf-8",
    )
    words = ("read", str(tmp_path / "a.txt"), "--published", "2023-06-12", "--into")
    screen = told(capsys, *words, str(home))
    found = json.loads(told(capsys, *words, str(twin), "--json"))
    [document] = found["documents"]
    assert screen.splitlines()[0].startswith("1 document read into ")
    assert ", 1 new: " in screen.splitlines()[0]
    row = below(screen, "id title known language candidates accepted", 1)[0]
    assert row[-2:] == [str(document["candidates"]), str(document["accepted"])]
    assert document["candidates"] > document["accepted"] == 0
    for actor, sign in (("HUN", "-1"), ("DEU", "+1")):
        assert next(line.split() for line in screen.splitlines() if line.startswith(actor))[1] == sign
    ids = [one["id"] for one in found["statements"]]
    for step in (("accept", ids[0]), ("reject", ids[1]), ("undo",), ("undo", "--skip")):
        told(capsys, "statements", str(home), *step)
    found, screen = both(capsys, "statements", str(home), "history")
    marks = {line.split()[0]: line.split()[-1] for line in screen.splitlines()[2:] if line.split()[0].isdigit()}
    for one in found["entries"]:
        said = "yes" if one["undone"] else "skipped" if one["skipped"] else ""
        assert (marks[str(one["number"])] == said) == bool(said)
    assert any(one["skipped"] and not one["undone"] for one in found["entries"])
    for one in ("jt01", "jt02", "jt03"):
        told(capsys, "statements", str(twin), "edit", one, "--stance", "0")
    told(capsys, "statements", str(home), "add", "FRA", "against", "office", "no", "--source", "jt", "--passage", "p40")
    found, screen = both(capsys, "statements", str(home), "agreement", "--with", str(twin))
    assert f"{found['shared']} of {found['units']} units seen by all" in screen
    assert found["shared"] < found["units"]
    for one in found["variables"]:
        row = next(line.split() for line in screen.splitlines() if line.startswith(one["variable"]))
        assert row[2] == str(one["units"])
        if one["variable"] == "stance":
            kappa = one["kappa"][0]["kappa"]
            assert row[-2:] == [f"{one['alpha']:.3f}", f"{kappa:.3f}"]
            assert row[-2] != row[-1]
