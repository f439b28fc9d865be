"""The reasons: every answer down to a rule's reference, a seat's source and a passage of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import foedus
from foedus.base.answers import recorded
from foedus.base.traces import Trace
from foedus.dossiers import Dossier
from foedus.forecasts import Forecast
from foedus.world import packaged_world


def below(trace: Trace) -> Iterator[Trace]:
    yield trace
    for child in trace.children:
        yield from below(child)


@pytest.fixture(scope="module")
def why(vilnius: Forecast) -> Trace:
    return vilnius.why()


def find(trace: Trace, start: str) -> Trace:
    return next(node for node in below(trace) if node.rule.startswith(start))


def test_the_root_is_the_question_and_its_likeliest_answer(vilnius: Forecast, why: Trace) -> None:
    assert why.rule == vilnius.case.issue.question
    assert why.value == f"no office, probability {vilnius.probability('no office'):.3f}"
    assert why.reference == "track-record model, 1500 draws, seed 1"


def test_the_rule_and_what_lays_it_down(why: Trace) -> None:
    rule = find(why, "rule of the North Atlantic Council on 2023-07-11")
    assert rule.value == "consensus and consent of JPN"
    parts = {part.rule: part.reference for part in rule.children}
    assert "North Atlantic Treaty, Article 9" in parts["consensus"]
    assert "An office needs the agreement of its host" in parts["consent of JPN"]


def test_the_seats_and_their_sources(why: Trace) -> None:
    seats = find(why, "seats on 2023-07-11")
    assert seats.value == "31"
    assert len(seats.children) == 31
    finland = next(seat for seat in seats.children if seat.rule == "Finland")
    assert finland.value == "member since 2023-04-04"
    for seat in seats.children:
        assert seat.reference.split(",")[0] in packaged_world().sources
    assert "Sweden" not in {seat.rule for seat in seats.children}


def test_the_statements_of_an_actor_with_their_passages(dossier: Dossier, why: Trace) -> None:
    france = next(node for node in find(why, "positions").children if node.rule == "France")
    assert france.value == "seat"
    said = {node.rule.split(",")[0]: node for node in find(france, "private position").children}
    expected = {
        s.id
        for s in dossier.statements
        if s.actor == "FRA" and s.source == "jt" and s.status == "accepted" and s.concept in {"office", "asia-role"}
    }
    assert set(said) == expected == {"jt01", "jt02"}
    title = dossier.sources["jt"].title
    assert said["jt01"].reference == f"{title}, p9"
    assert said["jt01"].rule == "jt01, narrated, stance -1 on office"
    # 0.5 (narrated) * 1 * 1 * 0.8 (candour) * 0.5 ** (20 / 365) = 0.385
    assert said["jt01"].value == "points to 0, weight 0.385"


def test_voices_and_seats_are_told_apart(why: Trace) -> None:
    roles = {node.rule: node.value for node in find(why, "positions").children}
    assert roles["Japan"] == "voice"
    assert roles["Sweden"] == "voice"
    assert sorted(roles.values()).count("seat") == 31


def test_capability_names_its_source(why: Trace) -> None:
    france = next(node for node in find(why, "positions").children if node.rule == "France")
    assert find(france, "capability").reference == "worldbank-gdp-2020, row FRA"


def test_objections_and_assumptions(vilnius: Forecast, why: Trace) -> None:
    objections = find(why, "who stands in the way of 'liaison office'")
    told = {node.rule: node.value for node in objections.children}
    france, japan = vilnius.objector("FRA"), vilnius.objector("JPN")
    assert objections.children[0].rule == "France"
    assert told["France"] == f"objects in {france.probability:.3f} of draws, alone in {france.sole:.3f}"
    assert told["Japan"] == f"refuses its consent in {japan.probability:.3f} of draws, alone in {japan.sole:.3f}"
    assert vilnius.silent is not None
    each, any_of_them = vilnius.silent.each_objects, vilnius.silent.any_objects
    assert told["29 members with no known position"] == (
        f"any one objects in {each:.3f} of draws, at least one in {any_of_them:.3f}"
    )
    assert told.keys() == {"France", "Japan", "United States", "29 members with no known position"}
    assumptions = find(why, "declared assumptions")
    values = {node.rule: node.value for node in assumptions.children}
    assert values["kappa"] == "0.3 (0 to 1)"
    assert values["selection"] == "agenda-setter 0.33, weighted-gains 0.33, nash-product 0.33"
    kappa = next(node for node in assumptions.children if node.rule == "kappa")
    assert "no pressure at all" in kappa.reference


def test_an_assumption_that_the_dossier_leaves_open_names_the_model(
    dossier: Dossier, with_settings: Callable[..., Dossier]
) -> None:
    without = {name: value for name, value in dossier.assumptions.items() if name != "tau"}
    found = foedus.forecast(with_settings(dossier, assumptions=without), as_of="2023-07-10", draws=1)
    assert find(found.why(), "tau").reference == "default of the track-record model"


def test_a_reconstruction_says_so(dossier: Dossier, why: Trace) -> None:
    assert find(why, "knowledge").value == "what was known by 2023-07-10"
    later = foedus.forecast(dossier, as_of="2024-07-10", on="Vilnius", draws=1)
    assert find(later.why(), "knowledge").value == "what was known by 2024-07-10, a reconstruction"


def test_red_lines_and_notes(tokyo: Path, edit: Callable[..., None]) -> None:
    row = {
        "actor": "FRA",
        "issue": "office",
        "venue": "private",
        "position_mode": "10",
        "red_line": "50",
        "note": "said so",
    }
    edit(tokyo / "stakeholders.csv", lambda rows: [*rows, row])
    found = foedus.forecast(foedus.read_dossier(tokyo), as_of="2023-07-10", draws=1)
    france = next(node for node in find(found.why(), "positions").children if node.rule == "France")
    assert france.reference == "said so"
    assert find(france, "red line").value == "nothing above 50"
    assert find(france, "private position").reference == "set by hand"


def test_as_data_and_as_text(why: Trace) -> None:
    data = recorded(why)
    assert set(data) == {"rule", "value", "reference", "children"}
    lines = list(why.lines())
    assert len(lines) == sum(1 for _ in below(why))
    assert lines[0].startswith(why.rule)
    assert all(line.startswith("  ") for line in lines[1:])


def test_a_single_rule_without_additions(dossier: Dossier) -> None:
    found = foedus.forecast(dossier, issue="text", as_of="2023-07-10", draws=1)
    rule = find(found.why(), "rule of the North Atlantic Council")
    assert rule.value == "consensus"
    assert [part.rule for part in rule.children[:-1]] == ["consensus"]


def test_models_without_objections(vilnius: Forecast, dossier: Dossier) -> None:
    found = foedus.forecast(dossier, as_of="2023-07-10", models=["compromise"], draws=10)
    assert [one.rule for one in find(found.why(), "declared assumptions").children] == ["position of silent members"]
    assert replace(found, seed=2).why().reference.endswith("seed 2")
