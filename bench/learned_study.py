"""The numbers of docs/learned.md: ``python bench/learned_study.py FILE [PART]...``; parts as in ``PARTS`` below.

It takes some minutes, most of them for the search inside the folds.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from foedus.backtests import LEARNED, MODELS, TEN_FEATURES, CaseTable, Model, PoleMixture, Prediction, read_cases
from foedus.backtests.board import Scored, groups_of, score
from foedus.backtests.bootstrap import paired_difference
from foedus.backtests.crossvalidation import folds
from foedus.backtests.logit import LogitModel, fit_logit, scale_of
from foedus.backtests.scores import crps
from foedus.backtests.selection import EverythingInTwoTiers, ForwardSelection
from foedus.ensembles.features import CHOSEN, LIBRARY, TEN, TRIED
from foedus.ensembles.learned import average_logit

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


def variant(features: tuple[str, ...] = LEARNED.features, **changes: object) -> LogitModel:
    return dataclasses.replace(LEARNED, features=features, **changes)


def board(table: CaseTable) -> None:
    found = {model.name: run(table, model, repeats=10) for model in MODELS}
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
    found = {model.name: score(model, table, 10, 10, SEED) for model in MODELS}
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


def penalties(table: CaseTable) -> None:
    for penalty in (2.5, 5.0, 10.0, 20.0, 40.0, 80.0):
        run(table, variant(penalty=penalty), f"penalty {penalty:g}")
        run(table, variant(penalty=penalty, averaged=False), f"penalty {penalty:g}, weights as if certain")


def one_more(table: CaseTable) -> None:
    for name in CHOSEN | TRIED:
        run(table, variant((*TEN, name), penalty=10.0), f"ten + {name}")


def one_less(table: CaseTable) -> None:
    for name in LEARNED.features:
        run(table, variant(tuple(one for one in LEARNED.features if one != name)), f"learned - {name}")


def tried(table: CaseTable) -> None:
    for name in TRIED:
        run(table, variant((*LEARNED.features, name)), f"learned + {name}")


def whole(table: CaseTable) -> None:
    for penalty in (10.0, 30.0, 100.0, 300.0):
        run(table, variant(tuple(LIBRARY), penalty=penalty), f"whole library, penalty {penalty:g}")
    run(table, EverythingInTwoTiers(), "whole library, two tiers")


def stacks(table: CaseTable) -> None:
    class Stack:
        name, summary, fitted = "stack", "A weighted mean of two distributions.", True

        def __init__(self, share: float) -> None:
            self.share = share

        def fit(self, table: CaseTable, rows: np.ndarray) -> dict[str, object]:
            return {"one": LEARNED.fit(table, rows), "other": PoleMixture().fit(table, rows)}

        def predict(self, table: CaseTable, rows: np.ndarray, parameters: dict[str, object]) -> Prediction:
            one = LEARNED.predict(table, rows, parameters["one"]).distribution
            other = PoleMixture().predict(table, rows, parameters["other"]).distribution
            return Prediction.of((1 - self.share) * one + self.share * other)

    for share in (0.1, 0.2, 0.3, 0.5):
        run(table, Stack(share), f"learned with {share:.0%} mixture of poles")


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
            for repeat in range(5):
                deal, order = folds(table, 10, repeat, SEED), folds(table, 60, repeat, SEED + 1) / 60
                for fold in range(10):
                    rows, held = np.flatnonzero((deal != fold) & (order < share)), np.flatnonzero(deal == fold)
                    found = model.predict(table, held, model.fit(table, rows)).distribution
                    scores.append(crps(found, table.outcome[held]))
            say(f"{model.name:20s} {share:.0%} of the training proposals  crps {np.concatenate(scores).mean():.3f}")
        found = table.features(model.features)
        fit = fit_logit(found / scale_of(found), table.point, model.penalty)
        say(f"{model.name:20s} on what it was fitted to  crps {crps(fit.probability, table.outcome).mean():.3f}")


@dataclasses.dataclass(frozen=True)
class Pooled:
    """The chosen features, and deviations of some of them by group under a heavier penalty: partial pooling."""

    by: str
    heavier: float
    pooled: tuple[str, ...] = ("distance", "anyone", "reference", "reference to members", "proposer with member")
    name: str = "pooled"
    summary: str = ""
    fitted: bool = True

    def _features(self, table: CaseTable, rows: np.ndarray) -> np.ndarray:
        labels = np.array(groups_of(table.cases)[self.by])
        found, part = table.features(LEARNED.features), table.features(self.pooled)
        return np.concatenate([found, *(part * (labels == one)[:, None, None] for one in sorted(set(labels)))], axis=2)[
            rows
        ]

    def fit(self, table: CaseTable, rows: np.ndarray) -> dict[str, object]:
        found = self._features(table, rows)
        common = scale_of(table.features(LEARNED.features)[rows])
        part = scale_of(table.features(self.pooled)[rows]) * np.sqrt(self.heavier)
        scale = np.concatenate([common, np.tile(part, (found.shape[2] - len(common)) // len(part))])
        fit = fit_logit(found / scale, table.point[rows], LEARNED.penalty)
        return {"scale": scale, "weights": fit.weights, "covariance": np.linalg.inv(fit.curvature)}

    def predict(self, table: CaseTable, rows: np.ndarray, parameters: dict[str, np.ndarray]) -> Prediction:
        found = self._features(table, rows) / parameters["scale"]
        return Prediction.of(average_logit(found, parameters["weights"], parameters["covariance"]))


def pooling(table: CaseTable) -> None:
    for by in ("rule", "procedure", "formation"):
        for heavier in (1.0, 3.0, 10.0):
            run(table, Pooled(by, heavier), f"pooled by {by}, {heavier:g} times the penalty", repeats=2)


PARTS: dict[str, Callable[[CaseTable], None]] = {
    "board": board,
    "subgroups": subgroups,
    "penalties": penalties,
    "one-more": one_more,
    "one-less": one_less,
    "tried": tried,
    "whole": whole,
    "stacks": stacks,
    "size": size,
    "pooling": pooling,
    "nested": nested,
}

if __name__ == "__main__":
    cases = CaseTable([case for case in read_cases(Path(sys.argv[1])) if case.scoreable])
    for part in sys.argv[2:] or PARTS:
        say(f"\n{part}")
        PARTS[part](cases)
