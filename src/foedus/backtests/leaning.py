"""Whether measured distance from backers and objectors tells where a member stands, and how much it cares.

Each coded position is hidden in turn. A regression forecasts it from the mean of the others alone, or also from how
much farther the member stands, by its votes in the General Assembly before the year of the decision, from the nearest
of those who object than from the nearest of those who back. No slope of a position may be negative. Slopes are common
to decisions coded from public words and to the Council's, with deviations for each that are penalised five times as
heavily. Ten parts of whole disputes or proposals are left out.
`foedus.measure.leaning` uses the numbers fitted to all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.case import PastCase
from foedus.backtests.consensus_set import packaged_consensus_set, packaged_hash
from foedus.backtests.layouts import read_cases
from foedus.base.estimates import Part
from foedus.base.files import read_bytes, write_atomically
from foedus.base.hashes import sha256
from foedus.issues.sitting import Flags, Floats
from foedus.measure import packaged_measures
from foedus.measure.leaning import BACKS, COUNCIL, NUMBERS, OBJECTS, PUBLIC, triangle, year_of

COUNCIL_YEAR = 2004
"""The year of votes for the Council's decisions, whose days are not known."""
PENALTY, HEAVIER, PARTS = 10.0, 5.0, 10
_HALF, _WITHIN, _FLOOR, _LOOSE = 0.5, 5.0, 1e-3, 1e-6
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
    used
        The same of the triangle that a dossier uses, by the probability of what lies within a twentieth of the line of
        the hidden value, at least a thousandth; None for salience, of which a dossier takes the deviation alone.
    """

    what: str
    data: str
    members: int
    without: float
    measured: float
    gain: Difference
    used: Difference | None


_Group = tuple[str, str, NDArray[np.float64]]


def leaning(cases: Sequence[PastCase] = (), seed: int = 1) -> list[Leaning]:
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
    public = np.array([data == PUBLIC for data, _, _ in rows])
    groups = np.unique([f"{data} {name}" for data, name, _ in rows], return_inverse=True)[1]
    groups[public] -= groups[public].min()  # so that the parts of one set do not hang on whether the other is there
    groups[~public] += groups.max() + PARTS - (groups.max() % PARTS)
    values = np.array([row for _, _, row in rows])
    leanings = []
    for column, what in enumerate(("position", "salience")):
        without, measured = (
            _forecasts(values, column, columns, public, groups) for columns in ([2 + column], [2 + column, 4])
        )
        scores = [normal_log_score(values[:, column], *side) for side in (without, measured)]
        shaped = [_shaped(values[:, column], *side) for side in (without, measured)] if column == 0 else []
        for data, keep in ((PUBLIC, public), (COUNCIL, ~public)):
            if keep.any():
                gain = paired_difference(scores[1][keep], scores[0][keep], groups[keep], seed=seed)
                used = None
                if shaped:
                    used = paired_difference(shaped[1][keep], shaped[0][keep], groups[keep], seed=seed)
                means = (float(scores[0][keep].mean()), float(scores[1][keep].mean()))
                leanings.append(Leaning(what, data, int(keep.sum()), *means, gain, used))
    return leanings


def fit_leaning(path: Path) -> dict[str, Any]:
    """Return what is packaged: the numbers fitted to all hidden members of both sets.

    Parameters
    ----------
    path
        The Council's decisions.
    """
    rows = [row for group in (*_public(), *_council(read_cases(path))) for row in _hidden(group)]
    values, public = np.array([row for _, _, row in rows]), np.array([data == PUBLIC for data, _, _ in rows])
    packaged_numbers: dict[str, Any] = {
        "made_by": "python -m foedus.backtests leaning FILE",
        "votes_end": packaged_measures().last,
        "read": {PUBLIC: packaged_hash(), COUNCIL: sha256(read_bytes(path))},
        "members": {PUBLIC: int(public.sum()), COUNCIL: int((~public).sum())},
        "usual": {
            data: round(float(values[keep, 4].mean()), 6) for data, keep in ((PUBLIC, public), (COUNCIL, ~public))
        },
    }
    everything = np.ones(len(values), dtype=np.bool_)
    for column, what in enumerate(("position", "salience")):
        columns = [2 + column, 4]
        packaged_numbers[what] = {}
        for data, keep in ((PUBLIC, public), (COUNCIL, ~public)):
            # A regression is a straight line: its value at 0 and at one unit of each sign give intercept and slopes.
            asked = np.zeros((3, values.shape[1]))
            asked[1:, columns] = np.eye(2)
            told = _regression(values, column, columns, public, everything)
            at = told(asked, np.full(3, data == PUBLIC))
            spread = float((values[keep, column] - told(values, public)[keep]).std())
            names = ("intercept", "others", "farther")
            numbers = dict(zip(names, [at[0], *(at[1:] - at[0])], strict=True)) | {"spread": spread}
            packaged_numbers[what][data] = {name: round(float(number), 6) for name, number in numbers.items()}
    return packaged_numbers


def write_leaning(path: Path) -> None:
    """Replace the packaged numbers by those fitted with the Council's decisions in a file."""
    target = Path(__file__).parents[1] / "measure" / "data" / NUMBERS
    write_atomically(target, json.dumps(fit_leaning(path), indent=1) + "\n")


def _public() -> Iterator[_Group]:
    measures, packaged = packaged_measures(), packaged_consensus_set()
    for decision in packaged.scored:
        year = year_of(decision.on.year, measures)
        at = [
            (row.position_mode, row.salience_mode, point.point)
            for row in packaged.positions
            if row.decision == decision.id and (point := measures.point(row.actor, year))
        ]
        yield PUBLIC, decision.dispute, np.array(at).reshape(-1, 3)


def _council(cases: Sequence[PastCase]) -> Iterator[_Group]:
    measures = packaged_measures()
    for case in cases:
        proposer = next((standing.position for standing in case.standings if standing.role == "proposer"), None)
        if case.reference is None or proposer is None or proposer == case.reference:
            continue
        way = 100 / (proposer - case.reference)
        at = [
            (
                float(np.clip((standing.position - case.reference) * way, 0, 100)),
                _HALF if standing.salience is None else standing.salience / 100,
                point.point,
            )
            for standing in case.standings
            if standing.role == "member" and (point := measures.point(_STATES.get(standing.actor, ""), COUNCIL_YEAR))
        ]
        yield COUNCIL, case.proposal, np.array(at).reshape(-1, 3)


def _hidden(group: _Group) -> Iterator[tuple[str, str, Floats]]:
    """Yield position, salience, the others' means of both, and how much nearer the nearest backer is."""
    data, name, at = group
    position, salience, point = at.T
    for hidden in range(len(at)):
        rest = np.arange(len(at)) != hidden
        backers, objectors = rest & (position >= BACKS), rest & (position <= OBJECTS)
        if len(at) < 3 or not backers.any() or not objectors.any():
            continue
        near, far = (float(np.abs(point[side] - point[hidden]).min()) for side in (backers, objectors))
        others = position[rest].mean(), salience[rest].mean()
        yield data, name, np.array([position[hidden], salience[hidden], *others, far - near])


_Told = Callable[[Floats, Flags], Floats]


def _regression(values: Floats, target: int, columns: list[int], public: Flags, taught: Flags) -> _Told:
    """Return what a ridge regression on some rows tells of any: slopes of each set, pulled towards common ones.

    Slopes of a position, in column 0, are at least 0, and so is that of the others' mean on a salience.
    """
    means, scales = values[taught][:, columns].mean(axis=0), values[taught][:, columns].std(axis=0)
    width = 1 + len(columns)

    def design(rows: Floats, of_public: Flags) -> Floats:
        own = np.column_stack([np.ones(len(rows)), (rows[:, columns] - means) / scales])
        return np.column_stack([np.zeros_like(own), own * of_public[:, None], own * ~of_public[:, None]])

    common, each, none = np.eye(width) * np.sqrt(PENALTY), np.eye(width) * np.sqrt(HEAVIER * PENALTY), np.eye(width) * 0
    common[0, 0] = np.sqrt(_LOOSE)
    pulls = np.block([[common, none, none], [-each, each, none], [-each, none, each]])
    lower = np.full(width, -np.inf)
    lower[1 : None if target == 0 else 2] = 0.0
    X = np.vstack([design(values[taught], public[taught]), pulls])
    y = np.concatenate([values[taught, target], np.zeros(3 * width)])
    beta = lsq_linear(X, y, bounds=(np.tile(lower, 3), np.inf)).x
    return lambda rows, of_public: np.asarray(design(rows, of_public) @ beta)


def _forecasts(
    values: Floats, target: int, columns: list[int], public: Flags, groups: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Return the mean and the spread forecast for each hidden value, fitted without its tenth; each of shape (N,)."""
    mean, spread = np.empty(len(values)), np.empty(len(values))
    for part in range(PARTS):
        test = groups % PARTS == part
        told = _regression(values, target, columns, public, ~test)(values, public)
        mean[test] = told[test]
        for kind in (True, False):
            taught, asked = ~test & (public == kind), test & (public == kind)
            if asked.any():
                spread[asked] = (values[taught, target] - told[taught]).std()
    return mean, spread


def normal_log_score(value: Floats, mean: Floats | float, spread: Floats | float) -> Floats:
    """Return minus the logarithm of a normal density of each value; shape (N,)."""
    return np.asarray(0.5 * np.log(2 * np.pi * spread**2) + (value - mean) ** 2 / (2 * spread**2))


def _shaped(value: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return minus the logarithm of a triangle's probability within five points of each value; shape (N,)."""
    score_of = np.empty(len(value))
    for k, (at, middle, wide) in enumerate(zip(value, mean, spread, strict=True)):
        ends = Part(1.0, *triangle(middle, wide)).below(np.array([at - _WITHIN, at + _WITHIN]))
        score_of[k] = -np.log(max(float(ends[1] - ends[0]), _FLOOR))
    return score_of
