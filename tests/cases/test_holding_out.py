"""Who wants more and has voted against less stands on both sides of the lesser text."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from typer.testing import CliRunner

import foedus
from foedus.base.randomness import Streams
from foedus.cases import Case
from foedus.cases.case import case_of
from foedus.cases.draws import draw
from foedus.cli.app import app
from foedus.coding.entering import Told, enter
from foedus.dossiers import Dossier, suppose
from foedus.ensembles.declared import keep_to_declared
from foedus.explain.position import standing
from foedus.forecasts.arithmetic import arithmetic, arithmetic_in_draws, declared
from foedus.issues import Agenda
from foedus.issues.deciding import in_favour, taking_sides
from foedus.issues.sitting import with_options
from foedus.reports.brief import who_blocks
from foedus.reports.votes import votes

DAY = dt.date(2024, 9, 20)
EVE = "2024-09-25"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """Two rival drafts before the Security Council: China and Russia are for the farther one and against the nearer."""
    folder = tmp_path_factory.mktemp("rivals") / "halt"
    made = CliRunner().invoke(
        app,
        ["new", str(folder), "--body", "unsc", "--question", "A halt?", "--on", "2024-09-26",
         "--option", "none=0", "--option", "pauses=50", "--option", "ceasefire=100"],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    for stance, option, actors in (
        ("for", "ceasefire", "CHN RUS"),
        ("against", "pauses", "CHN RUS"),
        ("against", "ceasefire", "USA"),
        ("for", "pauses", "USA GBR FRA ECU JPN MLT CHE SVN KOR"),
    ):
        for actor in actors.split():
            enter(folder, Told(actor, stance, option, f"{stance} {option}", DAY, f"Record, {option}", DAY))
    return foedus.read_dossier(folder)


@pytest.fixture(scope="module")
def case(dossier: Dossier) -> Case:
    return case_of(dossier, None, EVE, None)


def test_a_no_to_less_holds_in_half_of_the_draws_and_goes_with_the_like(case: Case) -> None:
    assert case.member("CHN").stand.holds_out == (50.0,)
    assert case.member("USA").stand.holds_out == ()  # it refuses more than it wants
    sitting = draw(case, {}, Streams(1), 0, 4_000)
    china, russia = (in_favour(sitting, 0, 1)[:, sitting.actors.index(actor)] for actor in ("CHN", "RUS"))
    assert china.mean() == pytest.approx(0.5, abs=0.04)  # three standard errors of 4,000 draws are .024
    both = (china & russia).mean()
    # Two normal numbers that correlate by .42 are both above their medians in 1/4 + arcsin(.42) / (2 pi) of the draws.
    assert both == pytest.approx(0.25 + np.arcsin(0.42) / (2 * np.pi), abs=0.04)
    assert in_favour(sitting, 0, 2)[:, sitting.actors.index("CHN")].all()  # nothing holds it from its own text


def test_the_count_as_stated_and_in_the_draws_knows_the_veto(case: Case) -> None:
    stated = arithmetic(case, "pauses")
    assert (stated.against, stated.enough, stated.must_move) == (("CHN", "RUS"), False, ("CHN", "RUS"))
    assert declared(case, "pauses").stop
    enough = arithmetic_in_draws(case, 1, 2_000, "pauses").enough
    assert 0.2 < enough < 0.45  # where both let it pass; a few draws lack the nine votes


def test_whoever_is_won_over_holds_out_no_more(dossier: Dossier, case: Case) -> None:
    sitting = draw(case, {}, Streams(1), 0, 200)
    place = sitting.actors.index("CHN")
    assert in_favour(taking_sides(sitting, {"CHN"}), 0, 1)[:, place].all()
    told = case_of(suppose(dossier, ["CHN.position=60"]), None, EVE, None)
    assert told.member("CHN").stand.holds_out == ()


def test_chunks_of_draws_are_the_same_draws(case: Case) -> None:
    whole, later = (draw(case, {}, Streams(1), start, 60).held_out[0][1] for start in (0, 40))
    assert np.array_equal(whole[40:], later)


def test_a_position_says_what_the_no_to_less_does(dossier: Dossier) -> None:
    said = standing(dossier, "CHN", as_of=dt.date(2024, 9, 25)).statements
    assert any("it votes against 'pauses' in half of the draws" in str(one["effect"]) for one in said)


def test_the_brief_says_who_holds_out_and_counts_the_rival_draft(dossier: Dossier) -> None:
    forecast = foedus.forecast(dossier, as_of=EVE, draws=400)
    assert forecast.likeliest.label == "none"  # two vetoes were announced against the one text, one against the other
    told = [str(one) for one in who_blocks(forecast).items]
    assert told[-1] == (
        "China and Russia are against 'pauses' and for more, and have not said whether nothing would be better than "
        "'pauses': in half of the draws a vote of theirs stays against."
    )
    found = votes(forecast)
    assert found is not None
    assert found.title == "Votes for 'ceasefire', and for the likeliest change, 'pauses', under the rule"
    assert found.rows[1][:4] == ("'pauses': members", "9", "9", "+0")
    line = next(one for one in found.lines if one.startswith("The likeliest change, 'pauses'."))
    assert "For it, enough votes, but a veto stops it: 9 members. Against: China, Russia" in line


def test_other_options_on_the_table_keep_what_was_said_of_their_texts(case: Case) -> None:
    sitting = draw(case, {}, Streams(1), 0, 400)
    before = sitting.agendas[0]
    more = Agenda(np.append(before.options, 45.0), before.status_quo, before.proposal, before.length)
    reworded = with_options(sitting, more, {0: 0, 1: 1, 2: 2, 3: 1})
    place = sitting.actors.index("CHN")
    assert np.array_equal(in_favour(reworded, 0, 3)[:, place], in_favour(sitting, 0, 1)[:, place])
    kept = keep_to_declared(np.full((400, 4), 0.25), reworded, 0)  # as for the EU Council
    assert np.allclose(kept.sum(axis=1), 1)
    assert (kept[:, 3] <= 0.25).all()
    unheard = keep_to_declared(np.full((400, 4), 0.25), with_options(sitting, more, {0: 0, 1: 1, 2: 2}), 0)
    assert np.allclose(unheard[:, 3], 0.25)  # of a new text nobody has declared anything
    fewer = Agenda(before.options[[0, 2]], 0, 1, before.length)
    assert np.array_equal(in_favour(with_options(sitting, fewer, {0: 0, 1: 2}), 0, 1), in_favour(sitting, 0, 2))
