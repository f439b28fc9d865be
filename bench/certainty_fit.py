"""Fit the weights of the rule coder's certainty to the real texts, and write ``certainty.csv``.

Run it after any change of the rules: ``python bench/certainty_fit.py``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import foedus
from foedus.evidence import coder
from foedus.evidence.calibration import fitted_weights
from foedus.evidence.real_texts import evaluate_real_texts


def main() -> None:
    """Write the weights."""
    scores = evaluate_real_texts(foedus.read_dossier("tokyo-office").world)
    held = {one.id for one in scores.texts if one.half == "held-out"}
    weights = fitted_weights(scores.judged, lambda one: one.text in held)
    path = Path(coder.__file__).parent / "certainty.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["ground", "weight"])
        rows.writerows([name, f"{value:.3f}"] for name, value in weights.items())


if __name__ == "__main__":
    main()
