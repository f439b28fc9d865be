from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.base.wording import percent
from foedus.forecasts import Forecast
from foedus.reports import judge
from foedus.reports.brief import gave_way_words, who_blocks
from foedus.reports.explanations import _verdict
from foedus.reports.judgement import balanced_words
from foedus.reports.likelihood import LIKELIHOOD_WORDS, likelihood_word


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
    assert "the positions of 29 of 31 members, who have named no side, are assumed" in found.confidence_reason
    assert str(who_blocks(forecast).items[0]).startswith("France is almost certain to object (>99 %")


def test_nothing_known_later_is_to_be_watched(forecast: Forecast) -> None:
    watched = " ".join(judge(forecast).watch)
    assert "Swedish" not in watched
    assert "whether Paris speaks" in watched
    assert "on 2023-07-11: Vilnius 2023" in watched


def test_confidence_is_high_only_without_a_reason_against_it(forecast: Forecast) -> None:
    tested = dataclasses.replace(forecast, tested_on={**forecast.tested_on, "decisions": 40, "note": ""}, break_even=())
    found = judge(tested)
    assert found.confidence == "moderate"
    assert found.confidence_reason == "the positions of 29 of 31 members, who have named no side, are assumed"


def _with(forecast: Forecast, **shares: float) -> Forecast:
    """Return a forecast with other chances, the options in the order of the line."""
    options = tuple(
        dataclasses.replace(one, probability=share)
        for one, share in zip(forecast.options, shares.values(), strict=True)
    )
    return dataclasses.replace(forecast, options=options)


def test_two_outcomes_that_tie_are_told_together_and_nothing_turns_them(forecast: Forecast) -> None:
    """47 % beside 46 % is no lead: whatever swaps the two is not what would change our mind."""
    tied = _with(forecast, none=0.46, officer=0.05, programme=0.02, office=0.47)
    found = judge(tied)
    assert "is evenly balanced between 'liaison office' (47 %) and 'no office' (46 %)." in found.sentence
    assert "likely" not in found.sentence
    swap = dataclasses.replace(forecast.break_even[0], assumption="FRA.position", value=50.0, after="no office")
    third = dataclasses.replace(swap, after="liaison officer")
    assert judge(dataclasses.replace(tied, break_even=(swap,), hangs_on=())).turns == ()
    assert len(judge(dataclasses.replace(tied, break_even=(third,), hangs_on=())).turns) == 1
    swapped = "'liaison office' and 'no office' are evenly balanced, so many small changes would swap them"
    assert balanced_words(tied) == swapped
    # The verdict names what turns the answer, and never says of the same that nothing does.
    assert _verdict(["Hungary on 2023-12-04"], swapped) == (
        f"{swapped}. A single statement is enough, if it is wrong: Hungary on 2023-12-04."
    )
    assert _verdict(["A on 1", "B on 2"], swapped) == (
        f"{swapped}. Each of 2 statements is enough, if it alone is wrong: A on 1, B on 2."
    )
    ahead = _with(forecast, none=0.40, officer=0.08, programme=0.02, office=0.50)
    assert "evenly balanced" not in judge(ahead).sentence
    assert balanced_words(ahead) == ""


def test_certain_objections_beside_a_change_get_a_reason_from_the_record(forecast: Forecast) -> None:
    """France objects in nearly every draw and a change is put at 52 %: of 64 decisions firmly opposed 20 changed."""
    told = gave_way_words(forecast)
    assert told == (
        "France is all but certain to object, yet the chance of some change is put at "
        f"{percent(1 - forecast.probability('no office'))}. In part the forecast follows the record, on which 20 of 64 "
        "decisions that somebody firmly opposed still ended with a change (31 %), 8 of them as proposed; in part where "
        "members stand and how much they care."
    )
    assert gave_way_words(_with(forecast, none=0.95, officer=0.05, programme=0.0, office=0.0)) == ""
    other = foedus.forecast(
        forecast.case.dossier, issue="office", as_of="2023-07-10", models=["consensus"], draws=1_000
    )
    assert gave_way_words(other) == ""


def test_who_is_very_unlikely_to_object_is_not_named_among_those_who_block(forecast: Forecast) -> None:
    label = forecast.case.issue.proposal
    first, *rest = forecast.objections[label]
    for chance, named in ((0.13, False), (0.20, False), (0.30, True), (1.0, True)):
        changed = dataclasses.replace(first, probability=chance)
        seen = " ".join(map(str, who_blocks(dataclasses.replace(forecast, objections={label: (changed, *rest)})).items))
        assert ("France" in seen) is named
        assert ("France objects in every draw" in seen) is (chance == 1.0)
        assert "(100 %)" not in seen
