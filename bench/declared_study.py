"""What keeping to declared votes costs on the Council's decisions: ``python bench/declared_study.py FILE``.

Positions as stated stand for declared votes. Each decision is predicted by the ensemble with its proposal left out. The
bounds come from what became of the other proposals that lacked the votes, and so does the choice of the numbers of
members at which they change. It takes some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import betaincinv

from foedus.backtests.case import CaseTable, PastCase
from foedus.backtests.crossvalidation import cross_validate
from foedus.backtests.layouts import read_cases
from foedus.backtests.moves import row_of
from foedus.backtests.sittings import decides_of, everybody
from foedus.backtests.stacking import Ensemble
from foedus.ensembles.declared import SURE
from foedus.ensembles.features import GRID

NEAR, FLOOR, RESAMPLED, SEEDS = 0.25, 1e-3, 2_000, (1, 2, 3)
EDGES = ((), (2,), (3,), (4,), (5,), (3, 4), (2, 3))
"""Numbers of members that would have to change sides at which the bound changes."""


@dataclass(frozen=True)
class Stopped:
    """The proposals that lacked the votes: each array has a value for each."""

    dispute: np.ndarray
    movers: np.ndarray
    came: np.ndarray
    said: np.ndarray

    def bounded(self, edges: tuple[int, ...], teach: np.ndarray, asked: np.ndarray, sure: float) -> np.ndarray:
        """Return what is said of those asked, at most what the teaching ones of the same group allow."""
        group, found = np.digitize(self.movers, edges), self.said.copy()
        for one in np.unique(group[asked]):
            like = teach & (group == one)
            came, total = self.came[like].sum(), like.sum()
            most = betaincinv(came + 0.5, total - came + 0.5, sure)
            found = np.where(asked & (group == one), np.minimum(found, most), found)
        return found[asked]

    def held_out(self, edges: tuple[int, ...], within: np.ndarray, sure: float = SURE) -> np.ndarray:
        """Return the log scores with each dispute bounded by the others of those within."""
        found = np.empty(len(self.came))
        for one in np.unique(self.dispute[within]):
            asked = within & (self.dispute == one)
            found[asked] = self.bounded(edges, within & ~asked, asked, sure)
        return log_score(found[within], self.came[within])

    def nested(self) -> np.ndarray:
        """Return the same with the edges chosen among the others of each dispute."""
        found = np.empty(len(self.came))
        for one in np.unique(self.dispute):
            asked = self.dispute == one
            best = min(EDGES, key=lambda edges: float(self.held_out(edges, ~asked).mean()))
            found[asked] = self.bounded(best, ~asked, asked, SURE)
        return log_score(found, self.came)


def fewest(case: PastCase, place: float, start: float) -> int:
    """Return how many members must change sides at least, the heaviest first."""
    table, (_, decides) = everybody(case), decides_of(case)
    weight = [(one.weight or 1.0) if one.role == "member" else 0.0 for one in table]
    favour = np.array([abs(one.position - place) < abs(one.position - start) for one in table])
    for number, at in enumerate(sorted((n for n in range(len(table)) if not favour[n]), key=lambda n: -weight[n]), 1):
        favour[at] = True
        if decides is not None and bool(decides(favour)):
            return number
    return len(table)


def stopped(file: str, share: Callable[[np.ndarray], np.ndarray]) -> Stopped:
    """Return the proposals that lacked the votes; ``share`` tells of ways to the proposal which count as come."""
    table = CaseTable([case for case in read_cases(Path(file)) if case.scoreable])
    predicted = np.mean([_predicted(table, seed) for seed in SEEDS], axis=0)
    rows = []
    for at, case in enumerate(table.cases):
        row = row_of(case)
        if row is None or row.passable:
            continue
        place, start = next(one.position for one in case.standings if one.role == "proposer"), case.reference
        said = predicted[at][share((GRID - start) / (place - start))].sum()
        rows.append((table.proposal[at], fewest(case, place, start), float(share(np.array(row.way))), said))
    dispute, movers, came, said = (np.array(column) for column in zip(*rows, strict=True))
    return Stopped(dispute, movers, came, said)


_KEPT: dict[int, np.ndarray] = {}


def _predicted(table: CaseTable, seed: int) -> np.ndarray:
    if seed not in _KEPT:
        _KEPT[seed] = np.asarray(cross_validate(Ensemble(), table, 10, 0, seed).distribution)
    return _KEPT[seed]


def log_score(share: np.ndarray, came: np.ndarray) -> np.ndarray:
    kept = np.clip(share, FLOOR, 1 - FLOOR)
    return -(came * np.log(kept) + (1 - came) * np.log(1 - kept))


def main(file: str) -> None:
    """Print what became of proposals by how many would have had to move, and the log scores with each bound."""
    for title, share in (("adopted", lambda way: way >= 1 - NEAR), ("came to anything", lambda way: way > NEAR)):
        found = stopped(file, share)
        everything, free = np.ones(len(found.came), dtype=np.bool_), log_score(found.said, found.came)
        for low, high in ((1, 1), (2, 2), (3, 3), (4, 5), (6, 99)):
            inside = (found.movers >= low) & (found.movers <= high)
            say(f"{title}, {low} to {high} would have to move: {found.came[inside].sum():.0f} of {inside.sum()}")
        high = found.said > 0.7
        say(f"{title}, said to be above .7 without any bound: {found.came[high].sum():.0f} of {high.sum()}")
        say(f"{title}, no bound: {free.mean():.3f}")
        tell(f"{title}, the share of all", found, found.held_out((), everything, 0.5), free)
        for edges in EDGES:
            tell(f"{title}, upper end, edges {edges}", found, found.held_out(edges, everything), free)
        tell(f"{title}, upper end, edges chosen inside", found, found.nested(), free)


def tell(name: str, found: Stopped, kept: np.ndarray, free: np.ndarray) -> None:
    """Print a mean log score, with the interval of its difference from no bound over whole disputes."""
    dispute = np.unique(found.dispute, return_inverse=True)[1]
    rng, drawn, size = np.random.default_rng(1), [], dispute.max() + 1
    for _ in range(RESAMPLED):
        count = np.bincount(rng.integers(0, size, size), minlength=size)[dispute]
        drawn.append(float((count * (kept - free)).sum() / count.sum()))
    low, high = np.quantile(drawn, [0.025, 0.975])
    say(f"{name}: {kept.mean():.3f}, less no bound [{low:.3f}, {high:.3f}]")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
