"""A reader that goes away, as with ``foedus models | head -1``, is no failure."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

Arguments = ParamSpec("Arguments")


def until_the_reader_goes(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Return the command, ending quietly when nobody reads on; Typer by itself would call that a failure."""

    @functools.wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            leave_the_pipe()
            raise typer.Exit from None

    return run


def leave_the_pipe() -> None:
    """Point standard output nowhere, so that Python does not try the pipe again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
