from __future__ import annotations

from foedus.backtests.testing import settlement_scores
from foedus.forecasts.tested import packaged_scores


def test_packaged_scores_are_those_of_a_new_run() -> None:
    assert settlement_scores() == packaged_scores()


def test_the_packaged_dossiers_own_case_is_not_among_them() -> None:
    bodies = packaged_scores()["bodies"]
    assert bodies["nac"]["consensus"]["decisions"] == 14
    assert bodies["all"]["consensus"]["decisions"] == 63
