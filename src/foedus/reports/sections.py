"""What an answer says: sections of text, tables and figures that every medium sets in its own way.

Whoever builds a section writes each sentence once and hands numbers over unrounded; the terminal, the page and the Word
file add no word of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foedus.reports.numbers import Number

TERMINAL, PAGE, WORD = "terminal", "page", "word"
EVERYWHERE = (TERMINAL, PAGE, WORD)
ON_PAPER = (PAGE, WORD)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another place of the same page; elsewhere they are words.

    Attributes
    ----------
    words
        As shown.
    to
        The id of the place.
    """

    words: str
    to: str

    def __str__(self) -> str:
        return self.words


Part = str | Number | Link
"""Of a sentence or a cell."""

PLAIN, MUTED, STRONG = "plain", "muted", "strong"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Attributes
    ----------
    parts
        Set one after the other, with nothing between.
    tone
        ``plain``, ``muted`` for a remark, ``strong`` for what a reader must not miss.
    """

    parts: tuple[Part, ...]
    tone: str = PLAIN

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    parts
        As of a text.
    below
        A remark below them.
    """

    parts: tuple[Part, ...]
    below: tuple[Part, ...] = ()

    def __str__(self) -> str:
        lines = ("".join(str(part) for part in parts) for parts in (self.parts, self.below))
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes
    ----------
    headings
        Of the columns.
    rows
        Cells, as many in each row as there are headings.
    numbers
        Places of the columns that hold numbers.
    widths
        Of the columns on paper, in any unit; by default all are the same.
    folded
        How many rows the page shows at once; the rest opens on demand.
    rest
        What the page says of the rows that are folded away.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()
    folded: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, by the name under which the page or the Word file has it drawn; a terminal leaves it out."""

    name: str


Block = Text | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer.

    Attributes
    ----------
    id
        By which a page links to it.
    title
        Its heading.
    blocks
        In order.
    level
        2 for a part, 3 for a part of a part.
    media
        Where it is shown.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2
    media: tuple[str, ...] = EVERYWHERE

    def numbers(self) -> Iterator[Number]:
        """Yield every number, in the order in which a reader meets them."""
        for block in self.blocks:
            if isinstance(block, Text):
                yield from _numbers(block.parts)
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        yield from _numbers((*cell.parts, *cell.below))

    def table(self, place: int = 0) -> Table:
        """Return one of its tables.

        Raises
        ------
        IndexError
            If it has no such table.
        """
        return [block for block in self.blocks if isinstance(block, Table)][place]


def _numbers(parts: Iterable[Part]) -> Iterator[Number]:
    return (part for part in parts if isinstance(part, Number))


def text(words: str, *parts: Part, tone: str = PLAIN) -> Text:
    """Return a paragraph: words in which each ``{}`` stands for the next part.

    Raises
    ------
    ValueError
        If there are more or fewer gaps than parts.

    Examples
    --------
    >>> str(text("It fails in {} of draws.", Number(0.25, "share")))
    'It fails in 25 % of draws.'
    """
    pieces = words.split("{}")
    if len(pieces) != len(parts) + 1:
        raise ValueError(f"{len(pieces) - 1} gaps for {len(parts)} parts: {words!r}")
    between = itertools.chain.from_iterable(itertools.zip_longest(pieces, parts, fillvalue=""))
    return Text(tuple(part for part in between if part != ""), tone)


def muted(words: str, *parts: Part) -> Text:
    """Return a remark, as `text` does."""
    return text(words, *parts, tone=MUTED)


def cell(*parts: Part, below: Sequence[Part] = ()) -> Cell:
    """Return a cell of a table."""
    return Cell(parts, tuple(below))


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Part | Cell]],
    numbers: Iterable[int] = (),
    widths: Sequence[float] = (),
    folded: int | None = None,
    rest: str = "",
) -> Table:
    """Return a table; a cell of one part need not be wrapped.

    Raises
    ------
    ValueError
        If a row is longer or shorter than the headings, which no medium could set.
    """
    kept = tuple(tuple(one if isinstance(one, Cell) else Cell((one,)) for one in row) for row in rows)
    for row in kept:
        if len(row) != len(headings):
            raise ValueError(f"a row of {len(row)} cells under {len(headings)} headings: {[str(one) for one in row]}")
    return Table(tuple(headings), kept, frozenset(numbers), tuple(widths), folded, rest)
