"""What is said of the status quo of a choice: who does not want it would rather have any other option."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.cli.app import app

RUN = CliRunner()


def run(*given: str) -> str:
    found = RUN.invoke(app, list(given))
    assert found.exit_code == 0, found.output
    return found.stdout


def approvals(folder: str, actor: str) -> dict[str, tuple[float, float]]:
    found = json.loads(run("position", folder, actor, "--json"))
    return {one["label"]: (one["position"]["low"], one["position"]["high"]) for one in found["options"]}


def chances(folder: str) -> dict[str, float]:
    found = json.loads(run("forecast", folder, "--draws", "400", "--json"))
    return {one["label"]: one["probability"] for one in found["candidates"]}


@pytest.fixture
def host(tmp_path: Path) -> str:
    folder = str(tmp_path / "host")
    run("new", folder, "--body", "League of Three", "--members", "Ardonia, Belmar, Cordia", "--rule", "consensus",
        "--on", "2027-05-01", "--question", "Who would host the fair?", "--option", "nobody", "--option", "Lowtown",
        "--option", "Highville", "--method", "consensus")  # fmt: skip
    return folder


def say(folder: str, who: str, stance: str, what: str) -> None:
    run("statements", folder, "add", who, stance, what, "its words", "--source", "Note", "--on", "2027-03-01")


def test_who_does_not_want_the_status_quo_would_rather_have_any_option(host: str) -> None:
    say(host, "Ardonia", "against", "nobody")
    say(host, "Belmar", "for", "nobody")
    say(host, "Cordia", "against", "nobody")
    say(host, "Cordia", "against", "Lowtown")
    assert all(low == 50 for low, _ in approvals(host, "Ardonia").values())
    assert all(high < 50 for _, high in approvals(host, "Belmar").values())
    own = approvals(host, "Cordia")
    assert own["Lowtown"][1] < 50  # what it says of an option counts before what it says of having none
    assert own["Highville"][0] == 50


def test_not_wanting_the_status_quo_never_makes_it_likelier(host: str) -> None:
    say(host, "Belmar", "for", "Lowtown")
    before = chances(host)
    say(host, "Ardonia", "against", "nobody")
    after = chances(host)
    assert after["nobody"] <= before["nobody"]
    told = run("position", host, "Ardonia")
    assert "would rather have it than 'nobody': its words" in " ".join(told.split())
