"""A stop of the tour as a section: what is asserted, the part of the system, the command, the live answer."""

from __future__ import annotations

from foedus.cli.tour.stops import Walked
from foedus.reports.sections import CODE, STRONG, Section, text


def group_section(letter: str, title: str) -> Section:
    """Return the heading of a group of stops."""
    return Section(f"group-{letter}", "", (text(f"{letter}. {title}", tone=STRONG),))


def stop_section(walked: Walked) -> Section:
    """Return a stop with what its command answers, or why none does."""
    stop, told = walked.stop, walked.told
    gap = "not answered: " if stop.gap and not told.startswith("not answered") else ""
    lines = (
        f"{stop.id:>4}  {stop.says}  [{stop.source}]",
        f"      {stop.part}",
        *(f"      $ {command}" for command in (stop.command, stop.beside) if command),
        f"      {gap}{told}",
    )
    return Section(f"stop-{stop.id}", "", tuple(text(line, tone=CODE) for line in lines))
