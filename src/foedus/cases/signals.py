"""What accepted statements signal beside a stance: a threat, a link, an offer, a softening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from foedus.base.days import Day

if TYPE_CHECKING:
    from foedus.cases.case import Case

LATELY = dt.timedelta(days=14)
"""How long before the day of knowledge, or the meeting where that is earlier, a softening counts."""

_WHAT = {
    "threat": ("threat",),
    "link": ("link",),
    "offer": ("offer",),
    "softening": ("softening", "withdrawal"),
}
YES, NO, UNKNOWN = 0.5, -0.5, 0.0


def signals_of(case: Case) -> Mapping[str, float]:
    """Return for each signal one half if an accepted statement carries it, and minus one half if none does.

    Where nobody has accepted or rejected any statement on the issue, all are 0: not known. A withdrawn threat is a
    softening; a softening counts only in the last two weeks. A mere guess signals nothing.
    """
    if not case.dossier.decided_on(case.issue.id, case.as_of):
        return {}
    told = [
        (one.signal, one.said_on)
        for one in case.dossier.statements_on(case.issue.id, case.as_of)
        if one.signal and one.kind != "conjecture"
    ]
    since = min(case.as_of, case.meeting.on) - LATELY
    return {
        name: YES if _there(told, words, since if name == "softening" else None) else NO
        for name, words in _WHAT.items()
    }


def _there(told: list[tuple[str, Day]], words: tuple[str, ...], since: Day | None) -> bool:
    return any(signal in words and (since is None or on >= since) for signal, on in told)
