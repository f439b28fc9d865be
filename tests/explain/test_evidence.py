"""Influence of evidence against whole forecasts of altered dossiers, and closed forms of the value of information."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.cases import prepare
from foedus.dossiers import packaged_dossiers
from foedus.explain import influence_of_evidence
from foedus.explain.evidence import worth
from foedus.forecasts.compose import find
from foedus.forecasts.sweeps import option_shares, sample

DRAWS = 300


@pytest.fixture(scope="module")
def tokyo() -> Any:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    return foedus.forecast(dossier, issue="office", as_of="2024-07-10", on="Vilnius 2023", draws=DRAWS)


@pytest.mark.parametrize("change", ["dropped", "reversed"])
@pytest.mark.parametrize("statement", ["fp08", "frs04", "jt03"])
def test_an_effect_is_that_of_the_whole_forecast_of_an_altered_dossier(tokyo: Any, change: str, statement: str) -> None:
    case, model = tokyo.case, find(tokyo.model)
    kept = [one for one in case.dossier.statements if one.id != statement]
    if change == "reversed":
        kept += [replace(one, stance=-one.stance) for one in case.dossier.statements if one.id == statement]
    other = prepare(replace(case.dossier, statements=tuple(kept)), case.issue, case.as_of, case.meeting)
    shares = option_shares(model, sample(other, model, tokyo.seed, DRAWS))
    found = influence_of_evidence(tokyo, "no office", draws=DRAWS, changes=(change,))
    (effect,) = [one for one in found.effects if one.statement == statement]
    assert effect.after == pytest.approx(shares[0], abs=1e-12)
    assert effect.likeliest == case.issue.options[int(shares.argmax())].label


def test_the_decisive_statements_are_among_those_that_flip() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    few = tuple(one for one in dossier.statements if one.id in {"fp08", "jt03"})
    forecast = foedus.forecast(replace(dossier, statements=few), issue="office", on="Vilnius 2023", draws=1_000)
    assert [one.statement for one in forecast.hangs_on] == ["fp08"]
    found = influence_of_evidence(forecast)
    assert ("fp08", "dropped") in {(one.statement, one.change) for one in found.flipping}


def test_what_moves_most_comes_first_and_ageing_never_makes_a_statement_count_for_more(tokyo: Any) -> None:
    found = influence_of_evidence(tokyo, draws=DRAWS)
    moved = [one.moved for one in found.effects]
    assert moved == sorted(moved, reverse=True)
    by_change = {(one.statement, one.change): one for one in found.effects}
    assert {change for _, change in by_change} == {"dropped", "reversed", "aged"}
    france = [one for one in found.effects if one.actor == "FRA" and one.change == "reversed"]
    assert all(one.after <= one.before for one in france if one.statement.startswith("fp08"))


def test_the_worth_of_an_input_has_its_closed_form() -> None:
    """X uniform; the answer is 1 where X > c: knowing X is worth 1 - max(c, 1 - c) hits and 2 c (1 - c) of Brier."""
    levels = (np.arange(16_000) + 0.5) / 16_000
    for c in (0.25, 0.5, 0.75):
        hits, brier = worth(levels, (levels > c).astype(int), 2)
        assert hits == pytest.approx(1 - max(c, 1 - c), abs=1e-9)
        assert brier == pytest.approx(2 * c * (1 - c), abs=1e-3)


def test_an_input_that_plays_no_part_is_worth_nothing() -> None:
    rng = np.random.default_rng(7)
    hits, brier = worth(rng.random(20_000), (rng.random(20_000) < 0.7).astype(int), 2)
    assert hits == 0.0
    assert brier < 1e-3


def test_statements_of_one_passage_are_changed_together() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["nature-law-2024"])
    forecast = foedus.forecast(dossier, as_of="2024-06-16", draws=DRAWS)
    found = influence_of_evidence(forecast, draws=DRAWS, changes=("dropped",), learning=False)
    one = next(one for one in found.together if len(one.actors) > 1)
    case = forecast.case
    kept = tuple(each for each in case.dossier.statements if each.id not in one.statements)
    other = prepare(replace(case.dossier, statements=kept), case.issue, case.as_of, case.meeting)
    model = forecast.explainer
    shares = option_shares(model, sample(other, model, forecast.seed, DRAWS))
    usual = option_shares(model, sample(case, model, forecast.seed, DRAWS))
    assert one.likeliest == case.issue.options[int(shares.argmax())].label
    assert one.moved == pytest.approx(float(np.abs(shares - usual).sum() / 2), abs=1e-2)
    quotes = {each.quote or each.paraphrase for each in case.dossier.statements if each.id in one.statements}
    assert len(quotes) == 1
