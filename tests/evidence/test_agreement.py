"""Agreement between coders, against published examples and by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import Statement
from foedus.evidence.agreement import agreement, cohens_kappa, krippendorffs_alpha, units_of

N = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
"""Krippendorff (2011), part C: four observers, twelve units, values missing."""


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_krippendorffs_example_with_missing_data(level: str, published: float) -> None:
    assert krippendorffs_alpha(FOUR_OBSERVERS, level) == pytest.approx(published, abs=0.0005)  # as printed


def test_krippendorffs_binary_example() -> None:
    # Krippendorff (2011), part A: two observers, ten units, alpha .095. By hand: the values are ten zeros-or-ones each;
    # 14 zeros and 6 ones in all, four units differ: 1 - 19 x 8 / (2 x 14 x 6) = 1 - 152 / 168.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorffs_alpha([first, second]) == pytest.approx(1 - 152 / 168)
    assert krippendorffs_alpha([first, second]) == pytest.approx(0.095, abs=0.0005)


def test_alpha_is_nothing_where_nothing_varies() -> None:
    assert krippendorffs_alpha([[1, 1], [1, 1]]) is None
    assert krippendorffs_alpha([[1, N], [N, 2]]) is None
    with pytest.raises(ValueError, match="expected nominal, ordinal or interval"):
        krippendorffs_alpha([[1, 2], [1, 2]], "ratio")


def test_kappa_by_hand() -> None:
    # Shares .44 .07 .09 / .05 .20 .05 / .01 .03 .06: observed .70; chance .6 x .5 + .3 x .3 + .1 x .2 = .41.
    shares = [[44, 7, 9], [5, 20, 5], [1, 3, 6]]
    pairs = [(a, b) for a, row in enumerate(shares) for b, count in enumerate(row) for _ in range(count)]
    assert cohens_kappa(pairs) == pytest.approx(0.29 / 0.59)
    assert cohens_kappa([]) is None
    assert cohens_kappa([(1, 1), (1, 1)]) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_two_coders_without_gaps_nearly_make_scotts_pi(pairs: list[tuple[int, int]]) -> None:
    """Alpha is 1 - (1 - pi) (n - 1) / n with n values in all (Krippendorff), and neither cares for names of values."""
    values = [value for pair in pairs for value in pair]
    n = len(values)
    chance = sum((values.count(one) / n) ** 2 for one in set(values))
    alpha = krippendorffs_alpha([list(one) for one in zip(*pairs, strict=True)])
    if chance == 1:
        assert alpha is None
        return
    pi = (sum(a == b for a, b in pairs) / len(pairs) - chance) / (1 - chance)
    assert alpha == pytest.approx(1 - (1 - pi) * (n - 1) / n)
    renamed = [[f"v{3 - value}" for value in one] for one in zip(*pairs, strict=True)]
    assert krippendorffs_alpha(renamed) == pytest.approx(alpha)


def said(id_: str, passage: str, actor: str, concept: str, stance: int = 1, kind: str = "direct") -> Statement:
    day = dt.date(2024, 1, 1)
    return Statement(
        id=id_, source="a", passage=passage, actor=actor, concept=concept, stance=stance, kind=kind, venue="public",
        said_on=day,
    )  # fmt: skip


def test_units() -> None:
    one = [said("1", "p1", "FRA", "office"), said("2", "p1", "DEU", "office"), said("3", "p2", "FRA", "role")]
    other = [
        said("4", "p1", "DEU", "office", -1),
        said("5", "p1", "FRA", "role"),
        said("6", "p3", "FRA", "role"),
        said("7", "p2", "JPN", "office"),
    ]
    units = units_of({"one": one, "other": other})
    ids = [tuple(unit[name].id if name in unit else "" for name in ("one", "other")) for unit in units]
    assert ids == [("1", "5"), ("2", "4"), ("3", ""), ("", "6"), ("", "7")]
    found = agreement({"one": one, "other": other})
    assert (found.units, found.shared, found.coders) == (5, 2, {"one": 3, "other": 4})
    by_name = {v.variable: v for v in found.variables}
    assert (by_name["actor"].units, by_name["actor"].agreed, by_name["actor"].alpha) == (2, 2, 1.0)
    # concept: office and role, office and office: 3 and 1 values; observed 1 of 2 differ: 1 - 3 x 2 / (2 x 3 x 1) = 0
    assert by_name["concept"].alpha == pytest.approx(0)
    assert by_name["stance"].agreed == 1
    assert by_name["kind"].alpha is None


def test_three_coders() -> None:
    one = [said("1", "p1", "FRA", "office"), said("2", "p2", "DEU", "office", -1)]
    coded = {name: [dataclasses.replace(s, id=f"{name}{s.id}") for s in one] for name in "abc"}
    found = agreement(coded)
    assert found.shared == 2
    assert set(found.variables[0].kappa) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert all(v.alpha == 1 for v in found.variables if v.variable in {"actor", "stance"})
