"""Names of states within a sentence."""

from __future__ import annotations

import re

_WITH_ARTICLE = re.compile(
    r"(United|Soviet|Czech|Dominican|Central African|Marshall|Solomon) |(Philippines|Netherlands|Maldives|Bahamas)\b"
    r"|(Gambia|Comoros|Congo)\b|.*\b(Republic|Islands|Union|Emirates|Federation)$"
)


def in_sentence(name: str) -> str:
    """Return a state's name with its article, where English gives it one.

    Examples
    --------
    >>> in_sentence("Philippines"), in_sentence("Japan"), in_sentence("Soviet Union"), in_sentence("the Bahamas")
    ('the Philippines', 'Japan', 'the Soviet Union', 'the Bahamas')
    """
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def possessive(name: str) -> str:
    """Return a name as an owner.

    Examples
    --------
    >>> possessive("Japan"), possessive("the Philippines")
    ("Japan's", "the Philippines'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
