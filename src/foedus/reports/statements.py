"""A dossier's statements as sections: who said what, what was decided on them, and how far coders agree."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.base.days import day_in_words
from foedus.base.wording import counted
from foedus.coding.coders import UNNAMED
from foedus.coding.decisions import EDITED, Decision, Journal
from foedus.coding.repeats import noted_repeats
from foedus.dossiers import Dossier
from foedus.dossiers.said import in_marks
from foedus.evidence import Statement
from foedus.evidence.agreement import Agreement, Difference
from foedus.reports.numbers import Number, share
from foedus.reports.sections import Block, Part, Section, cell, table, text

_NAMED = 6
"""Statements that are named in a line; the rest is counted."""


def listing_section(dossier: Dossier, statements: Sequence[Statement]) -> Section:
    """Return the statements that passed a filter."""
    numbers = {statement.id: number for number, statement in enumerate(dossier.statements, 1)}
    rows = [
        (
            cell(
                *(() if dossier.max_marking else (Number(numbers[statement.id], "order"), "  ")),
                f"{statement.id}\n",
                *_standing(statement),
                f"\nsaid {day_in_words(statement.said_on)}\nknown {dossier.known_on(statement)}",
            ),
            statement.actor,
            statement.concept,
            f"{statement.stance:+d}" if statement.stance else "0",
            _said(statement),
        )
        for statement in statements
    ]
    headings = ("id", "actor", "concept", "stance", "what was said")
    title = f"{len(statements)} of {len(dossier.statements)} statements"
    return Section("statements", title, (table(headings, rows, numbers=(3,), long=4),))


def _standing(statement: Statement) -> tuple[Part, ...]:
    private = ", private" if statement.venue == "private" else ""
    rest = f", {statement.kind}{private}"
    if statement.status != "candidate":
        return (f"{statement.status}{rest}",)
    return ("candidate ", Number(statement.certainty, "weight"), rest)


def _said(statement: Statement) -> str:
    """Return what was said, what a candidate repeats, the condition and the signal, and where it stands."""
    words = statement.paraphrase or (in_marks(statement.quote) if statement.quote else "")
    repeats = noted_repeats(statement.note) if statement.status == "candidate" else ""
    check = statement.note if statement.status == "candidate" and not repeats else ""
    condition = f"condition: {statement.condition}" if statement.condition else ""
    signal = f"signal: {statement.signal}" if statement.signal else ""
    lines = (
        f"{words} (repeats {repeats})" if repeats else words,
        "; ".join(filter(None, (condition, signal))),
        f"check: {check}" if check else "",
        f"{statement.source} {statement.passage}".rstrip(),
    )
    return "\n".join((lines[0], *filter(None, lines[1:])))


def history_section(journal: Journal, mended: str = "") -> Section:
    """Return what was decided, by whom and when, the latest last.

    Parameters
    ----------
    journal
        The decisions.
    mended
        What was mended of an interrupted decision before they were read; blank for nothing.
    """
    rows = [
        (
            Number(line.entry.number, "order"),
            decision_in_words(line.entry),
            line.entry.by,
            str(line.entry.on or ""),
            line.entry.why,
            "yes" if line.undone else "skipped" if line.skipped else "",
        )
        for line in journal.listed
    ]
    headings = ("entry", "what", "by", "day", "reason", "undone")
    elsewhere = "statements.csv has been edited elsewhere since the last of these; undo keeps such edits"
    notes = [mended, elsewhere if journal.edited_elsewhere else ""]
    blocks: list[Block] = [table(headings, rows, numbers=(0,)), *(text(note) for note in notes if note)]
    return Section("history", counted(len(journal.entries), "decision"), tuple(blocks))


def decision_in_words(entry: Decision) -> str:
    """Return a decision as a line."""
    listed = ", ".join(edited.id for edited in entry.changes[:_NAMED])
    if len(entry.changes) > _NAMED:
        listed += f" and {len(entry.changes) - _NAMED} more"
    if entry.action == "skip":
        return f"skip entry {entry.undoes}: the table stays as it is"
    what = f"{entry.action} {listed}" if entry.undoes is None else f"undo entry {entry.undoes}: {listed}"
    if entry.action in {"edit", "undo", EDITED} and len(entry.changes) == 1:
        [change] = entry.changes
        cells = ", ".join(f"{name} {change.before[name]!r} to {value!r}" for name, value in change.after.items())
        what += f" ({cells})"
    return what


def decided_section(entry: Decision | None, nothing: str) -> Section:
    """Return what was decided, or what to say where nothing was."""
    return Section(
        "entry", "", (text(nothing if entry is None else f"entry {entry.number}: {decision_in_words(entry)}"),)
    )


def agreement_sections(agreement: Agreement) -> list[Section]:
    """Return how far coders agree, by variable, and the units on which they differ."""
    pairs = list(agreement.variables[0].kappa)
    kappas = ("kappa",) if len(pairs) == 1 else tuple(f"kappa {a}, {b}" for a, b in pairs)
    rows = [
        (
            variable.variable,
            variable.level,
            Number(variable.units, "count"),
            "" if variable.share is None else cell(Number(variable.agreed, "count"), " (", share(variable.share), ")"),
            _coefficient(variable.alpha),
            *(_coefficient(variable.kappa[pair]) for pair in pairs),
        )
        for variable in agreement.variables
    ]
    agreed = Section(
        "agreement",
        f"{_coders(agreement)}: {agreement.shared} of {agreement.units} units seen by all",
        (table(("variable", "level", "units", "agree", "alpha", *kappas), rows, numbers=range(2, 5 + len(pairs))),),
    )
    coders = tuple(agreement.coders)
    differ = [
        (f"{difference.source} {difference.passage}", name, *_readings(difference, name, coders))
        for difference in agreement.differences
        for name in difference.differs
    ]
    if not differ:
        return [agreed]
    return [agreed, Section("differences", "where they differ", (table(("source", "variable", *coders), differ),))]


def _readings(unit: Difference, name: str, coders: Sequence[str]) -> list[str]:
    """Return what each coder has there; blank for one that has not seen it."""
    seen = {reading.coder: reading for reading in unit.readings}
    return [f"{getattr(seen[coder], name)} ({seen[coder].statement})" if coder in seen else "" for coder in coders]


def nothing_shared_section(agreement: Agreement, dossier: Dossier, *, compared: bool = False) -> Section:
    """Return why coders have no unit in common, so that there is no coefficient to tell.

    Parameters
    ----------
    agreement
        An agreement without shared units.
    dossier
        Whose coders they are.
    compared
        Whether the other coder is another dossier.
    """
    told = f"{_coders(agreement)}: no unit in common, so there is nothing to compare. "
    sources = [{s.source for s in dossier.statements if (s.coder or UNNAMED) == name} for name in agreement.coders]
    if not compared and not set.intersection(*sources):
        why = "No source was coded by all of them; let them code the same source."
    else:
        why = (
            "A unit is a statement of one passage in which they share the actor or the concept: they coded different "
            "passages, or named passages differently in the column 'passage'."
        )
    return Section("agreement", "", (text(told + why),))


def _coders(agreement: Agreement) -> str:
    return ", ".join(f"{name} ({count})" for name, count in agreement.coders.items())


def _coefficient(value: float | None) -> Part:
    return "no variation" if value is None else Number(value, "score")
