"""Exchange with Discourse Network Analyzer: a small project made here, and the sample of the tool where at hand."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from foedus.base.errors import FoedusError, InputError
from foedus.coding.deciding import decide, undo
from foedus.coding.exchange import export_dna, import_dna
from foedus.coding.offers import Meant
from foedus.dossiers import copy_packaged, read_dossier
from foedus.dossiers.evidence import guard_dossier
from foedus.evidence.dna import read_dna

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "dna-sample.dna"
needs_the_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared, which is not in the repository")

TEXT = 'A smile \U0001f600 first.\n\nNorway would open the office.\nIceland; "never"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "small.dna"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE CODERS(ID INTEGER, Name TEXT);
        CREATE TABLE DOCUMENTS(ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date);
        CREATE TABLE STATEMENTTYPES(ID, Label);
        CREATE TABLE VARIABLES(ID, Variable, DataType, StatementTypeId);
        CREATE TABLE STATEMENTS(ID, StatementTypeId, DocumentId, Start, Stop, Coder);
        CREATE TABLE DATABOOLEAN(ID, StatementId, VariableId, Value);
        CREATE TABLE DATASHORTTEXT(ID, StatementId, VariableId, Entity);
        CREATE TABLE ENTITIES(ID, VariableId, Value);
        INSERT INTO CODERS VALUES (1, 'Anna');
        INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
        INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
            (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);
        INSERT INTO ENTITIES VALUES (1, 1, 'A. B.'), (2, 2, 'Norway'), (3, 2, 'Nobody''s Club'),
            (4, 3, 'NATO should open a liaison office in Tokyo'), (5, 3, 'Something else');
        INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 2, 2), (3, 1, 3, 4), (4, 2, 2, 3), (5, 2, 3, 4),
            (6, 4, 2, 2), (7, 4, 3, 5);
        INSERT INTO DATABOOLEAN VALUES (1, 1, 4, 1), (2, 2, 4, 0), (3, 4, 4, 0);
        """
    )
    # 2024-05-01 at noon; the tool counts units of UTF-16, in which the smile is two
    connection.execute(
        "INSERT INTO DOCUMENTS VALUES (7, 'A note', ?, 1, 'X', 'A press', '', '', '', 1714564800)", (TEXT,)
    )
    begin = len(TEXT[: TEXT.index("Norway")].encode("utf-16-le")) // 2
    line, rest = len("Norway would open the office."), len("Norway would open the office.\nIceland")
    connection.executemany(
        "INSERT INTO STATEMENTS VALUES (?, ?, 7, ?, ?, 1)",
        [(1, 1, begin, begin + line), (2, 1, begin, begin + line), (3, 2, 0, 3), (4, 1, begin, begin + rest)],
    )
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_packaged("tokyo-office", tmp_path / "office")
    return tmp_path / "office"


def test_a_small_project(folder: Path, project: Path) -> None:
    before = (folder / "statements.csv").read_bytes()
    done = import_dna(folder, project)
    assert done.statements == ("small-7-1", "small-7-4")
    assert (done.unknown, done.cut, done.others) == ({"Nobody's Club": 1}, (), 1)
    assert (done.concepts, done.sources) == (("something-else",), ("small-7",))
    dossier = read_dossier(folder)
    guard_dossier(dossier)
    first, long = dossier.statements[-2:]
    assert (first.actor, first.person, first.concept, first.stance) == ("NOR", "A. B.", "office", 1)
    assert (first.quote, first.passage, first.coder, first.status) == (
        "Norway would open the office.",
        "p2",
        "Anna",
        "candidate",
    )
    assert (str(first.said_on), first.kind) == ("2024-05-01", "indirect")
    # a span over two lines stands whole, and in the passage in which it begins
    assert (long.quote, long.passage) == ("Norway would open the office. Iceland", "p2")
    assert (long.concept, long.stance) == ("something-else", -1)
    after = (folder / "statements.csv").read_bytes().splitlines()
    assert after[1 : len(before.splitlines())] == before.splitlines()[1:]
    # again: nothing is new, but for the club, now that it is named
    again = import_dna(folder, project)
    assert (again.entry, again.sources, again.concepts) == (None, (), ())
    assert import_dna(folder, project, meant=Meant({"Nobody's Club": "ISL"})).statements == ("small-7-2",)
    # to undo rejects; a line is never deleted
    undo(folder)
    assert read_dossier(folder).statements[-1].status == "rejected"
    # and to import again brings it back, under another name where one is given
    again = import_dna(folder, project, meant=Meant({"Nobody's Club": "SWE"}))
    last = read_dossier(folder).statements[-1]
    assert (again.statements, again.present) == (("small-7-2",), ("small-7-1", "small-7-4"))
    assert (last.actor, last.status) == ("SWE", "candidate")
    undo(folder)
    last = read_dossier(folder).statements[-1]
    assert (last.actor, last.status) == ("ISL", "rejected")
    # what a person rejected stays
    decide(folder, ["small-7-1"], "rejected")
    assert "small-7-1" in import_dna(folder, project).present
    assert {one.id: one.status for one in read_dossier(folder).statements}["small-7-1"] == "rejected"


def test_a_name_that_the_project_does_not_have(folder: Path, project: Path) -> None:
    before = (folder / "statements.csv").read_bytes()
    with pytest.raises(InputError, match=r"small.dna, --actor: 'Nobody', expected an actor .* Nobody's Club"):
        import_dna(folder, project, meant=Meant({"Nobody": "ISL"}))
    assert (folder / "statements.csv").read_bytes() == before


def test_the_other_tables_keep_their_form(folder: Path, project: Path) -> None:
    for name in ("sources.csv", "concepts.csv", "statements.csv"):
        rows = list(csv.reader(io.StringIO((folder / name).read_text("utf-8"))))
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
        (folder / name).write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    before = {name: (folder / name).read_bytes() for name in ("sources.csv", "concepts.csv", "statements.csv")}
    assert len(import_dna(folder, project).statements) == 2
    for name, data in before.items():
        grown = (folder / name).read_bytes()
        assert grown.splitlines()[1 : data.count(b"\r\n")] == data.splitlines()[1:]
        assert grown.endswith(b"\r\n")
    assert read_dossier(folder).concepts[-1].id == "something-else"


def test_what_is_no_project(folder: Path, tmp_path: Path, project: Path) -> None:
    plain = tmp_path / "x.dna"
    plain.write_text("no database")
    with pytest.raises(InputError, match="an SQLite file"):
        read_dna(plain)
    connection = sqlite3.connect(project)
    connection.execute("DROP TABLE VARIABLES")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="no such table: VARIABLES"):
        read_dna(project)
    with pytest.raises(FoedusError, match="kind 'loud'"):
        import_dna(folder, project, meant=Meant(kind="loud"))


def test_the_event_list(folder: Path) -> None:
    table, left_out = export_dna(read_dossier(folder))
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    accepted = [one for one in read_dossier(folder).statements if one.status == "accepted"]
    assert left_out == sum(one.stance == 0 for one in accepted)
    assert len(rows) == len(accepted) - left_out
    first = rows[0]
    assert (first["statement ID"], first["time"], first["document ID"]) == ("jt01", "2023-06-20 00:00:00", "jt")
    assert (first["organization"], first["concept"], first["agreement"]) == (
        "France",
        "NATO should open a liaison office in Tokyo",
        "0",
    )


@needs_the_sample
def test_the_sample_of_the_tool(folder: Path) -> None:
    project = read_dna(SAMPLE)
    assert (len(project.documents), len(project.statements), project.others) == (7, 40, 1)
    names = {one.organization for one in project.statements}
    done = import_dna(folder, SAMPLE, meant=Meant(dict.fromkeys(names - {""}, "nato-members")))
    assert (len(done.statements), len(done.concepts), len(done.sources)) == (40, 6, 7)
    guard_dossier(read_dossier(folder))


@needs_the_sample
def test_the_networks_of_the_sample() -> None:
    # Two-mode, organisations by concepts: 7 x 6, sum 40. One-mode, agreement ignored: the product with its transpose.
    counts = Counter((one.organization, one.concept) for one in read_dna(SAMPLE).statements)
    names, concepts = ({key[place] for key in counts} for place in (0, 1))
    assert (len(names), len(concepts), sum(counts.values())) == (7, 6, 40)

    def shared(one: str, other: str) -> int:
        return sum(counts[one, concept] * counts[other, concept] for concept in concepts)

    epa = "Environmental Protection Agency"
    assert shared(epa, "Alliance to Save Energy") == 10
    assert shared(epa, "Energy and Environmental Analysis, Inc.") == 2
    assert sum(shared(one, other) for one in names for other in names if one != other) == 276
