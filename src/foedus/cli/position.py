"""``foedus position``: what an actor's position rests on, and setting it by hand."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, IssueId, MaxMarking, OnMeeting, opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from foedus.base.days import Day
    from foedus.dossiers import Dossier
    from foedus.reports.sections import Section


@answering()
def position(
    folder: DossierFolder,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="Who, by id or name.")],
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="VALUE",
            help="60, an option's label, abstains, salience=0.3, OPTION=80 without an order; with --note.",
        ),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What the value rests on.")] = "",
    marking: Annotated[
        str, typer.Option("--marking", metavar="MARKING", help="Who may read a report that uses the value.")
    ] = "internal",
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="DAY", help="The value counts from this day on; by default on every day."),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take back what is set by hand.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the last change by hand, of whichever actor.")
    ] = False,
    max_marking: MaxMarking = None,
) -> Reply:
    """Show where an actor stands and what that rests on; set it by hand, with a note."""
    import foedus
    from foedus.base.days import maybe_day
    from foedus.base.errors import FoedusError
    from foedus.dossiers.changes import FIELDS, supposition
    from foedus.dossiers.setting import clear_by_hand, set_by_hand
    from foedus.dossiers.undoing import undo_by_hand, undoable
    from foedus.explain.position import standing

    day, since = maybe_day(as_of or None, "--as-of"), maybe_day(known or None, "--known")
    if undo and (values or clear or max_marking is not None):
        raise FoedusError("--undo stands alone: it takes back the last --set or --clear")
    if undo:
        undo_by_hand(folder)
        typer.echo("the last change by hand was taken back", err=True)
    dossier = opened(folder, max_marking)
    if not dossier.issue(issue).ordered:
        return _approvals(folder, dossier, actor, issue, day, on, values or (), note, marking, since, clear=clear)
    stand = standing(dossier, actor, issue, day, on)
    who, asked = stand.member.actor, stand.case.issue.id
    if max_marking is not None and (clear or values):
        raise FoedusError("--max-marking shows less and changes nothing; leave out --set and --clear")
    if clear and values:
        raise FoedusError("--set or --clear, not both")
    with undoable(folder) if clear or values else nullcontext():
        if clear:
            clear_by_hand(folder, who, asked)
        for words in values or ():
            field, mark, value = words.partition("=")
            named = field.strip() if mark and field.strip() in FIELDS else "position"
            text = value if mark and field.strip() in FIELDS else words
            change = supposition(stand.case.dossier, f"{who}.{asked}.{named}={text}")
            set_by_hand(folder, change, note, marking, since)
    if clear or values:
        stand = standing(foedus.read_dossier(folder, max_marking), who, asked, day, on)

    _say_when(values or (), since)

    def sections() -> list[Section]:
        from foedus.reports.position import position_sections

        return position_sections(stand)

    return Reply(stand, sections=sections)


def _approvals(
    folder: Path,
    dossier: Dossier,
    actor: str,
    issue: str | None,
    day: Day | None,
    on: str | None,
    values: Sequence[str],
    note: str,
    marking: str,
    since: Day | None,
    *,
    clear: bool,
) -> Reply:
    """Show whom an actor approves of, and set approvals by hand."""
    import foedus
    from foedus.dossiers.setting import approve_by_hand
    from foedus.dossiers.undoing import undoable
    from foedus.explain.position import approvals

    approved = approvals(dossier, actor, issue, day, on)
    who, asked = next(iter(approved.options.values())).member.actor, approved.choosing.issue.id
    with undoable(folder) if clear or values else nullcontext():
        for label in approved.options if clear else ():
            approve_by_hand(folder, who, asked, label, None, "")
        for value in values:
            label, number = _approval(value)
            approve_by_hand(folder, who, asked, label, number, note, marking, since)
    if clear or values:
        approved = approvals(foedus.read_dossier(folder, dossier.max_marking), who, asked, day, on)

    _say_when(values, since)

    def sections() -> list[Section]:
        from foedus.reports.position import approvals_sections

        return approvals_sections(approved)

    return Reply(approved, sections=sections)


def _approval(words: str) -> tuple[str, float]:
    """Return an option and how much it is approved of."""
    from foedus.base.errors import FoedusError

    label, mark, value = words.rpartition("=")
    try:
        if mark:
            return label, float(value)
    except ValueError:
        pass
    raise FoedusError(f"--set {words!r}: expected OPTION=APPROVAL, such as 'Mark Rutte=80'")


def _say_when(values: Sequence[str], since: Day | None) -> None:
    """Say from when what was set counts."""
    if values:
        when = f"from {since} on" if since else "on every day, past ones too, unless its row has a day: --known DAY"
        typer.echo(f"note: what you set counts {when}; --undo takes it back, 'statements undo' does not", err=True)
