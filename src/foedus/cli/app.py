"""The command line as a whole: its commands, its exit status, its errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from foedus._version import __version__
from foedus.base.errors import FoedusError
from foedus.cli import check, demo, forecast, models, new, statements, world

app = typer.Typer(
    name="foedus",
    help="How alliances decide, made executable: from documents to a forecast and back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("new")(new.new)
app.command("check")(check.check)
app.command("statements")(statements.statements)
app.command("forecast")(forecast.forecast)
app.command("models")(models.models)
app.add_typer(world.app, name="world")


@app.callback(invoke_without_command=True)
def _foedus(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit status.

    Parameters
    ----------
    arguments
        What follows ``foedus`` on the command line; by default the process's own.

    Notes
    -----
    Exit status: 0 done, 1 the answer is no (with ``--exit-code``), 2 bad input, 3 internal error. Set
    ``FOEDUS_DEBUG=1`` to see the traceback of an internal error.
    """
    try:
        status = app(args=None if arguments is None else list(arguments), prog_name="foedus", standalone_mode=True)
    except FoedusError as error:
        _say(str(error))
        sys.exit(2)
    except BrokenPipeError:
        # The reader has gone, as with "| head": nothing is left to say, and Python must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _say("interrupted; nothing was half-written")
        sys.exit(3)
    except Exception as error:
        if os.environ.get("FOEDUS_DEBUG"):
            raise
        _say(f"internal error, please report it: {type(error).__name__}: {error} (FOEDUS_DEBUG=1 shows where)")
        sys.exit(3)
    sys.exit(status)


def _say(message: str) -> None:
    sys.stderr.write(f"foedus: {message}\n")
