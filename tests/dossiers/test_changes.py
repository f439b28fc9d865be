"""One type of change for scenarios, suppositions and replays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.base.errors import FoedusError
from foedus.dossiers import Change, Dossier, Range, apply_scenario, changed, suppose
from foedus.dossiers.changes import supposition
from foedus.dossiers.scenarios import changes_of
from foedus.ledgers.ledger import record_forecast


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("FRA.position=60", "FRA.office=60"),
        ("France.position=programme office", "FRA.office=67"),
        ("FRA.text=a mention", "FRA.text=50"),
        ("FRA.office.salience=0.1,0.2,0.3", "FRA.office.salience=0.1,0.2,0.3"),
        ("FRA.red_line=67@2023-05-01", "FRA.office.red_line=67@2023-05-01"),
        ("assumptions.kappa=0", "assumptions.kappa=0"),
    ],
)
def test_a_supposition_reads_names_labels_and_defaults(tokyo: Dossier, words: str, told: str) -> None:
    assert str(supposition(tokyo, words)) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("FRA=60", "expected ACTOR.FIELD=VALUE"),
        ("FRA.position=an embassy", r"an option \('no office', 'liaison officer'"),
        ("FRA.offices=60", "did you mean 'office'"),
        ("FRA.position=160", "numbers from 0 to 100"),
        ("IND.position=60", "neither a seat nor a voice on 'office' at any of its meetings"),
        ("Atlantis.position=60", "Atlantis"),
        ("assumptions.kappa=0@2023-01-01", "holds for every issue and day"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_what_can(tokyo: Dossier, words: str, told: str) -> None:
    with pytest.raises(FoedusError, match=told):
        suppose(tokyo, [words])


def test_a_scenario_is_its_changes(tokyo: Dossier) -> None:
    one = next(one for one in tokyo.settings.scenarios if one.id == "programmes-only")
    assert changed(tokyo, changes_of(one)).stakeholders == apply_scenario(tokyo, one.id).stakeholders
    supposed = suppose(tokyo, ["FRA.position=67"])
    rows = {row.venue: row.position_mode for row in supposed.stakeholders if row.actor == "FRA"}
    assert rows == {"private": 67, "public": 67}


@given(value=st.integers(0, 100), day=st.none() | st.dates())
@settings(max_examples=40, deadline=None)
def test_a_change_reads_back_as_it_is_written(tokyo: Dossier, value: int, day: object) -> None:
    one = Change("FRA", "office", "", Range(low=value, mode=value, high=value), day)  # type: ignore[arg-type]
    assert supposition(tokyo, str(one)) == one


def test_a_supposition_says_so_and_goes_on_no_ledger(tokyo: Dossier, tmp_path: object) -> None:
    dossier = suppose(tokyo, ["France.position=programme office"])
    answer = foedus.forecast(dossier, as_of="2023-07-10", models=["consensus"], draws=200)
    assert answer.as_answer()["supposed"] == ["FRA.office=67"]
    assert answer.case.kind == "supposition"
    assert "supposed" not in foedus.forecast(tokyo, as_of="2023-07-10", models=["consensus"], draws=50).as_answer()
    with pytest.raises(FoedusError, match="leave out --set"):
        record_forecast(f"{tmp_path}/ledger.jsonl", answer, answer.as_of)
