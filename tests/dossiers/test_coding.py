"""Deciding on statements by hand: what is changed, what is refused, and that nothing is ever lost."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError, InputError
from foedus.base.hashes import sha256
from foedus.coding import journal
from foedus.coding.deciding import ACCEPTED, REJECTED, Who, decide, edit, merge, undo
from foedus.coding.journal import JOURNAL, NEXT, read_journal, recover
from foedus.coding.noticing import notice_edits
from foedus.dossiers import copy_packaged, read_dossier
from foedus.dossiers.evidence import guard_dossier
from foedus.evidence import Statement

TEXT = "A head.\n\nNorway\u2019s minister said: \u201cThe office should open.\u201d\n\nIceland would not say.\n"
SAID = "The office should open."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The packaged dossier with one more source, whose text is at hand, and three candidates from it."""
    home = tmp_path / "office"
    copy_packaged("tokyo-office", home)
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "note.txt").write_text(TEXT, "utf-8")
    with (home / "sources.csv").open("a", encoding="utf-8") as out:
        out.write(f"note,A note,,A press,en,2024-05-01,2024-05-01,,{sha256(TEXT.encode())},note.txt,public,1,\n")
    rows = [
        f"n1,note,p2,{SAID},NOR,,,office,1,,direct,public,2024-05-01,,,,rules,0.8,candidate,public,",
        f"n2,note,p2,{SAID},NOR,A. B.,minister,office,1,,direct,public,2024-05-01,,,,ann,1,candidate,public,It should.",
        "n3,note,p2,The offices should open.,NOR,,,office,1,,direct,public,2024-05-01,,,,rules,0.4,candidate,public,",
    ]
    with (home / "statements.csv").open("a", encoding="utf-8") as out:
        out.write("\n".join(rows) + "\n")
    return home


def table(folder: Path) -> bytes:
    return (folder / "statements.csv").read_bytes()


def statement(folder: Path, id_: str) -> Statement:
    return next(one for one in read_dossier(folder).statements if one.id == id_)


def test_accept_and_reject(folder: Path) -> None:
    before = table(folder)
    entry = decide(folder, ["n1", "n2"], ACCEPTED, Who("anna", parse_day("2026-11-23"), "heard it"))
    assert entry is not None
    assert (entry.number, entry.action, entry.by, str(entry.on), entry.why) == (
        1,
        "accept",
        "anna",
        "2026-11-23",
        "heard it",
    )
    assert {statement(folder, one).status for one in ("n1", "n2")} == {"accepted"}
    assert decide(folder, ["n1"], ACCEPTED) is None
    decide(folder, ["n1"], REJECTED)
    assert statement(folder, "n1").status == "rejected"
    # every other byte is what it was
    changed = (
        table(folder)
        .replace(b"0.8,rejected", b"0.8,candidate")
        .replace(b"1,accepted,public,It should", b"1,candidate,public,It should")
    )
    assert changed == before


def test_undo_gives_back_every_byte(folder: Path) -> None:
    before = table(folder)
    decide(folder, ["n1", "n2", "jt01"], REJECTED)
    edit(folder, "n1", {"paraphrase": 'It should, "surely"; now', "stance": "-1", "until": "2025-01-01"})
    merge_ready = table(folder)
    edit(folder, "n1", {"stance": "1"})
    merge(folder, ["n1", "n2"])
    assert undo(folder).undoes == 4
    assert undo(folder).undoes == 3
    assert table(folder) == merge_ready
    assert [undo(folder).undoes, undo(folder).undoes] == [2, 1]
    assert table(folder) == before
    with pytest.raises(FoedusError, match="nothing to undo"):
        undo(folder)
    read = read_journal(folder)
    assert [one.action for one in read.entries] == ["reject", "edit", "edit", "merge", *["undo"] * 4]
    assert not read.edited_elsewhere


def test_any_entry_is_taken_back_on_which_no_later_one_rests(folder: Path) -> None:
    other = folder.parent / "other"
    shutil.copytree(folder, other)
    for place in (folder, other):
        if place is folder:
            edit(place, "n1", {"stance": "-1"})
        decide(place, ["n1", "n2"], ACCEPTED)
        edit(place, "n2", {"stance": "-1"})
    assert undo(folder, number=1).undoes == 1
    assert table(folder) == table(other)  # as if it had never been decided
    assert read_journal(folder).undone == {1}
    assert undo(folder).undoes == 3  # the latest that stands, as ever
    with pytest.raises(FoedusError, match=r"entry 1 \(edit\) was taken back or passed over already"):
        undo(folder, number=1)
    with pytest.raises(FoedusError, match="entry 9: the journal has no such entry"):
        undo(folder, number=9)


def test_an_entry_on_which_later_ones_rest_names_them(folder: Path) -> None:
    decide(folder, ["n1", "n2"], ACCEPTED)
    decide(folder, ["n1"], REJECTED)
    decide(folder, ["n1"], ACCEPTED)  # the cell is as entry 1 left it, and yet entries 2 and 3 rest on that
    kept = table(folder)
    with pytest.raises(FoedusError, match=r"decided on again\. Take back first: 3 \(accept\), 2 \(reject\)"):
        undo(folder, number=1)
    assert table(folder) == kept
    assert [undo(folder, number=one).undoes for one in (3, 2, 1)] == [3, 2, 1]


def test_what_was_undone_is_done_again(folder: Path) -> None:
    decide(folder, ["n1"], ACCEPTED)
    edit(folder, "n1", {"stance": "-1"})
    both = table(folder)
    undo(folder)
    undo(folder)
    for expected in (4, 3):
        last = read_journal(folder).last_to_redo
        assert last is not None
        assert undo(folder, number=last.number).undoes == expected
    assert table(folder) == both
    assert read_journal(folder).last_to_redo is None
    assert read_journal(folder).undone == {3, 4}
    assert undo(folder).undoes == 2
    decide(folder, ["n2"], ACCEPTED)
    assert read_journal(folder).last_to_redo is None  # something else was decided since


def _bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def _semicolons(text: str) -> bytes:
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text)))
    place = rows[0].index("certainty")
    for row in rows[1:]:
        row[place] = row[place].replace(".", ",")
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows([*rows, [""] * len(rows[0])])
    return _bom(out.getvalue())


@pytest.mark.parametrize("saved", [_bom, _semicolons, lambda text: b"\xff\xfe" + text.encode("utf-16-le")])
def test_a_table_that_a_spreadsheet_saved(folder: Path, saved: Callable[[str], bytes]) -> None:
    (folder / "statements.csv").write_bytes(saved(table(folder).decode()))
    before, plain = table(folder), read_dossier(folder).statements
    edit(folder, "n1", {"certainty": "0.75", "condition": "if asked; soon"})
    expected = [
        dataclasses.replace(one, certainty=0.75, condition="if asked; soon") if one.id == "n1" else one for one in plain
    ]
    assert list(read_dossier(folder).statements) == expected
    undo(folder)
    assert table(folder) == before


def test_an_edit_in_a_spreadsheet_is_kept(folder: Path) -> None:
    decide(folder, ["n1", "n2"], ACCEPTED)
    # somebody edits other cells of the same row and of another, and sorts the rows
    lines = table(folder).replace(b",NOR,A. B.,minister,", b",NOR,C. D.,minister,").splitlines(keepends=True)
    (folder / "statements.csv").write_bytes(b"".join([lines[0], *reversed(lines[1:])]))
    assert read_journal(folder).edited_elsewhere
    undo(folder)
    assert statement(folder, "n2").status == "candidate"
    assert statement(folder, "n2").person == "C. D."
    assert table(folder).splitlines()[1].startswith(b"n3,")


def test_a_cell_that_was_changed_since_is_not_undone(folder: Path) -> None:
    decide(folder, ["n1", "n2"], ACCEPTED)
    (folder / "statements.csv").write_bytes(table(folder).replace(b"0.8,accepted", b"0.8,rejected"))
    kept = table(folder)
    with pytest.raises(InputError, match=r"n1, status: 'rejected', expected 'accepted' as entry 1 \(accept\) left it"):
        undo(folder)
    assert table(folder) == kept
    (folder / "statements.csv").write_bytes(b"".join(table(folder).splitlines(keepends=True)[:-3]))
    with pytest.raises(
        InputError, match=r"'n1', expected a row that entry 1 \(accept\) changed: it is gone.*undo --skip"
    ):
        undo(folder)


def test_an_entry_that_cannot_be_undone_is_passed_over(folder: Path) -> None:
    decide(folder, ["n1"], ACCEPTED)
    edit(folder, "n2", {"stance": "-1"})
    saved = table(folder).replace(b"A. B.,minister,office,-1", b"A. B.,minister,office,1")
    (folder / "statements.csv").write_bytes(saved)
    for _ in range(2):
        with pytest.raises(InputError, match=r"Set it back where it was changed.* undo --skip"):
            undo(folder)
    entry = undo(folder, skip=True)
    assert (entry.action, entry.undoes, entry.changes) == ("skip", 2, ())
    assert table(folder) == saved
    assert (read_journal(folder).skipped, read_journal(folder).undone) == ({2}, set())
    assert undo(folder).undoes == 1
    assert statement(folder, "n1").status == "candidate"
    with pytest.raises(FoedusError, match="nothing to undo"):
        undo(folder, skip=True)


def test_an_entry_whose_row_is_gone_is_passed_over(folder: Path) -> None:
    decide(folder, ["n1"], ACCEPTED)
    decide(folder, ["n3"], REJECTED)
    (folder / "statements.csv").write_bytes(b"".join(table(folder).splitlines(keepends=True)[:-1]))
    with pytest.raises(InputError, match="undo --skip"):
        undo(folder)
    undo(folder, skip=True)
    assert undo(folder).undoes == 1


class Crash(BaseException):
    """The machine stops."""


@pytest.mark.parametrize("step", ["write_atomically", "_append", "_put"])
@pytest.mark.parametrize("edited", [False, True])
def test_a_crash_between_two_writes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str, edited: bool
) -> None:
    """New table, journal, its place: a decision counts once the journal has it, and the next command says so."""
    decide(folder, ["n2"], ACCEPTED)
    before = table(folder)

    def crash(*_: object, **__: object) -> None:
        raise Crash

    monkeypatch.setattr(journal, step, crash)
    with pytest.raises(Crash):
        decide(folder, ["n1"], ACCEPTED)
    monkeypatch.undo()
    assert (folder / NEXT).exists() == (step != "write_atomically")
    if edited:  # and before the next command somebody saves another cell
        (folder / "statements.csv").write_bytes(table(folder).replace(b",NOR,A. B.,", b",NOR,C. D.,"))
    told = recover(folder)
    assert not (folder / NEXT).exists()
    made = step == "_put"
    assert [one.action for one in read_journal(folder).entries] == ["accept", "accept"][: 1 + made]
    assert ("the table has it now" in told, "it was not made" in told) == (made, step == "_append")
    assert told in capsys.readouterr().err
    assert recover(folder) == ""
    assert statement(folder, "n1").status == ("accepted" if made else "candidate")
    undo(folder)
    undone = table(folder).replace(b",NOR,C. D.,", b",NOR,A. B.,")
    assert undone == (
        before if made else before.replace(b"1,accepted,public,It should", b"1,candidate,public,It should")
    )


def test_a_cell_that_somebody_changed_after_a_crash_stays_theirs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_put", lambda _folder: (_ for _ in ()).throw(Crash()))
    with pytest.raises(Crash):
        edit(folder, "n2", {"person": "E. F.", "note": "read twice"})
    monkeypatch.undo()
    (folder / "statements.csv").write_bytes(table(folder).replace(b",NOR,A. B.,", b",NOR,C. D.,"))
    assert recover(folder).endswith("the table has it now; kept as edited since: n2, person")
    assert (statement(folder, "n2").person, statement(folder, "n2").note) == ("C. D.", "read twice")


def test_a_decision_that_no_disk_holds_is_not_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(folder, ["n2"], ACCEPTED)
    before, kept = table(folder), (folder / JOURNAL).read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    real = os.fsync
    calls = []
    monkeypatch.setattr(os, "fsync", lambda handle: calls.append(handle) or (full if len(calls) == 2 else real)(handle))
    with pytest.raises(InputError, match="No space left on device; no decision was made"):
        decide(folder, ["n1"], ACCEPTED)
    monkeypatch.undo()
    assert (table(folder), (folder / JOURNAL).read_bytes()) == (before, kept)
    assert not (folder / NEXT).exists()


@pytest.mark.parametrize("torn", [b'{"number": 2, "act', b'{"num', b'{"number": 2, "by": "T\xc3', bytes(40)])
def test_a_last_line_that_was_cut_short_is_taken_back(folder: Path, torn: bytes) -> None:
    decide(folder, ["n1"], ACCEPTED)
    whole = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(whole + torn)
    assert len(read_journal(folder).entries) == 1
    assert "that decision was not made" in recover(folder)
    assert (folder / JOURNAL).read_bytes() == whole


def test_a_damaged_journal_is_refused(folder: Path) -> None:
    decide(folder, ["n1"], ACCEPTED)
    with (folder / JOURNAL).open("a", encoding="utf-8") as out:
        out.write('{"number": 2, "act\n')
    with pytest.raises(InputError, match=r"journal.jsonl, line 2: .{10,30}, expected an entry as Foedus wrote it"):
        decide(folder, ["n2"], ACCEPTED)


def test_merge(folder: Path) -> None:
    lines = len(table(folder).splitlines())
    entry = merge(folder, ["n1", "n2"])
    assert entry is not None
    assert [one.id for one in entry.changes] == ["n1", "n2"]
    first, other = statement(folder, "n1"), statement(folder, "n2")
    assert (first.person, first.office, first.paraphrase, first.status) == (
        "A. B.",
        "minister",
        "It should.",
        "candidate",
    )
    assert (first.coder, first.certainty, other.status) == ("rules", 0.8, "rejected")
    assert len(table(folder).splitlines()) == lines
    decide(folder, ["n2"], ACCEPTED)
    merge(folder, ["n1", "n2"])
    assert statement(folder, "n1").status == "accepted"


def test_what_differs_is_not_merged(folder: Path) -> None:
    with pytest.raises(InputError, match="jt01, actor: 'FRA', expected 'NOR' as in n1"):
        merge(folder, ["n1", "jt01"])
    with pytest.raises(FoedusError, match="two or more statements"):
        merge(folder, ["n1", "n1"])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"stance": "2"}, "stance: '2', expected -1, 0 or 1"),
        ({"actor": "Narnia"}, "Narnia"),
        ({"concept": "no-such"}, "the id of a row of concepts.csv"),
        ({"id": "x"}, "column: 'id', expected one of source"),
        ({"stance": ""}, "stance: '', expected a value"),
        ({"said_on": "2030-01-01"}, "said_on: '2030-01-01', expected a day up to 2024-05-01"),
        ({"quote": "The office must shut."}, "words that are in note.txt"),
        ({"passage": "p3"}, "the passage in which the quote stands: p2"),
        ({"passage": "p9", "quote": ""}, "a passage from p1 to p3"),
    ],
)
def test_an_edit_that_makes_no_sense(folder: Path, values: dict[str, str], told: str) -> None:
    before = table(folder)
    with pytest.raises(FoedusError) as error:
        edit(folder, "n1", values)
    assert told in str(error.value)
    assert table(folder) == before
    assert not (folder / JOURNAL).exists()


def test_an_error_names_the_row_in_which_a_statement_stands(folder: Path) -> None:
    lines = table(folder).decode().splitlines()
    spoilt = [lines[0], "", ",,", *lines[1:-3], "", *lines[-3:]]
    (folder / "statements.csv").write_text("\n".join(spoilt) + "\n", "utf-8")
    row = 1 + next(place for place, line in enumerate(spoilt) if line.startswith("n2,"))
    with pytest.raises(InputError) as error:
        edit(folder, "n2", {"said_on": "2030-01-01"})
    [problem] = error.value.problems
    assert (problem.file, problem.where, problem.field) == ("statements.csv", f"row {row}", "said_on")


def test_an_edit_takes_names_and_blanks(folder: Path) -> None:
    edit(folder, "n2", {"actor": "France", "person": "", "certainty": "0,5"})
    changed = statement(folder, "n2")
    assert (changed.actor, changed.person, changed.certainty) == ("FRA", "", 0.5)
    assert edit(folder, "n2", {"actor": "FRA"}) is None


def test_a_close_match_never_passes_by_itself(folder: Path) -> None:
    with pytest.raises(InputError, match=r"statement n3, quote: .* it says: 'The office should open.'"):
        decide(folder, ["n3"], ACCEPTED)
    with pytest.raises(InputError, match="n3"):
        guard_dossier(read_dossier(folder))
    decide(folder, ["n3"], ACCEPTED, use_source_wording=True)
    assert (statement(folder, "n3").quote, statement(folder, "n3").status) == (SAID, "accepted")
    guard_dossier(read_dossier(folder))
    undo(folder)
    assert statement(folder, "n3").quote == "The offices should open."
    decide(folder, ["n3"], REJECTED)  # what is rejected counts for nothing and may stand
    guard_dossier(read_dossier(folder))


def test_the_source_s_wording_brings_its_passage(folder: Path) -> None:
    (folder / "statements.csv").write_bytes(table(folder).replace(b"n3,note,p2", b"n3,note,p1"))
    edit(folder, "n3", {}, use_source_wording=True)
    assert (statement(folder, "n3").quote, statement(folder, "n3").passage) == (SAID, "p2")


def test_unknown_ids_are_named_together(folder: Path) -> None:
    with pytest.raises(InputError) as error:
        decide(folder, ["x1", "n1", "x2"], ACCEPTED)
    assert [problem.value for problem in error.value.problems] == ["x1", "x2"]


def test_the_journal_is_plain_lines(folder: Path) -> None:
    edit(folder, "n1", {"stance": "-1"}, Who("Anna Å"))
    [line] = (folder / JOURNAL).read_text("utf-8").splitlines()
    record = json.loads(line)
    assert (record["by"], record["on"]) == ("Anna Å", None)
    assert record["changes"] == [{"id": "n1", "before": {"stance": "1"}, "after": {"stance": "-1"}, "quoted": []}]
    assert foedus.read_dossier(folder)  # a journal beside the tables disturbs nothing


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("accept"), st.sampled_from(["n1", "n2", "jt01"])),
            st.tuples(st.just("reject"), st.sampled_from(["n1", "n2", "jt01"])),
            st.tuples(st.just("edit"), st.sampled_from(["n1", "n2", "jt01"])),
            st.tuples(st.just("undo"), st.just("")),
        ),
        max_size=6,
    )
)
def test_whatever_is_decided_undo_leads_back(folder: Path, steps: list[tuple[str, str]]) -> None:
    before, lines = table(folder), len(table(folder).splitlines())
    for number, (what, id_) in enumerate(steps):
        if what == "undo":
            if read_journal(folder).last_to_undo is not None:
                undo(folder)
        elif what == "edit":
            edit(folder, id_, {"paraphrase": f"say, {number}"})
        else:
            decide(folder, [id_], {"accept": ACCEPTED, "reject": REJECTED}[what])
        assert len(table(folder).splitlines()) == lines
    while read_journal(folder).last_to_undo is not None:
        undo(folder)
    assert table(folder) == before
    (folder / JOURNAL).unlink(missing_ok=True)


def test_a_condition_that_is_blanked_takes_its_signal_with_it(folder: Path) -> None:
    def signal() -> str:
        return next(one.signal for one in read_dossier(folder).statements if one.id == "n1")

    edit(folder, "n1", {"condition": "if Tokyo asks", "signal": "softening"})
    edit(folder, "n1", {"condition": ""})
    assert signal() == ""
    edit(folder, "n1", {"condition": "if Tokyo asks", "signal": "softening"})
    edit(folder, "n1", {"condition": "", "signal": "offer"})
    assert signal() == "offer"


def test_the_answer_tells_what_still_waits(folder: Path) -> None:
    from foedus.reports.content import waiting_words

    dossier = read_dossier(folder)
    waiting = [one for one in dossier.statements if one.status == "candidate"]
    last = max(dossier.known_on(one) for one in waiting)
    told = waiting_words(dossier, dossier.issue("office"), last)
    assert told.startswith(f"{len(waiting)} proposed statements wait to be accepted or rejected, of ")
    assert all(dossier.world.name(one.actor) in told for one in waiting)
    assert waiting_words(dossier, dossier.issue("office"), parse_day("1990-01-01")) == ""


def test_what_another_hand_did_is_noticed_and_each_kind_taken_back_by_itself(folder: Path) -> None:
    first, old = table(folder), read_dossier(folder).statements
    text = first.decode().replace("n1,note,p2,The office should open.,NOR", "n1,note,p2,The office should open.,SWE")
    kept = [line for line in text.splitlines() if not line.startswith("n2,")]
    new = "n4,note,p2,The office should open.,FIN,,,office,1,,direct,public,2024-05-01,,,,ann,1,accepted,public,"
    (folder / "statements.csv").write_text("\n".join([*kept, new]) + "\n", "utf-8")
    edited, added, removed = notice_edits(folder, first)
    assert [entry.action for entry in (edited, added, removed)] == [
        "edited elsewhere", "added elsewhere", "removed elsewhere",
    ]  # fmt: skip
    assert [(change.id, change.before, change.after) for change in edited.changes] == [
        ("n1", {"actor": "NOR"}, {"actor": "SWE"})
    ]
    assert not read_journal(folder).edited_elsewhere
    assert read_journal(folder).last_to_undo is None
    undo(folder, number=removed.number)
    undo(folder, number=edited.number)
    undo(folder, number=added.number)
    now = read_dossier(folder).statements
    assert now[-2:] == (statement(folder, "n4"), old[-2])
    assert now[-2].status == "rejected"
    assert set(now) - {now[-2]} == set(old)


def test_a_row_that_is_there_again_or_names_what_is_gone_is_not_put_back(folder: Path) -> None:
    first = table(folder)
    without = first.replace(next(line for line in first.splitlines(keepends=True) if line.startswith(b"n2,")), b"")
    (folder / "statements.csv").write_bytes(without)
    [removed] = notice_edits(folder, first)
    (folder / "statements.csv").write_bytes(first)
    with pytest.raises(InputError, match="it is there again"):
        undo(folder, number=removed.number)
    (folder / "statements.csv").write_bytes(b"".join(without.splitlines(keepends=True)[:-2]))
    sources = (folder / "sources.csv").read_bytes()
    (folder / "sources.csv").write_bytes(b"".join(sources.splitlines(keepends=True)[:-1]))
    before = table(folder)
    with pytest.raises(InputError, match="note"):
        undo(folder, number=removed.number)
    assert table(folder) == before


def test_new_candidates_are_no_edit_and_a_row_put_back_survives_a_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = table(folder)
    row = next(line for line in first.splitlines(keepends=True) if line.startswith(b"n2,"))
    (folder / "statements.csv").write_bytes(first + row.replace(b"n2,", b"n9,"))
    assert notice_edits(folder, first) == ()
    (folder / "statements.csv").write_bytes(first.replace(row, b""))
    [removed] = notice_edits(folder, first)

    def cut(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journal, "_put", cut)
        with pytest.raises(KeyboardInterrupt):
            undo(folder, number=removed.number)
    (folder / "statements.csv").write_bytes(table(folder).replace(b"Iceland", b"Iceland") + b"\n")  # saved meanwhile
    recover(folder)
    assert statement(folder, "n2").person == "A. B."
