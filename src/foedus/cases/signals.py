"""What accepted statements signal beside a stance: a threat, a link, an offer, a softening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from foedus.base.days import Day

if TYPE_CHECKING:
    from foedus.cases.case import Case

HEARD = 3
"""From how many at the table on somebody was heard, so that what none of them signals is taken not to be there."""

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
    """Return for each signal one half if an accepted statement carries it, and down to minus one half if none does.

    Where nobody at the table has a statement that was accepted or rejected, all are 0: not known; with each who has, up
    to `HEARD`, silence tells more. A withdrawn threat is a softening; a softening counts only in the last two weeks. A
    mere guess signals nothing.
    """
    sitting = {member.actor for member in case.members if member.seated} | case.rule.outsiders()
    heard = len(sitting & case.dossier.heard_on(case.issue.id, case.as_of))
    if not heard:
        return {}
    absent = NO * min(1.0, heard / HEARD)
    told = [
        (one.signal, one.said_on)
        for one in case.dossier.statements_on(case.issue.id, case.as_of)
        if one.signal and one.kind != "conjecture"
    ]
    since = min(case.as_of, case.meeting.on) - LATELY
    return {
        name: YES if _there(told, words, since if name == "softening" else None) else absent
        for name, words in _WHAT.items()
    }


def _there(told: list[tuple[str, Day]], words: tuple[str, ...], since: Day | None) -> bool:
    return any(signal in words and (since is None or on >= since) for signal, on in told)
