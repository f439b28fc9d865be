"""Every body whose rules are known, with its name, its seats and its usual rule."""

from __future__ import annotations

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.institutions import Body, packaged_institutions
from foedus.reports.numbers import count
from foedus.reports.world.page import Page, listing
from foedus.world import World


def bodies(world: World, word: str | None, day: Day) -> Page:
    """Return the bodies on a day, all or those with a word in their names."""
    known = packaged_institutions().bodies
    listed = [_row(world, body, day) for _, body in sorted(known.items()) if word is None or _has(body, word)]
    shown = {
        "id": lambda row: row["id"],
        "name": lambda row: row["name"],
        "seats": lambda row: None if row["seats"] is None else count(row["seats"]),
        "rule": lambda row: row["rule"],
    }
    title = f"Bodies on {day}: {len(listed)} of {len(known)}"
    below = "'foedus power ID' describes one; 'foedus new DIR --body ID' starts a case with it"
    return Page({"on": day, "bodies": listed}, [listing("bodies", title, shown, listed, below)], day)


def _has(body: Body, word: str) -> bool:
    return any(word.casefold() in name.casefold() for name in (body.id, body.name, *body.aliases))


def _row(world: World, body: Body, day: Day) -> dict[str, object]:
    """Return what stands in a row; without seats or a rule where none is known for the day."""
    row: dict[str, object] = {"id": body.id, "name": body.name_on(day), "seats": None, "rule": None}
    try:
        row["rule"] = body.rule(day).words()
        row["seats"] = len(body.seats(world, day)) or None
    except FoedusError:
        return row
    return row
