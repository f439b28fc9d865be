"""Answers in a notebook: the sections that the terminal and pages show, set as HTML."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from foedus.base.answers import Recorded
from foedus.forecasts import Forecast
from foedus.reports.answer import objections_section, options_section, votes_section
from foedus.reports.content import heading
from foedus.reports.html import environment
from foedus.reports.sections import PAGE, Section, muted, table

SECTIONS: Mapping[str, tuple[str, str]] = {
    "Attacked": ("obligations", "attack_sections"),
    "BodyPower": ("power", "power_sections"),
    "Choice": ("choice", "choice_sections"),
    "Consulted": ("obligations", "consultation_sections"),
    "Disagreement": ("disagreement", "disagreement_sections"),
    "Evaluated": ("evaluated", "evaluated_sections"),
    "EvidenceInfluence": ("explanations", "evidence_section"),
    "Forecast": ("notebook", "forecast_sections"),
    "ForumChoice": ("forums", "forum_sections"),
    "Helping": ("record", "helper_sections"),
    "NetworkAnswer": ("networks", "network_sections"),
    "PackageAnswer": ("package", "package_sections"),
    "Profile": ("measured", "profile_sections"),
    "Replay": ("histories", "replay_sections"),
    "Responded": ("responses", "response_sections"),
    "Rounds": ("rounds", "rounds_sections"),
    "Scenarios": ("explanations", "scenarios_section"),
    "Sensitivity": ("explanations", "sensitivity_sections"),
    "TableRounds": ("rounds", "rounds_sections"),
}
"""By class, the module of this room and its function that needs the answer alone; others show as they are recorded."""

_TEMPLATE = "{% from 'macros.html' import section %}{% for one in sections %}{{ section(one, {}) }}{% endfor %}"
_ROWS, _LONGEST = 60, 160


def shown(answer: Recorded) -> str:
    """Return an answer as HTML for a notebook: its sections, or else its values and tables; without pictures.

    Examples
    --------
    >>> import foedus
    >>> "can block alone: CHN" in shown(foedus.power("unsc", on="2024-06-01"))
    True
    """
    module, function = SECTIONS.get(type(answer).__name__, ("", ""))
    made: Any = getattr(importlib.import_module(f"foedus.reports.{module}"), function) if module else recorded_sections
    sections = made(answer)
    sections = [sections] if isinstance(sections, Section) else [section for section in sections if section is not None]
    template = environment().from_string(_TEMPLATE)
    return template.render(sections=[section for section in sections if PAGE in section.media])


def forecast_sections(forecast: Forecast) -> tuple[Section | None, ...]:
    """Return what was asked, how likely each option is, and who objects."""
    return heading(forecast), options_section(forecast), votes_section(forecast), objections_section(forecast)


def recorded_sections(answer: Recorded) -> Iterator[Section]:
    """Yield the values of an answer as it is recorded, and each of its tables with the first rows."""
    recorded = answer.as_answer()
    values = [(key, _words(value)) for key, value in recorded.items() if not isinstance(value, list | dict)]
    if values:
        yield Section("values", type(answer).__name__, (table(("", ""), values),))
    for key, rows in recorded.items():
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
            headings = tuple(dict.fromkeys(name for row in rows for name in row))
            cells = [[_words(row.get(name)) for name in headings] for row in rows[:_ROWS]]
            more = (muted(f"{len(rows) - _ROWS} more rows: to_frame('{key}')"),) if len(rows) > _ROWS else ()
            yield Section(key, key, (table(headings, cells), *more), level=3)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
