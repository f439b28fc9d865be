"""Why a forecast came out as it did, and what would change it."""

from foedus.explain.evidence import Effect, EvidenceInfluence, Learning, influence_of_evidence
from foedus.explain.levers import Lever, levers
from foedus.explain.timeline import News, Point, Timeline, timeline

__all__ = [
    "Effect",
    "EvidenceInfluence",
    "Learning",
    "Lever",
    "News",
    "Point",
    "Timeline",
    "influence_of_evidence",
    "levers",
    "timeline",
]
