"""What was said in a month of which no day is known is kept, told and put in order as a month."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.days import day_in_words, day_or_month, surely_after
from foedus.cli.app import app

DAYS = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2050, 1, 1))


@given(DAYS, DAYS)
def test_a_month_is_surely_after_only_what_was_before_its_first_day(first: dt.date, other: dt.date) -> None:
    month = day_or_month(f"{first:%Y-%m}")
    assert surely_after(month, other) is (other < first.replace(day=1))
    assert surely_after(other, month) is ((other.year, other.month) > (first.year, first.month))
    assert not (surely_after(month, other) and surely_after(other, month))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "tariffs"
    run(
        "new", str(folder), "--body", "eu-council", "--on", "2024-10-04=Vote",
        "--question", "Would the Council keep the tariffs?", "--option", "no tariffs", "--option", "tariffs",
    )  # fmt: skip
    return folder


def run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_a_month_is_kept_and_told_as_a_month(case: Path) -> None:
    run(
        "statements",
        str(case),
        "add",
        "Sweden",
        "abstains",
        "tariffs",
        "it abstained",
        "--source",
        "T1",
        "--on",
        "2024-07",
    )
    assert "2024-07," in (case / "statements.csv").read_text("utf-8")
    dossier = foedus.read_dossier(case)
    assert day_in_words(dossier.statements[0].said_on) == "July 2024"
    assert "July 2024" in run("position", str(case), "Sweden", "--as-of", "2024-10-01")
    assert "2024-07-31" not in run("position", str(case), "Sweden", "--as-of", "2024-10-01")


def test_entering_a_month_says_from_when_it_counts(case: Path) -> None:
    words = ["statements", str(case), "add", "Spain", "for", "tariffs", "for it", "--source", "T1", "--on", "2024-07"]
    done = CliRunner().invoke(app, words)
    assert "of July 2024 no day is known: it counts from 2024-07-31; --known DAY, if earlier" in done.output


def test_of_a_month_and_a_day_within_it_neither_replaces_the_other(case: Path) -> None:
    run("statements", str(case), "add", "Spain", "for", "tariffs", "for it", "--source", "T1", "--on", "2024-07-15")
    run(
        "statements", str(case), "add", "Spain", "against", "tariffs", "against it", "--source", "T2", "--on", "2024-07"
    )
    assert "replaced by" not in run("position", str(case), "Spain", "--as-of", "2024-10-01")
    run(
        "statements",
        str(case),
        "add",
        "Spain",
        "for",
        "tariffs",
        "for after all",
        "--source",
        "T3",
        "--on",
        "2024-08-02",
    )
    assert "replaced by a later one, of 2024-08-02" in run("position", str(case), "Spain", "--as-of", "2024-10-01")


def test_reading_keeps_the_month_that_a_sentence_names(case: Path, tmp_path: Path) -> None:
    text = "Sweden abstained in a first vote in July on the tariffs. Hungary opposed the tariffs on 15 July 2024.\n"
    (tmp_path / "note.txt").write_text(f"Date: 2024-10-04\n\n{text}", encoding="utf-8")
    run("read", str(tmp_path / "note.txt"), "--into", str(case))
    said = {each.actor: day_in_words(each.said_on) for each in foedus.read_dossier(case).statements}
    assert said["SWE"] == "July 2024"
    assert said["HUN"] == "2024-07-15"
