"""Tables for people, on a terminal of any width."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rich.console import Console
from rich.table import Table

_WHOLE = {"id", "day", "model", "host", "party", "treaty"}
"""Columns that are never broken into lines: what a reader would copy."""


_MANY = 10
"""From more columns on they stand closer."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the command end quietly, where Rich by itself would end it as a failure."""
        raise BrokenPipeError


def console() -> Console:
    """Return a console on standard output that prints brackets and colons as they stand.

    Piped, it is wide enough that no row is cut short.
    """
    width = None if sys.stdout.isatty() else 110
    return _Console(soft_wrap=False, highlight=False, markup=False, emoji=False, width=width)


def show(
    out: Console,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    *,
    narrow: bool = False,
    shares: Mapping[int, float] = MappingProxyType({}),
) -> None:
    """Print a table.

    The columns at the places of ``numbers`` hold numbers, and with ``narrow`` are no wider than these; ``shares`` gives
    columns a fixed share of the screen, such as long quotations.
    """
    padding = (0, 1, 0, 0) if len(headings) > _MANY else (0, 1)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=padding)
    rows = list(rows)
    for place, heading in enumerate(headings):
        lines = [line for row in rows for line in row[place].split("\n")]
        width = max(map(len, [*heading.split(), *lines])) if narrow and place in numbers else None
        table.add_column(
            heading,
            justify="right" if place in numbers else "left",
            overflow="fold",
            no_wrap=heading in _WHOLE and not (narrow and heading == "model"),
            width=int(shares[place] * out.width) if place in shares else width,
        )
    for row in rows:
        table.add_row(*row)
    if title:
        out.print(title, style="bold")
    out.print(table)


def paragraphs(out: Console, lines: Iterable[str], style: str | None = None, *, hang: int = 0) -> None:
    """Print lines; on a terminal, what does not fit goes on below, and a word longer than a line is not broken.

    Piped, each stays one line, so that another program finds its words together. What goes on below stands by ``hang``
    further in than where the line began.
    """
    for line in lines:
        if not out.is_terminal:
            out.print(line, style=style, soft_wrap=True)
            continue
        start = len(line) - len(line.lstrip())
        below = " " * min(start + hang, out.width // 3)
        parts = textwrap.wrap(line, out.width, subsequent_indent=below, break_long_words=False, break_on_hyphens=False)
        out.print("\n".join(parts), style=style, soft_wrap=True)


def tree(out: Console, lines: Iterable[str]) -> None:
    """Print indented lines, such as reasons."""
    paragraphs(out, lines, hang=2)


def bar(share: float, width: int = 24) -> str:
    """Return a bar for a share from 0 to 1."""
    full, part = divmod(round(share * width * 8), 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[part] if part else "")
