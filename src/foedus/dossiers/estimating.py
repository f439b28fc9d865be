"""From weighed statements to an estimate: mixed with the prior, in camps where they conflict, over conditions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from foedus.base.errors import refuse
from foedus.base.estimates import Estimate
from foedus.dossiers.bearing import conditional, target_of
from foedus.dossiers.records import Concept
from foedus.dossiers.settings import EvidenceRule, Range
from foedus.dossiers.stands import (
    Branch,
    Camp,
    Contribution,
)
from foedus.dossiers.yes_and_no import read_together, unconditional
from foedus.issues import Issue

_CONDITIONS = 8
"""Most declared conditions that may bear on one actor: each doubles the branches."""


def estimate_from(evidence: Sequence[Contribution], prior: Range, rule: EvidenceRule, issue: Issue) -> Estimate:
    """Return the prior's triangle mixed with the evidence's; see the module's text.

    Parameters
    ----------
    evidence
        Contributions; those without a target move nothing.
    prior
        In the unit of the issue's scale.

    Returns
    -------
    Estimate
        One triangle; where statements conflict, the mixture of one for each camp.
    """
    counted = _counting(read_together(_counting(evidence), rule, issue))
    total = sum(c.weight for c in counted)
    if total == 0:
        return Estimate(prior.low, prior.mode, prior.high)
    parts = []
    for camp in _camps(counted, rule, issue):
        own = sum(c.weight for c in camp)
        share = own / (rule.prior_weight + own)
        mean, reach = _middle(camp), rule.spread * issue.scale.length + _deviation(camp)
        low, high = max(issue.scale.low, mean - reach), min(issue.scale.high, mean + reach)
        mixed = [(1 - share) * p + share * e for p, e in ((prior.low, low), (prior.mode, mean), (prior.high, high))]
        # rounding may put two values that are equal out of order
        ordered = sorted(min(max(value, issue.scale.low), issue.scale.high) for value in mixed)
        parts.append((own / total, Estimate(ordered[0], ordered[1], ordered[2])))
    ids = tuple(dict.fromkeys(c.statement.id for c in counted))
    return replace(parts[0][1], rests_on=ids) if len(parts) == 1 else Estimate.mixture(parts, ids)


def _counting(evidence: Sequence[Contribution]) -> list[Contribution]:
    return [c for c in evidence if c.target is not None and c.weight > 0]


def camps_of(evidence: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> tuple[Camp, ...]:
    """Return where statements point, the heaviest camp first; those under a condition are branches and left out."""
    counted = _counting(read_together(unconditional(evidence), rule, issue))
    total = sum(c.weight for c in counted)
    camps = [
        Camp(_middle(camp), sum(c.weight for c in camp) / total, tuple(dict.fromkeys(c.statement.id for c in camp)))
        for camp in _camps(counted, rule, issue)
    ]
    return tuple(sorted(camps, key=lambda camp: (-camp.share, camp.at)))


def branched(
    evidence: Sequence[Contribution],
    prior: Range,
    rule: EvidenceRule,
    issue: Issue,
    together: Sequence[frozenset[str]] = (),
) -> Estimate:
    """Return the estimate over all declared conditions, each of which holds or not, independently of the others.

    Parameters
    ----------
    evidence, prior, rule, issue
        As in `estimate_from`; a contribution's probability is that of its condition.
    together
        Ids of statements whose conditions hold together.

    Raises
    ------
    InputError
        When more declared conditions bear on one position than can be branched over.
    """
    plain = [c for c in evidence if not conditional(c.statement)]
    groups = [[c for c in evidence if c.statement.id in ids and c.target is not None] for ids in together]
    groups = [group for group in groups if group]
    if len(groups) > _CONDITIONS:
        who = groups[0][0].statement.actor
        raise refuse("dossier.yaml", f"at most {_CONDITIONS} conditions that concern {who}", field="conditions")
    if not groups:
        return estimate_from(plain, prior, rule, issue)
    parts = []
    for held in itertools.product((False, True), repeat=len(groups)):
        chances = [g[0].probability if holds else 1 - g[0].probability for g, holds in zip(groups, held, strict=True)]
        counted = [c for g, holds in zip(groups, held, strict=True) if holds for c in g]
        parts.append((math.prod(chances), estimate_from([*plain, *counted], prior, rule, issue)))
    return Estimate.mixture(parts, tuple(c.statement.id for c in evidence if c.target is not None and c.weight > 0))


def branches_of(
    evidence: Sequence[Contribution],
    prior: Range,
    rule: EvidenceRule,
    issue: Issue,
    concepts: Mapping[str, Concept],
    together: Sequence[frozenset[str]],
) -> tuple[Branch, ...]:
    """Return where an actor would stand under each condition that it has named."""
    plain = [c for c in evidence if not conditional(c.statement)]
    groups: dict[object, list[Contribution]] = {}
    for contribution in evidence:
        target = target_of(contribution.statement, concepts[contribution.statement.concept], issue)
        if conditional(contribution.statement) and target is not None:
            key = next(
                (ids for ids in together if contribution.statement.id in ids),
                contribution.statement.condition.casefold(),
            )
            groups.setdefault(key, []).append(replace(contribution, target=target))
    return tuple(
        Branch(
            group[0].statement.condition,
            tuple(c.statement.id for c in group),
            group[0].probability if isinstance(key, frozenset) else None,
            estimate_from([*plain, *group], prior, rule, issue),
        )
        for key, group in groups.items()
    )


def _camps(counted: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> list[list[Contribution]]:
    """Divide statements where the gap between neighbouring targets is wider than twice the spread."""
    camps: list[list[Contribution]] = []
    last = 0.0
    for contribution in sorted(counted, key=lambda c: c.target or 0.0):
        target = contribution.target or 0.0
        if not camps or target - last > 2 * rule.spread * issue.scale.length:
            camps.append([])
        camps[-1].append(contribution)
        last = target
    return [sorted(camp, key=lambda c: (-c.weight, c.statement.id)) for camp in camps]


def _middle(camp: Sequence[Contribution]) -> float:
    """Return the weighted mean of where statements point, kept between the outermost of them."""
    targets = [c.target or 0.0 for c in camp]
    mean = sum(t * c.weight for t, c in zip(targets, camp, strict=True)) / sum(c.weight for c in camp)
    return min(max(mean, min(targets)), max(targets))


def _deviation(camp: Sequence[Contribution]) -> float:
    mean = _middle(camp)
    return sum(abs((c.target or 0.0) - mean) * c.weight for c in camp) / sum(c.weight for c in camp)
