"""Words beside a noun that say which one is meant: 'the ban | on bottom trawling', 'the | fishing ban'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from foedus.evidence.coder.wordlists import wordset

_ANOTHER = wordset(
    "another other others previous earlier old older former last existing current first second third fourth fifth next "
    "separate similar different own peace nuclear foreign rival alternative counter more further additional"
)
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|(?:six|seven|eigh|nin|ten|eleven|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif)tie)th"
)
_RELATIONAL = ("al", "ic", "ary", "ian", "ean", "ese", "ish", "ular", "ive", "ist")
"""How adjectives end that mostly say of what kind a thing is: 'the electoral | deal'."""

_PLAIN = wordset(
    "final real crucial vital essential special controversial partial provisional historical original initial eventual "
    "total ideal radical critical substantial drastic public historic draconic realistic unrealistic problematic "
    "symbolic ambitious catastrophic dramatic pragmatic temporary necessary unnecessary extraordinary preliminary "
    "comprehensive divisive massive extensive decisive expensive excessive restrictive punitive aggressive effective "
    "definitive coercive unilateral illegal informal formal conditional political so-called new latest whole entire"
)
"""Adjectives with such endings that do not say so."""

_WHICH = wordset("of on for with against to between over about concerning regarding among")
DAYS = wordset("monday tuesday wednesday thursday friday saturday sunday today yesterday")
TIMES = DAYS | wordset(
    "january february march april june july august september "
    "october november december morning afternoon evening night week weekend month year today yesterday"
)
_MANNER = wordset("table whole full principle agenda time moment course account hand record part ground")
"""Nouns of phrases that do not say which: 'the deal | on the table'."""


def of_time(preposition: Any) -> bool:
    """Tell whether a phrase says when: 'the decision | on Saturday evening' is no decision on something."""
    words = {token.lower_ for token in preposition.subtree}
    return bool(words & TIMES) or any(token.shape_ == "dddd" for token in preposition.subtree)


def sorts(adjective: str) -> bool:
    """Tell whether an adjective, in small letters, says of what sort a thing is: 'the electoral | deal'."""
    numbered = _ORDINAL.fullmatch(adjective) is not None
    return adjective not in _PLAIN and (adjective.endswith(_RELATIONAL) or adjective in _ANOTHER or numbered)


_BEFORE = wordset("last previous preceding past")
_EARLIER = wordset("earlier previous preceding past similar analogous comparable")
_SESSIONS = wordset("year month session decade week summit assembly")


def of_before(noun: Any) -> bool:
    """Tell whether a noun is known by a past time, or only as alike: 'last year's | text', 'a similar | text'."""
    for child in noun.children:
        if (
            child.dep_ == "poss"
            and child.lower_ in _SESSIONS
            and any(each.lower_ in _BEFORE for each in child.children)
        ):
            return True
        if child.dep_ == "amod" and child.lower_ in _EARLIER and child.i < noun.i:
            return True
    return False


_COMPARING = wordset(
    "more longer further wider larger bigger greater higher stronger deeper broader less shorter lower"
)
_EXACTLY = wordset("no nothing not never little n't")


def surpassed(doc: Any, tokens: Sequence[int]) -> bool:
    """Tell whether words only say what is too little or too much: 'wants more than | a six-month extension'."""
    at = _ahead_of(doc, tokens)
    if at < 1 or doc[at].lower_ != "than" or doc[at - 1].lower_ not in _COMPARING:
        return False
    before = doc[max(0, at - 3) : at - 1]
    if before.text.lower().endswith("anything"):
        return False  # 'will not accept anything less than | a levy'
    something = before.text.lower().endswith("something")  # 'wants something more than | a study'
    wanted = doc[at - 1].head if doc[at - 1].dep_ != "amod" else doc[at - 1].head.head
    return (something or wanted.pos_ == "VERB") and not any(token.lower_ in _EXACTLY for token in before)


def fallen_short_of(doc: Any, tokens: Sequence[int]) -> bool:
    """Tell whether words are what is too little for somebody: 'rejects anything short of | a levy'."""
    at = _ahead_of(doc, tokens)
    return at > 1 and doc[at - 2 : at + 1].text.lower() == "anything short of"


def _ahead_of(doc: Any, tokens: Sequence[int]) -> int:
    """Return the place before words and what determines them, where 'than' or 'of' may stand, or -1."""
    at = min(tokens, default=0) - 1
    while at > 0 and doc[at].pos_ in ("DET", "NUM", "ADJ", "PUNCT") and doc[at].lower_ not in _COMPARING:
        at -= 1
    return at


def on_another(doc: Any, tokens: Sequence[int], general: Callable[[Any], bool]) -> bool:
    """Tell whether a verb that alone stands for words is on another thing: of 'support for it', '| supports peace'."""
    verb = doc[tokens[0]] if len(tokens) == 1 else None
    if verb is None or verb.pos_ != "VERB":
        return False
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    return any(token.pos_ in ("NOUN", "PROPN") and not general(token) for token in objects)


def of_day(noun: Any) -> bool:
    """Tell whether a noun is known by its day: 'Wednesday's | resolution'."""
    return any(child.dep_ in ("poss", "nmod") and child.lower_ in DAYS for child in noun.children)


def another(noun: Any, own: Callable[[Any], bool]) -> bool:
    """Tell whether the words beside a noun say that it is not the one that is meant.

    Parameters
    ----------
    noun
        Its token.
    own
        Tells whether a word is one of those that name the one that is meant.
    """
    before = [child for child in noun.children if child.i < noun.i]
    if any(_tells(noun, child, own) for child in before):
        return True
    if any(own(child) for child in before):
        return False  # 'the trade accord | with the South American group'
    after = [child for child in noun.children if child.i > noun.i]
    return any(_tells(noun, child, own) for child in after) or _cut_off(noun, own)


def _cut_off(noun: Any, own: Callable[[Any], bool]) -> bool:
    """Tell whether the parse has given to the verb what says which: 'welcomed the deal | with Japan'."""
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    if after is None or after.lower_ not in ("with", "between", "on") or after.head == noun or of_time(after):
        return False
    inner = [token for token in after.subtree if token.i != after.i]
    return any(token.pos_ == "PROPN" for token in inner) and not any(own(token) for token in inner)


def _tells(noun: Any, child: Any, own: Callable[[Any], bool]) -> bool:
    if own(child) or child.lower_ in _PLAIN:
        return False
    if child.dep_ in ("compound", "nmod", "poss", "nummod"):
        return child.lower_ not in TIMES and child.tag_ not in ("PRP$", "VBN")
    if child.dep_ == "amod":
        return _kind_of_thing(noun, child)
    return child.dep_ == "prep" and not of_time(child) and _complement(noun, child, own)


def _kind_of_thing(noun: Any, adjective: Any) -> bool:
    doing = adjective.tag_ == "VBG" and adjective.i + 1 == noun.i
    named = adjective.text[:1].isupper() and adjective.i > 0
    return doing or named or (adjective.tag_[:2] != "VB" and sorts(adjective.lower_))


def _complement(noun: Any, child: Any, own: Callable[[Any], bool]) -> bool:
    inner = [token for token in child.subtree if token.i != child.i and token.pos_ in ("NOUN", "PROPN", "NUM")]
    if not inner or any(own(token) for token in inner) or inner[0].lower_ in _MANNER:
        return False
    if child.lower_ == "in":
        return child.i == noun.i + 1 and any(token.pos_ == "PROPN" for token in inner)
    return child.lower_ in _WHICH
