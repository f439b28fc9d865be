"""Statements from Discourse Network Analyzer and from a colleague's dossier into a dossier, and out to rDNA's users."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from foedus.base.characters import cleaned, harmless
from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.base.locks import one_writer
from foedus.base.tables import columns_of, render_cell
from foedus.coding.coders import same_sources
from foedus.coding.deciding import NOBODY, Who
from foedus.coding.offered import offer_to, span_in, take_over
from foedus.coding.offers import COLUMNS, NOTHING_MEANT, Conflict, Imported, Meant, Offer
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.places import DOCUMENTS
from foedus.dossiers.texts import text_file
from foedus.evidence import NOT_STATED, Source, Statement
from foedus.evidence.agreement import LEVELS, units_of
from foedus.evidence.dna import DnaDocument, DnaStatement, event_list, read_dna
from foedus.evidence.documents import Document
from foedus.evidence.readers import read_stored


@one_writer
def import_dna(
    folder: Path,
    path: Path,
    who: Who = NOBODY,
    *,
    mapping: Mapping[str, str] | None = None,
    meant: Meant = NOTHING_MEANT,
    name: str = "",
) -> Imported:
    """Import the statements of a project of Discourse Network Analyzer as candidates, or correct those of before.

    Documents are stored in ``documents/`` and listed in ``sources.csv``, concepts are added to ``concepts.csv`` without
    an issue. A document or a statement that makes no sense is told and left out.

    Parameters
    ----------
    folder
        The dossier's.
    path
        The ``.dna`` file.
    who
        For the journal.
    mapping
        As of `foedus.evidence.dna.read_dna`.
    meant
        What its names mean, and its numbers where agreement is one.
    name
        Under which the project is known when it comes again; by default that of the file without its ending.

    Raises
    ------
    InputError
        When the project cannot be read, or no statement has a name that ``meant`` has; nothing is written then.
    """
    project = read_dna(path, mapping)
    offer = offer_to(folder, path, name)
    offer.placed, offer.others = True, project.others
    offer.problems.extend(project.problems)
    used = {statement.document for statement in project.statements}
    documents = {document.id: document for document in project.documents if document.id in used}
    sources = {
        document.id: add_source(offer, str(document.id), document.text, _described(document))
        for document in documents.values()
    }
    wide = not project.yes_or_no and any(statement.agreement not in {-1, 0, 1} for statement in project.statements)
    for statement in project.statements:
        source, where = sources[statement.document], f"statement {statement.id}"
        stance = str(statement.agreement) if not project.yes_or_no else "1" if statement.agreement else "-1"
        if wide and meant.side(stance) is None:
            numbers = sorted({other.agreement for other in project.statements})
            expected = f'what agreement means on a scale of {", ".join(map(str, numbers))}: --stance "{stance}=for"'
            offer.problems.add(expected, where=where, field="agreement", value=stance)
            continue
        try:
            place, quote, whole = span_in(
                offer_text(offer, source), documents[statement.document].text, statement.start, statement.end
            )
        except FoedusError as error:
            offer.problems.add(str(error), where=where)
            continue
        offer.rows.append((where, _cells(statement, source, stance, place, quote, whole=whole)))
    return take_over(offer, who, meant if not project.yes_or_no else dataclasses.replace(meant, stances={}))


def _described(dna_document: DnaDocument) -> dict[str, object]:
    return {
        "title": _line(dna_document.title)[:500] or NOT_STATED,
        "author": _line(dna_document.author)[:300],
        "outlet": _line(dna_document.source or dna_document.section)[:300] or NOT_STATED,
        "published": dna_document.published,
        "known": dna_document.published,
    }


def _cells(
    dna_statement: DnaStatement, source: Source, stance: str, place: str, quote: str, *, whole: bool
) -> dict[str, str]:
    said = source.published or source.known
    return {
        "id": f"{dna_statement.document}-{dna_statement.id}",
        "source": source.id,
        "passage": place,
        "quote": quote,
        "actor": dna_statement.organization,
        "person": dna_statement.person[:200],
        "concept": dna_statement.concept or "no name",
        "stance": stance,
        "said_on": min(said, source.known).isoformat(),
        "coder": dna_statement.coder[:100],
        "cut": "" if whole else "yes",
    }


def add_source(offer: Offer, key: str, text: str, described: Mapping[str, object]) -> Source:
    """Return the dossier's source with this text, or offer it as a new one.

    Parameters
    ----------
    offer
        Takes the source and its document.
    key
        What the file calls it.
    text
        Of the document.
    described
        Further fields of `foedus.evidence.Source`.
    """
    data = text.encode("utf-8", "surrogatepass")
    digest = sha256(data)
    known = next((source for source in offer.dossier.sources.values() if source.sha256 == digest), None)
    if known is not None and known.file:
        offer.texts[known.id] = read_stored(f"{known.id}.txt", data)
        return known
    id_ = f"{offer.name}-{key}"
    if id_ in {*offer.dossier.sources, *offer.sources}:
        id_ = f"{id_}-{digest[:8]}"
    file = f"{id_}.txt"
    new = Source(id=id_, sha256=digest, file=file, **described)  # type: ignore[arg-type]
    offer.sources[id_], offer.files[file] = new, data
    offer.texts[id_] = read_stored(file, data)
    return new


def offer_text(offer: Offer, source: Source) -> Document:
    """Return the text of a source that `add_source` has added or found."""
    document = offer.texts[source.id]
    if document is None:
        raise FoedusError(f"'{source.title}' has no text")
    return document


def _line(words: str) -> str:
    """Return words from a project as one line of a table, that no spreadsheet takes for a formula."""
    return harmless(" ".join(cleaned(words).split()))


@one_writer
def import_dossier(folder: Path, other: Dossier, who: Who = NOBODY, *, name: str = "") -> Imported:
    """Merge the statements that a colleague coded in another dossier, with what both coded side by side.

    Sources are the same where their bytes are, or else where their ids are. A statement that this dossier codes alike
    is added as rejected, so that agreement can be told later, or passed over where the same coder coded both; one that
    differs is a candidate beside the other.

    Parameters
    ----------
    folder
        The dossier into which they are merged.
    other
        The colleague's, as far as its markings let it be read.
    who
        For the journal.
    name
        Under which the other is known when it comes again; by default that of its folder.

    Raises
    ------
    InputError
        When nothing can be taken over; nothing is written then.
    """
    if other.folder.resolve() == folder.resolve():
        raise FoedusError(f"{folder} is merged with itself; name another dossier")
    offer = offer_to(folder, other.folder.resolve(), name)
    offer.placed = True
    same = same_sources(offer.dossier, other)
    theirs = []
    for statement in other.statements:
        if statement.source not in same:
            same[statement.source] = _foreign_source(offer, other, other.sources[statement.source])
        theirs.append(
            dataclasses.replace(statement, source=same[statement.source], coder=statement.coder or offer.name)
        )
    ours = [statement for statement in offer.dossier.statements if statement.rule != offer.mark]
    units = units_of({"ours": ours, "theirs": theirs})
    pairs = {unit["theirs"].id: unit["ours"] for unit in units if len(unit) == 2}
    claims = {concept.id: concept.text for concept in other.concepts}
    columns = [column for column in columns_of(Statement) if column.name in COLUMNS]
    conflicts, same_coding = [], []
    for statement in theirs:
        cells = {column.name: render_cell(statement, column) for column in columns}
        known = any(own.id == statement.concept for own in offer.dossier.concepts)
        cells |= {"concept": statement.concept if known else claims[statement.concept], "id": statement.id}
        cells["known_on"] = (other.known_on(statement)).isoformat()
        pair = pairs.get(statement.id)
        if pair is not None:
            differs = tuple(
                (column, str(getattr(pair, column)), str(getattr(statement, column)))
                for column in LEVELS
                if getattr(pair, column) != getattr(statement, column)
            )
            if differs:
                cells["coder"] = statement.coder if statement.coder != pair.coder else offer.name
                told = ", ".join(f"{column} {ours} there, {theirs} here" for column, ours, theirs in differs)
                cells["note"] = f"differs from {pair.id}: {told}"[:1000]
                conflicts.append(
                    Conflict(pair.id, f"{offer.name}-{statement.id}", statement.source, statement.passage, differs)
                )
            elif statement.coder == pair.coder:
                same_coding.append(pair.id)
                continue
            else:
                cells |= {"note": f"coded alike: {pair.id}", "status": "rejected"}
        offer.rows.append((f"statement {statement.id}", cells))
    done = take_over(offer, who, NOTHING_MEANT)
    return dataclasses.replace(done, conflicts=tuple(conflicts), present=(*done.present, *same_coding))


def _foreign_source(offer: Offer, other: Dossier, source: Source) -> str:
    """Offer a source that this dossier does not have, with its document; return its id here."""
    id_ = source.id if source.id not in offer.dossier.sources else f"{offer.name}-{source.id}"
    file = ""
    if source.file and (other.folder / DOCUMENTS / source.file).is_file():
        file = f"{id_}{Path(source.file).suffix}"
        for theirs, here in ((source.file, file), (text_file(source.file), text_file(file))):
            place = other.folder / DOCUMENTS / theirs
            if place.is_file():
                offer.files[here] = place.read_bytes()
    offer.sources[id_] = dataclasses.replace(source, id=id_, file=file, coded="")
    return id_


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
    concepts = {concept.id: concept.text for concept in dossier.concepts}
    chosen = [statement for statement in dossier.statements if statement.status == status]
    rows = []
    for statement in chosen:
        if statement.stance == 0:
            continue
        source = dossier.sources[statement.source]
        columns = {
            "statement ID": statement.id,
            "time": f"{statement.said_on:%Y-%m-%d} 00:00:00",
            "document ID": source.id,
            "document title": source.title,
            "author": source.author,
            "source": source.outlet,
            "type": statement.kind,
            "text": statement.quote or statement.paraphrase,
        }
        variables = {
            "person": statement.person,
            "organization": dossier.world.name(statement.actor),
            "concept": concepts[statement.concept],
            "agreement": "1" if statement.stance > 0 else "0",
        }
        rows.append((columns, variables))
    return event_list(rows), len(chosen) - len(rows)
