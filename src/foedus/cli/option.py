"""``foedus option``: an option that enters, or leaves, on a day."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, IssueId

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.reports.sections import Section


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
    proposed_from: Annotated[
        str | None,
        typer.Option(
            "--proposed-from", metavar="DAY", help="The day from which it is what is proposed; 'never' takes it back."
        ),
    ] = None,
    at: Annotated[
        float | None, typer.Option("--at", metavar="PLACE", help="Where a new option stands on the line.")
    ] = None,
    issue: IssueId = None,
) -> Reply:
    """Say since when an option is on the table or proposed, that it was withdrawn, or by which rule; or add one."""
    from foedus.dossiers.extending import set_option

    if (since or until or proposed_from) and source is None and sys.stdin.isatty():
        source = (
            typer.prompt("What does the day rest on (who said so, and when; blank: nothing yet)", default="") or None
        )
    rule = "" if procedure is not None and procedure.strip().casefold() in {"usual", ""} else procedure
    proposed = _days(proposed_from, "--proposed-from")
    days = set_option(
        folder, label, _days(since, "--since"), _days(until, "--until"), at, issue, source, rule, proposed
    )

    def notes() -> list[str]:
        from foedus.reports.entered import option_notes

        return option_notes(days, folder)

    def sections() -> list[Section]:
        from foedus.reports.entered import option_section

        return [option_section(days)]

    return Reply(days, sections=sections, notes=notes)


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
