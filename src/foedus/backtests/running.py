"""A backtest from a file or a packaged set, with the models that a user names."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.backtests.baselines import BASELINES, BaseRate
from foedus.backtests.board import Backtest, backtest
from foedus.backtests.bootstrap import paired_difference
from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.consensus_set import (
    consensus_cases,
    hash_of,
    packaged_consensus_set,
    packaged_folder,
    read_consensus_set,
)
from foedus.backtests.layouts import read_cases
from foedus.backtests.logit import TEN_FEATURES, WHOLE_LIBRARY
from foedus.backtests.mixture import PoleMixture
from foedus.backtests.pool import LEARNED
from foedus.backtests.predictions import Model, Prediction
from foedus.backtests.room import ROOM, Settled
from foedus.backtests.seen import seen_by
from foedus.backtests.stacking import Ensemble
from foedus.backtests.track_record import TrackRecordFit
from foedus.base.errors import FoedusError
from foedus.base.files import read_bytes
from foedus.base.hashes import sha256
from foedus.base.workers import ALONE, Workers
from foedus.ensembles.learned import packaged_parameters
from foedus.forecasts.compose import find
from foedus.settlement.track_record import TRACK_RECORD, packaged_numbers

BOARD: tuple[Model, ...] = (
    *BASELINES,
    BaseRate(),
    *ROOM,
    PoleMixture(),
    TEN_FEATURES,
    WHOLE_LIBRARY,
    LEARNED,
    Ensemble(),
)
"""Every model of the leader board: simple rules, the models room, what is fitted."""


def models_named(names: Sequence[str], board: Sequence[Model] = BOARD) -> tuple[Model, ...]:
    """Return models by name, in the order of the board; the board if none is named.

    Parameters
    ----------
    names
        Names on the board, or any composition such as ``exchange+nash``.
    board
        The models that stand on it.

    Raises
    ------
    FoedusError
        When there is no such model; the message lists those on the board.

    Examples
    --------
    >>> [scored.name for scored in models_named(["learned", "mean", "challenge+nash"])]
    ['mean', 'learned', 'challenge:scholz+nash']
    """
    by_name = {model.name: model for model in board}
    others: dict[str, Model] = {}
    picked: set[str] = set()
    for name in names:
        if name in by_name:
            picked.add(name)
            continue
        try:
            model = find(name)
        except FoedusError:
            raise FoedusError(f"no model {name!r} to score; on the board are {', '.join(by_name)}") from None
        full = model.card.name
        if full in by_name:
            picked.add(full)
        others[full] = by_name.get(full) or Settled(full, model)
    chosen = [model for model in board if not names or model.name in picked]
    return (*chosen, *(model for name, model in others.items() if name not in picked))


@dataclass(frozen=True, slots=True)
class AsShipped:
    """A fitted model with the parameters that come with the package, whatever the data.

    Parameters
    ----------
    model
        One of the models with packaged parameters.
    name, summary
        See `foedus.backtests.predictions.Model`.
    fitted
        Nothing is.
    """

    model: Model
    name: str
    summary: str = "The parameters learned from the Council of the European Union, as they are shipped."
    fitted: bool = False

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:  # noqa: ARG002 - the protocol's
        """Return nothing."""
        return {}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:  # noqa: ARG002 - the protocol's
        """Return the distributions."""
        return self.model.predict(table, rows, packaged_parameters()["models"][self.model.name])


_SHIPPED = tuple(AsShipped(model, model.name) for model in (PoleMixture(), TEN_FEATURES, WHOLE_LIBRARY, LEARNED))

CONSENSUS_BOARD: tuple[Model, ...] = (
    *(model for model in BASELINES if not model.fitted),
    BaseRate(),
    *ROOM,
    *_SHIPPED,
    Ensemble(),
    TrackRecordFit(),
)
"""What is scored under consensus; the base rate, the ensemble's weights and the track-record model are fitted."""


def run_consensus(
    models: Sequence[str] = (),
    *,
    fit: bool = True,
    seed: int = 1,
    folder: Path | None = None,
    workers: Workers = ALONE,
) -> Backtest:
    """Score models on decisions under consensus and unanimity, leaving out one dispute at a time.

    Parameters
    ----------
    models
        Names; all of the board if none is given.
    fit
        Whether what can be fitted learns from the other disputes; otherwise all parameters are as they are shipped,
        the base rate that of the packaged set.
    seed
        Of the randomised transforms and the bootstrap.
    folder
        Holds the four tables; by default the packaged set.
    workers
        Where models are scored; it changes no score.

    Examples
    --------
    >>> backtest = run_consensus(["reference point", "proposer"])
    >>> [(scored.model, scored.summarised()["issues"]) for scored in backtest.scored]
    [('proposer', 186), ('reference point', 186)]
    """
    if seed < 0:
        raise FoedusError(f"a seed is a whole number of at least 0; got {seed}")
    cases = consensus_cases(packaged_consensus_set() if folder is None else read_consensus_set(folder))
    disputes = len({case.proposal for case in cases})
    tested = backtest(
        cases,
        models_named(models, CONSENSUS_BOARD),
        data="consensus" if folder is None else folder.name,
        folds=disputes,
        repeats=1,
        seed=seed,
        default=TRACK_RECORD.card.name,
        parameters=None if fit else _shipped_for_consensus(),
        workers=workers,
    )
    own = {case.issue for case in consensus_cases(packaged_consensus_set())}
    known = 0 if fit else sum(case.issue in own for case in tested.table.cases)
    fitted_here = (f"the shipped parameters were fitted to {known} of these decisions",) if known else ()
    notes = (*(_OF_THE_SET if folder is None else ()), *_beside_base_rate(tested), *fitted_here)
    names = {Ensemble().name, TRACK_RECORD.card.name, BaseRate().name}
    scored = tuple(
        dataclasses.replace(scored_model, in_sample=known if scored_model.model in names else 0)
        for scored_model in tested.scored
    )
    use = "the model that foedus forecast answers with where the rule is consensus, or unanimity without abstention"
    return dataclasses.replace(
        tested, scored=scored, data_sha256=hash_of(folder or packaged_folder()), warnings=notes, unit="dispute", use=use
    )


def _shipped_for_consensus() -> dict[str, Any]:
    """Return the packaged parameters of all that is fitted on this board; the base rate is that of the packaged set."""
    packaged = packaged_parameters()
    table = CaseTable([case for case in consensus_cases(packaged_consensus_set()) if case.scoreable])
    base = BaseRate().fit(table, np.arange(len(table)))
    own = {BaseRate().name: base, TRACK_RECORD.card.name: packaged_numbers()["meeting"]}
    return {**packaged, "models": {**packaged["models"], **own}}


def _beside_base_rate(tested: Backtest) -> tuple[str, ...]:
    """Say which models have a CRPS below that of the base rate beyond noise, where it is on the board."""
    base = next((scored_model for scored_model in tested.scored if scored_model.model == BaseRate().name), None)
    if base is None or np.isnan(base.crps).all():
        return ()
    gaps = {
        scored_model.model: paired_difference(scored_model.crps, base.crps, tested.table.proposal, seed=tested.seed)
        for scored_model in tested.scored
        if scored_model is not base and scored_model.failed < len(tested.table)
    }
    clear = [name for name, gap in gaps.items() if gap.high < 0]
    told = f"these models beat the base rate beyond noise: {', '.join(clear)}"
    return (told if clear else "no model here beats the base rate beyond noise (CRPS, 95 % interval over disputes)",)


_OF_THE_SET = (
    (
        "what passed in silence is not in the set, and a third of it was picked for its dispute: no base rate can be "
        "read from it; one coder knew how the decisions ended; see docs/decisions.md"
    ),
    (
        "the set cannot show how often a body fails to agree, objections that were never made in public, private "
        "positions, or differences of a few points: there are 118 disputes"
    ),
)


def _of_seen(own: int, tested: Backtest, *, fit: bool) -> str:
    """Say how many of the issues the packaged fit has seen, and what that does to the scores."""
    known = f"{own} of the {len(tested.table)} issues are among those that"
    if fit:
        return (
            f"{known} the features of 'learned' were thought up on, though none was picked by its score: its CRPS, and "
            "that of the ensemble, is 15.0 on all 229; on new decisions expect about 15.3 (docs/learned.md)"
        )
    return (
        f"{known} the shipped parameters were fitted to: the scores of fitted models are those of a fit to its own "
        "data, not of a forecast; no model is marked and no differences are told; leave out --no-fit"
    )


def run_backtest(
    file: Path | str,
    models: Sequence[str] = (),
    *,
    fit: bool = True,
    folds: int = 10,
    repeats: int = 5,
    seed: int = 1,
    workers: Workers = ALONE,
) -> Backtest:
    """Score models on a file of decisions with known outcomes.

    Parameters
    ----------
    file
        A file that `foedus.backtests.read_cases` reads.
    models
        Names; all of the board if none is given.
    fit
        Whether to fit inside cross-validation over whole proposals; otherwise the shipped parameters are used as
        they are.
    folds, repeats, seed
        Of the cross-validation.
    workers
        Where models are scored; it changes no score.

    Raises
    ------
    FoedusError
        When the file cannot be read or holds nothing to score, or a model is unknown.
    """
    path = Path(file)
    chosen = models_named(models)
    if repeats < 1:
        raise FoedusError(f"a backtest has at least one repeat; got {repeats}")
    if seed < 0:
        raise FoedusError(f"a seed is a whole number of at least 0; got {seed}")
    cases = read_cases(path)
    parameters = None if fit else packaged_parameters()
    tested = backtest(
        cases,
        chosen,
        data=path.name,
        folds=folds,
        repeats=repeats,
        seed=seed,
        parameters=parameters,
        workers=workers,
    )
    digest = sha256(read_bytes(path))
    notes = []
    own = seen_by(packaged_parameters()["training"], tested.table.cases)
    if own and any(model.fitted for model in chosen):
        notes.append(_of_seen(len(own), tested, fit=fit))
    if tested.unknown_rules:
        notes.append(f"the fit behind the shipped parameters knew no rule {', '.join(tested.unknown_rules)}")
    return dataclasses.replace(tested, data_sha256=digest, warnings=tuple(notes))
