"""``foedus forecast``: what the body would decide."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import is_choice, unanswered
from foedus.cli.options import (
    AsJson,
    AsOf,
    Author,
    DossierFolder,
    Draws,
    IssueId,
    MaxMarking,
    Reports,
    Seed,
    Since,
    WithReasons,
    opened,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.base.days import Day
    from foedus.dossiers import Dossier
    from foedus.reports.drawing import Artist
    from foedus.reports.sections import Section


@answering(why=True)
def forecast(
    context: typer.Context,
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
    draws: Draws = 10_000,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    report: Reports = None,
    by: Author = "",
    since: Since = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Also append the forecast to a ledger, to be scored later."),
    ] = None,
    json: AsJson = False,
    why: WithReasons = False,
) -> Reply:
    """Forecast what the body would decide, who objects, and what would change that."""
    import foedus

    artist = _artist(context) if report else None
    dossier, without = opened(folder, max_marking), None
    asked: dict[str, Any] = {"issue": issue, "as_of": as_of, "on": on, "draws": draws, "seed": seed}
    if is_choice(dossier, issue, model or ()):
        return _choice(dossier, asked, changes or (), report or (), by, since, record)
    asked["models"] = tuple(model or ())
    if changes:
        from foedus.dossiers import suppose

        supposed = suppose(dossier, changes, issue)
        asked |= _held(dossier, asked)
        without = None if json else foedus.forecast(dossier, **asked)
        dossier = supposed
    if (empty := unanswered(dossier, issue, asked["as_of"], asked["on"])) is not None:
        return empty
    answer = foedus.forecast(dossier, **asked)

    @functools.cache
    def explained() -> Any:  # once for all files, while charts are drawn
        from foedus.reports.explained import explain_for_report

        return explain_for_report(answer)

    def write(path: Path) -> None:
        foedus.save_report(answer, path, artist, by=by, since=since, explained=explained)

    def record_it(ledger: Path) -> None:
        from foedus.ledgers.ledger import record_forecast

        record_forecast(ledger, answer, _today())

    def sections() -> list[Section | None]:
        from foedus.reports.earlier import read_earlier
        from foedus.reports.screen import forecast_sections

        earlier = None if since is None else read_earlier(since, answer.case.issue.id)
        return forecast_sections(answer, without, earlier, why=why)

    def judged() -> dict[str, Any]:
        from foedus.reports.judgement import judged

        return judged(answer)

    return Reply(
        judged,
        sections=sections,
        reasons=answer.why,
        reports=report,
        writes=write,
        ledger=record,
        records=record_it,
    )


def _artist(context: typer.Context) -> Artist:
    """Return what draws charts: it starts while the forecast is being computed, and ends with the command."""
    from foedus.reports.drawing import Artist

    return context.with_resource(Artist())


def _today() -> Day:
    import datetime as dt

    return dt.date.today()  # noqa: DTZ011 - the day where the forecaster is


def _held(dossier: Dossier, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the day and the meeting by name, which hold with and without what is supposed."""
    from foedus.cases.case import day_and_meeting

    day, meeting = day_and_meeting(dossier, dossier.issue(asked["issue"]), asked["as_of"], asked["on"])
    return {"as_of": day, "on": meeting.name}


def _choice(
    dossier: Dossier,
    asked: dict[str, Any],
    changes: Sequence[str],
    report: Sequence[Path],
    by: str,
    since: Path | None,
    record: Path | None,
) -> Reply:
    """Answer a choice among options without an order."""
    from foedus.forecasts.choice import CHOICE_DRAWS, choice
    from foedus.forecasts.why import explain_choice

    asked["draws"] = min(asked["draws"], CHOICE_DRAWS)
    without, earlier = None, None
    if changes:
        from foedus.dossiers import suppose

        supposed = suppose(dossier, changes, asked["issue"])
        asked |= _held(dossier, asked)
        without = choice(dossier, **asked)
        dossier = supposed
    answer = choice(dossier, **asked)
    if since is not None:
        from foedus.reports.earlier import read_earlier

        earlier = read_earlier(since, answer.choosing.issue.id)

    def write(path: Path) -> None:
        from foedus.reports.choice import save_choice

        save_choice(answer, path, by=by, without=without, earlier=earlier)

    def record_it(ledger: Path) -> None:
        from foedus.ledgers.ledger import record_choice

        record_choice(ledger, answer, _today())

    def sections() -> Sequence[Section | None]:
        from foedus.reports.choice import choice_sections

        return choice_sections(answer, without, earlier)

    reasons = functools.partial(explain_choice, answer)
    return Reply(
        answer, sections=sections, reasons=reasons, reports=report, writes=write, ledger=record, records=record_it
    )
