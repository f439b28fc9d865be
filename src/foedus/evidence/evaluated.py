"""What was measured of a coder, on any of the four kinds of data, as one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.base.answers import Recorded, recorded
from foedus.evidence.calibration import Reliability, reliability
from foedus.evidence.evaluate import AttributionScores, StatementScores
from foedus.evidence.real_texts import RealScores
from foedus.evidence.suite import SuiteScores


@dataclass(frozen=True, slots=True)
class Evaluated(Recorded):
    """How well a coder does.

    Attributes
    ----------
    attributions, statements, suite, real
        On annotated attributions, statements coded by hand, a suite of short texts, and real texts; None where that was
        not asked.
    """

    attributions: AttributionScores | None = None
    statements: StatementScores | None = None
    suite: SuiteScores | None = None
    real: RealScores | None = None

    @property
    def reliability(self) -> Reliability | None:
        """How certainties compare with what came out on real texts; None where nothing could be checked."""
        return None if self.real is None else reliability(self.real)

    def as_answer(self) -> dict[str, Any]:
        """Return the scores with the keys of the JSON contract: those of each kind of data, one after the other."""
        answer: dict[str, Any] = {"data": None, "kinds": None, "characters_per_second": None}
        for scores in (self.statements, self.attributions, self.suite, self.real):
            answer |= {} if scores is None else recorded(scores)
        return answer if self.real is None else answer | {"reliability": recorded(self.reliability)}
