"""How others answer: from the record of what they did, and from games of what they may want.

Two questions, two instruments. What a rival answers is read from the record of earlier acts; whether an act deters or
provokes is read from a crisis game, as a sign, a size and the assumption on which the sign hangs. A game never sets the
level of an answer, and the record never claims a mechanism.
"""

from __future__ import annotations

from foedus.strategy.branching import RecordOfRivals
from foedus.strategy.lacking import Lack
from foedus.strategy.responding import may_answer, respond, respond_to
from foedus.strategy.result import Responded

__all__ = ["Lack", "RecordOfRivals", "Responded", "may_answer", "respond", "respond_to"]
