"""Where votes are counted, what is assumed of silent members is told: listed, and what it would be without a lean."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from pathlib import Path

import pytest

import foedus
from foedus.base.answers import recorded
from foedus.base.days import parse_day
from foedus.base.traces import Trace
from foedus.base.wording import percent
from foedus.dossiers import new_dossier, suppose
from foedus.forecasts import Forecast
from foedus.forecasts.silence import even_prior
from foedus.forecasts.why import explain
from foedus.reports.grounds import assumptions_section
from foedus.reports.judgement import judge
from foedus.reports.likelihood import likelihood_word
from foedus.reports.silence import rests_on_silence

DRAWS = 1_000


def asked(home: Path, body: str) -> Forecast:
    """Return the forecast of a yes or no of which one member has spoken."""
    new_dossier(home / "case", body, parse_day("2026-12-01"))
    file = home / "case" / "dossier.yaml"
    file.write_text(re.sub(r".*something less.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    supposed = suppose(foedus.read_dossier(home / "case"), ["FRA.position=100"])
    return foedus.forecast(supposed, as_of="2026-11-30", draws=DRAWS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("assembly")


@pytest.fixture(scope="module")
def assembly(home: Path) -> Forecast:
    return asked(home, "unga")


def test_the_brief_tells_what_a_dossier_that_leans_neither_way_answers(home: Path, assembly: Forecast) -> None:
    """The oracle is the forecast itself, once the even prior stands in dossier.yaml; the brief names no file."""
    told = rests_on_silence(assembly)
    assert "dossier.yaml" not in told
    even = even_prior(assembly.case.dossier, assembly.case.issue)
    line = f"position: {{low: {even.low:g}, mode: {even.mode:g}, high: {even.high:g}}}"
    file = home / "case" / "dossier.yaml"
    file.write_text(re.sub(r"position: \{.*\}", line, file.read_text(encoding="utf-8")), encoding="utf-8")
    supposed = suppose(foedus.read_dossier(home / "case"), ["FRA.position=100"])
    found = foedus.forecast(supposed, as_of="2026-11-30", draws=DRAWS)
    assert assembly.silence is not None
    assert assembly.silence.neither_way == found.options
    share = found.likeliest.probability
    assert likelihood_word(share) != likelihood_word(assembly.likeliest.probability)
    if found.likeliest.label == assembly.likeliest.label:  # one voice for it still tips the balance
        assert f"{found.likeliest.label!r} would be at {percent(share)}" in told
    else:
        assert f"the likeliest outcome would be {found.likeliest.label!r} ({percent(share)})" in told
    assert rests_on_silence(found) == ""


def test_another_answer_without_a_lean_is_named_with_its_own_chance(assembly: Forecast) -> None:
    assert assembly.silence is not None
    first, *others = assembly.options
    turned = (replace(first, probability=0.61), *(replace(one, probability=0.39) for one in others))
    made = copy.copy(assembly)
    vars(made).update(silence=replace(assembly.silence, neither_way=turned))
    assert len(others) == 1
    assert made.likeliest.label == others[0].label
    told = rests_on_silence(made).partition(", ")[2]
    assert told == f"the likeliest outcome would be {first.label!r} (61 %)."


def test_an_answer_that_rests_on_silence_has_low_confidence(assembly: Forecast) -> None:
    found = judge(assembly)
    assert found.confidence == "low"
    assert "if silent members leaned neither way" in found.confidence_reason


def test_silent_members_stand_in_the_json_under_votes(assembly: Forecast) -> None:
    found = recorded(assembly)["silent_members"]
    assert len(found["members"]) == len(assembly.case.seats) - 1
    assert found["any_objects"] is None
    assert found["prior"] == {"low": 30.0, "mode": 70.0, "high": 100.0}


def test_where_they_are_put_is_a_declared_assumption(assembly: Forecast) -> None:
    assert "position of silent members" in repr(assumptions_section(assembly))

    def names(trace: Trace) -> list[str]:
        return [trace.rule, *(name for one in trace.children for name in names(one))]

    assert "position of silent members" in names(explain(assembly))


def test_under_consensus_no_lean_is_asked_of(tmp_path: Path) -> None:
    found = asked(tmp_path, "nac")
    assert found.silence is not None
    assert found.silence.neither_way is None
    assert found.silence.any_objects is not None
    assert rests_on_silence(found) == ""
    even = even_prior(found.case.dossier, found.case.issue)
    assert (even.low, even.mode, even.high) == (15, 50, 85)
