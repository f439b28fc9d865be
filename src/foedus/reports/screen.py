"""A forecast as a terminal tells it: without what a page and a Word file add, so that it loads in a moment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.forecasts import Forecast
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
from foedus.reports.earlier import Earlier
from foedus.reports.grounds import tested_section
from foedus.reports.sections import CODE, Section, text


def forecast_sections(
    forecast: Forecast, without: Forecast | None = None, earlier: Earlier | None = None, *, why: bool = False
) -> list[Section | None]:
    """Return a forecast as a terminal tells it: the judgement, the options, who objects, what would turn it.

    Parameters
    ----------
    forecast
        What is told.
    without
        Where something is supposed: the forecast without it, to stand beside.
    earlier
        An answer to be compared with it.
    why
        Whether to tell what stands behind the answer, too.
    """
    return [
        question_section(forecast),
        brief_section(forecast, earlier),
        options_section(forecast, without),
        votes_section(forecast),
        models_section(forecast),
        objections_section(forecast),
        other_options_section(forecast),
        change_section(forecast),
        tested_section(forecast),
        *(why_sections(forecast) if why else ()),
    ]


def demo_sections(
    forecast: Forecast, folder: Path, written: Sequence[Path], kept: Sequence[str]
) -> list[Section | None]:
    """Return the forecast of the demonstration, where its pages lie, and what to try next.

    Parameters
    ----------
    forecast
        The first that was made.
    folder
        Of the dossier.
    written
        The pages, the first of which is to be opened.
    kept
        Names of files that were there already and stayed as they were edited.
    """
    pages = [f"open in a browser: {written[0]}", *(f"           beside it: {path}" for path in written[1:])]
    commands = [f"next: foedus check {folder}"]
    if (folder / "documents").is_dir():
        read = f"foedus read {folder / 'documents'} --into {folder}"
        commands.append(f"      {read}   (briefs of its sources, in our own words)")
    commands.append(f"      foedus forecast {folder} --as-of {forecast.case.as_of} --why")
    lines = {"kept": [f"kept as you edited them: {', '.join(kept)}"] if kept else [], "pages": pages, "next": commands}
    told = [Section(name, "", tuple(text(line, tone=CODE) for line in of)) for name, of in lines.items()]
    return [*forecast_sections(forecast), *told]
