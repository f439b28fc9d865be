"""Which model answers, by the rule of the body."""

from __future__ import annotations

from foedus.cases.case import Case
from foedus.ensembles.ensemble import counted
from foedus.ensembles.model import NAME, EnsembleModel
from foedus.forecasts.compose import settling
from foedus.institutions import is_consensus
from foedus.issues import SettlementModel
from foedus.settlement import MODELS


def answering(case: Case) -> SettlementModel:
    """Return the model that answers a case, and that explains the answer: the one place where this is decided.

    Under consensus and unanimity the track-record model, which scored better than any other on decisions with known
    outcomes; under any other rule the ensemble, whose weights were tested where the model made for the rule did worse
    than the mean of all positions.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> from foedus.cases.case import case_of
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answering(case_of(dossier, "office", "2023-07-10", None)).card.name
    'track-record'
    """
    return MODELS["track-record"] if is_consensus(case.rule) else asked(case, NAME)


def stepping(case: Case) -> SettlementModel:
    """Return the model that decides a step of a procedure, where a proposal is on the table and members answer it.

    A step needs to know who objects to exactly what is proposed: the consensus model where one objection stops all, and
    elsewhere the agenda-setter, which keeps to the rule.
    """
    return MODELS["consensus" if case.rule.binds else "agenda-setter"]


def asked(case: Case, model: str | SettlementModel) -> SettlementModel:
    """Return a model for a case, given by name or as it is; the ensemble is one for each kind of rule.

    Raises
    ------
    FoedusError
        When it is neither a name nor a settlement model.
    """
    if model == NAME:
        return EnsembleModel(case.rule.kind, case.issue.scale.low, counted(case))
    return settling(model)
