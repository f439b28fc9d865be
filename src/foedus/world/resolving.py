"""Asking who goes by a name, in the packaged world where no other is given."""

from __future__ import annotations

from foedus.base.days import Day
from foedus.world.days import as_day
from foedus.world.packaged import packaged_world
from foedus.world.resolver import Resolution
from foedus.world.world import World


def resolve(
    name: str, on: Day | str | None = None, world: World | None = None, *, last_known: bool = False
) -> Resolution:
    """Return who goes by a name on a day.

    Parameters
    ----------
    name
        An id, a name, an adjective, a capital, a person who holds an office, or an office as in "the French president".
        Letter case, accents, a leading "the" and titles do not matter.
    on
        The day on which the name is used, such as ``2023-07-10``; by default today's usage, or a past one where today
        has none.
    world
        The facts to look in; by default the packaged ones.
    last_known
        Whether the last holders of offices that are known count on after the last revision of the tables, until their
        terms run out, as when a text of that time is read. Without it nobody is known to hold an office then.

    Raises
    ------
    FoedusError
        When nobody goes by it on the day. The message tells who did on other days, or offers the nearest names.

    Examples
    --------
    >>> resolve("Marcon", on="2023-07-10").actor.name
    'France'
    """
    return (world or packaged_world()).resolve(name, None if on is None else as_day(on), last_known=last_known)
