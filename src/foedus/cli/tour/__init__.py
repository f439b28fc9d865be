"""``foedus tour``: each mechanism of the system, the command that answers it, its live answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reports.sections import Section


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
    from foedus.cli.tour.stops import groups, stops, walked

    chosen = [
        stop
        for stop in stops()
        if (not numbers or stop.id in {number.upper() for number in numbers})
        and (group is None or stop.group == group.upper())
    ]
    _refuse_unknown(numbers or [], group)

    def sections() -> Iterator[Section]:
        from foedus.cli.tour.told import group_section, stop_section

        titles, seen = groups(), ""
        for stop in walked(chosen):
            if stop.stop.group != seen:
                seen = stop.stop.group
                yield group_section(seen, titles[seen])
            yield stop_section(stop)

    return Reply(lambda: {"stops": list(walked(chosen))}, sections=sections)


def _refuse_unknown(numbers: list[str], group: str | None) -> None:
    from foedus.base.errors import FoedusError
    from foedus.cli.tour.stops import groups, stops

    known = {stop.id for stop in stops()}
    for number in numbers:
        if number.upper() not in known:
            raise FoedusError(f"no stop {number!r}; they are numbered 1 to 56, F1 to F11 for the traps, and G1 to G8")
    if group is not None and group.upper() not in groups():
        raise FoedusError(f"--group: no group {group!r}; there are {', '.join(groups())}")
