"""Republications and near-duplicates: MinHash signatures in bands, so that not every pair is compared.

Signatures are one-permutation MinHash with densification by rotation (Broder 1997, doi:10.1109/SEQUEN.1997.666900;
Li, Owen and Zhang 2012; Shrivastava and Li 2014).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.evidence.documents import Document
from foedus.evidence.folding import fold_same_length

SHINGLE = 5
"""Words in a shingle."""

BINS = 128
"""Values in a signature."""

ROWS = 4
"""Values in a band: documents that agree in one whole band are compared."""

LEAST = 0.5
"""Least estimated Jaccard similarity of two documents' shingles at which they are linked."""

_WORD = re.compile(r"\w+")
_SHORT, _NEARLY_ALL = 40, 0.9
_EMPTY = np.uint64(np.iinfo(np.uint64).max)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def signature(text: str) -> NDArray[np.uint64]:
    """Return a text's MinHash signature.

    Parameters
    ----------
    text
        Any text; case, punctuation and spaces do not matter.

    Returns
    -------
    ndarray
        Shape (`BINS`,), unsigned 64-bit.

    Examples
    --------
    >>> bool((signature("One, two three four five six.") == signature("one two  three four five six")).all())
    True
    """
    hashes = _shingle_hashes(_WORD.findall(fold_same_length(text).casefold()))
    minima = np.full(BINS, _EMPTY, dtype=np.uint64)
    bins = (hashes >> np.uint64(64 - BINS.bit_length() + 1)).astype(np.intp)
    np.minimum.at(minima, bins, hashes << np.uint64(BINS.bit_length() - 1))
    filled = np.flatnonzero(minima != _EMPTY)
    if 0 < filled.size < BINS:
        empty = np.flatnonzero(minima == _EMPTY)
        after = np.searchsorted(filled, empty) % filled.size
        distance = (filled[after] - empty) % BINS
        with np.errstate(over="ignore"):
            minima[empty] = minima[filled[after]] + distance.astype(np.uint64) * _MULTIPLIER
    return minima


def signature_of(document: Document) -> NDArray[np.uint64]:
    """Return the signature of a document, page furniture left out; shape (`BINS`,)."""
    return signature(body_of(document))


def body_of(document: Document) -> str:
    """Return what is compared of a document: its text without page furniture, unless it has nothing else."""
    return "\n".join(document.text[passage.start : passage.end] for passage in document.body) or document.text


def resemblance(text: str, other: str) -> float:
    """Return the Jaccard similarity of two texts' runs of five words, exactly.

    Examples
    --------
    >>> resemblance("one two three four five six", "one two three four five seven")
    0.3333333333333333
    """
    first, two = (_shingle_hashes(_WORD.findall(fold_same_length(each).casefold())) for each in (text, other))
    shared = np.intersect1d(first, two, assume_unique=True).size
    return float(shared / (first.size + two.size - shared))


def repeats(text: str, other: str, least: float = LEAST) -> float:
    """Return how much a text resembles another that it repeats, or 0 where it does not.

    A note of a few words repeats another only where nearly every word is the same: who speaks makes the difference.

    Examples
    --------
    >>> repeats("Poland said that the office should open.", "Estonia said that the office should open.")
    0.0
    """
    share = resemblance(text, other)
    short = min(len(_WORD.findall(text)), len(_WORD.findall(other))) < _SHORT
    return share if share >= (_NEARLY_ALL if short else least) else 0.0


def _shingle_hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    """Return a hash for every run of `SHINGLE` words, the same on every machine."""
    codes = np.fromiter(
        (zlib.crc32(word.encode()) | zlib.adler32(word.encode()) << 32 for word in words),
        dtype=np.uint64,
        count=len(words),
    )
    length = min(SHINGLE, max(len(words), 1))
    if not len(words):
        return np.zeros(1, dtype=np.uint64)
    total = np.zeros(len(words) - length + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(length):
            total = _mix(total ^ codes[place : place + total.size] * _MULTIPLIER)
    return np.unique(total)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64-bit values (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def linked_pairs(signatures: NDArray[np.uint64], least: float = LEAST) -> list[tuple[int, int, float]]:
    """Return the pairs of rows whose estimated similarity reaches ``least``.

    Rows are sorted by each band's value; only neighbours with the same value are compared, each with the first
    of its run and with the one before it, so that a text that was copied a thousand times costs a thousand comparisons.

    Parameters
    ----------
    signatures
        Shape (documents, `BINS`).
    least
        Least share of equal values.

    Returns
    -------
    list
        Triples of two row numbers, the smaller first, and the similarity.
    """
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, BINS, ROWS):
        band = np.ascontiguousarray(signatures[:, start : start + ROWS])
        odd: NDArray[np.uint64] = np.arange(1, 2 * ROWS, 2, dtype=np.uint64)
        keys = _mix(np.multiply(band, odd, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        same = keys[order[1:]] == keys[order[:-1]]
        first = np.arange(order.size)
        first[1:][same] = 0
        first = np.maximum.accumulate(first)
        later = np.flatnonzero(same) + 1
        for left, right in ((order[later - 1], order[later]), (order[first[later]], order[later])):
            _compare(signatures, left, right, least, pairs)
    return [(left, right, similarity) for (left, right), similarity in sorted(pairs.items())]


def _compare(
    signatures: NDArray[np.uint64],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
    least: float,
    pairs: dict[tuple[int, int], float],
) -> None:
    if not left.size:
        return
    shares = np.concatenate(
        [
            (signatures[left[at : at + 65_536]] == signatures[right[at : at + 65_536]]).mean(axis=1)
            for at in range(0, left.size, 65_536)
        ]
    )
    for at in np.flatnonzero(shares >= least):
        low, high = sorted((int(left[at]), int(right[at])))
        if low != high:
            pairs[low, high] = float(shares[at])


def link_rows(
    signatures: NDArray[np.uint64], days: Sequence[Day | None], least: float = LEAST
) -> list[tuple[int, int, float]]:
    """Return row, row of the original and similarity for every row that repeats another."""
    parent = list(range(len(days)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for left, right, _ in linked_pairs(signatures, least):
        parent[max(root(left), root(right))] = min(root(left), root(right))
    groups: dict[int, list[int]] = {}
    for row in range(len(days)):
        groups.setdefault(root(row), []).append(row)
    links = []
    for rows in groups.values():
        original = min(rows, key=lambda row: (days[row] is None, days[row] or Day.max, row))
        for row in rows:
            if row != original:
                links.append((row, original, float((signatures[row] == signatures[original]).mean())))
    return sorted(links)
