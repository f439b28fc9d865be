"""A decision has one probability wherever it is asked for, under four kinds of rule."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import foedus
from foedus.base.answers import recorded
from foedus.base.days import parse_day
from foedus.cli.app import app
from foedus.dossiers import packaged_dossiers, read_dossier, suppose

DRAWS, FEW = 60, 20
CASES = {
    "consensus": ("tokyo-office", "office", "2023-07-10", "Vilnius 2023"),
    "qualified majority": ("nature-law-2024", "nature-law", "2024-06-16", "June 2024"),
    "unanimity": ("oil-embargo-2022", None, None, None),
    "two thirds": ("board", None, "2026-12-01", None),
}
VOTES = {"BRA": 100, "IND": 100, "JPN": 0, "KEN": 70}


@pytest.fixture(scope="module", params=CASES)
def forecast(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> foedus.Forecast:
    name, issue, as_of, on = CASES[request.param]
    if name in packaged_dossiers():
        dossier = read_dossier(packaged_dossiers()[name])
    else:
        folder = tmp_path_factory.mktemp("bodies") / name
        made = ["--body", "Plan board", "--members", "Brazil,India,Japan,Kenya,Norway,Peru", "--rule", "2/3"]
        asked = ["--on", "2026-12-20", "--question", "Would the board fund it?", "--option", "none=0"]
        words = ["new", str(folder), *made, *asked, "--option", "half=50", "--option", "funds=100", "--no-ask"]
        assert CliRunner().invoke(app, words).exit_code == 0
        dossier = suppose(read_dossier(folder), [f"{actor}.position={at}" for actor, at in VOTES.items()])
    return foedus.forecast(dossier, issue=issue, as_of=as_of, on=on, draws=DRAWS)


def headline(forecast: foedus.Forecast) -> dict[str, float]:
    return {option.label: option.probability for option in forecast.options}


def test_json_and_what_ifs_start_at_the_headline(forecast: foedus.Forecast) -> None:
    case, wanted = forecast.case, headline(forecast)
    assert sum(wanted.values()) == pytest.approx(1)
    written = json.loads(json.dumps(recorded(forecast), default=str))
    assert {one["label"]: one["probability"] for one in written["options"]} == pytest.approx(wanted)
    assert dict(zip(wanted, foedus.scenarios(forecast, draws=FEW).base, strict=True)) == pytest.approx(wanted)
    least = min((one for one in forecast.options if one.label != case.issue.status_quo), key=lambda o: o.probability)
    mover = next(member.actor for member in case.seats if member.actor not in case.abstaining)
    moved = foedus.levers(forecast, want=least.label, for_actor=mover, threshold=0.999, draws=FEW)
    assert moved
    for one in (one for one in moved if one.option == least.label):
        assert one.probability_before == pytest.approx(wanted[one.option])


def test_comparison_and_line_through_time_end_at_the_headline(forecast: foedus.Forecast) -> None:
    case, wanted = forecast.case, headline(forecast)
    dossier, issue, on = case.dossier, case.issue.id, case.meeting.name
    told = recorded(foedus.compare(dossier, dossier, issue=issue, as_of=case.as_of, on=on, draws=DRAWS))
    assert {row["label"]: row["second"] for row in told["options"]} == pytest.approx(wanted)
    assert {row["label"]: row["first"] for row in told["options"]} == pytest.approx(wanted)
    if dossier.statements_on(issue, parse_day("2100-01-01")):  # else there is nothing that a line could follow
        line = foedus.timeline(dossier, issue=issue, on=on, draws=FEW)
        assert line.option == (case.issue.proposal if len(case.issue.options) == 2 else case.issue.status_quo)
        last = [day for day in line.points if str(day.on) <= str(case.as_of)][-1]
        again = foedus.forecast(dossier, issue=issue, as_of=last.on, on=on, draws=FEW)
        assert last.probabilities == pytest.approx(tuple(headline(again).values()))
