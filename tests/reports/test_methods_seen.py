"""Models, votes, coders and soundness as a person sees them: the numbers of the answer, in each medium, in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.reports.media import Seen, in_each_medium

import foedus
from foedus.base.answers import recorded
from foedus.base.days import parse_day
from foedus.dossiers import Dossier
from foedus.evidence.evaluate import AttributionScores, Score, StatementScores
from foedus.evidence.evaluated import Evaluated
from foedus.evidence.suite import SuiteScores, Tally
from foedus.forecasts import disagree
from foedus.forecasts.compose import cards
from foedus.forecasts.disagree import Disagreement
from foedus.issues import ModelCard
from foedus.measure import measure, measure_all
from foedus.reports.answers import Told
from foedus.reports.disagreement import disagreement_sections
from foedus.reports.evaluated import evaluated_sections
from foedus.reports.measured import points_section, profile_sections
from foedus.reports.models import card_sections, cards_section
from foedus.reports.rounds import rounds_sections
from foedus.reports.sections import PAGE, TERMINAL, WORD, Section
from foedus.reports.soundness import soundness, soundness_sections
from foedus.rounds import Rounds, rounds

MEDIA = (TERMINAL, PAGE, WORD)
DAY = parse_day("2019-07-11")


def seen(folder: Path, *sections: Section) -> dict[str, Seen]:
    return in_each_medium(Told("", sections, {}, DAY), folder)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Seen]]:
    found = {
        "models": (cards_section(cards()), *card_sections(_assuming())),
        "votes": (points_section(measure_all(DAY)), *profile_sections(measure("France", DAY, ["Germany"]))),
        "coder": tuple(evaluated_sections(_scored())),
        "models of a case": tuple(disagreement_sections(_one_draw())),
        "rounds": tuple(rounds_sections(_rounds())),
    }
    return {name: seen(tmp_path_factory.mktemp(name), *sections) for name, sections in found.items()}


def _assuming() -> ModelCard:
    """Return a card with a range whose three numbers are not alike."""
    return next(card for card in cards() if any(one.low < one.mode < one.high for one in card.assumptions))


def _one_draw() -> Disagreement:
    models = ("mean", "weighted-median", "compromise", "exchange:once+compromise")
    return disagree(foedus.read_dossier("emissions-1994"), models=models, draws=1)


def _rounds() -> Rounds:
    return rounds(foedus.read_dossier("emissions-1994"), model="challenge")


def _scored() -> Evaluated:
    """Return scores of which no two numbers are alike."""
    return Evaluated(
        AttributionScores("here", 7, {"direct": Score(proposed=8, annotated=16, found=4, exact=2)}, 1234.0),
        StatementScores("there", gold=20, candidates=10, matched=3, actor=0.11, concept=0.22, stance=0.33),
        SuiteScores("suite", "rules", {"plain": Tally(items=9, expected=8, found=6, right=4, off=1, wrong=2, clean=3)}),
    )


@pytest.mark.parametrize("medium", MEDIA)
def test_models_tell_what_they_assume(everything: dict[str, dict[str, Seen]], medium: str) -> None:
    shown = everything["models"][medium]
    for card in cards():
        assert shown.has_row(card.name, card.stage, card.summary)
    alone = _assuming()
    assert alone.properties != alone.refuted
    assert shown.has_row("claims", ", ".join(alone.properties))
    assert shown.has_row("does not keep", ", ".join(alone.refuted))
    assert shown.has_row("checked against", alone.oracle)
    for one in (one for one in alone.assumptions if not one.choices):
        assert shown.has_row(one.name, f"{one.mode:g} ({one.low:g} to {one.high:g})", one.meaning)


def test_an_assumption_is_recorded_as_a_range_or_as_a_choice() -> None:
    found = [recorded(one) for card in cards() for one in card.assumptions]
    assert {tuple(one) for one in found} == {("name", "meaning", "choices"), ("name", "meaning", "low", "mode", "high")}


@pytest.mark.parametrize("medium", MEDIA)
def test_where_states_stand_by_their_votes(everything: dict[str, dict[str, Seen]], medium: str) -> None:
    shown, found = everything["votes"][medium], measure("France", DAY, ["Germany"])
    for one in measure_all(DAY).points[:5]:
        assert shown.has_row(one.actor, f"{one.point:+.2f}", f"{one.error:.2f}")
    (near,) = found.others
    assert near.agreement is not None
    assert near.corrected is not None
    shared = f"{len(near.shared.treaties)} and {len(near.shared.organisations)}"
    numbers = f"{near.point:+.2f}", f"{round(100 * near.agreement)} %", f"{near.corrected:.2f}", shared
    assert shown.has_row("DEU", "Germany", *numbers)
    at = f"France stands at {found.point:+.2f} (standard error {found.error:.2f})"
    assert any(line.startswith(f"{at}, number {found.rank} of {found.of}") for line in shown.lines)


@pytest.mark.parametrize("medium", MEDIA)
def test_scores_of_a_coder_stand_under_their_headings(everything: dict[str, dict[str, Seen]], medium: str) -> None:
    shown = everything["coder"][medium]
    assert shown.has_row("direct", "16", "8", "4", "0.500", "0.250", "0.333", "0.167")
    for row in (("recall", "0.150"), ("precision", "0.300"), ("stance agrees", "0.330"), ("matched", "3")):
        assert shown.has_row(*row)
    assert shown.has_row("plain", "9", "8", "6", "4", "2", "0.50", "0.57", "0.33")
    assert "1,234 characters a second on one core" in shown.lines


def test_scores_of_several_kinds_are_one_document() -> None:
    found = _scored().as_answer()
    assert list(found)[:3] == ["data", "kinds", "characters_per_second"]
    assert (found["data"], found["coder"], found["gold"], found["articles"]) == ("suite", "rules", "there", 7)
    assert found["sentences"]["all"] == found["sentences"]["plain"]
    assert "reliability" not in found


@pytest.mark.parametrize("medium", MEDIA)
def test_each_answer_stands_once_with_its_models(everything: dict[str, dict[str, Seen]], medium: str) -> None:
    shown, found = everything["models of a case"][medium], _one_draw()
    answered = [one for one in found.verdicts if one.mean is not None and one.probability is not None]
    assert len({f"{one.mean:.3f}" for one in answered}) > 1
    for one in answered:
        same = [other.model for other in answered if f"{other.mean:.3f}" == f"{one.mean:.3f}"]
        assert shown.has_row(", ".join(same), f"{one.mean:.3f}", str(one.option), f"{round(100 * one.probability)} %")
    assert any(line.startswith(f"Of {len(answered)} models, the likeliest option is ") for line in shown.lines)
    (why,) = {one.note for one in found.verdicts if one.note}
    assert any(line.endswith(f"{why}.") for line in shown.lines)


@pytest.mark.parametrize("medium", MEDIA)
def test_who_moves_from_where_to_where(everything: dict[str, dict[str, Seen]], medium: str) -> None:
    """The medians are those that the report of the case prints, as docs/disagreement.md tells."""
    shown, found = everything["rounds"][medium], _rounds()
    name = {member.actor: member.name for case in found.cases for member in case.members}
    (first, *_) = [one for one in found.moves if [one.start, one.end] != [0, 0]]
    alike = [one for one in found.moves if (one.round, one.start, one.end) == (first.round, first.start, first.end)]
    assert [one.actor for one in alike] == [first.actor]
    risk = "" if first.risk is None else f"{first.risk:.2f}"
    by = "" if first.other is None else name[first.other]
    cells = f"{first.start:.4g}", f"{first.end:.4g}", first.kind, by, risk
    assert shown.has_row("1", first.issue, name[first.actor], *cells)
    assert f"delay: weighted mean {found.shifts[0].before:.4g} before, {found.shifts[0].after:.4g} after" in shown.lines
    assert any("after each round: 7 8.4159 9.6109 9.962" in line for line in shown.lines)
    assert any(line.startswith(f"{len(found.moves)} moves; {found.ended}") for line in shown.lines)


@pytest.mark.parametrize("medium", MEDIA)
def test_every_gap_stands_with_its_place(tmp_path: Path, tokyo: Dossier, medium: str) -> None:
    found = soundness(tokyo, "2023-07-10")
    shown = seen(tmp_path, *soundness_sections(found))[medium]
    assert found.gaps
    for one in found.gaps:
        assert shown.has_row(one.kind, one.what, one.where)
    out = sum(statement.status == "rejected" for statement in tokyo.statements)
    told = f"{len(tokyo.statements) - out} statements ({out} more rejected)"
    held = f"{told} from {len(tokyo.sources)} sources on {len(tokyo.issues)} issues"
    assert f"{tokyo.title}: sound. {held}." in shown.lines
    assert sum(line.startswith("Assumed on ") for line in shown.lines) == len(tokyo.issues)


def test_without_a_gap_it_is_said() -> None:
    found = replace(soundness(foedus.read_dossier("three-trades")), gaps=())
    assert "no gaps found" in [str(block) for one in soundness_sections(found) for block in one.blocks]
