"""The ensemble of a forecast: what binds, what is mixed, how far the data are, and what is said of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.cli import main
from foedus.dossiers import Dossier, packaged_dossiers
from foedus.ensembles.distance import MEASURED, distance_of, measures, training_of
from foedus.ensembles.learned import packaged_parameters
from foedus.ensembles.mixing import (
    PARTS,
    SETTLING,
    bound,
    learned_shares,
    mixed,
    packaged_weights,
    settled_shares,
    weights_for,
)
from foedus.forecasts.result import Forecast
from foedus.institutions import AllOf, Consensus, ConsentOf, packaged_institutions
from foedus.institutions.rules.simple import Quota, Unanimity
from foedus.issues import Sitting
from foedus.settlement.consensus import feasible
from foedus.testing import sitting_of

OPTIONS = (0.0, 50.0, 100.0)


def sitting(position: list[float], salience: float = 1.0) -> Sitting:
    one = sitting_of(position=position, salience=[salience] * len(position), options=OPTIONS, decides=np_all)
    return replace(one, assumptions={**one.assumptions, "failure_cost": np.zeros(1)})


def np_all(support: Any) -> Any:
    return support.all(axis=-1)


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return foedus.read_dossier(packaged_dossiers()["tokyo-office"])


@pytest.fixture(scope="module")
def vilnius(dossier: Dossier) -> Forecast:
    return foedus.forecast(dossier, issue="office", as_of="2023-07-10", models=["consensus"], draws=2_000)


def test_nothing_that_a_member_rejects_keeps_any_probability() -> None:
    one = sitting([0.0, 100.0, 100.0, 100.0])  # the first loses by any change, and nobody presses
    allowed = feasible(one, 0)
    assert allowed.tolist() == [[True, False, False]]
    shares = np.concatenate([settled_shares(one, 0, allowed), learned_shares(one, 0, allowed, 0.0)[None]])
    assert shares[:, 0] == pytest.approx(np.ones(len(PARTS)))
    assert shares[:, 1:].max() == 0.0
    free = learned_shares(one, 0, None, 0.0)
    assert free[1:].sum() > 0.5  # without a veto most of the learned distribution lies elsewhere


def test_where_nobody_objects_nothing_is_moved() -> None:
    one = sitting([80.0, 90.0, 100.0])
    allowed = feasible(one, 0)
    assert allowed.all()
    assert learned_shares(one, 0, allowed, 0.0) == pytest.approx(learned_shares(one, 0, None, 0.0))


@given(st.lists(st.tuples(st.floats(0.01, 1), st.booleans()), min_size=2, max_size=6), st.integers(0, 5))
def test_binding_keeps_the_sum_and_clears_the_rest(cells: list[tuple[float, bool]], start: int) -> None:
    spread = np.array([[value for value, _ in cells]])
    spread /= spread.sum()
    start %= len(cells)
    allowed = np.array([[flag or at == start for at, (_, flag) in enumerate(cells)]])
    found = bound(spread, allowed, start)
    assert found.sum() == pytest.approx(1.0)
    assert (found[~allowed] == 0).all()
    others = allowed.copy()
    others[0, start] = False
    assert found[others] == pytest.approx(spread[others])


def test_the_mixture_is_the_weighted_sum_of_its_parts(vilnius: Forecast) -> None:
    found = vilnius.ensemble
    assert sum(one.weight for one in found.components) == pytest.approx(1.0)
    assert sum(one.probability for one in found.options) == pytest.approx(1.0)
    for place, option in enumerate(found.options):
        parts = sum(one.weight * one.options[place].probability for one in found.components)
        assert option.probability == pytest.approx(parts)
    assert [one.model for one in found.components] == list(PARTS)
    assert found.components[0].options == vilnius.options  # the consensus part is the forecast's own answer
    at, share = np.array([[one.at, one.probability] for one in found.options]).T
    assert found.mean == pytest.approx(at @ share)
    assert found.median == next(a for a, total in zip(at, np.cumsum(share), strict=True) if total >= 0.5)


def test_parts_without_an_answer_leave_their_weight_to_the_others() -> None:
    shares = np.array([[1.0, 0.0], [np.nan, np.nan], [0.0, 1.0]])
    assert mixed(np.array([0.2, 0.5, 0.3]), shares) == pytest.approx([0.4, 0.6])


def test_the_ensemble_can_answer_and_explains_itself(dossier: Dossier, vilnius: Forecast) -> None:
    led = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=2_000, models=["ensemble"])
    assert led.options == led.ensemble.options
    mixed = [one.probability for one in vilnius.ensemble.options]  # worked out part by part over the same draws
    assert [one.probability for one in led.options] == pytest.approx(mixed, abs=0.005)
    assert led.objectors == vilnius.objectors
    assert led.as_answer()["model"] == led.model == "ensemble"
    assert "ensemble" in repr(led)
    assert led.tested_on["score"] != vilnius.tested_on["score"]
    beside = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=200, models=["ensemble", "nash"])
    assert [one.name for one in beside.others] == ["nash"]
    shown = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=200, models=["nash", "ensemble"])
    assert (shown.model, [one.name for one in shown.others]) == ("nash", ["ensemble"])


def test_rules_are_told_apart() -> None:
    half, third = Quota("members", more_than=Fraction(1, 2)), Quota("members", at_least=Fraction(2, 3))
    assert AllOf((Consensus(), ConsentOf("JPN"))).kind == "consensus"
    assert Unanimity().kind == "unanimity"
    assert (half.kind, third.kind) == ("simple majority", "qualified majority")
    assert ConsentOf("JPN").kind == "another rule"
    council = packaged_institutions().body("eu-council").rule(dt.date(2026, 12, 10))
    assert council.kind == "qualified majority"


def test_a_rule_never_seen_gets_the_weights_of_all_rules() -> None:
    shipped = packaged_parameters()["models"]["ensemble"]
    found = weights_for(shipped, "council", "simple majority")
    assert (found.rule, found.decisions, found.pooled) == ("", 0, 229)
    assert found.values == pytest.approx(shipped["sets"]["council"]["pooled"])
    assert packaged_weights("unanimity").decisions == 70
    assert packaged_weights("qualified majority").data == "council"


def test_distance_is_mahalanobis_left_out_one_by_one() -> None:
    cloud = np.random.default_rng(1).normal(size=(40, len(MEASURED)))
    cloud[:, 0] = np.log(20) + cloud[:, 0] / 10
    kept = training_of(cloud)
    own = []
    for row in range(40):
        rest = np.delete(cloud, row, axis=0)
        gap = cloud[row] - rest.mean(axis=0)
        inverse = np.linalg.inv(np.cov(rest.T) + 1e-4 * np.eye(len(MEASURED)))
        own.append(np.sqrt(gap @ inverse @ gap))
    assert kept["quantiles"] == pytest.approx(np.quantile(own, np.linspace(0, 1, 101)))
    centre = distance_of(cloud.mean(axis=0), kept, seen=True, rule="consensus")
    assert (round(centre.value, 9), centre.percentile, centre.outside) == (0.0, 0.0, False)
    far = distance_of(cloud.mean(axis=0) + 20, kept, seen=True, rule="consensus")
    assert far.outside
    assert far.percentile == 1.0
    unseen = distance_of(cloud.mean(axis=0), kept, seen=False, rule="lot")
    assert unseen.outside
    assert unseen.reasons == ("no decision under lot is among them",)


def test_measures_by_hand() -> None:
    found = measures(sitting([0.0, 50.0, 100.0, 100.0]), 0)
    positions = np.array([0.0, 50.0, 100.0, 100.0])
    assert found == pytest.approx([np.log(4), 0.625, positions.std() / 100, 1.0, 0.25])


def test_each_model_stands_with_its_score_and_bad_ones_under_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = str(packaged_dossiers()["tokyo-office"])
    with pytest.raises(SystemExit):
        main(["forecast", folder, "--as-of", "2023-07-10", "--draws", "500", "--why"])
    told = capsys.readouterr().out
    one_line = " ".join(told.split())
    for part in (*SETTLING, "learned on 116 decisions under consensus", "within their range"):
        assert part in one_line
    answer, _, rest = told.partition("Models that score worse")
    table = answer[answer.index("What other models say") : answer.index("Not shown")]
    assert [name for name in (*SETTLING, "learned") if re.search(rf"^{name} ", table, re.M)] == [
        "consensus",
        "costly-reference",
        "learned",
    ]
    assert [name for name in SETTLING if re.search(rf"^{name} ", rest, re.M)] == ["agenda-setter", "compromise"]


@pytest.mark.parametrize(
    ("case", "model"), [("tokyo-office", ""), ("tokyo-office", "ensemble"), ("emissions-1994", "nash")]
)
def test_tested_and_calibrated_stand_only_with_body_rule_number_and_score(
    capsys: pytest.CaptureFixture[str], case: str, model: str
) -> None:
    words = ["forecast", str(packaged_dossiers()[case]), "--draws", "500", *(["--model", model] if model else [])]
    with pytest.raises(SystemExit):
        main(words)
    told = capsys.readouterr().out
    assert re.search(r"calibrated|[Tt]ested", told)
    scored = 0
    for paragraph in re.split(r"\n\s*\n", told):
        text = " ".join(paragraph.split())
        if re.search(r"calibrated|[Tt]ested", text):
            assert re.search(r"\d+ decisions", text), text
            if "Confidence:" not in text:  # the first page has no statistic; the rest tells the score
                assert re.search(r"error \(CRPS\) of \d|no score", text), text
                scored += 1
            assert re.search(r"consensus|unanimity|majority", text), text
            assert re.search(r"Council|several bodies|European Community", text), text
    assert scored


def test_json_holds_the_ensemble_under_its_key(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["forecast", str(packaged_dossiers()["tokyo-office"]), "--draws", "200", "--json"])
    found = json.loads(capsys.readouterr().out)["ensemble"]
    assert found.keys() == {
        *("options", "outcome", "components", "rule", "feasible_set_binds", "learned_on", "distance", "tested_on"),
    }
    assert found["learned_on"] == {"data": "public", "rule": "consensus", "decisions": 116, "pooled_decisions": 186}


def test_commands_that_explain_refuse_the_ensemble(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["levers", str(packaged_dossiers()["tokyo-office"]), "--model", "ensemble"])
    assert end.value.code == 2
    assert "explains nothing itself" in capsys.readouterr().err
