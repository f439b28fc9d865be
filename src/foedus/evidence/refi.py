"""Projects and code books of the REFI-QDA standard, which programs for qualitative analysis read and write.

A project, ``.qdpx``, is a zip archive: ``project.qde`` in XML, and the texts in ``sources/``. A code book, ``.qdc``, is
XML. Selections are spans of a text in Unicode characters from 0, the end not included. Texts, codes, selections,
codings, users, cases and variables are read; pictures, sound, notes, sets, links and graphs are counted and left out.

References
----------
REFI-QDA 1.5, Exchange of processed data between qualitative data analysis software packages (2019).
https://www.qdasoftware.org
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.errors import Problem, Problems, refuse
from foedus.base.files import TEXT_LIMIT, read_bytes
from foedus.evidence.readers.apart import Element, archive_member, archive_members, xml_apart

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
"""The namespaces of both kinds of file."""

ORIGIN = "Foedus"
"""What a file says that Foedus wrote."""

_INTERNAL = "internal://"
_LEFT_OUT = ("PictureSource", "AudioSource", "VideoSource", "PDFSelection", "Note", "Link", "Set", "Graph")


@dataclass(frozen=True, slots=True)
class QdaCode:
    """A code, with the codes under it."""

    guid: str
    name: str
    codable: bool = True
    description: str = ""
    inside: tuple[QdaCode, ...] = ()

    def all(self) -> Iterator[QdaCode]:
        """Yield the code and all under it."""
        yield self
        for qda_code in self.inside:
            yield from qda_code.all()


@dataclass(frozen=True, slots=True)
class QdaSelection:
    """A span of a text and what it is coded as.

    Attributes
    ----------
    guid, name
        Its id, and what the program calls it.
    start, end
        In characters of the text; the end is not part of it.
    user
        The id of who made it; blank where it is not said.
    codings
        For each coding its id, the id of the code, and that of its user.
    """

    guid: str
    name: str
    start: int
    end: int
    user: str = ""
    codings: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QdaSource:
    """A text, with its selections and the values of its variables."""

    guid: str
    name: str
    text: str
    selections: tuple[QdaSelection, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QdaCase:
    """What a study follows, such as a speaker: the values of its variables, and its texts and selections."""

    guid: str
    name: str
    values: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QdaProject:
    """A project.

    Attributes
    ----------
    name, origin
        Of the project, and of the program that wrote it.
    users
        Names by id.
    codes, sources, cases
        As in the file.
    others
        How many pictures, sounds, notes, links, sets and graphs were left out.
    problems
        What is wrong with texts and selections that were left out.
    """

    name: str
    origin: str
    users: Mapping[str, str]
    codes: tuple[QdaCode, ...]
    sources: tuple[QdaSource, ...]
    cases: tuple[QdaCase, ...] = ()
    others: int = 0
    problems: tuple[Problem, ...] = ()


def guid(kind: str, name: str) -> str:
    """Return the id of something in a file that Foedus writes: the same whenever it is written."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:foedus:{kind}:{name}"))


def read_qdpx(path: Path) -> QdaProject:
    """Read a project of the REFI-QDA standard; a text that cannot be read is told and does not stop the others.

    Raises
    ------
    InputError
        When it is no zip archive, or holds no ``project.qde`` with a project.
    """
    try:
        members = {name: size for name, size, _ in archive_members(path)}
        inside = next((name for name in members if name.casefold().endswith(".qde")), None)
        if inside is None:
            raise ValueError("there is no project.qde in it")
        root = xml_apart(archive_member(path, inside))
    except ValueError as error:
        raise refuse(path.name, f"expected a project of REFI-QDA, as its program exports one: {error}") from None
    if root.name != "Project":
        raise refuse(path.name, "Project as the outermost element", where=inside, value=root.name)
    problems = Problems(path.name)
    names = {
        element.attributes.get("guid", ""): element.attributes.get("name", "") for element in root.deep("Variable")
    }
    sources = tuple(
        source
        for text in _texts(root.first("Sources"))
        if (source := _source(text, path, members, names, problems)) is not None
    )
    return QdaProject(
        root.attributes.get("name", ""),
        root.attributes.get("origin", ""),
        {
            _id(element): element.attributes.get("name") or element.attributes.get("id", "")
            for element in root.deep("User")
        },
        tuple(_codes(root.first("CodeBook").first("Codes"))),
        sources,
        tuple(_case(element, names) for element in root.deep("Case")),
        sum(sum(1 for _ in root.deep(name)) for name in _LEFT_OUT),
        problems.found,
    )


def read_qdc(path: Path) -> tuple[QdaCode, ...]:
    """Read a code book of the REFI-QDA standard.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        root = xml_apart(read_bytes(path, limit=TEXT_LIMIT))
    except ValueError as error:
        raise refuse(path.name, f"expected a code book of REFI-QDA, as its program exports one: {error}") from None
    if root.name != "CodeBook":
        raise refuse(path.name, "a code book of REFI-QDA, with CodeBook as the outermost element", value=root.name)
    return tuple(_codes(root.first("Codes")))


def _id(element: Element) -> str:
    return element.attributes.get("guid", "").strip("{}").casefold()


def _target(element: Element) -> str:
    return element.attributes.get("targetGUID", "").strip("{}").casefold()


def _codes(inside: Element) -> Iterator[QdaCode]:
    for element in inside.all("Code"):
        codable = element.attributes.get("isCodable", "true") in {"true", "1"}
        words = element.first("Description").text
        yield QdaCode(_id(element), element.attributes.get("name", ""), codable, words, tuple(_codes(element)))


def _texts(sources: Element) -> Iterator[tuple[Element, str]]:
    """Yield texts with the name of their source: of their own, or the text that stands for a PDF file."""
    for element in sources.all("TextSource"):
        yield element, element.attributes.get("name", "")
    for element in sources.all("PDFSource"):
        for text in element.all("Representation"):
            yield text, element.attributes.get("name", "")


def _source(
    source_found: tuple[Element, str],
    path: Path,
    members: Mapping[str, int],
    names: Mapping[str, str],
    problems: Problems,
) -> QdaSource | None:
    element, name = source_found
    place = element.attributes.get("plainTextPath", "").removeprefix(_INTERNAL)
    name = name or place or _id(element)
    if place:
        file = next((m for m in members if m.casefold() in {f"sources/{place}".casefold(), place.casefold()}), None)
        if file is None:
            problems.add("a file in the archive", where=f"text {name}", field="plainTextPath", value=place)
            return None
        try:
            text = archive_member(path, file).decode("utf-8-sig")
        except ValueError:
            problems.add("a text in UTF-8", where=f"text {name}", field="plainTextPath", value=place)
            return None
    else:
        text = element.first("PlainTextContent").text
    text = text.replace("\r\n", "\n")
    selections = tuple(
        selection
        for part in element.all("PlainTextSelection")
        if (selection := _selection(part, name, len(text), problems)) is not None
    )
    return QdaSource(_id(element), name, text, selections, tuple(_values(element, names)))


def _selection(part: Element, name: str, length: int, problems: Problems) -> QdaSelection | None:
    given = part.attributes.get("startPosition", ""), part.attributes.get("endPosition", "")
    try:
        start, end = (int(offset) for offset in given)
    except ValueError:
        start = end = -1
    if not 0 <= start < end <= length:
        where = f"selection {part.attributes.get('name') or _id(part)} of {name}"
        problems.add(f"a span within {length} characters", where=where, field="position", value=" to ".join(given))
        return None
    codings = tuple(
        (
            _id(element),
            _target(element.first("CodeRef")),
            element.attributes.get("creatingUser", "").strip("{}").casefold(),
        )
        for element in part.all("Coding")
    )
    user = part.attributes.get("creatingUser", "").strip("{}").casefold()
    return QdaSelection(_id(part), part.attributes.get("name", ""), start, end, user, codings)


def _values(element: Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for value in element.all("VariableValue"):
        given = next((part.text for part in value.inside if part.name.endswith("Value")), "")
        target = value.first("VariableRef").attributes.get("targetGUID", "")
        yield names.get(target, target), given


def _case(element: Element, names: Mapping[str, str]) -> QdaCase:
    return QdaCase(
        _id(element),
        element.attributes.get("name", ""),
        tuple(_values(element, names)),
        tuple(_target(part) for part in element.all("SourceRef")),
        tuple(_target(part) for part in element.all("SelectionRef")),
    )


def qdpx(project: QdaProject) -> bytes:
    """Return a project as the standard's archive: the same bytes for the same project."""
    from lxml import etree  # noqa: PLC0415 - slow to load

    root = etree.Element("Project", nsmap={None: PROJECT}, name=project.name, origin=project.origin)
    if project.users:
        users = etree.SubElement(root, "Users")
        for id_, name in project.users.items():
            etree.SubElement(users, "User", guid=id_, name=name)
    if project.codes:
        _write_codes(etree.SubElement(etree.SubElement(root, "CodeBook"), "Codes"), project.codes)
    valued = [*(source.values for source in project.sources), *(case.values for case in project.cases)]
    named = dict.fromkeys(name for values in valued for name, _ in values)
    if named:
        variables = etree.SubElement(root, "Variables")
        for name in named:
            etree.SubElement(variables, "Variable", guid=guid("variable", name), name=name, typeOfVariable="Text")
    if project.cases:
        cases = etree.SubElement(root, "Cases")
        for case in project.cases:
            place = etree.SubElement(cases, "Case", guid=case.guid, name=case.name)
            _write_values(place, case.values)
            for target in case.sources:
                etree.SubElement(place, "SourceRef", targetGUID=target)
            for target in case.selections:
                etree.SubElement(place, "SelectionRef", targetGUID=target)
    if project.sources:
        sources = etree.SubElement(root, "Sources")
        for source in project.sources:
            _write_source(sources, source)
    for node in root.iter():
        node.tag = f"{{{PROJECT}}}{node.tag}"
    files = {f"sources/{source.guid}.txt": source.text.encode("utf-8", "replace") for source in project.sources}
    return _zipped({"project.qde": _document(root), **files})


def qdc(codes: Iterable[QdaCode]) -> bytes:
    """Return codes as a code book of the standard."""
    from lxml import etree  # noqa: PLC0415 - slow to load

    root = etree.Element("CodeBook", nsmap={None: CODEBOOK}, origin=ORIGIN)
    _write_codes(etree.SubElement(root, "Codes"), codes)
    for node in root.iter():
        node.tag = f"{{{CODEBOOK}}}{node.tag}"
    return _document(root)


def _write_codes(place: Any, codes: Iterable[QdaCode]) -> None:
    from lxml import etree  # noqa: PLC0415

    for code in codes:
        made = etree.SubElement(place, "Code", guid=code.guid, name=code.name, isCodable=str(code.codable).lower())
        if code.description:
            etree.SubElement(made, "Description").text = code.description
        _write_codes(made, code.inside)


def _write_source(place: Any, source: QdaSource) -> None:
    from lxml import etree  # noqa: PLC0415

    path = f"{_INTERNAL}{source.guid}.txt"
    made = etree.SubElement(place, "TextSource", guid=source.guid, name=source.name, plainTextPath=path)
    for selected in source.selections:
        span = {"startPosition": str(selected.start), "endPosition": str(selected.end)}
        user = {"creatingUser": selected.user} if selected.user else {}
        selection = etree.SubElement(made, "PlainTextSelection", guid=selected.guid, name=selected.name, **span, **user)
        for id_, code, coder in selected.codings:
            by = {"creatingUser": coder} if coder else {}
            coding = etree.SubElement(selection, "Coding", guid=id_, **by)
            etree.SubElement(coding, "CodeRef", targetGUID=code)
    _write_values(made, source.values)


def _write_values(place: Any, values: Iterable[tuple[str, str]]) -> None:
    from lxml import etree  # noqa: PLC0415

    for name, text in values:
        value = etree.SubElement(place, "VariableValue")
        etree.SubElement(value, "VariableRef", targetGUID=guid("variable", name))
        etree.SubElement(value, "TextValue").text = text


def _document(root: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415

    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
