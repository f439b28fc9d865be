"""Who speaks: several at once, groups, other names and actors that the world does not know; never a table edited."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

import foedus
from foedus.cli.app import app

RUN = CliRunner()


def run(*given: object, fails: bool = False) -> str:
    found = RUN.invoke(app, [str(one) for one in given])
    assert bool(found.exit_code) == fails, found.output
    return str(found.exception) if fails else found.stdout if "--json" in given else found.output


def add(folder: Path, who: str, *more: str, fails: bool = False) -> str:
    what = ("against", "liaison office", "they would rather wait", "--source", "Note", "--on", "2023-05-02")
    return run("statements", folder, "add", who, *what, *more, fails=fails)


def test_several_speak_with_one_voice_and_one_undo_takes_them_back(tokyo_copy: Path) -> None:
    before = foedus.read_dossier(tokyo_copy).statements
    told = json.loads(add(tokyo_copy, "Italy, the Netherlands and Spain", "--json"))
    assert [one["actor"] for one in told["statements"]] == ["ITA", "NLD", "ESP"]
    assert told["statement"] == told["statements"][0]
    assert {(one["source"], one["paraphrase"], one["stance"]) for one in told["statements"]} == {
        ("note", "they would rather wait", -1)
    }
    run("statements", tokyo_copy, "undo")
    after = foedus.read_dossier(tokyo_copy).statements
    assert after[: len(before)] == before
    assert {one.status for one in after[len(before) :]} == {"rejected"}


def test_nothing_is_written_where_one_of_them_is_unknown(tokyo_copy: Path) -> None:
    before = {path: path.read_bytes() for path in tokyo_copy.rglob("*.csv")}
    told = add(tokyo_copy, "Italy, Ruritania", fails=True)
    assert "no actor 'Ruritania'" in told
    assert f"foedus actor {tokyo_copy} Ruritania" in told
    assert {path: path.read_bytes() for path in tokyo_copy.rglob("*.csv")} == before


def test_a_group_speaks_for_its_silent_members(tokyo_copy: Path) -> None:
    day = ("--as-of", "2023-06-01", "--issue", "office", "--json")
    silent = json.loads(run("position", tokyo_copy, "Italy", *day))
    run("actor", tokyo_copy, "Southern friends", "--members", "Italy, Spain, France")
    assert "its members France, Italy and Spain count with it" in add(tokyo_copy, "Southern friends").replace("\n", " ")
    dossier = foedus.read_dossier(tokyo_copy)
    assert dossier.world.actors["southern-friends"].kind == "group"
    after = json.loads(run("position", tokyo_copy, "Italy", *day))
    assert after != silent  # Spain and Italy are silent and follow; France has words of its own
    assert json.loads(run("position", tokyo_copy, "Norway", *day))["position"] == silent["position"]


def test_somebody_new_gets_a_voice_and_stays_shown(tokyo_copy: Path) -> None:
    assert "has a voice on" in run("actor", tokyo_copy, "Greenwatch")
    assert "has a seat or a voice already" in run("actor", tokyo_copy, "greenwatch")
    assert "so nothing moves" not in add(tokyo_copy, "Greenwatch")
    dossier = foedus.read_dossier(tokyo_copy)
    assert "greenwatch" in dossier.voices("office")
    assert "JPN" in dossier.voices("office")


def test_another_name_means_the_actor(tokyo_copy: Path) -> None:
    run("actor", tokyo_copy, "Spanish presidency", "--means", "Spain")
    assert "Spain is against" in add(tokyo_copy, "Spanish presidency")
    assert "is ESP (Spain) already" in run("actor", tokyo_copy, "Spain", "--members", "Italy", fails=True)


def test_a_meeting_is_added_in_its_place(tokyo_copy: Path) -> None:
    before = (tokyo_copy / "dossier.yaml").read_text().splitlines()
    run("meeting", tokyo_copy, "2023-11-29", "Brussels 2023", "--known", "2023-09-01", "--issue", "office")
    run("meeting", tokyo_copy, "2031-06-24", "Later", "--issue", "office")
    issue = foedus.read_dossier(tokyo_copy).issue("office")
    assert [one.on for one in issue.meetings] == sorted(one.on for one in issue.meetings)
    assert (issue.meeting("Brussels").known_on or issue.meeting("Later").on).isoformat() == "2023-09-01"
    after = (tokyo_copy / "dossier.yaml").read_text().splitlines()
    kept = [line for line in after if "Brussels 2023" not in line and 'name: "Later"' not in line]
    assert [line for line in kept if "foedus:" not in line] == [line for line in before if "foedus:" not in line]
    assert "has a meeting 'Brussels 2023'" in run("meeting", tokyo_copy, "2023-11-29", "Again", fails=True)


def test_statements_are_decided_on_by_number(tokyo_copy: Path) -> None:
    statements = foedus.read_dossier(tokyo_copy).statements
    run("statements", tokyo_copy, "reject", "3", "5-6")
    after = foedus.read_dossier(tokyo_copy).statements
    changed = {one.id for one, then in zip(after, statements, strict=True) if one.status != then.status}
    assert changed == {one.id for n, one in enumerate(statements, 1) if n in {3, 5, 6} and one.status != "rejected"}
    shown = run("statements", tokyo_copy, "--actor", "France")
    number = next(n for n, one in enumerate(statements, 1) if one.actor == "FRA")
    assert f"{number}  {statements[number - 1].id}" in shown
    assert "are numbered 1 to" in run("statements", tokyo_copy, "accept", "999", fails=True)


def test_a_renamed_option_is_compared_under_one_name(tokyo_copy: Path, tmp_path: Path) -> None:
    shutil.copytree(tokyo_copy, tmp_path / "before")
    run("rename", tokyo_copy, "liaison office", "Tokyo bureau", "--issue", "office")
    asked = ("--issue", "office", "--as-of", "2023-07-10", "--draws", "50")
    told = run("compare", tmp_path / "before", tokyo_copy, *asked)
    assert "'Tokyo bureau' is called 'liaison office' in the first dossier" in " ".join(told.split())
    found = json.loads(run("compare", tmp_path / "before", tokyo_copy, *asked, "--json"))
    assert found["difference"] == 0
