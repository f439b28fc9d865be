"""The kinds of question that cases put, and how each is answered."""

from foedus.institutions.questions.kind import Kind
from foedus.institutions.questions.treaties import TREATIES
from foedus.institutions.questions.votes import VOTES

KINDS: dict[str, Kind] = {**TREATIES, **VOTES}
"""The kinds of question that cases may put."""

__all__ = ["KINDS", "TREATIES", "VOTES", "Kind"]
