"""Members whose own case a question is: whether they sit and decide on it, and on what that rests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.institutions.bodies import Body
    from foedus.world import World


def own_case(body: Body, world: World, on: Day, question: str) -> tuple[str, ...]:
    """Return of each member that a question names whether it has a seat on a day, and why where it has none.

    Parameters
    ----------
    body, world, on
        The body that decides, the facts, the day.
    question
        The question, in words.

    Examples
    --------
    >>> import datetime as dt
    >>> from foedus.institutions import packaged_institutions
    >>> from foedus.world import packaged_world
    >>> body = packaged_institutions().body("ecowas")
    >>> for told in own_case(body, packaged_world(), dt.date(2023, 8, 10), "Would ECOWAS intervene in Niger and Mali?"):
    ...     print(told.partition(" [")[0])
    Mali, which the question names, is suspended since 2021-05-30 and has no seat
    Niger, which the question names, has a seat on 2023-08-10 and decides too
    """
    seated = {row.actor for row in body.seats(world, on)}
    outside = {row.actor: row for row in body.seated_by.standing_outside(world, on) if row.actor not in seated}
    told = []
    for actor in sorted(seated | outside.keys(), key=world.name):
        name = world.name(actor)
        if not re.search(rf"\b{re.escape(name)}\b", question):
            continue
        if actor in seated:
            told.append(f"{name}, which the question names, has a seat on {on} and decides too")
            continue
        row = outside[actor]
        ground = f"{world.sources[row.source].title}, {row.locator}{'' if row.verified else ' (not verified)'}"
        told.append(f"{name}, which the question names, is {row.status} since {row.start} and has no seat [{ground}]")
    return tuple(told)
