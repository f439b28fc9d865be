"""What a brief says that somebody asks for, and who is named as silent: only what the statements bear out."""

from __future__ import annotations

from dataclasses import replace

import pytest

import foedus
from foedus.cases.case import case_of
from foedus.dossiers import Dossier
from foedus.dossiers.said import clause, what_it_asks, who_said
from foedus.explain.acts import CONDITION, acts
from foedus.reports.acts import acts_section
from foedus.reports.brief import in_favour, what_they_ask
from foedus.reports.judgement import judge


def supporting(dossier: Dossier, condition: str, stance: int = 1) -> Dossier:
    """Return a dossier in which Lithuania is for an office, and says so once more under a condition."""
    model = next(one for one in dossier.statements if one.actor == "FRA")
    concept = next(one for one in dossier.concepts if one.id == model.concept)
    base = replace(model, actor="LTU", paraphrase="", reporter="", person="", office="", signal="", condition="")
    plain = replace(base, id="x1", stance=1 if concept.at_support != 0 else -1)
    asked = replace(plain, id="x2", stance=stance * plain.stance, condition=condition, signal="threat")
    kept = tuple(one for one in dossier.statements if one.actor != "LTU")
    return replace(dossier, statements=(*kept, plain, asked))


@pytest.mark.parametrize("condition", ["Unless there is progress", "If there is no real progress."])
def test_who_is_for_it_asks_for_nothing(tokyo: Dossier, condition: str) -> None:
    answer = foedus.forecast(supporting(tokyo, condition), "office", "2023-07-10", draws=300)
    assert in_favour(answer, answer.case.member("LTU"))
    told = what_they_ask(answer)
    assert told is not None
    (line,) = [str(one) for one in told.items if str(one).startswith("Lithuania")]
    assert "asks" not in line
    assert f"\u2019 {clause(condition)} (" in line
    assert ("LTU",) not in {one.actors for one in acts(answer, draws=100) if one.kind == CONDITION}
    assert "Lithuania asks" not in str(acts_section(answer.case, "it", acts(answer, draws=100)))


@pytest.mark.parametrize(
    ("stance", "condition", "asks"),
    [
        (-1, "Unless the picture changes.", "the picture changes"),
        (-1, "shares follow trade", "shares follow trade"),
        (-1, "if they break their word", ""),
        (1, "provided that grain goes first", "grain goes first"),
        (1, "unless there is progress", ""),
        (1, "", ""),
    ],
)
def test_unless_is_turned_round(tokyo: Dossier, stance: int, condition: str, asks: str) -> None:
    assert what_it_asks(replace(tokyo.statements[0], stance=stance, condition=condition)) == asks


def test_who_has_spoken_is_not_silent(tokyo: Dossier) -> None:
    neither = supporting(tokyo, "", 1)
    neither = replace(
        neither,
        statements=tuple(
            replace(one, stance=0) if one.id == "x1" else one for one in neither.statements if one.id != "x2"
        ),
    )
    case = case_of(neither, "office", "2023-07-10", None)
    assert case.member("LTU").stand.basis == "prior"
    assert "LTU" not in {one.actor for one in case.silent}
    assert len({(one.stand.private, one.stand.salience) for one in case.silent}) == 1


def test_no_reporter_is_told_where_none_is_known(tokyo: Dossier) -> None:
    one = replace(tokyo.statements[0], reporter="", person="", office="")
    assert who_said(tokyo, one) == tokyo.world.name(one.actor)


def test_the_likeliest_of_several_is_not_called_unlikely(tokyo: Dossier) -> None:
    answer = foedus.forecast(tokyo, "office", "2023-07-10", draws=1_000)
    shares = (0.42, 0.24, 0.20, 0.14)
    options = tuple(replace(one, probability=p) for one, p in zip(answer.options, shares, strict=True))
    told = judge(replace(answer, options=options)).sentence
    assert told.startswith("The likeliest of four outcomes in the North Atlantic Council (")
    assert f"(42 %), ahead of {options[1].label!r} (24 %); it is not likely by itself." in told


@pytest.mark.parametrize(("as_of", "when"), [("2023-07-10", "on 2023-07-11"), ("2023-07-11", "today")])
def test_a_meeting_on_its_own_day_is_today(tokyo: Dossier, as_of: str, when: str) -> None:
    answer = foedus.forecast(tokyo, "office", as_of, draws=200)
    assert judge(answer).watch[-1] == f"the meeting itself, {when}: {answer.case.meeting.name}"


def test_a_member_that_asks_twice_is_named_once(tokyo: Dossier) -> None:
    once = supporting(tokyo, "Unless there is progress")
    again = replace(next(said for said in once.statements if said.id == "x2"), id="x3")
    twice = replace(once, statements=(*once.statements, again))
    told = what_they_ask(foedus.forecast(twice, "office", "2023-07-10", draws=300))
    assert told is not None
    (line,) = [str(item) for item in told.items if "Lithuania" in str(item)]
    assert line.count("Lithuania") == 1
