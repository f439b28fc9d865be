"""Projects of other programs and dossiers of colleagues, in and out: what a user finds in the dossier afterwards."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from foedus.base.errors import FoedusError, InputError
from foedus.coding.coders import between_coders
from foedus.coding.deciding import edit
from foedus.coding.exchange import import_dna, import_dossier
from foedus.coding.offers import Meant
from foedus.coding.qualitative import export_qdc, export_qdpx, import_qdc, import_qdpx
from foedus.dossiers import copy_packaged, read_dossier
from foedus.dossiers.evidence import guard_dossier
from foedus.evidence import Statement
from foedus.evidence.dna import read_dna
from foedus.evidence.refi import QdaCode, QdaProject, QdaSelection, QdaSource, guid, qdpx, read_qdc, read_qdpx

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared, which is not in the repository")

TEXT = "\ufeffA smile \U0001f600.\r\n\r\nNorway would open it.\r\nFrance would not; no.\r\n"
ORDER = {
    "Project": "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef",
    "CodeBook": "Codes",
    "Code": "Description NoteRef Code",
    "Case": "Description CodeRef VariableValue SourceRef SelectionRef",
    "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "PlainTextSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
    "VariableValue": "VariableRef TextValue",
}
"""What the standard's schema lets stand inside an element, in that order."""
NEEDED = {
    "Project": "name",
    "User": "guid",
    "Code": "guid name isCodable",
    "Variable": "guid name typeOfVariable",
    "Case": "guid",
    "TextSource": "guid",
    "PlainTextSelection": "guid startPosition endPosition",
    "Coding": "guid",
    "CodeRef": "targetGUID",
    "SelectionRef": "targetGUID",
    "VariableRef": "targetGUID",
}
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_packaged("tokyo-office", tmp_path / "office")
    return tmp_path / "office"


def statement(folder: Path, id_: str) -> Statement:
    return next(one for one in read_dossier(folder).statements if one.id == id_)


def tables(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file() and one.name != ".foedus.lock"}


def conforms(archive: Path) -> None:
    with zipfile.ZipFile(archive) as found:
        root = etree.fromstring(found.read("project.qde"))
        names = set(found.namelist())
    assert root.tag == "{urn:QDA-XML:project:1.0}Project"
    guids = []
    for one in root.iter():
        name = etree.QName(one).localname
        inside = [etree.QName(part).localname for part in one]
        if name in ORDER:
            places = [ORDER[name].split().index(part) for part in inside]
            assert places == sorted(places), (name, inside)
        assert set(NEEDED.get(name, "").split()) <= set(one.attrib), name
        guids += [one.get("guid")] if one.get("guid") else []
        for key, value in one.attrib.items():
            assert not key.lower().endswith("guid") or GUID.fullmatch(value), (key, value)
        if path := one.get("plainTextPath"):
            assert path.replace("internal://", "sources/") in names
    assert len(guids) == len(set(guids))
    assert {one.get("targetGUID") for one in root.iter() if one.get("targetGUID")} <= set(guids)


def project(*, actor: str = "Norway", code: str = "an office in Tokyo") -> QdaProject:
    codes = (
        QdaCode(guid("c", "who"), "Who", False, inside=(QdaCode(guid("c", "a"), actor),)),
        QdaCode(guid("c", "claim"), code),
        QdaCode(guid("c", "yes"), "in favour"),
    )
    text = TEXT.lstrip("\ufeff").replace("\r\n", "\n")
    start = text.index("Norway")
    codings = tuple((guid("k", one), guid("c", one), guid("u", "Ann")) for one in ("a", "claim", "yes"))
    selection = QdaSelection(guid("s", "1"), "first", start, start + len("Norway would open it."), "", codings)
    source = QdaSource(guid("t", "1"), "A note", text, (selection,), (("when", "2023-05-03"),))
    return QdaProject("p", "Other", {guid("u", "Ann"): "Ann"}, codes, (source,))


FOREIGN = {"actor": "Who", "said_on": "when"}


@needs_shared
def test_two_projects_of_other_programs_come_back_as_they_were(tmp_path: Path, folder: Path) -> None:
    path = SHARED / "qdpx" / "demo.qdpx"
    demo = read_qdpx(path)
    assert (demo.origin, len([one for root in demo.codes for one in root.all()])) == ("qc 1.3.2", 262)
    assert [(one.name, len(one.selections)) for one in demo.sources] == [("board_2017.txt", 158), ("admin-1.txt", 0)]
    nvivo = read_qdpx(SHARED / "qdpx" / "nvivo_project.qdpx")
    assert list(nvivo.users.values()) == ["chrisp", "cp"]
    assert nvivo.codes == demo.codes
    for one in (demo, nvivo):
        (tmp_path / "again.qdpx").write_bytes(qdpx(one))
        assert read_qdpx(tmp_path / "again.qdpx") == one
        conforms(tmp_path / "again.qdpx")
    with pytest.raises(InputError, match="there are 2 texts and 262 codes in it"):  # its two texts are empty
        import_qdpx(folder, SHARED / "qdpx" / "nvivo_project.qdpx")
    meant = Meant(stances={"*": "for"}, new_actors=True)
    done = import_qdpx(folder, path, mapping={"said_on": "2017-03-01"}, meant=meant)
    assert (len(done.statements), done.refused, done.actors) == (205, (), ("board-2017-txt",))
    quotes = {one.quote for one in read_dossier(folder).statements if one.id in done.statements}
    board = demo.sources[0]
    assert quotes == {" ".join(board.text[one.start : one.end].split()) for one in board.selections if one.codings}
    guard_dossier(read_dossier(folder))


def test_a_project_says_who_thinks_what(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "study.qdpx").write_bytes(qdpx(project()))
    meant = Meant(stances={"in favour": "for", "an office in Tokyo": "for"})
    done = import_qdpx(folder, tmp_path / "study.qdpx", mapping=FOREIGN, meant=meant)
    # without a mapping of claims every code but those of actors is one
    assert len(done.statements) == 2
    first = statement(folder, done.statements[0])
    assert (first.actor, first.stance, first.quote, first.passage) == ("NOR", 1, "Norway would open it.", "p2")
    assert (str(first.said_on), first.coder, first.status) == ("2023-05-03", "Ann", "candidate")
    again = import_qdpx(folder, tmp_path / "study.qdpx", mapping=FOREIGN, meant=meant)
    assert (again.entry, again.present) == (None, done.statements)
    (tmp_path / "study.qdpx").write_bytes(qdpx(project(actor="France")))
    mended = import_qdpx(folder, tmp_path / "study.qdpx", mapping=FOREIGN, meant=meant)
    assert (mended.statements, mended.corrected) == ((), done.statements)
    assert statement(folder, done.statements[0]).actor == "FRA"


def test_what_a_project_does_not_say_is_asked_for(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.qdpx"
    path.write_bytes(qdpx(project(actor="Nobody's Club")))
    before = tables(folder)
    done = import_qdpx(folder, path, mapping=FOREIGN, meant=Meant(stances={"*": "for"}))
    assert (done.entry, done.unknown) == (None, {"Nobody's Club": 2})
    done = import_qdpx(folder, path, mapping={"actor": "Who"}, meant=Meant(stances={"*": "for"}))
    assert "first of A note, said_on: a day such as" in done.refused[0]
    with pytest.raises(InputError, match=r"--map, actor: 'Whom', expected a code of the project, such as 'Who'"):
        import_qdpx(folder, path, mapping={"actor": "Whom"})
    assert tables(folder) == before
    done = import_qdpx(folder, path, mapping=FOREIGN, meant=Meant(stances={"*": "for"}, new_actors=True))
    assert (done.actors, len(done.statements)) == (("nobodys-club",), 2)
    assert read_dossier(folder).world.find("Nobody's Club") == "nobodys-club"


def test_a_dossier_goes_out_and_comes_back(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "study.qdpx").write_bytes(qdpx(project()))
    import_qdpx(folder, tmp_path / "study.qdpx", mapping=FOREIGN, meant=Meant(stances={"*": "against"}))
    edit(folder, read_dossier(folder).statements[-1].id, {"status": "accepted", "condition": "if Paris agrees"})
    dossier = read_dossier(folder)
    data, number = export_qdpx(dossier)
    (tmp_path / "out.qdpx").write_bytes(data)
    conforms(tmp_path / "out.qdpx")
    sent = [one for one in dossier.statements if one.status == "accepted"]
    assert (number, export_qdpx(dossier)[0]) == (len(sent), data)
    assert len(import_qdpx(folder, tmp_path / "out.qdpx").present) == len(sent)
    copy_packaged("nature-law-2024", tmp_path / "other")
    done = import_qdpx(tmp_path / "other", tmp_path / "out.qdpx", meant=Meant(new_actors=True))
    assert (len(done.statements), done.refused) == (len(sent), ())
    other = read_dossier(tmp_path / "other")
    back = {one.id.removeprefix("out-"): one for one in other.statements if one.id in done.statements}
    words = {one.id: one.text for one in dossier.concepts}
    here = {one.id: one.text for one in other.concepts}
    same = ("quote", "passage", "stance", "person", "condition", "kind", "said_on", "signal", "certainty", "paraphrase",
            "coder", "note", "marking")  # fmt: skip
    for one in sent:
        assert [getattr(one, name) for name in same] == [getattr(back[one.id], name) for name in same]
        assert words[one.concept] == here[back[one.id].concept]
        assert other.world.name(back[one.id].actor) == dossier.world.name(one.actor)
        assert dossier.known_on(one) == other.known_on(back[one.id])
    guard_dossier(other)


def test_a_code_book_goes_out_and_comes_back(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "claims.qdc").write_bytes(export_qdc(read_dossier(folder)))
    root = etree.parse(tmp_path / "claims.qdc").getroot()
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    texts = {one.text for one in read_dossier(folder).concepts}
    assert {one.name for one in read_qdc(tmp_path / "claims.qdc")} == texts
    assert import_qdc(folder, tmp_path / "claims.qdc").concepts == ()
    copy_packaged("nature-law-2024", tmp_path / "other")
    done = import_qdc(tmp_path / "other", tmp_path / "claims.qdc")
    added = {one.id: one for one in read_dossier(tmp_path / "other").concepts}
    assert {added[one].text for one in done.concepts} == texts
    assert {added[one].issue for one in done.concepts} == {""}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no archive", r"bad\.qdpx: expected a project of REFI-QDA"),
        (b"<CodeBook/>", r"project of REFI-QDA, as its program exports one: there is no project\.qde"),
        (b"<Project", r"bad\.qdpx: expected a project of REFI-QDA, as its program exports one: expected XML"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><Project name="&x;"/>', "without a document type"),
        (b"<Other/>", "Project as the outermost element"),
    ],
)
def test_what_is_no_project_changes_nothing(folder: Path, tmp_path: Path, data: bytes, message: str) -> None:
    path, before = tmp_path / "bad.qdpx", tables(folder)
    if data.startswith(b"no"):
        path.write_bytes(data)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.xml" if b"CodeBook" in data else "project.qde", data)
    with pytest.raises(InputError, match=message):
        import_qdpx(folder, path)
    assert tables(folder) == before


def test_a_code_book_without_usable_codes_is_told(folder: Path, tmp_path: Path) -> None:
    """Finding: "nothing was imported", without a word on why."""
    path, before = tmp_path / "bare.qdc", tables(folder)
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" isCodable="true"/></Codes></CodeBook>',
        "utf-8",
    )
    with pytest.raises(InputError, match=r"bare\.qdc: expected at least one code that has a name and is codable"):
        import_qdc(folder, path)
    assert tables(folder) == before


def test_a_bad_text_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    good = project()
    far = replace(good.sources[0].selections[0], guid=guid("s", "2"), name="far", start=500, end=600)
    lost = replace(good.sources[0], guid=guid("t", "2"), name="Lost", selections=(far,))
    path = tmp_path / "study.qdpx"
    path.write_bytes(qdpx(replace(good, sources=(lost, *good.sources))))
    done = import_qdpx(folder, path, mapping=FOREIGN, meant=Meant(stances={"*": "for"}))
    assert len(done.statements) == 2
    assert done.refused == (
        "study.qdpx, selection far of Lost, position: '500 to 600', expected a span within 56 characters",
    )


def dna(
    path: Path,
    *,
    version: int = 3,
    type_: str = "DNA Statement",
    names: tuple[str, ...] = (),
    scale: str = "boolean",
    values: tuple[int, ...] = (1, 0),
    text: str = TEXT,
) -> Path:
    """Write a project with one statement of Norway, another of France, and a document without a day."""
    organization, concept, agreement = names or ("organization", "concept", "agreement")
    entities, link, unit = ("ENTITIES", "Entity", 1) if version == 3 else ("ATTRIBUTES", "Value", 1000)
    path.unlink(missing_ok=True)
    out = sqlite3.connect(path)
    out.executescript(
        f"""
        CREATE TABLE CODERS(ID, Name); CREATE TABLE STATEMENTTYPES(ID, Label);
        CREATE TABLE DOCUMENTS(ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date);
        CREATE TABLE VARIABLES(ID, Variable, DataType, StatementTypeId);
        CREATE TABLE STATEMENTS(ID, StatementTypeId, DocumentId, Start, Stop, Coder);
        CREATE TABLE DATABOOLEAN(ID, StatementId, VariableId, Value);
        CREATE TABLE DATAINTEGER(ID, StatementId, VariableId, Value);
        CREATE TABLE DATASHORTTEXT(ID, StatementId, VariableId, {link}); CREATE TABLE {entities}(ID, VariableId, Value);
        INSERT INTO CODERS VALUES (1, 'Ann'); INSERT INTO STATEMENTTYPES VALUES (1, '{type_}'), (2, 'Annotation');
        INSERT INTO VARIABLES VALUES (2, '{organization}', 'short text', 1), (3, '{concept}', 'short text', 1),
            (4, '{agreement}', '{scale}', 1), (5, 'note', 'long text', 2);
        INSERT INTO {entities} VALUES (1, 2, 'Norway'), (2, 2, 'France'), (3, 3, 'A plan');
        INSERT INTO DATASHORTTEXT VALUES (1, 1, 2, 1), (2, 1, 3, 3), (3, 2, 2, 2), (4, 2, 3, 3);
        INSERT INTO DOCUMENTS VALUES (2, 'Undated', 'x', 1, '', '', '', '', '', 'never');
        INSERT INTO STATEMENTS VALUES (9, 1, 2, 0, 1, 1);
        """
    )
    out.execute("INSERT INTO DOCUMENTS VALUES (1, 'A note', ?, 1, 'X', 'P', '', '', '', ?)", (text, 1683115200 * unit))
    begin = [len(text[: text.index(one)].encode("utf-16-le")) // 2 for one in ("Norway", "France")]
    ends = begin[1] - 2, len(text.encode("utf-16-le")) // 2
    for id_, start, stop, value in zip((1, 2), begin, ends, values, strict=True):
        out.execute("INSERT INTO STATEMENTS VALUES (?, 1, 1, ?, ?, 1)", (id_, start, stop))
        table = "DATABOOLEAN" if scale == "boolean" else "DATAINTEGER"
        out.execute(f"INSERT INTO {table} VALUES (?, ?, 4, ?)", (id_, id_, value))
    out.commit()
    out.close()
    return path


@pytest.mark.parametrize("version", [2, 3])
def test_projects_of_versions_two_and_three(folder: Path, tmp_path: Path, version: int) -> None:
    done = import_dna(folder, dna(tmp_path / "p.dna", version=version))
    first, second = (statement(folder, one) for one in done.statements)
    assert (first.actor, first.stance, first.quote, str(first.said_on)) == (
        "NOR",
        1,
        "Norway would open it.",
        "2023-05-03",
    )
    assert (second.actor, second.stance, second.quote, second.passage) == ("FRA", -1, "France would not; no.", "p3")
    # the bad document and its statement are told, and stop nothing
    assert [one.split(":")[0] for one in done.refused] == ["p.dna, document 2, Date", "p.dna, statement 9, document"]


def test_a_correction_in_the_other_program_changes_and_adds_nothing_twice(folder: Path, tmp_path: Path) -> None:
    import_dna(folder, dna(tmp_path / "p.dna"))
    count = len(read_dossier(folder).statements)
    edit(folder, "p-1-2", {"certainty": "0.4"})
    done = import_dna(folder, dna(tmp_path / "p.dna", values=(1, 1)))
    assert (done.statements, done.corrected) == ((), ("p-1-2",))
    assert (statement(folder, "p-1-2").stance, statement(folder, "p-1-2").certainty) == (1, 0.4)
    # a corrected text is a new source; its statements move there
    done = import_dna(folder, dna(tmp_path / "p.dna", values=(1, 1), text=TEXT.replace("smile", "laugh")))
    assert (done.statements, len(done.sources), len(read_dossier(folder).statements)) == ((), 1, count)
    assert statement(folder, "p-1-1").source == done.sources[0]


def test_other_types_other_names_and_numbers_for_agreement(folder: Path, tmp_path: Path) -> None:
    path = dna(tmp_path / "p.dna", type_="Claim")
    assert len(import_dna(folder, path, name="claims").statements) == 2
    path = dna(tmp_path / "p.dna", type_="Claim", names=("who", "on what", "rating"), scale="integer", values=(5, 1))
    before = tables(folder)
    with pytest.raises(InputError, match=r"--map type=LABEL; there are: Claim \(who, on what, rating\)"):
        read_dna(path)
    with pytest.raises(InputError, match=r"--map actor=VARIABLE; it has: Claim"):
        read_dna(path, {"concept": "on what", "stance": "rating"})
    mapping = {"actor": "who", "concept": "on what", "stance": "rating"}
    done = import_dna(folder, path, mapping=mapping, name="rated")
    assert 'on a scale of 1, 5: --stance "5=for"' in done.refused[-2]
    assert tables(folder) == before
    done = import_dna(folder, path, mapping=mapping, name="rated", meant=Meant(stances={"5": "for", "1": "against"}))
    assert [statement(folder, one).stance for one in done.statements] == [1, -1]


def test_a_quotation_of_any_length(folder: Path, tmp_path: Path) -> None:
    long = "Norway would open it. " + "And so on it went, as ever.\n" * 400
    done = import_dna(folder, dna(tmp_path / "p.dna", text=f"{long}\nFrance would not.\n"))
    assert done.cut == ()
    assert statement(folder, "p-1-1").quote == " ".join(long.split())
    guard_dossier(read_dossier(folder))


def test_two_coders_side_by_side(folder: Path, tmp_path: Path) -> None:
    copy_packaged("tokyo-office", tmp_path / "colleague")
    edit(tmp_path / "colleague", "jt01", {"stance": "1", "coder": "Bo"})
    edit(tmp_path / "colleague", "jt02", {"coder": "Bo"})
    done = import_dossier(folder, read_dossier(tmp_path / "colleague"))
    assert [(one.ours, one.theirs, one.differs) for one in done.conflicts] == [
        ("jt01", "colleague-jt01", (("stance", "-1", "1"),))
    ]
    # what the same coder coded alike is the same coding, not another
    assert (len(done.alike), len(done.statements), len(done.present)) == (1, 2, 87)
    theirs = statement(folder, "colleague-jt01")
    assert (theirs.status, theirs.note) == ("candidate", "differs from jt01: stance -1 there, 1 here")
    found = between_coders(read_dossier(folder), ["foedus", "Bo"])
    assert (found.shared, [(one.source, one.passage, one.differs) for one in found.differences]) == (
        2,
        [(theirs.source, theirs.passage, ("stance",))],
    )
    again = import_dossier(folder, read_dossier(tmp_path / "colleague"))
    assert (again.entry, len(again.present)) == (None, 89)
    with pytest.raises(FoedusError, match="merged with itself"):
        import_dossier(folder, read_dossier(folder))


def test_a_coder_who_shares_nothing_leaves_the_others_comparable(folder: Path) -> None:
    statements = read_dossier(folder).statements
    third = replace(statements[0], id="x", source="fp", passage="p999", coder="Cy")
    second = replace(statements[0], id="y", stance=1, coder="Bo")
    dossier = replace(read_dossier(folder), statements=(*statements, second, third))
    found = between_coders(dossier)
    assert (found.shared, found.variables[0].units, len(found.differences)) == (0, 1, 1)
    assert [one.coder for one in found.differences[0].readings] == ["foedus", "Bo"]


@needs_shared
@pytest.mark.parametrize("name", ["bom", "othertype", "intagree"])
def test_projects_that_once_broke_something(folder: Path, name: str) -> None:
    meant = Meant(stances={"3": "for"}, new_actors=True)
    done = import_dna(folder, SHARED / "hostile" / f"{name}.dna", meant=meant)
    assert done.statements
    assert done.refused == ()
    guard_dossier(read_dossier(folder))
