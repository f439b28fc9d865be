"""Charts of a choice of forum: what is gained or saved in each, and who sits where."""

from __future__ import annotations

from foedus.base.wording import percent
from foedus.partnership.forum_choice import ForumChoice
from foedus.reports.palette import PALETTE
from foedus.reports.vega import NARROW, Chart, Rows, Spec, name_axis, nominal, quantity, styled


def name_in(choice: ForumChoice, actor: str) -> str:
    """Return what an actor is called in the case."""
    return choice.case.dossier.world.name(actor)


def short_name(choice: ForumChoice, name: str) -> str:
    """Return a forum's short name: an actor's own name where the forum is one, else the word it stands under."""
    return name if name not in choice.case.dossier.world.actors else name_in(choice, name)


def forums_chart(choice: ForumChoice, width: int) -> Chart:
    """Bars of what the actor gains in each forum and of what a veto saves there, with ranges over its position."""
    rows: Rows = [
        {"forum": forum.name, "what": what, "value": spread.mean, "low": spread.q10, "high": spread.q90}
        for forum in choice.forums
        if forum.inside
        for what, spread in (("gain by acting", forum.gain), ("saved by a veto", forum.prevents))
        if spread is not None and (what != "saved by a veto" or forum.rank_to_stop is not None)
    ]
    order = list(dict.fromkeys(row["forum"] for row in rows))
    kinds = ["gain by acting", "saved by a veto"]
    where: Spec = nominal("forum", sort=order, title=None, axis={"labelLimit": 200 if width >= NARROW else 110})
    offset = nominal("what", sort=kinds)
    layers = [
        {
            "mark": {"type": "bar", "height": {"band": 0.9}},
            "encoding": {
                "x": quantity("value", title="share of the scale's length", axis={"format": "%"}),
                "y": where,
                "yOffset": offset,
                "color": nominal(
                    "what",
                    scale={"domain": kinds, "range": [PALETTE["accept"], PALETTE["object"]]},
                    legend={"orient": "top", "title": None},
                ),
            },
        },
        {
            "mark": {"type": "rule", "color": PALETTE["ink"]},
            "encoding": {"x": quantity("low"), "x2": {"field": "high"}, "y": where, "yOffset": offset},
        },
    ]
    words = "; ".join(
        f"{row['forum']}, {row['what']} {percent(row['value']) if row['value'] >= 0 else '-' + percent(-row['value'])}"
        for row in rows
    )
    return Chart(
        styled({"data": {"name": "forums"}, "layer": layers}, width, 56 * max(len(order), 1)),
        {"forums": rows},
        f"What {name_in(choice, choice.actor)} gains or saves in each forum where it sits",
        words or "it sits in none",
    )


def seats_chart(choice: ForumChoice, width: int) -> Chart:
    """Dots for who sits in which forum, filled where it can block alone; those in most forums first."""
    open_ = [forum for forum in choice.forums if forum.rule]
    seats: dict[str, int] = {}
    for forum in open_:
        for actor in {*forum.members, *forum.blocks_alone}:
            seats[actor] = seats.get(actor, 0) + 1
    shown = sorted(seats, key=lambda actor: (-seats[actor], name_in(choice, actor)))[:36]
    rows: Rows = [
        {
            "actor": name_in(choice, actor),
            "forum": short_name(choice, forum.forum),
            "what": _SEAT[actor in forum.members, actor in forum.blocks_alone],
        }
        for forum in open_
        for actor in shown
        if actor in forum.members or actor in forum.blocks_alone
    ]
    colours = dict(zip(dict.fromkeys(_SEAT.values()), ("object", "voice", "reluctant"), strict=True))
    kinds = [kind for kind in colours if any(row["what"] == kind for row in rows)]
    spec: Spec = {
        "data": {"name": "seats"},
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {
            "x": nominal("forum", sort=[short_name(choice, forum.forum) for forum in open_], title=None,
                         axis={"orient": "top", "labelAngle": -30, "grid": True,
                               "labelLimit": 150 if width >= NARROW else 90}),
            "y": nominal("actor", sort=[name_in(choice, actor) for actor in shown], title=None,
                         axis={**name_axis(width), "grid": True}),
            "color": nominal(
                "what",
                scale={"domain": kinds, "range": [PALETTE[colours[kind]] for kind in kinds]},
                legend={"orient": "bottom", "title": None, "labelLimit": 0, "columns": 1 if width < NARROW else 3},
            ),
        },
    }  # fmt: skip
    several = sum(number > 1 for number in seats.values())
    return Chart(
        styled(spec, width, 17 * max(len(shown), 1)),
        {"seats": rows},
        f"Who sits in which of these forums on {choice.on}",
        f"{len(seats)} actors, of whom {several} have a say in several; the {len(shown)} with most are shown",
    )


_SEAT = {
    (True, True): "has a seat and blocks alone",
    (True, False): "has a seat",
    (False, True): "no seat, but its consent is asked",
}
