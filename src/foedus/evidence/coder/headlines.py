"""Headlines in capitals: written like a sentence before they are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.evidence.coder.actors import Cast
from foedus.evidence.documents import Passage

_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_SHORT = 3
_SHARE = 0.7
_FEWEST = 4


def lowered(plain: str, passages: Iterable[Passage], cast: Cast) -> str:
    """Return a text in which the capitals of headlines are gone, names left as they are; no offset changes.

    Parameters
    ----------
    plain
        The text.
    passages
        Its paragraphs.
    cast
        Its actors, whose names keep their capitals.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> from foedus.evidence.readers import document_of
    >>> world = read_dossier(packaged_dossiers()["tokyo-office"]).world
    >>> one = document_of("a.txt", b"Norway Again Rejects Plan for NATO Office")
    >>> lowered(one.text, one.body, Cast(one.text, world, None))
    'Norway again rejects plan for NATO office'
    """
    letters = list(plain)
    for passage in passages:
        words = list(_WORD.finditer(plain, passage.start, passage.end))
        if not _headline(plain[passage.start : passage.end], words):
            continue
        named = [(one.start, one.end) for one in cast.inside_loosely(passage.start, passage.end)]
        for word in words[1:]:
            at, end = word.span()
            if any(start < end and at < stop for start, stop in named) or word.group()[1:].lower() != word.group()[1:]:
                continue
            letters[at] = letters[at].lower()
    return "".join(letters)


def _headline(text: str, words: list[re.Match[str]]) -> bool:
    """Tell whether most words of a paragraph without a full stop begin with a capital."""
    if text.rstrip().endswith((".", "!", "?", '"', ":", "\u201d")) or len(words) < _FEWEST:
        return False
    long = [one.group() for one in words if len(one.group()) > _SHORT]
    return len(long) >= _FEWEST - 1 and sum(one[0].isupper() for one in long) >= _SHARE * len(long)
