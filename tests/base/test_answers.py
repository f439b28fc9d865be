"""Answers as JSON: strict, short, without NaN."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.answers import SCHEMA, as_json, recorded


def test_one_document_with_its_schema_first() -> None:
    assert as_json({"a": [1, "é", True, None], "on": dt.date(2023, 7, 11)}) == (
        f'{{\n  "schema": {SCHEMA},\n  "a": [\n    1,\n    "é",\n    true,\n    null\n  ],\n  "on": "2023-07-11"\n}}'
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1 / 3, "0.333333333"),
        (2 / 3, "0.666666667"),
        (123456789.123, "123456789.0"),
        (1234567891.5, "1234567890.0"),
        (1.5e-12, "1.5e-12"),
        (1.0, "1.0"),
        (1234567891011, "1234567891011"),  # whole numbers stay whole
        (float("nan"), "null"),
        (float("inf"), "null"),
        (-float("inf"), "null"),
        (np.float64(0.1) + np.float64(0.2), "0.3"),
    ],
)
def test_nine_significant_digits_and_no_nan(value: float, written: str) -> None:
    assert as_json({"x": value}) == f'{{\n  "schema": {SCHEMA},\n  "x": {written}\n}}'


@given(st.floats())
def test_a_number_keeps_nine_digits(value: float) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    back = json.loads(as_json({"x": value}), parse_constant=refuse)["x"]
    if math.isfinite(value):
        # Half a unit in the ninth digit; subnormal numbers have fewer digits to keep.
        assert back == pytest.approx(value, rel=5.001e-9, abs=1e-320)
        assert float(f"{back:.9g}") == back
    else:
        assert back is None


@pytest.mark.parametrize("value", [{1, 2}, object(), b"bytes", bytearray(b"x"), 1j, dt.timedelta(1), np.ones(2)])
def test_what_has_no_place_in_json_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match="no place in a JSON answer"):
        as_json({"deep": [{"x": value}]})


def test_no_clock() -> None:
    with pytest.raises(TypeError, match="no place in a JSON answer"):
        as_json({"x": dt.datetime(2023, 7, 11, 9, 30, tzinfo=dt.UTC)})


def test_an_answer_cannot_restate_the_schema() -> None:
    try:
        text = as_json({"schema": SCHEMA + 8})
    except (TypeError, ValueError):
        return
    assert json.loads(text)["schema"] == SCHEMA


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Told:
    KEYS = "who=actor options(label at=place.low) outcome=(mean median) counts{name number} all=pairs"

    actor: str
    mean: float
    median: float
    counts: dict[str, int]
    pairs: tuple[Option, ...]

    @property
    def options(self) -> list[object]:
        return [SimpleNamespace(label="no", place=SimpleNamespace(low=0))]


def test_a_record_has_the_keys_that_its_class_names() -> None:
    told = Told("FRA", 1.0, 2.0, {"a": 1, "b": 2}, (Option("x", 0.5),))
    assert recorded(told) == {
        "who": "FRA",
        "options": [{"label": "no", "at": 0}],
        "outcome": {"mean": 1.0, "median": 2.0},
        "counts": [{"name": "a", "number": 1}, {"name": "b", "number": 2}],
        "all": [{"label": "x", "share": 0.5}],
    }


def test_keys_that_cannot_be_read_are_an_error() -> None:
    @dataclass(frozen=True)
    class Odd:
        KEYS = "a, b"
        a: int = 1

    with pytest.raises(ValueError, match="cannot read ', b'"):
        recorded(Odd())
