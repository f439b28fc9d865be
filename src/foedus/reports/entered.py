"""What was entered, changed, imported, exported or named anew in a dossier, as sections."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from foedus.base.days import day_in_words, earliest, on_day
from foedus.base.wording import and_, counted
from foedus.coding.changing import RowChanged
from foedus.coding.offers import Imported
from foedus.dossiers import Dossier
from foedus.dossiers.at_large import shares_of_silent, tells_number
from foedus.dossiers.extending import OptionDays
from foedus.dossiers.renaming import Renamed
from foedus.dossiers.said import side_of, who_holds
from foedus.dossiers.spoken import members_on
from foedus.evidence import Source, Statement
from foedus.reports.sections import CODE, STRONG, Section, Table, table, text

_SHOWN = 12
"""How many rows that were left out are named."""


def entered_section(dossier: Dossier, statements: Sequence[Statement], folder: Path) -> Section:
    """Return the statements that were entered by hand, all on one claim, and what to do next."""
    claim = next(concept for concept in dossier.concepts if concept.id == statements[0].concept)
    lines = []
    for statement in statements:
        counted = tells_number(statement)
        who = who_holds(dossier, statement) if counted else dossier.world.name(statement.actor)
        person = f" ({statement.person})" if statement.person and not counted else ""
        lines.append(
            f"{statement.id}: {who}{person} {side_of(statement)} '{claim.text}', "
            f"said {on_day(statement.said_on)}, marked {statement.marking}"
        )
    back = f"foedus statements {folder} undo"
    lines.append(f"next: foedus position {folder} {statements[0].actor}    or take it back: {back}")
    return Section("entered", "", tuple(text(line, tone=CODE) for line in lines))


def entering_notes(
    dossier: Dossier, statements: Sequence[Statement], title: str, held: Source | None, *, dated: bool, quoted: bool
) -> list[str]:
    """Return what to know of statements that were entered: what became of their source, and who has no seat.

    Parameters
    ----------
    dossier
        With the statements.
    statements
        All on one claim.
    title
        The source, as it was given.
    held
        The source for which it was taken; None where a new one was made.
    dated, quoted
        Whether the day of the new source was given, and whether exact words were.
    """
    notes = []
    first = statements[0]
    if held is None:
        when = "" if dated else f", dated today ({day_in_words(first.said_on)}) since --on was left out"
        unseen = "; the words of --quote are in no document here" if quoted else ""
        notes.append(f"{title!r} is a new source, {first.source}{when}{unseen}")
        if first.said_on != earliest(first.said_on):
            known = dossier.known_on(first)
            notes.append(
                f"of {day_in_words(first.said_on)} no day is known: it counts from {known}; --known DAY, if earlier"
            )
    elif title.strip().casefold() not in {held.id.casefold(), held.title.casefold()}:
        notes.append(f"{title!r} is taken for the source {held.id}")
    issue = next(concept for concept in dossier.concepts if concept.id == first.concept).issue
    if issue:
        unseated = [statement for statement in statements if not dossier.at_the_table(statement.actor, issue)]
        notes += [_unseated(dossier, statement, issue) for statement in unseated]
        if _tells_nobody(dossier, first, issue):
            notes.append("every member has words of its own here, so the number moves nothing")
    return notes


def _tells_nobody(dossier: Dossier, statement: Statement, issue: str) -> bool:
    """Tell whether a statement tells the number of members that take a side, and no member is left of whom it could."""
    if not tells_number(statement):
        return False
    day, asked = dossier.known_on(statement), dossier.issue(issue)
    organisation = dossier.institutions.body(asked.body).organisation
    return statement.id not in shares_of_silent(dossier, asked, organisation, dossier.statements_on(issue, day), day)


def _unseated(dossier: Dossier, statement: Statement, issue: str) -> str:
    """Return what to know of an actor without a seat or a voice: whom it speaks for, or how to show where it stands."""
    who = dossier.world.name(statement.actor)
    group = members_on(dossier.world, statement.actor, statement.said_on)
    seated = [member for member in sorted(group) if dossier.at_the_table(member, issue)]
    if seated:
        names = and_(sorted(dossier.world.name(actor) for actor in seated))
        return f"{who} has no seat here; its members {names} count with it where they have not spoken themselves"
    why = _no_seat(dossier, statement.actor, issue) or "has neither a seat nor a voice here"
    return f"{who} {why}, so nothing moves; to show where it stands: foedus actor {dossier.folder} {statement.actor}"


def _no_seat(dossier: Dossier, actor: str, issue_id: str) -> str:
    """Return in what standing an actor is in the body's organisation where that gives it no seat; else empty."""
    issue = dossier.issue(issue_id)
    body = dossier.institutions.body(issue.body)
    seated = set(body.seated_by.memberships)
    for meeting in issue.meetings:
        for row in dossier.world.memberships:
            here = row.actor == actor and row.organisation in seated and meeting.on in row.interval
            if here and row.status == "suspended":
                return (
                    f"is a member that has been suspended since {row.start} and has no seat on {meeting.on} "
                    f"({row.note or row.locator})"
                )
    return ""


def option_section(days_entered: OptionDays) -> Section:
    """Return since when an option is on the table or proposed, how it is decided, and what its days rest on."""
    days = [
        f"since {days_entered.since}" if days_entered.since else "",
        f"until {days_entered.until}" if days_entered.until else "",
    ]
    told = " and ".join(day for day in days if day) or "at any time"
    by = f", decided by {days_entered.procedure}" if days_entered.procedure else ""
    new = "now an option, " if days_entered.added else ""
    proposes = f", and what is proposed from {days_entered.proposed_from} on" if days_entered.proposed_from else ""
    lines = [f"{days_entered.label!r} of {days_entered.issue} is {new}on the table {told}{proposes}{by}"]
    lines += [f"  source: {days_entered.source}"] if days_entered.source else []
    return Section("option", "", tuple(text(line) for line in lines))


def option_notes(days_entered: OptionDays, folder: Path) -> list[str]:
    """Return the command that says what the days of an option rest on, where nothing does."""
    if days_entered.source or not (days_entered.since or days_entered.until or days_entered.proposed_from):
        return []
    command = f"foedus option {folder} {shlex.quote(days_entered.label)}"
    return [f'nothing says what the day rests on: {command} --source "who said so, and when"']


def changed_section(row_changed: RowChanged, folder: Path) -> Section:
    """Return which cells of a source or a claim were changed, and the command that takes it back."""
    if not row_changed.after:
        return Section("changed", "", (text("nothing to do: the cells have these values already"),))
    place = shlex.quote(str(folder))
    back = " ".join(f"--set {shlex.quote(f'{name}={value}')}" for name, value in row_changed.before.items())
    changed = [
        f"{row_changed.id}: {name} {row_changed.before[name]!r} to {value!r}, in {row_changed.file}"
        for name, value in row_changed.after.items()
    ]
    commands = [f"to take it back: foedus statements {place} edit {row_changed.id} {back}"]
    if "cues" in row_changed.after:
        commands.append(f"to read the documents with the new cues: foedus read FILE... --into {place}")
    # a command that is broken into lines could not be copied
    return Section("changed", "", (*map(text, changed), *(text(command, tone=CODE) for command in commands)))


def renamed_section(renamed: Renamed) -> Section:
    """Return what was given another name, and in how many places of which files."""
    places = ", ".join(f"{file} ({number})" for file, number in renamed.places.items())
    return Section(
        "renamed", "", (text(f"the {renamed.kind} {renamed.old!r} is called {renamed.new!r} now, in {places}"),)
    )


def exported_section(number: int, what: str, to: Path) -> Section:
    """Return how many statements or claims were written to a file."""
    return Section("exported", "", (text(f"{counted(number, what)} written to {to}"),))


def imported_section(done: Imported) -> Section:
    """Return what an import added, corrected, left as it was and left out, and where codings differ."""
    lines = [_added(done)]
    told = (
        (done.corrected, f"{counted(len(done.corrected), 'statement')} corrected: {', '.join(done.corrected)}"),
        (done.kept, f"cells that were changed here by hand stay as they are: {', '.join(done.kept)}"),
        (done.present, f"{counted(len(done.present), 'statement')} of it in statements.csv already, unchanged"),
        (done.alike, f"{counted(len(done.alike), 'statement')} coded alike here, added as rejected"),
        (done.concepts, "new concepts bear on no issue yet: give them issue, at_support and at_oppose in concepts.csv"),
        (done.cut, f"{counted(len(done.cut), 'quote')} cut to the beginning: the span is longer than a quote may be"),
        (done.others, f"{done.others} of other types, notes and the like left out: no statement can be made of them"),
    )
    lines += [words for there, words in told if there]
    conflicts = (text("coded differently", tone=STRONG), _conflicts(done)) if done.conflicts else ()
    return Section("imported", "", (*(text(line) for line in lines if line), *conflicts, *map(text, _left_out(done))))


def _added(done: Imported) -> str:
    if not done.statements and not done.concepts:
        if done.corrected:
            return ""
        return "nothing new was found" if done.present else f"nothing was imported{_empty(done)}"
    added = [
        counted(len(done.statements) - len(done.alike), "candidate"),
        counted(len(done.concepts), "concept"),
        counted(len(done.sources), "source"),
    ]
    return f"{and_([*added, *([counted(len(done.actors), 'actor')] if done.actors else [])])} added"


def _empty(done: Imported) -> str:
    """Return that there was nothing to import, where no other line says why."""
    return "" if done.others or done.conflicts or _left_out(done) else ": there is no statement in it"


def _conflicts(done: Imported) -> Table:
    """Return the codings of one passage that differ, by variable; the source stands once for each."""
    rows = [
        (
            conflict.ours,
            conflict.theirs,
            f"{conflict.source} {conflict.passage}" if place == 0 else "",
            variable,
            ours,
            theirs,
        )
        for conflict in done.conflicts
        for place, (variable, ours, theirs) in enumerate(conflict.differs)
    ]
    return table(("here", "merged", "source", "variable", "here", "merged"), rows)


def _left_out(done: Imported) -> list[str]:
    """Return what was left out, with what would let it in, and what the file no longer has."""
    lines = [
        f'left out, {counted(number, "statement")} of {name!r}: name the actor, --actor "{name}=ID"'
        for name, number in done.unknown.items()
    ]
    if lines:
        lines.append("or add these as actors of the dossier's own world, rows of world/actors.csv: --new-actors")
    lines += [f"left out: {problem}" for problem in done.refused[:_SHOWN]]
    if len(done.refused) > _SHOWN:
        lines.append(f"left out: {len(done.refused) - _SHOWN} more, which --json lists")
    if done.gone:
        lines.append(f"here from an earlier import, and not among the sound rows now: {', '.join(done.gone)}")
    return lines
