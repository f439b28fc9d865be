"""Statements that another program or person coded, taken into a dossier: what every importer shares.

An importer reads its file into an `Offer`: rows of cells, and the sources and texts that they stand in. `take_over`
turns sound rows into candidates, tells what is wrong with the others, and a later time takes over corrections.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from foedus.base.characters import cleaned, harmless
from foedus.base.days import FIRST_YEAR, LAST_YEAR, Day, day_or_month, parse_day, spreadsheet_day
from foedus.base.errors import FoedusError, InputError, Problems
from foedus.base.files import write_atomically
from foedus.base.hashes import sha256
from foedus.base.tables import read_record
from foedus.coding.deciding import Who, add, sound
from foedus.coding.entering import SIGNALLED, STANCES, Told, claim_named, evidence_told
from foedus.coding.journal import read_journal, recover
from foedus.coding.offers import Imported, Meant, Offer
from foedus.coding.rows import sheet_at, update_table, with_records
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.places import DOCUMENTS
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.dossiers.texts import stored_document, text_file
from foedus.evidence import NOT_STATED, Source, Statement
from foedus.evidence.documents import Document
from foedus.evidence.guard import find_evidence
from foedus.evidence.readers.dates import numeric_day
from foedus.world import records as world_records

ACTION = "import"
"""How the journal calls an import."""

LONGEST_QUOTE = 32_000
"""Characters of a quote; of a longer one the first, up to a space."""

_LONGEST_ID = 63
"""Characters of an id, less the hyphen after the name of the file."""

_DAYS = ("said_on", "until", "known_on")
_FREE = ("paraphrase", "person", "office", "condition", "reporter", "coder", "note")
_NUMBERS = {"1": 1, "+1": 1, "0": 0, "-1": -1, "\N{MINUS SIGN}1": -1}


def offer_to(folder: Path, path: Path, name: str = "") -> Offer:
    """Return an empty offer to a dossier, known by a name, or by the file's."""
    recover(folder)
    return Offer(read_dossier(folder), name or slug(path.stem or path.resolve().name, longest=24), Problems(path.name))


def take_over(offer: Offer, who: Who, meant: Meant) -> Imported:
    """Add what is offered as candidates, or correct those that came from the same file before.

    A row that makes no sense is told and left out, and the others go on. A statement that came from the same file
    before gets the values that the file has now; cells that were changed by hand since, and its status, stay.

    Raises
    ------
    InputError
        When a name was given that no row has, or the tables cannot be written; nothing is changed then.
    """
    folder = offer.dossier.folder
    _check_names(offer, meant)
    before = {id_: _bytes(folder / id_) for id_ in _touched(offer)}
    try:
        return _taken(folder, offer, who, meant)
    except BaseException:
        for file, data in before.items():
            if data is not None:
                write_atomically(folder / file, data)
            else:
                (folder / file).unlink(missing_ok=True)
        raise


def _touched(offer: Offer) -> list[str]:
    tables = ["sources.csv", "concepts.csv", "world/actors.csv", "world/sources.csv"]
    return [*tables, *(f"{DOCUMENTS}/{file}" for file in offer.files)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _taken(folder: Path, offer: Offer, who: Who, meant: Meant) -> Imported:
    actors = _add_actors(folder, offer, meant) if meant.new_actors else ()
    dossier = offer.dossier
    fresh, cut = _statements(offer, meant)
    grown = replace(
        dossier,
        sources={**dossier.sources, **offer.sources},
        concepts=(*dossier.concepts, *offer.concepts.values()),
    )
    news = _sound(folder, grown, fresh, offer.problems)
    corrected, kept = _corrected(folder, dossier, news, {name for _, cells in offer.rows for name in cells})
    sources = [source for source in offer.sources.values() if any(source.id == row.source for row in news)]
    concepts = [concept for concept in offer.concepts.values() if any(concept.id == row.concept for row in news)]
    for source in sources:
        for file in (source.file, text_file(source.file)):
            if file in offer.files:
                write_atomically(folder / DOCUMENTS / file, offer.files[file])
    if sources:
        update_table(folder / "sources.csv", Source, dossier.sources, [*dossier.sources.values(), *sources])
    if concepts:
        known = {concept.id: concept for concept in dossier.concepts}
        update_table(folder / "concepts.csv", Concept, known, [*known.values(), *concepts])
    entry = add(folder, news, ACTION, who, corrected=corrected)
    old = {statement.id: statement for statement in dossier.statements}
    changed = {change.id for change in entry.changes} if entry else set()
    back = {change.id for change in entry.changes if change.id in old and "status" in change.after} if entry else set()
    ids = [statement.id for statement in news]
    added = tuple(id_ for id_ in ids if id_ in changed and (id_ not in old or id_ in back))
    return Imported(
        entry,
        added,
        tuple(concept.id for concept in concepts),
        tuple(source.id for source in sources),
        offer.unknown,
        tuple(id_ for id_ in cut if id_ in ids),
        offer.others,
        tuple(id_ for id_ in ids if id_ in old and id_ not in changed),
        tuple(id_ for id_ in ids if id_ in changed and id_ in old and id_ not in back),
        kept,
        tuple(str(problem) for problem in offer.problems.found),
        tuple(
            statement.id for statement in dossier.statements if statement.rule == offer.mark and statement.id not in ids
        ),
        actors,
        tuple(statement.id for statement in news if statement.id in added and statement.status == "rejected"),
    )


def _check_names(offer: Offer, meant: Meant) -> None:
    there = sorted({cells["actor"] for _, cells in offer.rows if cells.get("actor")})
    problems = Problems(offer.problems.file)
    for name in meant.actors:
        if name not in there:
            near = difflib.get_close_matches(name, there, n=3, cutoff=0.5) or there[:8]
            problems.add(f"an actor of its statements, such as {', '.join(near)}", field="--actor", value=name)
    problems.raise_if_any()


def _add_actors(folder: Path, offer: Offer, meant: Meant) -> tuple[str, ...]:
    """Add actors that the world does not know to the dossier's own, and read the dossier again."""
    names = [meant.actors.get(cells["actor"], cells["actor"]) for _, cells in offer.rows if cells.get("actor")]
    unknown = [name for name in dict.fromkeys(names) if not _known(offer.dossier, name)]
    if not unknown:
        return ()
    source, actors, ids = f"import-{offer.name}", [], set(offer.dossier.world.actors)
    for name in unknown:
        id_ = slug(name, ids)
        ids.add(id_)
        note = f"named in {offer.problems.file}"
        actors.append(
            world_records.Actor(
                id=id_, kind="organisation", name=harmless(name)[:200], source=source, verified=False, note=note
            )
        )
    title = f"Statements imported from {offer.problems.file}"
    home = folder / "world"
    home.mkdir(exist_ok=True)
    there = _bytes(home / "sources.csv") or b""
    if f"\n{source},".encode() not in there.replace(b";", b","):
        row = world_records.Source(id=source, title=title, publisher="the dossier's author")
        _append(home / "sources.csv", world_records.Source, [row])
    _append(home / "actors.csv", world_records.Actor, actors)
    offer.dossier = read_dossier(folder)
    return tuple(actor.id for actor in actors)


def _append(path: Path, record: type, rows: Sequence[object]) -> None:
    write_atomically(path, with_records(sheet_at(path, record), record, rows))


def _known(dossier: Dossier, name: str) -> bool:
    try:
        dossier.world.find(name)
    except FoedusError:
        return False
    return True


def _statements(offer: Offer, meant: Meant) -> tuple[list[tuple[str, Statement]], list[str]]:
    """Return where sound rows stand, as statements, and the ids of those whose quote was cut."""
    days = {column: " ".join(cells.get(column, "") for _, cells in offer.rows) for column in _DAYS}
    read = [(where, {name: cleaned(cell).strip() for name, cell in cells.items()}) for where, cells in offer.rows]
    dated = [(where, cells, _day(where, cells, days, offer.problems)) for where, cells in read]
    _name_sources([(cells, day) for _, cells, day in dated if day], offer)
    placed: list[tuple[str, Statement]] = []
    rows_of: dict[str, str] = {}
    cut = []
    for where, cells, day in dated:
        statement = _statement(where, cells, offer, meant) if day else None
        if statement is None:
            continue
        if statement.id in rows_of and cells.get("id"):
            offer.problems.add(
                f"an id of its own: {rows_of[statement.id]} has it", where=where, field="id", value=cells["id"]
            )
            continue
        alike = sum(other == statement.id or other.startswith(f"{statement.id}.") for other in rows_of)
        statement = replace(statement, id=f"{statement.id}.{alike + 1}") if alike else statement
        rows_of[statement.id] = where
        placed.append((where, statement))
        if cells.get("cut"):
            cut.append(statement.id)
    return placed, cut


def _day(where: str, cells: dict[str, str], days: Mapping[str, str], problems: Problems) -> Day | None:
    """Write a row's days as 2023-07-11 and return the one on which it was said; None where one of them is no day."""
    wrong = False
    for column in (column for column in _DAYS if cells.get(column)):
        words = re.sub(r"(?<=\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?$", "", cells[column])
        try:
            cells[column] = (day_or_month if column == "said_on" else parse_day)(words).isoformat()
        except ValueError:
            numeric = numeric_day(words, days[column])
            if numeric is None or numeric.sure is None or numeric.words != words:
                problems.add(_day_expected(words), where=where, field=column, value=cells[column])
                wrong = True
                continue
            cells[column] = numeric.sure.isoformat()
        if not FIRST_YEAR <= int(cells[column][:4]) <= LAST_YEAR:
            expected = f"a year from {FIRST_YEAR} to {LAST_YEAR}: put it right in the table and import it again"
            problems.add(expected, where=where, field=column, value=words)
            wrong = True
    if not cells["said_on"]:
        problems.add("a day such as 2023-07-11, found none", where=where, field="said_on")
    return None if wrong or not cells["said_on"] else day_or_month(cells["said_on"])


def _day_expected(words: str) -> str:
    """Return what was expected in place of words that are no day, and how to mend a number that counts days."""
    day = spreadsheet_day(words)
    if day is None:
        return "a day such as 2023-07-11"
    return (
        f"a day such as 2023-07-11; the number is how a spreadsheet counts days and may mean {day}: give the column "
        "the format yyyy-mm-dd there, save the table again and import it again"
    )


def _name_sources(rows: Sequence[tuple[dict[str, str], Day]], offer: Offer) -> None:
    """Put ids of sources into the rows; one that the dossier does not have is new, known from its earliest row on."""
    by_name: dict[str, str] = {}
    for source in offer.dossier.sources.values():
        by_name.setdefault(source.title.casefold(), source.id)
    by_name |= {source.casefold(): source for source in (*offer.dossier.sources, *offer.sources)}
    for cells, said in rows:
        title = " ".join(cells.get("source", "").split()) or offer.name
        known = parse_day(cells["known_on"]) if cells.get("known_on") else said
        id_ = by_name.get(title.casefold())
        if id_ is None:
            id_ = by_name[title.casefold()] = slug(title, [*offer.dossier.sources, *offer.sources], longest=24)
            offer.sources[id_] = Source(
                id=id_,
                title=harmless(title)[:500],
                outlet=harmless(" ".join(cells.get("outlet", "").split()))[:300] or NOT_STATED,
                known=known,
                note=f"named in the table {offer.name}",
            )
        elif id_ in offer.sources and not offer.placed and known < offer.sources[id_].known:
            offer.sources[id_] = replace(offer.sources[id_], known=known)
        cells["source"] = id_


def _statement(where: str, cells: Mapping[str, str], offer: Offer, meant: Meant) -> Statement | None:
    try:
        actor = offer.dossier.world.find(meant.actors.get(cells["actor"], cells["actor"]))
    except FoedusError:
        if cells["actor"] in meant.actors:
            raise
        offer.unknown[cells["actor"] or "no name"] = offer.unknown.get(cells["actor"] or "no name", 0) + 1
        return None
    stance, signal = _stance(cells["stance"], meant)
    if stance is None:
        word = cells["stance"] or "WORD"
        expected = f'one of 1, 0, -1, {", ".join(STANCES)}; say what it means with --stance "{word}=for"'
        offer.problems.add(expected, where=where, field="stance", value=cells["stance"])
        return None
    if not cells["concept"]:
        offer.problems.add("a claim, found none", where=where, field="concept")
        return None
    concept, sign = _claim(cells["concept"], offer)
    source = offer.sources.get(cells["source"]) or offer.dossier.sources[cells["source"]]
    try:
        place, quote = _evidence(cells, source, offer)
    except FoedusError as error:
        offer.problems.add(str(error), where=where)
        return None
    said = day_or_month(cells["said_on"])
    known = parse_day(cells["known_on"]) if cells.get("known_on") else max(said, source.known)
    passed = {cell: cells[cell] for cell in cells if cell not in {"id", "outlet", "cut"}}
    filled = {
        **{name: harmless(cell) if name in _FREE else cell for name, cell in passed.items()},
        "id": f"{offer.name}-{_own_id(cells, actor, concept, _LONGEST_ID - len(offer.name))}",
        "source": source.id,
        "passage": place,
        "quote": quote,
        "actor": actor,
        "concept": concept,
        "stance": str(sign * stance),
        "kind": cells.get("kind") or meant.kind,
        "venue": cells.get("venue") or "public",
        "known_on": "" if known == source.known else known.isoformat(),
        "marking": cells.get("marking") or source.marking,
        "signal": cells.get("signal") or signal,
        "rule": offer.mark,
        "status": cells.get("status") or "candidate",
    }
    wrong = Problems(offer.problems.file)
    row = read_record(0, filled, Statement, wrong, decimal_comma=True)
    for problem in wrong.found:
        offer.problems.add(problem.expected, where=where, field=problem.field, value=problem.value)
    return None if row is None else row.record


def _stance(words: str, meant: Meant) -> tuple[int | None, str]:
    """Return a stance and what it signals; None where the words are none."""
    side = meant.side(words) or words.casefold()
    if side in STANCES:
        return STANCES[side], SIGNALLED.get(side, "")
    return _NUMBERS.get(re.sub(r"[.,]0+$", "", side)), ""


def _claim(words: str, offer: Offer) -> tuple[str, int]:
    """Return the id of the claim that some words name, a new one if need be, and -1 where they name its opposite."""
    wanted = " ".join(words.split())
    if wanted.casefold() not in offer.claims:
        try:
            added, id_, sign = claim_named(offer.dossier, wanted)
        except FoedusError:
            taken = {*(concept.id for concept in offer.dossier.concepts), *offer.concepts}
            id_, sign = slug(wanted, taken), 1
            added = [Concept(id=id_, text=harmless(wanted)[:500])]
        offer.concepts |= {concept.id: concept for concept in added}
        offer.claims[wanted.casefold()] = (id_, sign)
    return offer.claims[wanted.casefold()]


def _evidence(cells: Mapping[str, str], source: Source, offer: Offer) -> tuple[str, str]:
    """Return where a row's words stand, and the source's own wording of them."""
    quote, passage = cells.get("quote", ""), cells.get("passage", "")
    if offer.placed:
        return passage, quote
    if source.id not in offer.texts:
        offer.texts[source.id] = None if source.id in offer.sources else stored_document(offer.dossier.folder, source)
    document = offer.texts[source.id]
    if document is not None and not quote and not passage:
        raise FoedusError(f"the dossier has the text of '{source.title}': expected a quote from it, or a passage")
    told = Told("", "", "", "", None, source.id, quote=quote, passage=passage)
    place, wording, _ = evidence_told(document, source.title, told)
    return place, wording


def span_in(document: Document, text: str, start: int, end: int) -> tuple[str, str, bool]:
    """Return the passage in which a coded span begins, its words on one line, and whether they are the whole span.

    Parameters
    ----------
    document
        As the dossier stores it.
    text
        The other program's text of it, to which the offsets refer; line ends and a byte-order mark may differ.
    start, end
        Offsets in characters; the end is not part of the span.

    Raises
    ------
    FoedusError
        When the span is not in the text, or blank.
    """
    if not 0 <= start < end <= len(text):
        raise FoedusError(f"a span within its document of {len(text)} characters, found {start} to {end}")
    words = " ".join(cleaned(text[start:end]).split())
    quote = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0]
    lead = text[:start].lstrip("\ufeff").replace("\r\n", "\n")
    evidence = find_evidence(quote, document.text, near=(max(0, len(lead) - 1), len(document.text)))
    place = document.passage_at(evidence.start) if evidence.passes else None
    if place is None:
        raise FoedusError(f"a span with words that stand in its document, found {words[:80]!r}")
    return place.place, quote, quote == words


def _own_id(cells: Mapping[str, str], actor: str, concept: str, longest: int) -> str:
    """Return what tells a row from the others of its file: its id, or a hash of what a correction seldom touches."""
    given = cells.get("id", "")
    if len(given) <= longest and re.fullmatch(r"[A-Za-z0-9_.-]+", given):
        return given
    words = cells.get("quote") or cells.get("paraphrase") or ""
    return sha256((given or "\n".join((cells["source"], actor, concept, cells["said_on"], words))).encode())[:12]


def _sound(
    folder: Path, dossier: Dossier, rows: Sequence[tuple[str, Statement]], problems: Problems
) -> list[Statement]:
    """Return the rows with which the dossier's tables would be sound; of the others the problems tell."""
    try:
        sound(folder, dossier, [statement for _, statement in rows])
    except InputError:
        kept = []
        for where, statement in rows:
            try:
                sound(folder, dossier, [statement])
                kept.append(statement)
            except InputError as error:
                for problem in error.problems:
                    problems.add(problem.expected, where=where, field=problem.field, value=problem.value)
        return kept
    return [statement for _, statement in rows]


def _corrected(
    folder: Path, dossier: Dossier, fresh: Iterable[Statement], columns: set[str]
) -> tuple[list[Statement], tuple[str, ...]]:
    """Return known statements with the file's values, and the ids of those of which a cell stays as a hand left it."""
    journal = read_journal(folder)
    by_hand = {
        (change.id, name)
        for entry in journal.entries
        if entry.action != ACTION and entry.undoes is None and entry.number not in journal.undone
        for change in entry.changes
        for name in change.after
    }
    known = {statement.id: statement for statement in dossier.statements}
    theirs = [field.name for field in dataclasses.fields(Statement) if field.name in columns - {"id", "status"}]
    theirs += [column for column in ("source", "passage", "known_on", "signal") if column not in theirs]
    corrected, kept = [], []
    for statement in fresh:
        old = known.get(statement.id)
        if old is None:
            continue
        differ = [name for name in theirs if getattr(statement, name) != getattr(old, name)]
        if any((statement.id, name) in by_hand for name in differ):
            kept.append(statement.id)
        values = {name: getattr(statement, name) for name in differ if (statement.id, name) not in by_hand}
        if values:
            corrected.append(replace(old, **values))
    return corrected, tuple(kept)
