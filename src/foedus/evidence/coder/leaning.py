"""Which way words lean by themselves: for or against, what turns them, and what carries another word's lean."""

from __future__ import annotations

from foedus.evidence.coder.wordlists import wordset

FOR = wordset(
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
AGAINST = wordset(
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
    "opposing rejecting refusing resisting objecting vetoing refrain shelve scrap forgo unwise premature "
    "zero impossible unacceptable provocation unnecessary abandon avoid stop halt prevent rethink reconsider "
    "caution cautious"
)
NEGATIONS = wordset(
    "not no never neither nor without lack lacks lacking nothing nobody none hardly scarcely barely n't cannot "
    "can't won't don't doesn't didn't isn't "
    "aren't wasn't weren't wouldn't shouldn't couldn't hasn't haven't hadn't rubbishing rubbished"
)
OBLIGED = wordset("should must ought shouldn't mustn't")
"""Words that say what somebody has to do; they take the lean of the verb that they govern."""

_GOVERNING = OBLIGED | wordset("need needs needed needn't")
_FILLERS = wordset("be been have has to also now still even ever at all in under any way circumstances no longer only")
_TURNING = wordset(
    "oppose opposes opposed opposing reject rejects rejected rejecting refuse refuses refused refusing resist resists "
    "resisted resisting against block blocks blocked blocking veto vetoes vetoed vetoing avoid stop halt prevent "
    "abandon refrain doubt doubts doubtful reluctant reluctance"
)
"""Words against that turn what they govern: 'rejects plans to strengthen'."""

_ENDING = wordset(
    "stop stops stopped cease ceases ceased end ends ended drop drops dropped lift lifts lifted withdraw withdraws "
    "withdrew abandon abandons abandoned overcome overcomes overcame avoid refrain halt"
)
"""Words that turn an opposition that follows: 'dropped its objections'."""

_OMITTING = wordset("hesitate delay wait fail fear forget neglect postpone shy")
"""Verbs of leaving something undone: who 'should not hesitate' should act."""

_RAISING = wordset(
    "think thinks thought believe believes believed feel feels felt want wants wanted wish wishes consider considers "
    "suppose expect expects reckon convinced persuaded sure certain"
)
"""Words whose negation denies what follows them: 'does not think that'."""

_BREAKS = wordset("but although though while whereas however yet instead")
_REACH = 4
_COPULA_NOT = wordset("not isn't aren't wasn't weren't")
_DESCRIBED = [[word] for word in ("the", "a", "an", "about", "like", "meant", "aimed", "directed", "intended")]
"""What follows 'not' where it says what something is not: 'an office is not the same as a base' opposes no office."""


def obliges(words: list[str]) -> bool:
    """Tell whether words say what somebody has to do.

    Examples
    --------
    >>> obliges("they need to go".split()), obliges("they need time".split())
    (True, False)
    """
    return any(
        word in OBLIGED or (word in ("need", "needs") and words[place + 1 : place + 2] == ["to"])
        for place, word in enumerate(words)
    )


def negates(words: list[str], place: int) -> bool:
    """Tell whether a word denies what follows, rather than says what something is not.

    Examples
    --------
    >>> negates("it is not needed".split(), 2), negates("it is not about bases".split(), 2)
    (True, False)
    """
    described = words[place] in _COPULA_NOT and words[place + 1 : place + 2] in _DESCRIBED
    return words[place] in NEGATIONS and not described


def lean_of(words: list[str]) -> tuple[int, bool]:
    """Return the sum of words for and against, turned by negations within reach; and whether there was none.

    Examples
    --------
    >>> lean_of("they should not support it".split()), lean_of("they should reject it".split())
    ((-2, False), (-2, False))
    >>> lean_of("we do not think that the members should open it".split())
    (-1, False)
    """
    total, found, taken = 0, False, set[int]()
    negations = {place for place in range(len(words)) if negates(words, place)}
    raised = _raised(words, negations)
    for place, word in enumerate(words):
        lean = (word in FOR) - (word in AGAINST)
        governing = word in _GOVERNING
        if place in taken or not (lean or governing) or _ends_opposition(words, place):
            continue
        found = True
        turns = _turns(words, place, negations, lean) + (place in raised)
        if governing:
            sign, verb = _governed(words, place, negations)
            taken.update(verb)
            lean = sign * (2 if verb else 1)
        total += -lean if turns % 2 else lean
    if not found and len(negations) % 2:
        return -1, False
    return total, not found


def _raised(words: list[str], negations: set[int]) -> set[int]:
    """Return the places that a negated verb of thought turns; its negation is taken away from ``negations``."""
    raised: set[int] = set()
    for place in sorted(negations):
        verb = next((at for at in range(place + 1, min(place + 4, len(words))) if words[at] in _RAISING), None)
        if verb is None or any(word in _BREAKS for word in words[place:verb]):
            continue
        negations.discard(place)
        end = next((at for at in range(verb, len(words)) if words[at] in _BREAKS), len(words))
        raised ^= set(range(verb, end))
    return raised


def _turns(words: list[str], place: int, negations: set[int], lean: int) -> int:
    """Count what turns a word: negations before it, a word against before one for, the end of an opposition."""
    near = range(max(0, place - _REACH), place)
    count = sum(at in negations for at in near)
    if lean > 0:
        return count + any(words[at] in _TURNING and not _broken(words, at, place) for at in near)
    return count + any(_ends_opposition(words, at) for at in near[-3:])


def _broken(words: list[str], first: int, last: int) -> bool:
    return any(word in _BREAKS or word == "and" for word in words[first:last])


def _ends_opposition(words: list[str], place: int) -> bool:
    return words[place] in _ENDING and any(word in AGAINST for word in words[place + 1 : place + 4])


def _governed(words: list[str], place: int, negations: set[int]) -> tuple[int, set[int]]:
    """Return the lean of what a word such as 'should' governs, and the place of its verb where that leans itself."""
    sign = -1 if words[place].endswith("n't") else 1
    for at in range(place + 1, min(place + 6, len(words))):
        word = words[at]
        if at in negations or word in _OMITTING:
            sign = -sign
        elif word in AGAINST or word in FOR:
            if _ends_opposition(words, at):
                return sign, {at}
            return (sign if word in FOR else -sign), {at}
        elif word not in _FILLERS and not word.endswith("ly"):
            break
    return sign, set()
