"""The command line as a whole: its commands, its exit status, its errors."""

from __future__ import annotations

import copy
import functools
import gc
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from foedus._version import __version__
from foedus.base.characters import printable
from foedus.base.errors import FoedusError, FoedusWarning
from foedus.cli import (
    actor,
    allocate,
    backtest,
    check,
    compare,
    demo,
    disagree,
    evaluate,
    evidence,
    forecast,
    forum,
    levers,
    measure,
    meeting,
    models,
    network,
    new,
    obligations,
    option,
    package,
    position,
    power,
    read,
    record,
    rename,
    replay,
    respond,
    rounds,
    scenarios,
    schema,
    score,
    sensitivity,
    serve,
    statements,
    study,
    tailor,
    timeline,
    tour,
    world,
)
from foedus.cli.groups import ByQuestion
from foedus.cli.pipes import (
    INTERRUPTED,
    InterruptedCommandError,
    check_arguments,
    leave_the_pipe,
    open_streams,
    until_the_reader_goes,
    what_was_kept,
)

_SELDOM = 100_000
"""Objects made before garbage is looked for: a command makes many that stay, and hardly any that go in circles."""

app = typer.Typer(
    name="foedus",
    cls=ByQuestion,
    help="How alliances decide, made executable: from documents to a forecast and back.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _command in (
    demo.demo,
    tour.tour,
    new.new,
    check.check,
    rename.rename,
    option.option,
    actor.actor,
    meeting.meeting,
    read.read,
    position.position,
    forecast.forecast,
    package.package,
    disagree.disagree,
    levers.levers,
    evidence.evidence,
    timeline.timeline,
    scenarios.scenarios,
    sensitivity.sensitivity,
    study.study,
    compare.compare,
    record.record,
    score.score,
    serve.serve,
    replay.replay,
    rounds.rounds,
    respond.respond,
    models.models,
    obligations.obligations,
    power.power,
    network.network,
    measure.measure,
    tailor.tailor,
    forum.forum,
    allocate.allocate,
    backtest.backtest,
    schema.schema,
):
    app.command(_command.__name__)(until_the_reader_goes(_command))
app.add_typer(statements.app, name="statements")
app.add_typer(world.app, name="world")
evaluate.app.command("coder")(until_the_reader_goes(evaluate.coder))
evaluate.app.callback()(lambda: None)
app.add_typer(evaluate.app, name="evaluate")


@app.callback(invoke_without_command=True)
def _foedus(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@functools.cache
def command(first: str = "") -> Any:
    """Return the command, put together once a process: with one of its parts, or with all where none is so called.

    Examples
    --------
    >>> list(command("levers").commands), len(command("--help").commands) > 30
    (['levers'], True)
    """
    parts = [part for part in app.registered_commands if part.name == first]
    groups = [part for part in app.registered_groups if part.name == first]
    if not parts and not groups:
        return get_command(app)
    short = copy.copy(app)  # putting all parts together takes longer than many a command
    short.registered_commands, short.registered_groups = parts, groups
    return get_command(short)


def _show_warning(message: Warning | str, category: type[Warning], *_where: Any) -> None:
    """Say what a user should know; what libraries warn developers of is none of it."""
    if issubclass(category, FoedusWarning):
        _say(f"note: {message}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit status.

    Parameters
    ----------
    arguments
        What follows ``foedus`` on the command line; by default the process's own.

    Notes
    -----
    Exit status: 0 done, 1 the answer is no (with ``--exit-code``), 2 bad input, or a file or stream that cannot be read
    or written, 3 internal error, 130 interrupted. Set ``FOEDUS_DEBUG=1`` to see the traceback of an internal error.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    # Matrices here are small: several threads for one of them only wait for each other. Read when NumPy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_SELDOM)
    warnings.showwarning = _show_warning  # type: ignore[assignment]
    warnings.simplefilter("once", FoedusWarning)
    try:
        open_streams(words)
        check_arguments(words)
        status = command(words[0] if words else "")(args=words, prog_name="foedus", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        if hasattr(error, "show"):
            error.show()
        else:
            _say(str(error))
        sys.exit(error.exit_code)
    except InterruptedCommandError as error:
        _say(str(error))
        sys.exit(INTERRUPTED)
    except FoedusError as error:
        _say(str(error))
        sys.exit(2)
    except BrokenPipeError:
        leave_the_pipe()
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort) as stop:
        _say(what_was_kept(stop))
        sys.exit(INTERRUPTED)
    except OSError as error:
        _debug()
        _say(_of_the_system(error))
        leave_the_pipe()
        sys.exit(2)
    except MemoryError:
        _debug()
        _say("there is not enough memory for this; fewer draws take less (--draws)")
        sys.exit(2)
    except Exception as error:
        _debug()
        _say(f"internal error, please report it: {type(error).__name__}: {error} (FOEDUS_DEBUG=1 shows where)")
        sys.exit(3)
    if status == INTERRUPTED:
        _say(what_was_kept(KeyboardInterrupt()))
    sys.exit(status)


def _debug() -> None:
    """Let the error that is being handled through, for whoever wants to see where it arose."""
    if os.environ.get("FOEDUS_DEBUG"):
        raise  # noqa: PLE0704 - called from an except clause alone


def _of_the_system(error: OSError) -> str:
    """Return what the operating system refused, in words."""
    why = error.strerror or str(error)
    if error.filename is None:
        return f"standard output cannot be written: {why}; what the command wrote to files is kept"
    name = os.fsencode(error.filename).decode("utf-8", "backslashreplace")
    return f"{name}: cannot be read or written: {why}"


def _say(message: str) -> None:
    sys.stderr.write(f"foedus: {printable(message)}\n")
