"""Random streams: the same numbers however they are cut, others under other names, evenly spread."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.base.randomness import Streams

N = 200
WHOLE = Streams(7).uniforms("office", "FRA", "position", start=0, stop=N)


@given(st.sets(st.integers(0, N)))
def test_any_split_gives_the_same_numbers(cuts: set[int]) -> None:
    edges = sorted(cuts | {0, N})
    parts = [
        Streams(7).uniforms("office", "FRA", "position", start=start, stop=stop)
        for start, stop in itertools.pairwise(edges)
    ]
    assert np.array_equal(np.concatenate(parts), WHOLE)


@given(st.integers(0, 10**12))
def test_a_far_number_does_not_depend_on_where_reading_starts(place: int) -> None:
    alone = Streams(7).uniforms("x", start=place, stop=place + 1)
    with_four_before = Streams(7).uniforms("x", start=max(0, place - 4), stop=place + 1)
    assert alone[0] == with_four_before[-1]


def test_no_numbers() -> None:
    assert Streams(7).uniforms("x", start=5, stop=5).shape == (0,)


def test_the_generator_is_at_the_start_of_the_same_stream() -> None:
    assert np.array_equal(Streams(7).generator("office", "FRA", "position").random(N), WHOLE)


@given(st.integers(0, 2**64), st.lists(st.text(max_size=3), min_size=1, max_size=3))
def test_the_same_seed_and_names_give_the_same_numbers(seed: int, names: list[str]) -> None:
    one, two = (Streams(seed).uniforms(*names, start=0, stop=5) for _ in range(2))
    assert np.array_equal(one, two)


def test_other_names_and_other_seeds_give_other_numbers() -> None:
    keys = [
        (1, "a"),
        (1, "b"),
        (1, "a", "b"),
        (1, "b", "a"),
        (1, "ab"),
        (2, "a"),
        (12, "a"),
        (1, "2", "a"),
        (1, "a", ""),
    ]
    first = [float(Streams(seed).uniforms(*names, start=0, stop=1)[0]) for seed, *names in keys]
    assert len(set(first)) == len(keys)


def test_the_numbers_are_uniform() -> None:
    numbers = Streams(1).uniforms("office", "DEU", "salience", start=0, stop=20_000)
    assert numbers.min() >= 0
    assert numbers.max() < 1
    # The seed is fixed; a sound generator falls below 0.1 % once in a thousand seeds.
    assert stats.kstest(numbers, "uniform").pvalue > 0.001


def test_streams_are_uncorrelated_with_each_other() -> None:
    names = ["FRA", "DEU", "GBR", "USA", "POL"]
    streams = np.stack([Streams(1).uniforms("office", name, start=0, stop=20_000) for name in names])
    correlations = np.corrcoef(streams)[np.triu_indices(len(names), 1)]
    assert np.abs(correlations).max() < 4 / np.sqrt(20_000)  # four standard errors of a correlation of zero


@pytest.mark.parametrize("start", [0, 1, 2, 3, 4, 5])
def test_neighbouring_starts_overlap(start: int) -> None:
    assert np.array_equal(
        Streams(7).uniforms("office", "FRA", "position", start=start, stop=start + 9), WHOLE[start : start + 9]
    )
