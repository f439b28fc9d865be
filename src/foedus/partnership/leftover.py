"""What an allocation leaves uncovered in a theatre, as an input of the crisis game."""

from __future__ import annotations

from foedus.base.errors import FoedusError
from foedus.base.estimates import Estimate
from foedus.partnership.allocated import Allocation, Shortfall
from foedus.strategy import Lack


def lack_of(allocation: Allocation, theatre: str) -> Lack:
    """Return what is lacking in a theatre when most contingencies come together, of the kind that lacks most.

    Raises
    ------
    FoedusError
        When tables are missing, or there is no such theatre.

    Examples
    --------
    >>> import foedus
    >>> lack = lack_of(foedus.allocate(foedus.read_dossier("harbour-compact"), draws=20), "north")
    >>> lack.kind, lack.comes
    ('tender', ('raid-north', 'raid-south'))
    """
    if allocation.to_fill_in:
        raise FoedusError(f"--lacking: still missing: {', '.join(allocation.to_fill_in)}; 'foedus allocate' says how")
    rows = [shortfall for shortfall in allocation.shortfalls if shortfall.theatre == theatre]
    if not rows:
        raise FoedusError(f"--lacking: no theatre {theatre!r}; theatres are {', '.join(allocation.theatres)}")
    most = max(len(row.comes) for row in rows)
    worst = max((row for row in rows if len(row.comes) == most), key=_share)
    need = max(worst.need.mean, 1e-12)
    low, mode, high = (min(value / need, 1.0) for value in (worst.short.q10, worst.short.mean, worst.short.q90))
    return Lack(theatre, worst.kind, worst.comes, Estimate(min(low, mode), mode, max(mode, high)))


def _share(shortfall: Shortfall) -> float:
    return shortfall.short.mean / max(shortfall.need.mean, 1e-12)
