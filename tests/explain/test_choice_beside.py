"""Scenarios, sensitivity and comparisons of a choice: against suppositions, brute force and closed forms."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import docx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.days import parse_day
from foedus.cli.app import app
from foedus.dossiers import Dossier, Range, copy_packaged, suppose
from foedus.dossiers.changes import applied
from foedus.dossiers.differences import cells_by_hand, changes_between
from foedus.dossiers.records import Preference, Stakeholder
from foedus.explain import compare, scenarios, sensitivity
from foedus.explain.indices import first_order, total_order
from foedus.forecasts.choice import Choice, Draws, choice
from foedus.reports.choice import save_choice
from foedus.reports.explanations import sensitivity_sections
from foedus.settlement.choosing import METHODS, TURNS, choose, front_runner_only

SCENARIOS = """
scenarios:
  - {id: hungary, title: Hungary comes round, set: {HUN.secretary-general.Mark Rutte: 80}}
  - {id: calm, title: No pressure, set: {assumptions.kappa: 0}}
"""
ASK = {"as_of": "2024-05-31", "on": "Washington 2024", "draws": 300}
ASKED = ["--as-of", "2024-05-31", "--on", "Washington 2024", "--draws", "300"]


def race_with(folder: Path, added: str) -> Path:
    """Return the packaged race with something added to its settings."""
    copy_packaged("secretary-general-2024", folder / "race")
    settings = folder / "race" / "dossier.yaml"
    settings.write_text(settings.read_text("utf-8") + added, "utf-8")
    return folder / "race"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return race_with(tmp_path_factory.mktemp("race"), SCENARIOS)


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return foedus.read_dossier(folder)


@pytest.fixture(scope="module")
def race(dossier: Dossier) -> Choice:
    return choice(dossier, **ASK)  # type: ignore[arg-type]


def test_a_scenario_is_the_choice_with_the_same_supposed(dossier: Dossier, race: Choice) -> None:
    found = {one.id: one for one in scenarios(race).scenarios}
    for name, words in (("hungary", "HUN.Mark Rutte=80"), ("calm", "assumptions.kappa=0")):
        supposed = choice(suppose(dossier, [words], "secretary-general"), **ASK)  # type: ignore[arg-type]
        assert found[name].probabilities == pytest.approx([one.probability for one in supposed.candidates], abs=1e-12)
        assert sum(found[name].differences) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_what_is_expected_is_the_sum_over_what_may_pass(race: Choice, method: str) -> None:
    drawn = Draws.of(replace(race.choosing, issue=replace(race.choosing.issue, method=method)), 3, 40)
    chances, whole = drawn._chances(drawn.tables), np.zeros((40, len(drawn.made.labels) + 1))
    for passing in product([False, True], repeat=chances.shape[1]):
        passes = np.tile(np.array(passing), (40, 1))
        weight = np.where(passes, chances, 1 - chances).prod(axis=1)
        chosen = choose(method, drawn.approvals, passes, drawn._winning)
        for turns, share in ((True, TURNS), (False, 1 - TURNS)):
            ended = front_runner_only(method, drawn.approvals, chosen, np.full(40, turns))
            whole[np.arange(40), ended] += weight * share
    assert drawn.expected() == pytest.approx(whole, abs=1e-12)
    assert whole.sum(axis=1) == pytest.approx(1)


def test_indices_of_several_outputs_have_their_closed_form() -> None:
    rng = np.random.default_rng(4)
    x, again = rng.random((2, 40_000, 2))

    def outcome(values: np.ndarray) -> np.ndarray:
        """One of three options: the first input picks the first; what is left the second input halves."""
        first = values[:, 0] < 0.5
        second = ~first & (values[:, 1] < 0.5)
        return np.stack([first, second, ~first & ~second], axis=1).astype(float)

    y = outcome(x)
    # The variances are 4/16, 3/16 and 3/16; the first input explains 4/16, 1/16 and 1/16, the second 0, 1/16 and 1/16.
    # Over 40,000 draws an index has a standard error of less than 0.003.
    assert first_order(x[:, 0], y) == pytest.approx(6 / 10, abs=0.01)
    assert first_order(x[:, 1], y) == pytest.approx(2 / 10, abs=0.01)
    mixed = x.copy()
    mixed[:, 0] = again[:, 0]
    assert total_order(y, outcome(mixed)) == pytest.approx(8 / 10, abs=0.015)


def test_whoever_is_uncertain_makes_the_choice_uncertain(race: Choice) -> None:
    found = sensitivity(race)
    told = [str(row[0]) for one in sensitivity_sections(found) if one is not None for row in one.table().rows]
    assert "Hungary's approval of Mark Rutte" in told
    shares = {one.name: one.value for one in found.first}
    # The front-runner is put forward in nearly every draw: whether Hungary stops him counts, not who else is liked.
    assert shares["HUN.Mark Rutte"] > shares["DEU.Klaus Iohannis"]
    assert "kappa" in shares
    assert found.runs == found.base_draws * (1 + len(found.total))
    assert 0 < found.variance < 1


def test_a_comparison_adds_up_and_names_what_was_changed(dossier: Dossier) -> None:
    other = suppose(dossier, ["HUN.Mark Rutte=85", "assumptions.kappa=0"], "secretary-general")
    found = compare(dossier, other, "secretary-general", want="Mark Rutte", **ASK)  # type: ignore[arg-type]
    assert {one.group for one in found.groups} == {"approvals", "assumptions"}
    assert sum(one.shapley for one in found.groups) + found.rest == pytest.approx(found.difference)
    by_hand = choice(other, **ASK)  # type: ignore[arg-type]
    assert found.second == pytest.approx([one.probability for one in by_hand.candidates])
    with pytest.raises(foedus.FoedusError, match="--model does not apply to options without an order"):
        compare(dossier, other, "secretary-general", model="consensus")


def test_the_command_line_and_the_page_tell_it(folder: Path, race: Choice, tmp_path: Path) -> None:
    run = CliRunner()
    told = run.invoke(app, ["scenarios", str(folder), *ASKED])
    assert "Hungary comes round" in told.stdout
    answer = json.loads(run.invoke(app, ["scenarios", str(folder), *ASKED, "--json"]).stdout)
    assert [one["label"] for one in answer["options"]] == ["nobody yet", "Mark Rutte", "Klaus Iohannis"]
    measured = json.loads(run.invoke(app, ["sensitivity", str(folder), *ASKED, "--json"]).stdout)
    assert measured["model"] == "choice"
    refused = run.invoke(app, ["sensitivity", str(folder), "--model", "consensus"])
    assert refused.exit_code != 0
    save_choice(race, tmp_path / "race.docx")
    words = "\n".join(one.text for one in docx.Document(str(tmp_path / "race.docx")).paragraphs)
    assert "Scenarios that the dossier names" in words
    assert "Where the uncertainty comes from" in words


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("HUN.secretary-general.Mark Rutter", "a field of Mark Rutte, Klaus Iohannis, salience, capability"),
        ("HUN.secretary-general.nobody yet", "a field of Mark Rutte"),
        ("HUN.secretary-general.position", "a field of Mark Rutte"),
    ],
)
def test_a_scenario_sets_approvals_of_options_alone(tmp_path: Path, key: str, told: str) -> None:
    with pytest.raises(foedus.InputError, match=told):
        foedus.read_dossier(race_with(tmp_path, f"\nscenarios:\n  - {{id: one, title: One, set: {{{key}: 80}}}}\n"))


_NUMBER = st.none() | st.integers(0, 100).map(float)
_DAY = st.none() | st.dates(min_value=parse_day("2023-01-01"), max_value=parse_day("2024-01-01"))


@cache
def read_tokyo() -> Dossier:
    """Return the packaged dossier, read once for every example."""
    return foedus.read_dossier("tokyo-office")


@st.composite
def rows(draw: st.DrawFn) -> tuple[Stakeholder, ...]:
    """Rows by hand of two actors on Tokyo, some with a word, a red line or a day."""
    return tuple(
        Stakeholder(
            actor=draw(st.sampled_from(["FRA", "DEU"])),
            issue="office",
            venue=draw(st.sampled_from(["private", "public"])),
            position_mode=draw(_NUMBER),
            salience_mode=draw(st.none() | st.just(0.5)),
            red_line=draw(_NUMBER),
            words=draw(st.sampled_from(["", "opposed", "champion"])),
            known_on=draw(_DAY),
        )
        for _ in range(draw(st.integers(0, 4)))
    )


@given(mine=rows(), theirs=rows())
@settings(max_examples=60, deadline=None)
def test_changes_between_two_dossiers_lead_from_the_one_to_the_other(
    mine: tuple[Stakeholder, ...], theirs: tuple[Stakeholder, ...]
) -> None:
    tokyo = read_tokyo()
    first, second = replace(tokyo, stakeholders=mine), replace(tokyo, stakeholders=theirs)
    issue, day = tokyo.issue("office"), parse_day("2023-07-10")
    after = applied(first, changes_between(first, second, issue, day))
    assert cells_by_hand(after, issue, day) == cells_by_hand(second, issue, day)
    assert changes_between(second, second, issue, day) == ()


def test_ranks_are_compared_as_the_approvals_that_they_stand_for(dossier: Dossier) -> None:
    issue, day = dossier.issue("secretary-general"), parse_day("2024-05-31")

    def ranked(*labels: str) -> Dossier:
        preferences = [
            Preference(actor="ROU", issue=issue.id, option=label, rank=n) for n, label in enumerate(labels, 1)
        ]
        return replace(dossier, preferences=tuple(preferences))

    first, second = ranked("Klaus Iohannis", "Mark Rutte"), ranked("Mark Rutte")
    told = {str(one) for one in changes_between(first, second, issue, day)}
    assert told == {"ROU.secretary-general.Klaus Iohannis=", "ROU.secretary-general.Mark Rutte=100"}
    after = applied(first, changes_between(first, second, issue, day))
    assert cells_by_hand(after, issue, day)["ROU", "Mark Rutte"] == Range(low=100, mode=100, high=100)


def test_what_always_holds_leaves_the_days_of_other_cells_alone() -> None:
    tokyo = foedus.read_dossier("tokyo-office")
    later = Stakeholder(actor="FRA", issue="office", salience_mode=0.9, known_on=parse_day("2023-09-01"))
    supposed = suppose(replace(tokyo, stakeholders=(later,)), ["FRA.position=60"], "office")
    issue = tokyo.issue("office")
    before, after = (cells_by_hand(supposed, issue, parse_day(day)) for day in ("2023-07-10", "2023-09-02"))
    assert ("FRA", "salience") not in before
    assert after["FRA", "salience"].mode == 0.9
    assert before["FRA", "position"].mode == after["FRA", "position"].mode == 60
