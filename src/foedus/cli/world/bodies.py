"""``foedus world bodies``: every body whose rules are known, with its name and its usual rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.options import OnDay
from foedus.cli.world.runner import Page, Table, about_the_world, columns, the_day

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.institutions import Body
    from foedus.world import World
else:
    World = object  # signatures are read when the program starts; the world is loaded when a command runs


@about_the_world
def bodies(
    world: World,
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="Those that have it in their names, such as nuclear.")
    ] = None,
    on: OnDay = None,
) -> Page:
    """List the bodies whose rules are known, with their names, seats and usual rule on a day."""
    from foedus.institutions import packaged_institutions

    day = the_day(on)
    known = packaged_institutions().bodies
    asked = [body for _, body in sorted(known.items()) if word is None or _has(body, word)]
    listed = [_row(world, body, day) for body in asked]
    title = f"Bodies on {day}: {len(listed)} of {len(known)}"
    told = "'foedus power ID' tells of one, 'foedus new DIR --body ID' begins a case"
    shown = columns("id name seats rule", **{key: _cell(key) for key in ("id", "name", "seats", "rule")})
    return Page({"on": day, "bodies": listed}, [Table(title, shown, listed, ("seats",)), told], day)


def _cell(key: str) -> Any:
    return lambda row: row[key]


def _has(body: Body, word: str) -> bool:
    return any(word.casefold() in name.casefold() for name in (body.id, body.name, *body.aliases))


def _row(world: World, body: Body, day: Day) -> dict[str, object]:
    """Return what stands in a row; without seats or a rule where none is known for the day."""
    from foedus.base.errors import FoedusError

    row: dict[str, object] = {"id": body.id, "name": body.name_on(day), "seats": None, "rule": None}
    try:
        row["rule"] = body.rule(day).words()
        row["seats"] = len(body.seats(world, day)) or None
    except FoedusError:
        return row
    return row
