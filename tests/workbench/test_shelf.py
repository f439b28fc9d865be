"""The database beside the files: what it finds and keeps, and that it may be deleted or damaged."""

from __future__ import annotations

import html
import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from tests.workbench.conftest import Desk

import foedus
from foedus.base.tables import render_table
from foedus.coding.intake import read_into
from foedus.coding.journal import read_journal
from foedus.coding.taken import Wishes
from foedus.dossiers import packaged_dossiers
from foedus.dossiers.changes import supposition
from foedus.dossiers.setting import set_by_hand
from foedus.evidence import Statement
from foedus.procedures import read_docket
from foedus.procedures.outcomes import tell_outcome
from foedus.workbench.bench import version_of
from foedus.workbench.shelf import FILE, Shelf

TEXTS = {
    "p1": "Türkiye objects to the office in Tokyo.",
    "p2": "Norway supports an office.",
    "p3": "Tokyo <b>waits</b>.",
}


def test_every_word_is_found_by_its_beginning_and_without_its_accents(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.index("a", "s", "1", TEXTS.items())
    for words in ("office", "turkiye", "TOKYO obj", "office-in", 'of"fice*', "nowhere", "", "AND NOT"):
        sought = re.findall(r"\w+", words.casefold())
        heads = {id_: re.findall(r"\w+", text.casefold().replace("ü", "u")) for id_, text in TEXTS.items()}
        brute = {
            id_
            for id_, found in heads.items()
            if sought and all(any(one.startswith(w) for one in found) for w in sought)
        }
        assert {one.passage for one in shelf.search("a", words)} == brute, words
    assert shelf.search("other case", "office") == ()
    shelf.index("a", "s", "2", [("p1", "Nothing of that.")])
    assert shelf.search("a", "office") == ()
    assert shelf.indexed("a") == {"s": "2"}
    shelf.close()


@pytest.mark.parametrize("damage", ["deleted", "garbage", "another version", "a folder"])
def test_a_database_that_is_deleted_or_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    first, path = Shelf(tmp_path), tmp_path / FILE
    first.index("a", "s", "1", TEXTS.items())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600  # it holds words of marked documents
    first.close()
    path.unlink()
    if damage == "garbage":
        path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    elif damage == "another version":
        path.write_bytes(b"")
    elif damage == "a folder":
        path.mkdir()
    again = Shelf(tmp_path)
    assert again.search("a", "office") == ()
    again.index("a", "s", "1", TEXTS.items())
    assert [one.passage for one in again.search("a", "norway")] == ["p2"]
    again.close()


def test_a_search_shows_the_passage_as_text_and_leads_to_it(desk: Desk) -> None:
    folder = desk.home / "tokyo-office"
    text = "---\ndate: 2023-07-03\n---\nNorway said on 3 July 2023 that <b>the office</b> should open.\n"
    (desk.home / "brief.md").write_text(text, "utf-8")
    read_into(folder, [desk.home / "brief.md"], Wishes())
    status, page, _ = desk.ask("/c/tokyo-office/search?q=norw+open")
    assert status == 200
    assert "1 passage, the best first" in page
    assert "<mark>Norway</mark>" in page
    assert re.search(r'href="/c/tokyo-office/documents/[^"]+#p\d+"', page)
    assert "No passage holds this word" in desk.page("/c/tokyo-office/search?q=xylophone")


def test_a_draft_is_kept_until_what_it_asks_for_is_done(desk: Desk) -> None:
    case, draft = "/c/tokyo-office", "position ITA office"
    asked = f"{case}/draft?draft={draft.replace(' ', '%20')}"
    assert desk.ask(f"{case}/draft", [("draft", draft), ("note", "half"), ("seen", "x")])[0] == 200
    assert json.loads(desk.ask(asked)[1])["cells"] == {"note": "half"}
    assert desk.ask(f"{case}/positions/ITA", [("position", "400"), ("note", "half"), ("draft", draft)])[0] == 422
    assert json.loads(desk.ask(asked)[1])["cells"] == {"note": "half"}
    assert desk.ask(f"{case}/positions/ITA", [("position", "40"), ("note", "half"), ("draft", draft)])[0] == 303
    assert json.loads(desk.ask(asked)[1])["cells"] == {}


def test_the_question_tells_what_changed_since_it_was_last_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foedus.workbench import forecasts

    monkeypatch.setattr(forecasts, "DRAWS", 500)
    path = "/c/tokyo-office?as_of=2023-07-10"
    assert "What changed" not in desk.page(path)
    assert "What changed" not in desk.page(path)
    dossier = foedus.read_dossier(desk.home / "tokyo-office")
    before = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=500)
    set_by_hand(dossier.folder, supposition(dossier, "FRA.office.position=95"), "Telegram 12")
    after = foedus.forecast(foedus.read_dossier(dossier.folder), issue="office", as_of="2023-07-10", draws=500)
    told = desk.page(path)
    assert "1 position set by hand" in told
    for one in before.options:
        old, new = (f"{100 * each.probability(one.label):.0f} %" for each in (before, after))
        assert old == new or f"{one.label}: {old} then, {new} now" in told
    assert desk.page(path) == told  # looking again changes nothing


def test_what_a_scenario_comes_to_is_kept_and_worked_out_anew_after_a_change(desk: Desk) -> None:
    case = "/c/tokyo-office"
    id_ = foedus.read_dossier(desk.home / "tokyo-office").settings.scenarios[0].id
    asked = f"{case}/supposed?issue=office&as_of=2023-07-10&scenario={id_}"
    first = json.loads(desk.ask(asked)[1])
    assert json.loads(desk.ask(asked)[1]) == first
    dossier = foedus.read_dossier(desk.home / "tokyo-office")
    for actor in ("USA", "DEU", "ITA"):
        set_by_hand(dossier.folder, supposition(dossier, f"{actor}.office.position=0"), "Telegram 12")
    assert json.loads(desk.ask(asked)[1])["shares"] != first["shares"]


def test_what_happened_is_written_into_the_docket_and_an_edit_meanwhile_is_shown(desk: Desk) -> None:
    folder = desk.home / "tokyo-office"
    table = folder / "docket.csv"
    before = table.read_text("utf-8")
    entry = next(one for one in read_docket(foedus.read_dossier(folder)).entries if one.step.decided == "body")
    was = entry.item.happened
    cells = [("key", entry.key), ("seen", was), ("happened", "not-arisen" if was != "not-arisen" else "")]
    assert desk.ask("/c/tokyo-office/outcome", cells)[0] == 303
    lines, old = table.read_text("utf-8").splitlines(), before.splitlines()
    assert [number for number, (a, b) in enumerate(zip(lines, old, strict=True), 1) if a != b] == [entry.number]
    status, page, _ = desk.ask("/c/tokyo-office/outcome", [*cells[:2], ("happened", "")])
    assert status == 409
    assert f"<dd>{html.escape(was)}</dd>" in page
    assert "Nothing of yours has been saved yet" in page
    status, page, _ = desk.ask("/c/tokyo-office/outcome", [*cells[:1], ("seen", cells[2][1]), ("happened", "perhaps")])
    assert (status, "expected one of" in page) == (422, True)
    tell_outcome(folder, entry.key, was)
    assert table.read_text("utf-8") == before


def test_the_journal_lists_what_changed_in_every_table_and_one_click_takes_each_back(desk: Desk) -> None:
    folder = desk.home / "tokyo-office"
    case = "/c/tokyo-office"
    desk.page(case)
    first = {name: (folder / name).read_bytes() for name in ("dossier.yaml", "sources.csv", "stakeholders.csv")}
    desk.ask(f"{case}/positions/NOR", [("issue", "office"), ("position", "70"), ("note", "a call")])
    desk.ask(f"{case}/scenarios", [("issue", "office"), ("name", "Paris gives way"), ("set", "FRA.position=60")])
    (folder / "sources.csv").write_bytes(first["sources.csv"].replace(b"public", b"internal", 1))
    told = desk.page(f"{case}/journal").partition("Changes of other tables")[2]
    assert [word for word in ("set by hand", "scenario saved", "edited elsewhere") if word in told] == [
        "set by hand", "scenario saved", "edited elsewhere",
    ]  # fmt: skip
    assert "NOR, office; venue private, position low 70, position mode 70, position high 70, note a call" in told
    for number in ("1", "2", "3"):
        assert desk.ask(f"{case}/undo", [("change", number)])[0] == 303
    assert {name: (folder / name).read_bytes() for name in first} == first
    assert desk.page(f"{case}/journal").count("Do again") == 3
    status, text, _ = desk.ask(f"{case}/undo", [("change", "1")])
    assert status == 422
    assert "none that still stands" in text


def test_what_a_command_has_noted_is_not_noted_twice(desk: Desk) -> None:
    from foedus.dossiers.table_journal import noted, read_entries

    folder = desk.home / "tokyo-office"
    desk.page("/c/tokyo-office")
    with noted(folder, "set by hand"):
        (folder / "dossier.yaml").write_bytes((folder / "dossier.yaml").read_bytes() + b"# seen\n")
    desk.page("/c/tokyo-office/journal")
    assert [entry.action for entry in read_entries(folder)] == ["set by hand"]


def test_statements_edited_in_a_spreadsheet_are_taken_back_by_one_click(desk: Desk) -> None:
    folder, case = desk.home / "tokyo-office", "/c/tokyo-office"
    desk.page(case)
    table = folder / "statements.csv"
    first = table.read_bytes()
    one_accepted = next(each for each in foedus.read_dossier(folder).statements if each.status == "accepted")
    rows = [
        replace(each, stance=-each.stance) if each.id == one_accepted.id else each
        for each in foedus.read_dossier(folder).statements
    ]
    table.write_text(render_table(Statement, rows), "utf-8")
    told = desk.page(f"{case}/journal")
    assert "edited elsewhere" in told
    assert f"stance: {one_accepted.stance} → {-one_accepted.stance}" in told
    assert desk.ask(f"{case}/undo", [("number", "1")])[0] == 303
    assert foedus.read_dossier(folder).statements == foedus.read_dossier(packaged_dossiers()["tokyo-office"]).statements
    assert "(taken back)" in desk.page(f"{case}/journal")
    table.write_bytes(first)  # only its spelling differs now
    assert desk.page(f"{case}/journal").count("edited elsewhere") == 1


def test_a_decision_after_an_edit_elsewhere_leaves_the_edit_to_be_taken_back(desk: Desk) -> None:
    folder, case = desk.home / "tokyo-office", "/c/tokyo-office"
    desk.page(case)
    first, second = foedus.read_dossier(folder).statements[:2]
    rows = [
        replace(each, note="from the sheet") if each.id == first.id else each
        for each in foedus.read_dossier(folder).statements
    ]
    (folder / "statements.csv").write_text(render_table(Statement, rows), "utf-8")
    cells = [("version", version_of(second)), ("action", "edit"), ("signal", "threat")]
    assert json.loads(desk.ask(f"{case}/statements/{second.id}", cells)[1])["done"]
    assert [entry.action for entry in read_journal(folder).entries] == ["edited elsewhere", "edit"]
    assert desk.ask(f"{case}/undo", [("number", "1")])[0] == 303
    found = {each.id: each for each in foedus.read_dossier(folder).statements}
    assert (found[first.id].note, found[second.id].signal) == (first.note, "threat")
