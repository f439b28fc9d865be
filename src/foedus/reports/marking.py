"""The marking on top of an answer, alike in every medium."""

from __future__ import annotations

from foedus.evidence import MARKINGS
from foedus.reports.sections import MUTED, STRONG, Section, Text


def marking_text(marking: str) -> Text:
    """Return the highest marking of what an answer rests on, as a line.

    Examples
    --------
    >>> str(marking_text("restricted"))
    'Marking: RESTRICTED.'
    >>> str(marking_text("public"))
    'Marking: PUBLIC (nothing used here is marked otherwise).'
    """
    if marking == MARKINGS[0]:
        return Text((f"Marking: {marking.upper()} (nothing used here is marked otherwise).",), MUTED, "marking")
    return Text((f"Marking: {marking.upper()}.",), STRONG, "marking")


def marking_section(marking: str) -> Section:
    """Return the marking as a section of its own, for answers whose first section does not carry it."""
    return Section("", "", (marking_text(marking),))
