"""Sections on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from foedus.cli.tables import bar, show
from foedus.reports.sections import (
    CODE,
    HEADLINE,
    MUTED,
    STRONG,
    TERMINAL,
    Bar,
    Block,
    Bullets,
    Part,
    Section,
    Table,
    Terms,
    Text,
)

_STYLES = {MUTED: "dim", STRONG: "bold", HEADLINE: "bold"}


def show_sections(out: Console, sections: Iterable[Section | None]) -> None:
    """Print sections, a blank line between them; figures and what a page folds away are left out.

    Parameters
    ----------
    out
        Where to.
    sections
        In order; None is nothing.
    """
    shown = [one for one in sections if one is not None and TERMINAL in one.media and one.blocks]
    for place, section in enumerate(shown):
        if place:
            out.print("")
        if section.title:
            out.print(section.title, style="bold")
        for block in section.blocks:
            _show(out, block)


def _show(out: Console, block: Block) -> None:
    if isinstance(block, Text):
        out.print(str(block), style=_STYLES.get(block.tone), soft_wrap=block.tone == CODE)
    elif isinstance(block, Table):
        rows = ["\n".join(_words(one) for one in (cell.parts, cell.below) if one) for row in block.rows for cell in row]
        width = len(block.headings)
        cut = [rows[at : at + width] for at in range(0, len(rows), width)]
        show(out, "", block.headings, cut, sorted(block.numbers), narrow=True)
    elif isinstance(block, Bullets):
        for item in block.items:
            out.print(f"- {item}")
    elif isinstance(block, Terms):
        for term, told in block.rows:
            if isinstance(told, Text):
                out.print(f"{term}: {told}")
            else:
                out.print(f"{term}:")
                _show(out, told)


def _words(parts: Iterable[Part]) -> str:
    return "".join(bar(part.share) if isinstance(part, Bar) else str(part) for part in parts)
