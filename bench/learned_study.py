"""The numbers of docs/learned.md: ``python bench/learned_study.py FILE [PART]...``; parts as in ``PARTS`` below.

It takes some minutes, most of them for the search inside the folds.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from foedus.backtests import LEARNED, MODELS, TEN_FEATURES, CaseTable, Model, read_cases
from foedus.backtests.board import groups_of
from foedus.backtests.bootstrap import paired_difference
from foedus.backtests.crossvalidation import cross_validate, folds
from foedus.backtests.pool import counted
from foedus.backtests.scores import crps, quantile_of
from foedus.backtests.scoring import Scored, score
from foedus.backtests.selection import ForwardSelection

SEED = 1
MEANS = ("mean", "salience-weighted mean", "votes-weighted mean", "mean of institutions")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def tell(name: str, one: Scored) -> None:
    row, over = one.summarised(), one.by_repeat
    spread = over.std(ddof=1) / np.sqrt(len(over)) if len(over) > 1 else 0.0
    log = "      " if row["log_score"] is None else f"{row['log_score']:6.3f}"
    cover = "  ".join("    " if share is None else f"{share:.3f}" for share in row["coverage"].values())
    say(
        f"{name:44s} {row['issues']:4d}  crps {row['crps']:6.3f} ({spread:.3f})  log {log}  mae {row['mae']:5.2f}  "
        f"median {row['mae_of_median']:5.2f}  hits {row['hits_within_5']:.3f}  coverage {cover}"
    )


def run(table: CaseTable, model: Model, name: str = "", repeats: int = 5) -> Scored:
    found = score(model, table, 10, repeats, SEED)
    tell(name or model.name, found)
    return found


def board(table: CaseTable) -> None:
    found = {model.name: run(table, model, repeats=5) for model in MODELS}
    mine = found["learned"]
    for name, other in found.items():
        if other is mine:
            continue
        for measure in ("crps", "error_of_median"):
            gap = paired_difference(getattr(mine, measure), getattr(other, measure), table.proposal, seed=SEED)
            ends = f"[{gap.low:6.2f}, {gap.high:6.2f}]"
            say(f"learned - {name:30s} {measure:16s} {gap.mean:7.2f}  {ends}  {gap.better:.4f}")
    say("shares of transforms in tenths: " + " ".join(f"{share:.3f}" for share in mine.reliability()))


def subgroups(table: CaseTable) -> None:
    found = {model.name: score(model, table, 10, 5, SEED) for model in MODELS}
    for by, labels in groups_of(table.cases).items():
        for label in sorted(set(labels)):
            picked = np.array([one == label for one in labels])
            rows = {name: one.summarised(picked) for name, one in found.items()}
            best = min(MEANS, key=lambda name: rows[name]["mae"])
            mine, ten = rows["learned"], rows[TEN_FEATURES.name]
            say(
                f"{by:16s} {label:12s} {picked.sum():4d}  crps {mine['crps']:6.2f}  ten {ten['crps']:6.2f}"
                f"  median {mine['mae_of_median']:6.2f}  best mean {rows[best]['mae']:6.2f} ({best})"
                f"  coverage {mine['coverage']['80']:.3f}"
            )


def parts(table: CaseTable) -> None:
    """The parts, their means two by two, and the mean of all without what the count of votes adds."""
    held = {one.name: [cross_validate(one, table, 10, r, SEED).distribution for r in range(5)] for one in LEARNED.parts}
    for size in (1, 2, 3):
        for names in itertools.combinations(held, size):
            found = [np.mean([held[name][r] for name in names], axis=0) for r in range(5)]
            median = [np.abs(quantile_of(one, 0.5) - table.outcome).mean() for one in found]
            score = np.mean([crps(one, table.outcome).mean() for one in found])
            say(f"{', '.join(names):60s} crps {score:.3f}  median {np.mean(median):.2f}")


def votes(table: CaseTable) -> None:
    """What came of proposals that stated positions carry, and of others, beside what the mean of the parts expected."""
    carried, classes = counted(table)
    mean = LEARNED.untilted(table, np.arange(len(table)))
    for side, name in ((0.0, "lacking the votes"), (1.0, "carried")):
        rows = carried == side
        came = np.bincount(classes[rows, table.point[rows]], minlength=3)
        expected = [np.where(classes[rows] == kind, mean[rows], 0.0).sum() for kind in range(3)]
        say(f"{name:20s} came {came.tolist()}  expected {np.round(expected, 1).tolist()}")
    say(f"weights {np.round(LEARNED.fit(table, np.arange(len(table)))['tilt'], 2).tolist()}")


def nested(table: CaseTable) -> None:
    """Search inside the folds, anew in each training part; the deeper search by subgroup as well."""
    for most, gain in ((11, 0.02), (14, -0.005)):
        name = f"search inside the folds, up to {most}, gain {gain:g}"
        found = run(table, ForwardSelection(most=most, gain=gain), name)
    for by, labels in groups_of(table.cases).items():
        for label in sorted(set(labels)):
            picked = np.array([one == label for one in labels])
            row = found.summarised(picked)
            if row["issues"] >= 40:
                cover = row["coverage"]["80"]
                say(
                    f"{by:16s} {label:12s} {row['issues']:4d}  crps {row['crps']:6.2f}  median "
                    f"{row['mae_of_median']:6.2f}  coverage {cover:.3f}"
                )


def size(table: CaseTable) -> None:
    """Fit to a part of the proposals outside each fold: what more data would bring."""
    for model in (TEN_FEATURES, LEARNED):
        for share in (0.25, 0.5, 0.75, 1.0):
            scores = []
            for repeat in range(3):
                deal, order = folds(table, 10, repeat, SEED), folds(table, 60, repeat, SEED + 1) / 60
                for fold in range(10):
                    rows, held = np.flatnonzero((deal != fold) & (order < share)), np.flatnonzero(deal == fold)
                    found = model.predict(table, held, model.fit(table, rows)).distribution
                    scores.append(crps(found, table.outcome[held]))
            say(f"{model.name:20s} {share:.0%} of the training proposals  crps {np.concatenate(scores).mean():.3f}")
        rows = np.arange(len(table))
        found = model.predict(table, rows, model.fit(table, rows)).distribution
        say(f"{model.name:20s} on what it was fitted to  crps {crps(found, table.outcome).mean():.3f}")


PARTS: dict[str, Callable[[CaseTable], None]] = {
    "board": board,
    "subgroups": subgroups,
    "parts": parts,
    "votes": votes,
    "size": size,
    "nested": nested,
}

if __name__ == "__main__":
    cases = CaseTable([case for case in read_cases(Path(sys.argv[1])) if case.scoreable])
    for part in sys.argv[2:] or PARTS:
        say(f"\n{part}")
        PARTS[part](cases)
