"""``foedus tour``: each mechanism of the system, the command that answers it, its live answer."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering


@answering()
def tour(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="[STOP]...", help="Such as 11 or F3; by default every one.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="LETTER", help="One group, A to G; by default all.")
    ] = None,
) -> Reply:
    """Walk through what the articles assert: the part of the system, the command, the live answer."""
    from foedus.cli.tour.stops import answered, groups, printed, stops

    chosen = [
        stop
        for stop in stops()
        if (not numbers or stop.id in {number.upper() for number in numbers})
        and (group is None or stop.group == group.upper())
    ]
    _refuse_unknown(numbers or [], group)

    def answer() -> dict[str, object]:
        return {
            "stops": [
                {
                    "id": stop.id,
                    "group": stop.group,
                    "says": stop.says,
                    "source": stop.source,
                    "part": stop.part,
                    "command": stop.command or None,
                    "beside": stop.beside or None,
                    "answer": None if stop.gap else answered(stop, printed).text,
                    "gap": stop.gap or None,
                }
                for stop in chosen
            ]
        }

    def show() -> None:
        titles, seen = groups(), ""
        for stop in chosen:
            if stop.group != seen:
                seen = stop.group
                typer.echo(f"{seen}. {titles[seen]}\n")
            typer.echo(f"{stop.id:>4}  {stop.says}  [{stop.source}]")
            typer.echo(f"      {stop.part}")
            for command in filter(None, (stop.command, stop.beside)):
                typer.echo(f"      $ {command}")
            told = answered(stop, printed).text
            gap = "not answered: " if stop.gap and not told.startswith("not answered") else ""
            typer.echo(f"      {gap}{told}\n")

    return Reply(answer, show)


def _refuse_unknown(numbers: list[str], group: str | None) -> None:
    from foedus.base.errors import FoedusError
    from foedus.cli.tour.stops import groups, stops

    known = {stop.id for stop in stops()}
    for number in numbers:
        if number.upper() not in known:
            raise FoedusError(f"no stop {number!r}; they are numbered 1 to 56, F1 to F11 for the traps, and G1 to G8")
    if group is not None and group.upper() not in groups():
        raise FoedusError(f"--group: no group {group!r}; there are {', '.join(groups())}")
