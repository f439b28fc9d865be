"""Reading into a dossier: once, in order, resumable, hostile files refused, republications not counted twice."""

from __future__ import annotations

import importlib
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.coding.deciding import decide, undo
from foedus.coding.intake import Wishes, read_into
from foedus.coding.journal import read_journal
from foedus.dossiers import read_dossier
from foedus.dossiers.texts import short_id, stored_documents
from foedus.evidence.coders import Coded
from foedus.evidence.guard import guard
from foedus.evidence.readers import Readable
from foedus.evidence.reading import Task, read_all, read_one
from foedus.forecasts import find_gaps

DAY = parse_day("2024-07-10")
WISHES = Wishes(known=DAY)
BY = "By Ana Lind\n\n12 March 2021\n\n"
STORY = (
    "The Harbour Post on the Office\n\n"
    + BY
    + "Sweden said that the liaison office in Tokyo should open before the decade ends, whatever others think.\n\n"
    "France opposes the liaison office in Tokyo, and its officials have told everyone in the building so for years.\n\n"
    "The weather in the harbour was fine, and the delegates walked along the quay until the sun went down.\n\n"
    "The talks will go on in the autumn, when the ministers come back to the same town and the same old hotel again.\n"
)


def tables(folder: Path) -> tuple[str, str]:
    return (folder / "sources.csv").read_text(), (folder / "statements.csv").read_text()


def said(name: str) -> str:
    return f"{name} said that the liaison office in Tokyo should open."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in ("Norway", "Poland", "Canada", "Denmark", "Spain", "Greece"):
        (folder / f"{name.lower()}.txt").write_text(said(name))
    return folder


def test_a_document_becomes_a_source_with_its_text_and_candidates(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    intake = read_into(empty, [tmp_path / "story.txt"])
    dossier = read_dossier(empty)
    [source] = dossier.sources.values()
    assert (source.id, source.title, source.author) == ("story", "The Harbour Post on the Office", "Ana Lind")
    assert source.published == source.known == parse_day("2021-03-12")
    assert (empty / "documents" / source.file).read_text() == STORY
    found = {(one.actor, one.concept, one.stance, one.passage) for one in dossier.statements}
    assert found == {("SWE", "office", 1, "p4"), ("FRA", "office", -1, "p5")}
    for one in dossier.statements:
        assert (one.status, one.coder, one.said_on) == ("candidate", "rules", parse_day("2021-03-12"))
        assert one.rule
        assert one.quote in STORY
    guard(dossier.statements, stored_documents(empty, dossier.sources.values()))
    assert [one.status for one in intake.documents] == ["new"]


def test_the_same_file_and_the_same_words_add_nothing(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    read_into(empty, [tmp_path / "story.txt"])
    before = tables(empty)
    (tmp_path / "other.md").write_text(STORY.replace(" the weather", "  the weather").replace("\n\n", "\n\n\n"))
    again = read_into(empty, [tmp_path / "story.txt", tmp_path / "story.txt", tmp_path / "other.md"])
    assert [one.status for one in again.documents] == ["known", "known", "same text"]
    assert tables(empty) == before


def test_a_republication_is_linked_and_its_statements_are_not_counted_twice(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    later = STORY.replace("12 March", "20 March").replace("whatever others think", "whatever the others think")
    (tmp_path / "b.txt").write_text(later + "\nPoland said that the liaison office in Tokyo should open as well.\n")
    intake = read_into(empty, [tmp_path])
    dossier = read_dossier(empty)
    assert dossier.sources["b"].republished_from == "a"
    assert {(one.source, one.actor) for one in dossier.statements} == {("a", "SWE"), ("a", "FRA"), ("b", "POL")}
    assert (intake.documents[1].original, intake.documents[1].repeated) == ("a", 2)


def test_short_notes_that_differ_in_who_speaks_are_no_republications(empty: Path, notes: Path) -> None:
    read_into(empty, [notes], WISHES)
    dossier = read_dossier(empty)
    assert {one.actor for one in dossier.statements} == {"NOR", "POL", "CAN", "DNK", "ESP", "GRC"}
    assert not any(one.republished_from for one in dossier.sources.values())


def test_the_answer_is_the_same_on_any_number_of_cores(empty: Path, notes: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(empty, tmp_path / "other"))
    one, two = read_into(empty, [notes], WISHES, jobs=1), read_into(other, [notes], WISHES, jobs=2)
    assert tables(empty) == tables(other)
    assert one.documents == two.documents


@pytest.mark.parametrize("stop", range(1, 6))
def test_whoever_stops_and_goes_on_comes_to_the_same_tables(
    empty: Path, notes: Path, tmp_path: Path, stop: int
) -> None:
    whole = Path(shutil.copytree(empty, tmp_path / "whole"))
    read_into(whole, [notes], WISHES)

    def interrupt(done: int, total: int) -> None:
        if done == stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(empty, [notes], WISHES, progress=interrupt)
    assert len(read_dossier(empty).sources) == stop
    rest = read_into(empty, [notes], WISHES)
    assert tables(empty) == tables(whole)
    assert [one.status for one in rest.documents] == ["known"] * stop + ["new"] * (6 - stop)


def test_a_power_cut_between_the_tables_loses_nothing(
    empty: Path, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(shutil.copytree(empty, tmp_path / "whole"))
    read_into(whole, [notes], WISHES)
    from foedus.coding.rows import update_table

    def cut(path: Path, record: type, before: dict[str, Any], after: list[Any]) -> None:
        if path.name == "statements.csv":
            raise OSError("no power")
        update_table(path, record, before, after)

    with monkeypatch.context() as patch:
        patch.setattr("foedus.coding.taking.update_table", cut)
        with pytest.raises(OSError, match="no power"):
            read_into(empty, [notes], WISHES)
    assert len(read_dossier(empty).sources) == 6
    assert not read_dossier(empty).statements
    read_into(empty, [notes], WISHES)
    assert tables(empty) == tables(whole)


def test_what_is_sure_enough_is_accepted(empty: Path, notes: Path) -> None:
    read_into(empty, [notes], WISHES)
    certainties = {one.id: one.certainty for one in read_dossier(empty).statements}
    least = min(certainties.values())
    intake = read_into(empty, [notes], Wishes(accept_above=least, known=DAY))
    assert sum(one.accepted for one in intake.documents) == 6
    assert {one.status for one in read_dossier(empty).statements} == {"accepted"}
    with pytest.raises(FoedusError, match=r"accept_above: 1\.5, expected a certainty from 0 to 1"):
        read_into(empty, [notes], Wishes(accept_above=1.5))


def test_undo_takes_back_what_a_reading_accepted_and_nothing_else(empty: Path, notes: Path) -> None:
    read_into(empty, [notes / "norway.txt"], WISHES)
    [first] = read_dossier(empty).statements
    decide(empty, [first.id], "rejected")
    before = (empty / "statements.csv").read_bytes()
    intake = read_into(empty, [notes], Wishes(accept_above=0.0, known=DAY))
    assert intake.entry is not None
    assert (intake.entry.number, intake.entry.action, len(intake.entry.changes)) == (2, "accept", 5)
    assert intake.entry.why == "read with --accept-above 0"
    assert {one.status for one in intake.statements} == {"accepted"}
    assert undo(empty).undoes == 2
    statuses = {one.id: one.status for one in read_dossier(empty).statements}
    assert statuses.pop(first.id) == "rejected"
    assert set(statuses.values()) == {"candidate"}
    assert (empty / "statements.csv").read_bytes().startswith(before)
    assert undo(empty).undoes == 1
    assert {one.status for one in read_dossier(empty).statements} == {"candidate"}


def test_whoever_stops_keeps_what_was_accepted_in_the_journal(empty: Path, notes: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(empty, [notes], Wishes(accept_above=0.0, known=DAY), progress=interrupt)
    [entry] = read_journal(empty).entries
    accepted = {one.id for one in read_dossier(empty).statements if one.status == "accepted"}
    assert {change.id for change in entry.changes} == accepted
    assert len(accepted) == 3


def test_a_candidate_of_an_earlier_reading_is_accepted_only_where_its_words_still_stand(
    empty: Path, notes: Path
) -> None:
    read_into(empty, [notes / "norway.txt"], WISHES)
    table = empty / "statements.csv"
    table.write_text(table.read_text().replace("Norway said", "Norway shouted"))
    intake = read_into(empty, [notes / "norway.txt"], Wishes(accept_above=0.0, known=DAY))
    assert intake.entry is None
    assert [", quote: " in one.reason for one in intake.refused] == [True]


def test_a_brief_repeats_what_was_coded_by_hand_and_is_not_accepted_with_it(tokyo_copy: Path) -> None:
    documents = tokyo_copy / "documents"
    intake = read_into(tokyo_copy, [documents], Wishes(accept_above=0.6))
    by_id = {one.id: one for one in read_dossier(tokyo_copy).statements}
    assert (len(intake.statements), intake.agreeing, len(intake.repeats)) == (42, 37, 37)
    france = next(one for one in intake.statements if (one.source, one.concept) == ("brief-jt", "office"))
    assert (france.actor, intake.repeats[france.id]) == ("FRA", ("jt01",))
    assert by_id[france.id].note.endswith("repeats jt01")
    accepted = {one.id for one in intake.statements if by_id[one.id].status == "accepted"}
    assert not accepted & intake.repeats.keys()
    assert all(by_id[one].certainty >= 0.6 for one in accepted)
    sure = [one for one in intake.repeats if by_id[one].certainty >= 0.6]
    assert (sum(one.left for one in intake.documents), len(accepted)) == (len(sure), 2)
    assert {gap.kind for gap in find_gaps(read_dossier(tokyo_copy))} & {"repeat"} == set()
    decide(tokyo_copy, [france.id], "accepted")
    [gap] = [gap for gap in find_gaps(read_dossier(tokyo_copy)) if gap.kind == "repeat"]
    assert gap.where == f"statements.csv, {france.id} repeats jt01"


def test_what_an_actor_says_again_on_another_day_is_no_repeat(tokyo_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("France opposes the liaison office in Tokyo.")
    intake = read_into(tokyo_copy, [tmp_path / "note.txt"], Wishes(accept_above=0.0, published=parse_day("2024-06-03")))
    assert (intake.agreeing, intake.repeats, intake.documents[0].accepted) == (1, {}, 1)


def test_a_statement_that_the_original_has_only_in_its_furniture_is_kept(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    read_into(empty, [tmp_path / "a.txt"])
    table = empty / "statements.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join(one for one in lines if ",SWE," not in one))  # as if the sentence had been set aside
    (tmp_path / "b.txt").write_text(STORY.replace("12 March", "20 March"))
    intake = read_into(empty, [tmp_path / "b.txt"])
    assert {(one.source, one.actor) for one in read_dossier(empty).statements} == {("a", "FRA"), ("b", "SWE")}
    assert (intake.documents[0].original, intake.documents[0].repeated) == ("a", 1)


def test_another_day_for_a_dated_document_is_not_ignored_in_silence(empty: Path, notes: Path) -> None:
    read_into(empty, [notes / "norway.txt"], WISHES)
    again = read_into(empty, [notes / "norway.txt"], Wishes(published=parse_day("2020-01-01")))
    assert [(one.day, one.kept_day) for one in again.documents] == [(DAY, True)]
    same = read_into(empty, [notes / "norway.txt"], WISHES)
    assert [one.kept_day for one in same.documents] == [False]


def test_a_day_after_that_of_reading_is_told(empty: Path, notes: Path) -> None:
    intake = read_into(empty, [notes / "norway.txt"], Wishes(published=parse_day("2031-10-10"), today=DAY))
    assert [one.ahead for one in intake.documents] == [True]
    intake = read_into(empty, [notes / "spain.txt"], Wishes(known=DAY, today=DAY))
    assert [one.ahead for one in intake.documents] == [False]


def test_what_a_person_rejected_stays_rejected(empty: Path, notes: Path) -> None:
    read_into(empty, [notes], WISHES)
    table = empty / "statements.csv"
    table.write_text(table.read_text().replace(",candidate,", ",rejected,"))
    read_into(empty, [notes], Wishes(accept_above=0.0, known=DAY))
    assert {one.status for one in read_dossier(empty).statements} == {"rejected"}


def test_a_document_without_a_date_counts_from_the_day_of_reading_until_it_is_dated(empty: Path, notes: Path) -> None:
    intake = read_into(empty, [notes / "norway.txt"], Wishes(today=parse_day("2026-01-02")))
    assert [(str(one.day), one.dated) for one in intake.documents] == [("2026-01-02", False)]
    intake = read_into(empty, [notes / "norway.txt"], WISHES)
    assert [(one.status, one.day, one.dated) for one in intake.documents] == [("known", DAY, True)]
    dossier = read_dossier(empty)
    assert [one.said_on for one in dossier.statements] == [DAY]
    assert dossier.sources["norway"].note == ""


def test_without_concepts_texts_are_stored_and_coded_once_there_are_some(empty: Path, notes: Path) -> None:
    concepts = (empty / "concepts.csv").read_text()
    (empty / "concepts.csv").write_text(concepts.split("\n", 1)[0] + "\n")
    intake = read_into(empty, [notes], WISHES)
    assert {one.uncoded for one in intake.documents} == {"there are no concepts to look for"}
    (empty / "concepts.csv").write_text(concepts)
    intake = read_into(empty, [notes], WISHES)
    assert [one.status for one in intake.documents] == ["coded again"] * 6
    assert len(read_dossier(empty).statements) == 6


def test_candidates_that_a_later_reading_does_not_propose_are_named(empty: Path, notes: Path) -> None:
    read_into(empty, [notes], WISHES)
    before = {one.id for one in read_dossier(empty).statements}
    concepts = (empty / "concepts.csv").read_text()
    other = "office,NATO should buy a ship,buy a ship,office,100,0"
    (empty / "concepts.csv").write_text("\n".join([concepts.split("\n", 1)[0], other, ""]))
    intake = read_into(empty, [notes], WISHES)
    assert [one.status for one in intake.documents] == ["coded again"] * 6
    assert {id_ for one in intake.documents for id_ in one.dropped} == before
    assert {one.id for one in read_dossier(empty).statements} == before


def test_hostile_files_are_refused_by_name_and_the_rest_goes_on(empty: Path, notes: Path) -> None:
    with zipfile.ZipFile(notes / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"a" * (8 * 2**20))
        archive.writestr("../../out.txt", said("Estonia"))
    (notes / "long.txt").write_bytes(b"a " * 2**21)
    (notes / "empty.txt").write_bytes(b"")
    (notes / "loop.pdf").write_bytes(b"%PDF-1.4\nnothing")
    (notes / "one.txt").symlink_to(notes / "two.txt")
    (notes / "two.txt").symlink_to(notes / "one.txt")
    (notes / "round").symlink_to(notes)
    (notes / "french.txt").write_text(
        "La France a dit que le bureau de liaison ne sera pas dans le texte et que les alliés ne sont pas d'accord."
    )
    (notes / "photo.jpg").write_bytes(b"x")
    intake = read_into(empty, [notes, notes / "none.txt"], WISHES)
    refused = {Path(one.name).name: one.reason for one in intake.refused}
    assert refused.keys() == {"big.txt", "long.txt", "empty.txt", "loop.pdf", "one.txt", "two.txt", "none.txt"}
    assert "zip bomb" in refused["big.txt"]
    assert refused["one.txt"] == "is a link that leads to no file"
    assert intake.passed_over == {".jpg": 1}
    uncoded = {one.source: one.uncoded for one in intake.documents if one.uncoded}
    assert uncoded.keys() == {"french"}
    assert uncoded["french"].startswith("the text is in French, which the coder rules does not read. To let a language")
    assert {one.actor for one in intake.statements} == {"EST", "NOR", "POL", "CAN", "DNK", "ESP", "GRC"}
    assert sorted(path.name for path in empty.parent.iterdir()) == ["notes", "tokyo-office"]


KILLER = """
import os
from foedus.evidence.coders import Coded

class Killer:
    name = "killer"

    def code(self, document, *args, **options):
        if "Poland" in document.text:
            os._exit(1)
        return Coded(())
"""


def test_a_document_that_brings_its_process_down_is_refused(
    empty: Path, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "killer.py").write_text(KILLER)
    monkeypatch.syspath_prepend(tmp_path)
    coder = importlib.import_module("killer").Killer()
    dossier = read_dossier(empty)
    task = Task(coder, dossier.world, dossier.concepts)
    entries = [Readable(notes / name) for name in ("canada.txt", "poland.txt", "spain.txt")]
    found = [one for parts in read_all(entries, task, jobs=2) for one in parts]
    assert [one.refusal for one in found] == ["", "brings the reader down; the file is damaged or means harm", ""]


class Slow:
    name = "slow"

    def code(self, *_args: object, **_options: object) -> Coded:
        time.sleep(20)
        return Coded(())


class Faulty:
    name = "faulty"

    def code(self, *_args: object, **_options: object) -> Coded:
        raise KeyError("x")


def test_whoever_takes_too_long_is_given_up(empty: Path, notes: Path) -> None:
    dossier = read_dossier(empty)
    [read] = read_one(Readable(notes / "spain.txt"), Task(Slow(), dossier.world, dossier.concepts), seconds=0.05)
    assert read.refusal == "was given up after 0 seconds"
    [read] = read_one(Readable(notes / "spain.txt"), Task(Faulty(), dossier.world, dossier.concepts))
    assert read.refusal == "brings the reader down (KeyError: 'x'); please report it"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a b", "a-b"), ("東京", "dabababababab"), ("..", "dabababababab"), ("a" * 99, "a" * 40), ("=x", "x")],
)
def test_ids_are_made_of_names(name: str, expected: str) -> None:
    assert short_id(name, "ab" * 32, []) == expected
