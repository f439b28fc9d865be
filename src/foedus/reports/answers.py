"""An answer of its own, apart from any forecast: its sections and charts as a page, a PDF or a Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.base.days import Day
from foedus.evidence import MARKINGS
from foedus.reports.marking import marking_section
from foedus.reports.save import save_sections
from foedus.reports.sections import Section
from foedus.reports.vega import Chart

_WITH_ARTICLE = (
    "United",
    "Netherlands",
    "Philippines",
    "Organization",
    "Union",
    "Council",
    "Group",
    "Dialogue",
    "Committee",
)
"""Words that names have which take an article in a sentence: the United States, the Group of Seven."""


def in_a_sentence(name: str) -> str:
    """Return a name with its article, where it takes one.

    Examples
    --------
    >>> in_a_sentence("United States"), in_a_sentence("France")
    ('the United States', 'France')
    """
    return f"the {name}" if set(_WITH_ARTICLE) & set(name.split()) else name


@dataclass(frozen=True, slots=True)
class Told:
    """What a command found, set for readers.

    Attributes
    ----------
    title
        Of the page.
    sections
        In order; None is nothing.
    charts
        By the name that figures give: what draws each in a width in pixels.
    as_of
        The day of what it uses, for the head of a Word file; None where it uses nothing dated.
    marking
        The highest marking of what it rests on.
    """

    title: str
    sections: Sequence[Section | None]
    charts: Mapping[str, Callable[[int], Chart]]
    as_of: Day | None
    marking: str = MARKINGS[0]


def save_told(told: Told, path: Path | str, *, by: str = "") -> None:
    """Write an answer as ``FILE.html``, ``FILE.docx`` or ``FILE.pdf``, signed by somebody.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, or a file that cannot be written.
    """
    sections = [marking_section(told.marking), *told.sections]
    save_sections(told.title, sections, path, told.as_of, told.marking, by=by, charts=told.charts)
