"""Fit the weights of the rule coder's certainty to texts that no rule was tuned on, and write ``certainty.csv``.

Run it after any change of the rules: ``python bench/certainty_fit.py``. Texts that may not be packaged count by the
table ``judged.csv``; whoever has such texts, laid out as the packaged ones are, writes it again with ``--texts DIR``.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

import foedus
from foedus.base.tables import read_cells
from foedus.evidence import judged
from foedus.evidence.calibration import fitted_weights, unseen
from foedus.evidence.coder import certainty
from foedus.evidence.real_texts import evaluate_real_texts
from foedus.world import World


def main() -> None:
    """Write the weights, and with ``--texts`` the table of judged statements before."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--texts", type=Path, metavar="DIR", help="texts that may not be packaged, coded by hand")
    folder = reader.parse_args().texts
    world = foedus.read_dossier("tokyo-office").world
    if folder is not None:
        _write(judged.TABLE, judged.JudgedRow.__dataclass_fields__, _judged(folder, world))
        judged.judged_elsewhere.cache_clear()
    weights = fitted_weights(unseen(evaluate_real_texts(world)))
    path = Path(certainty.__file__).with_name("certainty.csv")
    _write(path, ("ground", "weight"), ((name, f"{value + 0:.3f}") for name, value in weights.items()))


def _judged(folder: Path, world: World) -> Iterable[tuple[object, ...]]:
    """Yield the rows of ``judged.csv``."""
    columns = ("id", "address", "published", "genre", "note")
    sources = {one.record["id"]: one.record for one in read_cells(folder / "sources.csv", columns)}
    scores = evaluate_real_texts(world, folder=folder)
    claims = {(text.id, one.id): one.text for text in scores.texts for one in text.concepts}
    for one in scores.judged:
        source, (actor, concept, stance) = sources[one.text], one.coding
        grounds = [f"{value:.3f}".rstrip("0").rstrip(".") for name, value in one.grounds.items() if name != "start"]
        day = "shown" if source["note"] == "day shown" else "inferred"
        told = (source["address"], source["published"], day, source["genre"], claims[one.text, concept])
        yield (*told, actor, stance, "yes" if one.right else "no", *grounds)


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


if __name__ == "__main__":
    main()
