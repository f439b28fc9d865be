"""How well a coder does, against annotated attributions and hand-coded statements."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError, refuse
from foedus.base.tables import read_cells
from foedus.evidence.coder.attributions import attributions, kind_of
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.candidates import code
from foedus.evidence.coder.concepts import ConceptLike, terms_of
from foedus.evidence.documents import Document
from foedus.evidence.polnear import Article, Spans, read_polnear
from foedus.evidence.readers import document_of
from foedus.world import World

KINDS = ("direct", "mixed", "indirect")
LEAST_OVERLAP = 0.5
"""Least Jaccard index of content tokens at which an attribution counts as found."""

LEAST_CERTAINTY = 0.1
"""Certainty from which candidates are measured against hand-coded statements."""

_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind.

    Attributes
    ----------
    proposed, annotated
        How many the coder proposes, and how many the annotators marked.
    found, exact
        How many of the annotated it found, and how many of these with the very same spans.
    """

    KEYS = "precision recall f1 exact_f1 proposed annotated found"

    proposed: int
    annotated: int
    found: int
    exact: int

    @property
    def precision(self) -> float:
        """Share of the proposed that is annotated too: found / proposed; 0 where nothing is proposed."""
        return self.found / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that is found: found / annotated; 0 where nothing is annotated."""
        return self.found / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / (self.proposed + self.annotated) if self.proposed + self.annotated else 0.0

    @property
    def exact_f1(self) -> float:
        """The same for exact spans of source and content."""
        return 2 * self.exact / (self.proposed + self.annotated) if self.proposed + self.annotated else 0.0


@dataclass(frozen=True, slots=True)
class AttributionScores:
    """How well attributions are found.

    Attributes
    ----------
    data
        The folder.
    articles
        How many articles were read.
    kinds
        A `Score` by kind.
    characters_per_second
        On one core.
    """

    KEYS = "data articles kinds characters_per_second"

    data: str
    articles: int
    kinds: dict[str, Score]
    characters_per_second: float


@dataclass(frozen=True, slots=True)
class _Item:
    source: frozenset[int]
    content: frozenset[int]
    kind: str
    spans: tuple[Spans, Spans]


def evaluate_attributions(folder: Path) -> AttributionScores:
    """Measure the coder on a folder of annotated articles.

    An attribution is right where source tokens overlap (or neither side has a source), the Jaccard index of content
    tokens is at least `LEAST_OVERLAP`, and both are of one kind, which is taken from the quotation marks in the
    content. Each counts once. The annotation does not nest, so the coder's nested attributions are left out.

    Raises
    ------
    InputError
        As `read_polnear`.
    """
    articles = read_polnear(folder)
    started = time.process_time()
    coded = [list(attributions(article.text)) for article in articles]
    seconds = time.process_time() - started
    totals = {kind: [0, 0, 0, 0] for kind in KINDS}
    for article, coded_here in zip(articles, coded, strict=True):
        gold = [_item(article, annotated.source, annotated.content) for annotated in article.gold if annotated.content]
        proposed = [
            _item(article, (attribution.source,) if attribution.source else (), attribution.content)
            for attribution in coded_here
            if attribution.depth == 0
        ]
        for place, counts in enumerate((proposed, gold)):
            for item in counts:
                totals[item.kind][place] += 1
        for left, right in match_attributions(proposed, gold):
            totals[gold[right].kind][2] += 1
            totals[gold[right].kind][3] += proposed[left].spans == gold[right].spans
    characters = sum(len(article.text) for article in articles)
    scores = {kind: Score(*counts) for kind, counts in totals.items()}
    return AttributionScores(str(folder), len(articles), scores, characters / max(seconds, 1e-9))


def _item(article: Article, source: Spans, content: Spans) -> _Item:
    pieces = [article.text[start:end] for start, end in content]
    spans = (tuple(sorted(source)), tuple(sorted(content)))
    return _Item(_tokens(article.text, source), _tokens(article.text, content), kind_of(pieces), spans)


def _tokens(text: str, spans: Spans) -> frozenset[int]:
    return frozenset(start + token.start() for start, end in spans for token in _TOKEN.finditer(text[start:end]))


def match_attributions(proposed: Sequence[_Item], gold: Sequence[_Item]) -> list[tuple[int, int]]:
    """Return pairs of places in ``proposed`` and ``gold`` that match, each at most once, the closest first."""
    pairs = []
    for left, item in enumerate(proposed):
        for right, other in enumerate(gold):
            if item.kind != other.kind or not item.content & other.content:
                continue
            overlap = len(item.content & other.content) / len(item.content | other.content)
            same = bool(item.source & other.source) or not (item.source or other.source)
            if same and overlap >= LEAST_OVERLAP:
                pairs.append((-overlap, left, right))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, left, right in sorted(pairs):
        if left not in matched and right not in taken:
            matched[left] = right
            taken.add(right)
    return list(matched.items())


@dataclass(frozen=True, slots=True)
class StatementScores:
    """How well statements are coded.

    Attributes
    ----------
    data
        The file of hand-coded statements.
    gold, candidates, matched
        How many statements there are, how many candidates (actors that are named together count once), and how many
        statements a candidate matches.
    actor, concept, stance
        Shares of the matched in which the coder agrees.
    """

    KEYS = "data statements=(gold candidates matched recall precision actor concept stance) gold=data"

    data: str
    gold: int
    candidates: int
    matched: int
    actor: float
    concept: float
    stance: float

    @property
    def recall(self) -> float:
        """Share of the statements that are matched."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Share of the candidates that match a statement."""
        return self.matched / self.candidates if self.candidates else 0.0


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One hand-coded statement."""

    id: str
    file: str
    start: int
    end: int
    person: str
    organisation: str
    state: str
    concept: str
    concept_text: str
    stance: int
    latest: Day


_COLUMNS = (
    "id", "source_file", "char_start", "char_end", "person", "organisation", "state", "concept", "concept_text",
    "stance", "date_to",
)  # fmt: skip


def read_gold(path: Path) -> tuple[GoldStatement, ...]:
    """Read hand-coded statements with their offsets.

    Raises
    ------
    InputError
        When a column is missing or a cell is no number or day.
    """
    statements = []
    for cell in read_cells(path, _COLUMNS):
        row = cell.record
        try:
            statements.append(
                GoldStatement(
                    row["id"], row["source_file"], int(row["char_start"]), int(row["char_end"]), row["person"],
                    row["organisation"], row["state"], row["concept"], row["concept_text"], int(row["stance"]),
                    parse_day(row["date_to"]),
                )
            )  # fmt: skip
        except ValueError as error:
            raise refuse(str(path), f"a hand-coded statement: {error}", where=cell.where) from None
    return tuple(statements)


@dataclass(frozen=True, slots=True)
class GoldConcept:
    """A concept of the hand-coded statements, with the cues that a dossier gives for the same claim."""

    id: str
    text: str
    cues: str


def gold_concepts(gold: Iterable[GoldStatement], known: Iterable[ConceptLike] = ()) -> tuple[GoldConcept, ...]:
    """Return the concepts of hand-coded statements; cues are those of a known concept with nearly the same words."""
    listed = list(known)
    concepts_found: dict[str, GoldConcept] = {}
    for gold_statement in gold:
        if gold_statement.concept in concepts_found:
            continue
        words = set(terms_of(gold_statement.concept_text))
        near = max(listed, key=lambda concept: _alike(words, concept), default=None)
        cues = near.cues if near is not None and _alike(words, near) >= LEAST_OVERLAP else ""
        concepts_found[gold_statement.concept] = GoldConcept(gold_statement.concept, gold_statement.concept_text, cues)
    return tuple(concepts_found.values())


def _alike(words: set[str], concept: ConceptLike) -> float:
    other = set(terms_of(concept.text))
    return len(words & other) / max(min(len(words), len(other)), 1)


def evaluate_statements(
    path: Path,
    texts: Path,
    world: World,
    concepts: Iterable[ConceptLike] = (),
    *,
    least: float = LEAST_CERTAINTY,
) -> StatementScores:
    """Measure the coder on hand-coded statements.

    A candidate matches a statement where half of the shorter of the two spans lies in the other; of several the one
    with the same actor, then the one that overlaps most. Each statement and each candidate counts once.

    Parameters
    ----------
    path
        The statements, with offsets into the texts.
    texts
        The folder of the texts.
    world
        Who exists.
    concepts
        A dossier's concepts, whose cues are used for the same claims.
    least
        Certainty from which candidates count.

    Raises
    ------
    InputError
        When a file is missing or malformed.
    FoedusError
        When ``least`` lies outside 0 to 1.
    """
    if not 0 <= least <= 1:
        raise FoedusError(f"a certainty from which candidates count lies between 0 and 1; {least:g} was given")
    gold = read_gold(path)
    known = gold_concepts(gold, concepts)
    totals = {"candidates": 0, "matched": 0, "actor": 0, "concept": 0, "stance": 0}
    for file in sorted({gold_statement.file for gold_statement in gold}):
        here = [gold_statement for gold_statement in gold if gold_statement.file == file]
        document = _document(texts / file)
        on = document.published or max(gold_statement.latest for gold_statement in here)
        candidates = code(document, world, known, on=on, least=least)
        totals["candidates"] += len({(candidate.start, candidate.end, candidate.concept) for candidate in candidates})
        for left, right in match_statements(candidates, here, world):
            totals["matched"] += 1
            totals["actor"] += same_actor(candidates[left], here[right], world)
            totals["concept"] += candidates[left].concept == here[right].concept
            totals["stance"] += candidates[left].stance == here[right].stance
    matched = max(totals["matched"], 1)
    return StatementScores(
        str(path),
        len(gold),
        totals["candidates"],
        totals["matched"],
        totals["actor"] / matched,
        totals["concept"] / matched,
        totals["stance"] / matched,
    )


def _document(path: Path) -> Document:
    try:
        return document_of(path.name, path.read_bytes())
    except OSError as error:
        raise refuse(str(path), f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise refuse(str(path), str(error)) from None


def match_statements(
    candidates: Sequence[Candidate], gold: Sequence[GoldStatement], world: World
) -> list[tuple[int, int]]:
    """Return pairs of places in ``found`` and ``gold`` that match."""
    pairs = []
    for left, candidate in enumerate(candidates):
        for right, other in enumerate(gold):
            shared = min(candidate.end, other.end) - max(candidate.start, other.start)
            shorter = min(candidate.end - candidate.start, other.end - other.start)
            if shared > 0 and shared >= LEAST_OVERLAP * shorter:
                union = max(candidate.end, other.end) - min(candidate.start, other.start)
                pairs.append((not same_actor(candidate, other, world), -shared / union, left, right))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, left, right in sorted(pairs):
        if left not in matched and right not in taken:
            matched[left] = right
            taken.add(right)
    return list(matched.items())


def same_actor(candidate: Candidate, other: GoldStatement, world: World) -> bool:
    """Tell whether a candidate names the actor of a hand-coded statement: its state, its person or its organisation.

    An organisation's members at large count as the organisation: the hand-coded statements know no such actor.
    """
    if other.state:
        return _resolved(other.state, other.latest, world) == {candidate.actor}
    if other.person:
        return bool(candidate.person) and _surname(candidate.person) == _surname(other.person)
    groups: Mapping[str, set[str]] = {actor: {actor} for actor in _resolved(other.organisation, other.latest, world)}
    groups = {**groups, **{f"{actor}-members": {actor} for actor in groups}}
    members = {row.actor for actor in groups for row in world.memberships if row.organisation == actor}
    return candidate.actor in groups or (candidate.actor in members and "nato" not in groups)


def _surname(person: str) -> str:
    return person.rsplit(maxsplit=1)[-1].casefold()


def _resolved(name: str, on: Day, world: World) -> set[str]:
    try:
        return {candidate.actor for candidate in world.resolve(name, on, last_known=True).candidates}
    except FoedusError:
        return set()
