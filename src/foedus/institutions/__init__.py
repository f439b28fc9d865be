"""How a body decides: rules as dated data, evaluated with a trace that says why."""

from foedus.institutions.bodies import Body, Institutions
from foedus.institutions.packaged import EU_COUNCIL, institutions_contents, packaged_institutions, read_institutions
from foedus.institutions.rules import AllOf, Ballot, Consensus, ConsentOf, Rule, is_consensus, read_rule
from foedus.institutions.seating import Seating, seat
from foedus.institutions.spatial import Reach, reach

__all__ = [
    "EU_COUNCIL",
    "AllOf",
    "Ballot",
    "Body",
    "Consensus",
    "ConsentOf",
    "Institutions",
    "Reach",
    "Rule",
    "Seating",
    "institutions_contents",
    "is_consensus",
    "packaged_institutions",
    "reach",
    "read_institutions",
    "read_rule",
    "seat",
]
