"""What the commands on the world share: its facts opened and laid over, a page of tables printed or recorded."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering, with_options

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World

InFolder = Annotated[
    Path | None,
    typer.Option("--in", metavar="DIR", help="A dossier, or a folder of tables, whose facts are laid over these."),
]


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people: its title, what stands in each column, and its rows.

    Parameters
    ----------
    title
        What stands above it.
    columns
        By heading, what a row says there; None where it says nothing.
    rows
        The rows, of any kind.
    numbers
        Headings of columns that hold numbers.
    """

    title: str
    columns: Mapping[str, Callable[[Any], object]]
    rows: Iterable[Any]
    numbers: tuple[str, ...] = ()

    def cells(self) -> list[list[str]]:
        """Return what stands in each cell."""
        return [
            ["" if (cell := column(row)) is None else str(cell) for column in self.columns.values()]
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """What a command on the world has to tell.

    Parameters
    ----------
    answer
        The JSON document, without what `foedus.world.horizon` adds.
    parts
        Tables and sentences, in order, for people.
    on
        The day that was asked about, so that a day beyond what is known can be told as one.
    """

    answer: Mapping[str, object]
    parts: Sequence[Table | str]
    on: Day | None = None


def about_the_world(command: Callable[..., Page]) -> Callable[..., None]:
    """Make a command out of a function from a world, and what was asked of it, to a page."""

    @functools.wraps(command)
    def run(*args: Any, folder: Path | None = None, **options: Any) -> Reply:
        world = open_world(folder)
        page = command(world, *args, **options)
        return Reply(
            {**page.answer, "sources": _cited(world, page.answer), **_horizon(page.on)}, functools.partial(_show, page)
        )

    with_options(run, command, {"folder": (InFolder, None)}, without=("world",))
    return answering()(run)


def _show(page: Page) -> None:
    from foedus.cli.tables import console, show

    out, warned = console(), False
    for part in page.parts:
        if isinstance(part, str):
            typer.echo(part)
        else:
            headings = list(part.columns)
            show(out, part.title, headings, part.cells(), [headings.index(one) for one in part.numbers])
        if not warned and (warning := _horizon(page.on)["warning"]):
            typer.echo(f"beyond what is known: {warning}")
        warned = True


def _cited(world: World, answer: object) -> list[dict[str, object]]:
    """Return the sources that an answer's rows name, each with its title and address, so that JSON can be cited."""
    named: set[str] = set()
    left = [answer]
    while left:
        one = left.pop()
        if isinstance(one, Mapping):
            named |= {value for key, value in one.items() if key == "source" and isinstance(value, str)}
            left += one.values()
        elif isinstance(one, list | tuple):
            left += one
    return [row_of(world.sources[name], "note") for name in sorted(named & world.sources.keys())]


def _horizon(on: Day | None) -> dict[str, object]:
    """Return the last revision of the tables and the warning on a day, as they stand in JSON."""
    from foedus.world.horizon import AS_OF, beyond

    return {"last_revision": AS_OF, "warning": beyond(on) or None}


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
        raise InputError([replace(one, file=f"--in: {one.file}") for one in error.problems]) from None


def the_day(on: str | None, option: str = "--on") -> Day:
    """Return the day that an option names, or today."""
    return maybe_day(on, option) or dt.date.today()  # noqa: DTZ011 - a day has no zone


def maybe_day(day: str | None, option: str = "--on") -> Day | None:
    """Return the day that an option names, if it names one."""
    from foedus.base.days import parse_day
    from foedus.base.errors import FoedusError

    try:
        return parse_day(day) if day is not None else None
    except ValueError as error:
        raise FoedusError(f"{option}: {error}") from None


def days_between(start: str | None, end: str | None, first: str = "--from") -> tuple[Day | None, Day | None]:
    """Return the days that two options name; the later may not lie before the earlier."""
    from foedus.base.errors import FoedusError

    found = maybe_day(start, first), maybe_day(end, "--until")
    if found[0] and found[1] and found[1] < found[0]:
        raise FoedusError(f"--until: {found[1]} lies before {found[0]}")
    return found


def columns(words: str, **special: Callable[[Any], object]) -> dict[str, Callable[[Any], object]]:
    """Return the columns that some words name, with what stands in each.

    Parameters
    ----------
    words
        Headings, with ``_`` for a blank, each the attribute of a row that stands there, or ``heading=attribute``.
        ``since`` and ``note`` are told as for every fact.
    special
        What stands in a column instead, by its word.
    """
    found: dict[str, Callable[[Any], object]] = {}
    for word in words.split():
        name, _, attribute = word.partition("=")
        usual = {"since": since, "note": remark}.get(name) or operator.attrgetter(attribute or name)
        found[name.replace("_", " ")] = special.get(name, usual)
    return found


def rows_of(records: Iterable[Any], *without: str, **beside: Callable[[Any], object]) -> list[dict[str, object]]:
    """Return records by the columns of their table, with more keys beside."""
    return [row_of(one, *without) | {key: value(one) for key, value in beside.items()} for one in records]


def row_of(record: Any, *without: str) -> dict[str, object]:
    """Return a record by the columns of its table."""
    from foedus.base.tables import columns_of

    return {one.name: getattr(record, one.field) for one in columns_of(type(record)) if one.name not in without}


def remark(record: Any, on: Day | None = None) -> str:
    """Return the note on a fact, marked where the fact was not read in its source or its end is not known."""
    from foedus.world.horizon import remark_on, remark_on_instrument
    from foedus.world.records import Office
    from foedus.world.ties import Instrument

    note: str = record.note if record.verified else f"UNVERIFIED {record.note}".strip()
    late = remark_on(record, on) if isinstance(record, Office) else ""
    late = remark_on_instrument(record, on) if isinstance(record, Instrument) else late
    return f"{late.upper()[:1]}{late[1:]}. {note}".strip() if late else note


def since(record: Any) -> str:
    """Return the first day on which a fact holds, and the last where one is known."""
    start = str(record.start) if record.start else "?"
    return f"{start} to {record.end}" if record.end else start
