"""The whole report, section by section, as a page and a Word file show it."""

from __future__ import annotations

from foedus.evidence import marking_rank
from foedus.forecasts import Forecast
from foedus.reports.answer import (
    brief_section,
    called_section,
    change_section,
    learned_section,
    members_section,
    models_section,
    objections_section,
    options_section,
    other_options_section,
    question_section,
    votes_section,
)
from foedus.reports.brief import highest_marking
from foedus.reports.content import annexes_section
from foedus.reports.earlier import Earlier
from foedus.reports.explained import Explanation
from foedus.reports.explanations import explanation_sections
from foedus.reports.grounds import ground_sections
from foedus.reports.response_brief import brief_on_answers
from foedus.reports.sections import Section


def report_sections(forecast: Forecast, explained: Explanation, earlier: Earlier | None = None) -> tuple[Section, ...]:
    """Return the sections of a report, in the order in which a reader asks.

    Parameters
    ----------
    forecast
        The answer.
    explained
        What `foedus.reports.explained.explain_for_report` returned for it.
    earlier
        An answer to the same question, to be compared.
    """
    sections = (
        question_section(forecast, marking_of(forecast, explained)),
        brief_section(forecast, earlier),
        options_section(forecast),
        votes_section(forecast),
        objections_section(forecast),
        annexes_section(),
        members_section(forecast),
        other_options_section(forecast),
        models_section(forecast),
        change_section(forecast),
        *explanation_sections(forecast, explained),
        *(() if explained.response is None else brief_on_answers(explained.response)),
        *ground_sections(forecast),
        called_section(forecast),
        learned_section(forecast),
    )
    return tuple(section for section in sections if section is not None and section.blocks)


def marking_of(forecast: Forecast, explained: Explanation) -> str:
    """Return the highest marking of whatever a report shows: the forecast's, and that of others' answers beside it."""
    own = highest_marking([forecast.case])
    return own if explained.response is None else max(own, explained.response.marking, key=marking_rank)
