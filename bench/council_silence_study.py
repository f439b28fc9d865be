"""Whether silent members of the EU Council go together: ``python bench/council_silence_study.py FILE``.

FILE holds the Council's decisions. On each decision under qualified majority a member is for the proposal where it
stands nearer to it than to the reference point. All but a few members, picked by lot, are hidden; whether those in
favour have the votes is then forecast with the hidden ones drawn one by one, or together as `foedus.cases.leaning`
does. How many are for on the average, how far they go together and how much a known one tells are chosen on other
proposals.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

from foedus.backtests.case import PastCase
from foedus.backtests.layouts import read_cases
from foedus.backtests.sittings import decides_of, everybody

KNOWN, DEALS, DRAWS, FLOOR = (5, 11, 16), 4, 400, 0.002
WEIGHTS = (0.0, 0.15, 0.35, 0.5, 0.7, 1.0)
_Z = np.linspace(-4, 4, 81)


def sides(case: PastCase) -> np.ndarray | None:
    """Return who is for the proposal; None where the rule, the reference point or the proposal is not known."""
    proposer = next((one.position for one in case.standings if one.role == "proposer"), None)
    if not case.rule.lower().startswith("qmv") or case.reference is None or proposer in (None, case.reference):
        return None
    at = np.array([one.position for one in everybody(case) if one.role == "member"])
    return np.abs(at - proposer) < np.abs(at - case.reference)


def together(shares: list[np.ndarray]) -> tuple[float, float]:
    """Return the share in favour and the tetrachoric correlation of two members on a proposal."""
    p = float(np.mean([one.mean() for one in shares]))
    both = float(np.mean([(one.sum() ** 2 - one.sum()) / (len(one) * (len(one) - 1)) for one in shares]))
    edge = ndtri(p)
    found = [abs(multivariate_normal.cdf([edge, edge], cov=[[1, r], [r, 1]]) - both) for r in np.linspace(0, 0.95, 96)]
    return p, float(np.linspace(0, 0.95, 96)[int(np.argmin(found))])


def chance(case: PastCase, favour: np.ndarray, heard: np.ndarray, p: float, rho: float, weight: float) -> float:
    """Return how likely those in favour are to have the votes, with all that were not heard drawn."""
    rng = np.random.default_rng(7)
    above = np.clip(ndtr((ndtri(p) + np.sqrt(rho) * _Z) / np.sqrt(1 - rho)), 1e-6, 1 - 1e-6)
    yes, no = favour[heard].sum(), (~favour[heard]).sum()
    density = np.exp(-(_Z**2) / 2 + weight * (yes * np.log(above) + no * np.log1p(-above)))
    shared = above[rng.choice(len(_Z), DRAWS, p=density / density.sum())]
    support = rng.random((DRAWS, len(favour))) < shared[:, None]
    support[:, heard] = favour[heard]
    members = np.array([one.role == "member" for one in everybody(case)])
    whole = np.zeros((DRAWS, len(members)), dtype=np.bool_)
    whole[:, members] = support
    return float(np.clip(np.asarray(decides_of(case)[1](whole)).mean(), FLOOR, 1 - FLOOR))


def main(file: Path) -> None:
    """Print the correlation and the log scores."""
    found = [(case, who) for case in read_cases(file) if (who := sides(case)) is not None]
    print(f"{len(found)} decisions; share in favour and correlation: {together([who for _, who in found])}")  # noqa: T201
    rng = np.random.default_rng(1)
    proposals = sorted({case.proposal for case, _ in found})
    fold = {one: k % 10 for k, one in enumerate(rng.permutation(proposals))}
    for known in KNOWN:
        rows = []
        for case, who in found:
            members = np.array([one.role == "member" for one in everybody(case)])
            whole = np.zeros((1, len(members)), dtype=np.bool_)
            whole[0, members] = who
            has = bool(decides_of(case)[1](whole)[0])
            rows += [(case, who, rng.permutation(len(who))[:known], has) for _ in range(DEALS)]
        part = np.array([fold[case.proposal] for case, *_ in rows])
        passed = np.array([row[3] for row in rows])
        alone, joint = np.empty(len(rows)), np.empty(len(rows))
        for one in range(10):
            teach, asked = np.flatnonzero(part != one), np.flatnonzero(part == one)
            p, rho = together([rows[k][1] for k in teach])
            log = {}
            for weight in WEIGHTS:
                said = np.array([chance(*rows[k][:3], p, rho, weight) for k in teach[::4]])
                log[weight] = -np.log(np.where(passed[teach[::4]], said, 1 - said)).mean()
            best = min(log, key=lambda w: log[w])
            for k in asked:
                alone[k], joint[k] = chance(*rows[k][:3], p, 0.0, 0.0), chance(*rows[k][:3], p, rho, best)
        score = [-np.log(np.where(passed, said, 1 - said)) for said in (alone, joint)]
        gap = np.array([(score[1] - score[0])[[row[0].proposal == one for row in rows]].mean() for one in proposals])
        low, high = np.quantile([rng.choice(gap, len(gap)).mean() for _ in range(2000)], [0.025, 0.975])
        alike = f"together {score[1].mean():.3f} [{low:.3f}, {high:.3f}]"
        print(f"{known} known: one by one {score[0].mean():.3f}, {alike}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
