"""Sweeps and break-even values: at the reported value the likeliest answer really changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.dossiers import Dossier
from foedus.forecasts import Forecast, grid, sweep
from foedus.forecasts.sweeps import Anchor, hold, option_shares, sample
from foedus.issues import Sitting
from foedus.settlement import MODELS

CASES: dict[str, dict[str, Any]] = {
    "Vilnius, the office": {"issue": "office", "as_of": "2023-07-10", "on": "Vilnius"},
    "Vilnius, the office, later": {"issue": "office", "as_of": "2024-07-10", "on": "Vilnius"},
    "Vilnius, the text": {"issue": "text", "as_of": "2023-07-10", "on": "Vilnius"},
    "The Hague": {"issue": "office", "as_of": "2024-07-10", "on": "Hague"},
    "Vilnius by compromise": {"issue": "office", "as_of": "2023-07-10", "on": "Vilnius", "models": ["compromise"]},
}
STEPS, HALVINGS = 8, 7
"""Each input is tried at nine evenly spaced values and its mode; the step of the change is halved seven times."""


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest, dossier: Dossier) -> tuple[Forecast, Sitting]:
    """Return a forecast and the draws that its sweeps vary."""
    found = foedus.forecast(dossier, draws=400, seed=4, **({"models": ["consensus"]} | CASES[request.param]))
    return found, sample(found.case, MODELS[found.model], 4, 400)


def likeliest(found: Forecast, sitting: Sitting, name: str, value: float) -> str:
    """Return the label of the most likely option with one input held, counted by hand."""
    choices = MODELS[found.model].settle(hold(sitting, name, value)).choice[:, 0].tolist()
    counts = [choices.count(place) for place in range(len(found.options))]
    return found.options[counts.index(max(counts))].label


def test_each_assumption_and_the_first_objectors_inputs_are_moved(case: tuple[Forecast, Sitting]) -> None:
    found, _ = case
    names = [needed.name for needed in MODELS[found.model].card.assumptions]
    if found.objectors:
        names += [f"{found.objectors[0].actor}.position", f"{found.objectors[0].actor}.salience"]
    assert sorted(one.assumption for one in found.break_even) == sorted(names)
    assert sorted(one.name for one in found.sweeps) == sorted(set(names) - {"selection"})


def test_sweeps_are_counts(case: tuple[Forecast, Sitting]) -> None:
    found, sitting = case
    for swept in found.sweeps:
        assert swept.probabilities.shape == (len(swept.values), len(found.options))
        assert np.allclose(swept.probabilities.sum(axis=1), 1, atol=1e-12)
        assert (np.diff(swept.values) > 0).all()
        for value, shares in list(zip(swept.values, swept.probabilities, strict=True))[::4]:
            choices = MODELS[found.model].settle(hold(sitting, swept.name, float(value))).choice[:, 0].tolist()
            assert shares.tolist() == [choices.count(place) / 400 for place in range(len(found.options))]


def test_the_likeliest_answer_changes_at_the_break_even_value(case: tuple[Forecast, Sitting]) -> None:
    found, sitting = case
    by_name = {swept.name: swept for swept in found.sweeps}
    for one in found.break_even:
        if one.assumption not in by_name or one.value is None:
            continue
        assert isinstance(one.value, float)
        values = by_name[one.assumption].values
        mode = _mode(found, one.assumption)
        # The two tried values between which it lies, as one walks away from the mode.
        if one.value > mode:
            beyond = int(np.flatnonzero(values >= one.value)[0])
            near, far = values[beyond - 1], values[beyond]
        else:
            beyond = int(np.flatnonzero(values <= one.value)[-1])
            near, far = values[beyond + 1], values[beyond]
        just_before = one.value - (far - near) / 2**HALVINGS
        assert likeliest(found, sitting, one.assumption, one.value) == one.after
        assert likeliest(found, sitting, one.assumption, float(just_before)) == one.before
        assert one.before != one.after
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.value <= one.high


def test_none_means_no_change_at_any_value_tried(case: tuple[Forecast, Sitting]) -> None:
    found, _ = case
    labels = [option.label for option in found.options]
    by_name = {swept.name: swept for swept in found.sweeps}
    for one in found.break_even:
        if one.assumption in by_name:
            swept = by_name[one.assumption]
            answers = {labels[int(place)] for place in swept.probabilities.argmax(axis=1)}
            assert (one.value is None) == (answers == {one.before})
            assert (one.low, one.high) == (swept.values[0], swept.values[-1])
            assert len(swept.values) in {STEPS + 1, STEPS + 2}
            if one.value is None:
                assert one.after is None
                assert not one.within_range


def test_choices_that_change_the_answer_are_named(case: tuple[Forecast, Sitting]) -> None:
    found, sitting = case
    choice = next((one for one in found.break_even if one.assumption == "selection"), None)
    if choice is None:
        assert found.model == "compromise"
        return
    usual = labels_of(found, option_shares(MODELS[found.model], sitting))
    names = MODELS[found.model].card.assumptions[-1].choices
    others = [name for k, name in enumerate(names) if likeliest(found, sitting, "selection", float(k)) != usual]
    assert choice.before == usual
    assert choice.value == (" or ".join(others) or None)
    assert choice.within_range == bool(others)


def labels_of(found: Forecast, shares: np.ndarray[Any, Any]) -> str:
    return found.options[int(shares.argmax())].label


def _mode(found: Forecast, name: str) -> float:
    actor, _, field = name.rpartition(".")
    if not actor:
        declared = found.case.dossier.assumptions[name]
        assert not isinstance(declared, dict)
        return declared.mode
    stand = found.case.member(actor).stand
    return stand.private.mode if field == "position" else stand.salience.mode


def test_the_case_of_vilnius_has_break_even_values(dossier: Dossier) -> None:
    # Guards against a suite that passes because nothing ever changes.
    found = foedus.forecast(dossier, draws=1_000, seed=1, **CASES["Vilnius, the office"])
    values = {one.assumption: one.value for one in found.break_even}
    assert sum(value is not None for value in values.values()) >= 2
    assert values["kappa"] is not None


def test_holding_one_input_leaves_all_others_as_drawn(vilnius: Forecast) -> None:
    sitting = sample(vilnius.case, MODELS["consensus"], 1, 50)
    france = sitting.actors.index("FRA")
    others = [place for place in range(len(sitting.actors)) if place != france]
    moved = hold(sitting, "FRA.position", 40.0)
    assert (moved.private[:, france] == 40).all()
    assert (moved.public[:, france] == 40).all()
    assert np.array_equal(moved.private[:, others], sitting.private[:, others])
    assert np.array_equal(moved.salience, sitting.salience)
    cared = hold(sitting, "FRA.salience", 0.5)
    assert (cared.salience[:, france] == 0.5).all()
    assert np.array_equal(cared.salience[:, others], sitting.salience[:, others])
    assert np.array_equal(cared.private, sitting.private)
    pressed = hold(sitting, "kappa", 2.0)
    assert (pressed.assumptions["kappa"] == 2).all()
    assert np.array_equal(pressed.assumptions["tau"], sitting.assumptions["tau"])
    assert (sitting.private[:, france] != 40).any()


def test_who_sets_the_agenda_is_moved_with_its_position(
    dossier: Dossier, with_settings: Callable[..., Dossier]
) -> None:
    # The setter wants what the named actor privately wants; held elsewhere, it wants that.
    found = foedus.forecast(with_settings(dossier, agenda_setter="FRA"), draws=1, **CASES["Vilnius, the office"])
    sitting = sample(found.case, MODELS["consensus"], 1, 20)
    assert np.array_equal(sitting.setter[:, 0], sitting.private[:, sitting.actors.index("FRA"), 0])
    moved = hold(sitting, "FRA.position", 40.0)
    assert (moved.setter == 40).all()


def test_a_grid_is_sweeps_of_sweeps(vilnius: Forecast) -> None:
    model = MODELS["consensus"]
    sitting = sample(vilnius.case, model, 1, 100)
    kappa, france = np.array([0.0, 1.0]), np.array([0.0, 50.0, 100.0])
    found = grid(sitting, model, ("kappa", kappa), ("FRA.position", france))
    assert found.shape == (3, 4, 4)
    none = Anchor(np.zeros(4))
    assert np.array_equal(found[0, 0], option_shares(model, sitting))
    assert np.array_equal(found[1:, 0], sweep(sitting, model, "kappa", kappa, (0.0, 1.0), none).probabilities)
    assert np.array_equal(found[0, 1:], sweep(sitting, model, "FRA.position", france, (0.0, 1.0), none).probabilities)
    both = hold(hold(sitting, "kappa", 1.0), "FRA.position", 50.0)
    assert np.array_equal(found[2, 2], option_shares(model, both))


def test_common_random_numbers(vilnius: Forecast, dossier: Dossier) -> None:
    # The draws that sweeps vary are the forecast's own first draws, whatever their number.
    first, more = (sample(vilnius.case, MODELS["consensus"], 1, draws) for draws in (10, 30))
    assert np.array_equal(first.private, more.private[:10])
