"""How well a coder does on real texts of other debates, coded by hand paragraph by paragraph.

A folder holds ``texts/`` (one paragraph a line), ``sources.csv``, ``concepts.csv`` and ``statements.csv``; the
packaged one explains itself in its README.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foedus.base.days import Day, parse_day
from foedus.base.errors import refuse
from foedus.base.files import read_text
from foedus.base.tables import read_cells
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coders import Coder, RuleCoder
from foedus.evidence.documents import Document
from foedus.evidence.readers import document_of
from foedus.evidence.suite import Coding, Item, SuiteConcept, Tally, judge
from foedus.world import World

PACKAGED = Path(__file__).parent / "real"
"""The folder of real texts that comes with Foedus."""

_SOURCES = ("id", "title", "author", "published", "address", "licence", "genre", "half", "ten")
_CONCEPTS = ("source", "id", "text", "cues")
_STATEMENTS = ("source", "quote", "actor", "concept", "stance", "expected")


@dataclass(frozen=True, slots=True)
class RealText:
    """One text with what was coded by hand.

    Attributes
    ----------
    id, genre, half
        Its name, its kind of prose, and ``development`` or ``held-out``.
    ten
        Whether it is one of the ten texts on ten decisions.
    document
        The text as read.
    published
        Its day.
    concepts
        The claims for which it is coded.
    paragraphs
        What each paragraph with rows is coded as, by the paragraph's first offset.
    """

    id: str
    genre: str
    half: str
    ten: bool
    document: Document
    published: Day
    concepts: tuple[SuiteConcept, ...]
    paragraphs: dict[int, Item]

    @property
    def expected(self) -> int:
        """How many statements it holds."""
        return sum(len(paragraph.expected) for paragraph in self.paragraphs.values())


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposed statement that was judged.

    Attributes
    ----------
    text, paragraph
        Where it stands.
    coding
        Actor, concept and stance.
    certainty
        As the coder gave it.
    right
        Whether the hand-coded rows say the same.
    grounds
        What the certainty was computed from; none for another coder than the rules.
    """

    text: str
    paragraph: str
    coding: Coding
    certainty: float
    right: bool
    grounds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RealScores:
    """How well a coder does on real texts.

    Attributes
    ----------
    data, coder
        The folder, and who coded.
    texts
        The texts, in the order of ``sources.csv``.
    tallies
        The counts of each text.
    judged
        Every proposed statement that counts.
    """

    KEYS = "data coder documents=rows"

    data: str
    coder: str
    texts: tuple[RealText, ...]
    tallies: dict[str, Tally]
    judged: tuple[Judged, ...]

    def groups(self) -> dict[str, Tally]:
        """Return the counts of the halves, of the ten texts, of each genre, and of all."""
        groups = {
            "development half": [text.id for text in self.texts if text.half == "development"],
            "held-out half": [text.id for text in self.texts if text.half == "held-out"],
            "the ten": [text.id for text in self.texts if text.ten],
            "the ten, held out": [text.id for text in self.texts if text.ten and text.half == "held-out"],
            **{
                genre: [text.id for text in self.texts if text.genre == genre]
                for genre in dict.fromkeys(text.genre for text in self.texts)
            },
            "all": [text.id for text in self.texts],
        }
        return {name: sum((self.tallies[text_id] for text_id in ids), Tally()) for name, ids in groups.items()}

    @property
    def rows(self) -> dict[str, Tally]:
        """The counts of the groups, and of each text."""
        return {**self.groups(), **self.tallies}


def read_real_texts(folder: Path = PACKAGED) -> tuple[RealText, ...]:
    """Read real texts with their hand-coded rows.

    Raises
    ------
    InputError
        When a file or a column is missing, or a row points to no paragraph.

    Examples
    --------
    >>> texts = read_real_texts()
    >>> len(texts), sum(text.ten for text in texts), texts[0].id
    (43, 10, 'libya-2011')
    """
    concepts: dict[str, list[SuiteConcept]] = {}
    for row in (cell.record for cell in read_cells(folder / "concepts.csv", _CONCEPTS)):
        concepts.setdefault(row["source"], []).append(SuiteConcept(row["id"], row["text"], row["cues"]))
    statements: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for cell in read_cells(folder / "statements.csv", _STATEMENTS):
        statements.setdefault(cell.record["source"], []).append((cell.number, cell.record))
    texts = []
    for row in (cell.record for cell in read_cells(folder / "sources.csv", _SOURCES)):
        path = folder / "texts" / f"{row['id']}.txt"
        document = dataclasses.replace(
            document_of(path.name, read_text(path).encode()), language="en", author=row["author"], title=row["title"]
        )
        texts.append(
            RealText(
                row["id"], row["genre"], row["half"], row["ten"] == "yes", document, parse_day(row["published"]),
                tuple(concepts.get(row["id"], ())),
                _paragraphs(folder / "statements.csv", document, statements.get(row["id"], [])),
            )
        )  # fmt: skip
    return tuple(texts)


def _paragraphs(path: Path, document: Document, rows: Sequence[tuple[int, dict[str, str]]]) -> dict[int, Item]:
    expected: dict[int, list[Coding]] = {}
    allowed: dict[int, set[Coding]] = {}
    for number, row in rows:
        passage = document.passage_at(document.text.find(row["quote"])) if row["quote"] in document.text else None
        if passage is None:
            raise refuse(str(path), f"words of {row['source']}, not {row['quote']!r}", where=f"row {number}")
        coding = (row["actor"], row["concept"], int(row["stance"]))
        expected.setdefault(passage.start, [])
        allowed.setdefault(passage.start, set())
        if row["expected"] == "yes":
            expected[passage.start].append(coding)
        else:
            allowed[passage.start].add(coding)
    return {start: _item(str(start), tuple(expected[start]), frozenset(allowed[start])) for start in sorted(expected)}


def _item(name: str, expected: tuple[Coding, ...] = (), allowed: frozenset[Coding] = frozenset()) -> Item:
    opposite = frozenset((actor, concept, -stance) for actor, concept, stance in expected if stance)
    return Item(name, "", "", expected, opposite - allowed, allowed)


def evaluate_real_texts(
    world: World, coder: Coder | None = None, *, folder: Path = PACKAGED, least: float = 0.0
) -> RealScores:
    """Measure a coder on real texts.

    A proposed statement is right where the rows of its paragraph hold its actor, concept and stance. What a second
    expert may code, and a stance of 0 that no row has, neither counts nor harms, and neither do persons and institutes.

    Parameters
    ----------
    world
        Who exists.
    coder
        Who codes; the rules if not given.
    folder
        The texts; the packaged ones if not given.
    least
        Certainty from which candidates count.

    Raises
    ------
    InputError
        As `read_real_texts`.
    FoedusError
        When the coder cannot read a text.
    """
    coder = coder or RuleCoder()
    texts = read_real_texts(folder)
    tallies: dict[str, Tally] = {}
    judged: list[Judged] = []
    for text in texts:
        candidates = coder.code(text.document, world, text.concepts, on=text.published, least=least).candidates
        here = _by_paragraph(text, [candidate for candidate in candidates if _counts(candidate, world)])
        tally = Tally()
        for start, codings in here.items():
            item = text.paragraphs.get(start) or _item(str(start))
            tally += judge(item, codings)
            passage = text.document.passage_at(start)
            for coding, candidate in codings.items():
                if coding in item.expected or judge(item, [coding]).wrong or judge(item, [coding]).off:
                    place = passage.place if passage else ""
                    judged.append(
                        Judged(text.id, place, coding, candidate.certainty, coding in item.expected, candidate.grounds)
                    )
        tallies[text.id] = tally
    return RealScores("packaged" if folder == PACKAGED else str(folder), coder.name, texts, tallies, tuple(judged))


def _counts(candidate: Candidate, world: World) -> bool:
    actor = world.actors.get(candidate.actor)
    return actor is not None and actor.kind in ("state", "organisation", "group")


def _by_paragraph(text: RealText, candidates: Iterable[Candidate]) -> dict[int, dict[Coding, Candidate]]:
    """Return what is proposed in each paragraph, of each coding the surest."""
    here: dict[int, dict[Coding, Candidate]] = {start: {} for start in text.paragraphs}
    for candidate in candidates:
        passage = text.document.passage_at(candidate.start)
        if passage is None:
            continue
        coding = (candidate.actor, candidate.concept, candidate.stance)
        codings = here.setdefault(passage.start, {})
        if coding not in codings or codings[coding].certainty < candidate.certainty:
            codings[coding] = candidate
    return here
