"""Decision rules that compose, how they are written, and the games that they make."""

from foedus.institutions.rules.ballot import MEMBERS, Ballot
from foedus.institutions.rules.games import game_of
from foedus.institutions.rules.kinds import (
    AllOf,
    AnyOf,
    Chamber,
    ConcernedAbstain,
    Consensus,
    ConsentOf,
    FewDeclare,
    FewerAgainst,
    NoVeto,
    Quota,
    Rule,
    Unanimity,
    can_block,
    every_part,
    is_consensus,
    passes,
    weights_of,
)
from foedus.institutions.rules.reading import FORMS, read_rule, read_share

__all__ = [
    "FORMS",
    "MEMBERS",
    "AllOf",
    "AnyOf",
    "Ballot",
    "Chamber",
    "ConcernedAbstain",
    "Consensus",
    "ConsentOf",
    "FewDeclare",
    "FewerAgainst",
    "NoVeto",
    "Quota",
    "Rule",
    "Unanimity",
    "can_block",
    "every_part",
    "game_of",
    "is_consensus",
    "passes",
    "read_rule",
    "read_share",
    "weights_of",
]
