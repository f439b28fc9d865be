"""What an answer on the world is made of: its JSON document, and tables of rows given by their columns."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.base.days import Day
from foedus.base.tables import columns_of
from foedus.reports.numbers import Number
from foedus.reports.sections import Cell, Section, Text, table, text
from foedus.world import World
from foedus.world.horizon import AS_OF, beyond, remark_on, remark_on_instrument
from foedus.world.records import Office
from foedus.world.ties import Instrument

Says = Callable[[Any], object]
"""What stands in a column, by the row."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer on the world.

    Parameters
    ----------
    answer
        The JSON document, but for what is known of the facts' end.
    parts
        The sections, but for a warning.
    on
        The day that was asked about, so that a day beyond what is known can be told as one.
    """

    answer: Mapping[str, object]
    parts: Sequence[Section]
    on: Day | None = None

    @property
    def document(self) -> dict[str, object]:
        """The JSON document, with the last revision of the tables and the warning on a day after it."""
        return {**self.answer, "last_revision": AS_OF, "warning": beyond(self.on) or None}

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, with the warning below what is told first."""
        first, *rest = self.parts
        if warning := beyond(self.on):
            blocks = (*first.blocks[:1], text(f"beyond what is known: {warning}"), *first.blocks[1:])
            first = replace(first, blocks=blocks)
        return (first, *rest)


def with_sources(page: Page, world: World) -> Page:
    """Return a page whose JSON lists the sources that its rows name, each with title and address, to be cited."""
    named: set[str] = set()
    left: list[object] = [page.answer]
    while left:
        item = left.pop()
        if isinstance(item, Mapping):
            named |= {value for key, value in item.items() if key == "source" and isinstance(value, str)}
            left += item.values()
        elif isinstance(item, list | tuple):
            left += item
    sources = [row_of(world.sources[name], "note") for name in sorted(named & world.sources.keys())]
    return replace(page, answer={**page.answer, "sources": sources})


def listing(
    place: str, title: str, shown: Mapping[str, Says], rows: Iterable[Any], *below: str, above: str = ""
) -> Section:
    """Return a table as a section.

    Parameters
    ----------
    place
        The section's id.
    title
        What stands above it.
    shown
        By heading, what a row says there; None where it says nothing. Columns of numbers stand on the right.
    rows
        The rows, of any kind.
    below, above
        Sentences; an empty one is left out.
    """
    cells = [[_cell(column(row)) for column in shown.values()] for row in rows]
    numbers = [k for k in range(len(shown)) if cells and all(isinstance(row[k], Number) for row in cells)]
    return Section(place, title, (*_texts(above), table(tuple(shown), cells, numbers), *_texts(*below)))


def _cell(value: object) -> Number | Cell | str:
    return value if isinstance(value, Number | Cell) else "" if value is None else str(value)


def _texts(*words: str) -> tuple[Text, ...]:
    return tuple(text(word) for word in words if word)


def sentence(place: str, words: str) -> Section:
    """Return a sentence as a section of its own."""
    return Section(place, "", (text(words),))


def left_out(named: Iterable[str], sep: str = "; ", what: str = "their first day") -> str:
    """Return whom an answer leaves out since it is not known from when they hold; empty where nobody."""
    told = sep.join(named)
    return f"left out, since {what} is not known: {told}" if told else ""


def columns(words: str, world: World | None = None, day: Day | None = None, **special: Says) -> dict[str, Says]:
    """Return the columns that some words name, with what stands in each.

    Parameters
    ----------
    words
        Headings, with ``_`` for a blank, each the attribute of a row that stands there, or ``heading=attribute``.
        ``since`` and ``note`` are told as for every fact, with a world also an actor's ``name`` and the title of a
        ``source``.
    world, day
        The facts, and the day for the note.
    special
        What stands in a column instead, by its word.
    """
    usual: dict[str, Says] = {"since": since, "note": lambda row: remark(row, day)}
    if world is not None:
        usual |= {"name": lambda row: world.name(row.actor), "source": lambda row: world.sources[row.source].title}
    says_by_name: dict[str, Says] = {}
    for word in words.split():
        name, _, attribute = word.partition("=")
        says = special.get(name) or (None if attribute else usual.get(name))
        says_by_name[name.replace("_", " ")] = says or operator.attrgetter(attribute or name)
    return says_by_name


def rows_of(records: Iterable[Any], *without: str, **beside: Says) -> list[dict[str, object]]:
    """Return records by the columns of their table, with more keys beside."""
    return [row_of(record, *without) | {key: value(record) for key, value in beside.items()} for record in records]


def row_of(record: Any, *without: str) -> dict[str, object]:
    """Return a record by the columns of its table."""
    return {
        column.name: getattr(record, column.field) for column in columns_of(type(record)) if column.name not in without
    }


def marked(note: str, *, verified: bool) -> str:
    """Return a note, marked where the fact was not read in its source."""
    return note if verified else f"UNVERIFIED {note}".strip()


_DATED = re.compile(r"(?<![\w-])((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?![\w-])")


def by_then(note: str, on: Day) -> str:
    """Return a note without the parts that tell of later days; sources in brackets may be younger than what they tell.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> by_then("signed in 1992 (tass-2012); frozen since 2024", parse_day("2013-01-01"))
    'signed in 1992 (tass-2012)'
    """

    def later(part: str) -> bool:
        bare = re.sub(r"\([^)]*\)", "", part)
        written = (tuple(int(match) for match in parts_of_day if match) for parts_of_day in _DATED.findall(bare))
        return any(date > (on.year, on.month, on.day)[: len(date)] for date in written)

    return "; ".join(part for part in note.split("; ") if not later(part))


def remark(record: Any, on: Day | None = None) -> str:
    """Return the note on a fact, marked where the fact was not read in its source or its end is not known."""
    note = marked(record.note if on is None else by_then(record.note, on), verified=record.verified)
    late = remark_on(record, on) if isinstance(record, Office) else ""
    late = remark_on_instrument(record, on) if isinstance(record, Instrument) else late
    return f"{late.upper()[:1]}{late[1:]}. {note}".strip() if late else note


def since(record: Any) -> str:
    """Return the first day on which a fact holds, and the last where one is known."""
    start = str(record.start) if record.start else "?"
    return f"{start} to {record.end}" if record.end else start
