"""What the commands on the world share: its options, how it is opened, how rows are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World

InFolder = Annotated[
    Path | None,
    typer.Option("--in", metavar="DIR", help="A dossier, or a folder of tables, whose facts are laid over these."),
]


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


def maybe_day(day: str | None, option: str) -> Day | None:
    """Return the day that an option names, if it names one."""
    from foedus.base.days import parse_day
    from foedus.base.errors import FoedusError

    try:
        return parse_day(day) if day is not None else None
    except ValueError as error:
        raise FoedusError(f"{option}: {error}") from None


def row_of(record: Any, *without: str) -> dict[str, object]:
    """Return a record by the columns of its table."""
    from foedus.base.tables import columns_of

    return {
        column.name: getattr(record, column.field) for column in columns_of(type(record)) if column.name not in without
    }


def remark(record: Any, on: Day | None = None) -> str:
    """Return the note on a fact, marked where the fact was not read in its source or its end is not known."""
    from foedus.world.horizon import remark_on, remark_on_instrument
    from foedus.world.records import Office
    from foedus.world.ties import Instrument

    note: str = record.note if record.verified else f"UNVERIFIED {record.note}".strip()
    late = remark_on(record, on) if isinstance(record, Office) else ""
    late = remark_on_instrument(record, on) if isinstance(record, Instrument) else late
    return f"{late.upper()[:1]}{late[1:]}. {note}".strip() if late else note


def uncertain(rows: Sequence[Any], on: Day) -> list[Any]:
    """Return the rows that may hold on a day, but whose first day nobody found."""
    from foedus.world.world import start_unknown

    return start_unknown(rows, on)


def since(record: Any) -> str:
    """Return the first day on which a fact holds, and the last where one is known."""
    start = str(record.start) if record.start else "?"
    return f"{start} to {record.end}" if record.end else start


def tell(
    answer: Mapping[str, object],
    json: bool,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    on: Day | None = None,
) -> None:
    """Print an answer as JSON, or as a table for people, with a warning where its day lies beyond what is known."""
    from foedus.base.answers import as_json

    if json:
        typer.echo(as_json({**answer, **horizon_of(on)}))
        return
    from foedus.cli.tables import console, show

    show(console(), title, headings, rows, numbers)
    warn_beyond(on)


def horizon_of(on: Day | None) -> dict[str, object]:
    """Return the last revision of the tables and the warning on a day, as they stand in JSON."""
    from foedus.world.horizon import AS_OF, beyond

    return {"last_revision": AS_OF, "warning": beyond(on) or None}


def warn_beyond(on: Day | None) -> None:
    """Print the warning on a day after the last revision of the tables, if it is one."""
    from foedus.world.horizon import beyond

    if warning := beyond(on):
        typer.echo(f"beyond what is known: {warning}")
