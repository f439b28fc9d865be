"""Exchange with Discourse Network Analyzer: reading its projects, writing its list of statements.

A project of version 3 is an SQLite file: documents with their text, and statements of a type with variables, each over
a span of a document's text. The tool counts that span in units of UTF-16. Its event list, which rDNA users read, is a
table with semicolons, one statement a row.

References
----------
Leifeld, P. Discourse Network Analyzer. https://github.com/leifeld/dna
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from foedus.base.characters import harmless
from foedus.base.days import Day
from foedus.base.errors import InputError, refuse
from foedus.base.files import TEXT_LIMIT, read_bytes

STATEMENT_TYPE = "DNA Statement"
"""The type of statement that has the variables below."""

VARIABLES = ("person", "organization", "concept", "agreement")

EVENT_LIST = ("statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text")
"""Columns of the event list before the variables."""

_DAYS = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class DnaDocument:
    """A document of a project."""

    id: int
    title: str
    text: str
    author: str
    source: str
    section: str
    type: str
    published: Day


@dataclass(frozen=True, slots=True)
class DnaStatement:
    """A statement of a project; ``start`` and ``end`` are offsets in the text of its document."""

    id: int
    document: int
    start: int
    end: int
    coder: str
    person: str
    organization: str
    concept: str
    agreement: bool


@dataclass(frozen=True, slots=True)
class DnaProject:
    """A project's documents and statements; ``others`` counts statements of other types, which are left out."""

    documents: tuple[DnaDocument, ...]
    statements: tuple[DnaStatement, ...]
    others: int


def read_dna(path: Path) -> DnaProject:
    """Read a project of Discourse Network Analyzer 3.

    Parameters
    ----------
    path
        The ``.dna`` file; it is opened for reading only.

    Raises
    ------
    InputError
        When it is no SQLite file or not such a project.
    """
    if not read_bytes(path, limit=16 * TEXT_LIMIT).startswith(b"SQLite format 3\0"):
        raise refuse(str(path), "expected a project of Discourse Network Analyzer, an SQLite file")
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True)
        try:
            return _read(connection, str(path))
        finally:
            connection.close()
    except InputError:
        raise
    except (sqlite3.Error, OverflowError, ValueError, TypeError) as error:
        raise refuse(str(path), f"expected a project of Discourse Network Analyzer 3: {error}") from None


def _read(connection: sqlite3.Connection, name: str) -> DnaProject:
    documents = {
        int(id_): DnaDocument(int(id_), str(title), str(text), author, source, section, type_, _day(date))
        for id_, title, text, author, source, section, type_, date in connection.execute(
            "SELECT ID, Title, Text, Author, Source, Section, Type, Date FROM DOCUMENTS ORDER BY ID"
        )
    }
    types = dict(connection.execute("SELECT Label, ID FROM STATEMENTTYPES"))
    if STATEMENT_TYPE not in types:
        raise refuse(name, f"a statement type {STATEMENT_TYPE!r}; found {', '.join(map(str, types)) or 'none'}")
    kind = types[STATEMENT_TYPE]
    variables = {
        label: (id_, data)
        for id_, label, data in connection.execute(
            "SELECT ID, Variable, DataType FROM VARIABLES WHERE StatementTypeId = ?", (kind,)
        )
    }
    missing = [one for one in VARIABLES if one not in variables]
    if missing or variables["agreement"][1] != "boolean":
        wanted = ", ".join(missing) or "agreement as a boolean"
        raise refuse(name, f"the variables of a {STATEMENT_TYPE!r}: {wanted} is missing")
    values: dict[int, dict[str, str]] = {}
    for label in VARIABLES[:3]:
        for statement, value in connection.execute(
            "SELECT d.StatementId, e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity "
            "WHERE d.VariableId = ?",
            (variables[label][0],),
        ):
            values.setdefault(statement, {})[label] = str(value)
    agree = dict(
        connection.execute(
            "SELECT StatementId, Value FROM DATABOOLEAN WHERE VariableId = ?", (variables["agreement"][0],)
        )
    )
    found = []
    for id_, document, start, stop, coder in connection.execute(
        "SELECT s.ID, s.DocumentId, s.Start, s.Stop, c.Name FROM STATEMENTS s LEFT JOIN CODERS c ON c.ID = s.Coder "
        "WHERE s.StatementTypeId = ? ORDER BY s.ID",
        (kind,),
    ):
        if document not in documents:
            raise refuse(name, "a document for each statement", where=f"statement {id_}", value=str(document))
        begin, end = _offsets(documents[document].text, start, stop)
        own = values.get(id_, {})
        person, organization, concept = (own.get(label, "") for label in VARIABLES[:3])
        says_yes = bool(agree.get(id_, 1))
        found.append(DnaStatement(id_, document, begin, end, str(coder or ""), person, organization, concept, says_yes))
    total = connection.execute("SELECT COUNT(*) FROM STATEMENTS").fetchone()[0]
    return DnaProject(tuple(documents.values()), tuple(found), total - len(found))


def _offsets(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return offsets in characters from offsets in units of UTF-16."""
    if text.isascii() or max(text) < "\U00010000":
        return start, min(stop, len(text))
    units = text.encode("utf-16-le")
    before = len(units[: 2 * start].decode("utf-16-le", "ignore"))
    return before, before + len(units[2 * start : 2 * stop].decode("utf-16-le", "ignore"))


def _day(seconds: int) -> Day:
    return (_DAYS + dt.timedelta(seconds=int(seconds))).date()


def event_list(rows: Iterable[tuple[dict[str, str], dict[str, str]]]) -> str:
    """Return statements as Discourse Network Analyzer writes its event list.

    Parameters
    ----------
    rows
        For each statement its columns of `EVENT_LIST` and its `VARIABLES`; missing ones are blank.

    Returns
    -------
    str
        The table. As in the tool itself a semicolon in a text becomes a comma and a quotation mark an apostrophe;
        what a spreadsheet would take for a formula gets an apostrophe before it.

    Examples
    --------
    >>> row = {"statement ID": "1", "text": 'a "b"; c'}, {"person": "X", "agreement": "1"}
    >>> print(event_list([row]).splitlines()[1])
    1;;;"";"";"";"";"";"a 'b', c";"X";"";"";1
    """
    lines = [";".join(f'"{name}"' for name in (*EVENT_LIST, *VARIABLES))]
    for columns, variables in rows:
        cells = [columns.get(name, "") for name in EVENT_LIST[:3]]
        cells += [_quoted(columns.get(name, "")) for name in EVENT_LIST[3:]]
        cells += [_quoted(variables.get(name, "")) for name in VARIABLES[:3]]
        lines.append(";".join([*cells, variables.get("agreement", "")]))
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    plain = text.replace(";", ",").replace('"', "'").replace("\r", " ").replace("\n", " ")
    return f'"{harmless(plain)}"'
