"""When a side was taken: in the present, in a time that is over, on a day that the sentence names."""

from __future__ import annotations

import re
from typing import Any

from foedus.base.days import Day, known_to_the_month
from foedus.evidence.calendar import find_days
from foedus.evidence.coder.clauses import clause_of, verb_of

_PAST = re.compile(
    r"\b(?:in|until|till|before|since|back in|as late as|as recently as|during|"
    r"throughout)\s+(?:the\s+)?(?:early |late |spring |autumn |summer |winter |of )*(?:1[89]|"
    r"20)\d\d(?:s)?\b|\b(?:once|formerly|previously|originally|initially|at first|used to|"
    r"at the time|in those days|(?:decades?|years?|months|weeks) ago|back in|in the past|not long ago|to begin with|"
    r"(?:as recently|as late) as|(?:before|until|till) (?:the )?(?:last|war|coup|invasion|election|recently|lately)|"
    r"(?:in|during) (?:his|her|its|their|the) first (?:term|year|years|mandate|months)|"
    r"under (?:an?|the|its|his|her) (?:earlier|previous|former|old|last|outgoing))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d")
_NOW = re.compile(
    r"\b(?:now|today|nowadays|since|lately|at present|by now|in (?:his|her|its|their) second|any ?(?:longer|more)|"
    r"present|meanwhile|currently|these days|no longer|"
    r"has (?:since )?(?:changed|turned|become))\b",
    re.IGNORECASE,
)


_WHEN = re.compile(
    r"\b(?:in|last|until|till|late as|recently as) (?:early |late |mid-)?(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December|spring|summer|autumn|winter|week|month|year)\b"
    r"|\b(?:week|month|year)s? (?:ago|earlier|before)\b"
)
"""A time that is over, in a relative clause."""


def verb_at(token: Any) -> Any:
    """Return the verb of a token's clause, also of a pronoun that is its subject."""
    return verb_of(token.head if token.dep_ in ("nsubj", "nsubjpass") else token)


def _told(verb: Any) -> bool:
    """Tell whether a clause is what somebody said or thought, whose tense follows that verb's."""
    return any(
        node.dep_ in ("ccomp", "advcl", "relcl", "pcomp") and node.i > node.head.i for node in [verb, *verb.ancestors]
    )


def _earlier(verb: Any, *, had: bool) -> bool:
    """Tell whether a relative clause tells what its noun did before: 'Malta, which in May | opposed it, backs it'."""
    own = any(child.dep_ == "nsubj" and child.tag_ in ("WDT", "WP") for child in verb.children)
    if verb.dep_ != "relcl" or not own:
        return False
    when = " ".join(token.text for token in verb.subtree)
    return had or (verb.tag_ in ("VBD", "VBN") and _WHEN.search(when) is not None)


def is_past(token: Any, on: Day | None) -> bool:
    """Tell whether a clause speaks of a time that is over: 'in 2008', 'once', 'until last year'."""
    own = " ".join(word.text for word in token.subtree) if token.dep_ == "appos" else ""
    if _PAST.search(own):
        return True  # 'Italy, a critic as recently as March, has become'
    clause = clause_of(token)
    verb = verb_at(token)
    had = any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)
    if _earlier(verb, had=had):
        return True
    if had and not _told(verb):
        return True
    match = None if _NOW.search(clause) else _PAST.search(clause)
    if match is None or match.group().lower().startswith("since"):
        return False
    year = _YEAR.search(match.group())
    finite = any(node.tag_ in ("VBD", "VBN") for node in [token, token.head, *token.children])
    return finite and (year is None or int(year.group()) < (on.year if on is not None else 9999))


def speaks_of_now(token: Any) -> bool:
    """Tell whether a clause speaks of the present: 'now', 'no longer'."""
    return _NOW.search(clause_of(token)) is not None


def said_on(token: Any, words: str, on: Day | None) -> Day | None:
    """Return the day that the sentence gives for what was said, where it is not later than the document.

    Parameters
    ----------
    token
        The word that takes the side. What another clause tells of another time is no day of it: 'Malta, which | in May
        had opposed it, supports it'.
    words
        The sentence as it stands in the text.
    on
        The day of the document.
    """
    days = [day for day in find_days(words, on) if on is None or day.day <= on]
    mine = [day for day in days if not _elsewhere(token, day.start)]
    return known_to_the_month(mine[0].first, mine[0].day) if mine else on


def own_day(token: Any, words: str, on: Day | None) -> Day | None:
    """Return the day before the document's that the relative clause of an earlier side names, or ``None``."""
    relative = relative_of(token)
    if relative is None or on is None:
        return None
    first, last = relative.left_edge.idx, relative.right_edge.idx + len(relative.right_edge.text)
    days = [day for day in find_days(words, on) if first <= day.start < last and day.day < on]
    return known_to_the_month(days[0].first, days[0].day) if days else None


def _elsewhere(token: Any, place: int) -> bool:
    """Tell whether a place of a sentence lies in a relative clause in which a word does not stand."""
    at = next((word for word in token.doc if word.idx <= place < word.idx + len(word.text)), None)
    verb = next((node for node in at.ancestors if node.pos_ in ("VERB", "AUX")), None) if at is not None else None
    if verb is not None and verb.tag_ == "VB" and verb != token:
        return True  # 'cannot support it in a vote, suggesting that it | be held in January'
    now = next((node for node in [token, *token.ancestors] if _says_now(node)), None)
    if at is not None and now is not None and at.i not in {word.i for word in now.subtree}:
        return True  # 'abstained in April, but now | say that they will vote for it'
    relative = relative_of(at) if at is not None else None
    return relative is not None and token.i not in {word.i for word in relative.subtree}


def _says_now(verb: Any) -> bool:
    """Tell whether a verb is of the present by a word beside it: 'now say'."""
    return any(child.dep_ in ("advmod", "npadvmod") and child.lower_ in ("now", "today") for child in verb.children)


def relative_of(token: Any) -> Any | None:
    """Return the verb of the relative clause in which a word stands, or ``None``."""
    return next((node for node in [token, *token.ancestors] if node.dep_ == "relcl"), None)
