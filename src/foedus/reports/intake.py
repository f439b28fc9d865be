"""What was read into a dossier, as sections: the documents, who says what, what is to be checked, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from foedus.base.tables import render_table
from foedus.base.wording import counted
from foedus.coding.intake import Intake, Taken
from foedus.coding.missed import words_beside_actors
from foedus.dossiers import Concept, read_dossier
from foedus.dossiers.texts import stored_documents
from foedus.reports.numbers import count
from foedus.reports.sections import CODE, Block, Section, Text, table, text

_MOST = 25
"""Rows and lines that are shown of each kind."""

_CONCEPTS = 7
"""Columns of the table of candidates."""

_SIGNS = {1: "+", 0: "0", -1: "-"}


def intake_sections(found: Intake, *, unbidden: bool) -> list[Section | None]:
    """Return what was read, who says what, what was refused, and what to do next.

    Parameters
    ----------
    found
        What was read.
    unbidden
        Whether nobody asked for candidates to be accepted by their certainty, so that this is proposed.
    """
    return [
        _documents(found),
        *_taken(found),
        _candidates(found),
        _repeated(found),
        *_faults(found),
        *_next(found, unbidden),
    ]


def _documents(found: Intake) -> Section:
    new = sum(document.status == "new" for document in found.documents)
    entry = f" (entry {found.entry.number} of the journal; undo takes all back)" if found.entry else ""
    again = sum(document.status == "same text" or bool(document.original) for document in found.documents)
    merged = f", {again} {'repeats' if again == 1 else 'repeat'} others and count once" if again else ""
    words = (
        f"{counted(len(found.documents), 'document')} read into {found.folder}, {new} new{merged}: "
        f"{counted(len(found.statements), 'candidate statement')}, "
        f"{sum(document.accepted for document in found.documents)} accepted{entry}"
    )
    return Section("read", "", (text(words, tone=CODE),))


def _taken(found: Intake) -> Iterator[Section]:
    """Yield each document with what was found in it."""
    rows = [
        (
            document.source,
            document.title if len(document.title) <= 48 else document.title[:47] + "…",
            str(document.day) if document.dated else f"{document.day} ?",
            document.language,
            count(document.candidates),
            count(document.accepted),
            _what(document),
        )
        for document in found.documents[:_MOST]
    ]
    if rows:
        headings = ("id", "title", "known", "language", "candidates", "accepted", "")
        rest = len(found.documents) - _MOST
        more = (text("... and {} more; --json lists them all", count(rest)),) if rest > 0 else ()
        yield Section("documents", "", (table(headings, rows, numbers=(4, 5)), *more))


def _what(one: Taken) -> str:
    if one.status == "same text":
        return f"the words of {one.source}, read before: nothing added"
    words = {
        "new": f"coded by {one.coder}" if one.coder.startswith("lm:") else "",
        "known": "read before",
        "coded again": "coded again",
    }[one.status]
    if one.original:
        words = f"{words}, repeats {one.original}" if words else f"repeats {one.original}"
        if one.repeated:
            words += f": {one.repeated} statements of it not counted again"
    if one.uncoded:
        words = f"{words}; not coded" if words else "not coded"
    return words


def _candidates(found: Intake) -> Section | None:
    """Return who is for and against what, by how many candidates."""
    counts = Counter((statement.actor, statement.concept, statement.stance) for statement in found.statements)
    if not counts:
        return None
    actors = Counter(statement.actor for statement in found.statements)
    concepts = Counter(statement.concept for statement in found.statements)
    columns = [concept for concept, _ in _by_number(concepts)[:_CONCEPTS]]
    listed = _by_number(actors)
    rows: list[tuple[str, ...]] = [
        (actor, *(_cell(counts, actor, column) for column in columns), str(count(all_)))
        for actor, all_ in listed[:_MOST]
    ]
    blocks: list[Block] = [table(("actor", *columns, "all"), rows)]
    rest = len(concepts) - len(columns)
    if rest > 0 or len(listed) > _MOST:
        blocks.append(text(f"... and {max(rest, 0)} more concepts, {max(len(listed) - _MOST, 0)} more actors"))
    return Section("candidates", "Candidates: for (+), against (-), neither (0)", tuple(blocks))


def _repeated(found: Intake) -> Section | None:
    """Return which candidates agree with others or repeat them."""
    blocks: list[Block] = []
    if found.agreeing:
        blocks.append(
            text(
                f"{found.agreeing} of the {len(found.statements)} candidates agree with a statement by "
                "another coder: same actor, concept and stance"
            )
        )
    if found.repeats:
        blocks.append(
            text(
                f"{len(found.repeats)} of them repeat one, by day or by source, and would count it twice; their notes "
                f"name it: foedus statements {found.folder} --status candidate",
                tone=CODE,
            )
        )
    if left := sum(document.left for document in found.documents):
        blocks.append(text(f"Sure enough and not accepted, because they repeat accepted statements: {left}"))
    return Section("repeated", "", tuple(blocks)) if blocks else None


def _by_number(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _cell(counts: Counter[tuple[str, str, int]], actor: str, concept: str) -> str:
    return " ".join(
        f"{_SIGNS[stance]}{counts[actor, concept, stance]}" for stance in (1, -1, 0) if counts[actor, concept, stance]
    )


def _faults(found: Intake) -> Iterator[Section | None]:
    """Yield what was refused or needs a look."""
    yield _listing("refused", "Refused", map(str, found.refused))
    yield _listing(
        "uncoded",
        "Stored and not coded",
        (f"{document.source}: {document.uncoded}" for document in found.documents if document.uncoded),
    )
    yield _listing(
        "unknown",
        "Named with a stance, but unknown to Foedus (add a row to world/actors.csv and read again)",
        (f"{name} ({number})" for name, number in found.unknown.items()),
    )
    yield _listing(
        "doubts",
        "To be checked: what the reading could not settle",
        (f"{document.source}: {doubt}" for document in found.documents for doubt in document.doubts),
    )
    yield _listing(
        "passed-over",
        "Files of other formats, passed over",
        (f"{suffix}: {number}" for suffix, number in found.passed_over.items()),
    )
    kept = [document for document in found.documents if document.kept_day]
    days = [f"{kept[0].source}: {kept[0].day}"] if len(kept) == 1 else [f"{len(kept)} sources"] if kept else []
    yield _listing("kept", "Read before with a day, which is kept (to change it, edit sources.csv)", days)
    yield _listing(
        "ahead",
        "Dated after the day of reading: is the day right? (sources.csv)",
        (f"{document.source}: {document.day}" for document in found.documents if document.ahead),
    )
    if undated := [document.source for document in found.documents if not document.dated]:
        yield Section(
            "undated",
            "",
            (
                text(f"Without a date: {', '.join(undated[:_MOST])}", tone=CODE),
                text("  They count as known from the day of reading. Read them again with --known DAY to change that."),
            ),
        )
    if found.tokens_in or found.tokens_out:
        paid = text(
            f"{found.coder}: {{}} tokens read and {{}} written; {found.paid} documents were asked for now, the others "
            "answered from the cache",
            count(found.tokens_in),
            count(found.tokens_out),
        )
        yield Section("paid", "", (paid,))


def _listing(key: str, title: str, found: Iterable[str]) -> Section | None:
    lines = list(found)
    more = [f"... and {len(lines) - _MOST:,} more; --json lists them all"] if len(lines) > _MOST else []
    return Section(key, title, _indented([*lines[:_MOST], *more])) if lines else None


def _indented(lines: Iterable[str]) -> tuple[Text, ...]:
    return tuple(text(f"  {line}", tone=CODE) for line in lines)


def _next(found: Intake, unbidden: bool) -> Iterator[Section]:
    home = found.folder
    if any("no concepts" in document.uncoded for document in found.documents):
        words = (
            f"next: write the claims to look for into {home}/concepts.csv, such as '{_example(found)}', "
            "then run the same command again"
        )
        yield Section("next", "", (text(words, tone=CODE),))
        return
    dropped = [id_ for document in found.documents for id_ in document.dropped]
    if dropped:
        told = text(
            f"{counted(len(dropped), 'earlier candidate')} that nobody has decided on would not be proposed now; "
            "reject what is wrong:"
        )
        command = f"foedus statements {home} reject {' '.join(dropped[:_MOST])}"
        yield Section("dropped", "", (told, text(f"  {command}", tone=CODE)))
    if in_vain := list(_in_vain(found)):
        yield from in_vain
        if in_vain[-1].id == "next":
            return
    waiting = [statement for statement in found.statements if statement.status == "candidate"]
    lines = [f"next: foedus statements {home} --status candidate" if waiting else f"next: foedus check {home}"]
    if unbidden and any(statement.id not in found.repeats for statement in waiting):
        lines.append(
            f"      foedus statements {home} accept --above P accepts those at least P certain; 'foedus evaluate coder "
            "--documents packaged' tells what a certainty P has meant"
        )
    yield Section("next", "", tuple(text(line, tone=CODE) for line in lines))


def _in_vain(found: Intake) -> Iterator[Section]:
    """Yield which cues were sought where texts that are new gave nothing, and how to add some."""
    coded = {
        document.source
        for document in found.documents
        if document.status in ("new", "coded again") and not document.uncoded
    }
    if not coded:
        return
    if any(document.candidates for document in found.documents):
        yield from _empty(found, {document.source for document in found.documents if not document.candidates} & coded)
        return
    dossier = read_dossier(found.folder)
    lines = [f"{concept.id}: sought by {concept.cues or concept.text}" for concept in dossier.concepts[:_MOST]]
    documents = stored_documents(found.folder, [source for key, source in dossier.sources.items() if key in coded])
    cues = [cue.strip().removeprefix("-") for concept in dossier.concepts for cue in concept.cues.split(";")]
    if beside := words_beside_actors(documents.values(), dossier.world, cues):
        lines.append(f"often beside actors in these documents: {'; '.join(beside)}")
    yield Section("in-vain", "No sentence was found in which somebody is for or against a claim.", _indented(lines))
    if dossier.concepts:
        one = dossier.concepts[-1]
        wanted = "; ".join(filter(None, (one.cues, "YOUR FURTHER WORDS")))
        more = (
            f'next: foedus statements {found.folder} edit {one.id} --set "cues={wanted}"',
            "      a cue with a minus speaks against the claim; then run the same command again",
        )
        yield Section("next", "", tuple(text(line, tone=CODE) for line in more))


def _empty(found: Intake, sources: set[str]) -> Iterator[Section]:
    """Yield the documents in which nothing was found, though others gave something, with what they often speak of."""
    dossier = read_dossier(found.folder)
    documents = stored_documents(found.folder, [source for key, source in dossier.sources.items() if key in sources])
    cues = [cue.strip().removeprefix("-") for concept in dossier.concepts for cue in concept.cues.split(";")]
    lines = []
    for key, document in list(documents.items())[:_MOST]:
        beside = words_beside_actors([document], dossier.world, cues, least=1)
        lines.append(f"{key}: beside actors: {'; '.join(beside)}" if beside else f"{key}: names no actor of the world")
    if lines:
        yield Section("in-vain", "Nobody was found for or against a claim in:", _indented(lines))


def _example(found: Intake) -> str:
    """Return a row of concepts.csv that fits the dossier's first issue."""
    issue = read_dossier(found.folder).issues[0]
    places = issue.option(issue.proposal).at, issue.option(issue.status_quo).at
    one = Concept(
        id="office", text="The office should open", cues="office; open an office", issue=issue.id,
        at_support=places[0], at_oppose=places[1],
    )  # fmt: skip
    return render_table(Concept, [one]).splitlines()[1]
