"""``foedus world treaties``: who is bound by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, remark, row_of, since, tell, the_day

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World


def treaties(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A treaty, such as anzus, or an actor; by default all.")
    ] = None,
    on: OnDay = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List the treaties in force on a day, those of one actor, or one treaty with its parties and clauses."""
    from foedus.base.errors import FoedusError

    day, world = the_day(on), open_world(folder)
    if name is None:
        found = [
            t for t in world.treaties.values() if t.in_force and t.in_force <= day and not (t.end and t.end <= day)
        ]
        parties = {t.id: [p.actor for p in world.parties(t.id, day)] for t in found}
        tell(
            {"on": day, "treaties": [{**row_of(t), "parties": parties[t.id]} for t in found]},
            json,
            f"Treaties in force on {day}: {len(found)}",
            ["id", "title", "in force", "parties", "note"],
            [
                [
                    t.id,
                    t.title,
                    str(t.in_force),
                    (" ".join(parties[t.id][:8]) + _more(parties[t.id])) or "not coded",
                    remark(t),
                ]
                for t in found
            ],
            on=day,
        )
        return
    try:
        treaty = world.treaty(name).id
    except FoedusError as no_treaty:
        try:
            actor = world.find(name)
        except FoedusError as no_actor:
            raise FoedusError(f"{no_treaty}; and {no_actor}") from None
        _of_actor(world, actor, day, json)
        return
    _one(world, treaty, day, json)


def _more(parties: list[str]) -> str:
    return f" and {len(parties) - 8} more" if len(parties) > 8 else ""


def _of_actor(world: World, actor: str, day: Day, json: bool) -> None:
    bound = world.treaties_of(actor, day)
    tell(
        {
            "actor": actor,
            "on": day,
            "treaties": [{**row_of(row), "title": world.treaties[row.treaty].title} for row in bound],
        },
        json,
        f"{world.name(actor)} on {day}: party to {len(bound)} of the treaties known here",
        ["treaty", "title", "since", "note"],
        [[row.treaty, world.treaties[row.treaty].title, since(row), remark(row)] for row in bound],
        on=day,
    )


def _one(world: World, treaty: str, day: Day, json: bool) -> None:
    from foedus.cli.tables import console, show

    found, parties = world.treaties[treaty], world.parties(treaty, day)
    clauses = [clause for clause in world.treaty_articles if clause.treaty == treaty]
    suspensions = [row for row in world.suspensions if row.treaty == treaty and day in row.interval]
    answer: dict[str, object] = {
        "on": day,
        "treaty": row_of(found),
        "parties": [row_of(party) for party in parties],
        "suspensions": [row_of(row) for row in suspensions],
        "clauses": [row_of(clause) for clause in clauses],
    }
    tell(
        answer,
        json,
        f"{found.title}, in force since {found.in_force}: {len(parties) or 'not coded'} parties on {day}",
        ["party", "name", "since", "note"],
        [[party.actor, world.name(party.actor), since(party), remark(party)] for party in parties],
        on=day,
    )
    if json:
        return
    if suspensions:
        rows = [[row.actor, row.towards, since(row), remark(row)] for row in suspensions]
        show(console(), "\nObligations suspended", ["of", "towards", "since", "note"], rows)
    rows = [[c.article, c.obligation, c.summary, c.area, remark(c)] for c in clauses]
    show(console(), "\nClauses", ["article", "obligation (ATOP)", "in our words", "where", "note"], rows)
