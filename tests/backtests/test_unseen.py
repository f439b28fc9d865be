"""Decisions that no fit has seen: they are read strictly, are no packaged ones, and score as the page says."""

from __future__ import annotations

import json

import pytest

from foedus.backtests import run_consensus
from foedus.backtests.consensus_set import packaged_consensus_set, packaged_folder, read_consensus_set
from foedus.cli.app import main


def test_no_dispute_of_theirs_was_fitted_to() -> None:
    unseen, fitted = read_consensus_set(packaged_folder("unseen")), packaged_consensus_set()
    assert (len(unseen.decisions), len({one.dispute for one in unseen.decisions})) == (126, 111)
    assert not {one.id for one in unseen.decisions} & {one.id for one in fitted.decisions}
    assert not {one.dispute for one in unseen.decisions} & {one.dispute for one in fitted.decisions}
    assert not {(one.body, one.on) for one in unseen.decisions} & {(one.body, one.on) for one in fitted.decisions}


def test_shipped_parameters_score_as_the_page_says(capsys) -> None:
    with pytest.raises(SystemExit) as status:
        main(["backtest", "unseen", "--no-fit", "--model", "track-record", "--model", "base rate", "--json"])
    assert not status.value.code
    answer = json.loads(capsys.readouterr().out)
    base, model = answer["models"]
    assert (answer["issues"], answer["in_sample"], model["default"]) == (126, 0, True)
    assert model["three_way"] == pytest.approx({"log": 0.822, "brier": 0.498}, abs=0.0006)
    assert base["three_way"] == pytest.approx({"log": 1.097, "brier": 0.667}, abs=0.0006)
    assert (model["crps"], base["crps"]) == pytest.approx((16.72, 24.35), abs=0.006)


def test_the_set_lies_in_the_package() -> None:
    assert run_consensus(["base rate"], fit=False, folder=packaged_folder("unseen")).data == "unseen"
