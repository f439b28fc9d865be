"""Statements from somebody's own table, CSV or .xlsx, whose columns are named by a mapping."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from foedus.base.characters import cleaned, harmless
from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError, InputError, Problems, refuse
from foedus.base.files import TEXT_LIMIT, as_text, read_bytes, write_atomically
from foedus.base.hashes import sha256
from foedus.base.locks import one_writer
from foedus.base.tables import lines_of, read_record
from foedus.coding.deciding import NOBODY, Who, add, sound
from foedus.coding.entering import SIGNALLED, STANCES, Told, claim_named, evidence_told
from foedus.coding.exchange import Imported
from foedus.coding.journal import read_journal, recover
from foedus.coding.rows import update_table
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.dossiers.texts import stored_document
from foedus.evidence import KINDS, NOT_STATED, Source, Statement
from foedus.evidence.documents import Document
from foedus.evidence.readers.apart import cells_apart
from foedus.evidence.readers.dates import numeric_day

NEEDED = ("actor", "concept", "stance", "said_on")
"""Columns without which a table holds no statements."""

COLUMNS = (
    *NEEDED, "id", "source", "outlet", "passage", "quote", "paraphrase", "person", "office", "condition", "kind",
    "venue", "until", "known_on", "reporter", "coder", "certainty", "marking", "note", "signal",
)  # fmt: skip
"""What a column of a table may be: those of ``statements.csv``, and the outlet of a new source."""

_DAYS = ("said_on", "until", "known_on")
_FREE = ("paraphrase", "person", "office", "condition", "reporter", "coder", "note")
_DELIMITERS = (";", "\t", ",")
_NUMBERS = {"1": 1, "+1": 1, "0": 0, "-1": -1, "\N{MINUS SIGN}1": -1}
ACTION = "import"


@dataclass(slots=True)
class _Additions:
    """What an import adds beside statements, and what it cannot take."""

    dossier: Dossier
    name: str
    problems: Problems
    sources: dict[str, Source] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    claims: dict[str, tuple[str, int]] = field(default_factory=dict)
    texts: dict[str, Document | None] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)


@one_writer
def import_table(
    folder: Path,
    path: Path,
    who: Who = NOBODY,
    *,
    columns: Mapping[str, str] | None = None,
    actors: Mapping[str, str] | None = None,
    stances: Mapping[str, str] | None = None,
    kind: str = "indirect",
    name: str = "",
) -> Imported:
    """Import the statements of a table as candidates, or correct those that came from it before.

    A row that makes no sense is told and left out, and the others go on. A statement that came from the same table
    before gets the values that the table has now; cells that were changed by hand since, and its status, stay.

    Parameters
    ----------
    folder
        The dossier's.
    path
        A CSV file with commas, semicolons or tabs, or an .xlsx workbook with one sheet; headings in the first row.
    who
        For the journal.
    columns
        Headings of the table by column of `COLUMNS`; a heading that is such a name needs none.
    actors
        Ids by the names of the table, for names that the world does not know.
    stances
        One of `foedus.coding.entering.STANCES` by a word of the table.
    kind
        How directly the statements come from their actors, where the table does not say.
    name
        Under which the table is known when it comes again; by default that of the file without its ending.

    Raises
    ------
    InputError
        When the file cannot be read as a table, or lacks a column; nothing is written then.
    FoedusError
        When a kind or a stance is none.
    """
    if kind not in KINDS:
        raise FoedusError(f"kind {kind!r}: expected one of {', '.join(KINDS)}")
    meant = {word.casefold(): _stance_named(word, value) for word, value in (stances or {}).items()}
    recover(folder)
    dossier = read_dossier(folder)
    headings, rows = _rows(path)
    places = _places(headings, columns or {}, path.name)
    there = {cells[places["actor"]].strip() for _, cells in rows}
    strangers = [one for one in actors or {} if one not in there]
    if strangers:
        raise refuse(path.name, f"no row has the actor {strangers[0]!r}", where="--actor")
    new = _Additions(dossier, name or slug(path.stem, longest=24), Problems(path.name))
    fresh = _statements(rows, places, new, actors or {}, meant, kind)
    grown = replace(
        dossier,
        sources={**dossier.sources, **new.sources},
        concepts=(*dossier.concepts, *new.concepts.values()),
    )
    fresh = _sound(folder, grown, fresh, new.problems)
    corrected, kept = _corrected(folder, dossier, fresh.values(), places)
    used = {one.source for one in fresh.values()}, {one.concept for one in fresh.values()}
    sources = [one for one in new.sources.values() if one.id in used[0]]
    concepts = [one for one in new.concepts.values() if one.id in used[1]]
    before = {one: (folder / one).read_bytes() for one in ("sources.csv", "concepts.csv") if (folder / one).exists()}
    try:
        if sources:
            update_table(folder / "sources.csv", Source, dossier.sources, [*dossier.sources.values(), *sources])
        if concepts:
            known = {one.id: one for one in dossier.concepts}
            update_table(folder / "concepts.csv", Concept, known, [*known.values(), *concepts])
        entry = add(folder, list(fresh.values()), ACTION, who, corrected=corrected)
    except FoedusError:
        for file, data in before.items():
            write_atomically(folder / file, data)
        raise
    old = {one.id for one in dossier.statements}
    changed = {change.id for change in entry.changes} if entry else set()
    ids = [one.id for one in fresh.values()]
    back = {one.id for one in dossier.statements if one.status == "rejected"} - {one.id for one in corrected}
    return Imported(
        entry,
        tuple(one for one in ids if one in changed and (one not in old or one in back)),
        tuple(one.id for one in concepts),
        tuple(one.id for one in sources),
        new.unknown,
        (),
        0,
        tuple(one for one in ids if one in old and one not in changed),
        tuple(one for one in ids if one in changed and one in old and one not in back),
        kept,
        tuple(str(one) for one in new.problems.found),
        tuple(one.id for one in dossier.statements if one.rule == f"table {new.name}" and one.id not in ids),
    )


def _stance_named(word: str, value: str) -> str:
    if value not in STANCES:
        raise FoedusError(f"--stance {word!r}: {value!r}, expected one of {', '.join(STANCES)}")
    return value


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return headings, and the rows with their numbers as a spreadsheet counts them, as long as the headings."""
    data = read_bytes(path, limit=TEXT_LIMIT)
    lines: Iterable[tuple[int, list[str]]]
    if path.suffix.casefold() == ".xlsx":
        try:
            lines = enumerate(cells_apart(data), 1)
        except ValueError as error:
            raise refuse(path.name, str(error)) from None
    else:
        text = as_text(data, path.name)
        first = next((line for line in text.splitlines() if line.strip()), "")
        lines = lines_of(text, max(_DELIMITERS, key=first.count), path.name)
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) < 2:
        raise refuse(path.name, "expected a row of headings and at least one row of statements")
    headings = [cell.strip() for cell in filled[0][1]]
    width = len(headings)
    return headings, [(number, [*cells, *[""] * (width - len(cells))][:width]) for number, cells in filled[1:]]


def _places(headings: Sequence[str], columns: Mapping[str, str], file: str) -> dict[str, int]:
    """Return where each column of ours stands."""
    problems = Problems(file)
    folded = [one.casefold() for one in headings]
    shown = ", ".join(repr(one) for one in headings if one)
    places = {one: folded.index(one) for one in COLUMNS if one in folded and one not in columns}
    for ours, theirs in columns.items():
        if ours not in COLUMNS:
            problems.add(f"one of {', '.join(COLUMNS)}", where="--map", value=ours)
        elif folded.count(theirs.strip().casefold()) != 1:
            problems.add(f"a heading that stands there once: {shown}", where="--map", field=ours, value=theirs)
        else:
            places[ours] = folded.index(theirs.strip().casefold())
    named = {*places, *columns}
    missing = [one for one in NEEDED if one not in named]
    if missing:
        options = " ".join(f"--map {one}=HEADING" for one in missing)
        problems.add(f"no column is {' or '.join(missing)}: name it with {options}; the headings are {shown}")
    problems.raise_if_any()
    return places


def _statements(
    rows: Sequence[tuple[int, list[str]]],
    places: Mapping[str, int],
    new: _Additions,
    actors: Mapping[str, str],
    meant: Mapping[str, str],
    kind: str,
) -> dict[int, Statement]:
    """Return the sound rows as statements, by number; the additions tell what else they need, and of the other rows."""
    days = {one: " ".join(cells[places[one]] for _, cells in rows) for one in _DAYS if one in places}
    read = [(number, {one: cleaned(cells[at]).strip() for one, at in places.items()}) for number, cells in rows]
    dated = [(number, cells, _day(number, cells, days, new.problems)) for number, cells in read]
    _name_sources([(cells, day) for _, cells, day in dated if day], new)
    found: dict[int, Statement] = {}
    rows_of: dict[str, int] = {}
    for number, cells, day in dated:
        one = _statement(number, cells, new, actors, meant, kind) if day else None
        if one is None:
            continue
        if one.id in rows_of and cells.get("id"):
            new.problems.add(
                f"an id of its own: row {rows_of[one.id]} has it", where=f"row {number}", field="id", value=cells["id"]
            )
            continue
        alike = sum(other == one.id or other.startswith(f"{one.id}.") for other in rows_of)
        one = replace(one, id=f"{one.id}.{alike + 1}") if alike else one
        rows_of[one.id], found[number] = number, one
    return found


def _day(number: int, cells: dict[str, str], days: Mapping[str, str], problems: Problems) -> Day | None:
    """Write a row's days as 2023-07-11 and return the one on which it was said; None where one of them is no day."""
    wrong = False
    for column in (one for one in _DAYS if cells.get(one)):
        words = re.sub(r"(?<=\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?$", "", cells[column])
        try:
            cells[column] = parse_day(words).isoformat()
        except ValueError:
            numeric = numeric_day(words, days[column])
            if numeric is None or numeric.sure is None or numeric.words != words:
                problems.add("a day such as 2023-07-11", where=f"row {number}", field=column, value=cells[column])
                wrong = True
            else:
                cells[column] = numeric.sure.isoformat()
    if not cells["said_on"]:
        problems.add("a day such as 2023-07-11, found none", where=f"row {number}", field="said_on")
    return None if wrong or not cells["said_on"] else parse_day(cells["said_on"])


def _name_sources(rows: Sequence[tuple[dict[str, str], Day]], new: _Additions) -> None:
    """Put ids of sources into the rows; one that the dossier does not have is new, known from its earliest row on."""
    by_name: dict[str, str] = {}
    for one in new.dossier.sources.values():
        by_name.setdefault(one.title.casefold(), one.id)
    by_name |= {one.casefold(): one for one in new.dossier.sources}
    for cells, said in rows:
        title = " ".join(cells.get("source", "").split()) or new.name
        known = parse_day(cells["known_on"]) if cells.get("known_on") else said
        id_ = by_name.get(title.casefold())
        if id_ is None:
            id_ = by_name[title.casefold()] = slug(title, [*new.dossier.sources, *new.sources], longest=24)
            new.sources[id_] = Source(
                id=id_,
                title=harmless(title)[:500],
                outlet=harmless(" ".join(cells.get("outlet", "").split()))[:300] or NOT_STATED,
                known=known,
                note=f"named in the table {new.name}",
            )
        elif id_ in new.sources and known < new.sources[id_].known:
            new.sources[id_] = replace(new.sources[id_], known=known)
        cells["source"] = id_


def _statement(
    number: int,
    cells: Mapping[str, str],
    new: _Additions,
    actors: Mapping[str, str],
    meant: Mapping[str, str],
    kind: str,
) -> Statement | None:
    where = f"row {number}"
    try:
        actor = new.dossier.world.find(actors.get(cells["actor"], cells["actor"]))
    except FoedusError:
        if cells["actor"] in actors:
            raise
        new.unknown[cells["actor"] or "no name"] = new.unknown.get(cells["actor"] or "no name", 0) + 1
        return None
    stance, signal = _stance(cells["stance"], meant)
    if stance is None:
        word = cells["stance"] or "WORD"
        expected = f'one of 1, 0, -1, {", ".join(STANCES)}; say what it means with --stance "{word}=for"'
        new.problems.add(expected, where=where, field="stance", value=cells["stance"])
        return None
    if not cells["concept"]:
        new.problems.add("a claim, found none", where=where, field="concept")
        return None
    concept, sign = _claim(cells["concept"], new)
    source = new.sources.get(cells["source"]) or new.dossier.sources[cells["source"]]
    try:
        place, quote = _evidence(cells, source, new)
    except FoedusError as error:
        new.problems.add(str(error), where=where)
        return None
    said = parse_day(cells["said_on"])
    known = parse_day(cells["known_on"]) if cells.get("known_on") else max(said, source.known)
    filled = {
        **{one: harmless(cells[one]) if one in _FREE else cells[one] for one in cells if one not in {"id", "outlet"}},
        "id": f"{new.name}-{_own_id(cells, actor, concept)}",
        "source": source.id,
        "passage": place,
        "quote": quote,
        "actor": actor,
        "concept": concept,
        "stance": str(sign * stance),
        "kind": cells.get("kind") or kind,
        "venue": cells.get("venue") or "public",
        "known_on": "" if known == source.known else known.isoformat(),
        "marking": cells.get("marking") or source.marking,
        "signal": cells.get("signal") or signal,
        "rule": f"table {new.name}",
        "status": "candidate",
    }
    row = read_record(number, filled, Statement, new.problems, decimal_comma=True)
    return None if row is None else row.record


def _stance(words: str, meant: Mapping[str, str]) -> tuple[int | None, str]:
    """Return a stance and what it signals; None where the words are none."""
    side = meant.get(words.casefold(), words.casefold())
    if side in STANCES:
        return STANCES[side], SIGNALLED.get(side, "")
    return _NUMBERS.get(re.sub(r"[.,]0+$", "", side)), ""


def _claim(words: str, new: _Additions) -> tuple[str, int]:
    """Return the id of the claim that some words name, a new one if need be, and -1 where they name its opposite."""
    wanted = " ".join(words.split())
    if wanted.casefold() not in new.claims:
        try:
            added, id_, sign = claim_named(new.dossier, wanted)
        except FoedusError:
            taken = {*(one.id for one in new.dossier.concepts), *new.concepts}
            id_, sign = slug(wanted, taken), 1
            added = [Concept(id=id_, text=harmless(wanted)[:500])]
        new.concepts |= {one.id: one for one in added}
        new.claims[wanted.casefold()] = (id_, sign)
    return new.claims[wanted.casefold()]


def _evidence(cells: Mapping[str, str], source: Source, new: _Additions) -> tuple[str, str]:
    """Return where a row's words stand, and the source's own wording of them."""
    if source.id not in new.texts:
        new.texts[source.id] = None if source.id in new.sources else stored_document(new.dossier.folder, source)
    document = new.texts[source.id]
    quote, passage = cells.get("quote", ""), cells.get("passage", "")
    if document is not None and not quote and not passage:
        raise FoedusError(f"the dossier has the text of '{source.title}': expected a quote from it, or a passage")
    told = Told("", "", "", "", None, source.id, quote=quote, passage=passage)
    place, wording, _ = evidence_told(document, source.title, told)
    return place, wording


def _own_id(cells: Mapping[str, str], actor: str, concept: str) -> str:
    """Return what tells a row from the others of its table: its id, or a hash of what a correction seldom touches."""
    given = cells.get("id", "")
    if re.fullmatch(r"[A-Za-z0-9_.-]{1,36}", given):
        return given
    words = cells.get("quote") or cells.get("paraphrase") or ""
    return sha256((given or "\n".join((cells["source"], actor, concept, cells["said_on"], words))).encode())[:12]


def _sound(folder: Path, dossier: Dossier, found: dict[int, Statement], problems: Problems) -> dict[int, Statement]:
    """Return the rows with which the dossier's tables would be sound; of the others the problems tell."""
    try:
        sound(folder, dossier, list(found.values()))
    except InputError:
        kept = {}
        for row, one in found.items():
            try:
                sound(folder, dossier, [one])
                kept[row] = one
            except InputError as error:
                for problem in error.problems:
                    problems.add(problem.expected, where=f"row {row}", field=problem.field, value=problem.value)
        return kept
    return found


def _corrected(
    folder: Path, dossier: Dossier, fresh: Iterable[Statement], places: Mapping[str, int]
) -> tuple[list[Statement], tuple[str, ...]]:
    """Return known statements with the table's values, and the ids of those of which a cell stays as a hand left it."""
    journal = read_journal(folder)
    by_hand = {
        (change.id, name)
        for entry in journal.entries
        if entry.action != ACTION and entry.undoes is None and entry.number not in journal.undone
        for change in entry.changes
        for name in change.after
    }
    known = {one.id: one for one in dossier.statements}
    theirs = [one.name for one in dataclasses.fields(Statement) if one.name in places]
    theirs += [one for one in ("source", "passage", "known_on", "signal") if one not in theirs]
    corrected, kept = [], []
    for one in fresh:
        old = known.get(one.id)
        if old is None:
            continue
        differ = [name for name in theirs if getattr(one, name) != getattr(old, name)]
        if any((one.id, name) in by_hand for name in differ):
            kept.append(one.id)
        values = {name: getattr(one, name) for name in differ if (one.id, name) not in by_hand}
        if values:
            corrected.append(replace(old, **values))
    return corrected, tuple(kept)
