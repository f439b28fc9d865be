from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from foedus.backtests.testing import settlement_scores
from foedus.cases.case import case_of
from foedus.dossiers import new_dossier, read_dossier
from foedus.ensembles.tested import _beside, decisions_of_kind, packaged_scores


def test_packaged_scores_are_those_of_a_new_run() -> None:
    assert settlement_scores() == packaged_scores()


def test_the_packaged_dossiers_own_case_is_not_among_them() -> None:
    bodies = packaged_scores()["bodies"]
    assert bodies["nac"]["consensus"]["decisions"] == 38
    assert bodies["all"]["consensus"]["decisions"] == 186


def test_the_interval_is_stored_and_better_is_said_only_where_it_is_clear_of_zero() -> None:
    row = packaged_scores()["bodies"]["all"]["ensemble"]
    assert row["difference"] == {"mean": -1.95, "low": -5.93, "high": 2.39}
    assert _beside(row) == (
        "not distinguishable from guessing from how the other decisions ended (24.1; difference -1.95, 95 % interval "
        "-5.93 to 2.39)"
    )


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((-3.0, -1.0), "better than"),
        ((1.0, 3.0), "worse than"),
        ((-1.0, 0.0), "not distinguishable from"),
        ((None, None), "too few disputes"),
    ],
)
def test_words_follow_the_interval(ends: tuple[float | None, float | None], words: str) -> None:
    gap = {"mean": -1.0, "low": ends[0], "high": ends[1]}
    assert words in _beside({"base_rate": 20.0, "difference": gap})


@pytest.mark.parametrize(("body", "scored"), [("nac", 38), ("asean", 8), ("eu-council", 189)])
def test_decisions_of_a_body_are_those_of_its_organisation(tmp_path: Path, body: str, scored: int) -> None:
    new_dossier(tmp_path / "mine", body, dt.date(2026, 12, 15))
    case = case_of(read_dossier(tmp_path / "mine"), None, None, None)
    assert decisions_of_kind(case) == scored
    own = dataclasses.replace(case.body, name="Council of my own")
    invented = dataclasses.replace(case, seating=dataclasses.replace(case.seating, body=own))
    assert decisions_of_kind(invented) == 0
