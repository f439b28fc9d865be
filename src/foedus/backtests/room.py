"""The models of the models room on the leader board: each is put the data as a sitting with exact inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, PastCase, Rows
from foedus.backtests.predictions import Prediction
from foedus.backtests.sittings import decides_of, group, sitting_of
from foedus.base.errors import FoedusError
from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.ensembles.features import GRID
from foedus.forecasts.compose import Composed, find, moved
from foedus.influence import INFLUENCES
from foedus.issues import Assumption, Movement, SettlementModel, Sitting
from foedus.issues.sitting import Floats
from foedus.settlement import MODELS
from foedus.settlement.compromise import Compromise
from foedus.settlement.points import LotteryModel, Members, PointModel
from foedus.settlement.track_record import TRACK_RECORD

DRAWS = 64
"""Draws of a model's declared assumptions; a model without assumptions has one."""

ESTIMATES = 64
"""Draws where the inputs themselves are estimates."""

ESTIMATES_MOVED = 8
"""The same for models of two stages, whose first takes long."""

_ENDS = (0.0, 100.0)
_SAME = 1e-9  # points of the scale by which draws of one answer may differ through rounding
_FAILURES = (FoedusError, ArithmeticError, np.linalg.LinAlgError)


@dataclass(frozen=True, slots=True)
class Settled:
    """A model of the models room under test.

    Where the reference point or the agenda setter is unknown the model is asked with it at either end of the scale.
    It gives an answer if both are the same; otherwise none. A model that reads the rule gives none where the rule's
    label is unknown, and none where it fails.

    Parameters
    ----------
    name
        How the leader board calls it.
    model
        The model.
    fitted
        Nothing is.
    """

    name: str
    model: SettlementModel
    fitted: bool = False

    @property
    def summary(self) -> str:
        """The model's own words."""
        return self.model.card.summary

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:  # noqa: ARG002 - the protocol's
        """Return nothing."""
        return {}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:  # noqa: ARG002 - the protocol's
        """Return points, or distributions where the model is a lottery or its assumptions are drawn."""
        prediction = table.remembered(
            ("settled", self.name), lambda: answers(self.model, table.cases, self._moves(table))
        )
        reasons = tuple(prediction.reasons[row] for row in rows)
        return Prediction(
            prediction.point[rows], None if prediction.distribution is None else prediction.distribution[rows], reasons
        )

    def _moves(self, table: CaseTable) -> Moves:
        """Return where the influence stage left the actors, shared by all models with the same stage."""
        stage = self.model.influence.card.name if isinstance(self.model, Composed) else ""
        return table.remembered(("moves", stage), dict)


Moves = dict[tuple[object, ...], Movement]
"""Movements by issues and number of draws: no influence model reads the reference point or the agenda setter."""


def answers(model: SettlementModel, cases: Sequence[PastCase], moves: Moves | None = None) -> Prediction:
    """Return what a model makes of cases.

    Parameters
    ----------
    model
        Of the models room; one stage or two.
    cases
        N cases.
    moves
        Where to look up and keep what the influence stage does; for one influence model only.

    Returns
    -------
    Prediction
        Points where the model is no lottery and its answer to every case is the same in all draws; otherwise
        distributions. So two models that say the same are scored in the same way, whatever assumptions they declare.

    Examples
    --------
    >>> from foedus.backtests.case import Standing
    >>> seats = tuple(Standing(name, "member", at, 50.0, 1.0) for name, at in (("a", 0.0), ("b", 20.0), ("c", 100.0)))
    >>> answers(find("compromise"), [PastCase("p", "i", seats)]).point.round(6).tolist()
    [40.0]
    """
    final = model.settlement if isinstance(model, Composed) else model
    smooth = any(case.estimated for case in cases) or isinstance(final, LotteryModel)
    distribution = np.full((len(cases), len(GRID)), np.nan)
    point = np.full(len(cases), np.nan)
    reasons = [""] * len(cases)
    moves = {} if moves is None else moves
    for places in group(cases):
        together = [cases[place] for place in places]
        if "decides" in model.card.inputs and not decides_of(together[0])[0]:
            for place in places:
                reasons[place] = f"it reads the rule, and {cases[place].rule!r} names none that it knows"
            continue
        try:
            answers_found = _agreed(model, final, together, moves)
        except _FAILURES as error:
            for place in places:
                reasons[place] = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no words'}"
            continue
        for place, answer in zip(places, answers_found, strict=True):
            if answer is None:
                reasons[place] = "it hangs on a reference point or an agenda setter that is unknown"
                continue
            distribution[place] = answer.spread
            point[place] = answer.mean
            smooth = smooth or answer.varies
    return Prediction(point, distribution if smooth else None, tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Answer:
    """One issue: the mean outcome, the share at each point, shape (101,), whether it varies from draw to draw."""

    mean: float
    spread: Floats
    varies: bool = True


def _agreed(
    model: SettlementModel, final: SettlementModel, cases: Sequence[PastCase], moves: Moves
) -> list[_Answer | None]:
    """Return the answers that hang on nothing unknown."""
    agreed: list[_Answer | None] = []
    for tried, (reference, setter) in enumerate(_fillings(model, cases)):
        sitting = _asked(model, cases, moves, reference, setter, everywhere=not isinstance(final, LotteryModel))
        answers_found = [_answer(final, sitting, place) for place in range(len(cases))]
        if not tried:
            agreed = list(answers_found)
            continue
        agreed = [
            known
            if known is not None and np.allclose(known.spread, new.spread) and abs(known.mean - new.mean) < 1e-6
            else None
            for known, new in zip(agreed, answers_found, strict=True)
        ]
    return agreed


def _fillings(model: SettlementModel, cases: Sequence[PastCase]) -> Iterator[tuple[Floats, Floats]]:
    references = np.array([np.nan if case.reference is None else case.reference for case in cases])
    wanted = [
        next((standing.position for standing in case.standings if standing.role == "proposer"), np.nan)
        for case in cases
    ]
    setters = np.array(wanted)
    starts = _ENDS if np.isnan(references).any() else _ENDS[:1]
    wishes = _ENDS if np.isnan(setters).any() and "setter" in model.card.inputs else _ENDS[:1]
    for start, wish in product(starts, wishes):
        yield np.where(np.isnan(references), start, references), np.where(np.isnan(setters), wish, setters)


def _asked(
    model: SettlementModel,
    cases: Sequence[PastCase],
    moves: Moves,
    reference: Floats,
    setter: Floats,
    *,
    everywhere: bool,
) -> Sitting:
    needed = model.card.assumptions
    estimates = ESTIMATES_MOVED if isinstance(model, Composed) else ESTIMATES
    draws = estimates if any(case.estimated for case in cases) else DRAWS if needed else 1
    given = {assumption.name: assumed(assumption, draws) for assumption in needed}
    sitting = sitting_of(cases, given, draws, reference=reference, setter=setter, everywhere=everywhere)
    if not isinstance(model, Composed):
        return sitting
    key = (draws, *(case.issue for case in cases))
    if key not in moves:
        moves[key] = model.influence.move(sitting)
    return moved(sitting, moves[key])


def assumed(needed: Assumption, draws: int) -> Floats:
    """Return draws of an assumption from the range that its model declares, the same for every issue; shape (D,)."""
    levels = Streams(0).uniforms("assumption", needed.name, start=0, stop=draws)
    if needed.choices:
        return np.floor(levels * len(needed.choices))
    return Estimate(needed.low, needed.mode, needed.high).quantiles(levels)


def _answer(final: SettlementModel, sitting: Sitting, place: int) -> _Answer:
    agenda = sitting.agendas[place]
    members = Members.of(sitting, place)
    if isinstance(final, LotteryModel):
        chances = final.probabilities(members).mean(axis=0)
        spread = np.bincount(np.rint(agenda.options).astype(np.intp), weights=chances, minlength=len(GRID))
        return _Answer(float(chances @ agenda.options), np.asarray(spread, dtype=np.float64))
    outcome = final.point(members) if isinstance(final, PointModel) else _single(final, sitting, place)
    at = np.clip(np.rint(outcome), 0, 100).astype(np.intp)
    varies = bool(np.ptp(outcome) > _SAME)
    return _Answer(float(outcome.mean()), np.bincount(at, minlength=len(GRID)) / len(at), varies)


def _single(final: SettlementModel, sitting: Sitting, place: int) -> Floats:
    if isinstance(final, Compromise):
        return final.settle(sitting).outcome[:, place]
    return sitting.agendas[place].options[final.choose(sitting)[:, place]]


def _taken(name: str) -> str:
    return "mean (settlement)" if name == "mean" else name


ROOM: tuple[Settled, ...] = (
    *(Settled(_taken(name), model) for name, model in MODELS.items() if name != TRACK_RECORD.card.name),
    *(
        Settled(f"{influence}+{last}", find(f"{influence}+{last}"))
        for influence in INFLUENCES
        for last in ("mean", "weighted-median", "compromise")
    ),
    *(
        Settled(f"{influence}+consensus", find(f"{influence}+consensus"))
        for influence in INFLUENCES
        if "chall" in influence
    ),
)
"""Every settlement model alone, every influence model before a mean and a median, the challenge before consensus."""
