"""How forecasts of a kind have been scored: on which body, under which rule, on how many decisions, with what score."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from foedus.base.wording import the
from foedus.cases.case import Case
from foedus.ensembles.council_scores import COUNCIL_SCORES
from foedus.ensembles.learned import packaged_parameters
from foedus.ensembles.model import NAME
from foedus.institutions import EU_COUNCIL, is_consensus, packaged_institutions
from foedus.institutions.packaged import bodies_beside


@cache
def packaged_scores() -> Mapping[str, Any]:
    """Return the scores on the packaged consensus set that come with this version.

    Examples
    --------
    >>> packaged_scores()["bodies"]["nac"]["consensus"]["decisions"]
    38
    """
    return dict(json.loads(resources.files("foedus.ensembles").joinpath("tested.json").read_text("utf-8")))


def tested_on(case: Case, model: str, kind: str) -> dict[str, object]:
    """Return what a forecast says of its own testing.

    Parameters
    ----------
    case
        Body and rule.
    model
        The name of the model.
    kind
        The kind of rule, for a model that was cross-validated on the Council's decisions.

    Returns
    -------
    dict[str, object]
        ``body``, ``rule``, ``decisions``, ``of_this_kind`` (how many of such decisions are of the body or of its
        organisation), ``calibration`` where it is known, ``score`` (CRPS on 0 to 100, ``None`` without decisions),
        ``base_rate`` and ``difference`` from it (``mean``, ``low``, ``high``; only with decisions), ``scope`` (whose
        decisions, under which rule, in words) and ``note``.
    """
    told: dict[str, object] = {"body": case.body.id, "rule": case.rule.words()}
    here = decisions_of_kind(case)
    row, own = _row(case, model, kind), is_consensus(case.rule) and case.body.id in packaged_scores()["bodies"]
    if row is None:
        note = (
            f"{case.body.name}, {case.rule.words()}: 0 decisions scored for the {model} model, no score. Its "
            "percentages follow from the declared assumptions and have not been calibrated."
        )
        scope = f"of {the(case.body.name)} under its rule ({case.rule.words()})"
        return told | {"decisions": 0, "of_this_kind": here, "score": None, "scope": scope, "note": note}
    if is_consensus(case.rule):
        whose, rule = (f"of {the(case.body.name)}" if own else "of several bodies"), "consensus or unanimity"
        picked = "They were picked because they were disputed in public. "
    else:
        whose, rule = "of the Council of the European Union", kind
        picked = "They are single issues of legislative proposals, coded by experts. "
    some = f" ({here} of them of this body or its organisation)" if here else ", none of this body or its organisation,"
    some = "" if own or here == row["decisions"] else some
    note = (
        f"The {model} model was scored on {row['decisions']} decisions {whose}{some} under {rule}: CRPS "
        f"{row['crps']:.1f} on a scale of 100, {_beside(row)}; its 80 % interval held {100 * row['coverage_80']:.0f} % "
        f"of the outcomes. {picked}{'' if model == ANSWERS else _UNCALIBRATED}".rstrip()
    )
    return told | {
        "decisions": row["decisions"],
        "of_this_kind": here,
        "score": row["crps"],
        "base_rate": row["base_rate"],
        "difference": dict(row["difference"]),
        "calibration": packaged_scores()["calibration"] if model == ANSWERS else None,
        "scope": f"{whose} under {rule}",
        "note": note,
    }


ANSWERS = "track-record"
"""The model whose calibration is known."""

_UNCALIBRATED = "The percentages follow from the declared assumptions and have not been calibrated."


def decisions_of_kind(case: Case) -> int:
    """Return how many scored decisions are of the body or of its organisation, under a rule of the same kind.

    A body that a dossier lays out itself has none, whatever it is called.
    """
    known = packaged_institutions()
    if case.body.id not in known.bodies or known.bodies[case.body.id] != case.body:
        return 0
    if not is_consensus(case.rule):
        row = _council_scores(NAME, case.rule.kind) if case.body.id == EU_COUNCIL else None
        return 0 if row is None else int(row["decisions"])
    counts: Mapping[str, int] = packaged_scores()["decisions"]
    organisation = case.body.organisation

    def alike(body: str) -> bool:
        return body in known.bodies and known.bodies[body].organisation == organisation

    near = {case.body.id, organisation, *filter(alike, bodies_beside(case.body.id))}
    return sum(count for body, count in counts.items() if body in near)


def calibration_words(model: str, probability: float | None = None) -> str:
    """Return how often what a model called so likely came, with each dispute left out of the fit; empty if not known.

    Parameters
    ----------
    probability
        Of what is called; by default all steps are told.

    Examples
    --------
    >>> calibration_words("track-record", 0.74)
    'Of decisions called 70 to 80 % likely, 12 of 13 came so.'
    """
    if model != ANSWERS:
        return ""
    rows = packaged_scores()["calibration"]
    if probability is not None:
        rows = [row for row in rows if row["from"] <= probability < row["to"] or row["to"] == 1 <= probability]
    return reliability_words(rows)


def reliability_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return in words how often what was called so likely came; empty without rows.

    Parameters
    ----------
    rows
        As `foedus.backtests.board.calibration` returns them.
    """
    told = [
        f"{round(100 * row['from'])} to {round(100 * row['to'])} % likely, {row['came']} of {row['called']} came so"
        for row in rows
    ]
    scored = sum(int(row["called"]) for row in rows)
    whole = f"Of all {scored} decisions scored, those called" if len(rows) > 1 else "Of decisions called"
    return f"{whole} {'; of those called '.join(told)}." if told else ""


def later_words() -> str:
    """Return how often decisions that were not adopted as proposed went further within a year.

    Examples
    --------
    >>> later_words()
    'Of 106 decisions on record that did not adopt the proposal, 17 went further within a year, 11 of them all the way.'
    """
    later = packaged_scores()["later"]
    return (
        f"Of {later['open']} decisions on record that did not adopt the proposal, {later['further']} went further "
        f"within a year, {later['adopted']} of them all the way."
    )


@dataclass(frozen=True, slots=True)
class Score:
    """How a model was scored beside what is hard to beat.

    Attributes
    ----------
    words
        In words.
    worse
        Whether it is worse than that: such a model's number is no answer.
    """

    words: str
    worse: bool


def score_of(case: Case, model: str, kind: str) -> Score:
    """Return a model's score under the rule of a case: beside the base rate, or else the plain mean of positions.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> from foedus.cases.case import case_of
    >>> case = case_of(foedus.read_dossier(packaged_dossiers()["tokyo-office"]), "office", "2023-07-10", None)
    >>> score_of(case, "compromise", "consensus")
    Score(words='worse than the base rate (CRPS 31.7 against 23.1, 38 decisions)', worse=True)
    """
    row = _row(case, model, kind)
    if row is not None:
        gap = row["difference"]
        words = _than(gap["mean"], gap["low"], gap["high"], "the base rate")
        numbers = f"CRPS {row['crps']:.1f} against {row['base_rate']:.1f}, {row['decisions']} decisions"
        return Score(f"{words} ({numbers})", gap["mean"] > 0)
    council = None if is_consensus(case.rule) else COUNCIL_SCORES.get(model)
    if council is None:
        return Score("not scored under such a rule", worse=False)
    words = _than(council.above_mean, council.low, council.high, "the plain mean of positions")
    of_mean = council.crps - council.above_mean
    numbers = f"CRPS {council.crps:.1f} against {of_mean:.1f}, {council.issues} issues of the EU Council"
    return Score(f"{words} ({numbers})", council.above_mean > 0)


def _than(gap: float, low: float | None, high: float | None, what: str) -> str:
    """Say how a score compares, given by how much it is above and the interval of that."""
    if gap > 0:
        return f"{'worse' if low is not None and low > 0 else 'no better'} than {what}"
    return f"better than {what}" + ("" if high is not None and high < 0 else ", but not beyond chance")


def _row(case: Case, model: str, kind: str) -> Mapping[str, Any] | None:
    """Return a model's scores beside the base rate: on the body's own decisions where they have scores of their own."""
    if not is_consensus(case.rule):
        return _council_scores(model, kind)
    bodies = packaged_scores()["bodies"]
    scored: Mapping[str, Any] | None = bodies[case.body.id if case.body.id in bodies else "all"].get(model)
    return scored


def _beside(row: Mapping[str, Any]) -> str:
    """Say how a score compares with the base rate: better or worse only where the interval is clear of zero."""
    gap, base = row["difference"], f"guessing from how the other decisions ended ({row['base_rate']:.1f}"
    if gap["low"] is None:
        return f"beside {base}; too few disputes to tell the two apart)"
    ends = f"difference {gap['mean']:.2f}, 95 % interval {gap['low']:.2f} to {gap['high']:.2f})"
    if gap["low"] <= 0 <= gap["high"]:
        return f"not distinguishable from {base}; {ends}"
    return f"{'better' if gap['high'] < 0 else 'worse'} than {base}; {ends}"


def _council_scores(model: str, kind: str) -> Mapping[str, Any] | None:
    """Return cross-validated scores on the Council's decisions, kept with the parameters."""
    by_kind: Mapping[str, Any] = packaged_parameters()["scores"].get(model, {})
    return by_kind.get(kind)
