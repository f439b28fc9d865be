"""A replay that branches on a rival's answer: drawn from its record, as it was known on the eve of each decision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.base.randomness import Streams
from foedus.base.traces import Trace
from foedus.base.wording import percent, tenth
from foedus.dossiers import Dossier
from foedus.procedures import Question, StepAnswer
from foedus.strategy.record import KINDS, RecordAnswer, answer_of_record
from foedus.strategy.settings import read_response


class RecordOfRivals:
    """Draws how the rival that a dossier names answers what a body adopts.

    Parameters
    ----------
    dossier
        Its ``response.yaml`` says who may answer which issue, and what kind of act each option is.
    seed
        The same seed gives the same answers; all else in a replay has other streams.

    Examples
    --------
    >>> import foedus
    >>> dossier = foedus.read_dossier("tokyo-office")
    >>> result = foedus.replay(dossier, end="2023-07-12", histories=300, answers=RecordOfRivals(dossier))
    >>> answered = result.event("tokyo-office-answer", "2023-07-11")
    >>> answered.by, sorted({outcome.answer for outcome in answered.outcomes if outcome.share > 0})
    (('CHN',), ['diplomatic', 'none'])
    """

    def __init__(self, dossier: Dossier, seed: int = 1) -> None:
        self._dossier, self._streams, self._declared = dossier, Streams(seed), read_response(dossier)

    def rival_of(self, issue: str) -> str:
        """Return who may answer what is decided on an issue; empty where nobody is declared."""
        question = None if self._declared is None else self._declared.question(issue)
        return "" if self._declared is None or question is None or not question.options else self._declared.rival

    def answer(self, question: Question) -> StepAnswer:
        """Return what the rival does in every history."""
        entry = question.entry
        adopted = np.where(question.option >= 0, question.option, question.proposed)
        chosen = np.full(question.histories, len(KINDS), dtype=np.intp)
        levels = self._streams.uniforms("answers", entry.item.matter, entry.key, start=0, stop=question.histories)
        why = []
        for option in sorted(set(adopted[question.arises].tolist())):
            label = self._dossier.issue(entry.issue).options[option].label
            record = self._record(entry.issue, label, entry.item.by[0], question)
            if record is None:
                why.append(Trace(f"after {label!r}", "no comparable act is on record: left open"))
                continue
            here = adopted == option
            chosen[here] = drawn(record, levels[here])
            why.append(Trace(f"after {label!r}", _told(record), f"known by {question.as_of}: {record.words}"))
        return StepAnswer(chosen, tuple(why))

    def _record(self, issue: str, label: str, rival: str, question: Question) -> RecordAnswer | None:
        """Return what a rival did after acts like an option, by the eve; None where there is nothing comparable."""
        asked = None if self._declared is None else self._declared.question(issue)
        act = next((option for option in asked.options if option.label == label), None) if asked is not None else None
        if act is None:
            return None
        answer = answer_of_record(self._dossier.world, rival, f"{act.act}/{act.object}", question.as_of)
        return answer if answer.acts else None


def drawn(record: RecordAnswer, levels: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return kinds of answer by levels between 0 and 1; a kind of which there is no case is never drawn.

    Parameters
    ----------
    record
        Whose shares count, shrunk to the pool as they are shown.
    levels
        Shape (H,).

    Returns
    -------
    ndarray
        Places in `KINDS`; shape (H,).
    """
    shares = np.array([share.share or 0.0 for share in record.shares])
    return np.asarray(np.searchsorted(np.cumsum(shares / shares.sum()), levels, side="right"), dtype=np.intp)


def _told(record: RecordAnswer) -> str:
    """Return the shares from which answers are drawn, each with its interval, or the bound of what has no case."""
    seen = [
        f"{share.kind} {percent(share.share)} ({percent(share.low)} to {percent(share.high)})"
        for share in record.shares
        if share.share and share.low is not None and share.high is not None
    ]
    unseen = [share.kind for share in record.shares if share.share is None]
    bound = next((tenth(share.bound) for share in record.shares if share.bound is not None), "")
    rest = f"; no case of {', '.join(unseen)}: each below {bound}, and in no history" if unseen else ""
    return f"{', '.join(seen)} of {record.acts} comparable acts{rest}"
