"""Sections on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from foedus.cli.tables import show
from foedus.reports.sections import MUTED, STRONG, TERMINAL, Section, Table, Text

_TONES = {MUTED: "[dim]{}[/dim]", STRONG: "[bold]{}[/bold]"}


def show_sections(out: Console, sections: Iterable[Section | None]) -> None:
    """Print sections, a blank line between them; figures are left out.

    Parameters
    ----------
    out
        Where to.
    sections
        In order; None is nothing.
    """
    shown = [one for one in sections if one is not None and TERMINAL in one.media]
    for place, section in enumerate(shown):
        if place:
            out.print("")
        if section.title:
            out.print(f"[bold]{escape(section.title)}[/bold]")
        for block in section.blocks:
            if isinstance(block, Text):
                out.print(_TONES.get(block.tone, "{}").format(escape(str(block))))
            elif isinstance(block, Table):
                rows = ([str(cell) for cell in row] for row in block.rows)
                show(out, "", block.headings, rows, sorted(block.numbers), narrow=True)
