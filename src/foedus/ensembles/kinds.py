"""What kind of rule a rule is: scores and weights are kept by it."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.ensembles.mixing import BINDING
from foedus.institutions import AllOf, Rule
from foedus.institutions.rules.composed import AnyOf
from foedus.institutions.rules.simple import Consensus, Quota, Unanimity


def rule_kind(rule: Rule) -> str:
    """Return what kind of rule it is, as weights are kept by.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from foedus.institutions import ConsentOf
    >>> rule_kind(AllOf((Consensus(), ConsentOf("JPN")))), rule_kind(Quota("members", at_least=Fraction(2, 3)))
    ('consensus', 'qualified majority')
    """
    parts = rule.parts if isinstance(rule, AllOf) else (rule,)
    if any(isinstance(part, Consensus) for part in parts):
        return BINDING[0]
    if any(isinstance(part, Unanimity) for part in parts):
        return BINDING[1]
    quotas = list(_quotas(rule))
    if any(part.at_least is not None for part in quotas):
        return "qualified majority"
    return "simple majority" if quotas else "another rule"


def _quotas(rule: Rule) -> Iterator[Quota]:
    """Yield the quotas that a rule is made of, however deep."""
    if isinstance(rule, Quota):
        yield rule
    elif isinstance(rule, AllOf | AnyOf):
        for part in rule.parts:
            yield from _quotas(part)
