"""An option with a procedure of its own: each option has its own arithmetic, checked against the rule by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.cli.app import app
from foedus.dossiers.changes import supposition
from foedus.dossiers.draft import drafted
from foedus.dossiers.own_body import own_body, write_own_body
from foedus.dossiers.setting import set_by_hand
from foedus.forecasts.arithmetic import arithmetic
from foedus.reports.votes import own_rules

NAMES = [f"{one}land" for one in "ABCDEFGHI"]
OPTIONS = ["no decision=0", "put off=40 by majority", "adopted=100 by 2/3"]


def written(folder: Path, options: list[str], rule: str = "consensus") -> Path:
    """Write a dossier of nine members of whom nothing is known."""
    day = parse_day("2027-05-15")
    body = write_own_body(folder, own_body("Council of Nine", NAMES, rule), day.replace(month=1, day=1))
    draft = drafted("Would the Council adopt the text?", options, ["2027-05-15"], issue="text")
    foedus.new_dossier(folder, body, day, draft)
    return folder


@cache
def empty(options: tuple[str, ...]) -> foedus.Dossier:
    with TemporaryDirectory() as folder:
        return foedus.read_dossier(written(Path(folder) / "d", list(options)))


def made(options: list[str], places: list[float]) -> foedus.Dossier:
    """Return a dossier of nine members whose positions are set, each to a number."""
    dossier = empty(tuple(options))
    rows = (
        replace(row, position_low=at, position_mode=at, position_high=at)
        for row, at in zip(dossier.stakeholders, places, strict=True)
    )
    return replace(dossier, stakeholders=tuple(rows))


@settings(max_examples=12, deadline=None)
@given(places=st.lists(st.sampled_from([0.0, 15.0, 35.0, 60.0, 90.0]), min_size=9, max_size=9))
def test_each_option_has_the_count_of_its_own_rule(places: list[float]) -> None:
    answer = foedus.forecast(made(OPTIONS, places), draws=50)
    for_put_off = sum(abs(at - 40) < abs(at) for at in places)
    for_adopted = sum(abs(at - 100) < abs(at) for at in places)
    put_off, adopted = arithmetic(answer.case, "put off"), arithmetic(answer.case, "adopted")
    assert (len(put_off.in_favour), put_off.enough, put_off.counts[0].needed) == (for_put_off, for_put_off >= 5, 5)
    assert (len(adopted.in_favour), adopted.enough, adopted.counts[0].needed) == (for_adopted, for_adopted >= 6, 6)
    if not put_off.enough:
        assert answer.probability("no decision") > 0.99
    if not adopted.enough and put_off.enough:
        assert answer.probability("adopted") < 0.05


def test_between_a_half_and_two_thirds_what_takes_less_is_decided() -> None:
    places = [90.0] * 5 + [0.0] * 4
    own = foedus.forecast(made(OPTIONS, places), draws=50)
    same = [one.replace("majority", "2/3") for one in OPTIONS]
    other = foedus.forecast(made(same, places), draws=50)
    assert own.likeliest.label == "put off"
    assert other.likeliest.label == "no decision"
    words = own_rules(own)
    assert "'put off' takes more than 50 % of the members" in words
    assert "5 for, 5 needed" in words


def test_under_consensus_one_objection_stops_the_text_and_not_the_motion() -> None:
    options = ["no decision=0", "put off=40 by majority", "adopted=100"]
    places = [90.0] * 8 + [0.0]
    voted = foedus.forecast(made(options, places), draws=400, models=["consensus"])
    plain = [one.replace(" by majority", "") for one in options]
    usual = foedus.forecast(made(plain, places), draws=400, models=["consensus"])
    assert voted.objector("ILA", "put off").probability == 0 < voted.objector("ILA", "adopted").probability
    assert voted.probability("put off") > usual.probability("put off")
    few = foedus.forecast(made(options, [90.0] * 4 + [0.0] * 5), draws=400)
    assert few.probability("put off") == 0
    assert np.isclose(sum(one.probability for one in few.options), 1)


def test_a_word_that_is_no_rule_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="a rule in words"):
        written(tmp_path / "d", ["no decision=0", "adopted=100 by acclamation"])


def test_more_needed_never_makes_an_option_likelier() -> None:
    places = [90.0] * 4 + [60.0] * 2 + [30.0] + [0.0] * 2
    chances = [
        foedus.forecast(made([OPTIONS[0], OPTIONS[1], f"adopted=100 by {n}"], places), draws=50)
        .probability("adopted")
        for n in (4, 5, 6, 7, 8)
    ]  # fmt: skip
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(chances)), chances


def test_the_command_sets_rule_and_source_and_both_are_shown(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", ["no decision=0", "put off=40", "a lesser text=60", "adopted=100"], "2/3")
    for name in NAMES[:5]:
        set_by_hand(folder, supposition(foedus.read_dossier(folder), f"{name}.position=90"), "a note")
    run = CliRunner().invoke
    told = run(app, ["option", str(folder), "put off", "--procedure", "majority"])
    assert "decided by majority" in told.output
    left = run(app, ["option", str(folder), "a lesser text", "--until", "2027-05-01"])
    assert "--source" in left.output
    check = json.loads(run(app, ["check", str(folder), "--json"]).stdout)
    assert any("nothing says what that rests on" in gap["what"] for gap in check["gaps"])
    run(app, ["option", str(folder), "a lesser text", "--source", "The chair's letter, 1 May 2027"])
    shown = run(app, ["forecast", str(folder), "--as-of", "2027-05-02", "--draws", "50"]).output
    assert "No longer on the table: a lesser text (since 2027-05-01; The chair's letter, 1 May 2027)" in shown
    assert "takes more than 50 % of the members" in shown
    answer = json.loads(run(app, ["forecast", str(folder), "--as-of", "2027-05-02", "--draws", "50", "--json"]).stdout)
    (other,) = answer["arithmetic"]["by_another_rule"]
    assert (other["option"], other["enough"]) == ("put off", True)
    told = run(app, ["option", str(folder), "put off", "--procedure", "usual"])
    assert "decided by" not in told.output


def test_a_forecast_of_a_day_before_all_that_is_known_says_so(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", ["no decision=0", "adopted=100"])
    run = CliRunner().invoke
    run(
        app,
        [
            "statements",
            str(folder),
            "add",
            NAMES[0],
            "against",
            "adopted",
            "No.",
            "--source",
            "T",
            "--on",
            "2027-05-01",
        ],
    )
    shown = run(app, ["forecast", str(folder), "--as-of", "2027-04-01", "--draws", "50"]).output
    assert "The one accepted statement became known after 2027-04-01, from 2027-05-01 on" in " ".join(shown.split())
    later = run(app, ["forecast", str(folder), "--as-of", "2027-05-02", "--draws", "50"]).output
    assert "became known after" not in later
