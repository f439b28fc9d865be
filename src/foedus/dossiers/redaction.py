"""What a reader of a given marking may see of a dossier: everything above the limit is left out, once, on reading.

A row is above the limit by its own marking, or by that of the source or the concept that it names. What is left names
none of what went: an answer is the same, byte for byte, as from a dossier in which those rows never stood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.base.errors import InputError, Problem, refuse
from foedus.base.tables import columns_of, select_rows
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.settings import Settings
from foedus.evidence import MARKINGS, check_marking, marking_rank

SOURCES, CONCEPTS, STATEMENTS = "sources.csv", "concepts.csv", "statements.csv"

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Screen:
    """What is above a limit.

    Attributes
    ----------
    limit
        The highest marking that is shown.
    sources, concepts, statements
        Ids of what is left out.
    """

    limit: str
    sources: frozenset[str]
    concepts: frozenset[str]
    statements: frozenset[str]

    def hides(self, row: Mapping[str, str]) -> bool:
        """Tell whether a row of any table is above the limit, by itself or by what it names."""
        return (
            _above(row, self.limit) or row.get("source", "") in self.sources or row.get("concept", "") in self.concepts
        )

    def table(self, file: str, text: str) -> str:
        """Return a table's text without what is above the limit."""
        return select_rows(text, lambda row: self._shown(file, row), file)

    def settings(self, settings: Settings) -> Settings:
        """Return settings without conditions of statements that are left out."""
        conditions = []
        for condition in settings.conditions:
            kept = [id_ for id_ in condition.statements if id_ not in self.statements]
            if kept:
                conditions.append(condition.model_copy(update={"statements": kept}))
        return settings.model_copy(update={"conditions": conditions})

    def _shown(self, file: str, row: Row) -> Row | None:
        """Return the cells of a row that are shown otherwise than they stand, or None for a row that is left out."""
        if self.hides(row) or (file == SOURCES and row.get("id", "") in self.sources):
            return None
        changes = {}
        if row.get("note"):
            changes["note"] = without_mentions(row["note"], self.sources | self.statements)
        if row.get("republished_from", "") in self.sources:
            changes["republished_from"] = ""
        if "coded" in row and self.concepts:
            changes["coded"] = ""  # its marks are hashes over all concepts
        return changes


def screen_of(texts: Mapping[str, str], limit: str) -> Screen:
    r"""Return what is above a limit in the tables of a dossier.

    Parameters
    ----------
    texts
        The tables' texts by file name.
    limit
        A marking.

    Raises
    ------
    FoedusError
        When there is no such marking.
    InputError
        When a table is none, or a row has a marking that does not exist, so that nobody can tell who may see it.

    Examples
    --------
    >>> sources = "id,marking\ncable,secret\nspeech,\n"
    >>> statements = "id,source,marking\ns1,cable,public\ns2,speech,public\n"
    >>> screen = screen_of({"sources.csv": sources, "statements.csv": statements}, "internal")
    >>> sorted(screen.sources), sorted(screen.statements)
    (['cable'], ['s1'])
    >>> screen.table("statements.csv", statements)
    'id,source,marking\ns2,speech,public\n'
    """
    check_marking(limit)
    rows = {file: _rows(file, text) for file, text in texts.items()}
    _refuse_unknown_markings(rows)
    sources = {row.get("id", "") for row in rows.get(SOURCES, ()) if _above(row, limit)}
    shown = {row.get("id", "") for row in rows.get(CONCEPTS, ()) if not _above(row, limit)}
    concepts = {row.get("id", "") for row in rows.get(CONCEPTS, ())} - shown
    screen = Screen(limit, frozenset(sources - {""}), frozenset(concepts - {""}), frozenset())
    statements = {row.get("id", "") for row in rows.get(STATEMENTS, ()) if screen.hides(row)} - {""}
    return Screen(limit, screen.sources, screen.concepts, frozenset(statements))


def without_mentions(text: str, ids: Collection[str]) -> str:
    """Return a note without the sentences that name any of some ids.

    Examples
    --------
    >>> without_mentions("Read on paper. It repeats cable-7 (similarity 0.93).", {"cable-7"})
    'Read on paper.'
    """
    named = re.compile("|".join(rf"(?<![\w.-]){re.escape(id_)}(?![\w-])" for id_ in sorted(ids))) if ids else None
    if named is None or not named.search(text):
        return text
    return " ".join(part for part in _SENTENCE.split(text) if not named.search(part))


def without_values(problems: Iterable[Problem]) -> InputError:
    """Return problems that name place and column and quote no cell: a row with a wrong cell may have slipped."""
    return InputError(
        Problem(
            problem.file,
            f"expected {problem.expected}" if problem.value else problem.expected,
            problem.where,
            problem.field,
        )
        for problem in problems
    )


def _above(row: Mapping[str, str], limit: str) -> bool:
    return marking_rank(row.get("marking") or MARKINGS[0]) > marking_rank(limit)


def _rows(file: str, text: str) -> list[Row]:
    rows: list[Row] = []
    select_rows(text, rows.append, file)
    return rows


def _refuse_unknown_markings(rows: Mapping[str, list[Row]]) -> None:
    for file, listed in rows.items():
        if any(row.get("marking", "") not in {"", *MARKINGS} for row in listed):
            raise refuse(
                file,
                f"one of {', '.join(MARKINGS)} in every row, or nobody can tell who may see it; 'foedus check DIR' "
                "without a limit says where",
                field="marking",
            )


_LONG_TITLE, _LONG_QUOTE = 15, 25
"""Characters from which a title or a quotation that stands in another text is no coincidence."""


def told_elsewhere(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield places whose text everybody may read though it tells of something marked, and what that is.

    A source or statement is found by an id that is no plain word, its title or its words; the texts are those of
    ``dossier.yaml`` and the cells of rows with a lower marking, notes excepted, which are left out by the sentence.
    """
    marked = list(_marked(dossier))
    if not marked:
        return
    for place, text in _texts_of(dossier.settings.model_dump()):
        for id_, _, traces in marked:
            if any(trace.search(text) for trace in traces):
                yield f"dossier.yaml, {place}", id_
    rows: list[tuple[str, Any]] = [
        *(("sources.csv", source) for source in dossier.sources.values()),
        *((STATEMENTS, statement) for statement in dossier.statements),
        *(("stakeholders.csv", stakeholder) for stakeholder in dossier.stakeholders),
        *((CONCEPTS, concept) for concept in dossier.concepts),
    ]
    for file, row in rows:
        words = {
            column.name: str(getattr(row, column.field))
            for column in columns_of(type(row))
            if column.name not in _NAMES
        }
        for id_, rank, traces in marked:
            if marking_rank(row.marking) < rank and getattr(row, "source", getattr(row, "id", "")) != id_:
                for name, text in words.items():
                    if any(trace.search(text) for trace in traces):
                        yield f"{file}, {getattr(row, 'id', '') or row.actor}, {name}", id_


_NAMES = {"note", "id", "source", "actor", "concept", "issue", "republished_from", "sha256", "file", "marking"}


def _marked(dossier: Dossier) -> Iterator[tuple[str, int, list[re.Pattern[str]]]]:
    """Yield each marked source and statement: id, rank, and what would tell of it."""
    for source in dossier.sources.values():
        if rank := marking_rank(source.marking):
            yield source.id, rank, _traces(source.id, source.title if len(source.title) >= _LONG_TITLE else "")
    for statement in dossier.statements:
        rank = marking_rank(statement.marking)
        if rank and rank > marking_rank(dossier.sources[statement.source].marking):
            yield (
                statement.id,
                rank,
                _traces(statement.id, statement.quote if len(statement.quote) >= _LONG_QUOTE else ""),
            )


def _traces(id_: str, words: str) -> list[re.Pattern[str]]:
    patterns = [re.compile(re.escape(words), re.IGNORECASE)] if words else []
    if re.search(r"[^A-Za-z]", id_):
        patterns.append(re.compile(rf"(?<![\w.-]){re.escape(id_)}(?![\w-])"))
    return patterns


def _texts_of(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of settings, each with its path; the ids that conditions list are left out with them."""
    if isinstance(node, dict):
        for key, value in node.items():
            if not (place.startswith("conditions") and key == "statements"):
                yield from _texts_of(value, f"{place}.{key}" if place else str(key))
    elif isinstance(node, list | tuple):
        for number, value in enumerate(node):
            yield from _texts_of(value, f"{place}.{number}")
    elif isinstance(node, str):
        yield place, node
