"""What a concept is, and the words of a claim as terms that can be compared."""

from __future__ import annotations

import functools
import re
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
    terms = []
    for word in _TOKEN.findall(fold_same_length(text).lower()):
        plain = word.removesuffix("'s")
        if plain in without:
            continue
        term = stem(plain)
        terms.append(_GROUP_OF.get(term, term))
        if "-" in plain and term not in _GROUP_OF:
            terms.extend(
                _GROUP_OF.get(stem(part), stem(part)) for part in plain.split("-") if part and part not in without
            )
    return tuple(terms)
