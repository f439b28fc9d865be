"""Word lists, written as one string."""

from __future__ import annotations


def wordset(text: str) -> frozenset[str]:
    """Return the words of a string as a set.

    Examples
    --------
    >>> sorted(wordset("of in of"))
    ['in', 'of']
    """
    return frozenset(text.split())
