"""A choice among persons as a person sees it: every cell is the answer's own, on the terminal, the page and in Word."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from tests.reports.media import check_terminal, on_terminal, plain, tables_of_page, tables_of_word

from foedus.base.wording import percent
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.dossiers.said import side_of, under_condition, what_was_said, where_said
from foedus.evidence import Statement
from foedus.forecasts.choice import Against, Candidate, Choice, Withdrawal, choice
from foedus.forecasts.choice_line import ChoicePoint, choice_timeline
from foedus.reports.choice import choice_sections, judgement_words, save_choice, timeline_section
from foedus.reports.choice_evidence import turning, weighed_evidence, without_it
from foedus.reports.sections import Bullets, Section, Terms


@pytest.fixture(scope="module")
def answer() -> Choice:
    """A choice of whose numbers no two are alike."""
    made = choice(read_dossier(packaged_dossiers()["secretary-general-2024"]), as_of="2024-06-10", draws=256)
    labels = [one.label for one in made.candidates]
    candidates = (
        Candidate(labels[0], 0.31, None, None),
        *(Candidate(label, 0.5 - 0.31 * k, 0.84 - 0.31 * k, 0.72 - 0.53 * k) for k, label in enumerate(labels[1:])),
    )
    against = (
        Against(labels[1], "HUN", 0.77, 0.33),
        Against(labels[1], "ROU", 0.52, 0.08),
        Against(labels[2], "ALB", 0.28, 0.11),
        Against(labels[2], "CAN", 0.16, 0.05),
    )
    withdrawals = (Withdrawal(labels[1], ("HUN",), 0.49, 0.63), Withdrawal(labels[1], ("HUN", "ROU"), 0.49, 0.94))
    return replace(made, candidates=candidates, against=against, withdrawals=withdrawals)


@pytest.fixture(scope="module")
def points(answer: Choice) -> tuple[ChoicePoint, ...]:
    return choice_timeline(answer.choosing.dossier, draws=16)


def section(answer: Choice, name: str) -> Section:
    return next(one for one in choice_sections(answer) if one is not None and one.id == name)


def brief(answer: Choice) -> dict[str, list[str]]:
    """Return what the brief says, by its short titles; a text is a list of one."""
    (terms,) = (one for one in section(answer, "brief").blocks if isinstance(one, Terms))
    return {
        term: [plain(str(one)) for one in (told.items if isinstance(told, Bullets) else [told])]
        for term, told in terms.rows
    }


def rows(shown: Section) -> list[dict[str, str]]:
    table = shown.table()
    return [dict(zip(table.headings, (plain(str(one)) for one in row), strict=True)) for row in table.rows]


def statements(answer: Choice) -> dict[str, tuple[str, str, Statement]]:
    """By id: whose statement it is, on which option, and the statement."""
    cases = answer.choosing.cases
    return {
        one.statement.id: (member.name, label, one.statement)
        for label, case in reversed(list(cases.items()))
        for member in reversed(case.members)
        for one in member.stand.contributions
    }


def test_the_judgement_is_of_the_likeliest(answer: Choice) -> None:
    quo, first, *_ = answer.candidates
    told = judgement_words(answer)
    assert told.startswith("It is about as likely as not (50 %) that the North Atlantic Council chooses")
    assert f"chooses {first.label} at Washington 2024." in told
    none = replace(answer, candidates=(replace(quo, probability=0.91), *answer.candidates[1:]))
    assert judgement_words(none) == (
        "It is very likely (91 %) that the North Atlantic Council chooses none of them at Washington 2024 "
        f"({quo.label!r}). Of the candidates {first.label} has the best chance (50 %)."
    )


def test_candidates(answer: Choice) -> None:
    quo, *others = rows(section(answer, "options"))
    assert quo == {
        "option": answer.candidates[0].label,
        "is chosen": "31 %",
        "": "",
        "could live with": "",
        "first choice of": "",
    }
    for row, one in zip(others, answer.candidates[1:], strict=True):
        assert one.approve is not None
        assert one.first is not None
        assert row == {
            "option": one.label,
            "is chosen": percent(one.probability),
            "": "",
            "could live with": percent(one.approve),
            "first choice of": percent(one.first),
        }


def test_who_stands_in_whose_way(answer: Choice) -> None:
    hungary, romania, both = rows(section(answer, "blockers"))
    assert list(hungary.values())[:4] == [answer.candidates[1].label, "Hungary", "77 %", "33 %"]
    assert list(romania.values())[:4] == [answer.candidates[1].label, "Romania", "52 %", "8 %"]
    means = ["22 %", "8 %"]  # of 28 and 16, and of 11 and 5
    assert list(both.values())[:4] == [answer.candidates[2].label, "Albania and Canada, each", *means]
    assert list(hungary)[2:4] == ["objects", "alone"]
    assert all(one["because"] == "assumed: it backs another option" for one in (romania, both))
    dossier = answer.choosing.dossier
    member = answer.choosing.cases[answer.candidates[1].label].member("HUN")
    (said, *_) = (one.statement for one in member.stand.contributions if one.target is not None and one.target < 50)
    assert said.stance < 0
    assert hungary["because"] == plain(f"{what_was_said(dossier, said)} ({said.said_on})")


def test_conditions_are_told_with_who_asks_of_whom_and_where_it_stands(answer: Choice) -> None:
    found, dossier = statements(answer), answer.choosing.dossier
    asked = [found[one] for one in ("sg09", "sg12")]  # Hungary's of 3 April is replaced by what it said later
    assert sorted(brief(answer)["What they ask"]) == sorted(
        plain(f"{name} {side_of(one)} {label} {under_condition(one)} ({where_said(dossier, one)}, {one.said_on})")
        for name, label, one in asked
    )


def test_what_would_change_it(answer: Choice) -> None:
    label = answer.candidates[1].label
    assert brief(answer)["What would change our mind"] == [
        f"if Hungary no longer objects to {label}, it would be at 63 % instead of 49 %",
        f"if Hungary and Romania no longer object to {label}, it would be at 94 % instead of 49 %",
    ]
    assert all(one is None or one.id != "levers" for one in choice_sections(answer))  # a table would say it again


def test_what_would_change_it_where_it_is_more_than_the_brief_has_room_for(answer: Choice) -> None:
    _, first, second, *_ = (one.label for one in answer.candidates)
    withdrawals = (
        Withdrawal(first, ("HUN",), 0.49, 0.63),
        Withdrawal(first, ("HUN", "ROU"), 0.49, 0.94),
        Withdrawal(second, ("ALB",), 0.21, 0.38),
        Withdrawal(second, ("CAN", "ALB"), 0.21, 0.45),
    )
    shown = section(replace(answer, withdrawals=withdrawals), "levers")
    assert rows(shown) == [
        {"if": f"Hungary no longer objects to {first}", "chosen now": "49 %", "chosen then": "63 %"},
        {"if": f"Hungary and Romania no longer object to {first}", "chosen now": "49 %", "chosen then": "94 %"},
        {"if": f"Albania no longer objects to {second}", "chosen now": "21 %", "chosen then": "38 %"},
        {"if": f"Canada and Albania no longer object to {second}", "chosen now": "21 %", "chosen then": "45 %"},
    ]


def test_what_was_said_stands_beside_its_day_and_source(answer: Choice) -> None:
    found, dossier = statements(answer), answer.choosing.dossier
    days = [row["day"] for row in rows(section(answer, "said"))]
    assert days == sorted(days)
    for row in rows(section(answer, "said")):
        words = row["what"].removesuffix(" (replaced by what it said later)")
        alike = [one for _, _, one in found.values() if plain(what_was_said(dossier, one)) in words]
        assert (row["day"], row["source"]) in {(str(one.said_on), where_said(dossier, one)) for one in alike}


def test_who_has_said_nothing_is_counted(answer: Choice) -> None:
    early = choice(answer.choosing.dossier, as_of="2024-03-20", draws=16, seed=5)
    seats = {one.name for one in early.choosing.table.seats}
    silent = seats - {name for name, _, _ in statements(early).values()}
    assert len(silent) == 26  # all but USA, GBR, FRA, DEU, HUN and ROU: see statements.csv up to sg08
    (told,) = brief(early)["Confidence"]
    assert told.endswith("; 26 of 32 members have said nothing about any option.")
    _, counted, heard, split, made = (str(one) for one in section(early, "grounds").blocks)
    assert counted == "26 members have said nothing about any option."
    assert "Fewer than half of the members were heard (19 %)" in plain(heard)  # 6 of 32
    assert split.startswith("One draw decides how all silent members split")
    assert "from 16 draws, seed 5;" in made
    assert len(section(answer, "grounds").blocks) == 2  # by June everybody has been heard


def test_the_line_through_time_has_each_days_own_numbers(points: tuple[ChoicePoint, ...]) -> None:
    shown = rows(timeline_section(points))
    entered, withdrawn = set(), set()
    for row, point in zip(shown, points, strict=True):
        on = {one.label: one.probability for one in point.choice.candidates}
        entered |= set(point.entered)
        withdrawn |= set(point.withdrawn)
        assert row["day"] == str(point.day)
        for label in [one for one in row if one not in {"day", "news"}]:
            assert row[label] == (percent(on[label]) if label in on else "-")
        assert all(f"{label} is on the table" in row["news"] for label in point.entered)
        assert all(f"{label} withdraws" in row["news"] for label in point.withdrawn)
        assert row["news"].count(" is on the table") == len(point.entered)
    assert entered
    assert withdrawn


def test_each_medium_sets_the_same_cells(answer: Choice, tmp_path: Path) -> None:
    save_choice(answer, tmp_path / "a.html")
    save_choice(answer, tmp_path / "a.docx")
    page = tables_of_page((tmp_path / "a.html").read_text("utf-8"))
    word = tables_of_word(docx.Document(str(tmp_path / "a.docx")))
    for name in ("options", "blockers", "said"):
        shown = section(answer, name)
        table = shown.table()
        wanted = [list(table.headings), *([plain(str(one)) for one in row] for row in table.rows)]
        assert page[name][0] == wanted
        kept = [place for place, heading in enumerate(table.headings) if heading]  # a bar is for a screen
        assert word[shown.title][0] == [[row[place] for place in kept] for row in wanted]
        check_terminal(on_terminal(shown), table)


OPEN = "No outcome is likely by itself; the likeliest of 3 is that the North Atlantic Council chooses"


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        (
            (0.45, 0.33, 0.22),
            "No outcome is likely by itself; the likeliest of 3 is that the North Atlantic Council chooses",
        ),
        (
            (0.33, 0.44, 0.23),
            "No outcome is likely by itself; the likeliest of 3 is that the North Atlantic Council chooses",
        ),
        (
            (0.52, 0.30, 0.18),
            "It is about as likely as not (52 %) that the North Atlantic Council chooses none of them",
        ),
        ((0.2, 0.7, 0.1), "It is likely (70 %) that the North Atlantic Council chooses "),
    ],
)
def test_the_likeliest_outcome_is_never_called_unlikely(answer: Choice, shares: tuple[float, ...], told: str) -> None:
    candidates = tuple(
        replace(candidate, probability=each) for candidate, each in zip(answer.candidates, shares, strict=True)
    )
    words = judgement_words(replace(answer, candidates=candidates))
    assert words.startswith(told)
    assert f"{percent(max(shares))}" in words
    assert "is unlikely" not in words


def test_page_and_word_name_the_statement_on_which_the_answer_turns(tmp_path: Path) -> None:
    made = choice(read_dossier(packaged_dossiers()["secretary-general-2024"]), as_of="2024-03-06", draws=256)
    evidence = weighed_evidence(made)
    whose = {effect.actor for effect in turning(evidence)}
    assert whose == {"HUN"}
    told = str(without_it(evidence)[0])
    assert told.startswith("without what Hungary said (")
    assert "'Mark Rutte' would be the likeliest" in told
    save_choice(made, tmp_path / "a.html", by="A. Desk")
    page = plain(html.unescape((tmp_path / "a.html").read_text()))
    title, turns = "Which evidence carries the answer", "whether the words of Hungary hold"
    for part in (told.partition(" at ")[0], title, turns, "A. Desk"):
        assert plain(part) in page
