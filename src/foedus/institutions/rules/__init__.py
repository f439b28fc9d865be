"""Decision rules that compose, how they are written, and the games that they make."""

from foedus.institutions.rules.ballot import MEMBERS, Ballot
from foedus.institutions.rules.composed import (
    AllOf,
    AnyOf,
    Chamber,
    ConcernedAbstain,
    ConsentOf,
    Unless,
    WithoutConcerned,
    is_consensus,
    names_in,
    weighed,
    weights_of,
)
from foedus.institutions.rules.games import game_of
from foedus.institutions.rules.opposing import held_against, needed_against, stopped_by
from foedus.institutions.rules.protocol import KINDS, Rule, can_block, every_part, passes
from foedus.institutions.rules.reading import FORMS, read_rule, read_share
from foedus.institutions.rules.simple import Consensus, FewDeclare, FewerAgainst, NoVeto, Quota, Unanimity

__all__ = [
    "FORMS",
    "KINDS",
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
    "Unless",
    "WithoutConcerned",
    "can_block",
    "every_part",
    "game_of",
    "held_against",
    "is_consensus",
    "names_in",
    "needed_against",
    "passes",
    "read_rule",
    "read_share",
    "stopped_by",
    "weighed",
    "weights_of",
]
