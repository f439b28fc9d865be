"""A forecast on the terminal."""

from __future__ import annotations

from pathlib import Path

from foedus.cli.sections import show_sections
from foedus.cli.tables import console, tree
from foedus.forecasts import Forecast
from foedus.forecasts.entered import Unanswered
from foedus.reports.answer import (
    brief_section,
    change_section,
    models_section,
    objections_section,
    options_section,
    other_options_section,
    question_section,
    votes_section,
    why_sections,
)
from foedus.reports.brief import read_earlier
from foedus.reports.grounds import tested_section


def show_unanswered(answer: Unanswered) -> None:
    """Say that nothing has been entered, and what to do."""
    out, name = console(), answer.case.dossier.folder.name
    out.print(answer.case.issue.question, style="bold")
    out.print(f"Nothing has been entered yet in {name}: no member's position and no accepted statement. What to do:\n")
    for number, step in enumerate(answer.steps, 1):
        out.print(f"{number}. {step}")


def show_forecast(
    forecast: Forecast, without: Forecast | None = None, *, why: bool = False, since: Path | None = None
) -> None:
    """Print the judgement, the options with bars, who objects, and the break-even values.

    Parameters
    ----------
    forecast
        What is shown.
    without
        Where something is supposed: the forecast without it, to stand beside.
    why
        Whether to print what stands behind the answer, too.
    since
        A file with an earlier answer, to be compared.
    """
    out = console()
    show_sections(
        out,
        [
            question_section(forecast),
            brief_section(forecast, None if since is None else read_earlier(since, forecast.case.issue.id)),
            options_section(forecast, without),
            votes_section(forecast),
            models_section(forecast),
            objections_section(forecast),
            other_options_section(forecast),
            change_section(forecast),
            tested_section(forecast),
            *(why_sections(forecast) if why else ()),
        ],
    )
    if why:
        tree(out, ["", *forecast.why().lines()])
