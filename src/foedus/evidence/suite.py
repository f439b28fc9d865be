"""How well a coder does on a behavioural suite: short texts with what they say, and what they must not be read to say.

A suite is a folder with ``sentences.jsonl``, ``concepts.csv`` (id, text, cues) and ``actors.csv`` (id, name). Each line
holds ``id``, ``kind``, ``text``, and the lists ``expected``, ``must_not`` and ``allowed`` of actor, concept and stance.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_text
from foedus.base.tables import read_cells
from foedus.evidence.coders import Coder, RuleCoder
from foedus.evidence.readers import document_of
from foedus.world import World
from foedus.world.records import Actor

Coding = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class SuiteConcept:
    """A concept of a suite."""

    id: str
    text: str
    cues: str


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a suite, with the codings that it expects, forbids and allows."""

    id: str
    kind: str
    text: str
    expected: tuple[Coding, ...]
    must_not: frozenset[Coding]
    allowed: frozenset[Coding]


@dataclass(frozen=True, slots=True)
class Suite:
    """Texts with their concepts and actors."""

    items: tuple[Item, ...]
    concepts: tuple[SuiteConcept, ...]
    actors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one kind of text.

    Attributes
    ----------
    items, expected
        Texts, and codings that they expect.
    found, right
        Expected pairs of actor and concept that were proposed, and those whose stance is right too.
    off
        Found with a stance that is neither right nor forbidden.
    wrong
        Codings that are forbidden, that nobody expects, or that stand beside the expected one.
    clean
        Texts with nothing wrong.
    """

    KEYS = "items expected found right off wrong clean strict_recall=recall strict_precision=precision clean_share"

    items: int = 0
    expected: int = 0
    found: int = 0
    right: int = 0
    off: int = 0
    wrong: int = 0
    clean: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add the counts of another kind."""
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return Tally(*(first + two for first, two in pairs))

    @property
    def recall(self) -> float | None:
        """Share of the expected whose actor, concept and stance are right; ``None`` where nothing is expected."""
        return self.right / self.expected if self.expected else None

    @property
    def precision(self) -> float | None:
        """Share of the proposed that is right; ``None`` where nothing is proposed."""
        proposed = self.right + self.off + self.wrong
        return self.right / proposed if proposed else None

    @property
    def clean_share(self) -> float:
        """Share of the texts with nothing wrong."""
        return self.clean / self.items if self.items else 0.0


@dataclass(frozen=True, slots=True)
class SuiteScores:
    """How well a coder does on a suite.

    Attributes
    ----------
    data
        The folder.
    coder
        Who coded.
    kinds
        A `Tally` by kind, in the order of the suite.
    """

    KEYS = "data coder sentences=rows"

    data: str
    coder: str
    kinds: dict[str, Tally]

    @property
    def total(self) -> Tally:
        """All kinds together."""
        return sum(self.kinds.values(), Tally())

    @property
    def rows(self) -> dict[str, Tally]:
        """Each kind, and all together."""
        return {**self.kinds, "all": self.total}


def read_suite(folder: Path) -> Suite:
    """Read a suite.

    Raises
    ------
    InputError
        When a file is missing or a line is malformed.
    """
    concepts = tuple(
        SuiteConcept(**{name: row.record[name] for name in ("id", "text", "cues")})
        for row in read_cells(folder / "concepts.csv", ("id", "text", "cues"))
    )
    actors = {row.record["id"]: row.record["name"] for row in read_cells(folder / "actors.csv", ("id", "name"))}
    path = folder / "sentences.jsonl"
    items = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            items.append(
                Item(
                    row["id"], row["kind"], row["text"], tuple(_codings(row["expected"])),
                    frozenset(_codings(row.get("must_not", ()))), frozenset(_codings(row.get("allowed", ()))),
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise refuse(
                str(path), f"a text with id, kind, text and expected ({error})", where=f"line {number}"
            ) from None
    return Suite(tuple(items), concepts, actors)


def _codings(rows: Iterable[Mapping[str, Any]]) -> list[Coding]:
    return [(str(row["actor"]), str(row["concept"]), int(row["stance"])) for row in rows]


def world_with(world: World, actors: Mapping[str, str]) -> World:
    """Return a world that also knows some organisations, which a suite invents."""
    added = {
        key: Actor(id=key, kind="organisation", name=name.split(" (")[0], source="suite", verified=False)
        for key, name in actors.items()
        if key not in world.actors
    }
    return dataclasses.replace(world, actors={**world.actors, **added}) if added else world


def evaluate_suite(folder: Path, world: World, coder: Coder | None = None, *, least: float = 0.0) -> SuiteScores:
    """Measure a coder on a suite.

    Codings of actors outside the suite's scheme (persons, institutes, members at large) neither count nor harm.

    Parameters
    ----------
    folder
        The suite.
    world
        Who exists; actors that only the suite knows are added.
    coder
        Who codes; the rules if not given.
    least
        Certainty from which candidates count.

    Raises
    ------
    InputError
        As `read_suite`.
    FoedusError
        When the coder cannot read a text.
    """
    coder = coder or RuleCoder()
    suite = read_suite(folder)
    if not suite.items:
        raise FoedusError(f"{folder}: the suite holds no text")
    world = world_with(world, suite.actors)
    kinds: dict[str, Tally] = {}
    for item in suite.items:
        document = dataclasses.replace(document_of(f"{item.id}.txt", item.text.encode()), language="en")
        candidates = coder.code(document, world, suite.concepts, least=least).candidates
        proposed = {
            (candidate.actor, candidate.concept, candidate.stance)
            for candidate in candidates
            if candidate.actor in suite.actors or _state(candidate.actor)
        }
        kinds[item.kind] = kinds.get(item.kind, Tally()) + judge(item, proposed)
    return SuiteScores(str(folder), coder.name, kinds)


def _state(actor: str) -> bool:
    return len(actor) == 3 and actor.isupper()


def judge(item: Item, proposed: Iterable[Coding]) -> Tally:
    """Return the counts of one text.

    Examples
    --------
    >>> item = Item("a", "list", "", (("FRA", "x", -1),), frozenset({("FRA", "x", 1)}), frozenset())
    >>> judge(item, [("FRA", "x", -1)]).right, judge(item, [("FRA", "x", 1)]).wrong, judge(item, [("FRA", "x", 0)]).off
    (1, 1, 1)
    """
    out: dict[tuple[str, str], list[int]] = {}
    for actor, concept, stance in sorted(set(proposed)):
        out.setdefault((actor, concept), []).append(stance)
    gold: dict[tuple[str, str], list[int]] = {}
    for actor, concept, stance in item.expected:
        gold.setdefault((actor, concept), []).append(stance)
    found_count = right = off = wrong = 0
    for pair in sorted(out.keys() | gold.keys()):
        left = list(out.get(pair, ()))
        open_ = []
        for stance in gold.get(pair, ()):
            if stance in left:
                left.remove(stance)
                found_count, right = found_count + 1, right + 1
            else:
                open_.append(stance)
        for _ in open_:
            if left:
                got = min(left, key=lambda stance: ((*pair, stance) in item.must_not, stance))
                left.remove(got)
                found_count += 1
                forbidden = (*pair, got) in item.must_not
                wrong, off = wrong + forbidden, off + (not forbidden)
        for got in left:
            coding = (*pair, got)
            if coding not in item.allowed and (coding in item.must_not or pair in gold or got != 0):
                wrong += 1
    return Tally(1, len(item.expected), found_count, right, off, wrong, int(wrong == 0))
