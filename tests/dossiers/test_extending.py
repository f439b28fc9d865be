"""Adding an issue to a dossier, an option, and the days of an option: every other byte stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import foedus
from foedus.base.errors import FoedusError
from foedus.cli.app import app
from foedus.dossiers.extending import appended, set_option
from foedus.dossiers.packaged import copy_packaged


@pytest.fixture
def race(tmp_path: Path) -> Path:
    copy_packaged("secretary-general-2024", tmp_path)
    return tmp_path


def days_of(folder: Path, label: str) -> tuple[str, str]:
    found = foedus.read_dossier(folder).issue().option(label)
    return str(found.since), str(found.until)


def test_a_candidate_is_withdrawn_and_comes_back(race: Path) -> None:
    before = (race / "dossier.yaml").read_bytes()
    run = CliRunner()
    told = run.invoke(app, ["option", str(race), "Mark Rutte", "--until", "2024-06-01", "--json"])
    assert json.loads(told.stdout)["until"] == "2024-06-01"
    assert days_of(race, "Mark Rutte") == ("None", "2024-06-01")
    text = (race / "dossier.yaml").read_text()
    assert len(set(text.splitlines()) - set(before.decode().splitlines())) == 1
    run.invoke(app, ["option", str(race), "mark rutte", "--until", "2024-06-03"])
    assert days_of(race, "Mark Rutte") == ("None", "2024-06-03")
    run.invoke(app, ["option", str(race), "Mark Rutte", "--until", "never"])
    assert (race / "dossier.yaml").read_bytes() == before


def test_the_days_of_an_option_that_has_both_are_changed_one_by_one(race: Path) -> None:
    before = days_of(race, "Klaus Iohannis")
    set_option(race, "Klaus Iohannis", until="")
    assert days_of(race, "Klaus Iohannis") == (before[0], "None")
    set_option(race, "Klaus Iohannis", since="")
    assert days_of(race, "Klaus Iohannis") == ("None", "None")


def test_a_new_candidate_gets_a_claim_that_one_can_be_for(race: Path) -> None:
    run = CliRunner()
    told = run.invoke(app, ["option", str(race), "Kaja Kallas", "--since", "2023-11-15"])
    assert "now an option" in told.stdout
    said = [
        "statements",
        str(race),
        "add",
        "Hungary",
        "against",
        "Kaja Kallas",
        "too hard on Russia",
        "--source",
        "a call",
    ]
    assert run.invoke(app, [*said, "--on", "2024-02-01"]).exit_code == 0
    made = foedus.read_dossier(race)
    assert made.issue().option("Kaja Kallas").label in [one.option for one in made.concepts]


def test_a_narrower_text_is_an_option_of_its_own(tokyo_copy: Path) -> None:
    made = set_option(tokyo_copy, "a desk in Canberra", at=20.0, issue="office")
    assert (made.added, made.issue) == (True, "office")
    read = foedus.read_dossier(tokyo_copy)
    assert read.issue("office").option("a desk in Canberra").at == 20.0
    claim = next(one for one in read.concepts if one.text == "A desk in Canberra should be the outcome")
    assert (claim.at_support, claim.issue) == (20.0, "office")


@pytest.mark.parametrize(
    ("option", "at", "said"),
    [
        ("no office", None, "if nothing is decided"),
        ("an island", None, "--at PLACE"),
        ("programme office", 4.0, "already"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changes(tokyo_copy: Path, option: str, at: float | None, said: str) -> None:
    import datetime as dt

    before = (tokyo_copy / "dossier.yaml").read_bytes()
    with pytest.raises(FoedusError, match=said):
        set_option(tokyo_copy, option, until=dt.date(2023, 1, 1), at=at, issue="office")
    assert (tokyo_copy / "dossier.yaml").read_bytes() == before


def test_a_claim_follows_an_option_that_is_renamed(tmp_path: Path) -> None:
    run, folder = CliRunner(), tmp_path / "mali"
    asked = ["--question", "Would the Security Council renew the sanctions on Mali?", "--option", "no renewal"]
    more = ["--option", "a shorter renewal", "--option", "renewal for a year", "--on", "2023-08-30"]
    assert run.invoke(app, ["new", str(folder), "--body", "unsc", *asked, *more]).exit_code == 0
    assert run.invoke(app, ["rename", str(folder), "a shorter renewal", "six months"]).exit_code == 0
    claims = [one.text for one in foedus.read_dossier(folder).concepts]
    assert "Six months should be the outcome" in claims
    assert not [one for one in claims if "shorter" in one]
    cues = next(one.cues for one in foedus.read_dossier(folder).concepts if one.text.startswith("Six months"))
    assert cues.split("; ")[:2] == ["six months", "a shorter renewal"]  # texts go on using the old label


def test_a_value_set_by_hand_counts_from_its_day_on(tmp_path: Path) -> None:
    copy_packaged("harbour-compact", tmp_path)
    run = CliRunner()
    ask = ["position", str(tmp_path), "Fenmark", "--issue", "port"]
    assert run.invoke(app, [*ask, "--set", "10", "--note", "a call", "--known", "2031-05-10"]).exit_code == 0
    row = next(one for one in foedus.read_dossier(tmp_path).stakeholders if one.position_mode == 10.0)
    assert str(row.known_on) == "2031-05-10"
    mode = {}
    for day in ("2031-05-09", "2031-05-10"):
        mode[day] = json.loads(run.invoke(app, [*ask, "--as-of", day, "--json"]).stdout)["position"]["mode"]
    assert mode["2031-05-10"] == 10.0
    assert mode["2031-05-09"] != 10.0
    told = run.invoke(app, [*ask, "--set", "salience=0.9", "--note", "a call"])
    assert "counts on every day" in told.stderr
    row = next(one for one in foedus.read_dossier(tmp_path).stakeholders if one.position_mode == 10.0)
    assert (row.salience_mode, str(row.known_on)) == (0.9, "2031-05-10")  # the day of the row stays


def test_an_issue_is_added_with_the_body_and_meetings_of_the_first(tmp_path: Path) -> None:
    run, folder = CliRunner(), tmp_path / "aid"
    first = ["new", str(folder), "--body", "european-council", "--on", "2024-02-01=Special meeting"]
    asked = ["--question", "Would it give 50 billion?", "--option", "nothing", "--option", "50 billion"]
    assert run.invoke(app, [*first, *asked]).exit_code == 0
    more = ["--issue", "funds", "--question", "Would the funds be paid?", "--option", "frozen", "--option", "paid"]
    told = run.invoke(app, ["new", str(folder), *more])
    assert told.exit_code == 0, told.output
    made = foedus.read_dossier(folder)
    assert [one.id for one in made.issues] == ["give-50-billion", "funds"]
    assert made.issues[1].body == made.issues[0].body
    assert made.issues[1].meetings == made.issues[0].meetings
    assert sum(row.issue == "funds" for row in made.stakeholders) == 27
    assert [one.issue for one in made.concepts] == ["give-50-billion", "funds"]
    assert "already" in str(run.invoke(app, ["new", str(folder), *more]).exception)
    assert "--question" in str(run.invoke(app, ["new", str(folder)]).exception)


def test_a_list_is_found_wherever_it_stands() -> None:
    text = "a: 1\nissues:\n  - id: x\n    about: |\n      two\n\n# about pages\npages: []\n"
    assert appended(text, "issues", "  - id: y\n") == text.replace("\n\n#", "\n  - id: y\n\n#")
    assert appended(text, "pages", "  - id: y\n").endswith("pages:\n  - id: y\n")
    assert appended("a: 1", "packages", "  - id: y\n") == "a: 1\n\npackages:\n  - id: y\n"
    with pytest.raises(FoedusError, match="brackets"):
        appended("issues: [{id: x}]\n", "issues", "  - id: y\n")
