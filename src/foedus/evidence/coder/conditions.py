"""The condition of a stance, in the words of the text: one clause, cut where it ends."""

from __future__ import annotations

import re

from foedus.evidence.coder.sentences import Sentence, sentences
from foedus.evidence.folding import fold_same_length

LONGEST = 300
"""Characters from which a condition is cut off, between two words."""

_BEGIN = re.compile(
    r"\b(?:only if|if|unless|provided that"
    r"|provided(?! (?:to|by|for|in|with|under|at|through|from|on|as|across|against)\b)"
    r"|only (?:when|after)|as long as|on (?:the )?condition that|in case"
    r"|so long as|should it|were it)\b(?=\s+\S)",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\b(?:but )?(only (?:under|on) (?:certain |some |strict |its own |specific |clear |the right |these |those )*"
    r"(?:conditions|terms|circumstances))\b",
    re.IGNORECASE,
)
"""Conditions that a text does not tell: 'only under certain conditions'."""

_ABSENT = re.compile(
    r"^\W*(?:absent|without|failing|barring) (?P<what>[^,;:]{3,120}?), (?=[^.;]{0,60}\b(?:would|will|could|might)\b"
    r"[^.;]{0,20}\b(?:veto|block|reject|oppose|refuse|withhold|object|vote against|not)\b)",
    re.IGNORECASE,
)
"""What somebody must have lest it object: 'Without a fishing deal, | Malta would veto it'."""

_LINKED = re.compile(
    r"\b(?:link|ti|mak|condition|coupl|peg)\w*\s+(?:its|his|her|their|[A-Z]\w+'s) (?:own )?(?:agreement|consent|"
    r"approval|support|backing|assent|vote|signature|yes|acceptance|blessing)\b[^.;]*?\b(?:to|on|with) "
    r"(?P<what>(?!the (?:opening|admission)\b)(?:(?!\bto\b|\bon\b|\bwith\b)[^.;,])+)(?=[.;,]|$)",
    re.IGNORECASE,
)
"""That to which somebody ties its consent: 'linked its agreement to the budget to | progress for Sarajevo'."""

_NO_CONDITION = re.compile(
    r"\b(?:as|even|ask|asks|asked|say|know|see|decide|meaning|means|meaning that|means that|happens|happen)"
    r"\s+$",
    re.IGNORECASE,
)
"""Words after which 'if' begins a comparison, a concession, a question, or what a rule comes to."""

_ANONYMOUS = re.compile(
    r"on (?:the )?condition (?:of|that) anonymity|not authori[sz]ed to speak|asked not to be named", re.IGNORECASE
)
_MARKS = re.compile(r"[\u201c\u201d\u201e\u00ab\u00bb\"]|''|``")
_FINITE = frozenset("ALVvWE")
_STOPS = frozenset(";:-.()")


def condition_of(words: str) -> str:
    """Return the condition that a sentence states, or an empty string.

    It ends with its clause: at the end of the sentence, or at a comma after its verb. A relative clause between two
    commas belongs to it.

    Parameters
    ----------
    words
        The sentence.

    Examples
    --------
    >>> condition_of("Germany would agree only if the U.S. did, a spokesman said.")
    'only if the U.S. did'
    >>> condition_of("If Spain, Italy and Malta came, he would go.")
    'If Spain, Italy and Malta came'
    >>> condition_of("Norway backed a text on aid provided to Syrians, meaning that if it fails, aid ends.")
    ''
    """
    begins = _BEGIN.finditer(words)
    begin = next(
        (
            opening
            for opening in begins
            if not _NO_CONDITION.search(words[max(0, opening.start() - 14) : opening.start()])
        ),
        None,
    )
    if _ANONYMOUS.search(words):
        return ""
    if begin is None:
        return _unusual(words)
    rest = words[begin.start() :]
    plain = _MARKS.sub(lambda mark: " " * len(mark.group()), fold_same_length(rest))
    tagged = next(sentences(plain, [(0, len(plain))]), None)
    end = _end(tagged, len(begin.group())) if tagged else len(rest)
    return _cut(" ".join(_MARKS.sub(" ", rest[:end]).split()))


def _unusual(words: str) -> str:
    """Return a condition that no conjunction begins, or an empty string.

    Examples
    --------
    >>> _unusual("Greece would support the measures only under certain conditions.")
    'only under certain conditions'
    >>> _unusual("Without the release of its funds, Hungary would veto the talks.")
    'the release of its funds'
    >>> _unusual("Austria has linked its agreement to opening talks with Ukraine to progress for Sarajevo.")
    'progress for Sarajevo'
    """
    terms = _TERMS.search(words)
    if terms is not None:
        return " ".join(terms[1].split())
    match = _ABSENT.search(words) or _LINKED.search(words)
    return _cut(" ".join(_MARKS.sub(" ", match["what"]).split())) if match is not None else ""


def _end(sentence: Sentence, after: int) -> int:
    """Return the offset at which the clause ends."""
    letters = sentence.letters
    verb, relative = False, False
    for place, letter in enumerate(letters):
        if sentence.starts[place] < after:
            continue
        if letter in _STOPS:
            return sentence.ends[place - 1]
        if letter == ",":
            if relative:
                relative = False
            elif letters[place + 1 : place + 2] == "H" and not verb:
                relative = True
            elif verb:
                return sentence.ends[place - 1]
        elif letter in _FINITE and not relative:
            verb = True
    return sentence.ends[-1]


def _cut(condition: str) -> str:
    return condition if len(condition) <= LONGEST else condition[:LONGEST].rsplit(None, 1)[0]
