"""The layout of every answer is the one on file: a heading, a column or a section that moves is noticed."""

from __future__ import annotations

import pytest
from tests.reports.golden import ANSWERS, FOLDER, written


@pytest.mark.parametrize("name", ANSWERS)
def test_the_layout_is_the_one_on_file(name: str) -> None:
    assert written(name) == (FOLDER / f"{name}.txt").read_text("utf-8"), (
        "the layout has changed; if that is meant, write it anew: python -m tests.reports.golden"
    )


def test_no_file_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(ANSWERS)
