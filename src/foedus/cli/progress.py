"""Progress on standard error, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[str, int, int], None]
"""Says what comes next, how many are done, and how many there are."""


@contextmanager
def steps() -> Iterator[Step | None]:
    """Show a line that says what is being worked on, and take it away at the end; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("")

        def step(name: str, done: int, total: int) -> None:
            shown.update(task, description=name, completed=done, total=total)

        yield step
