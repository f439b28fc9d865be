"""Nouns with 'the' or 'this' that mean the matter of a text which it has not named in full: 'the new sanctions'."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.evidence.coder.cues import BODY, ENDING, NAME, Cues
from foedus.evidence.coder.qualifiers import DAYS, another, of_day, sorts
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.terms import term
from foedus.evidence.coder.wordlists import wordset

_CLASSES = (
    "package measures sanctions listings round tranche restrictions penalties",
    "deal agreement accord pact treaty compact convention protocol framework",
    "text draft resolution declaration communique statement document motion",
    "membership accession admission entry bid application",
    "chairmanship chair presidency bid candidacy",
    "candidate candidacy nominee nomination appointment contender",
    "ban embargo prohibition moratorium",
    "force mission deployment operation intervention",
    "suspension exclusion expulsion",
    "censure condemnation rebuke",
    "cap ceiling limit",
    "levy tariff charge tax duty",
    "cut reduction",
    "office bureau post",
    "sanctuary reserve",
    "law regulation directive bill",
    "loan credit",
    "ceasefire truce",
    "extension prolongation renewal",
)
"""Nouns that may stand for one another, once it is clear what is spoken of. A noun may stand in several classes."""

_ANY = wordset("proposal plan initiative draft text measure project")
"""Nouns for whatever is to be decided on."""

_OBSTACLE = re.compile(
    r"\b(?:blockade|veto|objections?|obstruction|resistance|opposition|hold|blocking)\b", re.IGNORECASE
)
_POINTED = re.compile(r"\b(?:the|this|these|those|such|\w+'s)(?=((?:\s+[\w-]+){1,4}))", re.IGNORECASE)
_POINTING = wordset("the this that these those such")
_BODIES = wordset("bloc union council commission club organisation organization alliance presidency chair ministers")
_COMPLEMENTS = wordset("of on for with against to between over")
_REACH = 6
"""How many words after a noun the words stand that say which."""

_NEAR = 2
"""How many words before a noun its body may stand: 'the | Mercosur trade deal'."""

_MEMORY = 3
"""How many sentences later a thing with the same noun is still what is meant."""

_SHORT = 8
"""Sentences of a text that need not hold a word of the matter; a longer one without any is on something else."""

_NOUN, _PROPER, _BESIDE = "N", "P", "NJGWM"
REFERRED = 0.68
"""What a matter weighs that is only referred to, beside one that is named in full."""


_CLASS_OF: dict[str, frozenset[int]] = {}
for _number, _words in enumerate(_CLASSES):
    for _word in _words.split():
        _CLASS_OF[term(_word)] = _CLASS_OF.get(term(_word), frozenset()) | {_number}
_ANY_TERMS = frozenset(map(term, _ANY))
_BODY_TERMS = frozenset(map(term, _BODIES)) - {term("chair")}
_PERSON, _FORCE = term("candidate"), term("force")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a dossier asks about, as nouns may refer to it.

    Attributes
    ----------
    concept
        Its id.
    heads
        The terms of the nouns that its cues are about.
    words
        All terms of its cues.
    telling
        For each cue the terms that show that a text is on it: no head noun, body, or noun for any matter.
    prescriptive
        Whether it says what should be done.
    variant
        Whether it is another matter with an exception: 'the package without the cap'.
    ends
        Whether it is the end of what its heads name, so that to be for 'the sanctions' is to be against it.
    bodies
        The keys of the organisations that its cues name: 'the Mercosur agreement'.
    """

    concept: str
    heads: frozenset[str]
    words: frozenset[str]
    telling: tuple[frozenset[str], ...]
    prescriptive: bool
    variant: bool = False
    ends: bool = False
    bodies: frozenset[str] = frozenset()

    def linked(self, present: frozenset[str]) -> bool:
        """Tell whether a text holds half of the words of a cue beside its head."""
        return any(group and 2 * len(group & present) >= len(group) for group in self.telling)

    def spoken(self, present: frozenset[str]) -> bool:
        """Tell whether a text holds a word of a cue that is no name, or its head."""
        own = {key for group in self.telling for key in group if key[:1] != "@"}
        return bool((own | self.heads) & present)

    def called(self, noun: str) -> bool:
        """Tell whether a noun, as a term, may stand for its head."""
        classes = _CLASS_OF.get(noun)
        return noun in self.heads or (
            classes is not None and any(not classes.isdisjoint(_CLASS_OF.get(head, ())) for head in self.heads)
        )


def matters(cues: Cues) -> tuple[Matter, ...]:
    """Return what the cues and claims of a dossier ask about."""
    matters_found: list[Matter] = []
    for concept, should in cues.prescriptive.items():
        own = [cue for cue in cues.every if cue.concept == concept and cue.sign > 0]
        given = [cue for cue in own if cue.given]
        heads = {cue.head for cue in given if cue.head} or {cues.wanted[concept]} - {""}
        heads = {head for head in heads if head[:1] != "@" and head != "nato" and head not in _BODY_TERMS}
        heads |= {_PERSON} if concept in cues.choosing else set()
        words = frozenset(key for cue in own for key in cue.terms)
        telling = tuple(
            frozenset(key for key, weight in cue.terms.items()
                      if weight >= NAME and key not in heads and key not in _ANY_TERMS)
            for cue in given or own
        )  # fmt: skip
        variant = bool(given) and all(cue.apart for cue in given)
        ends = bool(own) and all(not ENDING.isdisjoint(cue.phrase) for cue in own)
        bodies = frozenset(
            key for cue in given for key, weight in cue.terms.items() if weight == BODY and key[:1] == "@"
        )
        matters_found.append(Matter(concept, frozenset(heads), words, telling, should, variant, ends, bodies))
    return tuple(matters_found)


class References:
    """What nouns of one document refer to that name no matter in full.

    Parameters
    ----------
    of_dossier
        What the dossier asks about.
    every
        The sentences of the document.
    present
        The terms and keys of names that the document holds.
    key
        Gives a word's term, and the key of the actor that it names.
    """

    def __init__(
        self, of_dossier: Sequence[Matter], every: Sequence[Sentence], present: frozenset[str],
        key: Callable[[str], str],
    ) -> None:  # fmt: skip
        self._matters, self._key = tuple(of_dossier), key
        plain = [matter for matter in of_dossier if not matter.variant]
        self._single = plain[0] if len(plain) == 1 else None
        self._linked = frozenset(
            matter.concept for matter in of_dossier
            if matter.linked(present) or any(_beside_body(matter, sentence, key) for sentence in every)
        )  # fmt: skip
        self._spoken = frozenset(matter.concept for matter in of_dossier if matter.spoken(present))
        self._short = len(every) <= _SHORT
        self._rivals = {
            matter.concept: [at for at, each in enumerate(every) if _rival(matter, each, key)] for matter in plain
        }

    @property
    def forces(self) -> frozenset[str]:
        """The matters in which soldiers are sent: a force, a mission, an intervention."""
        return frozenset(matter.concept for matter in self._matters if matter.called(_FORCE) and not matter.ends)

    @property
    def matter(self) -> Spot | None:
        """The only matter of the dossier, where the document is on it."""
        matter = self._single
        sure = self._linked if self._short else self._linked & self._spoken
        return _spot(matter, ()) if matter is not None and matter.concept in sure else None

    def likely(self, words: str, at: int) -> bool:
        """Tell whether a sentence may refer to a matter, so that it is worth a parse: its words and its number."""
        if self.matter is not None and _OBSTACLE.search(words):
            return True
        near = {word for match in _POINTED.finditer(words) for word in match.group(1).split() if word.isalpha()}
        return any(self._meant(term(word), at) is not None for word in near)

    def _meant(self, noun: str, at: int) -> Matter | None:
        """Return the one matter for which a noun, as a term, may stand in a sentence of this document."""
        known = self._single is not None or noun in _CLASS_OF
        meant = [matter for matter in self._matters if matter.called(noun)] if known else []
        meant = meant if len(meant) < 2 else [matter for matter in meant if not matter.variant]
        if not meant and noun in _ANY_TERMS and self._single is not None:
            sure = self._spoken if self._short else self._linked & self._spoken
            return self._single if self._single.concept in sure else None
        if len(meant) != 1:
            return None
        rivals = [rival for rival in self._rivals.get(meant[0].concept, ()) if rival <= at]
        if meant[0].concept in self._linked:
            return None if any(at - rival <= _MEMORY for rival in rivals) else meant[0]
        return meant[0] if meant[0] is self._single and self._short and not rivals else None

    def spots(
        self, doc: Any, at: int, taken: Collection[int], named: Collection[str], ending: Collection[str] = ()
    ) -> Iterator[Spot]:
        """Yield where a parsed sentence refers to a matter that the document has not named before.

        Parameters
        ----------
        doc, at
            The parse and the number of the sentence.
        taken
            Tokens that name concepts.
        named
            The concepts that the document has named before, to which `pointers` points back.
        ending
            Those of which it has only named the thing that they would end: 'these measures' are that thing.
        """
        for token in doc:
            if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or not token.text.isalpha():
                continue
            matter = self._meant(term(token.text), at)
            if matter is None or matter.concept in named or not _definite(token):
                continue
            if not another(token, functools.partial(self._own, matter)):
                noun = term(token.text)
                thing = noun not in _ANY_TERMS or (matter.concept in ending and noun in _CLASS_OF)
                turned = matter.ends and thing and noun not in ENDING
                yield replace(_spot(matter, (token.i,)), sign=-1 if turned else 1)

    def _own(self, matter: Matter, token: Any) -> bool:
        """Tell whether a word is one of a matter's own, or names a body: 'the EU | package'."""
        key = self._key(token.text)
        body = token.lower_ in _BODIES or (key[:1] == "@" and not key[1:].isupper())
        return key in matter.words or matter.called(key) or token.lower_ in _ANY or body


def _spot(matter: Matter, tokens: tuple[int, ...]) -> Spot:
    return Spot(matter.concept, tokens, REFERRED, 1, matter.prescriptive)


def _definite(noun: Any) -> bool:
    """Tell whether a noun stands with 'the' or 'this', or is a body's or a day's: 'the bloc's | package'."""
    return of_day(noun) or any(
        (child.dep_ in ("det", "amod", "predet") and child.lower_ in _POINTING)
        or (child.dep_ in ("poss", "nmod") and child.lower_ in _BODIES)
        for child in noun.children
    )


def _tells(before: str, letter: str) -> bool:
    """Tell whether the word before a noun says which: 'the 17th | package', 'the fishing | ban', 'the Iran | deal'."""
    return letter == _PROPER or (letter in _BESIDE and (before.endswith("ing") or sorts(before)))


def _beside_body(matter: Matter, sentence: Sentence, key: Callable[[str], str]) -> bool:
    """Tell whether a sentence names a matter in other words, by its body: 'its trade accord | with Mercosur'."""
    if not matter.bodies:
        return False
    lowers = sentence.lowers
    for at, word in enumerate(lowers):
        if not word.isalpha() or not matter.called(term(word)):
            continue
        near = [*range(max(0, at - _NEAR), at)]
        if at + 1 < len(lowers) and lowers[at + 1] in _COMPLEMENTS:
            near += range(at + 2, min(at + 2 + _REACH, len(lowers)))
        if any(key(sentence.words[place]) in matter.bodies for place in near):
            return True
    return False


def _rival(matter: Matter, sentence: Sentence, key: Callable[[str], str]) -> bool:
    """Tell whether a sentence speaks of another thing with a matter's noun: 'a pact | on fisheries'."""
    lowers, letters = sentence.lowers, sentence.letters

    def own(at: int) -> bool:
        key_here = key(sentence.words[at])
        body = lowers[at] in _BODIES or (key_here[:1] == "@" and not key_here[1:].isupper())
        return key_here in matter.words or matter.called(key_here) or lowers[at] in _ANY or lowers[at] in DAYS or body

    for at, word in enumerate(lowers):
        if letters[at] == "Q" or not word.isalpha() or not matter.called(term(word)):
            continue
        if at and _tells(lowers[at - 1], letters[at - 1]) and not own(at - 1):
            return True
        named = at > 0 and key(sentence.words[at - 1]) in matter.words - matter.heads
        if at + 1 < len(lowers) and lowers[at + 1] in _COMPLEMENTS and not named:
            ends = range(at + 2, min(at + 2 + _REACH, len(lowers)))
            after = list(itertools.takewhile(lambda place: letters[place] not in ",;:.-(", ends))
            kinds = _PROPER if lowers[at + 1] == "with" else _NOUN + _PROPER  # 'fight the bid | with all means'
            if any(letters[place] in kinds for place in after) and not any(map(own, after)):
                return True
    return False
