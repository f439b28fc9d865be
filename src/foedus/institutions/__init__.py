"""How a body decides: rules as dated data, evaluated with a trace that says why."""

from foedus.institutions.bodies import (
    Body,
    Institutions,
    institutions_contents,
    packaged_institutions,
    read_institutions,
)
from foedus.institutions.rules import AllOf, Ballot, Consensus, ConsentOf, Rule, is_consensus, read_rule
from foedus.institutions.seating import Seating, seat

__all__ = [
    "AllOf",
    "Ballot",
    "Body",
    "Consensus",
    "ConsentOf",
    "Institutions",
    "Rule",
    "Seating",
    "institutions_contents",
    "is_consensus",
    "packaged_institutions",
    "read_institutions",
    "read_rule",
    "seat",
]
