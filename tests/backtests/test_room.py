from __future__ import annotations

import json

import numpy as np
import pytest
from tests.backtests.conftest import made_up

from foedus.backtests import CaseTable, PastCase, Standing, backtest, models_named, read_cases, run_backtest
from foedus.backtests.room import ROOM, Settled, answers
from foedus.backtests.sittings import decides_of
from foedus.base.answers import as_json
from foedus.base.errors import FoedusError
from foedus.forecasts.compose import find
from foedus.influence import INFLUENCES
from foedus.settlement import MODELS

SEATS = (
    Standing("a", "member", 0.0, 100.0, 1.0),
    Standing("b", "member", 20.0, 50.0, 2.0),
    Standing("c", "member", 100.0, 25.0, 4.0),
    Standing("com", "proposer", 60.0, 50.0),
)


def test_every_model_of_the_models_room_stands_on_the_board() -> None:
    names = {one.model.card.name for one in ROOM}
    assert set(MODELS) - {"track-record"} <= names  # fitted to the set, it stands there by a fit inside the folds
    for influence in INFLUENCES:
        assert any(name.startswith(f"{influence}+") for name in names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mean", 40.0),  # (0 + 20 + 100) / 3
        ("compromise", (20 * 2 * 50 + 100 * 4 * 25) / (100 + 100 + 100)),
        ("weighted-median", 20.0),  # weights 100, 100, 100
    ],
)
def test_a_point_is_the_models_own(name, expected) -> None:
    found = answers(find(name), [PastCase("p", "i", SEATS, "majority", 0.0)])
    assert found.point[0] == pytest.approx(expected)
    assert found.distribution is None


def test_an_answer_that_hangs_on_an_unknown_reference_point_is_none() -> None:
    cases = [PastCase("p", "i", SEATS, "Unan", reference) for reference in (0.0, None)]
    assert answers(find("mean"), cases[1:]).point[0] == pytest.approx(40.0)
    assert np.isnan(answers(find("gridlock"), cases[1:]).point[0])
    assert not np.isnan(answers(find("gridlock"), cases[:1]).point[0])


def test_under_unanimity_gridlock_keeps_a_status_quo_between_members() -> None:
    found = answers(find("gridlock"), [PastCase("p", "i", SEATS, label, 50.0) for label in ("Unan", "consensus")])
    assert found.point.tolist() == [50.0, 50.0]


def test_a_label_that_nobody_knows_leaves_models_that_read_the_rule_without_answer() -> None:
    found = backtest(
        [PastCase(f"p{k}", f"i{k}", SEATS, "by lot", 0.0, 40.0) for k in range(2)],
        models_named(["mean (settlement)", "gridlock"]),
        folds=2,
    )
    assert [one.failed for one in found.scored] == [0, 2]
    assert found.rules == {"by lot": 2}


def test_qualified_majority_asks_for_votes_and_states() -> None:
    big = [Standing(name, "member", 0.0, 50.0, 10.0) for name in ("de", "fr", "it", "uk")]
    small = [Standing(name, "member", 0.0, 50.0, 2.0) for name in ("lu", "dk", "ie", "fi", "at")]
    known, decides = decides_of(PastCase("p", "i", (*big, *small), "QMV"))
    assert known
    assert decides is not None
    names = sorted(one.actor for one in (*big, *small))

    def wins(*favour: str) -> bool:
        return bool(decides(np.array([name in favour for name in names])))

    assert not wins("de", "fr", "it", "uk")  # 40 of 50 votes, but 4 of 9 states
    assert wins("de", "fr", "it", "uk", "lu")
    assert not wins("de", "fr", "lu", "dk", "ie", "fi", "at")  # 30 of 50 votes are less than 62 of 87


def test_order_of_actors_plays_no_part() -> None:
    one = PastCase("p", "i", SEATS, "majority", 0.0)
    other = PastCase("p", "i", SEATS[::-1], "majority", 0.0)
    for name in ("challenge+mean", "nash", "condorcet:conditional"):
        first, second = answers(find(name), [one]), answers(find(name), [other])
        assert first.point == pytest.approx(second.point)


def test_a_lottery_is_a_distribution() -> None:
    found = answers(find("condorcet:markov-uniform"), [PastCase("p", "i", SEATS, "majority", 0.0)])
    assert found.distribution is not None
    assert found.distribution.sum() == pytest.approx(1.0)
    assert found.point[0] == pytest.approx(found.distribution[0] @ np.arange(101))


def test_a_failing_model_is_a_row(monkeypatch) -> None:
    class Broken:
        card = find("mean").card

        def settle(self, sitting):
            raise FoedusError("no")

        choose = settle

    found = backtest(made_up(4), [Settled("broken", Broken())], folds=2)
    assert (found.scored[0].failed, found.as_answer()["models"][0]["mae"]) == (len(found.table), None)


def test_models_are_named_in_the_boards_order_and_unknown_ones_refused() -> None:
    assert [one.name for one in models_named(["nash", "mean", "exchange+nash"])] == [
        "mean",
        "nash",
        "exchange:equal-gain+nash",
    ]
    assert [one.name for one in models_named(["challenge+mean"])] == ["challenge:scholz+mean"]
    with pytest.raises(FoedusError, match="no model 'oracle' to score; on the board are mean, "):
        models_named(["oracle"])


def test_development_data(development: CaseTable) -> None:
    assert answers(find("compromise"), development.cases).answered.all()
    found = answers(find("mean"), development.cases).point
    by_hand = [np.mean([one.position for one in case.standings if one.role == "member"]) for case in development.cases]
    assert found == pytest.approx(by_hand)


def test_shipped_parameters_on_their_own_training_file_are_warned_of(deu) -> None:
    found = run_backtest(deu, ["mean", "learned"], fit=False)
    assert "229 of the 229 issues are among those that the shipped parameters were fitted to" in found.warnings[0]
    assert found.rules == {"QMV": 187, "QMV(10)": 2, "Unan": 40}
    assert json.loads(as_json(found.as_answer()))["data_sha256"] == found.data_sha256
    assert len(read_cases(deu)) == len(found.table) + len(found.left_out)
