"""Whether a member that wants more than an option, and is against that option, lets it pass.

It has not said. So in half of the draws its vote on that option is against it, and in the others it goes by where it
stands, as of members that refuse an option and do not say whether they want less or more. What one of them does, the
others are likely to do as well: they go together as far as silent members do where votes are counted.
"""

from __future__ import annotations

import numpy as np

from foedus.base.randomness import Streams
from foedus.cases.case import Case
from foedus.cases.leaning import TOGETHER
from foedus.issues.sitting import Flags

HOLDS = 0.5
"""In what share of the draws a vote against a lesser option holds: nothing tells, so as often as not."""


def held_out(case: Case, streams: Streams, start: int, stop: int) -> dict[int, Flags]:
    """Return who votes against which option though it wants more, by index of the option; each of shape (D, A).

    Parameters
    ----------
    case, streams, start, stop
        As in `foedus.cases.draws.draw`.
    """
    if not any(member.stand.holds_out for member in case.members):
        return {}
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - a tenth of a second to import, and few cases need it

    issue, places = case.issue.id, [option.at for option in case.issue.options]
    shared = np.sqrt(TOGETHER) * ndtri(streams.uniforms(issue, "held out", "vote", start=start, stop=stop))
    by_place: dict[int, Flags] = {}
    for who, member in enumerate(case.members):
        if member.stand.holds_out:
            own = ndtri(streams.uniforms(issue, member.actor, "held out", start=start, stop=stop))
            holds = ndtr(shared + np.sqrt(1 - TOGETHER) * own) < HOLDS
            for at in member.stand.holds_out:
                nobody = np.zeros((stop - start, len(case.members)), dtype=np.bool_)
                by_place.setdefault(places.index(at), nobody)[:, who] = holds
    return by_place
