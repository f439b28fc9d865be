"""Which way words lean on a concept: for, against or neither, with negation; condition, hedge and tense."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence.coder.concepts import Match
from foedus.evidence.coder.conditions import condition_of
from foedus.evidence.coder.leaning import AGAINST, NEGATIONS, lean_of, obliges
from foedus.evidence.coder.lexicon import Cue
from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.folding import fold_same_length

_DENIALS = wordset(
    "deny dismiss reject refute rebut dispute doubt repudiate debunk discredit question contest scoff disagree"
)
_DIRECTIVES = wordset(
    "urge call demand ask press push recommend propose advise warn caution appeal implore beg exhort encourage plead"
)
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_HEDGE = re.compile(
    r"\b(?:might|may|could|perhaps|possibly|probably|likely|would|seems?|appears?|apparently|reportedly"
    r"|believed|expected|inclined|presumably|supposedly)\b",
    re.IGNORECASE,
)
_PREDICTION = re.compile(
    r"\b(?:will|shall|would|might|could|(?:is|are|was|were) (?:likely|unlikely|expected|bound|set|going) to"
    r"|(?:is|are) about to)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\bprivate(?:ly)?\b|\bbehind closed doors\b|\bin confidence\b|\boff the record\b|\banonym(?:ity"
    r"|ous(?:ly)?)\b|\bconfidential(?:ly)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How words stand to a concept.

    Attributes
    ----------
    stance
        -1, 0 or 1.
    sure
        How plainly they say so, 0 to 1.
    condition
        The condition, in the words of the text, or empty.
    hedged
        Whether they are hedged.
    prediction
        Whether they speak of what will or would be.
    private
        Whether it is said to have been held in private.
    """

    stance: int
    sure: float
    condition: str
    hedged: bool
    prediction: bool
    private: bool


def read_polarity(
    content: str, sentence: str, match: Match, cue: Cue | None, *, negated: bool, lean: int = 0
) -> Reading:
    """Return how a content stands to a concept.

    Parameters
    ----------
    content
        The words that are attributed, or the clause that narrates.
    sentence
        The whole sentence, for condition and venue.
    match
        The concept and the sign of its cue.
    cue
        The word of attribution, or ``None``.
    negated
        Whether the cue itself is negated: 'does not support'.
    lean
        The lean of a narrated stance word: -1, 0 or 1.

    Examples
    --------
    >>> match = Match("office", 2.0, 1, True, ("office",))
    >>> read_polarity("that it sees no need of an office", "", match, None, negated=False).stance
    -1
    """
    plain_content = _UNEQUAL.sub(" ", _NOT_ONLY.sub(" ", _UNMATCHED.sub("closer", fold_same_length(content))))
    plain_content = _CRITICAL_TO.sub("crucial", plain_content)
    plain_content = _TWICE.sub("reconsider", _without_relatives(plain_content))
    words = [word.lower() for word in _WORD.findall(plain_content)]
    if match.prescriptive:
        stance, sure = _on_what_should_be(words, match, cue, negated=negated, lean=lean)
    else:
        negations = _denied(words) + negated + _denies(cue)
        stance = -match.sign if negations % 2 else match.sign
        sure = 0.75 if not negations else 0.6
    if _left_open(plain_content, cue):
        stance, sure = 0, _OPEN_QUESTION
    hedged = bool(_HEDGE.search(sentence)) or bool(_HEDGE.search(content))
    return Reading(
        stance,
        sure,
        condition_of(sentence),
        hedged,
        bool(_PREDICTION.search(content if cue is None or cue.force == "speech" else sentence)),
        bool(_PRIVATE.search(sentence)),
    )


_NOT_ONLY = re.compile(
    r"\bnot (?:just|only|merely|simply)\b|\bnever (?:been |so )?(?=more |so |as |closer|better)|n't (?:just|only)\b"
)
_UNEQUAL = re.compile(
    r"(?:\b(?:not|never|hardly|cannot)|n't) (?:be )?(?:at all |quite |exactly |nearly |remotely |in any way )?"
    r"(?:(?:one and )?the same (?:thing )?as|equal to|equivalent to|tantamount to|comparable (?:to|with)|akin to"
    r"|identical (?:to|with)|the equivalent of|a substitute for)\b",
    re.IGNORECASE,
)
"""'X is not the same as Y' tells two things apart: the negation opposes neither."""

_NOT = wordset("am is are was were be been do does did has have had will would should could can may might must to")
"""Words after which 'not' denies a clause, rather than sets one thing against another."""

_REMOTE = wordset("unlikely improbable implausible unthinkable impossible doubtful excluded inconceivable")
"""Words that deny that something is or will be."""

_UNMATCHED = re.compile(
    r"\bno (?:other )?(?:\w+ ){1,3}(?:is|are|was|were|has been|have been) (?:closer|more|better"
    r"|\w+er)\b",
    re.IGNORECASE,
)
"""'No partner is closer' praises: the negation belongs to the comparison."""


_CRITICAL_TO = re.compile(r"\bcritical(?= (?:to|for)\b)", re.IGNORECASE)


def _denied(words: list[str]) -> int:
    """Count the negations that deny a clause."""
    return sum(
        word in _REMOTE or (word in NEGATIONS and (word != "not" or (place > 0 and words[place - 1] in _NOT)))
        for place, word in enumerate(words)
    )


def _denies(cue: Cue | None) -> bool:
    return cue is not None and (cue.lemma in _DENIALS or (cue.part == "noun" and cue.lemma in ("denial", "doubt")))


def _on_what_should_be(
    words: list[str], match: Match, cue: Cue | None, *, negated: bool, lean: int
) -> tuple[int, float]:
    """Return the stance on a claim of what should be, and how plainly it is taken."""
    own = (cue.polarity if cue else 0) + 2 * lean
    records = cue is not None and cue.lemma in _RECORDS
    inner, plain = lean_of([word for word in words if word not in _PLANS] if records else words)
    if negated and lean:
        return 0, _OPEN_QUESTION  # not to rule something out is not to want it
    total = _with_cue(inner, own, cue, words, negated=negated)
    if total is None:
        return 0, _OPEN_QUESTION
    stance = (total > 0) - (total < 0)
    if match.sign < 0 and (stance or not records):
        stance = -1 if stance >= 0 and (own >= 0 or negated) else 1
    if cue is not None and not lean and own < 0 and _denies(cue) and cue.force in ("speech", "thought"):
        if negated or inner < 0:
            return 0, _OPEN_QUESTION
        stance = -1
    elif cue is not None and cue.polarity and _decides(cue, words):
        turned = negated + (match.sign < 0) + _head_turns(words, inner)
        stance = -cue.polarity if turned % 2 else cue.polarity
    elif stance == 0 and cue is not None and cue.lemma in _DIRECTIVES and not negated:
        stance = match.sign  # who asks for what a claim says should be is for it
    return stance, 0.9 if abs(total) >= 2 or match.sign < 0 else 0.75 if total else 0.5 if plain else 0.55


def _with_cue(inner: int, own: int, cue: Cue | None, words: list[str], *, negated: bool) -> int | None:
    """Return the lean of a content together with its cue; ``None`` where the cue leaves it open."""
    if cue is not None and negated and not own:
        if cue.force == "thought" and cue.lemma not in _FACTIVE:
            return -inner or -1  # 'does not think that it should' thinks that it should not
        return None if cue.part == "verb" and cue.force == "speech" else inner
    obliged = obliges(words)
    if cue is not None and obliged and cue.force == "speech" and not _denies(cue):
        return inner  # a clause of what should be says so whatever the verb of speech
    if own < 0 and cue is not None and obliged and cue.force == "thought" and not negated:
        return own - inner
    if own > 0 and inner < 0 and (obliged or words[0] in NEGATIONS) and not negated:
        return inner - own
    return inner + (-own if negated else own)


def _decides(cue: Cue, words: list[str]) -> bool:
    """Tell whether a cue takes the stance by itself, so that the words of its content only turn it."""
    if cue.lemma in _DIRECTIVES and cue.force == "speech":
        return not obliges(words) and not (cue.polarity < 0 and _infinitive(words))
    return cue.force in ("wish", "stance", "act") or cue.lemma in _DIRECTIVES


def _infinitive(words: list[str]) -> bool:
    """Tell whether a command in the negative follows: 'warned the members not to open it'."""
    return any(words[place : place + 2] in (["not", "to"], ["never", "to"]) for place in range(min(8, len(words))))


def governs_opposition(content: str) -> bool:
    """Tell whether the object of a wish or an act is itself opposition: 'wants them to reject it'.

    Examples
    --------
    >>> governs_opposition("the members to reject it"), governs_opposition("the members to open it")
    (True, False)
    """
    words = [word.lower() for word in _WORD.findall(content)]
    return _head_turns(words, lean_of(words)[0]) % 2 == 1


def _head_turns(words: list[str], inner: int) -> int:
    """Count what turns a content at its head: 'not to open', 'to reject', 'opposition to', 'that it should not'."""
    to = words.index("to") if "to" in words[:8] else -1
    head = words[: max(to + 2, 3)]
    if obliges(words) or words[:1] == ["that"]:
        return int(inner < 0)
    return sum(word in NEGATIONS or word in _TURNED for word in head)


def _left_open(content: str, cue: Cue | None) -> bool:
    """Tell whether a content asks, or says that nothing was said: 'whether it should', 'declined to say whether'."""
    if cue is not None and not cue.polarity and _WHETHER.match(content):
        return True
    return _WITHHELD.search(content) is not None


def _without_relatives(content: str) -> str:
    """Return a content without relative clauses in which somebody else takes a side."""
    return _RELATIVE.sub(" ", content)


_OPEN_QUESTION = 0.1
"""Plainness of a reading where the words leave the question open."""

_RECORDS = wordset("confirm acknowledge mention note cite report describe recall disclose detail outline")
"""Verbs that state a fact: to confirm a plan is not to support it."""

_PLANS = wordset(
    "plan plans planned step offer offers offered forward progress join joined agree agreed accept accepted sent send "
    "sending deploy deployed invite invited host intention aim interest important key close open approved allowed"
)
_FACTIVE = wordset("know learn hear understand realise realize recognise recognize remember notice aware unaware")
_TURNED = AGAINST - wordset("worry worries worried concern concerned risk risks caution cautious harm warn warned")
_TWICE = re.compile(r"\bthink(?:s|ing)? (?:twice|again|very hard|hard)\b|\bsteer clear\b|\bstay away\b", re.IGNORECASE)
_WHETHER = re.compile(r"\W*(?:whether|if)\b", re.IGNORECASE)
_WITHHELD = re.compile(
    r"\b(?:say|comment|confirm|disclose|reveal|specify|answer|discuss|know|decide|be drawn|decided|clear)\b"
    r"(?: (?:on|about|publicly|yet|itself|himself|herself))* (?:whether|if)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r",\s+(?:which|who|whom)\b[^,;.]*|\b(?:which|(?<=office )that|(?<=plan )that|(?<=idea )that|(?<=move )that"
    r"|(?<=proposal )that) (?:the )?[A-Z][\w.]*(?: \w+)? (?:support|oppos|back|want|favou?r|reject|propos)\w*"
)
