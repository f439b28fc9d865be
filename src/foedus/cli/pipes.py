"""Standard input, output and errors as they come: closed, full, in an old code page, or read by nobody any more."""

from __future__ import annotations

import codecs
import contextlib
import functools
import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import ParamSpec

import typer

from foedus.base.errors import FoedusError

Arguments = ParamSpec("Arguments")

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

_PLAIN = {
    **dict.fromkeys("█▉▊▋▌▍▎▏", "#"), **dict.fromkeys("├└┌┐┘┤┬┴┼", "+"), **dict.fromkeys("━─–—−", "-"),
    **dict.fromkeys("‘’", "'"), **dict.fromkeys("“”", '"'), "░": ".", "▒": ":", "▓": "#", "│": "|", "…": "...",
    "→": "->", "←": "<-", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "×": "x", "·": ".", "•": "*", "ł": "l", "Ł": "L",
    "ø": "o", "Ø": "O", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "þ": "th", "ð": "d",
    "κ": "kappa", "τ": "tau", "€": "EUR",
}  # fmt: skip


class InterruptedCommandError(FoedusError):
    """Raised where Ctrl-C ended a command; its words say what was kept."""


def until_the_reader_goes(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Return the command, ending quietly when nobody reads on; Typer by itself would call that a failure.

    Ctrl-C becomes an error that says what was kept: the notes of the interrupt, as the command wrote them.
    """

    @functools.wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            leave_the_pipe()
            raise typer.Exit from None
        except KeyboardInterrupt as stop:
            raise InterruptedCommandError(what_was_kept(stop)) from None

    return run


def what_was_kept(stop: BaseException) -> str:
    """Return what is said after Ctrl-C: the interrupt's notes, or that no file is half-written.

    Examples
    --------
    >>> stop = KeyboardInterrupt()
    >>> stop.add_note("3 of 10 documents are kept")
    >>> what_was_kept(stop)
    'interrupted; 3 of 10 documents are kept'
    """
    notes = getattr(stop, "__notes__", ())
    return "interrupted; " + ("; ".join(notes) or "no file is half-written, and what was finished before is kept")


def leave_the_pipe() -> None:
    """Point standard output nowhere, so that Python does not try the pipe again at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def open_streams(arguments: Sequence[str]) -> None:
    """Make standard input, output and errors usable for a command.

    Where input or errors are closed, nothing takes their place: files that are opened later would otherwise get their
    numbers, and an error message would end up in somebody's table. Characters that the encoding of the output does not
    have are written in plain letters; in JSON as its own escapes, so that nothing is lost.

    Parameters
    ----------
    arguments
        The command's.

    Raises
    ------
    FoedusError
        When standard output is closed: nobody would see an answer.
    """
    closed = sys.stdout is None
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open
    if closed:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open
        raise FoedusError(f"standard output is closed; send it to a file or to {os.devnull}. Nothing was done")
    codecs.register_error("foedus-plain", _plainly)
    codecs.register_error("foedus-json", _as_escapes)
    handler = "foedus-json" if "--json" in arguments else "foedus-plain"
    for stream, errors in ((sys.stdout, handler), (sys.stderr, "foedus-plain")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)


def check_arguments(arguments: Sequence[str]) -> None:
    """Refuse words that are no text; a file's name may be any bytes, as it is on the disk.

    Raises
    ------
    FoedusError
        With the word.
    """
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not os.path.lexists(argument):
                shown = os.fsencode(argument).decode("utf-8", "backslashreplace")
                raise FoedusError(f"'{shown}': expected text in UTF-8") from None


def plain_letters(text: str) -> str:
    """Return text in letters that every encoding has, as near to what it was as they come.

    Examples
    --------
    >>> plain_letters("Łódź → Genève ≥ 70 %")
    'Lodz -> Geneve >= 70 %'
    """
    return "".join(_plain_letter(letter) for letter in text)


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _PLAIN:
        return _PLAIN[letter]
    if 0xDC80 <= ord(letter) <= 0xDCFF:  # a byte of a file's name that is no UTF-8
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


def _plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain_letters(error.object[error.start : error.end]), error.end


def _as_escapes(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2)), error.end
