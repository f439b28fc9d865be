"""Agreement between the coders of a dossier, or between two dossiers coded from the same sources."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from foedus.base.errors import FoedusError
from foedus.dossiers.dossier import Dossier
from foedus.evidence import Statement
from foedus.evidence.agreement import Agreement, agreement

UNNAMED = "no name"
"""How a blank cell of the column ``coder`` is called."""


def between_coders(dossier: Dossier, coders: Sequence[str] | None = None) -> Agreement:
    """Compare the coders that the column ``coder`` names; every line counts, whatever was decided on it.

    Raises
    ------
    FoedusError
        When there are fewer than two, or one is unknown.
    """
    coded: dict[str, list[Statement]] = {}
    for statement in dossier.statements:
        coded.setdefault(statement.coder or UNNAMED, []).append(statement)
    for name in coders or ():
        if name not in coded:
            raise FoedusError(f"no statement has coder {name!r}; there are {', '.join(coded)}")
    chosen = {name: coded[name] for name in dict.fromkeys(coders or coded)}
    if len(chosen) < 2:
        raise FoedusError(
            f"agreement needs two coders; here is {', '.join(chosen) or 'none'}. Name another in the column 'coder', "
            "or compare with another dossier: --with DIR"
        )
    return agreement(chosen)


def same_sources(dossier: Dossier, other: Dossier) -> dict[str, str]:
    """Return the ids of sources that two dossiers share, ours by theirs: of the same bytes, or else the same id."""
    by_hash = {source.sha256: id_ for id_, source in dossier.sources.items() if source.sha256}
    return {
        id_: by_hash.get(source.sha256, id_)
        for id_, source in other.sources.items()
        if source.sha256 in by_hash or id_ in dossier.sources
    }


def between_dossiers(dossier: Dossier, other: Dossier) -> Agreement:
    """Compare two dossiers; sources are the same where their bytes are, or else where their ids are.

    Raises
    ------
    FoedusError
        When they have no source in common.
    """
    same = same_sources(dossier, other)
    if not same:
        raise FoedusError(
            f"{dossier.folder} and {other.folder} have no source in common: neither a SHA-256 nor an id in sources.csv"
        )
    common = set(same.values())
    theirs = [dataclasses.replace(s, source=same[s.source]) for s in other.statements if s.source in same]
    ours = [s for s in dossier.statements if s.source in common]
    first, second = dossier.folder.name or str(dossier.folder), other.folder.name or str(other.folder)
    if first == second:
        first, second = str(dossier.folder), str(other.folder)
    if first == second:
        raise FoedusError(f"{first} is compared with itself; name another dossier")
    return agreement({first: ours, second: theirs})
