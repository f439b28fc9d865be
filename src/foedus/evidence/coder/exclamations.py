"""Short quotations that answer a proposal by themselves: 'Not on our watch', 'Count us in', 'Ask me again'."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"\"(?P<words>[^\"]{2,160})\"")
_AGAINST = re.compile(
    r"(?:no[,.! ]|never\b|not (?:in|on|with|while|until|at|under|as long|so long|over) (?:my|our|this|us|the|any)\b"
    r"|not now\b|not ever\b|not a chance|no (?:way|thanks|thank you|chance|deal|go)\b|(?:please )?(?:count|leave|deal) "
    r"(?:us|me) out\b|over (?:my|our) dead bod|forget it|out of the question|(?:absolutely|certainly|definitely) not\b"
    r"|nothing doing|nonsense\b|rubbish\b|dream on|hands off|nein\b|nyet\b|non[,.! ]|no means no|we say no|our answer "
    r"is no|the answer is no|it is a no|that is a no|not interested|spare us|we want none of it|we will have none of it"
    r"|we want no part of it|without us|thanks, but no thanks|i think not)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:yes[,.! ]|(?:count|deal) (?:us|me) in\b|absolutely[,.! ]|of course[,.! ]|by all means|gladly|with pleasure"
    r"|amen\b|about time|the sooner,? the better|let(?:'s| us) do it|bring it on|we(?:'re| are) in\b|we(?:'re| are) "
    r"(?:all )?for it|full steam ahead|go for it|why not\b|(?:it is )?high time|at (?:long )?last\b|better today than "
    r"tomorrow|our answer is yes|the answer is yes|a resounding yes|bravo\b|where do we sign|welcome news|we say yes"
    r"|hear,? hear)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:ask (?:me|us) again|neither yes nor no|we(?:'ll| will| shall) see|no comment|maybe\b|perhaps\b|wait and see"
    r"|let(?:'s| us) see|we are still (?:thinking|weighing|looking|studying)|the jury is (?:still )?out"
    r"|(?:it is )?too (?:early|soon) to|i (?:do not|don't) know yet|we have not decided|come back)",
    re.IGNORECASE,
)
_LONGEST = 14
"""Most words of a quotation that is an answer by itself."""


def exclamations(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where quotations stand that answer a proposal by themselves: first and last offset, and the side.

    Parameters
    ----------
    text
        A sentence, its quotation marks made plain.

    Examples
    --------
    >>> list(exclamations('"Not on our watch," said the envoy.'))
    [(1, 18, -1)]
    >>> list(exclamations('"Count us in," said the envoy.')), list(exclamations('"It was late," said the envoy.'))
    ([(1, 13, 1)], [])
    """
    for quoted in _QUOTED.finditer(text):
        words = quoted.group("words").strip()
        if len(words.split()) > _LONGEST:
            continue
        for pattern, sign in ((_OPEN, 0), (_AGAINST, -1), (_FOR, 1)):
            if pattern.match(f"{words} "):
                yield quoted.start("words"), quoted.end("words"), sign
                break
