"""``foedus record``: a person's forecast into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering


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
    from foedus.ledgers.ledger import record_human, share_of

    today = dt.date.today()  # noqa: DTZ011 - the day where the forecaster is
    shares = [share_of(one) for one in option]
    known = None if as_of is None else asked_day(as_of, "as of")
    own = None
    if key is not None:
        from foedus.ledgers.signing import Key

        own = Key(key)
    entry = record_human(ledger, by, issue, asked_day(on, "on"), shares, today, known, note, own)

    def show() -> None:
        if entry.standing != "forecast":
            why = "as of" if entry.standing == "hindsight" else "recorded on"
            day = entry.as_of if entry.standing == "hindsight" else entry.not_before
            typer.echo(f"This is no forecast but {entry.standing}: {why} {day}, the meeting was on {entry.on}.")
        if entry.backwards:
            typer.echo(f"The entry before it was recorded on {entry.not_before}, later than today: that day counts.")
        typer.echo(f"entry {entry.n} recorded in {ledger}; its hash is {entry.sha256}")
        if entry.key:
            typer.echo(f"signed; your public key, for others to keep: {entry.key}")

    return Reply({"n": entry.n, "by": entry.by, "standing": entry.standing, "sha256": entry.sha256}, show)
