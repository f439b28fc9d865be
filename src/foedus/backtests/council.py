"""Votes of the members of the Council of the European Union under weighted voting, by composition.

The dates of the DEU III files cannot be trusted, so a proposal's composition is told from who has a position on it:
any of the ten states that joined in 2004, Bulgaria or Romania, Croatia.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

FIFTEEN = MappingProxyType(
    dict(fr=10, de=10, it=10, uk=10, es=8, be=5, el=5, nl=5, pt=5, at=4, se=4, dk=3, ie=3, fi=3, lu=2)
)
"""Votes of the fifteen, 87 in all (Article 205(2) of the EC Treaty before the Treaty of Nice took effect)."""

NICE = MappingProxyType(
    dict(fr=29, de=29, it=29, uk=29, es=27, pl=27, ro=14, nl=13, be=12, cz=12, el=12, hu=12, pt=12)
    | dict(at=10, bu=10, se=10, dk=7, ie=7, lt=7, sk=7, fi=7, cr=7, cy=4, ee=4, lv=4, lu=4, si=4, mt=3)
)
"""Votes under the Treaty of Nice and the treaties of accession, 352 in all with Croatia."""


def council_votes(states: Iterable[str]) -> MappingProxyType[str, int]:
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
