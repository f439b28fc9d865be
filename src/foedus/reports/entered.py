"""What was entered, changed, imported, exported or named anew in a dossier, as sections."""

from __future__ import annotations

import shlex
from pathlib import Path

from foedus.base.wording import and_, counted
from foedus.coding.changing import RowChanged
from foedus.coding.offers import Imported
from foedus.dossiers.renaming import Renamed
from foedus.reports.sections import STRONG, Section, Table, table, text

_SHOWN = 12
"""How many rows that were left out are named."""


def changed_section(found: RowChanged, folder: Path) -> Section:
    """Return which cells of a source or a claim were changed, and the command that takes it back."""
    if not found.after:
        return Section("changed", "", (text("nothing to do: the cells have these values already"),))
    place = shlex.quote(str(folder))
    back = " ".join(f"--set {shlex.quote(f'{name}={value}')}" for name, value in found.before.items())
    lines = [
        f"{found.id}: {name} {found.before[name]!r} to {value!r}, in {found.file}"
        for name, value in found.after.items()
    ]
    lines.append(f"to take it back: foedus statements {place} edit {found.id} {back}")
    if "cues" in found.after:
        lines.append(f"to read the documents with the new cues: foedus read FILE... --into {place}")
    return Section("changed", "", tuple(text(line) for line in lines))


def renamed_section(found: Renamed) -> Section:
    """Return what was given another name, and in how many places of which files."""
    places = ", ".join(f"{file} ({number})" for file, number in found.places.items())
    return Section("renamed", "", (text(f"the {found.kind} {found.old!r} is called {found.new!r} now, in {places}"),))


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
        return "" if done.corrected else "nothing new was found" if done.present else "nothing was imported"
    added = [
        counted(len(done.statements) - len(done.alike), "candidate"),
        counted(len(done.concepts), "concept"),
        counted(len(done.sources), "source"),
    ]
    return f"{and_([*added, *([counted(len(done.actors), 'actor')] if done.actors else [])])} added"


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
