"""One act has one figure: what levers say of it is what ``--set`` says with as many draws and the same seed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import foedus
from foedus.cases.signals import signals_of
from foedus.cli.app import app
from foedus.dossiers import suppose
from foedus.explain.acts import ABSTAIN, CONDITION, TOGETHER, acts

DRAWS = 60
RULES = {
    "consensus": ("tokyo-office", "office", "2023-07-10", "programme office"),
    "a qualified majority": ("nature-law-2024", None, "2024-06-15", "adopted"),
    "no change wanted": ("oil-embargo-2022", None, None, None),
}


@pytest.fixture(scope="module", params=RULES)
def asked(request: pytest.FixtureRequest) -> tuple[foedus.Forecast, str]:
    name, issue, as_of, want = RULES[request.param]
    answer = foedus.forecast(foedus.read_dossier(name), issue=issue, as_of=as_of, draws=DRAWS)
    return answer, want or answer.case.issue.status_quo


def supposed(answer: foedus.Forecast, words: list[str], option: str) -> float:
    case = answer.case
    dossier = suppose(case.dossier, words, case.issue.id)
    again = foedus.forecast(
        dossier, issue=case.issue.id, as_of=case.as_of, on=case.meeting.name, draws=DRAWS, seed=answer.seed
    )
    return again.probability(option)


def test_every_act_is_what_set_says_of_it(asked: tuple[foedus.Forecast, str]) -> None:
    answer, want = asked
    place = answer.case.issue.option(want).at
    tried = [act for act in acts(answer, want, draws=DRAWS) if act.kind in {CONDITION, ABSTAIN, TOGETHER}]
    for act in tried[:3]:
        words = [f"{actor}.position={place:g}" for actor in act.actors]
        assert act.probability_after == pytest.approx(supposed(answer, words, want), abs=1e-9)


def test_every_lever_that_can_be_set_is_what_set_says_of_it(asked: tuple[foedus.Forecast, str]) -> None:
    answer, want = asked
    movable = [one.actor for one in answer.case.seats if one.actor not in answer.case.abstaining]
    who = next((objector.actor for objector in answer.objections.get(want, ())), movable[0])
    found = foedus.levers(answer, want, for_actor=who, threshold=0.99, draws=DRAWS)
    fields = {"position", "salience"}
    tried = [lever for lever in found if lever.input in fields or lever.input in {"kappa", "tau"}]
    assert tried or answer.probability(want) >= 0.99
    for lever in tried[:2]:
        name = f"{lever.actor}.{lever.input}" if lever.input in fields else f"assumptions.{lever.input}"
        assert isinstance(lever.end, float)
        after = supposed(answer, [f"{name}={lever.end!r}"], lever.option)
        assert lever.probability_after == pytest.approx(after, abs=1e-9)


def test_no_lever_leaves_the_range_that_is_declared_nor_is_larger_than_one(
    asked: tuple[foedus.Forecast, str],
) -> None:
    answer, want = asked
    declared = answer.case.dossier.assumptions
    moved = [objector.actor for objector in answer.objections.get(want, ())]
    who = moved[0] if moved else answer.case.seats[0].actor
    for lever in foedus.levers(answer, want, for_actor=who, threshold=0.99, draws=20):
        assert 0 <= lever.size <= 1
        name = {"pressure": "kappa"}.get(lever.input, lever.input)
        stated = declared.get(name)
        if stated is not None and not isinstance(stated, dict) and isinstance(lever.end, float):
            assert stated.low <= lever.end <= stated.high
        if lever.input in {"salience", "side payment"}:
            assert isinstance(lever.end, float)
            assert 0 <= lever.end <= 1


def test_who_comes_round_threatens_no_longer(tmp_path: Path) -> None:
    """A supposed yes silences the threat by which its speaker refused until then."""
    run, folder = CliRunner(), tmp_path / "talks"
    made = ["new", str(folder), "--question", "Would the European Council open talks?", "--body", "european-council"]
    days = ["--on", "2026-12-14", "--option", "no talks", "--option", "talks", "--no-ask"]
    assert run.invoke(app, [*made, *days]).exit_code == 0
    told = ["Hungary", "against", "talks", "will block it", "--source", "Reuters", "--on", "2026-12-01"]
    threat = ["statements", str(folder), "add", *told, "--signal", "threat"]
    assert run.invoke(app, threat).exit_code == 0
    dossier = foedus.read_dossier(folder)
    usual = foedus.forecast(dossier, as_of="2026-12-02", draws=50)
    turned = foedus.forecast(suppose(dossier, ["HUN.position=talks"]), as_of="2026-12-02", draws=50)
    assert [signals_of(answer.case)["threat"] for answer in (usual, turned)] == [0.5, -0.5]


def test_the_forecast_the_levers_and_the_position_tell_one_condition(tmp_path: Path) -> None:
    run, folder = CliRunner(), tmp_path / "talks"
    made = ["new", str(folder), "--question", "Would the European Council open talks?", "--body", "european-council"]
    options = ["--option", "no talks=0", "--option", "talks put off to March=40", "--option", "talks=100", "--no-ask"]
    assert run.invoke(app, [*made, "--on", "2026-12-14", *options]).exit_code == 0
    add = ["statements", str(folder), "add", "Hungary", "against", "talks", "not unless", "--source", "T1"]
    asks = ["--on", "2026-12-01", "--unless", "talks are put off to March"]
    assert run.invoke(app, [*add, *asks]).exit_code == 0
    day = ["--as-of", "2026-12-02", "--draws", "100"]
    asked = (["forecast", str(folder), *day], ["levers", str(folder), *day], ["position", str(folder), "Hungary"])
    pages = [run.invoke(app, words).output for words in asked]
    assert all("another option, 'talks put off to March'" in " ".join(page.split()) for page in pages)
    found = json.loads(run.invoke(app, ["levers", str(folder), *day, "--json"]).output)
    assert [act["words"] for act in found["acts"] if act["kind"] == "settle for what it asks"] == [
        "talks put off to March"
    ]
