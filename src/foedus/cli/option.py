"""``foedus option``: an option that enters, or leaves, on a day."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, IssueId

if TYPE_CHECKING:
    from foedus.base.days import Day


@answering()
def option(
    folder: DossierFolder,
    label: Annotated[str, typer.Argument(metavar="OPTION", help="Its words; give new words to add a claim.")],
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help="Withdrawn: the first day without it; 'never' takes it back."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="The first day on which it is on the table; or 'ever'.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="TEXT", help="What the day rests on: a source's id, or your own words."),
    ] = None,
    procedure: Annotated[
        str | None,
        typer.Option(
            "--procedure", metavar="RULE", help="By what the body decides on it: a procedure, majority, 2/3; or usual."
        ),
    ] = None,
    at: Annotated[
        float | None, typer.Option("--at", metavar="PLACE", help="Where a new option stands on the line.")
    ] = None,
    issue: IssueId = None,
) -> Reply:
    """Say since when an option is on the table, that it was withdrawn, or by which rule; or add one."""
    from foedus.dossiers.extending import set_option

    if (since or until) and source is None and sys.stdin.isatty():
        source = (
            typer.prompt("What does the day rest on (who said so, and when; blank: nothing yet)", default="") or None
        )
    rule = "" if procedure is not None and procedure.strip().casefold() in {"usual", ""} else procedure
    found = set_option(folder, label, _days(since, "--since"), _days(until, "--until"), at, issue, source, rule)

    def show() -> None:
        days = [f"since {found.since}" if found.since else "", f"until {found.until}" if found.until else ""]
        told = " and ".join(day for day in days if day) or "at any time"
        by = f", decided by {found.procedure}" if found.procedure else ""
        rests = f"\n  source: {found.source}" if found.source else ""
        new = "now an option, " if found.added else ""
        typer.echo(f"{found.label!r} of {found.issue} is {new}on the table {told}{by}{rests}")
        if (found.since or found.until) and not found.source:
            typer.echo(
                f"note: nothing says what the day rests on: foedus option {folder} {shlex.quote(found.label)} "
                '--source "who said so, and when"',
                err=True,
            )

    return Reply(found, show)


def _days(words: str | None, option: str) -> Day | str | None:
    """Return a day, an empty text that takes the day away, or None where nothing is said."""
    from foedus.base.days import parse_day
    from foedus.base.errors import FoedusError

    if words is None or words.strip().casefold() in {"never", "ever"}:
        return None if words is None else ""
    try:
        return parse_day(words)
    except ValueError as error:
        raise FoedusError(f"{option}: {error}") from None
