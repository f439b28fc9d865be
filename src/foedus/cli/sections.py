"""Sections on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from foedus.cli.screen import bar, paragraphs, show, tree
from foedus.reports.sections import (
    CODE,
    HEADLINE,
    MUTED,
    STRONG,
    TERMINAL,
    Bar,
    Block,
    Bullets,
    Hint,
    Part,
    Section,
    Steps,
    Table,
    Terms,
    Text,
)

_LONG = 0.42
"""The share of the screen that a column of long quotations has."""

_STYLES = {MUTED: "dim", STRONG: "bold", HEADLINE: "bold"}


def show_sections(out: Console, sections: Iterable[Section | None]) -> None:
    """Print sections, a blank line between them; figures and what a page folds away are left out.

    Parameters
    ----------
    out
        Where to.
    sections
        In order; None is nothing. Each is printed before the next is asked for.
    """
    begun = False
    for section in sections:
        if section is None or TERMINAL not in section.media or not section.blocks:
            continue
        if begun:
            out.print("")
        begun = True
        if section.title:
            out.print(section.title, style="bold")
        for block in section.blocks:
            _show(out, block)


def _show(out: Console, block: Block) -> None:
    if isinstance(block, Text):
        if block.tone == CODE:
            out.print(str(block), soft_wrap=True)
        else:
            _say(out, _words(block.parts), style=_STYLES.get(block.tone))
    elif isinstance(block, Table):
        if not block.rows:
            return  # a head tells nothing
        rows = [
            "\n".join(_words(parts) for parts in (cell.parts, cell.below) if parts)
            for row in block.rows
            for cell in row
        ]
        width = len(block.headings)
        cut = [rows[at : at + width] for at in range(0, len(rows), width)]
        wide = {} if block.long is None else {block.long: _LONG}
        show(out, "", block.headings, cut, sorted(block.numbers), narrow=True, shares=wide)
    elif isinstance(block, Bullets):
        for item in block.items:
            _say(out, f"- {item}")
    elif isinstance(block, Steps):
        tree(out, (f"{'  ' * depth}{words}" for depth, words in block.lines))
    elif isinstance(block, Terms):
        for term, told in block.rows:
            if isinstance(told, Text):
                _say(out, f"{term}: {told}")
            else:
                out.print(f"{term}:")
                _show(out, told)


def _say(out: Console, words: str, style: str | None = None) -> None:
    paragraphs(out, words.split("\n"), style)


def _words(parts: Iterable[Part]) -> str:
    return "".join(map(_part, parts))


def _part(part: Part) -> str:
    return bar(part.share) if isinstance(part, Bar) else part.words if isinstance(part, Hint) else str(part)
