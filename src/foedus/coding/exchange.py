"""Statements from Discourse Network Analyzer into a dossier, and from a dossier to its users."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.characters import cleaned, harmless
from foedus.base.errors import FoedusError, Problems
from foedus.base.files import write_atomically
from foedus.base.hashes import sha256
from foedus.base.locks import one_writer
from foedus.coding.deciding import NOBODY, Who, add
from foedus.coding.decisions import Decision
from foedus.coding.journal import recover
from foedus.coding.rows import sheet_at, with_records
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.places import DOCUMENTS
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.evidence import KINDS, NOT_STATED, Source, Statement
from foedus.evidence.dna import DnaDocument, DnaProject, DnaStatement, event_list, read_dna
from foedus.evidence.documents import Document
from foedus.evidence.guard import guard
from foedus.evidence.readers import read_stored

_LONGEST_QUOTE = 4000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import added and left out.

    Attributes
    ----------
    entry
        What the journal says; None where nothing was new.
    statements, concepts, sources
        Ids of what was added.
    unknown
        Organisations that the world does not know, with how many statements each; these are left out.
    cut
        Ids of statements whose span reached beyond one paragraph: their quote ends where it ends.
    others
        Statements of other types, left out.
    present
        Ids of statements that the table had already and that stayed as they were.
    corrected
        Ids of statements from the same table that got the values it has now.
    kept
        Ids of those of which a cell stayed as it was changed by hand.
    refused
        What is wrong with rows that were left out.
    gone
        Ids of statements that came from the same table, which no longer has them, or not soundly.
    """

    entry: Decision | None
    statements: tuple[str, ...]
    concepts: tuple[str, ...]
    sources: tuple[str, ...]
    unknown: dict[str, int]
    cut: tuple[str, ...]
    others: int
    present: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@one_writer
def import_dna(
    folder: Path,
    path: Path,
    who: Who = NOBODY,
    *,
    actors: Mapping[str, str] | None = None,
    kind: str = "indirect",
) -> Imported:
    """Import the statements of a project of Discourse Network Analyzer as candidates.

    Documents are stored in ``documents/`` and listed in ``sources.csv``, concepts are added to ``concepts.csv`` without
    an issue, and statements to ``statements.csv`` as candidates that the evidence guard has checked. What the dossier
    has already is left as it is.

    Parameters
    ----------
    folder
        The dossier's.
    path
        The ``.dna`` file.
    who
        For the journal.
    actors
        Ids of actors by the name of an organisation, for names that the world does not know.
    kind
        How directly the statements come from their actor: the project does not say.

    Raises
    ------
    InputError
        When the project cannot be read, or a quote does not stand in its document.
    FoedusError
        When ``actors`` names an organisation that no statement of the project has.
    """
    if kind not in KINDS:
        raise FoedusError(f"kind {kind!r}: expected one of {', '.join(KINDS)}")
    recover(folder)
    dossier = read_dossier(folder)
    project = read_dna(path)
    _check_names(project, actors or {}, path)
    known, unknown = _actors(dossier, project, actors or {})
    wanted = [one for one in project.statements if one.organization in known]
    used = {one.document for one in wanted}
    sources, texts = _sources(dossier, [one for one in project.documents if one.id in used])
    concepts, new_concepts = _concepts(dossier, [one.concept for one in wanted])
    statements, cut = [], []
    for one in wanted:
        source = sources[one.document]
        statement, whole = _statement(one, source, texts[source.id], known, concepts, kind)
        statements.append(statement)
        if not whole:
            cut.append(statement.id)
    new_sources = [one for one in sources.values() if one.id not in dossier.sources]
    guard(statements, texts)
    for source in new_sources:
        write_atomically(folder / DOCUMENTS / source.file, texts[source.id].text.encode())
    _append(folder / "sources.csv", Source, new_sources)
    _append(folder / "concepts.csv", Concept, new_concepts)
    entry = add(folder, statements, "import", who)
    added = tuple(change.id for change in entry.changes) if entry else ()
    return Imported(
        entry,
        added,
        tuple(one.id for one in new_concepts),
        tuple(one.id for one in new_sources),
        unknown,
        tuple(cut),
        project.others,
        tuple(one.id for one in statements if one.id not in added),
    )


def export_dna(dossier: Dossier, status: str = "accepted") -> tuple[str, int]:
    """Return the event list of a dossier's statements, and how many were left out because they take no stance.

    Parameters
    ----------
    dossier
        Statements without a stance have no place in the list: agreement is yes or no there.
    status
        Which statements: ``accepted``, ``candidate`` or ``rejected``.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> table, left_out = export_dna(read_dossier(packaged_dossiers()["tokyo-office"]))
    >>> table.splitlines()[0].split(";")[-4:]
    ['"person"', '"organization"', '"concept"', '"agreement"']
    """
    concepts = {one.id: one.text for one in dossier.concepts}
    chosen = [one for one in dossier.statements if one.status == status]
    rows = []
    for one in chosen:
        if one.stance == 0:
            continue
        source = dossier.sources[one.source]
        columns = {
            "statement ID": one.id,
            "time": f"{one.said_on} 00:00:00",
            "document ID": source.id,
            "document title": source.title,
            "author": source.author,
            "source": source.outlet,
            "type": one.kind,
            "text": one.quote or one.paraphrase,
        }
        variables = {
            "person": one.person,
            "organization": dossier.world.name(one.actor),
            "concept": concepts[one.concept],
            "agreement": "1" if one.stance > 0 else "0",
        }
        rows.append((columns, variables))
    return event_list(rows), len(chosen) - len(rows)


def _append(path: Path, record: type[Any], records: Sequence[Any]) -> None:
    if records:
        write_atomically(path, with_records(sheet_at(path, record), record, records))


def _check_names(project: DnaProject, given: Mapping[str, str], path: Path) -> None:
    there = sorted({one.organization for one in project.statements if one.organization})
    problems = Problems(path.name)
    for name in given:
        if name not in there:
            near = difflib.get_close_matches(name, there, n=3, cutoff=0.5) or there[:8]
            problems.add(f"an organisation of its statements, such as {', '.join(near)}", field="--actor", value=name)
    problems.raise_if_any()


def _actors(dossier: Dossier, project: DnaProject, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, int]]:
    known: dict[str, str] = {}
    unknown: dict[str, int] = {}
    for one in project.statements:
        name = one.organization
        if name in known:
            continue
        try:
            known[name] = dossier.world.find(given.get(name, name))
        except FoedusError:
            if name in given:
                raise
            unknown[name or "no name"] = unknown.get(name or "no name", 0) + 1
    return known, unknown


def _sources(dossier: Dossier, documents: list[DnaDocument]) -> tuple[dict[int, Source], dict[str, Document]]:
    by_hash = {source.sha256: source for source in dossier.sources.values() if source.sha256}
    found, texts = {}, {}
    for one in documents:
        data = one.text.encode()
        id_ = f"dna-{one.id}"
        new = Source(
            id=id_ if id_ not in dossier.sources else f"{id_}-{sha256(data)[:8]}",
            title=_line(one.title)[:500] or NOT_STATED,
            author=_line(one.author)[:300],
            outlet=_line(one.source or one.section)[:300] or NOT_STATED,
            published=one.published,
            known=one.published,
            sha256=sha256(data),
            file=f"{id_}-{sha256(data)[:8]}.txt",
        )
        found[one.id] = by_hash.get(new.sha256, new)
        texts[found[one.id].id] = read_stored(f"{id_}.txt", data)
    return found, texts


def _line(words: str) -> str:
    """Return words from a project as one line of a table, that no spreadsheet takes for a formula."""
    return harmless(" ".join(cleaned(words).split()))


def _concepts(dossier: Dossier, names: list[str]) -> tuple[dict[str, str], list[Concept]]:
    by_text = {one.text.casefold(): one.id for one in dossier.concepts}
    taken = {one.id for one in dossier.concepts}
    ids: dict[str, str] = {}
    new: list[Concept] = []
    for name in dict.fromkeys(names):
        if name.casefold() in by_text:
            ids[name] = by_text[name.casefold()]
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "no-name"
        id_ = next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, 10_000))) if one not in taken)
        taken.add(id_)
        ids[name] = id_
        new.append(Concept(id=id_, text=_line(name)[:500] or "no name"))
    return ids, new


def _statement(
    one: DnaStatement,
    source: Source,
    document: Document,
    actors: Mapping[str, str],
    concepts: Mapping[str, str],
    kind: str,
) -> tuple[Statement, bool]:
    """Return a statement, and whether its quote is the whole span: it ends with the paragraph in which it begins."""
    start, end = one.start, one.end
    while start < end and document.text[start].isspace():
        start += 1
    passage = document.passage_at(start)
    stop = min(end, passage.end) if passage else end
    quote = document.text[start:stop].strip()
    statement = Statement(
        id=f"{source.id}-{one.id}",
        source=source.id,
        passage=passage.place if passage else "p1",
        quote=quote if len(quote) <= _LONGEST_QUOTE else "",
        actor=actors[one.organization],
        person=cleaned(one.person)[:200],
        concept=concepts[one.concept],
        stance=1 if one.agreement else -1,
        kind=kind,
        venue="public",
        said_on=source.published or source.known,
        coder=cleaned(one.coder)[:100],
        status="candidate",
    )
    statement = dataclasses.replace(statement, said_on=min(statement.said_on, source.known))
    return statement, not document.text[stop:end].strip()
