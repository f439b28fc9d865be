"""Which concept of a dossier a sentence bears on, by the concepts' own words and cues."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.folding import fold_same_length


class ConceptLike(Protocol):
    """What the coder needs of a concept: an id, the claim as a sentence, and cues separated by semicolons."""

    @property
    def id(self) -> str:
        """Short id."""

    @property
    def text(self) -> str:
        """The claim that one can be for or against."""

    @property
    def cues(self) -> str:
        """Words and phrases that point to it; a leading minus marks one that speaks against it."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    id: str
    weights: dict[str, float]
    phrases: tuple[tuple[str, int], ...]
    prescriptive: bool
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A concept that words bear on.

    Attributes
    ----------
    concept
        Its id.
    score
        How strongly: the weight of the words that are shared.
    sign
        -1 where a cue that speaks against it was found, else 1.
    prescriptive
        Whether the concept says what should be, rather than what is.
    words
        The words that were found.
    """

    concept: str
    score: float
    sign: int
    prescriptive: bool
    words: tuple[str, ...]


_TOKEN = re.compile(r"[a-z0-9]+(?:['.-][a-z0-9]+)*")
_STOP = wordset(
    "the a an of to in on at by for with from and or but as is are was were be been being it its this that "
    "these those he she "
    "they them his her their our we you i not no nor do does did has have had will would should could can may "
    "might must more "
    "most than then so such any all some other into over about against between among also there here which who "
    "whom what when "
    "where why how if while because though although up down out off only very just its own one two closer deeper"
)
_ARTICLES = wordset("the a an")
_GROUPS = (
    "asia asian indo-pacific asia-pacific pacific",
    "europe european euro-atlantic eu",
    "china chinese beijing china-",
    "japan japanese tokyo-",
    "us u.s american america united-states",
    "join joining member membership accession entry enlargement",
    "tension provoke provocation provocative antagonise antagonize aggravate escalate fuel inflame confrontation",
    "programme program itpp itpps",
    "partner partnership",
    "military militarily warship troop",
    "open opening establish setup host",
    "deepen deep strengthen expand widen enhance extend bolster",
    "engage engagement involvement involve role presence outreach footprint",
    "challenge threat threaten coercive coercion",
    "autonomy autonomous independent follower distance",
    "linked link interlinked interrelated inseparable intertwined",
    "defence defense",
    "spend spending expenditure budget",
    "aid assistance support package weapon missile bomb ammunition",
    "tailor tailored",
)


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without the endings that do not change what it is about.

    Examples
    --------
    >>> stem("deepening"), stem("engagements"), stem("tensions")
    ('deep', 'engag', 'tension')
    """
    for _ in range(2):
        for ending in ("ments", "ment", "ings", "ing", "edly", "ed", "ers", "er", "en", "es", "s", "ly", "e"):
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
        else:
            break
    return word


_GROUP_OF = {
    stem(word.rstrip("-")): stem(group.split()[0])
    for group in _GROUPS
    for word in group.split()
    if not word.endswith("-")
}


@functools.lru_cache(maxsize=2_000)
def terms_of(text: str, *, without: frozenset[str] = _STOP) -> tuple[str, ...]:
    """Return the words of a text as terms: folded, stemmed, words of one meaning made one, common ones left out."""
    found = []
    for word in _TOKEN.findall(fold_same_length(text).lower()):
        plain = word.removesuffix("'s")
        if plain in without:
            continue
        term = stem(plain)
        found.append(_GROUP_OF.get(term, term))
        if "-" in plain and term not in _GROUP_OF:
            found.extend(
                _GROUP_OF.get(stem(part), stem(part)) for part in plain.split("-") if part and part not in without
            )
    return tuple(found)


_SHOULD = re.compile(r"\b(?:should|must|ought|needs? to|is acceptable)\b", re.IGNORECASE)
_UNNAMED = 0.5
"""What is left of a score where the actor that the concept is about is not named."""

_OWN_WORDS = 0.9
"""Weight from which words are the content's own, so that a cue against the concept turns them."""

_NAME = 0.4
"""What a name of an actor weighs beside another word: everybody is named everywhere."""


class ConceptFinder:
    """Finds the concept of words among those of a dossier.

    Parameters
    ----------
    concepts
        The dossier's concepts; several rows with one id, for several issues, count as one.
    is_name
        Tells whether a term names an actor; names alone never point to a concept.

    Raises
    ------
    ValueError
        When there is no concept.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> finder = ConceptFinder([
    ...     SimpleNamespace(id="base", text="The base should be closed", cues="shut the base"),
    ...     SimpleNamespace(id="toll", text="The canal toll should rise", cues=""),
    ... ])
    >>> finder.best([("they would shut the base by May", 1.0)]).concept
    'base'
    """

    def __init__(self, concepts: Iterable[ConceptLike], is_name: Callable[[str], bool] = lambda _: False) -> None:
        unique: dict[str, ConceptLike] = {}
        for concept in concepts:
            unique.setdefault(concept.id, concept)
        if not unique:
            raise ValueError("no concepts are given; the coder needs the claims to look for")
        bags = {key: self._bag(concept) for key, concept in unique.items()}
        spread = Counter(term for bag in bags.values() for term in bag)
        count = len(unique)
        self._is_name = is_name
        self._prepared = [
            _Prepared(
                key,
                {
                    term: share
                    * math.log(1 + count / spread[term])
                    / math.log(1 + count)
                    * (_NAME if is_name(term) else 1.0)
                    for term, share in bags[key].items()
                },
                tuple(_phrases(concept.cues)),
                bool(_SHOULD.search(concept.text)),
                frozenset(
                    term for term in terms_of(concept.text) if is_name(term) and spread[term] <= max(2, count / 3)
                ),
            )
            for key, concept in unique.items()
        ]

    @staticmethod
    def _bag(concept: ConceptLike) -> dict[str, float]:
        bag = dict.fromkeys(terms_of(concept.text), 1.0)
        for cue in concept.cues.split(";"):
            for term in terms_of(cue.strip().removeprefix("-")):
                bag[term] = max(bag.get(term, 0.0), 0.8)
        return bag

    def scores(self, layers: Sequence[tuple[str, float]]) -> list[Match]:
        """Return every concept that shares words with a text, the best first.

        Parameters
        ----------
        layers
            Pairs of a text and its weight, the text itself first and its surroundings after it.
        """
        read = [
            (frozenset(terms_of(text)), f" {' '.join(terms_of(text, without=_ARTICLES))} ", weight)
            for text, weight in layers
        ]
        found = []
        for concept in self._prepared:
            score, sign, words = self._score(concept, read)
            if score > 0:
                found.append(Match(concept.id, score, sign, concept.prescriptive, words))
        return sorted(found, key=lambda one: (-one.score, one.concept))

    def score_of(self, concept: str, text: str) -> float:
        """Return how strongly a text bears on one concept, 0 where it does not."""
        return next((one.score for one in self.scores([(text, 1.0)]) if one.concept == concept), 0.0)

    def best(self, layers: Sequence[tuple[str, float]], least: float = 1.2) -> Match | None:
        """Return the concept that fits best, or ``None`` where none reaches ``least``."""
        found = self.scores(layers)
        return found[0] if found and found[0].score >= least else None

    def _score(
        self, concept: _Prepared, read: Sequence[tuple[frozenset[str], str, float]]
    ) -> tuple[float, int, tuple[str, ...]]:
        weight_of: dict[str, float] = {}
        score, sign = 0.0, 1
        named = False
        for terms, every, weight in read:
            named = named or not concept.names.isdisjoint(terms)
            for term in concept.weights.keys() & terms:
                weight_of[term] = max(weight_of.get(term, 0.0), weight)
            for phrase, direction in concept.phrases:
                if phrase in every:
                    score += 1.5 * weight * min(phrase.count(" ") - 1, 2) / 2
                    if direction < 0 and weight >= _OWN_WORDS:
                        sign = -1
        if score == 0 and all(map(self._is_name, weight_of)):
            return 0.0, 1, ()
        score += math.fsum(concept.weights[term] * weight for term, weight in weight_of.items())
        if concept.names and not named:
            score *= _UNNAMED
        return score, sign, tuple(sorted(weight_of))


def _phrases(cues: str) -> Iterable[tuple[str, int]]:
    for cue in cues.split(";"):
        words = cue.strip()
        terms = tuple(terms_of(words.removeprefix("-"), without=_ARTICLES))
        if terms:
            yield f" {' '.join(terms)} ", -1 if words.startswith("-") else 1
