"""What an answer says: sections of text, tables and figures that every medium sets in its own way.

Whoever builds a section writes each sentence once and hands numbers over unrounded; the terminal, the page and the Word
file add no word of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.base.traces import Trace
from foedus.reports.numbers import Number

TERMINAL, PAGE, WORD = "terminal", "page", "word"
EVERYWHERE = (TERMINAL, PAGE, WORD)
ON_PAPER = (PAGE, WORD)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another place of the same page, or to a page beside it; elsewhere they are words.

    Attributes
    ----------
    words
        As shown.
    to
        The id of the place, or the name of the file of the page beside it.
    aside
        Whether it is the latter.
    """

    words: str
    to: str
    aside: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Bar:
    """A share from 0 to 1 as a bar; on paper it is left out.

    Attributes
    ----------
    share
        How much of the bar is full.
    """

    share: float

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that a page sets apart, in a colour of its own.

    Attributes
    ----------
    words
        As shown.
    kind
        What it tells: a stance (``accepts``, ``reluctant``, ``objects``, ``voice``) or ``weak``.
    """

    words: str
    kind: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Hint:
    """What only a terminal says, such as the option that tells more; on paper it is left out.

    Attributes
    ----------
    words
        As shown.
    """

    words: str

    def __str__(self) -> str:
        return ""


Part = str | Number | Link | Bar | Tag | Hint
"""Of a sentence or a cell."""

PLAIN, MUTED, STRONG, HEADLINE, CODE = "plain", "muted", "strong", "headline", "code"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Attributes
    ----------
    parts
        Set one after the other, with nothing between.
    tone
        ``plain``, ``muted`` for a remark, ``strong`` for what a reader must not miss, ``headline`` for the judgement,
        ``code`` for what is to be typed.
    id
        By which a page links to it; empty where nothing does.
    """

    parts: tuple[Part, ...]
    tone: str = PLAIN
    id: str = ""

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
    id
        By which a page links to it; empty where nothing does.
    """

    parts: tuple[Part, ...]
    below: tuple[Part, ...] = ()
    id: str = ""

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
    long
        The place of the column that holds long quotations, which a terminal gives much of its width; None without one.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()
    folded: int | None = None
    rest: str = ""
    long: int | None = None

    @property
    def stacked(self) -> bool:
        """Whether a phone shows the cells of a row below each other: it has many columns, or long texts in some."""
        columns = sum(bool(heading) for heading in self.headings)
        longest = max((len(str(cell_)) for row in self.rows for cell_ in row), default=0)
        return columns > _COLUMNS or (columns > 2 and longest > _LONG)


_COLUMNS, _LONG = 4, 60
"""How many columns stand beside each other on a phone, and characters of a cell that leave no room for others."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, by the name under which the page or the Word file has it drawn; a terminal leaves it out."""

    name: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of remarks of equal rank."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Short titles, each with what there is to say below it."""

    rows: tuple[tuple[str, Text | Bullets], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Reasons below each other, each further in than what it rests on.

    Attributes
    ----------
    lines
        How deep each stands, from 0, and its words.
    """

    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """What a page shows as one line until a reader opens it; on paper it stands open, on a terminal it is left out.

    Attributes
    ----------
    id
        By which a page links to it.
    who, what
        The line: a name, and what there is to know first.
    blocks
        What opens.
    """

    id: str
    who: str
    what: tuple[Part, ...]
    blocks: tuple[Text | Table | Steps, ...]


Block = Text | Table | Figure | Bullets | Terms | Fold | Steps


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
        1 for the question, 2 for a part, 3 for a part of a part.
    media
        Where it is shown.
    new_page
        Whether it begins a page on paper.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2
    media: tuple[str, ...] = EVERYWHERE
    new_page: bool = False

    def numbers(self) -> Iterator[Number]:
        """Yield every number, in the order in which a reader meets them."""
        for block in self.blocks:
            yield from (part for part in _parts(block) if isinstance(part, Number))

    def table(self, place: int = 0) -> Table:
        """Return one of its tables.

        Raises
        ------
        IndexError
            If it has no such table.
        """
        return [block for block in self.blocks if isinstance(block, Table)][place]


def _parts(block: Block) -> Iterator[Part]:
    """Yield what a block is made of, in order."""
    if isinstance(block, Text):
        yield from block.parts
    elif isinstance(block, Table):
        for cell in itertools.chain.from_iterable(block.rows):
            yield from (*cell.parts, *cell.below)
    elif isinstance(block, Bullets):
        yield from itertools.chain.from_iterable(item.parts for item in block.items)
    elif isinstance(block, Terms):
        yield from itertools.chain.from_iterable(_parts(block_) for _, block_ in block.rows)
    elif isinstance(block, Steps):
        yield from (words for _, words in block.lines)
    elif isinstance(block, Fold):
        yield from block.what
        yield from itertools.chain.from_iterable(_parts(block_) for block_ in block.blocks)


def text(words: str, *parts: Part, tone: str = PLAIN) -> Text:
    """Return a paragraph: words in which each ``{}`` stands for the next part; without parts, words as they stand.

    Raises
    ------
    ValueError
        If there are more or fewer gaps than parts.

    Examples
    --------
    >>> str(text("It fails in {} of draws.", Number(0.25, "share")))
    'It fails in 25 % of draws.'
    """
    if not parts:
        return Text((words,), tone)
    pieces = words.split("{}")
    if len(pieces) != len(parts) + 1:
        raise ValueError(f"{len(pieces) - 1} gaps for {len(parts)} parts: {words!r}")
    between = itertools.chain.from_iterable(itertools.zip_longest(pieces, parts, fillvalue=""))
    return Text(tuple(part for part in between if part != ""), tone)


def muted(words: str, *parts: Part) -> Text:
    """Return a remark, as `text` does."""
    return text(words, *parts, tone=MUTED)


def steps(trace: Trace, depth: int = 0) -> Steps:
    """Return reasons as they stand below each other."""
    return Steps(tuple(trace.steps(depth)))


def reasons(named: Mapping[str, Trace]) -> tuple[Section, ...]:
    """Return reasons by what they belong to; several are opened one by one on a page, and told in full elsewhere."""
    trees = [steps(trace) for trace in named.values()]
    folds = [
        Fold(f"why-{place}", name, (trace.value,), (steps(trace),))
        for place, (name, trace) in enumerate(named.items(), 1)
    ]
    on_paper = Section("why", "Why", tuple(trees if len(trees) == 1 else folds), media=ON_PAPER)
    return (*(Section("why", "", (tree,), media=(TERMINAL,)) for tree in trees), on_paper)


def bullets(lines: Iterable[str]) -> Bullets:
    """Return a list of remarks, each as it stands."""
    return Bullets(tuple(text(line) for line in lines))


def cell(*parts: Part, below: Sequence[Part] = (), place: str = "") -> Cell:
    """Return a cell of a table."""
    return Cell(parts, tuple(below), place)


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Part | Cell]],
    numbers: Iterable[int] = (),
    widths: Sequence[float] = (),
    folded: int | None = None,
    rest: str = "",
    long: int | None = None,
) -> Table:
    """Return a table; a cell of one part need not be wrapped.

    Raises
    ------
    ValueError
        If a row is longer or shorter than the headings, which no medium could set.
    """
    kept = tuple(tuple(part if isinstance(part, Cell) else Cell((part,)) for part in row) for row in rows)
    for row in kept:
        if len(row) != len(headings):
            raise ValueError(f"a row of {len(row)} cells under {len(headings)} headings: {[str(part) for part in row]}")
    return Table(tuple(headings), kept, frozenset(numbers), tuple(widths), folded, rest, long)
