"""Whether measured distance from backers and objectors tells where a member stands, and how much it cares.

Each coded position is hidden in turn. A regression forecasts it from the mean of the others alone, or also from how
much farther the member stands, by its votes in the General Assembly, from those who object than from those who back,
and from the nearer of the two. Slopes are common to decisions coded from public words and to the Council's, with
deviations for each that are penalised five times as heavily. Ten parts of whole disputes or proposals are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.case import Case
from foedus.backtests.consensus_set import packaged_consensus_set
from foedus.issues.sitting import Flags, Floats
from foedus.measure import packaged_measures

COUNCIL_YEAR = 2004
"""The year of votes for the Council's decisions, whose days are not known."""
BACKS, OBJECTS = 60.0, 40.0
"""Who stands at least so far on the way to the proposal backs it; who stands at most so far objects."""
PENALTY, HEAVIER, PARTS = 10.0, 5.0, 10
_HALF = 0.5
_STATES = {
    "at": "AUT",
    "be": "BEL",
    "bu": "BGR",
    "cr": "HRV",
    "cy": "CYP",
    "cz": "CZE",
    "de": "DEU",
    "dk": "DNK",
    "ee": "EST",
    "el": "GRC",
    "es": "ESP",
    "fi": "FIN",
    "fr": "FRA",
    "hu": "HUN",
    "ie": "IRL",
    "it": "ITA",
    "lt": "LTU",
    "lu": "LUX",
    "lv": "LVA",
    "mt": "MLT",
    "nl": "NLD",
    "pl": "POL",
    "pt": "PRT",
    "ro": "ROU",
    "se": "SWE",
    "si": "SVN",
    "sk": "SVK",
    "uk": "GBR",
}


@dataclass(frozen=True, slots=True)
class Leaning:
    """How well one quantity of hidden members is forecast in one set.

    Attributes
    ----------
    what, data
        ``position`` or ``salience``; ``public`` or ``council``.
    members
        How many were hidden: those of decisions in which others back and others object.
    without, measured
        Mean log scores without and with measured distance; lower is better.
    gain
        The second less the first, with its interval over disputes or proposals.
    """

    what: str
    data: str
    members: int
    without: float
    measured: float
    gain: Difference


_Group = tuple[str, str, NDArray[np.float64]]


def leaning(cases: Sequence[Case] = (), seed: int = 1) -> list[Leaning]:
    """Score both regressions, on the packaged decisions and on the Council's if they are given.

    Parameters
    ----------
    cases
        The Council's decisions, as `foedus.backtests.read_cases` reads them.
    seed
        Of the bootstrap.

    Examples
    --------
    >>> position, salience = leaning()
    >>> position.members, position.gain.high < 0, salience.gain.high < 0
    (447, True, False)
    """
    rows = [row for group in (*_public(), *_council(cases)) for row in _hidden(group)]
    public = np.array([data == "public" for data, _, _ in rows])
    groups = np.unique([f"{data} {name}" for data, name, _ in rows], return_inverse=True)[1]
    groups[public] -= groups[public].min()  # so that the parts of one set do not hang on whether the other is there
    groups[~public] += groups.max() + PARTS - (groups.max() % PARTS)
    values = np.array([row for _, _, row in rows])
    found = []
    for column, what in enumerate(("position", "salience")):
        without = _scores(values, column, [2 + column], public, groups)
        measured = _scores(values, column, [2 + column, 4, 5], public, groups)
        for data, keep in (("public", public), ("council", ~public)):
            if keep.any():
                gain = paired_difference(measured[keep], without[keep], groups[keep], seed=seed)
                means = (float(without[keep].mean()), float(measured[keep].mean()))
                found.append(Leaning(what, data, int(keep.sum()), *means, gain))
    return found


def _public() -> Iterator[_Group]:
    measures, found = packaged_measures(), packaged_consensus_set()
    for decision in found.scored:
        year = min(decision.on.year, measures.last)
        at = [
            (row.position_mode, row.salience_mode, point.point)
            for row in found.positions
            if row.decision == decision.id and (point := measures.point(row.actor, year))
        ]
        yield "public", decision.dispute, np.array(at).reshape(-1, 3)


def _council(cases: Sequence[Case]) -> Iterator[_Group]:
    measures = packaged_measures()
    for case in cases:
        proposer = next((one.position for one in case.standings if one.role == "proposer"), None)
        if case.reference is None or proposer is None or proposer == case.reference:
            continue
        way = 100 / (proposer - case.reference)
        at = [
            (
                float(np.clip((one.position - case.reference) * way, 0, 100)),
                _HALF if one.salience is None else one.salience / 100,
                point.point,
            )
            for one in case.standings
            if one.role == "member" and (point := measures.point(_STATES.get(one.actor, ""), COUNCIL_YEAR))
        ]
        yield "council", case.proposal, np.array(at).reshape(-1, 3)


def _hidden(group: _Group) -> Iterator[tuple[str, str, Floats]]:
    """Yield position, salience, the others' means of both, how much nearer backers are, and the nearer distance."""
    data, name, at = group
    position, salience, point = at.T
    for one in range(len(at)):
        rest = np.arange(len(at)) != one
        backers, objectors = rest & (position >= BACKS), rest & (position <= OBJECTS)
        if len(at) < 3 or not backers.any() or not objectors.any():
            continue
        near, far = (float(np.abs(point[side] - point[one]).mean()) for side in (backers, objectors))
        others = position[rest].mean(), salience[rest].mean()
        yield data, name, np.array([position[one], salience[one], *others, far - near, min(near, far)])


def _scores(values: Floats, target: int, columns: list[int], public: Flags, groups: NDArray[np.intp]) -> Floats:
    """Return minus the logarithm of a normal density of each hidden value, fitted without its tenth; shape (N,)."""
    found = np.empty(len(values))
    for part in range(PARTS):
        test = groups % PARTS == part
        given = values[:, columns]
        given = (given - given[~test].mean(axis=0)) / given[~test].std(axis=0)
        common = np.column_stack([np.ones(len(values)), given])
        design = np.column_stack([common, common * public[:, None], common * ~public[:, None]])
        heavy = np.full(2 * common.shape[1], HEAVIER * PENALTY)
        ridge = np.concatenate([[1e-6], np.full(common.shape[1] - 1, PENALTY), heavy])
        known = design[~test]
        slopes = np.linalg.solve(known.T @ known + np.diag(ridge), known.T @ values[~test, target])
        miss = values[:, target] - design @ slopes
        for kind in (True, False):
            taught, asked = ~test & (public == kind), test & (public == kind)
            if asked.any():
                spread = miss[taught].std()
                found[asked] = 0.5 * np.log(2 * np.pi * spread**2) + miss[asked] ** 2 / (2 * spread**2)
    return found
