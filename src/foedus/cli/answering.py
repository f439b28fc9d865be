"""What all commands that answer share: ``--json``, ``--why``, ``--exit-code``, and the status they leave with."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from foedus.cli.options import AsJson, WithReasons

if typing.TYPE_CHECKING:
    from pathlib import Path

    from foedus.base.traces import Trace
    from foedus.reports.answers import Told
    from foedus.reports.sections import Section


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command found, and how people read it.

    Parameters
    ----------
    answer
        A frozen answer or a mapping, as `foedus.base.answers.as_json` takes it; or, where it costs much, what returns
        it.
    show
        Prints it for people; of a command with ``--why`` it takes whether reasons are wanted.
    sections
        In place of ``show``: gives the sections in which people read it.
    notes
        What people are to know beside it, such as a source that is new; on standard error.
    passes
        What ``--exit-code`` asks: whether the answer is yes; None where nothing was asked that passes or fails.
    reasons
        Gives the reasons that ``--why`` adds to the JSON document, where it does.
    failed
        Whether nothing could be done with the input, so that the command leaves with status 2 after telling why.
    reports, told
        Files to be written, and what gives the answer as a page of its own.
    by
        Who signs these files.
    writes
        In place of ``told``: writes the answer to one of these files.
    ledger, records
        To which the answer is to be added, and what adds it.
    """

    answer: Any
    show: Callable[..., None] | None = None
    passes: bool | None = True
    reasons: Callable[[], Trace] | None = None
    failed: bool = False
    sections: Callable[[], Iterable[Section | None]] | None = None
    reports: Sequence[Path] | None = None
    told: Callable[[], Told] | None = None
    by: str = ""
    writes: Callable[[Path], object] | None = None
    notes: Callable[[], Iterable[str]] | None = None
    ledger: Path | None = None
    records: Callable[[Path], object] | None = None

    def tell(self, *reasons: bool) -> None:
        """Print it for people, with its reasons where they are wanted."""
        for note in self.notes() if self.notes is not None else ():
            typer.echo(f"note: {note}", err=True)
        if self.show is not None:
            self.show(*reasons)
        if self.sections is not None:
            from foedus.cli.screen import console, tree
            from foedus.cli.sections import show_sections

            out = console()
            show_sections(out, self.sections())
            if any(reasons) and self.reasons is not None:
                tree(out, ["", *self.reasons().lines()])
        for path in self.reports or ():
            typer.echo(f"\nreport written to {path}")
        if self.ledger is not None:
            typer.echo(f"\nrecorded in {self.ledger}")

    def save(self) -> None:
        """Write the reports that are asked for, then the ledger."""
        for path in self.reports or ():
            if self.writes is not None:
                self.writes(path)
            elif self.told is not None:
                from foedus.reports.answers import save_told

                save_told(self.told(), path, by=self.by)
        if self.ledger is not None and self.records is not None:
            self.records(self.ledger)


def answering(
    *, why: bool = False, exit_code: str = "", needs: str = ""
) -> Callable[[Callable[..., Reply | None]], Callable[..., None]]:
    """Return a decorator that makes a command out of a function that returns what it has to tell, or None if nothing.

    A command that writes beside its answer, and so must know whether standard output is a JSON document, takes
    ``json`` itself; one that may refuse to give reasons takes ``why``.

    Parameters
    ----------
    why
        Whether the command has ``--why``.
    exit_code
        When the command leaves with status 1 under ``--exit-code``, for the help; without it there is no such option.
    needs
        The options that ask something which passes or fails, where ``--exit-code`` needs one of them.
    """

    def decorated(command: Callable[..., Reply | None]) -> Callable[..., None]:
        asked = inspect.signature(command).parameters.keys() & {"json", "why"}

        @functools.wraps(command)
        def run(*args: Any, **options: Any) -> None:
            given = {name: options.pop(name, False) for name in ("json", "why", "exit_code")}
            json, reasons, strict = given.values()
            told = command(*args, **options, **{name: given[name] for name in asked})
            if told is None:
                return
            told.save()
            if strict and told.passes is None:
                from foedus.base.errors import FoedusError

                raise FoedusError(f"--exit-code needs something to pass: {needs}")
            if json:
                from foedus.base.answers import as_json, recorded

                beside = {"why": told.reasons()} if reasons and told.reasons is not None else {}
                answer = told.answer() if callable(told.answer) else told.answer
                typer.echo(as_json({**recorded(answer), **beside}))
            else:
                told.tell(*([reasons] if why else []))
            if told.failed or (strict and not told.passes):
                raise typer.Exit(2 if told.failed else 1)

        own: dict[str, tuple[Any, Any]] = {}
        if exit_code:
            own["exit_code"] = (Annotated[bool, typer.Option("--exit-code", help=exit_code)], False)
        if why:
            own["why"] = (WithReasons, False)
        with_options(run, command, {**own, "json": (AsJson, False)}, without=tuple(asked))
        return run

    return decorated


def with_options(
    run: Callable[..., Any],
    command: Callable[..., Any],
    added: dict[str, tuple[Any, Any]],
    without: tuple[str, ...] = (),
) -> None:
    """Give a function the signature of a command, with options added at its end: each its type and its default."""
    hints = typing.get_type_hints(command, include_extras=True)
    given = [
        parameter.replace(annotation=hints[parameter.name])
        for parameter in inspect.signature(command).parameters.values()
        if parameter.name not in without
    ]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    given += [inspect.Parameter(name, kind, default=value, annotation=hint) for name, (hint, value) in added.items()]
    run.__signature__ = inspect.Signature(given)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in given}
