"""``foedus replay``: a chronology for people, JSON with the keys of the contract, a page, errors with status 2."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.command_line import command

from foedus.cli import main

SHORT = ["tokyo-office", "--from", "2023-07-11", "--to", "2023-07-12", "--runs", "200"]


run = command("replay")


def test_a_chronology_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *SHORT)
    assert (status, err) == (0, "")
    assert out.startswith("A NATO presence in Tokyo\n")
    assert "200 histories, seed 1." in " ".join(out.split())
    (row,) = (line for line in out.splitlines() if "tokyo-office" in line and "decide" in line)
    day, *words = row.split()
    assert (day, words[:5]) == ("2023-07-11", ["tokyo-office", "decide", "no", "office", "(on-hold)"])
    assert words[6:] == ["%", "nothing", "agreed", "as", "it", "happened"]
    assert "came out in most histories as they did" in out


def test_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, *SHORT, "--why")
    assert "put to: North Atlantic Council, 31 seats on 2023-07-11" in out
    assert "the rule asks: consensus and consent of JPN [North Atlantic Treaty, Article 9" in out
    assert "the rule asks: the consent of Japan" in out
    assert "note: no decision was announced; the plan was put off" in out


def test_json_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *SHORT, "--json", "--set", "FRA.office=60@2023-05-01", "--compare")
    found = json.loads(out)
    assert (status, err, found["schema"]) == (0, "", 1)
    for event in found["events"]:
        assert {"on", "procedure", "step", "actor", "result", "why"} <= event.keys()
        assert event["why"].keys() == {"rule", "value", "reference", "children"}
    assert found["changes"] == ["FRA.office=60@2023-05-01"]
    assert {one["matter"] for one in found["differences"]} == {"tokyo-office"}


def test_what_comes_out_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, *SHORT, "--set", "FRA.office=60@2023-05-01", "--compare")
    assert "Supposed instead: FRA.office=60@2023-05-01" in out
    assert "nothing agreed -> something less" in out
    assert "came out in most histories as they did" not in out
    _, same, _ = run(capsys, *SHORT, "--set", "FRA.office=60@2024-05-01", "--compare")
    assert "Nothing comes out differently." in same


def test_pages(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page, drawing = tmp_path / "page.html", tmp_path / "fan.svg"
    status, _, _ = run(capsys, *SHORT, "--set", "FRA.office=60@2023-05-01", "--compare", "--report", str(page))
    assert status == 0
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "What comes out differently" in text
    status, out, _ = run(capsys, *SHORT, "--report", str(drawing), "--matter", "office")
    assert status == 0
    assert f"{drawing.name} was written" in out.replace("\n", "")
    assert drawing.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([*SHORT, "--set", "FRA.office=60"], "expected ACTOR.ISSUE=VALUE@DAY"),
        ([*SHORT, "--compare"], "--compare needs a --set"),
        ([*SHORT, "--report", "page.txt"], "the report of a replay is FILE.html or FILE.svg"),
        (["three-trades"], "docket.csv: the file is missing"),
        ([*SHORT[:-1], "0"], "histories must be from 1"),
    ],
)
def test_bad_input_ends_with_status_2(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err


def test_a_docket_out_of_order(capsys: pytest.CaptureFixture[str], tokyo_copy: Path) -> None:
    path = tokyo_copy / "docket.csv"
    heading, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([heading, *reversed(rows)]) + "\n", "utf-8")
    status, _, err = run(capsys, str(tokyo_copy))
    assert status == 2
    assert "docket.csv, row" in err
    assert "events in order" in err
    with pytest.raises(SystemExit) as end:
        main(["check", str(tokyo_copy)])
    assert end.value.code == 2
    assert "events in order" in capsys.readouterr().err


def typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


GAME = ["tokyo-office", "--seat", "France", "--from", "2023-07-11", "--to", "2023-07-11"]


def test_a_game_at_the_keyboard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "nine\n?\n8\n4\nlet anything pass\n")
    status, out, err = run(capsys, *GAME)
    assert (status, err) == (0, "")
    assert "France (FRA) decides: tokyo-office, decide" in out
    assert "8  object to everything: keep 'no office': no office 100 %" in out
    assert "'nine' is none of 1 to 8" in out
    (row,) = (line for line in out.splitlines() if "tokyo-office" in line and "(on-hold)" in line)
    assert row.split()[:6] == ["2023-07-11", "tokyo-office", "decide", "no", "office", "(on-hold)"]
    assert "What the players did" in out
    assert "in the model" not in out
    assert "2023-07-11  tokyo-office, decide: result: no agreement, 'no office'; stood in the way" in out
    assert "came out in this game as they did" in out
    assert "logarithmic" not in out


def test_a_game_that_breaks_off_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record = str(tmp_path / "game.jsonl")
    typed(monkeypatch, "8\n")
    status, _, err = run(capsys, *GAME, "--record", record)
    assert status == 2
    assert "the game was broken off at 2023-07-11/vilnius-text/agree" in err
    assert "the same command goes on from here" in err
    typed(monkeypatch, "4\n1\n")
    status, out, err = run(capsys, *GAME, "--record", record, "--json")
    assert status == 0
    assert "1 move is taken from the record" in err
    found = json.loads(out)
    assert [line["choice"] for line in found["record"][1:4]] == ["none", "none", "pass"]
    status, out, _ = run(capsys, *GAME, "--record", record)
    assert "The record holds the whole game" in out


def test_turn_files_at_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    arguments = ["tokyo-office", "--seat", "NOR", "--to", "2022-06-22", "--seats", str(tmp_path)]
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert "waiting for NOR: fill in the line 'choice:'" in out
    turn = tmp_path / "NOR.turn.txt"
    turn.write_text(turn.read_text("utf-8").replace("choice:", "choice: none"), "utf-8")
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert "(not-invited)" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([*SHORT, "--record", "x"], "--record and --seats need a --seat"),
        ([*GAME, "--record", "x", "--seats", "y"], "--record or --seats, not both"),
        ([*GAME, "--set", "FRA.office=60@2023-05-01", "--compare"], "--compare does not go with --seat"),
        ([*GAME, "--runs", "5"], "--runs does not go with --seat: a game is one history"),
        ([*GAME, "--record", "nowhere/x"], "there is no folder 'nowhere'"),
        ([*SHORT, "--matter", "office"], "--matter goes with --report FILE.svg"),
        (["tokyo-office", "--seat", "IND", "--to", "2022-06-30"], "IND: no part in any step of these days"),
    ],
)
def test_what_does_not_go_with_a_seat(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    status, _, err = run(capsys, *arguments)
    assert status == 2
    assert told in err
