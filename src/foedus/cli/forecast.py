"""``foedus forecast``: what the body would decide."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.cli.options import AsJson, AsOf, DossierFolder, IssueId, MaxMarking, opened


def forecast(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="MEETING",
            help="A meeting by name or day; by default the next on or after the as-of day.",
        ),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model", metavar="NAME", help="A model, or 'ensemble'; the first gives the answer, more stand beside it."
        ),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="CHANGE", help="Suppose: FRA.position=60, FRA.ISSUE=60, assumptions.kappa=0."),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="How many draws.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same answer.")] = 1,
    max_marking: MaxMarking = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html or FILE.docx."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Also append the forecast to a ledger, to be scored later."),
    ] = None,
    json: AsJson = False,
    why: Annotated[bool, typer.Option("--why", help="Show the reasons, down to the statements.")] = False,
) -> None:
    """Forecast what the body would decide, who objects, and what would change that."""
    from contextlib import ExitStack

    import foedus
    from foedus.base.answers import as_json

    with ExitStack() as stack:
        artist = None
        if report is not None:
            from foedus.reports.drawing import Artist

            artist = stack.enter_context(Artist())  # it starts while the forecast is being computed
        dossier, without = opened(folder, max_marking), None
        asked: dict[str, Any] = {
            "issue": issue, "as_of": as_of, "on": on, "models": tuple(model or ()), "draws": draws, "seed": seed,
        }  # fmt: skip
        if changes:
            from foedus.dossiers import suppose

            asked["as_of"] = as_of or dossier.latest_known()
            without = None if json else foedus.forecast(dossier, **asked)
            dossier = suppose(dossier, changes, issue)
        answer = foedus.forecast(dossier, **asked)
        if report is not None and answer.answered:
            foedus.save_report(answer, report, artist)
    if not answer.answered:
        from foedus.cli.forecast_tables import show_unanswered

        if json:
            typer.echo(as_json(answer.as_unanswered()))
        else:
            show_unanswered(answer)
        return
    if record is not None:
        import datetime as dt

        from foedus.ledgers.ledger import record_forecast

        record_forecast(record, answer, dt.date.today())  # noqa: DTZ011 - the day where the forecaster is
    if json:
        typer.echo(as_json(answer.as_answer() | ({"why": answer.why()} if why else {})))
        return
    from foedus.cli.forecast_tables import show_forecast

    show_forecast(answer, without, why=why)
    if report is not None:
        typer.echo(f"\nreport written to {report}")
    if record is not None:
        typer.echo(f"\nrecorded in {record}")
