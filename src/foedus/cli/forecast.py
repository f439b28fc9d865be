"""``foedus forecast``: what the body would decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsJson, AsOf, DossierFolder, IssueId, MaxMarking, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.base.errors import FoedusError
    from foedus.dossiers import Dossier
    from foedus.forecasts import Forecast


@answering(why=True)
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
        list[Path] | None,
        typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html, .docx, .pdf; more than once."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who writes the report.")] = "",
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FILE", help="Say what changed since an answer: its --json, or a ledger."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Also append the forecast to a ledger, to be scored later."),
    ] = None,
    json: AsJson = False,
) -> Reply:
    """Forecast what the body would decide, who objects, and what would change that."""
    from contextlib import ExitStack

    import foedus

    with ExitStack() as stack:
        artist = None
        if report:
            from foedus.reports.drawing import Artist

            artist = stack.enter_context(Artist())  # it starts while the forecast is being computed
        dossier, without = opened(folder, max_marking), None
        if not dossier.issue(issue).ordered:
            given = [name for name, value in (("--model", model), ("--set", changes), ("--record", record)) if value]
            if given:
                raise _not_in_order(", ".join(given))
            return _choice(dossier, issue, as_of, on, draws, seed, report or (), by)
        asked: dict[str, Any] = {
            "issue": issue, "as_of": as_of, "on": on, "models": tuple(model or ()), "draws": draws, "seed": seed,
        }  # fmt: skip
        if changes:
            from foedus.dossiers import suppose

            asked["as_of"] = as_of or dossier.latest_known()
            without = None if json else foedus.forecast(dossier, **asked)
            dossier = suppose(dossier, changes, issue)
        answer = foedus.forecast(dossier, **asked)
        for path in report or () if answer.answered else ():
            foedus.save_report(answer, path, artist, by=by, since=since)
    if not answer.answered:
        from foedus.forecasts.entered import Unanswered

        return Reply(Unanswered(answer.case), lambda _why: _show_unanswered(answer))
    if record is not None:
        import datetime as dt

        from foedus.ledgers.ledger import record_forecast

        record_forecast(record, answer, dt.date.today())  # noqa: DTZ011 - the day where the forecaster is

    def show(why: bool) -> None:
        from foedus.cli.forecast_tables import show_forecast

        show_forecast(answer, without, why=why, since=since)
        _written(report, record)

    def record_of() -> dict[str, object]:
        from foedus.base.answers import recorded
        from foedus.reports.brief import judgement_record

        return {**recorded(answer), "judgement": judgement_record(answer)}

    return Reply(record_of, show, reasons=answer.why)


def _written(report: Sequence[Path] | None, record: Path | None) -> None:
    for path in report or ():
        typer.echo(f"\nreport written to {path}")
    if record is not None:
        typer.echo(f"\nrecorded in {record}")


def _show_unanswered(answer: Forecast) -> None:
    from foedus.cli.forecast_tables import show_unanswered

    show_unanswered(answer)


def _choice(
    dossier: Dossier,
    issue: str | None,
    as_of: str | None,
    on: str | None,
    draws: int,
    seed: int,
    report: Sequence[Path],
    by: str,
) -> Reply:
    """Answer a choice among options without an order."""
    from foedus.forecasts.choice import CHOICE_DRAWS, choice

    answer = choice(dossier, issue, as_of, on, min(draws, CHOICE_DRAWS), seed)
    for path in report:
        from foedus.reports.choice import save_choice

        save_choice(answer, path, by=by)

    def show(why: bool) -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.choice import choice_sections

        if why:
            raise _not_in_order("--why")
        show_sections(console(), choice_sections(answer))
        _written(report, None)

    return Reply(answer, show)


def _not_in_order(options: str) -> FoedusError:
    from foedus.base.errors import FoedusError

    return FoedusError(
        f"{options}: not for options without an order, such as persons or places; to try an approval, set it in a copy "
        "of the dossier: foedus position DIR ACTOR --set OPTION=80 --note WHY"
    )
