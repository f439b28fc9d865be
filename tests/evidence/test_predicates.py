"""The table of predicates: its kinds are known, and its examples say what they should."""

from __future__ import annotations

import csv
import dataclasses
from importlib.resources import files
from types import SimpleNamespace

import pytest

import foedus.evidence.coder
from foedus.evidence.coder import code
from foedus.evidence.coder.predicates import KINDS, PARTS
from foedus.evidence.readers import document_of
from foedus.evidence.records import SIGNALS
from foedus.world import packaged_world

with files(foedus.evidence.coder).joinpath("predicates.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
SIGNS = {"support": 1, "oppose": -1, "block": -1, "good": 1, "bad": -1}
OFFICE = SimpleNamespace(
    id="office", text="NATO should open a liaison office in Tokyo", cues="liaison office; office in Tokyo"
)


def test_the_table_is_sound() -> None:
    assert len(ROWS) > 3_800
    assert len({(row["words"], row["part"], row["kind"]) for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["kind"] in KINDS
        assert row["part"] in PARTS
        assert row["negated"] in ("", "only", "none")
        assert row["signal"] in ("", *SIGNALS)


@pytest.mark.parametrize("kind", SIGNS)
def test_the_examples_take_their_side(kind: str) -> None:
    examples = [row["example"] for row in ROWS if row["kind"] == kind and row["example"]][::2]
    assert examples
    for text in examples:
        document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en")
        found = [(one.actor, one.stance) for one in code(document, packaged_world(), [OFFICE])]
        assert found == [("NOR", SIGNS[kind])], text
