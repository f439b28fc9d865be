"""Words as they are compared with cues: without endings, a noun as its verb, words of one meaning as one."""

from __future__ import annotations

import functools

from foedus.evidence.coder.concepts import stem
from foedus.evidence.coder.wordlists import wordset

_CLASSES = (
    "20 20th twentieth",
    "five 5",
    "two 2",
    "three 3",
    "pct % percent cent pct.",
    "nato alliance alliances",
    "member membership accession admit admission join entry accede enter",
    "secgen secretarygeneral",
    "chair chairmanship chairman presidency chairing preside helm head leadership steer",
    "office bureau outpost",
    "defence defense military",
    "target goal benchmark objective mark",
    "package round tranche",
    "asia indo-pacific asian",
    "europe european",
    "decide vote decision decidion",
    "invite invitation",
    "end abolish abolition",
    "spend expenditure spending",
    "oppose opposition",
    "island isle",
    "provoke provocation provocative",
    "engagement engage involvement role presence",
    "deepen strengthen expand expansion widen enhance enlarge enlargement broaden",
    "treaty agreement deal accord pact",
    "talk talks negotiation negotiations negotiate",
    "readmit readmission reinstate reinstatement rejoin",
    "extend extension prolong prolongation renew renewal rollover",
    "tariff duty duties levy",
    "cap ceiling",
    "loan credit",
    "recognise recognize recognition",
    "ceasefire cease-fire truce armistice",
    "candidate candidacy candidature nomination nominee",
    "strike airstrike air-strike bombing bombardment",
    "peacekeeping",
    "prohibit prohibition ban",
    "deliver delivery supply",
    "troop force contingent peacekeeper",
    "withdraw withdrawal pull-out pullout",
    "observe observer",
    "suspend suspension pause",
    "send dispatch",
    "embargo embargoes",
    "expel expulsion expelled expelling",
)
"""Words of one meaning in what bodies decide on, each class by its first word."""

_NOUNS_OF_VERBS = (
    ("isation", "is"),
    ("ization", "is"),
    ("ification", "ify"),
    ("clusion", "clud"),
    ("pansion", "pand"),
    ("xtension", "xtend"),
    ("cession", "ced"),
    ("vasion", "vad"),
    ("ervention", "erven"),
    ("bmission", "bmit"),
    ("rmission", "rmit"),
    ("duction", "duc"),
    ("itation", "it"),
    ("entation", "ent"),
    ("rmation", "rm"),
    ("mnation", "mn"),
    ("position", "pos"),
    ("drawal", "draw"),
    ("moval", "mov"),
    ("proval", "prov"),
    ("fusal", "fus"),
    ("losure", "los"),
    ("eptance", "ept"),
    ("stance", "st"),
)
"""Endings of nouns that name what a verb does, and how the verb ends."""

_SPELLINGS = (("ization", "isation"), ("izing", "ising"), ("ized", "ised"), ("izes", "ises"), ("ize", "ise"))
_DOUBLED = "bdgmnprt"
_LEAST = 9
"""A noun of a verb is at least so long: 'mission' comes from no verb that would help."""

_ONLY_NOUNS = wordset("commission position nation station mission circumstance substance instance")


@functools.lru_cache(maxsize=50_000)
def term(word: str) -> str:
    """Return a word as it is compared.

    Examples
    --------
    >>> term("exclusion") == term("excluding"), term("bans") == term("banned"), term("accord") == term("pact")
    (True, True, True)
    >>> term("normalization") == term("normalise"), term("mission") == term("missile")
    (True, False)
    """
    plain = word.lower().removesuffix("'s").strip(".")
    class_ = _CLASS_OF.get(plain)
    if class_ is None:
        root = _root(plain)
        class_ = _CLASS_OF.get(root, root)
    return class_


def _root(plain: str) -> str:
    """Return a word without endings, a noun of a verb as the verb."""
    if plain.endswith("s") and len(plain) > 3 and not plain.endswith(("ss", "us", "is")):
        plain = plain[:-1]
    for ending, other in _SPELLINGS:
        if plain.endswith(ending) and len(plain) > len(ending) + 3:
            plain = plain.removesuffix(ending) + other
    if len(plain) >= _LEAST and plain not in _ONLY_NOUNS:
        plain = _verb_of(plain)
    root = stem(plain)
    if len(root) > 3 and root[-1] == root[-2] and root[-1] in _DOUBLED:
        root = root[:-1]
    return root[:-1] + "y" if root.endswith("i") else root


def _verb_of(noun: str) -> str:
    for ending, verb in _NOUNS_OF_VERBS:
        if noun.endswith(ending):
            return noun.removesuffix(ending) + verb
    return noun.removesuffix("ion") if noun.endswith(("tion", "sion")) else noun


_CLASS_OF = {
    key: words.split()[0] for words in _CLASSES for word in words.split() for key in dict.fromkeys((word, _root(word)))
}
