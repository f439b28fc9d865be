"""The command as somebody runs it, in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedus.cli import main

Run = Callable[..., tuple[int, str, str]]


def command(*first: str) -> Run:
    """Return what runs ``foedus`` with some first words and more, and returns status, output and errors."""

    def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
        status = 0
        try:
            main([*first, *(str(word) for word in words)])
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run
