"""Which model answers, by the rule of the body."""

from __future__ import annotations

from foedus.institutions import Rule, is_consensus
from foedus.issues import SettlementModel
from foedus.settlement import MODELS

BESIDE = "compromise"
"""Knows no rule, and stands beside every answer."""


def answering(rule: Rule) -> SettlementModel:
    """Return the model that answers under a rule, and that explains the answer: the one place where this is decided.

    Under consensus and unanimity the track-record model, which scored better than any other on decisions with known
    outcomes; under any other rule the agenda-setter, which keeps to the rule.

    Examples
    --------
    >>> from foedus.institutions.rules.simple import Consensus
    >>> answering(Consensus()).card.name
    'track-record'
    """
    return MODELS["track-record" if is_consensus(rule) else "agenda-setter"]


def beside(rule: Rule) -> list[SettlementModel]:
    """Return the models that stand beside the answer."""
    return [MODELS[name] for name in (["consensus"] if is_consensus(rule) else []) + [BESIDE]]
