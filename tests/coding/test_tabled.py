"""Statements from tables of one's own: mapped columns, bad rows, corrections."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from foedus.base.errors import FoedusError, InputError
from foedus.coding.deciding import decide, edit, undo
from foedus.coding.offers import Imported, Meant
from foedus.coding.tabled import import_table
from foedus.dossiers import copy_packaged, read_dossier
from foedus.evidence import Statement

CLAIM = "NATO should open a liaison office in Tokyo"
HEADINGS = ["Nr", "Datum", "Sprecher", "Forderung", "Haltung", "Zitat", "Sicherheit", "Quelle", "Anderes"]
ROWS = [
    ["1", "03.05.2023", "Frankreich", CLAIM, "dagegen", "Nein; kein", "0,9", "LM", ""],
    ["2", "13.05.2023", "Japan", "liaison office", "dafür", "", "0,7", "LM", "x"],
    ["3", "06.05.2023", "Norway", "A new naval mission", "-1,0", "", "", "NHK", ""],
]  # fmt: skip
COLUMNS = {
    "id": "Nr", "said_on": "Datum", "actor": "sprecher", "concept": "Forderung", "stance": "Haltung", "quote": "Zitat",
    "certainty": "Sicherheit", "source": "Quelle",
}  # fmt: skip
STANCES = {"dafür": "for", "dagegen": "against"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_packaged("tokyo-office", tmp_path / "office")
    return tmp_path / "office"


def table(home: Path, rows: list[list[str]], name: str = "codings.csv", delimiter: str = ";") -> Path:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in [HEADINGS, *rows]]
    (home / name).write_text("\n".join(lines) + "\n", "utf-8")
    return home / name


def imported(folder: Path, path: Path) -> Imported:
    return import_table(folder, path, columns=COLUMNS, meant=Meant({"Frankreich": "FRA"}, STANCES))


def statement(folder: Path, id_: str) -> Statement:
    return next(one for one in read_dossier(folder).statements if one.id == id_)


def test_a_table_with_other_headings_words_and_decimal_commas(folder: Path, tmp_path: Path) -> None:
    before = (folder / "statements.csv").read_bytes().splitlines()
    done = imported(folder, table(tmp_path, ROWS))
    assert done.statements == ("codings-1", "codings-2", "codings-3")
    assert (done.sources, done.concepts, done.refused) == (("lm", "nhk"), ("new-naval-mission",), ())
    first, second, third = (statement(folder, one) for one in done.statements)
    assert (first.actor, first.concept, first.stance, first.certainty) == ("FRA", "office", -1, 0.9)
    assert (first.quote, str(first.said_on), first.status) == ("Nein; kein", "2023-05-03", "candidate")
    assert (second.actor, second.concept, second.stance, str(second.known_on)) == ("JPN", "office", 1, "2023-05-13")
    assert (third.actor, third.stance, third.source) == ("NOR", -1, "nhk")
    assert str(read_dossier(folder).sources["lm"].known) == "2023-05-03"
    after = (folder / "statements.csv").read_bytes().splitlines()
    assert after[1 : len(before)] == before[1:]


def test_a_workbook_gives_what_its_csv_gives(folder: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [HEADINGS, *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "codings.xlsx")
    done = imported(folder, tmp_path / "codings.xlsx")
    assert len(done.statements) == 3
    again = imported(folder, table(tmp_path, ROWS))
    assert (again.entry, len(again.present)) == (None, 3)
    book.create_sheet("more").append(["x"])
    book.save(tmp_path / "codings.xlsx")
    with pytest.raises(InputError, match=r"several sheets with rows \(Sheet, more\)"):
        imported(folder, tmp_path / "codings.xlsx")


def test_a_bad_row_is_named_and_does_not_stop_the_rest(folder: Path, tmp_path: Path) -> None:
    bad = [
        ["4", "31.02.2023", *ROWS[1][2:]],
        ["5", "2023-05-03", "Atlantis", *ROWS[1][3:]],
        ["6", "2023-05-03", "Japan", "office", "vielleicht", "", "", "LM", ""],
        ["7", "2023-05-03", "Japan", "office", "1", "", "1,4", "LM", ""],
        ["3", "2023-05-04", "Japan", "office", "1", "", "", "LM", ""],
        ["8", "2023-05-03", "Japan", "office", "1", "", "", "", ""],
        ["9", "", "Japan", "office", "1", "", "", "LM", ""],
    ]
    done = imported(folder, table(tmp_path, [*bad[:4], *ROWS, *bad[4:]], delimiter=","))
    assert done.statements == ("codings-1", "codings-2", "codings-3", "codings-8")
    assert done.unknown == {"Atlantis": 1}
    assert [one.split(":")[0] for one in done.refused] == [
        "codings.csv, row 2, said_on",
        "codings.csv, row 11, said_on",
        "codings.csv, row 4, stance",
        "codings.csv, row 5, certainty",
        "codings.csv, row 9, id",
    ]
    assert statement(folder, "codings-8").source == "codings"


def test_a_correction_changes_and_adds_nothing_twice(folder: Path, tmp_path: Path) -> None:
    imported(folder, table(tmp_path, ROWS))
    decide(folder, ["codings-1"], "accepted")
    edit(folder, "codings-2", {"certainty": "0.3"})
    count = len(read_dossier(folder).statements)
    mended = [[*ROWS[0][:4], "dafür", *ROWS[0][5:]], [*ROWS[1][:2], "Norway", *ROWS[1][3:6], "0,8", *ROWS[1][7:]]]
    done = imported(folder, table(tmp_path, mended))
    assert (done.statements, done.corrected) == ((), ("codings-1", "codings-2"))
    assert (done.kept, done.gone) == (("codings-2",), ("codings-3",))
    first, second = statement(folder, "codings-1"), statement(folder, "codings-2")
    assert (first.stance, first.status) == (1, "accepted")
    assert (second.actor, second.certainty) == ("NOR", 0.3)
    assert len(read_dossier(folder).statements) == count
    again = imported(folder, table(tmp_path, mended))
    assert (again.entry, again.present) == (None, ("codings-1", "codings-2"))
    undo(folder)
    assert (statement(folder, "codings-1").stance, statement(folder, "codings-2").actor) == (-1, "JPN")
    assert imported(folder, table(tmp_path, mended)).corrected == ("codings-1", "codings-2")


def test_an_import_that_was_taken_back_comes_back(folder: Path, tmp_path: Path) -> None:
    imported(folder, table(tmp_path, ROWS))
    undo(folder)
    assert statement(folder, "codings-1").status == "rejected"
    assert len(imported(folder, table(tmp_path, ROWS)).statements) == 3
    assert statement(folder, "codings-1").status == "candidate"


def test_without_ids_the_same_row_is_the_same_statement(folder: Path, tmp_path: Path) -> None:
    columns = {one: name for one, name in COLUMNS.items() if one != "id"}
    path = table(tmp_path, [ROWS[1], ROWS[1], ROWS[2]])
    first = import_table(folder, path, columns=columns, meant=Meant(stances=STANCES))
    assert len(first.statements) == len(set(first.statements)) == 3
    table(tmp_path, [ROWS[2], [*ROWS[1][:4], "dagegen", *ROWS[1][5:]], ROWS[1]])
    again = import_table(folder, path, columns=columns, meant=Meant(stances=STANCES))
    assert (again.statements, len(again.corrected), again.gone) == ((), 1, ())


def test_a_quote_must_stand_in_a_text_that_the_dossier_holds(folder: Path, tmp_path: Path) -> None:
    source = next(iter(read_dossier(folder).sources.values()))
    (folder / "documents").mkdir(exist_ok=True)
    text = "Japan would welcome the office.\n\nFrance would not.\n"
    (folder / "documents" / "own.txt").write_text(text, "utf-8")
    with (folder / "sources.csv").open("a", encoding="utf-8") as out:
        out.write("own,Own note,,A press,en,2023-05-01,2023-05-01,,,own.txt,public,1,\n")
    rows = [["1", "2023-05-01", "France", "office", "-1", quote, "", "Own note", ""]
            for quote in ("France would not.", "France never would.", "")]  # fmt: skip
    for number, row in enumerate(rows):
        row[0] = str(number)
    done = imported_plain(folder, table(tmp_path, rows))
    assert source.id in read_dossier(folder).sources
    assert done.statements == ("codings-0",)
    assert statement(folder, "codings-0").passage == "p2"
    assert [one.split(":")[0] for one in done.refused] == ["codings.csv, row 3", "codings.csv, row 4"]


def imported_plain(folder: Path, path: Path) -> Imported:
    return import_table(folder, path, columns=COLUMNS)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({}, "no column is actor or concept or stance or said_on: name it with --map actor=HEADING"),
        (COLUMNS | {"actor": "Redner"}, r"--map, actor: 'Redner', expected a heading that stands there once: 'Nr'"),
        (COLUMNS | {"speaker": "Sprecher"}, r"--map: 'speaker', expected one of actor, concept"),
    ],
)
def test_a_wrong_mapping_is_told_and_changes_nothing(
    folder: Path, tmp_path: Path, columns: dict[str, str], message: str
) -> None:
    before = {one.name: one.read_bytes() for one in folder.glob("*.csv")}
    with pytest.raises(InputError, match=message):
        import_table(folder, table(tmp_path, ROWS), columns=columns)
    assert {one.name: one.read_bytes() for one in folder.glob("*.csv")} == before


def test_a_formula_in_free_words_is_shown_and_not_run(folder: Path, tmp_path: Path) -> None:
    done = import_table(
        folder, table(tmp_path, ROWS[1:2]), columns=COLUMNS | {"paraphrase": "Forderung"}, meant=Meant(stances=STANCES)
    )
    assert statement(folder, done.statements[0]).paraphrase == "liaison office"
    path = table(tmp_path, [[*ROWS[1][:-1], "=SUM(A1)"]])
    import_table(folder, path, columns=COLUMNS | {"paraphrase": "Anderes"}, meant=Meant(stances=STANCES))
    assert statement(folder, done.statements[0]).paraphrase == "'=SUM(A1)"


def test_files_that_are_no_tables(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK no workbook")
    with pytest.raises(InputError, match=r"x\.xlsx: is no sound workbook"):
        imported(folder, tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="a row of headings and at least one row"):
        imported(folder, table(tmp_path, []))
    with pytest.raises(FoedusError, match="--stance 'ja': 'yes', expected one of for"):
        import_table(folder, table(tmp_path, ROWS), columns=COLUMNS, meant=Meant(stances={"ja": "yes"}))


def test_a_heading_that_stands_twice_is_told(folder: Path, tmp_path: Path) -> None:
    """Finding: the first of two columns called actor was taken, and nothing said."""
    before = (folder / "statements.csv").read_bytes()
    path = tmp_path / "twice.csv"
    path.write_text("said_on,actor,concept,stance,source,Actor\n2023-05-03,Japan,office,for,LM,France\n", "utf-8")
    with pytest.raises(InputError, match=r"twice\.csv, headings: 'actor', expected a heading that stands there once"):
        import_table(folder, path)
    assert (folder / "statements.csv").read_bytes() == before


def test_an_implausible_year_and_a_number_that_counts_days_are_refused_with_the_remedy(
    folder: Path, tmp_path: Path
) -> None:
    slips = (("7", "2203-05-03"), ("8", "0202-05-03"), ("9", "45049"))
    bad = [[number, day, *ROWS[0][2:]] for number, day in slips]
    done = imported(folder, table(tmp_path, [*bad, ROWS[1]]))
    assert done.statements == ("codings-2",)
    first, second, third = done.refused
    for told, row in ((first, "row 2"), (second, "row 3")):
        assert row in told
        assert "expected a year from 1800 to 2100: put it right in the table" in told
    assert "row 4" in third
    assert "may mean 2023-05-03: give the column the format yyyy-mm-dd there" in third
