"""Why a forecast came out as it did, and what would change it."""

from foedus.explain.comparison import Comparison, GroupEffect, compare
from foedus.explain.evidence import Effect, EvidenceInfluence, Learning, influence_of_evidence
from foedus.explain.levers import Lever, levers
from foedus.explain.scenarios import ScenarioForecast, Scenarios, scenarios
from foedus.explain.sensitivity import Index, Sensitivity, first_indices, sensitivity
from foedus.explain.timeline import News, Point, Timeline, of_all_options, timeline

__all__ = [
    "Comparison",
    "Effect",
    "EvidenceInfluence",
    "GroupEffect",
    "Index",
    "Learning",
    "Lever",
    "News",
    "Point",
    "ScenarioForecast",
    "Scenarios",
    "Sensitivity",
    "Timeline",
    "compare",
    "first_indices",
    "influence_of_evidence",
    "levers",
    "of_all_options",
    "scenarios",
    "sensitivity",
    "timeline",
]
