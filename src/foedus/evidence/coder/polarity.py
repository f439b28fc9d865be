"""Which way words lean on a concept: for, against or neither, with negation; condition, hedge and tense."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence.coder.concepts import Match
from foedus.evidence.coder.lexicon import Cue
from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.folding import fold_same_length

_FOR = wordset(
    "support supports supported supporting welcome welcomes welcomed back backs backed favour favours favor "
    "favors favoured endorse endorses "
    "endorsed endorsement want wants wanted seek seeks sought should must need needs necessary vital essential "
    "crucial important key "
    "strengthen strengthening strengthens deepen deepening deepens expand expanding expands enhance enhancing "
    "bolster bolstering elevate elevating "
    "benefit benefits beneficial offer offers offered agree agrees agreed keen eager willing willingness ready "
    "closer close reliable capable "
    "natural logical efficient efficiently effective effectively help helps opportunity opportunities "
    "contribute contributes useful positive "
    "intention intend intends intends interest interested plan plans plead champion champions commitment "
    "committed urge ambition desire "
    "hope hopes forward accept accepts accepted join joined approve approved allow allows aim aims aiming "
    "attendance advocate appetite pledge "
    "pledged promise promised send sent sending deploy deployed invite invited host value worth impetus "
    "logical unanimous progress step"
)
_AGAINST = wordset(
    "oppose opposes opposed opposing opposition object objects objected objection objections resist resists "
    "resisted resistance reject rejects "
    "rejected rejection refuse refuses refused against mistake block blocks blocked blocking veto vetoes "
    "vetoed doubt doubts doubtful worry "
    "worries worried concern concerns concerned fear fears warn warns warned warning risk risks unlikely "
    "tokenism complicate complicated "
    "complicates obstacle hurdle reluctance reluctant harm harms wrong dangerous interfere interfering "
    "confrontation error rubbish rubbishing "
    "criticise criticize criticised criticized condemn condemned denounce unease uneasy ire rebuke deny denies "
    "denied impede "
    "zero impossible unacceptable provocation unnecessary abandon avoid stop halt prevent rethink reconsider "
    "caution cautious"
)
_DENIALS = wordset(
    "deny dismiss reject refute rebut dispute doubt repudiate debunk discredit question contest scoff disagree"
)
_DIRECTIVES = wordset(
    "urge call demand ask press push recommend propose advise warn caution appeal implore beg exhort encourage plead"
)
_NEGATIONS = wordset(
    "not no never neither nor without lack lacks lacking nothing nobody none hardly scarcely barely n't cannot "
    "can't won't don't doesn't didn't isn't "
    "aren't wasn't weren't wouldn't shouldn't couldn't hasn't haven't hadn't rubbishing rubbished"
)
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_REACH = 4
_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|on (?:the )?condition that|in case|should it|so long as"
    r"|only if|were it)\b[^.;]{3,160}",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"on (?:the )?condition (?:of|that) anonymity|not authori[sz]ed to speak|asked not to be named", re.IGNORECASE
)
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
_PAST = re.compile(r"\b(?:was|were|had|did|\w+ed)\b")


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
    words = [word.lower() for word in _WORD.findall(plain_content)]
    own = (cue.polarity if cue else 0) + 2 * lean
    denial = cue is not None and (cue.lemma in _DENIALS or (cue.part == "noun" and cue.lemma in ("denial", "doubt")))
    if match.prescriptive:
        total, plain = _lean(words)
        total += -own if negated else own
        stance = (total > 0) - (total < 0)
        if match.sign < 0:
            stance = -1 if stance >= 0 and (own >= 0 or negated) else 1
        if denial and own < 0 and not lean:
            stance = -1
        if cue is not None and cue.polarity and (cue.force in ("wish", "stance", "act") or cue.lemma in _DIRECTIVES):
            turned = negated + (match.sign < 0) + any(word in _NEGATIONS for word in words[:3])
            stance = -cue.polarity if turned % 2 else cue.polarity
        elif stance == 0 and cue is not None and cue.lemma in _DIRECTIVES and not negated:
            stance = match.sign  # who asks for what a claim says should be is for it
        sure = 0.9 if abs(total) >= 2 or match.sign < 0 else 0.75 if total else 0.5 if plain else 0.55
    else:
        negations = _denied(words) + negated + denial
        stance = -match.sign if negations % 2 else match.sign
        sure = 0.75 if not negations else 0.6
    hedged = bool(_HEDGE.search(sentence)) or bool(_HEDGE.search(content))
    condition = "" if _ANONYMOUS.search(sentence) else _first(_CONDITION, sentence)
    return Reading(
        stance,
        sure,
        condition,
        hedged,
        bool(_PREDICTION.search(content if cue is None or cue.force == "speech" else sentence)),
        bool(_PRIVATE.search(sentence)),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(found.group().split()) if found else ""


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
        word in _REMOTE or (word in _NEGATIONS and (word != "not" or (place > 0 and words[place - 1] in _NOT)))
        for place, word in enumerate(words)
    )


_COPULA_NOT = wordset("not isn't aren't wasn't weren't")
_DESCRIBED = [[word] for word in ("the", "a", "an", "about", "like", "meant", "aimed", "directed", "intended")]
"""What follows 'not' where it says what something is not: 'an office is not the same as a base' opposes no office."""


def _lean(words: list[str]) -> tuple[int, bool]:
    """Return the sum of words for and against, a negation within reach turning each; and whether there was none."""
    total, found, negations = 0, False, 0
    for place, word in enumerate(words):
        lean = (word in _FOR) - (word in _AGAINST)
        if word in _NEGATIONS and not (word in _COPULA_NOT and words[place + 1 : place + 2] in _DESCRIBED):
            negations += 1
        if lean:
            found = True
            near = words[max(0, place - _REACH) : place]
            turned = sum(one in _NEGATIONS for one in near) % 2
            total += -lean if turned else lean
    if not found and negations % 2:
        return -1, False
    return total, not found
