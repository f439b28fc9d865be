"""Votes in the Security Council: laws of the forecast, scores by hand, the public sample where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from foedus.backtests.security_council import Called, Check, adoption, is_unbench, run_security_council, vote_shares
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.cli.app import main

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "unbench"
DAY = parse_day("2018-04-13")


def test_sponsors_vote_yes_and_who_answers_like_them_is_likelier_to() -> None:
    found = vote_shares(DAY, ["USA"])
    assert found["USA"].tolist() == [1.0, 0.0, 0.0]
    assert found["GBR"][0] > found["RUS"][0]
    assert all(one.sum() == pytest.approx(1) for one in found.values())
    assert len(found) == 15


def test_unanimity_of_a_draft_by_an_average_sponsor_is_the_published_share() -> None:
    found = vote_shares(DAY)
    assert np.prod([one[0] for one in found.values()]) == pytest.approx(0.84)
    assert np.prod([one[0] for one in vote_shares(parse_day("1995-07-01")).values()]) == pytest.approx(0.889)


def test_a_draft_falls_by_no_more_than_its_permanent_members_say_no() -> None:
    """With all fifteen independent, fewer than nine yes is next to impossible: only a veto counts."""
    shares = vote_shares(DAY, ["USA"])
    no_veto = np.prod([1 - shares[one][1] for one in ("CHN", "FRA", "GBR", "RUS", "USA")])
    assert adoption(DAY, ["USA"]) == pytest.approx(no_veto, abs=0.02)  # 4000 draws: standard error below .006
    words = "Palestinian territory, Israel, the Palestinian people"
    assert adoption(parse_day("1997-03-07"), (), words) < adoption(parse_day("1997-03-07"))


def test_scores_by_hand() -> None:
    rows = [Called("a", DAY, 0.9, True, 0.9), Called("b", DAY, 0.6, False, 0.4), Called("c", DAY, 0.2, False, 0.8)]
    one = Check("votes", tuple(rows), 0.5)
    assert (one.accuracy, one.balanced_accuracy, one.auc) == pytest.approx((2 / 3, 0.75, 1.0))
    assert one.brier == pytest.approx((0.01 + 0.36 + 0.04) / 3)
    assert one.log_score == pytest.approx(-(np.log(0.9) + np.log(0.4) + np.log(0.8)) / 3)
    assert (one.brier_of_constant, one.log_score_of_constant) == pytest.approx((0.25, np.log(2)))


def folder_of(home: Path) -> Path:
    votes = (
        "Country,Original_id,Authors,Voting,Date\nPOLAND,1,['France'],Y,2018-04-13\nCHINA,2,['France'],A,2018-04-13\n"
    )
    (home / "task2.csv").write_text(votes, "utf-8")
    drafts = {"drafts": ["Recalling resolution 2397 (2017)", "no year in this"], "labels": [1, 0]}
    (home / "task3.json").write_text(json.dumps(drafts), "utf-8")
    return home


def test_a_folder_is_read_and_what_tells_no_year_is_left_out(tmp_path, capsys) -> None:
    assert is_unbench(folder_of(tmp_path))
    assert not is_unbench(tmp_path / "nowhere")
    votes, drafts = run_security_council(tmp_path).checks
    assert [(one.name, one.came) for one in votes.rows] == [("POL on 1", True), ("CHN on 2", False)]
    assert (drafts.issues, drafts.left_out, str(drafts.rows[0].on)) == (1, 1, "2017-07-01")
    with pytest.raises(SystemExit) as status:
        main(["backtest", str(tmp_path), "--report", str(tmp_path / "page.html")])
    assert not status.value.code
    out = capsys.readouterr().out
    assert "Single votes: 1 of 2 voted yes." in out
    assert "too few to tune on" in out
    assert "arXiv:2502.14122" in (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("POLAND,1,['France'],Z,2018-04-13", "row 2"),
        ("POLAND,1,['France'],Y,soon", "row 2"),
        ("JAPAN,1,['France'],Y,2018-04-13", "had no seat"),
    ],
)
def test_a_bad_row_is_named(tmp_path, row: str, words: str) -> None:
    (tmp_path / "task2.csv").write_text(f"Country,Original_id,Authors,Voting,Date\n{row}\n", "utf-8")
    with pytest.raises(FoedusError, match=words):
        run_security_council(tmp_path)


def test_an_empty_folder_is_told(tmp_path) -> None:
    with pytest.raises(FoedusError, match="neither"):
        run_security_council(tmp_path)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the public sample of the benchmark is not here")
def test_the_public_sample() -> None:
    """The figures of docs/backtest.md."""
    votes, drafts = run_security_council(SAMPLE).checks
    assert (votes.issues, votes.positives, drafts.issues, drafts.positives) == (30, 28, 29, 28)
    assert (votes.accuracy, votes.auc, votes.log_score) == pytest.approx((28 / 30, 0.625, 0.284), abs=0.0006)
    assert (drafts.accuracy, drafts.auc, drafts.log_score) == pytest.approx((28 / 29, 1.0, 0.101), abs=0.0006)
    assert votes.log_score < votes.log_score_of_constant
    assert drafts.log_score < drafts.log_score_of_constant
