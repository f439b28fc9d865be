"""Sections on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from foedus.cli.tables import show
from foedus.reports.sections import MUTED, STRONG, TERMINAL, Section, Table, Text

_STYLES = {MUTED: "dim", STRONG: "bold"}


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
            out.print(section.title, style="bold")
        for block in section.blocks:
            if isinstance(block, Text):
                out.print(str(block), style=_STYLES.get(block.tone))
            elif isinstance(block, Table):
                rows = ([str(cell) for cell in row] for row in block.rows)
                show(out, "", block.headings, rows, sorted(block.numbers), narrow=True)
