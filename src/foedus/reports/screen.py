"""A forecast as a terminal tells it: without what a page and a Word file add, so that it loads in a moment."""

from __future__ import annotations

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
from foedus.reports.brief import Earlier
from foedus.reports.grounds import tested_section
from foedus.reports.sections import Section


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
