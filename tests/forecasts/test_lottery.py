"""A lottery in each draw: forecasts count its probabilities, chunk by chunk and seed by seed the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.base.answers import recorded
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases import prepare
from foedus.cases.case import case_of, declared
from foedus.cases.draws import draw
from foedus.dossiers import Dossier, packaged_dossiers
from foedus.forecasts import disagree
from foedus.forecasts.compose import find
from foedus.forecasts.tally import Places, Tally
from foedus.influence import find_influence
from foedus.issues import Agenda
from foedus.issues.models import CYCLES, UNFINISHED
from foedus.rounds import rounds
from foedus.settlement.condorcet import CONDORCET_CONDITIONAL, CONDORCET_UNIFORM, LotteryModel, election
from foedus.testing import sitting_of

TRADES = foedus.read_dossier(packaged_dossiers()["three-trades"])
PRINTED = np.array([[0.0, 12.099, 54.921], [10.333, 0.0, 27.079], [5.007, 55.047, 0.0]])


def test_option_shares_are_the_mean_of_the_lotteries() -> None:
    answer = foedus.forecast(TRADES, "fleet", models=["condorcet:conditional"], draws=1)
    # By hand, with w = c s = .8, 2.7, 1, .4: C_ab is the sum of w max(0, u_a - u_b), P_ab = C_ab / (C_ab + C_ba).
    wants, weight, options = np.array([0, 100, 80, 30]), np.array([0.8, 2.7, 1.0, 0.4]), np.array([0, 50, 100])
    utility = 1 - np.abs(wants[:, None] - options) / 100
    strength = (weight[:, None, None] * np.maximum(utility[:, :, None] - utility[:, None, :], 0)).sum(axis=0)
    p = strength / (strength + strength.T + np.eye(3))
    alone = [p[0, 1] * p[0, 2], p[1, 0] * p[1, 2], p[2, 0] * p[2, 1]]
    expected = np.array(alone) / sum(alone)
    assert [one.probability for one in answer.options] == pytest.approx(expected)
    assert answer.mean == pytest.approx(expected @ options)
    assert (answer.q10, answer.median, answer.q90) == (50.0, 100.0, 100.0)


@pytest.mark.parametrize("model", ["condorcet:markov-uniform", "friedkin-johnsen+condorcet:conditional"])
def test_the_same_bytes_in_chunks_of_any_size(dossier: Dossier, model: str) -> None:
    answers = [
        foedus.forecast(dossier, "office", "2023-07-10", models=[model], draws=70, chunk=chunk).as_answer()
        for chunk in (1, 33, 70)
    ]
    assert answers[0] == answers[1] == answers[2]
    assert 0 < answers[0]["options"][0]["probability"] < 1  # type: ignore[index]
    assert sum(one["probability"] for one in answers[0]["options"]) == pytest.approx(1.0)  # type: ignore[attr-defined]


def test_disagreement_and_forecast_count_alike() -> None:
    (verdict,) = disagree(TRADES, "fleet", models=["condorcet:conditional"], draws=20).verdicts
    answer = foedus.forecast(TRADES, "fleet", models=["condorcet:conditional"], draws=20)
    assert verdict.probability == answer.likeliest.probability < 1
    assert (verdict.mean, verdict.q10) == (answer.mean, answer.q10)


def test_the_printed_election_through_a_tally() -> None:
    for process, expected in (
        ("markov-uniform", [0.6351, 0.2148, 0.1501]),
        ("conditional", [0.8659, 0.1241, 0.0100]),
    ):
        model = LotteryModel(
            replace(CONDORCET_UNIFORM.card, name="printed"),
            lambda members, process=process: election(PRINTED, process, "square")[None],  # type: ignore[misc]
        )
        sitting = sitting_of([10.0, 90.0])
        tally = Tally(sitting.agendas[0], model)
        tally.add(sitting, model.settle(sitting))
        assert tally.chosen.round(4).tolist() == expected


def test_places_weigh() -> None:
    places = Places(np.array([0.0, 50.0, 100.0]), np.array([1.0, 2.0, 1.0]))
    assert (places.mean, places.quantile(0.25), places.quantile(0.26), places.quantile(0.9)) == (50.0, 0.0, 50.0, 100.0)


def test_a_lottery_that_is_none_is_refused() -> None:
    class Wrong:
        card = CONDORCET_CONDITIONAL.card
        settle, choose = CONDORCET_CONDITIONAL.settle, CONDORCET_CONDITIONAL.choose

        def chances(self, sitting: Any) -> Any:
            return (np.array([[0.5, 0.6, 0.1]]),)

    sitting = sitting_of([10.0, 90.0])
    tally = Tally(Agenda(np.array([0.0, 50.0, 100.0]), 0, 2, 100.0), Wrong())
    with pytest.raises(FoedusError, match=r"condorcet:conditional: probabilities of a draw .* do not sum to 1"):
        tally.add(sitting, CONDORCET_CONDITIONAL.settle(sitting))


def test_an_exchange_on_one_issue_says_that_nothing_is_traded() -> None:
    answer = foedus.forecast(TRADES, "fleet", models=["compromise", "exchange+compromise"], draws=1)
    told = "exchange:equal-gain+compromise: one issue at a time, so nothing is traded and nobody moves"
    assert [note.startswith(told) for note in answer.notes] == [True]
    assert told in "\n".join(answer.why().lines()).replace("note: ", "")
    found = disagree(TRADES, "fleet", models=["compromise", "exchange:random-rate+mean"], draws=1)
    assert [bool(one.note) for one in found.verdicts] == [False, True]
    assert recorded(found)["models"][1]["note"].startswith("one issue at a time")
    assert rounds(TRADES, model="exchange").moves


def test_a_forecast_says_in_how_many_draws_positions_recur(dossier: Dossier) -> None:
    answer = foedus.forecast(dossier, "office", "2023-07-10", models=["challenge+mean"], draws=40)
    sitting = draw(answer.case, {}, Streams(1), 0, 40)
    ended = find_influence("challenge").move(sitting).ended[:, 0]
    recurs, unfinished = int((ended == CYCLES).sum()), int((ended == UNFINISHED).sum())
    assert recurs + unfinished > 0
    told = " ".join(answer.notes)
    assert (f"positions recur in {recurs} of 40 draws" in told) == (recurs > 0)
    assert (f"in {unfinished} of 40 draws positions had not settled" in told) == (unfinished > 0)
    assert foedus.forecast(dossier, "office", "2023-07-10", models=["mean"], draws=5).notes == ()


def test_progress_is_told_before_each_model() -> None:
    told: list[tuple[str, int, int]] = []
    disagree(TRADES, "fleet", models=["mean", "nash"], draws=1, progress=lambda *step: told.append(step))
    assert told == [("mean", 0, 2), ("nash", 1, 2)]


def test_who_is_the_parliament_is_named_or_found(with_settings: Callable[..., Dossier]) -> None:
    model = find("co-decision")

    def roles(dossier: Dossier) -> dict[str, str]:
        case = case_of(dossier, "fleet", None, None)
        sitting = draw(case, declared(dossier, model), Streams(1), 0, 1)
        return {role: sitting.actors[place] for role, place in sitting.roles.items()}

    assert roles(TRADES) == {}
    with pytest.raises(
        FoedusError, match=r"nobody has the role 'parliament'.*roles: \{parliament: european-parliament\}"
    ):
        foedus.forecast(TRADES, "fleet", models=["co-decision"], draws=1)
    named = with_settings(TRADES, roles={"parliament": "trader-west", "commission": "trader-east"})
    assert roles(named) == {"parliament": "trader-west", "commission": "trader-east"}
    answer = foedus.forecast(named, "fleet", models=["co-decision"], draws=1)
    # North wants nothing, and the council decides by consensus.
    assert answer.likeliest.label == "nothing"


def test_a_forecast_says_what_its_case_was(dossier: Dossier) -> None:
    case = prepare(dossier, dossier.issue("office"), dossier.latest_known(), dossier.issue("office").meetings[0])
    assert case.roles == {}
