"""Draw facts for a second reader, and count what was found.

``python bench/sample.py [--rows 300] [--seed 15]`` draws over all rows of the packaged tables that name a source. It
prints each without source, place in it, mark and note, so that a second reader has not seen what the first one wrote.

``python bench/sample.py --count bench/sample-15.csv`` counts what was found in a draw: ``right``, ``imprecise``,
``wrong`` (and mended since) or ``not judged``, and how many of them a source was found for; of two passes where the
file has both. Programs made all passes. Rows that a second source was found for stand in ``checks.csv`` too, where
``foedus world audit`` counts them.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foedus.base.tables import columns_of, render_cell
from foedus.world.loading import FILES
from foedus.world.packaged import packaged_world
from foedus.world.records import Sourced

MEMORY = "general knowledge"
"""What a row was held against where no source was found."""

HIDDEN = {"source", "locator", "verified", "note"}


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def draw(rows: int, seed: int) -> Iterator[tuple[str, int, Any]]:
    """Yield the table, the place in it and the record of each row drawn, in the tables' order."""
    everything = [
        (file, number, row)
        for file, record in FILES.items()
        if issubclass(record, Sourced)
        for number, row in enumerate(rows_of(file))
    ]
    chosen = sorted(random.Random(seed).sample(range(len(everything)), rows))
    yield from (everything[place] for place in chosen)


def rows_of(file: str) -> list[Any]:
    """Return the records of a packaged table."""
    found = getattr(packaged_world(), file.removesuffix(".csv"))
    return list(found.values() if isinstance(found, dict) else found)


def shown(file: str, record: Any) -> str:
    """Return the cells of a row that a second reader may see."""
    cells = {one.name: render_cell(record, one) for one in columns_of(FILES[file]) if one.name not in HIDDEN}
    return "; ".join(f"{name}={value}" for name, value in cells.items() if value)


def tell(rows: list[dict[str, str]], found: str, against: str) -> None:
    """Print what one pass found, by table and in all, and what it held the rows against."""
    count = Counter((row["table"], row[found]) for row in rows)
    for table in dict.fromkeys(row["table"] for row in rows):
        parts = [f"{number} {what}" for (one, what), number in sorted(count.items()) if one == table]
        say(f"{table:22}{', '.join(parts)}")
    total = Counter(row[found] for row in rows)
    sourced = sum(row[against] not in {"", MEMORY} for row in rows)
    say(f"of {len(rows)} rows: " + ", ".join(f"{number} {what}" for what, number in total.most_common()))
    say(f"against a source: {sourced}; from {MEMORY} alone: {sum(row[against] == MEMORY for row in rows)}")


def main(argv: list[str] | None = None) -> int:
    """Print the draw or the count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--count", type=Path, metavar="FILE", help="count what was found in a draw")
    asked = parser.parse_args(argv)
    if asked.count is None:
        for file, number, record in draw(asked.rows, asked.seed):
            say(f"{file} {number + 2}: {shown(file, record)}")
        return 0
    with asked.count.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    tell(found, "found", "against")
    if "found_again" in found[0]:
        say("")
        say("the second pass, which had not seen the first")
        tell(found, "found_again", "against_again")
        both = sum(row["found"] == row["found_again"] == "wrong" for row in found)
        either = sum("wrong" in (row["found"], row["found_again"]) for row in found)
        say(f"wrong in both: {both}; in either: {either}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
