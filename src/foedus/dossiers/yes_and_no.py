"""What an actor is for and what it refuses, read together: see `foedus.dossiers.positions`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foedus.base.estimates import Estimate
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
    counted = read_together(plain, rule, issue)
    if len(counted) > len(plain):  # some count on several places: each is told once, at its first
        first: dict[str, Contribution] = {}
        for contribution in counted:
            first.setdefault(contribution.statement.id, contribution)
        counted = [replace(contribution, target=first[contribution.statement.id].target) for contribution in plain]
    read = {id(contribution): as_read for contribution, as_read in zip(plain, counted, strict=True)}
    return (read.get(id(contribution), contribution) for contribution in evidence)


def read_together(counted: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> list[Contribution]:
    """Return contributions with the targets at which they count, in their order; one that may mean two things, twice.

    Parameters
    ----------
    counted
        Of one actor, each with a target. Guesses are read by themselves.
    rule, issue
        The spread of a statement, and the places of the options.
    """
    still = issue.option(issue.status_quo).at
    firm = [contribution for contribution in counted if contribution.statement.kind != "conjecture"]
    together = list(counted)
    for side in (1.0, -1.0):
        wanted = {side * (c.wants - still) for c in firm if c.wants is not None and side * (c.wants - still) > 0}
        refused = {side * (c.refuses - still) for c in firm if c.refuses is not None and side * (c.refuses - still) > 0}
        if not wanted or not refused or wanted & refused:
            continue
        place = still + side * place_between(max(wanted), refused, rule.spread * issue.scale.length)
        for n, contribution in enumerate(counted):
            about = contribution.wants if contribution.wants is not None else contribution.refuses
            if contribution.statement.kind != "conjecture" and about is not None and side * (about - still) > 0:
                short = contribution.refuses is not None and side * (contribution.refuses - still) < max(wanted)
                together[n] = replace(contribution, target=place, weight=0.0 if short else contribution.weight)
    return _either_way(_corroborated(together), issue)


def unclear(counted: Sequence[Contribution], issue: Issue) -> frozenset[str]:
    """Return ids of the statements that refuse an option short of another, of an actor that has not said which way.

    Parameters
    ----------
    counted
        Of one actor, each with a target.
    issue
        The places of the options.
    """
    return frozenset(_refusals(counted, issue)) if _share_of_less(counted, issue) == _EITHER else frozenset()


def holding_out(counted: Sequence[Contribution], issue: Issue) -> tuple[float, ...]:
    """Return the places of the options that an actor refuses, and not also wants, though it wants one further.

    Parameters
    ----------
    counted
        Of one actor, each with a target.
    issue
        The place of the status quo.
    """
    still = issue.option(issue.status_quo).at
    firm = [contribution for contribution in counted if contribution.statement.kind != "conjecture"]
    wanted = {contribution.wants for contribution in firm if contribution.wants is not None}
    refused = {contribution.refuses for contribution in firm if contribution.refuses is not None} - wanted
    return tuple(sorted(at for at in refused if any((more - at) * (at - still) > 0 for more in wanted)))


_EITHER = 0.5
"""How much of a refusal counts at the status quo where the actor does not say whether it wants less or more."""


def _refusals(counted: Sequence[Contribution], issue: Issue) -> dict[str, float]:
    """Return how far from the status quo each firm refusal lies, with its side as the sign."""
    still = issue.option(issue.status_quo).at
    firm = (contribution for contribution in counted if contribution.statement.kind != "conjecture")
    return {
        contribution.statement.id: contribution.refuses - still
        for contribution in firm
        if contribution.refuses is not None
    }


def _share_of_less(counted: Sequence[Contribution], issue: Issue) -> float:
    """Return how much of an actor's refusals counts at the status quo.

    To refuse a part is to want less, or more. The actor says which by a refusal of the farthest option, by what else it
    is for, or by a general remark; a guess and an abstention say nothing, nor does a yes to what it also refuses.
    """
    still, refused = issue.option(issue.status_quo).at, _refusals(counted, issue)
    if not refused or min(refused.values()) < 0 < max(refused.values()):
        return 1.0
    up, farthest = min(refused.values()) > 0, max(abs(weight) for weight in refused.values())
    if not _beyond(issue, farthest, up=up):
        return 1.0
    others = [
        contribution.upward == up
        for contribution in counted
        if contribution.statement.kind != "conjecture" and not contribution.abstains and contribution.refuses is None
        if contribution.wants is None or contribution.wants - still not in refused.values()
    ]
    if not others or (any(others) and not all(others)):
        return _EITHER
    return 0.0 if all(others) else 1.0


def _beyond(issue: Issue, distance: float, *, up: bool) -> list[float]:
    """Return the places of the options farther from the status quo than a distance, on one side of it."""
    still = issue.option(issue.status_quo).at
    return [option.at for option in issue.options if (option.at - still if up else still - option.at) > distance]


def _either_way(counted: list[Contribution], issue: Issue) -> list[Contribution]:
    """Return contributions of which refusals short of another option count on the side that the actor has told.

    Where it has told none, half of each counts at the status quo, and half is shared by the options beyond.
    """
    less, refused = _share_of_less(counted, issue), _refusals(counted, issue)
    still = issue.option(issue.status_quo).at
    if less == 1 or any(
        contribution.target != still for contribution in counted if contribution.statement.id in refused
    ):
        return counted  # what is for and against has been read together
    beyond = _beyond(issue, max(abs(weight) for weight in refused.values()), up=min(refused.values()) > 0)
    spread_out = []
    for contribution in counted:
        if contribution.statement.id not in refused:
            spread_out.append(contribution)
            continue
        if less:
            spread_out.append(replace(contribution, weight=contribution.weight * less))
        spread_out += [
            replace(contribution, target=at, weight=contribution.weight * (1 - less) / len(beyond)) for at in beyond
        ]
    return spread_out


def holding_to_refusals(
    by_hand: Estimate, evidence: Sequence[Contribution], rule: EvidenceRule, issue: Issue
) -> Estimate:
    """Return a place set by hand; one set exactly at an option is a yes to it, and what was refused stays refused.

    Parameters
    ----------
    by_hand
        As it is set.
    evidence
        What the actor has said. Where it is for an option that it also refuses, the hand has decided between the two.
    rule, issue
        As in `read_together`.
    """
    still, at = issue.option(issue.status_quo).at, by_hand.mode
    if not by_hand.is_exact or at == still or at not in {option.at for option in issue.options}:
        return by_hand
    side = 1.0 if at > still else -1.0
    said = [contribution for contribution in unconditional(evidence) if contribution.statement.kind != "conjecture"]
    wanted = {contribution.wants for contribution in said}
    refused = {
        side * (contribution.refuses - still)
        for contribution in said
        if contribution.refuses is not None and contribution.refuses not in wanted
    }
    beyond = {refusal for refusal in refused if refusal > abs(at - still)}
    if not beyond or abs(at - still) in refused:
        return by_hand
    place = still + side * place_between(abs(at - still), beyond, rule.spread * issue.scale.length)
    return replace(by_hand, low=place, mode=place, high=place)


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
    beyond = [at for at in refused if at > wanted]
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
    kept = []
    for contribution in counted:
        if contribution.abstains:
            kept.append(contribution)
            continue
        alike = [
            c.target or 0.0
            for c in counted
            if not c.abstains and (contribution.general or not c.general) and c.upward == contribution.upward
        ]
        target = contribution.target or 0.0
        if alike:
            target = max(target, *alike) if contribution.upward else min(target, *alike)
        kept.append(replace(contribution, target=target))
    return kept
