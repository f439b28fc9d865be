"""What other programs and persons coded, as it is offered to a dossier, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.base.answers import Recorded
from foedus.base.errors import FoedusError, Problems
from foedus.coding.decisions import Decision
from foedus.coding.entering import STANCES
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.records import Concept
from foedus.evidence import KINDS, Source
from foedus.evidence.documents import Document

NEEDED = ("actor", "concept", "stance", "said_on")
"""Columns without which a table holds no statements."""

COLUMNS = (
    *NEEDED, "id", "source", "outlet", "passage", "quote", "paraphrase", "person", "office", "condition", "kind",
    "venue", "until", "known_on", "reporter", "coder", "certainty", "marking", "note", "signal",
)  # fmt: skip
"""What a column of a table may be: those of ``statements.csv``, and the outlet of a new source."""

ALL_OTHERS = "*"
"""In place of a word of the file: every word that has no meaning of its own."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What the words of a file mean.

    Attributes
    ----------
    actors
        Ids by names of the file, for names that the world does not know.
    stances
        One of `foedus.coding.entering.STANCES` by a word of the file; `ALL_OTHERS` for every other word.
    kind
        How directly the statements come from their actors, where the file does not say.
    new_actors
        Whether names that the world does not know become actors of the dossier's own world.
    """

    actors: Mapping[str, str] = field(default_factory=dict)
    stances: Mapping[str, str] = field(default_factory=dict)
    kind: str = "indirect"
    new_actors: bool = False

    def __post_init__(self) -> None:
        """Refuse a kind or a stance that is none."""
        if self.kind not in KINDS:
            raise FoedusError(f"kind {self.kind!r}: expected one of {', '.join(KINDS)}")
        for word, value in self.stances.items():
            if value not in STANCES:
                raise FoedusError(f"--stance {word!r}: {value!r}, expected one of {', '.join(STANCES)}")

    def side(self, words: str) -> str | None:
        """Return what some words mean; None where nothing was said of them."""
        folded = {word.casefold(): value for word, value in self.stances.items()}
        return folded.get(words.casefold(), folded.get(ALL_OTHERS))


NOTHING_MEANT = Meant()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two codings of one passage that differ.

    Attributes
    ----------
    ours, theirs
        Ids of the two statements; theirs as it stands in the dossier now.
    source, passage
        Where both stand.
    differs
        For each variable that differs, its name, our value and theirs.
    """

    ours: str
    theirs: str
    source: str
    passage: str
    differs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Imported(Recorded):
    """What an import added and left out.

    Attributes
    ----------
    entry
        What the journal says; None where nothing was new.
    statements, concepts, sources
        Ids of what was added.
    unknown
        Actors that the world does not know, with how many statements each; these are left out.
    cut
        Ids of statements whose quote is shorter than the span that was coded.
    others
        What the file holds beside and no statement can hold: statements of other types, codings without text.
    present
        Ids of statements that the table had already and that stayed as they were.
    corrected
        Ids of statements from the same file that got the values it has now.
    kept
        Ids of those of which a cell stayed as it was changed by hand.
    refused
        What is wrong with rows that were left out.
    gone
        Ids of statements that came from the same file, which no longer has them, or not soundly.
    actors
        Ids of actors that were added to the dossier's own world.
    alike
        Ids of added statements that another one codes alike; they are rejected as repetitions.
    conflicts
        Codings of one passage that differ.
    """

    entry: Decision | None
    statements: tuple[str, ...]
    concepts: tuple[str, ...]
    sources: tuple[str, ...]
    unknown: dict[str, int]
    cut: tuple[str, ...] = ()
    others: int = 0
    present: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(slots=True)
class Offer:
    """What a file offers.

    Attributes
    ----------
    dossier
        Into which it is taken.
    name
        By which the file is known when it comes again.
    problems
        What is wrong with it.
    rows
        Where a row stands in the file, and its cells by column of `COLUMNS`; perhaps ``status`` and ``cut``.
    sources
        New ones, by id.
    files
        Bytes of their documents, by name in ``documents/``.
    texts
        Texts by the id of their source; None where there is none.
    placed
        Whether passages and quotes are where they stand already.
    others
        As in `Imported`.
    """

    dossier: Dossier
    name: str
    problems: Problems
    rows: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, Document | None] = field(default_factory=dict)
    placed: bool = False
    others: int = 0
    concepts: dict[str, Concept] = field(default_factory=dict)
    claims: dict[str, tuple[str, int]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What the column ``rule`` of its statements says."""
        return f"table {self.name}"
