"""One folder that binds evidence to issues, and the rule that turns statements into positions."""

from foedus.dossiers.changes import Change, change_of, changed, suppose
from foedus.dossiers.dossier import Dossier, Page
from foedus.dossiers.packaged import copy_packaged, packaged_dossiers
from foedus.dossiers.positions import stand_of
from foedus.dossiers.read import read_dossier, redacted
from foedus.dossiers.records import Concept, Stakeholder
from foedus.dossiers.scaffold import new_dossier
from foedus.dossiers.scenarios import apply_scenario
from foedus.dossiers.settings import SCHEMA, EvidenceRule, Prior, Range
from foedus.dossiers.stands import Branch, Camp, Contribution, Stand
from foedus.dossiers.write import write_dossier

__all__ = [
    "SCHEMA",
    "Branch",
    "Camp",
    "Change",
    "Concept",
    "Contribution",
    "Dossier",
    "EvidenceRule",
    "Page",
    "Prior",
    "Range",
    "Stakeholder",
    "Stand",
    "apply_scenario",
    "change_of",
    "changed",
    "copy_packaged",
    "new_dossier",
    "packaged_dossiers",
    "read_dossier",
    "redacted",
    "stand_of",
    "suppose",
    "write_dossier",
]
