"""Numbers with their nouns, and names in a row: what sentences of every room are made of."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """Return a number of things, one of them in the singular.

    Examples
    --------
    >>> counted(1, "draw"), counted(2_000, "draw")
    ('1 draw', '2,000 draws')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def and_(words: Sequence[str], last: str = "and") -> str:
    """Return words with commas between them, and a word before the last; empty for none.

    Examples
    --------
    >>> and_(["France"]), and_(["France", "Italy", "Spain"]), and_(["yes", "no"], "or")
    ('France', 'France, Italy and Spain', 'yes or no')
    """
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def the(name: str) -> str:
    """Return a name with its article, once.

    Examples
    --------
    >>> the("The council"), the("Council of Elders")
    ('the council', 'the Council of Elders')
    """
    return f"t{name[1:]}" if name.casefold().startswith("the ") else f"the {name}"
