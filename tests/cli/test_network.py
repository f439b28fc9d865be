"""``foedus network`` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from tests.command_line import command

run = command("network")


def test_the_camps_of_the_council_are_those_of_the_vote(capsys: pytest.CaptureFixture[str]) -> None:
    """The six who voted against on 17 June 2024 stand in one camp; Belgium, which abstained, in none."""
    status, out, _ = run(capsys, "nature-law-2024", "--json")
    found = json.loads(out)
    [camp] = [set(one) for one in found["camps"]["groups"] if "HUN" in one]
    assert status == 0
    assert {"HUN", "FIN", "ITA", "NLD", "POL", "SWE"} <= camp
    assert found["camps"]["untied"] == ["BEL"]
    assert not {"DEU", "FRA", "ESP"} & camp


def test_a_report_and_files_for_other_programs_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page, graph, edges = tmp_path / "net.html", tmp_path / "net.graphml", tmp_path / "net.csv"
    status, out, _ = run(
        capsys, "tokyo-office", "--window", 365, "--report", page, "--graphml", graph, "--edges", edges
    )
    assert status == 0
    assert "Two camps: polarisation 0.47 of at most 0.50." in out
    assert "Through time" in out
    assert page.read_text("utf-8").count("<svg") == 6  # three charts, wide and narrow
    assert nx.read_graphml(graph).nodes["JPN"]["label"] == "Japan"
    assert edges.read_text("utf-8").splitlines()[1].startswith("USA,nato,")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--relation", "for"], "--relation 'for': expected congruence, conflict, subtract or ignore"),
        (["--of", "both", "--relation", "conflict"], "--relation 'conflict': expected all, for, against or subtract"),
        (
            ["--of", "both", "--normalisation", "jaccard"],
            "--normalisation 'jaccard': expected none, activity or prominence",
        ),
        (["--normalisation", "log"], "--normalisation 'log': expected none, average, jaccard or cosine"),
        (["--without", "Narnia"], "no statement has Narnia, which is to be left out; there are"),
        (["--from", "2030-01-01"], "no accepted statement is left to draw a network from"),
        (["--from", "soon"], "--from: 'soon' is not a day such as 2023-07-11"),
    ],
)
def test_bad_input_is_one_clear_error(capsys: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    status, out, err = run(capsys, "tokyo-office", *words)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") <= 2
