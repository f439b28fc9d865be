"""The evidence guard over a dossier: its statements against the texts that are at hand in ``documents/``."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from foedus.dossiers.texts import stored_documents
from foedus.evidence import Statement
from foedus.evidence.documents import Document
from foedus.evidence.guard import check_statement, find_evidence, guard

if TYPE_CHECKING:
    from foedus.dossiers.dossier import Dossier


def guard_dossier(dossier: Dossier, statements: Collection[Statement] | None = None) -> None:
    """Refuse statements whose evidence does not stand in their source, where its text is at hand.

    Parameters
    ----------
    dossier
        Where the sources and documents are.
    statements
        Those to check; by default all that have not been rejected.

    Raises
    ------
    InputError
        With every statement that is refused.
    """
    if statements is None:
        statements = [statement for statement in dossier.statements if statement.status != "rejected"]
    named = {statement.source for statement in statements}
    guard(statements, stored_documents(dossier.folder, [s for s in dossier.sources.values() if s.id in named]))


def in_the_sources_words(dossier: Dossier, statements: Iterable[Statement]) -> list[Statement]:
    """Return statements with the source's wording in place of a quote that nearly matches it, and the right passage.

    Others are returned as they are: what stands nowhere is for `guard_dossier` to refuse.
    """
    listed = list(statements)
    named = {statement.source for statement in listed}
    documents = stored_documents(dossier.folder, [s for s in dossier.sources.values() if s.id in named])
    return [_reworded(statement, documents.get(statement.source)) for statement in listed]


def _reworded(statement: Statement, document: Document | None) -> Statement:
    if document is None or not statement.quote:
        return statement
    evidence = check_statement(statement, document)
    if evidence.status == "absent":
        return statement
    quote = statement.quote if evidence.passes else evidence.wording
    place = find_evidence(quote, document.text).start if evidence.passes else evidence.start
    passage = document.passage_at(evidence.start) or document.passage_at(place)
    if passage is None:
        return dataclasses.replace(statement, quote=quote)
    same = statement.passage in {passage.place, passage.id}
    return dataclasses.replace(statement, quote=quote, passage=statement.passage if same else passage.place)
