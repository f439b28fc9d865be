"""Near-duplicates: estimates against the exact Jaccard index, links against all pairs."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.base.days import parse_day
from foedus.evidence.documents import Document
from foedus.evidence.duplicates import (
    BINS,
    LEAST,
    SHINGLE,
    link_rows,
    linked_pairs,
    repeats,
    signature,
    signature_of,
)
from foedus.evidence.readers import document_of

VOCABULARY = np.array([f"word{number}" for number in range(3_000)])


def some_words(rng: np.random.Generator, count: int = 600) -> np.ndarray:
    return rng.choice(VOCABULARY, count)


def changed(words: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    copy = words.copy()
    places = rng.random(copy.size) < share
    copy[places] = rng.choice(VOCABULARY, int(places.sum()))
    return copy


def jaccard(left: np.ndarray, right: np.ndarray) -> float:
    one, two = ({tuple(words[at : at + SHINGLE]) for at in range(words.size - SHINGLE + 1)} for words in (left, right))
    return len(one & two) / len(one | two)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05, 0.1, 0.3])
def test_the_estimate_is_the_jaccard_index(share: float) -> None:
    rng = np.random.default_rng(7)
    errors = []
    for _ in range(30):
        left = some_words(rng)
        right = changed(left, share, rng)
        estimate = (signature(" ".join(left)) == signature(" ".join(right))).mean()
        errors.append(estimate - jaccard(left, right))
    # the standard error of one estimate is at most sqrt(1/4 / BINS) = .044, that of a mean of thirty .008
    assert abs(np.mean(errors)) < 4 * 0.5 / np.sqrt(BINS * 30)


def test_bands_find_what_comparing_all_pairs_finds() -> None:
    rng = np.random.default_rng(3)
    texts = []
    for _ in range(40):
        words = some_words(rng, 300)
        texts += [words, changed(words, 0.03, rng)]
    signatures = np.stack([signature(" ".join(words)) for words in texts])
    every = {
        (low, high)
        for low in range(80)
        for high in range(low + 1, 80)
        if (signatures[low] == signatures[high]).mean() >= LEAST
    }
    assert {(low, high) for low, high, _ in linked_pairs(signatures)} == every
    assert len(every) == 40


def test_a_hundred_thousand_documents_are_linked_without_comparing_all_pairs() -> None:
    rng = np.random.default_rng(5)
    signatures = rng.integers(0, 2**63, (100_000, BINS)).astype(np.uint64)
    signatures[60_000:61_000] = signatures[:1_000]
    links = link_rows(signatures, [None] * 100_000)
    assert links == [(60_000 + row, row, 1.0) for row in range(1_000)]


def test_a_text_copied_many_times_has_one_original() -> None:
    rng = np.random.default_rng(5)
    signatures = np.tile(signature(" ".join(some_words(rng))), (500, 1))
    assert [original for _, original, _ in link_rows(signatures, [None] * 500)] == [0] * 499


def read(name: str, text: str) -> Document:
    return document_of(name, text.encode())


def test_the_earliest_is_the_original_and_furniture_does_not_matter() -> None:
    body = " ".join(some_words(np.random.default_rng(1), 200))
    copy = read("copy.txt", f"{body}\nLeave a Reply\n3 + 4 =")
    first = read("first.txt", f"2 May 2020\n{body}")
    other = read("other.txt", " ".join(some_words(np.random.default_rng(2), 200)))
    signatures = np.stack([signature_of(one) for one in (copy, first, other)])
    [(repeated, original, similarity)] = link_rows(signatures, [None, first.published, None])
    assert (repeated, original) == (0, 1)
    assert similarity > 0.9
    [(_, original, _)] = link_rows(signatures, [parse_day("2020-05-01"), first.published, None])
    assert original == 0


def test_short_and_empty_texts() -> None:
    assert signature("").shape == signature("one word").shape == (BINS,)


def test_a_long_text_with_a_word_changed_repeats_and_a_short_note_does_not() -> None:
    long = " ".join(f"word{number}" for number in range(200))
    assert repeats(long, long.replace("word100", "other")) == pytest.approx(191 / 201)
    assert repeats(long, "nothing of the kind " * 20) == 0
    assert repeats("Poland wants the office.", "Poland wants the office!") == 1
    assert repeats("Poland wants the office now.", "Estonia wants the office now.") == 0
