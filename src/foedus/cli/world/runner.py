"""What the commands on the world share: its facts opened and laid over, the days that options name, the reply."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering, with_options

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.reports.world import Page
    from foedus.world import World

InFolder = Annotated[
    Path | None,
    typer.Option("--in", metavar="DIR", help="A dossier, or a folder of tables, whose facts are laid over these."),
]


def about_the_world(command: Callable[..., Page]) -> Callable[..., None]:
    """Make a command out of a function from a world, and what was asked of it, to a page."""

    @functools.wraps(command)
    def run(*args: Any, folder: Path | None = None, **options: Any) -> Reply:
        from foedus.reports.world.page import with_sources

        world = open_world(folder)
        page = with_sources(command(world, *args, **options), world)
        return Reply(page.document, sections=lambda: page.sections)

    with_options(run, command, {"folder": (InFolder, None)}, without=("world",))
    return answering()(run)


def open_world(folder: Path | None) -> World:
    """Return the packaged world, with the facts of a dossier or a folder of tables over it."""
    from dataclasses import replace

    from foedus.base.errors import InputError
    from foedus.world import packaged_world, read_world

    if folder is None or (
        not (folder / "world").is_dir() and ((folder / "dossier.yaml").exists() or (folder / "institutions").is_dir())
    ):
        return packaged_world()
    try:
        return read_world(folder)
    except InputError as error:
        raise InputError([replace(problem, file=f"--in: {problem.file}") for problem in error.problems]) from None


def the_day(on: str | None, option: str = "--on") -> Day:
    """Return the day that an option names, or today."""
    return maybe_day(on, option) or dt.date.today()  # noqa: DTZ011 - a day has no zone


def maybe_day(on: str | None, option: str = "--on") -> Day | None:
    """Return the day that an option names, if it names one."""
    from foedus.base.days import maybe_day

    return maybe_day(on, option)


def days_between(start: str | None, end: str | None, on: str | None = None) -> tuple[Day | None, Day | None]:
    """Return the days that ``--from`` and ``--until`` name, or twice that of ``--on``; the later is not the earlier."""
    from foedus.base.errors import FoedusError

    if on is not None:
        if start or end:
            raise FoedusError("--on is one day; leave out --from and --until")
        return maybe_day(on), maybe_day(on)
    first, last = maybe_day(start, "--from"), maybe_day(end, "--until")
    if first and last and last < first:
        raise FoedusError(f"--until: {last} lies before {first}")
    return first, last


def require_known(option: str, what: str, word: str | None, known: Iterable[str]) -> None:
    """Refuse a word that an option does not know.

    Raises
    ------
    FoedusError
        With the words that it knows.
    """
    from foedus.base.errors import FoedusError

    words = list(dict.fromkeys(known))
    if word is not None and word not in words:
        raise FoedusError(f"{option}: no {what} {word!r}; known are {', '.join(words)}")
