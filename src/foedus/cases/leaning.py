"""Silent members lean together where votes are counted, and with those that have named a side.

Each silent member may stand anywhere with the chance that its prior gives; what is shared by all of them is a normal
number z, so that member i stands on the upper side of the line's middle with the chance

    P(z) = Phi((Phi^-1(p) + sqrt(rho) z) / sqrt(1 - rho))

with p the share of the prior above the middle and rho the correlation of two members. Those that have named a side tell
of z: its density is the normal one times the product of P(z) or 1 - P(z) over them, each to the power `HEARD`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.cases.case import Case, Member
from foedus.dossiers.at_large import tells_number
from foedus.dossiers.stands import SILENT, WEAK
from foedus.institutions import is_consensus
from foedus.issues.sitting import Floats

TOGETHER = 0.42
"""How far silent members lean together where votes are counted: the correlation of two members' votes.

In the 6,203 roll calls of the UN General Assembly from 1946 to 2019 the share that voted yes varies so much from one to
another (variance .042 around .776) that two members' votes on a draft have the tetrachoric correlation .417.
"""

HEARD = 0.35
"""How much one member that has named a side tells of the silent ones, as a share of a member picked by lot.

Who speaks is not picked by lot. In the same roll calls 0.35 is near the best for picked members and for the dozen
that speak most alike; ``python bench/silent_study.py FILE`` prints the scores.
"""

_GRID = np.linspace(-5.0, 5.0, 201)
_LEVELS = (np.arange(200) + 0.5) / 200
_NEVER = 0.01  # a prior that lies all on one side still lets others turn out otherwise


def lean_together(case: Case) -> bool:
    """Return whether a case has silent members that lean together by `TOGETHER`: where votes are counted.

    So they do in the EU Council: ``python bench/council_silence_study.py FILE`` prints how far, and what it is worth.
    """
    return not is_consensus(case.rule) and len(quiet(case)) > 1


def quiet(case: Case) -> tuple[Member, ...]:
    """Return those with a seat that have named no side: the silent, and those of whom somebody has made a guess.

    Who has only said that it abstains on one option of several has named none on the others.
    """
    silent = {member.actor for member in case.silent}
    silent |= {seat.actor for seat in case.seats if seat.stand.abstains and seat.stand.basis in SILENT}
    return tuple(seat for seat in case.seats if seat.actor in silent or seat.stand.basis == WEAK)


def levels_of(case: Case, streams: Streams, start: int, stop: int) -> Callable[[Member, str], Floats]:
    """Return what gives the levels of a member's input, uniform in [0, 1) but for silent members that lean; shape (D,).

    Members that only refuse an option, and may want less or more, go with each other by as much where votes are
    counted: what one of them means is likely to be what the others mean.

    Parameters
    ----------
    case, streams, start, stop
        As in `foedus.cases.draws.draw`.
    """
    issue = case.issue.id
    counted = of_whom_the_number_is_told(case)
    if counted:
        return _in_turn(counted, issue, streams, start, stop)
    silent = {member.actor for member in quiet(case)} if lean_together(case) else set()
    alike = {member.actor for member in case.seats if member.stand.unclear} if not is_consensus(case.rule) else set()
    if not silent and not alike:
        return lambda member, name: streams.uniforms(issue, member.actor, name, start=start, stop=stop)
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - a tenth of a second to import, and few cases need it

    drawn = streams.uniforms(issue, "silent", "position", start=start, stop=stop)
    shared = np.sqrt(TOGETHER) * lean(drawn, *sides_of(case)) if silent else np.zeros(stop - start)
    meant = np.sqrt(TOGETHER) * ndtri(streams.uniforms(issue, "unclear", "position", start=start, stop=stop))

    def levels(member: Member, name: str) -> Floats:
        own = streams.uniforms(issue, member.actor, name, start=start, stop=stop)
        if name != "position" or member.actor not in silent | alike:
            return own
        return np.asarray(ndtr((meant if member.actor in alike else shared) + np.sqrt(1 - TOGETHER) * ndtri(own)))

    return levels


def of_whom_the_number_is_told(case: Case) -> tuple[str, ...]:
    """Return the silent members of which so many take a side by what is said, as in ``23 of 28 members``."""
    return tuple(
        member.actor for member in case.silent if any(tells_number(c.statement) for c in member.stand.contributions)
    )


def _in_turn(
    counted: tuple[str, ...], issue: str, streams: Streams, start: int, stop: int
) -> Callable[[Member, str], Floats]:
    """Return what gives levels of which, in each draw, one member counted falls into each of as many equal steps.

    Each member's level is uniform by itself. Of n members of which each takes a side with the chance k / n, so many as
    told do so in every draw: exactly k of them where the side is an end of the line, and k but for one elsewhere.
    """
    lots = np.stack([streams.uniforms(issue, member, "of so many", start=start, stop=stop) for member in counted])
    turns = lots.argsort(axis=0).argsort(axis=0)
    place = {actor: number for number, actor in enumerate(counted)}

    def levels(member: Member, name: str) -> Floats:
        own = streams.uniforms(issue, member.actor, name, start=start, stop=stop)
        if name != "position" or member.actor not in place:
            return own
        return np.asarray((turns[place[member.actor]] + own) / len(counted))

    return levels


def sides_of(case: Case) -> tuple[float, Floats]:
    """Return how likely a silent member is to stand above the middle, and how likely each that has named a side is.

    The middle is that between the status quo and the proposal; who abstains has named none.
    """
    agenda = case.agenda
    middle = float(agenda.options[[agenda.status_quo, agenda.proposal]].mean())
    away = case.abstaining_on(case.issue.proposal)
    known = [m for m in case.seats if m.stand.basis not in SILENT | {WEAK} and m.actor not in away]
    prior = float(np.mean([_above(member.stand.private, middle) for member in case.silent or quiet(case)]))
    return prior, np.array([_above(member.stand.private, middle) for member in known])


def _above(estimate: Estimate, middle: float) -> float:
    places = np.array([estimate.mode]) if estimate.is_exact else estimate.quantiles(_LEVELS)
    return float(((places > middle) + (places == middle) / 2).mean())


def lean(levels: Floats, prior: float, known: Floats) -> Floats:
    """Return what silent members share, a normal number given those that have named a side; shape (D,).

    Parameters
    ----------
    levels
        Uniform in [0, 1); shape (D,).
    prior
        How likely a silent member is to stand above the middle.
    known
        The same of each that has named a side; shape (N,).

    Examples
    --------
    >>> even = np.array([0.5])
    >>> [round(float(lean(even, 0.8, np.array(known))[0]), 2) for known in ([], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0])]
    [0.0, 0.16, -0.31, -0.7]
    """
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - as above

    if not len(known):
        return np.asarray(ndtri(levels))
    edge = ndtri(np.clip(prior, _NEVER, 1 - _NEVER))
    above = ndtr((edge + np.sqrt(TOGETHER) * _GRID) / np.sqrt(1 - TOGETHER))
    chance = known[:, None] * above + (1 - known[:, None]) * (1 - above)
    density = np.exp(-(_GRID**2) / 2 + HEARD * np.log(chance).sum(axis=0))
    heaped = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.asarray(np.interp(levels, heaped / heaped[-1], _GRID))
