from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.forecasts import Forecast
from foedus.reports import judge
from foedus.reports.brief import who_blocks
from foedus.reports.judgement import LIKELIHOOD_WORDS, likelihood_word, percent


@pytest.fixture(scope="module")
def forecast(tokyo) -> Forecast:
    return foedus.forecast(tokyo, issue="office", as_of="2023-07-10", draws=2_000)


# ICD 203 (2015), page 3: 01-05, 05-20, 20-45, 45-55, 55-80, 80-95, 95-99 per cent.
@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.0, "almost no chance"),
        (0.05, "almost no chance"),
        (0.054, "almost no chance"),
        (0.056, "very unlikely"),
        (0.20, "very unlikely"),
        (0.204, "very unlikely"),
        (0.21, "unlikely"),
        (0.45, "unlikely"),
        (0.46, "about as likely as not"),
        (0.55, "about as likely as not"),
        (0.56, "likely"),
        (0.80, "likely"),
        (0.81, "very likely"),
        (0.95, "very likely"),
        (0.96, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_words_follow_the_bands(probability: float, word: str) -> None:
    assert likelihood_word(probability) == word


def test_bands_cover_everything_in_order() -> None:
    tops = [top for top, _ in LIKELIHOOD_WORDS]
    assert tops == sorted(tops)
    assert tops[-1] == 1.0


@given(st.floats(0, 1))
def test_the_word_is_that_of_the_printed_percentage(probability: float) -> None:
    printed = {"<1 %": 0, ">99 %": 100}.get(percent(probability))
    whole = int(percent(probability).removesuffix(" %")) if printed is None else printed
    assert likelihood_word(probability) == likelihood_word(whole / 100)


def test_the_brief_names_the_dissenter_and_keeps_confidence_apart(forecast: Forecast) -> None:
    found = judge(forecast)
    assert found.sentence.startswith("It is about as likely as not (48 %) that")
    assert "(Vilnius 2023) is 'no office'" in found.sentence
    assert found.confidence == "low"
    assert "the positions of 29 of 31 members are assumed" in found.confidence_reason
    assert str(who_blocks(forecast).items[0]).startswith("France is almost certain to object (>99 %")


def test_nothing_known_later_is_to_be_watched(forecast: Forecast) -> None:
    watched = " ".join(judge(forecast).watch)
    assert "Swedish" not in watched
    assert "whether Paris speaks" in watched
    assert "Vilnius 2023, 2023-07-11" in watched


def test_confidence_is_high_only_without_a_reason_against_it(forecast: Forecast) -> None:
    tested = dataclasses.replace(forecast, tested_on={**forecast.tested_on, "decisions": 40, "note": ""}, break_even=())
    found = judge(tested)
    assert found.confidence == "moderate"
    assert found.confidence_reason == "the positions of 29 of 31 members are assumed"
