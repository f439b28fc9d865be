"""A proposal that changes on a day: each day answers as a dossier does that has the proposal of that day alone."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.cli.app import app
from foedus.dossiers.extending import set_option

DAY = dt.date(2023, 6, 1)
"""Between two days of news of the Tokyo case, before the meeting."""
DRAWS = 300


def changed(folder: Path) -> foedus.Dossier:
    """Return the Tokyo case in which a lesser text replaces the office on a day."""
    options = [one.label for one in foedus.read_dossier(folder).issue("office").options]
    set_option(folder, options[1], proposed_from=DAY, source="the chair's new draft", issue="office")
    set_option(folder, options[-1], until=DAY, issue="office")
    return foedus.read_dossier(folder)


def as_if_always(dossier: foedus.Dossier, label: str, *, without: str) -> foedus.Dossier:
    """Return the case with another proposal from the beginning, and without an option."""
    return replace(
        dossier,
        issues=tuple(
            replace(one, proposal=label, options=tuple(o for o in one.options if o.label != without))
            if one.id == "office"
            else one
            for one in dossier.issues
        ),
    )


def answer(dossier: foedus.Dossier, as_of: str) -> dict[str, object]:
    found = foedus.forecast(dossier, "office", as_of, "Vilnius 2023", draws=DRAWS)
    shares = {one.label: one.probability for one in found.options}
    return {
        "shares": shares,
        "proposal": found.case.issue.proposal,
        "objectors": [(one.actor, one.probability) for one in found.objectors],
        "summary": found.summary,
    }


def test_each_day_has_the_proposal_of_that_day(tokyo_copy: Path) -> None:
    unchanged = foedus.read_dossier(tokyo_copy)
    before = answer(unchanged, "2023-05-31")
    dossier = changed(tokyo_copy)
    labels = [one.label for one in dossier.issue("office").options]
    assert answer(dossier, "2023-05-31") == before  # the past keeps what was proposed
    after = answer(dossier, "2023-07-10")
    assert after["proposal"] == labels[1]
    assert after == answer(as_if_always(unchanged, labels[1], without=labels[-1]), "2023-07-10")


def test_the_change_is_news_on_its_day_and_is_told(tokyo_copy: Path) -> None:
    dossier = changed(tokyo_copy)
    line = foedus.timeline(dossier, "office", on="Vilnius 2023", draws=50)
    point = next(one for one in line.points if one.on == DAY)
    assert {one.kind for one in point.news} == {"proposal", "option withdrawn"}
    assert sum(one.effect or 0 for one in point.news) == pytest.approx((point.moved or 0) - (point.aged or 0), abs=1e-9)
    asked = [str(tokyo_copy), "--issue", "office", "--on", "Vilnius 2023", "--draws", "100"]
    told = CliRunner().invoke(app, ["forecast", *asked, "--as-of", "2023-07-10"]).stdout
    assert "Since 2023-06-01 the proposal is" in told
    assert "the chair's new draft" in told
    assert "the proposal is" not in CliRunner().invoke(app, ["forecast", *asked, "--as-of", "2023-05-31"]).stdout


def test_what_is_proposed_stays_until_another_text_is_tabled(tokyo_copy: Path) -> None:
    labels = [one.label for one in foedus.read_dossier(tokyo_copy).issue("office").options]
    before = (tokyo_copy / "dossier.yaml").read_bytes()
    with pytest.raises(FoedusError, match="Say first what is proposed from then on") as told:
        set_option(tokyo_copy, labels[-1], until=DAY, issue="office")
    assert f"foedus option {tokyo_copy}" in str(told.value)
    assert (tokyo_copy / "dossier.yaml").read_bytes() == before
    with pytest.raises(InputError, match="other than the status quo"):
        set_option(tokyo_copy, labels[0], proposed_from=DAY, issue="office")
    with pytest.raises(InputError, match="a day on which the option is on the table"):
        set_option(tokyo_copy, labels[1], proposed_from=DAY, until=DAY, issue="office")
    assert "proposed_from" not in (tokyo_copy / "dossier.yaml").read_text()


def test_a_new_text_is_on_the_table_from_the_day_on_which_it_is_tabled(tokyo_copy: Path) -> None:
    before = (tokyo_copy / "dossier.yaml").read_bytes()
    run = CliRunner()
    given = ["option", str(tokyo_copy), "two officers", "--issue", "office", "--at", "40"]
    told = json.loads(run.invoke(app, [*given, "--proposed-from", "2023-06-01", "--json"]).stdout)
    assert (told["since"], told["proposed_from"], told["added"]) == ("2023-06-01", "2023-06-01", True)
    issue = foedus.read_dossier(tokyo_copy).issue("office")
    assert issue.on_the_table(dt.date(2023, 5, 31)).proposal == issue.proposal
    assert issue.on_the_table(DAY).proposal == "two officers"
    run.invoke(app, ["option", str(tokyo_copy), "two officers", "--proposed-from", "never"])
    assert foedus.read_dossier(tokyo_copy).issue("office").on_the_table(DAY).proposal == issue.proposal
    assert len((tokyo_copy / "dossier.yaml").read_text().splitlines()) == len(before.decode().splitlines()) + 1


def test_a_replay_puts_the_text_of_the_day_to_the_body(tokyo_copy: Path) -> None:
    """An option that is off the table is decided in no history, and those left keep their numbers."""
    dossier = changed(tokyo_copy)
    labels = [one.label for one in dossier.issue("office").options]
    played = foedus.replay(dossier, histories=200)
    later = [one for one in played.events if one.beforehand and one.on >= DAY and labels[-1] in one.beforehand.options]
    assert later
    assert all(one.beforehand.options[labels[-1]] == 0 for one in later)
    assert all(sum(one.beforehand.options.values()) == pytest.approx(1) for one in later)
