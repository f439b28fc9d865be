"""Near-duplicates among many generated documents: time, memory, and what is found. Run by hand.

    python bench/duplicates_study.py 100000

Every tenth document is a copy of an earlier one with about one word in fifty changed. All pairs are never compared.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from foedus.evidence.duplicates import LEAST, link_rows, signature

WORDS = 400
COPIED, CHANGED = 0.1, 0.02
VOCABULARY = 20_000


def study(count: int, seed: int = 1) -> None:
    rng = np.random.default_rng(seed)
    vocabulary = np.array([f"w{number:x}" for number in range(VOCABULARY)])
    share = 1 / np.arange(1, VOCABULARY + 1)
    codes = np.empty((count, WORDS), dtype=np.int32)
    of = np.full(count, -1)
    for row in range(count):
        if row and rng.random() < COPIED:
            of[row] = rng.integers(row)
            codes[row] = codes[of[row]]
            changed = rng.random(WORDS) < CHANGED
            codes[row, changed] = rng.integers(VOCABULARY, size=int(changed.sum()))
        else:
            codes[row] = rng.choice(VOCABULARY, size=WORDS, p=share / share.sum())
    started = time.perf_counter()
    signatures = np.stack([signature(" ".join(vocabulary[row])) for row in codes])
    signed = time.perf_counter()
    links = link_rows(signatures, [None] * count)
    done = time.perf_counter()
    root = list(range(count))
    for row in range(count):
        root[row] = root[of[row]] if of[row] >= 0 else row
    right = sum(root[row] == root[original] for row, original, _ in links)
    copies = int((of >= 0).sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    sys.stdout.write(
        f"{count:,} documents of {WORDS} words, {copies:,} of them copies; least similarity {LEAST}\n"
        f"signatures {signed - started:.1f} s, linking {done - signed:.1f} s, peak memory {peak:,.0f} MB\n"
        f"linked {len(links):,}, of these right {right:,}: recall {right / copies:.4f}, "
        f"precision {right / max(len(links), 1):.4f}\n"
    )


if __name__ == "__main__":
    study(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
