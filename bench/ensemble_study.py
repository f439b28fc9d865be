"""The numbers of docs/ensemble.md: ``python bench/ensemble_study.py FILE``; FILE is the development part of DEU III."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np

from foedus.backtests import CaseTable, read_cases
from foedus.backtests.bootstrap import paired_difference
from foedus.backtests.consensus_set import consensus_cases, packaged_consensus_set
from foedus.backtests.crossvalidation import folds
from foedus.backtests.pool import LEARNED
from foedus.backtests.room import ESTIMATES, assumed
from foedus.backtests.scores import crps
from foedus.backtests.sittings import sitting_of
from foedus.backtests.stacking import family, fit_weights, said_of
from foedus.ensembles.learned import draws_learned
from foedus.ensembles.mixing import PARTS, SETTLING, allowed_by, bound, mixed
from foedus.issues.sitting import nearest_option
from foedus.settlement import MODELS

STRENGTHS = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 1e6)
EVEN = np.full(len(PARTS), 1 / len(PARTS))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def scored(table: CaseTable, shares: np.ndarray, deal: np.ndarray, towards: np.ndarray, strength: float) -> np.ndarray:
    """Return held-out mixtures; shape (N, 101)."""
    rules = np.array([family(case.rule) for case in table.cases])
    likelihood = shares[np.arange(len(table)), :, said_of(table).place]
    found = np.zeros((len(table), 101))
    for fold in np.unique(deal):
        rest = deal != fold
        pooled = fit_weights(likelihood[rest], towards, strength)
        for rule in sorted(set(rules[~rest])):
            own = pooled if rule == "unknown" else fit_weights(likelihood[rest & (rules == rule)], pooled, strength)
            for row in np.flatnonzero(~rest & (rules == rule)):
                found[row] = mixed(own, shares[row])
    return found


def tell(name: str, table: CaseTable, shares: np.ndarray, found: np.ndarray) -> None:
    """Print CRPS, log score where some part held the outcome possible, and CRPS by rule."""
    row, place = np.arange(len(table)), said_of(table).place
    possible = np.nan_to_num(shares[row, :, place]).max(axis=1) > 0
    log = -np.log(np.maximum(found[row, place], 1e-12))[possible].mean()
    score = crps(found, table.outcome)
    rules = np.array([family(case.rule) for case in table.cases])
    by_rule = "  ".join(f"{rule} {score[rules == rule].mean():.2f}" for rule in sorted(set(rules)))
    impossible = f"{(~possible).sum()} impossible" if (~possible).any() else ""
    say(f"{name:44s} crps {score.mean():6.2f}  log {log:.3f}  {by_rule}  {impossible}")


def variants(table: CaseTable) -> dict[str, np.ndarray]:
    """Return what the parts say under four ways to treat what is not feasible; each of shape (N, P, 101)."""
    ways = ("nothing binds", "falls to the status quo", "share of the others", "nearest feasible option")
    found = {way: np.zeros((len(table), len(PARTS), 101)) for way in ways}
    needed = {one.name: one for name in SETTLING for one in MODELS[name].card.assumptions}
    given = {name: assumed(one, ESTIMATES) for name, one in needed.items()}
    for row, case in enumerate(table.cases):
        at = {"reference": np.array([case.reference]), "setter": np.array([100.0])}
        sitting = sitting_of([case], given, ESTIMATES, everywhere=True, **at)
        agenda = sitting.agendas[0]
        allowed = allowed_by(family(case.rule), sitting, 0)
        size = len(agenda.options)
        spreads = [np.eye(size)[MODELS[name].choose(sitting)[:, 0]] for name in SETTLING]
        _, points, probability = draws_learned(sitting, 0, 0.0)
        learned = np.zeros((ESTIMATES, size))
        np.add.at(learned.T, nearest_option(points, agenda), probability.T)
        place = np.rint(agenda.options).astype(int)
        for part, spread in enumerate((*spreads, learned)):
            for way, values in zip(ways, _treated(spread, allowed, agenda), strict=True):
                np.add.at(found[way][row, part], place, values.mean(axis=0))
    return found


def _treated(spread: np.ndarray, allowed: np.ndarray, agenda: object) -> tuple[np.ndarray, ...]:
    kept = np.where(allowed, spread, 0.0)
    total = kept.sum(axis=1, keepdims=True)
    nothing = np.eye(spread.shape[1])[[agenda.status_quo] * len(spread)]
    shared = np.where(total > 0, kept / np.where(total > 0, total, 1.0), nothing)
    near = np.zeros_like(spread)
    for draw, row in enumerate(spread):
        open_to = np.flatnonzero(allowed[draw])
        gap = np.abs(agenda.options[:, None] - agenda.options[open_to])
        np.add.at(near[draw], open_to[gap.argmin(axis=1)], row)
    return spread, bound(spread, allowed, agenda.status_quo), shared, near


def study(path: Path) -> None:
    council = CaseTable([case for case in read_cases(path) if case.scoreable])
    public = CaseTable(consensus_cases(packaged_consensus_set()))
    learned = LEARNED.left_out(council, np.arange(len(council)))
    whole = CaseTable([dataclasses.replace(case, whole=True) for case in council.cases])
    of_council = said_of(council).shares(learned)
    deal, nobody = folds(council, 10, 0, 1), np.full((len(public), 101), np.nan)
    likelihood = of_council[np.arange(len(council)), :, said_of(council).place]
    towards = fit_weights(likelihood, EVEN)
    for strength in STRENGTHS:
        found = scored(council, of_council, deal, EVEN, strength)
        tell(f"Council, strength {strength:g}", council, of_council, found)
        shares = said_of(public).shares(nobody)
        tell(
            f"public, strength {strength:g}", public, shares, scored(public, shares, public.proposal, towards, strength)
        )
    shares = said_of(whole).shares(learned)
    tell("Council, bound issue by issue", whole, shares, scored(whole, shares, deal, EVEN, 5.0))
    for way, shares in variants(public).items():
        found = scored(public, shares, public.proposal, towards, 5.0)
        tell(f"public, {way}", public, shares, found)
        alone = crps(shares[:, 0], public.outcome)
        gap = paired_difference(crps(found, public.outcome), alone, public.proposal, seed=1)
        nato = np.array([dict(case.groups)["body"] == "NATO" for case in public.cases])
        say(
            f"  less consensus alone {gap.mean:.2f} [{gap.low:.2f}, {gap.high:.2f}]; on NATO's decisions "
            f"{crps(found, public.outcome)[nato].mean():.2f} against {alone[nato].mean():.2f}"
        )
    even = said_of(public).shares(nobody)
    tell("public, leaning on equal weights", public, even, scored(public, even, public.proposal, EVEN, 5.0))


if __name__ == "__main__":
    study(Path(sys.argv[1]))
