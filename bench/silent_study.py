"""What members that have named a side tell of the silent ones: ``python bench/silent_study.py FILE``.

FILE holds votes in the UN General Assembly (``rcid``, ``country_code``, ``vote``). From each roll call boards of 35 of
those that voted yes or no are dealt. Some of them are known, either picked by lot or among the dozen that speak most;
whether the board adopts is then forecast as `foedus.cases.leaning` does, with several weights of what is known.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri
from scipy.stats import binom

from foedus.base.estimates import Estimate
from foedus.cases.leaning import TOGETHER

SEATS, FLOOR = 35, 0.002
LOUD = frozenset(["US", "GB", "FR", "DE", "RU", "CN", "JP", "CA", "AU", "IN", "BR", "IR"])
WEIGHTS = (0.0, 0.15, 0.25, 0.35, 0.5, 0.7, 1.0)
BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
PRIOR = float((Estimate(30, 70, 100).quantiles((np.arange(1000) + 0.5) / 1000) > 50).mean())
_Z = np.linspace(-5, 5, 101)
_ABOVE = ndtr((ndtri(PRIOR) + np.sqrt(TOGETHER) * _Z) / np.sqrt(1 - TOGETHER))


@dataclass(frozen=True)
class Board:
    """How many of the known are for and against, how many keep silent, and how many of all are for."""

    favour: int
    against: int
    silent: int
    total: int

    def chance(self, needed: int, weight: float) -> float:
        """Return how likely it is that as many as needed are for."""
        told = weight * (self.favour * np.log(_ABOVE) + self.against * np.log1p(-_ABOVE))
        density = np.exp(told - told.max() - _Z**2 / 2)
        return float(density / density.sum() @ binom.sf(needed - self.favour - 1, self.silent, _ABOVE))


def dealt(votes: pl.DataFrame, known: int, *, loud: bool, rng: np.random.Generator) -> list[Board]:
    """Return one board of each roll call with enough votes."""
    found = []
    for _, call in votes.group_by("rcid", maintain_order=True):
        yes = (call["vote"] == "yes").to_numpy()
        speak = np.array([code in LOUD for code in call["country_code"]])
        pool = np.flatnonzero(speak) if loud else np.arange(len(yes))
        if len(yes) < SEATS or len(pool) < known:
            continue
        heard = rng.permutation(pool)[:known]
        rest = rng.permutation(np.setdiff1d(np.arange(len(yes)), heard))[: SEATS - known]
        favour = int(yes[heard].sum())
        found.append(Board(favour, known - favour, SEATS - known, favour + int(yes[rest].sum())))
    return found


def main(file: str) -> None:
    """Print for each way of knowing the log score by weight, and how often what was called so likely came."""
    votes = pl.read_parquet(Path(file)).with_columns(pl.col("vote").cast(pl.String))
    votes = votes.filter(pl.col("vote").is_in(["yes", "no"]))
    rng = np.random.default_rng(1)
    for loud in (False, True):
        for known in (1, 3, 7) if loud else (1, 3, 7, 13):
            boards = dealt(votes, known, loud=loud, rng=rng)
            for title, needed in (("majority", SEATS // 2 + 1), ("two thirds", ceil(2 * SEATS / 3))):
                came = np.array([board.total >= needed for board in boards], dtype=np.float64)
                who = "speakers" if loud else "by lot"
                say(f"{who}, {known} known, {title}: {len(came)} boards, adopted {came.mean():.3f}")
                for weight in WEIGHTS:
                    said = np.array([board.chance(needed, weight) for board in boards])
                    kept = np.clip(said, FLOOR, 1 - FLOOR)
                    score = -(came * np.log(kept) + (1 - came) * np.log(1 - kept)).mean()
                    say(f"  weight {weight:.2f}: {score:.3f}  {_bands(said, came)}")


def _bands(said: np.ndarray, came: np.ndarray) -> str:
    found = []
    for low, high in pairwise(BANDS):
        inside = (said > low) & (said <= high)
        if inside.sum() >= 10:
            found.append(f"{said[inside].mean():.2f}: {came[inside].mean():.2f} of {inside.sum()}")
    return "; ".join(found)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
