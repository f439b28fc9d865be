"""Votes of the members of the Council of the European Union under weighted voting, by composition.

The dates of the DEU III files cannot be trusted, so a proposal's composition is told from who has a position on it:
any of the ten states that joined in 2004, Bulgaria or Romania, Croatia.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType


def _votes(text: str) -> Mapping[str, int]:
    groups = (group.split() for group in text.split(";"))
    return MappingProxyType({state: int(votes) for votes, *states in groups for state in states})


FIFTEEN = _votes("10 fr de it uk; 8 es; 5 be el nl pt; 4 at se; 3 dk ie fi; 2 lu")
"""Votes of the fifteen, 87 in all (Article 205(2) of the EC Treaty before the Treaty of Nice took effect)."""

NICE = _votes(
    "29 fr de it uk; 27 es pl; 14 ro; 13 nl; 12 be cz el hu pt; 10 at bu se; 7 dk ie lt sk fi cr; "
    "4 cy ee lv lu si; 3 mt"
)
"""Votes under the Treaty of Nice and the treaties of accession, 352 in all with Croatia."""


def council_votes(states: Iterable[str]) -> Mapping[str, int]:
    """Return the votes that hold for a proposal on which these states have positions.

    Parameters
    ----------
    states
        Two-letter codes as the DEU III headings have them.

    Examples
    --------
    >>> council_votes(["fr", "de"])["de"], council_votes(["de", "pl"])["de"]
    (10, 29)
    """
    return NICE if set(states) - FIFTEEN.keys() else FIFTEEN


def qualified_share(states: Iterable[str]) -> float | None:
    """Return the share of the Council's votes that a qualified majority asked for, or ``None`` for no such states.

    62 of 87 votes of the fifteen; 255 of 345 under the Treaty of Nice, which later accessions changed by less than
    two per cent.

    Parameters
    ----------
    states
        Two-letter codes as the DEU III headings have them.

    Examples
    --------
    >>> round(qualified_share(["fr", "de"]), 4), round(qualified_share(["de", "pl"]), 4), qualified_share(["USA"])
    (0.7126, 0.7391, None)
    """
    named = set(states)
    if not named or named - NICE.keys():
        return None
    return 255 / 345 if named - FIFTEEN.keys() else 62 / 87
