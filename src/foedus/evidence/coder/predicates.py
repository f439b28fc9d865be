"""The table of predicates: words that take a side, turn one, hold one open, or report it."""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base import cells
from foedus.base.tables import column, read_table
from foedus.evidence.records import SIGNALS

KINDS: dict[str, str] = {
    "support": "its holder is for what it governs",
    "oppose": "its holder is against what it governs",
    "block": "its holder stops what it governs",
    "end": "its holder gives up what it governs: an objection, or the thing itself",
    "keep": "its holder goes on with what it governs",
    "refuse": "its holder refuses what it governs",
    "fail": "what it governs is not done, though nobody need be against it",
    "weigh": "its holder is undecided, or wants changes first",
    "soften": "its holder moves towards what it governs",
    "urge": "its holder wants somebody else to do what it governs",
    "dissuade": "its holder wants somebody else not to do what it governs",
    "deny": "its holder denies what it governs, which is then nobody's stance",
    "expect": "its holder foretells what it governs, which is no stance",
    "say": "its holder says what it governs, which is a stance if the words are one",
    "think": "its holder thinks what it governs",
    "good": "what it is said of is praised; whoever says so is for it",
    "bad": "what it is said of is blamed; whoever says so is against it",
    "share": "its holder holds what the noun says that it governs, as another does; with a negation, it does not",
    "reason": "with a negation, what it governs is rejected; else it says nothing",
}
"""What each kind of predicate means for the stance of its holder."""

PARTS = {
    "verb": ("VERB", "AUX"),
    "noun": ("NOUN", "PROPN", "INTJ"),
    "adjective": ("ADJ", "VERB", "ADP", "ADV", "NOUN", "DET", "SCONJ", "AUX", "PART"),
}
"""Tags that a word of each part of speech may carry in the parse."""

_LEMMAS = {
    form: lemma
    for lemma, forms in {
        "hope": "hoped hopes hoping",
        "favour": "favoured favouring",
        "axe": "axed axes axing",
        "rage": "raged raging",
        "hate": "hates hated hating",
        "sour": "soured souring",
        "bar": "barred barring",
        "rue": "rued ruing",
        "die": "died dying",
        "dither": "dithers dithering",
        "long": "longed longing",
        "rail": "railed railing",
        "fume": "fumed fuming",
        "shelve": "shelved shelving",
        "quash": "quashed quashing",
    }.items()
    for form in forms.split()
}
"""Words whose lemma the parser gets wrong."""

_FAR_PREPOSITIONS = ("to", "on", "in", "off", "at", "behind", "over")
_FAR = 12
"""Most words between a verb and the phrase that makes an idiom of it: 'hold the whole of the process to ransom'."""

_PARTICLES = ("up", "down", "out", "off", "in", "away", "back", "over", "through", "aside")
_STEPS = 4
"""Steps in the parse over which a verb may govern a word of its idiom."""

GAP = 3
"""Most words that may stand between two words of a predicate."""


_TABLE = Path(__file__).with_name("predicates.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateRow:
    """A row of ``predicates.csv``."""

    words: str = column(cells.text(100), "lemmas in their order")
    part: str = column(cells.choice(*PARTS), "part of speech")
    kind: str = column(cells.choice(*KINDS), "what it means for the stance of its holder")
    negated: str = column(cells.choice("only", "none"), "what its negation means", blank="")
    signal: str = column(cells.choice(*SIGNALS), "the signal that it gives", blank="")
    example: str = column(cells.text(500), "a sentence with it", blank="")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A row of the table.

    Attributes
    ----------
    words
        Lemmas in their order; ``~`` stands for a word or two such as a possessive.
    part
        ``verb``, ``noun`` or ``adjective``; what an adjective does, a phrase after "to be" does too.
    kind
        One of `KINDS`.
    negated
        What its negation means, where that is not the opposite: ``only``, that it counts only with one; ``none``, that
        it then says nothing.
    signal
        The signal that it gives, or empty.
    """

    words: tuple[str, ...]
    part: str
    kind: str
    negated: str
    signal: str


@dataclass(frozen=True, slots=True)
class Found:
    """A predicate at its place in a parse: the numbers of its tokens, the first one first."""

    predicate: Predicate
    tokens: tuple[int, ...]


@functools.cache
def predicates() -> dict[str, tuple[Predicate, ...]]:
    """Return the table by the first word of each predicate, the longest first.

    Examples
    --------
    >>> [predicate.kind for predicate in predicates()["veto"]]
    ['block', 'block']
    """
    table: dict[str, list[Predicate]] = {}
    for row in read_table(_TABLE, PredicateRow, name=_TABLE.name):
        record, words = row.record, tuple(row.record.words.replace("-", " - ").split())  # as the parser cuts them
        table.setdefault(words[0], []).append(Predicate(words, record.part, record.kind, record.negated, record.signal))
    return {word: tuple(sorted(rows, key=lambda row: -len(row.words))) for word, rows in table.items()}


def find_predicates(doc: Any) -> dict[int, list[Found]]:
    """Return the predicates of a parse by each of their tokens."""
    by_token: dict[int, list[Found]] = {}
    forms = frozenset(form for token in doc for form in (token.lower_, token.lemma_.lower()))
    for token in doc:
        best = _best(doc, token, forms)
        longest = max((len(match.predicate.words) for match in best), default=0)
        for match in best:
            if len(match.predicate.words) == longest or longest == 1:
                for place in match.tokens:
                    if place == match.tokens[0] or doc[place].pos_ not in ("DET", "PRON"):
                        by_token.setdefault(place, []).append(match)
    for between in _undecided(doc, by_token):
        inside = set(between.tokens)
        for place, all_ in by_token.items():
            by_token[place] = [match for match in all_ if not inside & set(match.tokens)]
        for place in between.tokens:
            by_token[place] = [between]
    for place, all_ in by_token.items():
        all_.sort(
            key=lambda match: (
                -len(match.predicate.words), match.predicate.part != _part(doc[place]), match.predicate.kind != "urge"
            )
        )  # fmt: skip
    return by_token


def _best(doc: Any, token: Any, forms: Collection[str]) -> list[Found]:
    """Return the longest predicates of each part and kind that begin at a token, of the words and lemmas there are."""
    table = predicates()
    best: dict[tuple[str, str], Found] = {}
    for key in dict.fromkeys((_LEMMAS.get(token.lower_, token.lemma_.lower()), token.lower_)):
        for predicate in table.get(key, ()):
            if any(word != "~" and word not in forms for word in predicate.words[1:]):
                continue
            if not _tagged(token, predicate.part, several=len(predicate.words) > 1) or (
                len(predicate.words) == 1 and not _alone(token, predicate)
            ):
                continue
            places = _match(doc, token.i, predicate.words)
            slot = (predicate.part, predicate.kind)
            if places is not None and (slot not in best or len(predicate.words) > len(best[slot].predicate.words)):
                best[slot] = Found(predicate, places)
    return list(best.values())


_UNDECIDED = Predicate(("neither", "nor"), "verb", "weigh", "", "")
_SIDE = {"support": 1, "good": 1, "oppose": -1, "block": -1, "bad": -1}


def _undecided(doc: Any, by_token: dict[int, list[Found]]) -> list[Found]:
    """Return 'neither backs nor rejects', 'neither for nor against': two sides of which somebody takes none."""
    made = []
    words = [token.lower_ for token in doc]
    for at, word in enumerate(words):
        if word != "neither" or "nor" not in words[at : at + _FAR]:
            continue
        middle = words.index("nor", at)
        first = _sided(doc, by_token, range(at + 1, middle))
        second = _sided(doc, by_token, range(middle + 1, min(middle + 4, len(doc))))
        known = any(match.predicate.kind == "weigh" for match in by_token.get(at, ()))
        if first and second and first[1] * second[1] < 0 and not known:
            made.append(Found(_UNDECIDED, (at, first[0], middle, second[0])))
    return made


def _sided(doc: Any, by_token: dict[int, list[Found]], places: range) -> tuple[int, int] | None:
    """Return the first place at which a word takes a side, and which; also where the tagger errs: 'neither | back'."""
    for place in places:
        for kind in (match.predicate.kind for match in by_token.get(place, ())):
            if kind in _SIDE:
                return place, _SIDE[kind]
        for predicate in predicates().get(doc[place].lemma_.lower(), ()):
            if predicate.words == (doc[place].lemma_.lower(),) and predicate.part == "verb" and predicate.kind in _SIDE:
                return place, _SIDE[predicate.kind]
    return None


def _tagged(token: Any, part: str, *, several: bool = False) -> bool:
    """Tell whether a token may begin a predicate of a part of speech.

    A noun may be taken by the tagger for an adjective, and of `several` words the first may be one: 'a | red line'.
    """
    placed = token.pos_ == "ADJ" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass")
    return token.pos_ in PARTS[part] or (part == "noun" and (placed or (several and token.dep_ == "amod")))


def _part(token: Any) -> str:
    if (
        token.tag_ == "VBN"
        and any(child.dep_ == "auxpass" for child in token.children)
        and not any(child.dep_ == "agent" for child in token.children)
    ):
        return "adjective"
    return {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.pos_, "adjective")


_SIDES = {
    "for": frozenset(["be", "stand", "vote", "speak", "argue", "come", "stay", "remain", "campaign"]),
    "behind": frozenset(["be", "stand", "unite", "rally", "line", "swing", "get", "fall"]),
    "against": frozenset(
        [
            "be",
            "stand",
            "vote",
            "speak",
            "argue",
            "come",
            "turn",
            "fight",
            "rise",
            "protest",
            "remain",
            "stay",
            "set",
            "decide",
            "campaign",
            "lobby",
            "advise",
            "rail",
            "raise",
            "side",
            "have",
            "warn",
            "work",
            "push",
            "unite",
            "mobilise",
            "mobilize",
            "act",
            "weigh",
            "caution",
        ]
    ),
    "pro": frozenset(["be"]),
    "anti": frozenset(["be"]),
}


def _sides_alone(token: Any, word: str) -> bool:
    """Tell whether 'for' or 'against' takes a side where it stands."""
    head = token.head
    before = token.doc[token.i - 1] if token.i else token
    if before.pos_ == "PROPN" and before.dep_ == "conj" and head.lemma_ == "be":
        return False  # 'Spain is for it and Portugal | against'
    if token.dep_ == "conj" and head.pos_ == "ADP":
        head = head.head
    if head.pos_ in ("ADV", "ADJ") and head.dep_ in ("attr", "acomp", "advmod") and head.lower_ != "up":
        head = head.head  # 'as much | against it as'
    if word == "for" and token.i < head.i:
        return False  # 'for Paris, it is'
    grouped = word == "against" and head.lemma_ in ("country", "state", "member", "government", "ally")
    beside = word == "against" and head.dep_ == "pobj" and head.head.lower_ == "with"  # 'with heavyweights | against'
    return head.lemma_ in _SIDES[word] or head.dep_ == "acomp" or grouped or beside


def _alone(token: Any, predicate: Predicate) -> bool:
    """Tell whether a single word is a predicate where it stands."""
    if predicate.words[0] in _SIDES:
        return _sides_alone(token, predicate.words[0])
    if predicate.part == "adjective" and token.pos_ in ("VERB", "AUX"):
        return token.dep_ in (
            "acomp",
            "oprd",
            "amod",
            "conj",
            "ccomp",
            "ROOT",
            "advcl",
            "acl",
            "relcl",
        ) and token.tag_ in ("VBN", "VBG", "VBD")
    if predicate.part == "adjective" and token.pos_ in ("NOUN", "DET"):
        return token.dep_ in ("attr", "acomp", "oprd", "amod", "compound", "conj")
    if predicate.part == "adjective" and token.pos_ == "ADV" and token.dep_ == "advmod":
        return token.i + 1 < len(token.doc) and bool(token.nbor().is_punct)
    return not (predicate.part == "adjective" and token.pos_ in ("ADP", "SCONJ", "PART"))


_WITHHOLDING = frozenset(["deny", "refuse", "withhold"])


def _of_another(doc: Any, place: int, last: int) -> bool:
    """Tell whether a word is a verb, or what another verb than the one at a place governs."""
    between = [ancestor for ancestor in doc[last].ancestors if ancestor.i > place and ancestor.pos_ == "VERB"]
    return doc[last].pos_ == "VERB" or any(doc[place] in list(ancestor.ancestors) for ancestor in between)


_BARE, _NAMING = (("call", "on"), ("call", "upon"), ("call", "for")), ("NOUN", "PROPN")
"""Verbs that with an object before their preposition mean another thing."""


def _match(doc: Any, place: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the tokens of a predicate that begins at a place, or ``None``."""
    places_matched = _in_a_row(doc, place, words)
    if (
        places_matched is not None
        and words in _BARE
        and any(token.pos_ in _NAMING for token in doc[place + 1 : places_matched[-1]])
    ):
        return None  # 'called the levy | on shipping a tax' calls on nobody
    if places_matched is not None and places_matched[-1] and doc[places_matched[-1] - 1].lower_ == "upside":
        return None  # 'turned it upside | down' turns nothing down
    if (
        places_matched is not None
        and words[0] in _WITHHOLDING
        and "~" in words
        and _of_another(doc, place, places_matched[-1])
    ):
        return None  # 'refused to rule out | backing it' withholds no backing
    if places_matched is not None or "~" not in words or len(words) == 2:
        return places_matched
    far = _governed(doc, place, words)
    return None if far is not None and words[0] in _WITHHOLDING and _of_another(doc, place, far[-1]) else far


def _governed(doc: Any, place: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the tokens of a verb's idiom around a long object: 'gave the office in Tokyo its blessing'."""
    verb = doc[place]
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    places = [place]
    for word in words[1:]:
        if word == "~":
            continue
        step = next(
            (
                token.i
                for token in doc[places[-1] + 1 : places[-1] + _FAR]
                if word in (token.lower_, token.lemma_.lower())
                and _inside(token, verb)
                and (word not in _PARTICLES or token.dep_ in ("prt", "prep"))
            ),
            None,
        )
        if step is None:
            return None
        places.append(step)
    return tuple(places)


def _inside(token: Any, verb: Any) -> bool:
    """Tell whether a token belongs to what a verb governs, over few steps that lead out of no clause."""
    for _ in range(_STEPS):
        if token == verb or (token.head == verb and token.dep_ in ("ccomp", "xcomp")):
            return True
        if token.dep_ in ("relcl", "advcl", "ccomp", "parataxis", "nsubj") or (
            token.dep_ == "conj" and token.pos_ == "VERB"
        ):
            return False
        token = token.head
    return bool(token == verb)


def _in_a_row(doc: Any, place: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
    places = [place]
    at = place + 1
    loose = False
    for number, word in enumerate(words[1:], start=1):
        if word == "~":
            loose = True
            continue
        if loose and word in _FAR_PREPOSITIONS and number + 1 < len(words):
            far = next((i for i in range(at, min(at + _FAR, len(doc) - 1))
                        if doc[i].lower_ == word and doc[i + 1].lower_ == words[number + 1]), None)  # fmt: skip
            if far is None or any(doc[i].text in (";", ":", ".") for i in range(at, far)):
                return None
            places.append(far)
            at, loose = far + 1, False
            continue
        gap = GAP + 1 if loose else 2 if len(words) > 1 else 0
        end = min(at + gap + 1, len(doc))
        step = next(
            (i for i in range(at, end) if word in (doc[i].lower_, doc[i].lemma_.lower())),
            None,
        )
        stray = step is not None and word == "to" and doc[place].pos_ == "NOUN" and doc[step].tag_ == "TO"
        if (
            step is None
            or (stray and any(doc[i].pos_ != "ADV" for i in range(at, step)))
            or (loose and any(doc[i].pos_ in ("ADP", "PART") and doc[i].tag_ != "POS" for i in range(at, step)))
            or any(
                doc[i].is_punct or doc[i].pos_ in ("VERB", "CCONJ") or doc[i].lower_ in ("whether", "if")
                for i in range(at, step)
            )
        ):
            return None
        places.append(step)
        at, loose = step + 1, False
    return tuple(places)
