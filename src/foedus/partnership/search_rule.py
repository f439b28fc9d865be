"""Use, select, change or create: in what order a forum is looked for, and when the search stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ORDER = ("use", "select", "change", "create")
"""From the cheapest to the dearest."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a forum is come by, which one, and why the search ended there."""

    way: str
    forum: str
    because: str


def search(
    usual: tuple[str, float] | None,
    others: Mapping[str, float],
    changed: Mapping[str, float],
    created: Mapping[str, float],
    aspiration: float,
) -> Choice:
    """Return the first forum that meets an aspiration, cheapest way first; if none does, the best of all.

    Parameters
    ----------
    usual
        The forum in which such questions are usually put, with what it is worth, net of cost; None: there is none.
    others, changed, created
        Other forums that exist, forums as they would be once changed, and forums to be created, with their worth.
    aspiration
        What is good enough.

    References
    ----------
    Jupille, Mattli and Snidal (2013), Institutional Choice and Global Commerce, chapter 2; as a rule here derived.

    Examples
    --------
    >>> search(("nato", 0.4), {"eu": 0.7}, {}, {}, 0.5).way, search(("nato", 0.6), {"eu": 0.7}, {}, {}, 0.5).way
    ('select', 'use')
    """
    forums_by_way = {"use": dict([usual] if usual else []), "select": others, "change": changed, "create": created}
    for way in ORDER:
        good = {forum: worth for forum, worth in forums_by_way[way].items() if worth >= aspiration}
        if good:
            forum = max(good, key=lambda name: good[name])
            return Choice(
                way, forum, f"the first worth the {aspiration:.2f} that it asks for, from 0 to 1: {good[forum]:.2f}"
            )
    everything = [(worth, way, forum) for way in ORDER for forum, worth in forums_by_way[way].items()]
    if not everything:
        return Choice("use", "", "there is no forum to choose")
    worth, way, forum = max(everything, key=lambda move: move[0])
    return Choice(
        way, forum, f"none is worth the {aspiration:.2f} that it asks for, from 0 to 1; the best: {worth:.2f}"
    )
