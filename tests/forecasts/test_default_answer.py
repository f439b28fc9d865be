from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

import foedus
from foedus.base.errors import FoedusError
from foedus.base.wording import counted, the
from foedus.cli import main
from foedus.dossiers import packaged_dossiers
from foedus.ensembles.council_scores import COUNCIL_SCORES
from foedus.explain.sensitivity import sensitivity
from foedus.influence import INFLUENCES
from foedus.reports import ensemble, judge
from foedus.reports.content import capability_words
from foedus.reports.numbers import significant
from foedus.settlement import MODELS
from foedus.testing import check_model, find_counterexample


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> foedus.Forecast:
    """Return the forecast of a new dossier on the Council, which decides by qualified majority."""
    from typer.testing import CliRunner

    from foedus.cli.app import app

    folder = tmp_path_factory.mktemp("dossiers") / "mine"
    made = CliRunner().invoke(app, ["new", str(folder), "--body", "eu-council", "--on", "2027-01-15"])
    assert made.exit_code == 0, made.output
    return foedus.forecast(foedus.read_dossier(folder), draws=1_000)


@pytest.fixture(scope="module")
def emissions() -> foedus.Forecast:
    return foedus.forecast(foedus.read_dossier(packaged_dossiers()["emissions-1994"]), draws=1_000)


def test_by_majority_the_ensemble_answers_and_explains(council) -> None:
    assert council.model == council.explainer.card.name == "ensemble"
    assert [one.probability for one in council.options] == [one.probability for one in council.ensemble.options]
    worse = {row["model"]: row["score"] for row in ensemble.rows(council, worse=True)}
    assert worse["agenda-setter"] == (
        "worse than the plain mean of positions (error 33.4 against 23.2, 179 issues of the EU Council)"
    )
    assert not worse.keys() & {row["model"] for row in ensemble.rows(council)}
    assert council.tested_on["decisions"] == 189


def test_under_consensus_the_model_made_for_it_answers(emissions) -> None:
    assert emissions.model == "track-record"


@pytest.mark.parametrize("model", sorted(COUNCIL_SCORES))
def test_scores_are_those_that_the_backtest_prints(
    model: str, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(shared / "data" / "deu3-development.tsv")
    with pytest.raises(SystemExit) as end:
        main(["backtest", data, "--no-fit", "--model", "mean", "--model", model])
    told, found = capsys.readouterr().out, COUNCIL_SCORES[model]
    assert not end.value.code
    [row] = re.findall(rf"^{model} +(\d+) +\d+ +(\S+)", told, re.M)
    assert row == (str(found.issues), f"{found.crps:.2f}")
    [gap] = re.findall(rf"^{model} +(\S+) +(\S+) to (\S+)", told, re.M)
    assert [-float(one) for one in gap] == [found.above_mean, found.high, found.low]


def test_confidence_is_low_outside_the_data_and_under_a_stand_in(emissions) -> None:
    found = judge(emissions)
    assert emissions.ensemble.distance.outside
    assert found.confidence == "low"
    assert "outside the range of the decisions that the models learned from" in found.confidence_reason
    assert "the rule is a stand-in" in found.confidence_reason


def test_capabilities_set_by_hand_are_told(emissions) -> None:
    assert capability_words(emissions) == "set by hand for 10 of 10 members."


def test_a_model_may_be_given_as_an_object(emissions) -> None:
    card = dataclasses.replace(MODELS["mean"].card, name="of my own")
    mine = dataclasses.replace(MODELS["mean"], card=card)
    found = foedus.forecast(emissions.case.dossier, models=[mine, "compromise"], draws=200)
    named = foedus.forecast(emissions.case.dossier, models=["mean"], draws=200)
    assert found.model == "of my own"
    assert found.options == named.options
    assert found.why().children
    assert sensitivity(found).noise == 0.0


@pytest.mark.parametrize("given", [7, INFLUENCES["friedkin-johnsen"]])
def test_what_is_no_settlement_model_is_refused(emissions, given: object) -> None:
    with pytest.raises(FoedusError, match=r"a model is a name|settles nothing"):
        foedus.forecast(emissions.case.dossier, models=[given], draws=200)


def test_the_suite_refuses_what_is_no_model_and_no_property() -> None:
    with pytest.raises(FoedusError, match="no property 'nonsense'"):
        find_counterexample(MODELS["mean"], "nonsense")
    with pytest.raises(FoedusError, match="got the text 'x'"):
        check_model("x")  # type: ignore[arg-type]


def test_first_order_indices_stay_within_totals_and_noise_is_told() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    found = sensitivity(foedus.forecast(dossier, "office", "2023-07-10", draws=2_000))
    totals = {one.name: one.high for one in found.total}
    for one in found.first:
        group = one.name.rpartition(".")[0] or "assumptions"
        assert one.low <= one.value <= one.high
        assert one.value <= totals.get(group, totals["members with no known position"])
    assert 0 < found.noise < 0.05
    assert found.first[0].low < found.first[0].value < found.first[0].high


def test_no_lever_renames_an_option(emissions) -> None:
    at = {one.label: one.at for one in emissions.case.issue.options}
    for one in foedus.levers(emissions, want="8 years", draws=200):
        if one.input in {"option moved", "option added"}:
            assert isinstance(one.end, float)
            assert all(abs(one.end - place) >= 0.06 for label, place in at.items() if label != "8 years")


def test_levers_beyond_their_budget_are_refused(emissions) -> None:
    with pytest.raises(FoedusError, match="would take about"):
        foedus.levers(emissions, want="8 years", draws=200, seconds=0.0)


def test_no_dated_statements_no_line(emissions) -> None:
    with pytest.raises(FoedusError, match="no dated statements on 'delay'"):
        foedus.timeline(emissions.case.dossier)


def test_words_and_numbers() -> None:
    assert np.array_equal([significant(5.5511e-15), counted(1, "draw")], ["0", "1 draw"])
    assert the("The council") == "the council"
