"""The exchange model against another implementation's sample data, and against hand-worked trades."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.influence import find_influence
from foedus.influence.exchange import exchanges, externalities
from foedus.issues import Sitting
from foedus.testing import random_sitting, sitting_of

EQUAL, RANDOM = find_influence("exchange:equal-gain"), find_influence("exchange:random-rate")


def read_sample(path: Path) -> tuple[list[str], list[str], dict[str, list[float]], dict[tuple[str, str], list[float]]]:
    actors, issues, ends, rows = [], [], {}, {}
    for line in path.read_text("utf-8").splitlines():
        cells = [cell.strip("'") for cell in line.split("\t")]
        if cells[0] == "#A":
            actors.append(cells[1])
        elif cells[0] == "#P":
            issues.append(cells[1])
        elif cells[0] == "#M":
            ends.setdefault(cells[1], []).append(float(cells[2]))
        elif cells[0] == "#D":
            rows[cells[1], cells[2]] = [float(cell) for cell in cells[3:6]]
    return actors, issues, ends, rows


def test_sample_data_of_another_implementation(shared: Path) -> None:
    actors, issues, ends, rows = read_sample(shared / "data" / "exchange" / "sample_data.txt")
    table = np.array([[rows[a, p] for p in issues] for a in actors])
    low, high = (np.array([f(ends[p]) for p in issues]) for f in (min, max))
    position = (100 * (table[:, :, 0] - low) / (high - low))[None]
    found = exchanges(position, table[None, :, :, 1], table[None, :, 0, 2], np.full(len(issues), 100.0))
    assert found.possible.sum() == 240
    order = np.argsort(-found.gain[0])
    # The printed values have twelve digits; gains here are shares of the scale.
    assert 100 * found.gain[0, order[:2]] == pytest.approx([1.973684210526, 1.792636308765], abs=5e-13)
    first = order[0]
    shifts = sorted(100 * np.array([found.first_shift[0, first], found.second_shift[0, first]]))
    assert shifts == pytest.approx([10.387811634349, 13.157894736842], abs=5e-13)
    places = [found.first_to[0, first], found.second_to[0, first]]
    assert min(abs(place - 61.05117364047) for place in places) < 5e-12


def test_two_actors_trade_all_they_have() -> None:
    sitting = sitting_of([[0.0, 0.0], [100.0, 100.0]], [[0.2, 0.8], [0.8, 0.2]])
    movement = EQUAL.move(sitting, record=True)
    assert movement.private[0].tolist() == [[100.0, 0.0], [100.0, 0.0]]
    assert movement.rounds[0].tolist() == [1, 1]
    # Each moves the outcome by a fifth of the scale where it cares for .2, and gains a fifth where it cares for .8.
    gains = externalities(sitting, movement)[0]
    assert gains.sum(axis=1) == pytest.approx([0.12, 0.12])


def test_gains_are_equal_at_equal_gain_and_not_at_a_random_rate() -> None:
    sitting = random_sitting(3, assumptions=RANDOM.card.assumptions)
    length = np.array([64.0, 64.0])
    arrays = sitting.private, sitting.salience, sitting.capability, length
    rows = np.arange(sitting.draws)[:, None]
    for rate in (None, np.full(sitting.draws, 0.25)):
        found = exchanges(*arrays, rate=rate)
        s = sitting.salience
        giver = (
            found.second_shift * s[rows, found.giver, found.second]
            - found.first_shift * s[rows, found.giver, found.first]
        )
        taker = (
            found.first_shift * s[rows, found.taker, found.first]
            - found.second_shift * s[rows, found.taker, found.second]
        )
        assert found.possible.any()
        assert np.allclose(giver[found.possible], taker[found.possible], atol=1e-12) == (rate is None)
        assert (giver[found.possible] >= -1e-12).all()
        assert (taker[found.possible] >= -1e-12).all()


def test_on_one_issue_there_is_nothing_to_trade() -> None:
    sitting = sitting_of([0.0, 60.0, 100.0], [0.2, 0.5, 1.0])
    assert (EQUAL.move(sitting).private == sitting.private).all()


def test_who_is_harmed_by_the_trade_of_others() -> None:
    sitting: Sitting = sitting_of([[0.0, 0.0], [100.0, 100.0], [0.0, 0.0]], [[0.2, 0.8], [0.8, 0.2], [1.0, 0.0]])
    movement = EQUAL.move(sitting)
    assert externalities(sitting, movement)[0, 2, 0] < 0
