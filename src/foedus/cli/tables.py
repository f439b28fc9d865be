"""Tables for people, on a terminal of any width."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the command end quietly, where Rich by itself would end it as a failure."""
        raise BrokenPipeError


def console() -> Console:
    """Return a console on standard output; piped, it is wide enough that no row is cut short."""
    return _Console(soft_wrap=False, highlight=False, width=None if sys.stdout.isatty() else 110)


def show(
    out: Console,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
) -> None:
    """Print a table; the columns at the given places hold numbers."""
    table = Table(
        title=escape(title) or None,
        title_justify="left",
        box=None,
        pad_edge=False,
        header_style="bold",
        title_style="bold",
    )
    for place, heading in enumerate(headings):
        table.add_column(escape(heading), justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    out.print(table)


def bar(share: float, width: int = 24) -> str:
    """Return a bar for a share from 0 to 1."""
    full, part = divmod(round(share * width * 8), 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[part] if part else "")
