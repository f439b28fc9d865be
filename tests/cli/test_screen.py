"""Reasons keep their indentation on a narrow terminal, and lose no word."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from foedus.cli.screen import tree

LINES = [
    "the Council decides by consensus",
    "  France objects: the office would go beyond its region",
    "    para 3: [sic] :smile:",
]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_reasons_wrap_under_their_own_beginning(width: int) -> None:
    out = io.StringIO()
    tree(Console(file=out, width=width, force_terminal=True, color_system=None, markup=False, emoji=False), LINES)
    shown = out.getvalue().splitlines()
    assert " ".join(out.getvalue().split()) == " ".join(" ".join(LINES).split())
    assert all(len(line.rstrip()) <= width for line in shown)
    starts = [next(one for one in shown if one.strip().startswith(line.split()[0])) for line in LINES]
    assert [len(one) - len(one.lstrip()) for one in starts] == [0, 2, 4]
    assert all(line.startswith(" ") for line in shown if line not in starts)


def test_piped_reasons_stay_on_their_lines() -> None:
    out = io.StringIO()
    tree(Console(file=out, width=20, markup=False, emoji=False), LINES)
    assert [line.rstrip() for line in out.getvalue().splitlines()] == LINES
