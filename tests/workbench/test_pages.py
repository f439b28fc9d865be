"""What single pages of the workbench show and do: a seat in the replay, the journal, new cases."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.workbench.conftest import Desk

import foedus
from foedus.base.tables import render_table
from foedus.coding.deciding import ACCEPTED, REJECTED, Who, decide, edit
from foedus.coding.intake import read_into
from foedus.coding.journal import read_journal
from foedus.dossiers import new_dossier
from foedus.dossiers.changes import supposition
from foedus.dossiers.draft import drafted
from foedus.dossiers.setting import set_by_hand
from foedus.evidence import Statement
from foedus.procedures import play_game, read_record
from foedus.workbench.page import Page

SEAT = "/c/tokyo-office/game?seat=NOR&from=2023-07-01"
LATE = "seat=NOR&from=2024-07-06"


def test_a_seat_is_asked_what_the_rules_allow_and_the_address_holds_the_game(desk: Desk) -> None:
    told = desk.page(SEAT)
    assert "2023-07-11: Norway decides" in told
    choices = re.findall(r'<button name="move" value="([^"]+)">', desk.ask(SEAT)[1])
    assert choices[0] == "pass"
    assert choices[-1] == "none"
    after = desk.page(f"{SEAT}&move=none")
    assert "Norway: object to everything" in after
    assert "no agreement, 'no office'" in after  # one objection is enough under consensus
    assert "Take back my last move" in after
    status, refused, _ = desk.ask(f"{SEAT}&move=want:77")
    assert (status, "is no longer possible" in refused) == (422, True)


def test_the_record_of_a_game_is_that_of_the_library(desk: Desk, tmp_path: Path) -> None:
    moves: list[str] = []
    while True:
        query = "".join(f"&move={one}" for one in moves)
        status, text, _ = desk.ask(f"/c/tokyo-office/game?{LATE}{query}")
        assert status == 200
        if "The game is over" in text:
            break
        moves.append(re.findall(r'<button name="move" value="([^"]+)">', text)[0])
    status, data, _ = desk.ask(f"/c/tokyo-office/game.jsonl?{LATE}{query}")
    (tmp_path / "kept.jsonl").write_text(data, "utf-8")
    dossier = foedus.read_dossier(desk.home / "tokyo-office")
    waiting = list(moves)
    game = play_game(
        dossier, ["NOR"], lambda call: next(one for one in call.choices if one.id == waiting.pop(0)), start="2024-07-06"
    )
    assert read_record(tmp_path / "kept.jsonl") == game.record
    assert len(moves) == game.moves


def test_another_past_stands_beside_the_replay(desk: Desk) -> None:
    told = desk.page("/c/tokyo-office/system?set=FRA.office=90@2023-05-01")
    assert "What comes out differently" in told
    assert told == desk.page("/c/tokyo-office/system?who=FRA&issue=office&value=90&day=2023-05-01")
    question = foedus.read_dossier(desk.home / "tokyo-office").issue("office").question
    assert f"Supposed: France wants 90 on “{question}” from 2023-05-01 on. Drop it" in told
    assert desk.ask("/c/tokyo-office/system?set=FRA.office=90@2023-05-01")[1].count('<a href="?">Drop it</a>') == 1


def test_any_entry_of_the_journal_is_taken_back_by_one_click(desk: Desk) -> None:
    folder, path = desk.home / "tokyo-office", "/c/tokyo-office"
    first, second = (one.id for one in foedus.read_dossier(folder).statements[:2])
    before = (folder / "statements.csv").read_bytes()
    decide(folder, [first], REJECTED, Who("A. N."))
    edit(folder, second, {"condition": "if asked"}, Who("A. N."))
    decide(folder, [first], ACCEPTED, Who("A. N."))
    buttons = re.findall(r'name="number" value="(\w+)"', desk.ask(f"{path}/journal")[1])
    assert buttons == ["3", "2"]  # entry 3 rests on entry 1
    assert "after 3, which depends on it" in desk.page(f"{path}/journal")
    status, text, _ = desk.ask(f"{path}/undo", [("number", "1"), ("script", "yes")])
    assert (status, "Take back first: 3 (accept)" in json.loads(text)["words"]) == (422, True)
    assert desk.ask(f"{path}/undo", [("number", "2")])[0] == 303
    status, text, _ = desk.ask(f"{path}/undo", [("script", "yes")])
    name = foedus.read_dossier(folder).world.name(foedus.read_dossier(folder).statements[0].actor)
    assert json.loads(text)["words"] == f"{name}: accept, number 3 of the journal, taken back."
    status, text, _ = desk.ask(f"{path}/undo", [("number", "redo"), ("script", "yes")])
    assert json.loads(text)["words"] == f"{name}: accept, number 3 of the journal, done again."
    for number in ("3", "1"):
        desk.ask(f"{path}/undo", [("number", number)])
    assert (folder / "statements.csv").read_bytes() == before
    assert read_journal(folder).undone >= {1, 2, 3}


def test_two_candidates_of_one_sentence_stand_under_it_once(desk: Desk) -> None:
    folder = desk.home / "tokyo-office"
    first, *rest = foedus.read_dossier(folder).statements
    twins = [replace(first, id=one, quote="Paris and Ankara object.", status="candidate") for one in ("t1", "t2")]
    (folder / "statements.csv").write_text(render_table(Statement, [first, *rest, *twins]), "utf-8")
    text = desk.ask("/c/tokyo-office/queue")[1]
    assert text.count("<blockquote>") == 1
    assert text.count('<article class="candidate"') == 2
    assert "2 candidates from this sentence" in text


def test_a_body_of_ones_own_and_a_choice_of_names_are_made_in_the_browser(desk: Desk) -> None:
    cells = [
        ("name", "whaling"), ("question", "Whom would the League choose?"), ("body", "League of Four"),
        ("members", "Norway, Iceland, Japan, Denmark"), ("rule", "majority"), ("on", "2027-03-01"),
        ("kind", "choice"), ("option", "nobody"), ("option", "Anna Berg"), ("option", "Kenji Sato"),
    ]  # fmt: skip
    assert desk.ask("/cases", cells)[2]["location"] == "/c/whaling"
    issue = foedus.read_dossier(desk.home / "whaling").issue()
    told = desk.page("/c/whaling")
    assert "Nothing has been entered yet: no member's position and no accepted statement. What to do:" in told
    assert "foedus statements" not in told
    assert "those of this case have no order" in desk.page("/c/whaling/system")
    assert (issue.ordered, [one.label for one in issue.options]) == (False, ["nobody", "Anna Berg", "Kenji Sato"])
    wrong = [("name", "other"), ("body", "No Such Body"), *(one for one in cells if one[0] in {"question", "on"})]
    status, text, _ = desk.ask("/cases", [("name", "other"), *cells[1:2], ("body", "Nobody"), *cells[5:]])
    assert (status, 'value="Kenji Sato"' in text, "Not created: no body" in text) == (422, True, True)
    assert desk.ask("/cases", wrong)[0] == 422
    assert not (desk.home / "other").exists()


def test_the_facts_page_answers_as_the_library_does_each_with_its_trace(desk: Desk) -> None:
    for place in ("", "/c/tokyo-office"):
        told = desk.page(f"{place}/facts?ask=attack&place=Guam&treaty=nato&on=2023-07-11")
        [answer] = foedus.obligations(foedus.Attack(place="Guam", on=dt.date(2023, 7, 11)), "nato")
        assert answer.engaged == "no"
        assert answer.title in told
        assert all(step.rule in told for step in (answer.why, *answer.why.children))
    power = desk.page("/facts?ask=power&body=North+Atlantic+Council&on=2023-07-11&against=France")
    assert "adopted: no" in power
    assert "North Atlantic Treaty" in power
    bound = desk.page("/facts?ask=bound&actor=Japan&on=2023-07-11")
    assert "1960-06-23 United States The U.S.-Japan Alliance" in bound  # since, with whom, and known from what
    assert "Consult on the treaty, and on request" in bound


def test_a_question_on_facts_that_cannot_be_answered_keeps_what_was_typed(desk: Desk) -> None:
    text = desk.ask("/facts?ask=power&body=nosuch&on=2024-06-01")[1]
    assert "no body &#39;nosuch&#39;" in text
    assert 'name="body" required list="bodies" value="nosuch"' in text
    assert "expected one of armed" in desk.page("/facts?ask=attack&place=Guam&on=2024-06-01&means=magic")
    assert "the day is missing" in desk.page("/facts?ask=bound&actor=Japan&on=")


def test_a_position_that_was_changed_meanwhile_is_shown_beside_ones_own(desk: Desk) -> None:
    path, table = "/c/tokyo-office/positions/ITA", desk.home / "tokyo-office" / "stakeholders.csv"
    seen = html.unescape(re.findall(r'name="seen" value="([^"]*)"', desk.ask(path)[1])[0])
    assert seen == "nothing"
    dossier = foedus.read_dossier(desk.home / "tokyo-office")
    set_by_hand(dossier.folder, supposition(dossier, "ITA.office.position=20"), "by a colleague")
    kept = table.read_bytes()
    mine = [("position", "40"), ("note", "Telegram 12"), ("issue", "office")]
    status, text, _ = desk.ask(path, [*mine, ("seen", seen)])
    assert (status, table.read_bytes()) == (409, kept)
    assert "note by a colleague" in text
    assert "position 40, note Telegram 12" in html.unescape(text)
    now = html.unescape(re.findall(r'name="seen" value="([^"]*)"', text)[0])
    assert desk.ask(path, [*mine, ("seen", now)])[0] == 303
    [row] = [one for one in foedus.read_dossier(dossier.folder).stakeholders if one.actor == "ITA"]
    assert (row.position_mode, row.note) == (40, "by a colleague; Telegram 12")


def test_what_is_supposed_is_kept_as_a_scenario_under_a_name(desk: Desk) -> None:
    path, file = "/c/tokyo-office", desk.home / "tokyo-office" / "dossier.yaml"
    before = file.read_text("utf-8")
    cells = [("issue", "office"), ("name", "Paris: gives way"), ("set", "FRA.position=70"), ("set", "DEU.position=90")]
    assert desk.ask(f"{path}/scenarios", cells)[0] == 303
    dossier = foedus.read_dossier(file.parent)
    kept = dossier.settings.scenarios[-1]
    assert (kept.title, {key: value.mode for key, value in kept.set.items()}) == (
        "Paris: gives way",
        {
            f"{who}.office.{what}": at
            for who, at in (("FRA", 70), ("DEU", 90))
            for what in ("position", "public_position")
        },
    )
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert [line for line in file.read_text("utf-8").splitlines() if line.startswith("#")] == comments
    by_name = json.loads(desk.ask(f"{path}/supposed?as_of=2023-07-10&scenario={kept.id}")[1])
    by_hand = json.loads(desk.ask(f"{path}/supposed?as_of=2023-07-10&set=FRA.position=70&set=DEU.position=90")[1])
    assert by_name["shares"] == by_hand["shares"]
    status, text, _ = desk.ask(f"{path}/scenarios", cells)
    assert (status, "there is a scenario" in text) == (422, True)


def test_a_position_set_by_hand_says_so_and_nothing_else(desk: Desk) -> None:
    path = "/c/tokyo-office/positions/ITA?as_of=2023-07-10"
    assert desk.ask(path, [("position", "40"), ("note", "Telegram 12")])[0] == 303
    told = desk.page(path)
    assert "Rests on: set by hand. Note: Telegram 12." in told
    assert "stated prior" not in told


def test_a_line_from_nought_to_one_has_places_and_stops_of_its_own(desk: Desk) -> None:
    """On such a line whole numbers say nothing: a point could only be dragged to one end or the other."""
    folder, day = desk.home / "short", dt.date(2026, 12, 15)
    options = ("no base=0", "a small base=0.5", "a base=1")
    new_dossier(folder, "nac", day, drafted("Is the base opened?", options, (str(day),), scale=(0.0, 1.0)))
    set_by_hand(folder, supposition(foedus.read_dossier(folder), "FRA.position=0.12"), "Telegram 12")
    page = desk.page("/c/short/positions")
    assert "From 0 to 1: no base at 0, a small base at 0.5, a base at 1." in page
    assert "France 0.12" in page
    raw = desk.ask("/c/short/positions")[1]
    assert 'data-step="0.01"' in raw
    assert 'step="0.01" value="0.12"' in desk.ask("/c/short/positions/FRA")[1]
    assert desk.page("/c/short/positions/FRA").count("0.12, nearest to") == 1
    forecast = desk.ask("/c/short/forecast")[1]
    assert 'max="1.0" step="0.01" value="0.12" data-actor="FRA" data-was="0.12"' in forecast


def test_one_sentence_is_entered_for_several_speakers_and_for_nobody_where_one_is_unknown(desk: Desk) -> None:
    folder, path = desk.home / "tokyo-office", "/c/tokyo-office"
    (desk.home / "note.txt").write_text("Norway, Denmark and Czechia back an office in Tokyo.\n", "utf-8")
    read_into(folder, [desk.home / "note.txt"])
    before = {each.id for each in foedus.read_dossier(folder).statements}
    cells = [
        ("stance", "against"), ("concept", "office"), ("on", "2023-07-01"), ("source", "note"),
        ("quote", "Norway, Denmark and Czechia back an office in Tokyo."),
    ]  # fmt: skip
    assert desk.ask(f"{path}/statements", [*cells, ("actor", "Norway, Atlantis")])[0] == 422
    assert {each.id for each in foedus.read_dossier(folder).statements} == before
    assert desk.ask(f"{path}/statements", [*cells, ("actor", "Norway, Denmark and the Czech Republic")])[0] == 303
    new = [each for each in foedus.read_dossier(folder).statements if each.id not in before]
    assert [(each.actor, each.stance, each.status) for each in new] == [
        (actor, -1, "accepted") for actor in ("NOR", "DNK", "CZE")
    ]
    desk.ask(f"{path}/undo", [])
    desk.ask(f"{path}/undo", [("number", "redo")])
    assert "number 3 done again" in desk.page(f"{path}/journal")


def test_a_case_without_texts_says_that_there_is_nothing_to_search(desk: Desk) -> None:
    assert "holds no text of its documents yet" in desk.page("/c/tokyo-office/search?q=office")
    assert "/documents/jt#" not in desk.ask("/c/tokyo-office/positions/FRA?as_of=2023-07-10")[1]


def test_what_fails_while_a_page_is_made_is_told_on_a_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.workbench import app

    made = app._rendered

    def fails(page: Page, key: str) -> str:
        if page.template == "journal.html":
            raise ValueError("no such cell")
        return made(page, key)

    monkeypatch.setattr(app, "_rendered", fails)
    status, text, _ = desk.ask("/c/tokyo-office/journal")
    assert (status, "internal error, please report it: ValueError: no such cell" in text) == (500, True)
