"""The tables of words that the coder reads: a wrong cell is told with its file, row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.base.errors import InputError
from foedus.base.tables import read_table
from foedus.evidence.coder import certainty, lexicon, predicates


@pytest.mark.parametrize(
    ("home", "row", "good", "bad", "told"),
    [
        (
            certainty,
            certainty.GroundWeight,
            "start,",
            "begin,",
            r"certainty.csv, row 2, ground: 'begin', expected one of",
        ),
        (
            lexicon,
            lexicon.CueRow,
            "abhor,verb",
            "abhor,word",
            r"cues.csv, row 2, part: 'word', expected one of verb, noun",
        ),
        (
            predicates,
            predicates.PredicateRow,
            "a non-starter,adjective,bad",
            "a non-starter,adjective,",
            r"predicates.csv, row 3, kind: is blank; expected one of support",
        ),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, home: object, row: type, good: str, bad: str, told: str) -> None:
    table: Path = home._TABLE  # type: ignore[attr-defined]
    text = table.read_text("utf-8")
    damaged = tmp_path / table.name
    damaged.write_text(text.replace(good, bad, 1), "utf-8")
    assert bad in damaged.read_text("utf-8")
    with pytest.raises(InputError, match=told):
        read_table(damaged, row, name=table.name)
