"""What a person meets who mistypes, takes back and asks again on a case of one's own."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import foedus
from foedus.cli.app import app
from foedus.coding.deciding import undo
from foedus.coding.entering import Told, enter
from foedus.dossiers.said import quoted, what_was_said
from foedus.forecasts import find_gaps
from foedus.procedures.scaffold import scaffold_docket

DAY = dt.date(2023, 8, 9)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made")
    folder = home / "war"
    options = ("--option", "no force", "--option", "activate the force", "--option", "deploy troops")
    told = run(
        "new", str(folder), "--question", "Would they intervene?", "--body", "ecowas", "--on", "2023-08-10=Abuja",
        "--on", "2023-08-18=Accra", *options, "--docket",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    article = home / "abuja-2023-08-09.txt"
    article.write_text(
        "Abuja summit\n\nNigeria said on 9 August 2023 that no option was taken off the table.\n", encoding="utf-8"
    )
    assert run("read", str(article), "--into", str(folder), "--known", "2023-08-09").exit_code == 0
    return folder


@pytest.fixture
def war(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "war"))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def add(folder: Path, actor: str, *rest: str) -> Result:
    return run("statements", str(folder), "add", actor, "against", "deploy troops", *rest)


def test_the_beginning_of_an_id_is_taken_for_the_one_source_that_begins_so(war: Path) -> None:
    told = add(war, "Nigeria", "--source", "abuja", "--quote", "no option was taken off the table")
    assert told.exit_code == 0, told.output
    assert "'abuja' is taken for the source abuja-2023-08-09" in told.stderr
    assert set(foedus.read_dossier(war).sources) == {"abuja-2023-08-09", "own-docket"}


def test_words_that_stand_in_a_document_make_no_new_source(war: Path) -> None:
    told = add(war, "Nigeria", "--source", "the news", "--quote", "no option was taken off the table")
    assert told.exit_code != 0
    assert "--source abuja-2023-08-09" in str(told.exception)


def test_a_new_source_is_told_with_its_day_and_what_stands_nowhere(war: Path) -> None:
    told = add(war, "Ghana", "--source", "Telegram 9", "--quote", "never ever")
    assert "is a new source, telegram-9, dated today" in told.stderr
    assert "are in no document here" in told.stderr
    dated = add(war, "Benin", "it is wary", "--source", "Telegram 10", "--on", "2023-08-08")
    assert "is a new source, telegram-10" in dated.stderr
    assert "dated today" not in dated.stderr


def test_a_suspended_member_is_told_as_one(war: Path) -> None:
    told = add(war, "Mali", "it is against", "--source", "Telegram 9", "--on", "2023-08-08")
    assert "Mali is a member that has been suspended since 2021-05-30 and has no seat on 2023-08-10" in told.stderr


def test_what_was_taken_back_and_is_entered_again_is_the_same_line(war: Path) -> None:
    said = Told("GHA", "against", "deploy troops", "it is wary", DAY, "Telegram 9")
    first, _ = enter(war, said)
    undo(war)
    again, entry = enter(war, said)
    assert (again.id, again.status, entry.action) == (first.id, "accepted", "accept")
    lines = [one for one in foedus.read_dossier(war).statements if one.actor == "GHA"]
    assert [(one.id, one.status) for one in lines] == [(first.id, "accepted")]


def test_undo_says_that_a_position_set_by_hand_stays(war: Path) -> None:
    enter(war, Told("GHA", "against", "deploy troops", "it is wary", DAY, "Telegram 9"))
    assert "take" not in run("statements", str(war), "undo").stderr
    enter(war, Told("GHA", "against", "deploy troops", "it is wary", DAY, "Telegram 9"))
    run("position", str(war), "NGA", "--set", "90", "--note", "a call")
    told = run("statements", str(war), "undo")
    assert f"what is set by hand stays (for NGA): foedus position {war} ACTOR --clear" in told.stderr


def test_a_docket_made_by_a_command_leaves_no_gap_and_a_meeting_that_is_over_does(war: Path) -> None:
    dossier = foedus.read_dossier(war)
    assert not [one for one in find_gaps(dossier, DAY) if "own-docket" in one.where or one.kind == "meeting"]
    [over] = [one for one in find_gaps(dossier, "2023-08-11") if one.kind == "meeting"]
    assert over.what.startswith("Abuja (2023-08-10) is over, and 'no force' is still the status quo")
    with pytest.raises(foedus.FoedusError, match="exists already"):
        scaffold_docket(dossier)


def test_no_quotation_loses_the_words_that_turn_it(war: Path) -> None:
    """The exception stood at the end, and was cut off."""
    words = (
        '"All countries except those under a military government (Burkina Faso, Mali and Guinea) and one small country '
        '(Cape Verde) are determined" to participate in an eventual intervention, Musah told reporters in Accra.'
    )
    statement, _ = enter(war, Told("CPV", "against", "deploy troops", "", DAY, "Telegram 9", quote=words))
    shown = what_was_said(foedus.read_dossier(war), statement)
    assert "one small country (Cape Verde) are determined" in shown
    assert "Musah told reporters in Accra." in shown
    long = f"{words} " * 5
    assert quoted(long).endswith("in Accra. [...]")
    assert len(quoted(long)) < 410
    assert quoted("x" * 900) == "x" * 900
    plain = replace(statement, quote="", paraphrase="Cape Verde is wary.")
    assert what_was_said(foedus.read_dossier(war), plain) == "Cape Verde is wary"


def test_asking_goes_on_until_there_is_a_meeting_and_two_options(tmp_path: Path) -> None:
    folder = tmp_path / "asked"
    answers = "Would it?\nnac\nno\n2027-01-15\nno\nnothing\n\nan office\n\n\n\n\n"
    told = CliRunner().invoke(app, ["new", str(folder), "--ask"], input=answers)
    assert told.exit_code == 0, told.output
    assert "A forecast is of a meeting" in told.output
    assert "At least two options are needed" in told.output
    made = foedus.read_dossier(folder).issue()
    assert [one.label for one in made.options] == ["nothing", "an office"]
    assert [str(one.on) for one in made.meetings] == ["2027-01-15"]


def test_commands_for_which_nothing_is_there_yet_say_what_to_give(war: Path) -> None:
    refused = run("respond", str(war))
    assert "say who (--to RUS)" in str(refused.exception)
    assert "one of office, text, programme" in str(refused.exception)
    empty = run("forum", str(war), "--for", "NGA")
    assert "ecowas,would-they-intervene" in empty.output.replace("\n", "") or "deploy troops" in empty.output
    assert "'subject' what it is about" in " ".join(empty.output.split())


def test_a_body_of_ones_own_may_share_words_with_a_packaged_one(tmp_path: Path) -> None:
    asked = ("--question", "Would the board lend?", "--option", "no", "--option", "lend", "--on", "2027-02-10")
    members = ("--members", "Ghana, Kenya, Nigeria, Egypt, Senegal", "--rule", "majority")
    own = CliRunner().invoke(app, ["new", str(tmp_path / "own"), "--body", "Fund board", *members, *asked])
    assert own.exit_code == 0, own.output
    dossier = foedus.read_dossier(tmp_path / "own")
    body = dossier.institutions.body(dossier.issue().body)
    assert body.name == "Fund board"
    assert {seat.actor for seat in body.seats(dossier.world, dossier.issue().meetings[0].on)} == {
        "GHA", "KEN", "NGA", "EGY", "SEN",
    }  # fmt: skip
    guessed = CliRunner().invoke(app, ["new", str(tmp_path / "guessed"), "--body", "Fund board", *asked])
    assert "'Fund board' is taken for the Executive Board of the International Monetary Fund" in guessed.stderr
    assert '--body "Fund board" --members "NAME, NAME" --rule RULE' in guessed.stderr
    refused = CliRunner().invoke(app, ["new", str(tmp_path / "ec"), "--body", "European Council", *members, *asked])
    assert refused.exit_code == 1
    assert '--body "European Council of our own"' in str(refused.exception)
