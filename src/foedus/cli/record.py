"""``foedus record``: a person's forecast into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def record(
    ledger: Annotated[Path, typer.Argument(metavar="FILE", help="The ledger; made where there is none.")],
    option: Annotated[
        list[str],
        typer.Option(
            "--option",
            metavar="LABEL@PLACE=P",
            help="An option, its place if options have one, and probability; give each.",
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who forecasts.")],
    issue: Annotated[str, typer.Option("--issue", metavar="ID", help="The issue.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day of the meeting (YYYY-MM-DD).")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="What was known by this day was used; default today.")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")] = "",
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="Sign with your own key; made where there is none. Keep it."),
    ] = None,
) -> Reply:
    """Append a person's forecast to a ledger."""
    import datetime as dt

    from foedus.base.days import asked_day
    from foedus.ledgers.ledger import Receipt, record_human, share_of

    today = dt.date.today()  # noqa: DTZ011 - the day where the forecaster is
    shares = [share_of(share) for share in option]
    known = None if as_of is None else asked_day(as_of, "as of")
    own = None
    if key is not None:
        from foedus.ledgers.signing import Key

        own = Key(key)
    receipt = Receipt(record_human(ledger, by, issue, asked_day(on, "on"), shares, today, known, note, own), ledger)

    def sections() -> list[Section]:
        from foedus.reports.scored import receipt_section

        return [receipt_section(receipt)]

    return Reply(receipt, sections=sections)
