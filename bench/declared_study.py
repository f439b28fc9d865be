"""What keeping to declared votes costs on the Council's decisions: ``python bench/declared_study.py FILE``.

Positions as stated stand for declared votes. Each decision is predicted by the ensemble with its proposal left out; the
bound is the share adopted of the other proposals that stated positions stopped. It takes some minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from foedus.backtests.case import Case, CaseTable
from foedus.backtests.crossvalidation import cross_validate
from foedus.backtests.layouts import read_cases
from foedus.backtests.sittings import RULES, decides_of, everybody, qualified_share, rule_of
from foedus.backtests.stacking import Ensemble
from foedus.ensembles.features import GRID

NEAR, FLOOR, RESAMPLED = 0.75, 1e-3, 2_000


def lacking(case: Case) -> tuple[float, float, float] | None:
    """Return the share of the votes that a stopped proposal lacked, its place and the status quo's; None of others."""
    known, decides = decides_of(case)
    place = next((one.position for one in case.standings if one.role == "proposer"), None)
    if rule_of(case.rule) != RULES[1] or not known or decides is None or case.reference in {None, place}:
        return None
    if place is None or case.reference is None:
        return None
    table = everybody(case)
    seated = [one for one in table if one.role == "member"]
    wanted = np.array([one.position for one in table])
    favour = np.abs(wanted - place) < np.abs(wanted - case.reference)
    share = qualified_share([one.actor for one in seated])
    if share is None or bool(decides(favour)):
        return None
    votes = np.array([(one.weight or 1.0) if one.role == "member" else 0.0 for one in table])
    return share - float((votes * favour).sum() / votes.sum()), place, case.reference


def main(file: str) -> None:
    """Print the shares adopted by what was lacking, and the log scores with and without the bound."""
    table = CaseTable([case for case in read_cases(Path(file)) if case.scoreable])
    predicted = np.asarray(cross_validate(Ensemble(), table, 10, 0, 1).distribution)
    rows = [(at, found) for at, case in enumerate(table.cases) if (found := lacking(case)) is not None]
    lack = np.array([found[0] for _, found in rows])
    adopted, said = np.empty(len(rows)), np.empty(len(rows))
    for n, (at, (_, place, start)) in enumerate(rows):
        adopted[n] = (table.outcome[at] - start) / (place - start) >= NEAR
        said[n] = predicted[at][(GRID - start) / (place - start) >= NEAR].sum()
    dispute = np.unique([table.cases[at].proposal for at, _ in rows], return_inverse=True)[1]
    others = np.array([((adopted[dispute != d]).sum() + 0.5) / ((dispute != d).sum() + 1) for d in dispute])
    for low, high in ((-1.0, 0.06), (0.06, 0.15), (0.15, 0.3), (0.3, 1.0)):
        inside = (lack > low) & (lack <= high)
        print(f"lacking up to {high:.2f} of the votes: {inside.sum()}, adopted {adopted[inside].mean():.2f}")  # noqa: T201
    free, kept = (_log(share, adopted) for share in (said, np.minimum(said, others)))
    rng, drawn = np.random.default_rng(1), []
    for _ in range(RESAMPLED):
        count = np.bincount(rng.integers(0, dispute.max() + 1, dispute.max() + 1), minlength=dispute.max() + 1)[dispute]
        drawn.append(float((count * (kept - free)).sum() / count.sum()))
    low, high = np.quantile(drawn, [0.025, 0.975])
    print(f"log score without the bound {free.mean():.3f}, with it {kept.mean():.3f} [{low:.3f}, {high:.3f}]")  # noqa: T201


def _log(share: np.ndarray, came: np.ndarray) -> np.ndarray:
    kept = np.clip(share, FLOOR, 1 - FLOOR)
    return -(came * np.log(kept) + (1 - came) * np.log(1 - kept))


if __name__ == "__main__":
    main(sys.argv[1])
