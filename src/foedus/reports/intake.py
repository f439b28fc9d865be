"""What was read into a dossier, as sections: the documents, who says what, what is to be checked, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from foedus.base.tables import render_table
from foedus.base.wording import counted
from foedus.coding.intake import Intake, Taken
from foedus.coding.missed import words_beside_actors
from foedus.dossiers import Concept, Dossier, read_dossier
from foedus.dossiers.texts import stored_documents
from foedus.evidence.documents import Document
from foedus.reports.numbers import count
from foedus.reports.sections import CODE, Block, Section, Text, table, text

_MOST = 25
"""Rows and lines that are shown of each kind."""

_CONCEPTS = 7
"""Columns of the table of candidates."""

_SIGNS = {1: "+", 0: "0", -1: "-"}


def intake_sections(intake: Intake, *, unbidden: bool) -> list[Section | None]:
    """Return what was read, who says what, what was refused, and what to do next.

    Parameters
    ----------
    intake
        What was read.
    unbidden
        Whether nobody asked for candidates to be accepted by their certainty, so that this is proposed.
    """
    return [
        _documents(intake),
        *_taken(intake),
        _candidates(intake),
        _repeated(intake),
        *_faults(intake),
        *_next(intake, unbidden),
    ]


def _documents(intake: Intake) -> Section:
    new = sum(document.status == "new" for document in intake.documents)
    entry = f" (entry {intake.entry.number} of the journal; undo takes all back)" if intake.entry else ""
    again = sum(document.status == "same text" or bool(document.original) for document in intake.documents)
    merged = f", {again} {'repeats' if again == 1 else 'repeat'} others and count once" if again else ""
    words = (
        f"{counted(len(intake.documents), 'document')} read into {intake.folder}, {new} new{merged}: "
        f"{counted(len(intake.statements), 'candidate statement')}, "
        f"{sum(document.accepted for document in intake.documents)} accepted{entry}"
    )
    return Section("read", "", (text(words, tone=CODE),))


def _taken(intake: Intake) -> Iterator[Section]:
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
        for document in intake.documents[:_MOST]
    ]
    if rows:
        headings = ("id", "title", "known", "language", "candidates", "accepted", "")
        rest = len(intake.documents) - _MOST
        more = (text("... and {} more; --json lists them all", count(rest)),) if rest > 0 else ()
        yield Section("documents", "", (table(headings, rows, numbers=(4, 5)), *more))


def _what(taken: Taken) -> str:
    if taken.status == "same text":
        return f"the words of {taken.source}, read before: nothing added"
    words = {
        "new": f"coded by {taken.coder}" if taken.coder.startswith("lm:") else "",
        "known": "read before",
        "coded again": "coded again",
    }[taken.status]
    if taken.original:
        words = f"{words}, repeats {taken.original}" if words else f"repeats {taken.original}"
        if taken.repeated:
            words += f": {taken.repeated} statements of it not counted again"
    if taken.uncoded:
        words = f"{words}; not coded" if words else "not coded"
    return words


def _candidates(intake: Intake) -> Section | None:
    """Return who is for and against what, by how many candidates."""
    counts = Counter((statement.actor, statement.concept, statement.stance) for statement in intake.statements)
    if not counts:
        return None
    actors = Counter(statement.actor for statement in intake.statements)
    concepts = Counter(statement.concept for statement in intake.statements)
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


def _repeated(intake: Intake) -> Section | None:
    """Return which candidates agree with others or repeat them."""
    blocks: list[Block] = []
    if intake.agreeing:
        blocks.append(
            text(
                f"{intake.agreeing} of the {len(intake.statements)} candidates agree with a statement by "
                "another coder: same actor, concept and stance"
            )
        )
    if intake.repeats:
        blocks.append(
            text(
                f"{len(intake.repeats)} of them repeat one, by day or by source, and would count it twice; their notes "
                f"name it: foedus statements {intake.folder} --status candidate",
                tone=CODE,
            )
        )
    if left := sum(document.left for document in intake.documents):
        blocks.append(text(f"Sure enough and not accepted, because they repeat accepted statements: {left}"))
    return Section("repeated", "", tuple(blocks)) if blocks else None


def _by_number(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _cell(counts: Counter[tuple[str, str, int]], actor: str, concept: str) -> str:
    return " ".join(
        f"{_SIGNS[stance]}{counts[actor, concept, stance]}" for stance in (1, -1, 0) if counts[actor, concept, stance]
    )


def _faults(intake: Intake) -> Iterator[Section | None]:
    """Yield what was refused or needs a look."""
    yield _listing("refused", "Refused", map(str, intake.refused))
    yield _listing(
        "uncoded",
        "Stored and not coded",
        (f"{document.source}: {document.uncoded}" for document in intake.documents if document.uncoded),
    )
    yield _listing(
        "unknown",
        "Named with a stance, but unknown to Foedus (add a row to world/actors.csv and read again)",
        (f"{name} ({number})" for name, number in intake.unknown.items()),
    )
    yield _listing(
        "doubts",
        "To be checked: what the reading could not settle",
        (f"{document.source}: {doubt}" for document in intake.documents for doubt in document.doubts),
    )
    yield _listing(
        "passed-over",
        "Files of other formats, passed over",
        (f"{suffix}: {number}" for suffix, number in intake.passed_over.items()),
    )
    kept = [document for document in intake.documents if document.kept_day]
    days = [f"{kept[0].source}: {kept[0].day}"] if len(kept) == 1 else [f"{len(kept)} sources"] if kept else []
    yield _listing("kept", "Read before with a day, which is kept (to change it, edit sources.csv)", days)
    yield _listing(
        "ahead",
        "Dated after the day of reading: is the day right? (sources.csv)",
        (f"{document.source}: {document.day}" for document in intake.documents if document.ahead),
    )
    if undated := [document.source for document in intake.documents if not document.dated]:
        yield Section(
            "undated",
            "",
            (
                text(f"Without a date: {', '.join(undated[:_MOST])}", tone=CODE),
                text("  They count as known from the day of reading. Read them again with --known DAY to change that."),
            ),
        )
    if intake.tokens_in or intake.tokens_out:
        paid = text(
            f"{intake.coder}: {{}} tokens read and {{}} written; {intake.paid} documents were asked for now, the "
            "others answered from the cache",
            count(intake.tokens_in),
            count(intake.tokens_out),
        )
        yield Section("paid", "", (paid,))


def _listing(key: str, title: str, told: Iterable[str]) -> Section | None:
    lines = list(told)
    more = [f"... and {len(lines) - _MOST:,} more; --json lists them all"] if len(lines) > _MOST else []
    return Section(key, title, _indented([*lines[:_MOST], *more])) if lines else None


def _indented(lines: Iterable[str]) -> tuple[Text, ...]:
    return tuple(text(f"  {line}", tone=CODE) for line in lines)


def _next(intake: Intake, unbidden: bool) -> Iterator[Section]:
    home = intake.folder
    if any("no concepts" in document.uncoded for document in intake.documents):
        words = (
            f"next: write the claims to look for into {home}/concepts.csv, such as '{_example(intake)}', "
            "then run the same command again"
        )
        yield Section("next", "", (text(words, tone=CODE),))
        return
    dropped = [id_ for document in intake.documents for id_ in document.dropped]
    if dropped:
        told = text(
            f"{counted(len(dropped), 'earlier candidate')} that nobody has decided on would not be proposed now; "
            "reject what is wrong:"
        )
        command = f"foedus statements {home} reject {' '.join(dropped[:_MOST])}"
        yield Section("dropped", "", (told, text(f"  {command}", tone=CODE)))
    if in_vain := list(_in_vain(intake)):
        yield from in_vain
        if in_vain[-1].id == "next":
            return
    waiting = [statement for statement in intake.statements if statement.status == "candidate"]
    lines = [f"next: foedus statements {home} --status candidate" if waiting else f"next: foedus check {home}"]
    if unbidden and any(statement.id not in intake.repeats for statement in waiting):
        lines.append(
            f"      foedus statements {home} accept --above P accepts those at least P certain; 'foedus evaluate coder "
            "--documents packaged' shows what a certainty P has meant"
        )
    yield Section("next", "", tuple(text(line, tone=CODE) for line in lines))


def _in_vain(intake: Intake) -> Iterator[Section]:
    """Yield which cues were sought where texts that are new gave nothing, and how to add some."""
    coded = {
        document.source
        for document in intake.documents
        if document.status in ("new", "coded again") and not document.uncoded
    }
    if not coded:
        return
    if any(document.candidates for document in intake.documents):
        yield from _empty(intake, {document.source for document in intake.documents if not document.candidates} & coded)
        return
    dossier = read_dossier(intake.folder)
    lines = [f"{concept.id}: sought by {concept.cues or concept.text}" for concept in dossier.concepts[:_MOST]]
    documents, cues = _texts_and_cues(dossier, coded)
    if beside := words_beside_actors(documents.values(), dossier.world, cues):
        lines.append(f"often beside actors in these documents: {'; '.join(beside)}")
    yield Section("in-vain", "No sentence was found in which somebody is for or against a claim.", _indented(lines))
    if dossier.concepts:
        last_claim = dossier.concepts[-1]
        wanted = "; ".join(filter(None, (last_claim.cues, "YOUR FURTHER WORDS")))
        more = (
            f'next: foedus statements {intake.folder} edit {last_claim.id} --set "cues={wanted}"',
            "      a cue with a minus speaks against the claim; then run the same command again",
        )
        yield Section("next", "", tuple(text(line, tone=CODE) for line in more))


def _empty(intake: Intake, sources: set[str]) -> Iterator[Section]:
    """Yield the documents in which nothing was found, though others gave something, with what they often speak of."""
    dossier = read_dossier(intake.folder)
    documents, cues = _texts_and_cues(dossier, sources)
    lines = []
    for key, document in list(documents.items())[:_MOST]:
        beside = words_beside_actors([document], dossier.world, cues, least=1)
        lines.append(f"{key}: beside actors: {'; '.join(beside)}" if beside else f"{key}: names no actor of the world")
    if lines:
        yield Section("in-vain", "Nobody was found for or against a claim in:", _indented(lines))


def _texts_and_cues(dossier: Dossier, sources: set[str]) -> tuple[dict[str, Document], list[str]]:
    """Return the texts of some sources, and every cue that was sought in them."""
    cues = [cue.strip().removeprefix("-") for concept in dossier.concepts for cue in concept.cues.split(";")]
    return stored_documents(dossier.folder, [source for key, source in dossier.sources.items() if key in sources]), cues


def _example(intake: Intake) -> str:
    """Return a row of concepts.csv that fits the dossier's first issue."""
    issue = read_dossier(intake.folder).issues[0]
    places = issue.option(issue.proposal).at, issue.option(issue.status_quo).at
    concept = Concept(
        id="office", text="The office should open", cues="office; open an office", issue=issue.id,
        at_support=places[0], at_oppose=places[1],
    )  # fmt: skip
    return render_table(Concept, [concept]).splitlines()[1]
