"""Names that are spelt nearly as one that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_ALIKE = 0.78
_BEHIND = 0.1


def nearest(word: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Return what is spelt nearly as a word, the nearest first: nothing rather than something far.

    A candidate that is clearly behind the best is left out, and so is one that begins with another letter: people
    misspell the middle and the end of a name.

    Examples
    --------
    >>> nearest("hungry", ["hungary", "hung", "germany"]), nearest("estland", ["gotland", "queensland"])
    (['hungary'], [])
    >>> nearest("lituania", ["lithuania", "romania"]), nearest("klingon", ["kowloon", "clinton"])
    (['lithuania'], [])
    """
    close = difflib.get_close_matches(
        word, [candidate for candidate in known if candidate[:1] == word[:1]], n=n, cutoff=_ALIKE
    )
    alike = [difflib.SequenceMatcher(None, match, word).ratio() for match in close]
    return [match for match, ratio in zip(close, alike, strict=True) if ratio > alike[0] - _BEHIND]
