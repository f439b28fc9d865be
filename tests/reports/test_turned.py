"""A change of mind is told: first for it and later against it, by day; and it comes first among the news."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.dossiers import Dossier, packaged_dossiers, read_dossier
from foedus.evidence import Statement
from foedus.forecasts import Forecast
from foedus.reports.answer import brief_section
from foedus.reports.brief import who_blocks
from foedus.reports.contradictions import contradictions
from foedus.reports.earlier import Earlier, what_changed
from foedus.reports.turned import Turn, turned_words, turns

SEATS = {"DEU", "ESP", "ITA", "POL", "FRA"}
DAY = dt.date(2023, 7, 10)


@pytest.fixture(scope="module")
def tokyo() -> Dossier:
    return read_dossier(packaged_dossiers()["tokyo-office"])


def with_said(tokyo: Dossier, *said: tuple[str, int, str, int]) -> Dossier:
    """The dossier with these statements on the office alone: by whom, for or against, in which venue, on which day."""
    like = next(one for one in tokyo.statements if one.concept == "office" and one.stance < 0)

    def made(at: int, actor: str, stance: int, venue: str, day: int) -> Statement:
        on = dt.date(2023, 5, 1) + dt.timedelta(day)
        signal = "" if stance else "abstention"
        return replace(
            like,
            id=f"t{at}",
            actor=actor,
            stance=stance,
            venue=venue,
            said_on=on,
            known_on=on,
            signal=signal,
            condition="",
            person="",
            office="",
        )

    return replace(tokyo, statements=tuple(made(at, *one) for at, one in enumerate(said)))


def told(dossier: Dossier) -> str:
    return turned_words(dossier, turns(dossier, dossier.issue("office"), DAY, {"DEU", "ESP"}))


def test_who_was_for_and_is_against_is_told_with_both_days(tokyo: Dossier) -> None:
    found = with_said(tokyo, ("ESP", 1, "public", 0), ("ESP", -1, "public", 9), ("ESP", -1, "public", 20))
    assert told(found) == "Spain (for on 2023-05-01, against on 2023-05-10)."


def test_a_private_turn_and_an_abstention_given_up_are_told_the_latest_first(tokyo: Dossier) -> None:
    found = with_said(
        tokyo,
        ("ESP", -1, "public", 0),
        ("ESP", 1, "private", 9),
        ("DEU", 0, "public", 3),
        ("DEU", -1, "public", 12),
    )
    assert told(found) == (
        "Germany (abstaining on 2023-05-04, against on 2023-05-13) and "
        "Spain (against on 2023-05-01, for on 2023-05-10)."
    )


def test_who_leaves_one_candidate_for_another_is_told_with_both(tokyo: Dossier) -> None:
    found = with_said(tokyo, ("ESP", 1, "public", 0), ("ESP", 1, "public", 9))
    turn = Turn("ESP", "Ben High", *found.statements, came_out_for=("Ada Low", "Ben High"))
    assert turned_words(found, [turn]) == "Spain (for Ada Low on 2023-05-01, for Ben High on 2023-05-10)."


def test_nobody_turns_who_says_the_same_again_or_is_not_asked_about(tokyo: Dossier) -> None:
    assert told(with_said(tokyo, ("ESP", 1, "public", 0), ("ESP", 1, "public", 9))) == ""
    assert told(with_said(tokyo, ("FRA", 1, "public", 0), ("FRA", -1, "public", 9))) == ""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=6))
def test_the_side_told_last_is_the_side_last_taken(tokyo: Dossier, sides: list[int]) -> None:
    dossier = with_said(tokyo, *(("ESP", side, "public", day) for day, side in enumerate(sides)))
    found = turns(dossier, dossier.issue("office"), DAY, {"ESP"})
    assert bool(found) == (len(set(sides)) > 1)
    for turn in found:
        assert turn.after.stance == sides[-1] != turn.before.stance
        assert turn.before.said_on < turn.after.said_on


@pytest.fixture(scope="module")
def turned(tokyo: Dossier) -> Forecast:
    rows = (
        ("GRC", 1, "public", 1),
        ("ESP", 1, "public", 2),
        ("GRC", 1, "public", 40),
        ("GRC", 1, "public", 41),
        ("ITA", 1, "public", 38),
        ("ESP", -1, "public", 36),
        ("POL", 1, "public", 39),
    )
    return foedus.forecast(with_said(tokyo, *rows), issue="office", as_of=str(DAY), draws=50)


def test_the_brief_tells_it_and_the_news_begin_with_it(turned: Forecast) -> None:
    words = "Spain (for on 2023-05-03, against on 2023-06-06)."
    terms = str(brief_section(turned).blocks[-1])
    assert "Who has changed sides" in terms
    assert words in terms
    shares = {option.label: option.probability for option in turned.options}
    told = [
        str(item)
        for item in what_changed(shares, [turned.case], turned.case.dossier, Earlier("2023-06-01", shares)).items
    ]
    assert told[0] == f"Changed: {words}"
    news = [line for line in told if line.startswith("New since")]
    # Who changed sides, then who spoke for the first time, then who spoke again.
    assert "Spain" in news[0]
    assert "Poland" in news[1]
    assert "Italy" in news[1] or "Italy" in news[2]
    assert told[-1] == "And 2 more new statements, of Greece."
    moved = {"t6": 0.2, "t3": 0.1}  # what moves the forecast most comes first
    by_size = what_changed(shares, [turned.case], turned.case.dossier, Earlier("2023-06-01", shares), moved).items
    assert "Poland" in next(str(item) for item in by_size if "New since" in str(item))


@pytest.mark.parametrize(
    ("number", "apart"), [("30 of 31 members", True), ("29 of 31 members", False), ("31 of 31 members", True)]
)
def test_a_number_and_names_that_cannot_both_stand_are_told(tokyo: Dossier, number: str, apart: bool) -> None:
    rows = (("nato-members", 1, "public", 20), ("FRA", -1, "public", 5), ("DEU", -1, "public", 25))
    dossier = with_said(tokyo, *rows, ("ESP", -1, "public", 1), ("ESP", 1, "public", 8), ("POL", 1, "public", 3))
    said = tuple(replace(one, person=number) if one.actor == "nato-members" else one for one in dossier.statements)
    told = contradictions(replace(dossier, statements=said), dossier.issue("office"), DAY, SEATS)
    assert bool(told) is apart
    if apart:
        assert f"{number} are said to be for" in told
        assert "yet Germany (against, 2023-05-26) and France (against, 2023-05-06) are not." in told
        assert told.endswith("Look at France first: its words are older than the number.")
        assert ("leaves nobody" if number.startswith("31") else "leaves one other") in told


def test_the_newest_plain_refusal_is_the_one_that_is_quoted(tokyo: Dossier) -> None:
    dossier = with_said(tokyo, ("FRA", -1, "public", 5), ("FRA", -1, "public", 60))
    old, new = dossier.statements
    said = (replace(old, kind="direct", quote="Too early."), replace(new, kind="indirect", quote="Paris says no."))
    answer = foedus.forecast(replace(dossier, statements=said), issue="office", as_of=str(DAY), draws=50)
    told = str(who_blocks(answer).items[0])
    assert "Paris says no." in told
    assert "2023-06-30" in told
    assert "Too early." not in told


def test_who_refused_more_does_not_vanish_with_a_lesser_proposal(
    tokyo: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = foedus.forecast(
        with_said(tokyo, ("FRA", -1, "public", 5), ("DEU", 1, "public", 6)), issue="office", as_of=str(DAY), draws=50
    )
    issue = answer.case.issue
    further = issue.option(issue.proposal)
    lesser = next(option for option in issue.options if 0 < option.at < further.at)
    # With the lesser text proposed, France, placed by its refusal of more, stands in nobody's way in these draws.
    monkeypatch.setattr(foedus.Forecast, "known_objectors", ())
    made = copy.copy(answer)
    vars(made).update(case=replace(answer.case, issue=replace(issue, proposal=lesser.label)))
    told = [str(item) for item in who_blocks(made).items]
    assert any(
        line.startswith(f"France has refused more than this, {further.label!r}, and said nothing of {lesser.label!r}")
        for line in told
    )
    assert not any("Germany" in line for line in told)
    assert not any("refused more" in str(item) for item in who_blocks(answer).items)


def test_who_objects_by_position_to_a_new_text_is_told_with_its_former_refusal(tokyo: Dossier) -> None:
    dossier = with_said(tokyo, ("FRA", -1, "public", 5), ("DEU", 1, "public", 6))
    issue = dossier.issue("office")
    lesser = next(option for option in issue.options if 0 < option.at < issue.option(issue.proposal).at)
    tabled = tuple(
        replace(option, proposed_from=DAY) if option.label == lesser.label else option for option in issue.options
    )
    new = replace(
        dossier,
        issues=tuple(replace(known, options=tabled) if known.id == "office" else known for known in dossier.issues),
    )
    answer = foedus.forecast(new, issue="office", as_of=str(DAY), draws=50)
    assert answer.case.issue.proposal == lesser.label
    told = [str(item) for item in who_blocks(answer).items if "France" in str(item)]
    assert len(told) == 1
    assert f"has refused more than this, {issue.proposal!r}, and said nothing of {lesser.label!r} itself" in told[0]
    before = Earlier("2023-05-10", {option.label: option.probability for option in answer.options})
    changed = what_changed(before.shares, [answer.case], new, before)
    assert f"the proposal is {lesser.label!r}; before, it was {issue.proposal!r}" in str(changed.items[0])


def test_a_turn_is_dated_by_the_telegram_that_turned_it(tokyo: Dossier) -> None:
    """Who comes round to a lesser option first and to the whole later had come round by the first."""
    issue = tokyo.issue("office")
    of_another = next(
        concept
        for concept in tokyo.concepts
        if concept.issue == issue.id and any(o.at == concept.at_support for o in issue.options[1:-1])
    )
    said = with_said(tokyo, ("ESP", -1, "public", 0), ("ESP", 1, "private", 9), ("ESP", 1, "public", 20))
    lesser = replace(said.statements[1], concept=of_another.id)
    found = replace(said, statements=(said.statements[0], lesser, said.statements[2]))
    label = next(option.label for option in issue.options if option.at == of_another.at_support)
    assert abs((of_another.at_support or 0) - issue.option(issue.proposal).at) < (of_another.at_support or 0)
    assert told(found) == f"Spain (against on 2023-05-01, for '{label}' on 2023-05-10)."
