"""``foedus world events``: summits, who came, what their texts say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, maybe_day, open_world, remark, row_of, tell

if TYPE_CHECKING:
    from foedus.world import World


def events(
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="The id of one event; by default all.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day (YYYY-MM-DD).")] = None,
    end: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this day, included.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="On this day only.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="One kind, such as summit.")] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List what happened, or tell of one event who came and what its texts say."""
    from foedus.base.errors import FoedusError

    world = open_world(folder)
    if event is not None:
        _one(world, event, json)
        return
    if on is not None and (start or end):
        raise FoedusError("--on is one day; leave out --from and --until")
    first, last = maybe_day(on or start, "--on" if on else "--from"), maybe_day(on or end, "--until")
    if first and last and last < first:
        raise FoedusError(f"--until: {last} lies before {first}")
    found = [one for one in world.events_between(first, last) if kind in {None, one.kind}]
    if kind and not found and kind not in {one.kind for one in world.events.values()}:
        kinds = ", ".join(sorted({one.kind for one in world.events.values()}))
        raise FoedusError(f"--kind: no kind of event {kind!r}; known are {kinds}")
    tell(
        {"from": first, "until": last, "kind": kind, "events": [row_of(one) for one in found]},
        json,
        f"Events: {len(found)}",
        ["day", "id", "kind", "name", "place", "note"],
        [[str(one.start), one.id, one.kind, one.name, one.place, remark(one)] for one in found],
        on=max(filter(None, (first, last)), default=None),
    )


def _one(world: World, event: str, json: bool) -> None:
    import difflib
    from datetime import timedelta

    from foedus.base.errors import FoedusError
    from foedus.cli.tables import console, show

    words = event.casefold().split()
    named = [
        e.id
        for e in world.events.values()
        if words and all(w in f"{e.id} {e.name} {e.start}".casefold() for w in words)
    ]
    if event not in world.events and len(named) == 1:
        event = named[0]
    if event not in world.events:
        near = named[:6] or difflib.get_close_matches(event, world.events, n=3, cutoff=0.4)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; 'foedus world events' lists them"
        raise FoedusError(f"no event {event!r}{hint}")
    found = world.events[event]
    came = [row for row in world.attendance if row.event == event]
    texts = [row for row in world.texts if row.event == event]
    tell(
        {
            "event": row_of(found),
            "attendance": [row_of(row) for row in came],
            "texts": [row_of(row) for row in texts],
        },
        json,
        f"{found.name}, {found.place}, {found.start} to {found.end - timedelta(days=1)}. {remark(found)}".rstrip(". ")
        + ". Who came, as far as it was coded:",
        ["actor", "level", "person", "note"],
        [[row.actor, row.level, row.person, remark(row)] for row in came],
    )
    if texts and not json:
        rows = [[row.document, row.feature, f"{row.value} {row.unit}", remark(row)] for row in texts]
        show(console(), "\nTexts", ["document", "feature", "found", "note"], rows)
