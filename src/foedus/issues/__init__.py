"""The question on the table: its scale, options and meetings, and the arrays that models work on."""

from foedus.issues.issue import Issue, Meeting, Option, Scale
from foedus.issues.models import Assumption, ModelCard, Settlement, SettlementModel
from foedus.issues.sitting import Agenda, Sitting

__all__ = [
    "Agenda",
    "Assumption",
    "Issue",
    "Meeting",
    "ModelCard",
    "Option",
    "Scale",
    "Settlement",
    "SettlementModel",
    "Sitting",
]
