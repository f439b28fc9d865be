"""What an actor is for and what it refuses, read together: see `foedus.dossiers.positions`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foedus.dossiers.bearing import conditional
from foedus.dossiers.settings import EvidenceRule
from foedus.dossiers.stands import Contribution
from foedus.issues import Issue


def unconditional(evidence: Iterable[Contribution]) -> list[Contribution]:
    """Return what counts whatever condition holds."""
    return [c for c in evidence if c.target is not None and c.weight > 0 and not conditional(c.statement)]


def as_counted(evidence: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> Iterable[Contribution]:
    """Return contributions with the targets at which they count, so that each row agrees with the position."""
    plain = unconditional(evidence)
    read = {id(one): counted for one, counted in zip(plain, read_together(plain, rule, issue), strict=True)}
    return (read.get(id(one), one) for one in evidence)


def read_together(counted: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> list[Contribution]:
    """Return contributions with the targets at which they count, each in its place in the list.

    Parameters
    ----------
    counted
        Of one actor, each with a target. Guesses are read by themselves.
    rule, issue
        The spread of a statement, and the places of the options.
    """
    still = issue.option(issue.status_quo).at
    firm = [one for one in counted if one.statement.kind != "conjecture"]
    found = list(counted)
    for side in (1.0, -1.0):
        wanted = {side * (c.wants - still) for c in firm if c.wants is not None and side * (c.wants - still) > 0}
        refused = {side * (c.refuses - still) for c in firm if c.refuses is not None and side * (c.refuses - still) > 0}
        if not wanted or not refused or wanted & refused:
            continue
        place = still + side * place_between(max(wanted), refused, rule.spread * issue.scale.length)
        for n, one in enumerate(counted):
            about = one.wants if one.wants is not None else one.refuses
            if one.statement.kind != "conjecture" and about is not None and side * (about - still) > 0:
                short = one.refuses is not None and side * (one.refuses - still) < max(wanted)
                found[n] = replace(one, target=place, weight=0.0 if short else one.weight)
    return _corroborated(found)


def place_between(wanted: float, refused: Iterable[float], spread: float) -> float:
    """Return how far from the status quo an actor stands that is for one option and refuses others.

    Parameters
    ----------
    wanted, refused
        How far the options lie from the status quo, above 0.
    spread
        How far to either side a statement reaches.

    Examples
    --------
    >>> place_between(60, [100], 10)  # above 30 it prefers 60 to nothing, below 50 nothing to 100
    40.0
    >>> place_between(100, [60], 10)
    100
    """
    beyond = [one for one in refused if one > wanted]
    if not beyond:
        return wanted
    least, most = wanted / 2, min(beyond) / 2
    return min(wanted, max((least + most) / 2, most - spread))


def _corroborated(counted: Sequence[Contribution]) -> list[Contribution]:
    """Return contributions of which those that point the same way count at the farthest option that one names.

    Whoever wants the whole also accepts a part: support for a lesser option, or for the matter in general, makes
    support for a greater one no milder. The same holds of refusals. A general remark makes no word on an option go
    farther, but it makes no other general remark milder either. An abstention points no way.
    """
    found = []
    for one in counted:
        if one.abstains:
            found.append(one)
            continue
        alike = [
            c.target or 0.0
            for c in counted
            if not c.abstains and (one.general or not c.general) and c.upward == one.upward
        ]
        target = one.target or 0.0
        if alike:
            target = max(target, *alike) if one.upward else min(target, *alike)
        found.append(replace(one, target=target))
    return found
