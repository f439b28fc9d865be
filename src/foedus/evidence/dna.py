"""Exchange with Discourse Network Analyzer: reading its projects, writing its list of statements.

A project is an SQLite file: documents with their text, and statements of a type with variables, each over a span of a
document's text. The tool counts that span in units of UTF-16. Version 2 has other names for some tables and counts days
in milliseconds. The tool's event list, which rDNA users read, is a table with semicolons, one statement a row.

References
----------
Leifeld, P. Discourse Network Analyzer. https://github.com/leifeld/dna
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.base.characters import harmless
from foedus.base.days import Day
from foedus.base.errors import InputError, Problem, Problems, refuse
from foedus.base.files import TEXT_LIMIT, read_bytes

STATEMENT_TYPE = "DNA Statement"
"""The usual type of statement, which has the variables below."""

VARIABLES = ("person", "organization", "concept", "agreement")

MAPPED = {"type": STATEMENT_TYPE, "person": "person", "actor": "organization", "concept": "concept",
          "stance": "agreement"}  # fmt: skip
"""What a mapping may name, with what it is usually called: the type of statement, and four of its variables."""

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
    """A statement of a project; ``start`` and ``end`` are offsets in the text of its document.

    ``agreement`` is 1 or 0 where it is yes or no, else the number that the project has.
    """

    id: int
    document: int
    start: int
    end: int
    coder: str
    person: str
    organization: str
    concept: str
    agreement: int


@dataclass(frozen=True, slots=True)
class DnaProject:
    """A project's documents and statements.

    Attributes
    ----------
    documents, statements
        What can be read.
    others
        How many statements of other types there are, which are left out.
    yes_or_no
        Whether agreement is yes or no, and not a number.
    problems
        What is wrong with documents and statements that were left out.
    """

    documents: tuple[DnaDocument, ...]
    statements: tuple[DnaStatement, ...]
    others: int
    yes_or_no: bool = True
    problems: tuple[Problem, ...] = ()


def read_dna(path: Path, mapping: Mapping[str, str] | None = None) -> DnaProject:
    """Read a project of Discourse Network Analyzer 2 or 3.

    Parameters
    ----------
    path
        The ``.dna`` file; it is opened for reading only.
    mapping
        What the project calls a word of `MAPPED`, where it is not what it is usually called.

    Raises
    ------
    InputError
        When it is no SQLite file or not such a project, or has no such type or variable.
    """
    if not read_bytes(path, limit=16 * TEXT_LIMIT).startswith(b"SQLite format 3\0"):
        raise refuse(str(path), "expected a project of Discourse Network Analyzer, an SQLite file")
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            return _read(connection, path.name, mapping or {})
        finally:
            connection.close()
    except InputError:
        raise
    except (sqlite3.Error, OverflowError, ValueError, TypeError) as error:
        raise refuse(str(path), f"expected a project of Discourse Network Analyzer 2 or 3: {error}") from None


def _read(connection: sqlite3.Connection, name: str, mapping: Mapping[str, str]) -> DnaProject:
    tables = {
        str(name_of_table)
        for (name_of_table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    older = "ATTRIBUTES" in tables and "ENTITIES" not in tables  # version 2: other names, milliseconds
    problems = Problems(name)
    documents = _documents(connection, 1000 if older else 1, problems)
    kind, variables = _variables(connection, name, mapping)
    values: dict[int, dict[str, str]] = {}
    words = "JOIN ATTRIBUTES e ON e.ID = d.Value" if older else "JOIN ENTITIES e ON e.ID = d.Entity"
    for label in ("person", "actor", "concept"):
        if label not in variables:
            continue
        for statement, value in connection.execute(
            f"SELECT d.StatementId, e.Value FROM DATASHORTTEXT d {words} WHERE d.VariableId = ?",
            (variables[label][0],),
        ):
            values.setdefault(statement, {})[label] = str(value)
    number, data = variables["stance"]
    table = "DATABOOLEAN" if data == "boolean" else "DATAINTEGER"
    agree = dict(connection.execute(f"SELECT StatementId, Value FROM {table} WHERE VariableId = ?", (number,)))
    statements = []
    for id_, document, start, stop, coder in connection.execute(
        "SELECT s.ID, s.DocumentId, s.Start, s.Stop, c.Name FROM STATEMENTS s LEFT JOIN CODERS c ON c.ID = s.Coder "
        "WHERE s.StatementTypeId = ? ORDER BY s.ID",
        (kind,),
    ):
        if document not in documents:
            problems.add("a document that can be read", where=f"statement {id_}", field="document", value=str(document))
            continue
        if not (isinstance(start, int) and isinstance(stop, int)):
            problems.add("whole numbers", where=f"statement {id_}", field="span", value=f"{start} to {stop}")
            continue
        begin, end = _offsets(documents[document].text, start, stop)
        own = values.get(id_, {})
        person, actor, concept = (own.get(label, "") for label in ("person", "actor", "concept"))
        side = int(agree.get(id_, 1))
        statements.append(DnaStatement(id_, document, begin, end, str(coder or ""), person, actor, concept, side))
    total = connection.execute("SELECT COUNT(*) FROM STATEMENTS WHERE StatementTypeId <> ?", (kind,)).fetchone()[0]
    return DnaProject(tuple(documents.values()), tuple(statements), total, data == "boolean", problems.found)


def _documents(connection: sqlite3.Connection, unit: int, problems: Problems) -> dict[int, DnaDocument]:
    """Return the documents that can be read; a bad one is told and does not stop the others."""
    documents = {}
    for id_, title, text, date, *rest in connection.execute(
        "SELECT ID, Title, Text, Date, Author, Source, Section, Type FROM DOCUMENTS ORDER BY ID"
    ):
        where = f"document {id_}"
        try:
            day = (_DAYS + dt.timedelta(seconds=int(date) / unit)).date()
        except (OverflowError, ValueError, TypeError):
            problems.add("a date as a number of seconds or milliseconds", where=where, field="Date", value=str(date))
            continue
        if not str(text or "").strip():
            problems.add("a text", where=where, field="Text", value="")
            continue
        author, source, section, kind = (str(value or "") for value in rest)
        documents[int(id_)] = DnaDocument(int(id_), str(title or ""), str(text), author, source, section, kind, day)
    return documents


def _variables(
    connection: sqlite3.Connection, name: str, mapping: Mapping[str, str]
) -> tuple[int, dict[str, tuple[int, str]]]:
    """Return the type of statement that is read, and its variables with their ids and kinds, by word of `MAPPED`."""
    wrong = [key for key in mapping if key not in MAPPED]
    if wrong:
        raise refuse(name, f"one of {', '.join(MAPPED)}", where="--map", value=wrong[0])
    labels = {int(id_): str(label) for label, id_ in connection.execute("SELECT Label, ID FROM STATEMENTTYPES")}
    there: dict[int, dict[str, tuple[int, str]]] = {label: {} for label in labels}
    for id_, label, data, kind in connection.execute("SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES"):
        there.setdefault(kind, {})[str(label)] = (id_, str(data))
    called = {**MAPPED, **mapping}
    fitting = [label for label in labels if called["concept"] in there[label] and called["stance"] in there[label]]
    named = [label for label in labels if labels[label] == called["type"]]
    chosen = named or ([] if "type" in mapping else fitting)
    told = "; ".join(f"{labels[label]} ({', '.join(there[label]) or 'no variable'})" for label in labels) or "none"
    if len(chosen) != 1:
        raise refuse(name, f"expected a type of statement, named with --map type=LABEL; there are: {told}")
    kind = chosen[0]
    missing = [part for part in ("actor", "concept", "stance") if called[part] not in there[kind]]
    if missing or there[kind][called["stance"]][1] not in {"boolean", "integer"}:
        lacking = missing or ["stance"]
        options = " ".join(f"--map {part}=VARIABLE" for part in lacking)
        raise refuse(name, f"expected variables for {', '.join(lacking)}, named with {options}; it has: {told}")
    return kind, {part: there[kind][called[part]] for part in MAPPED if part != "type" and called[part] in there[kind]}


def _offsets(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return offsets in characters from offsets in units of UTF-16."""
    if text.isascii() or max(text) < "\U00010000":
        return start, min(stop, len(text))
    units = text.encode("utf-16-le")
    before = len(units[: 2 * start].decode("utf-16-le", "ignore"))
    return before, before + len(units[2 * start : 2 * stop].decode("utf-16-le", "ignore"))


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
