"""The question on the table: its scale, options and meetings, and the arrays that models work on."""

from foedus.issues.issue import Issue, Meeting, Option, Scale
from foedus.issues.models import (
    Assumption,
    InfluenceModel,
    Lottery,
    ModelCard,
    Movement,
    Settlement,
    SettlementModel,
    Trajectory,
    chances_of,
)
from foedus.issues.sitting import Agenda, Sitting

__all__ = [
    "Agenda",
    "Assumption",
    "InfluenceModel",
    "Issue",
    "Lottery",
    "Meeting",
    "ModelCard",
    "Movement",
    "Option",
    "Scale",
    "Settlement",
    "SettlementModel",
    "Sitting",
    "Trajectory",
    "chances_of",
]
