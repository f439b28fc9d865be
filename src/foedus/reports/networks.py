"""A network of who says what, as sections and charts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from foedus.base.days import Day
from foedus.networks.answer import NetworkAnswer
from foedus.reports.answers import Told
from foedus.reports.numbers import Number, count
from foedus.reports.palette import PALETTE
from foedus.reports.sections import ON_PAPER, STRONG, Block, Figure, Part, Section, muted, table, text
from foedus.reports.vega import NARROW, Chart, Rows, as_time, day_axis, moment, nominal, quantity, styled

_FEW = 20
_TIES = {
    "congruence": "agree with each other most",
    "conflict": "contradict each other most",
    "subtract": "agree with or contradict each other most",
    "ignore": "speak of the same claims most",
}
_SPEAKS = {
    "all": "speaks of what",
    "for": "supports what",
    "against": "opposes what",
    "subtract": "supports or opposes what",
}
_DIVIDED = {
    "none": "The weight of a tie is the number of pairs of statements that agree or contradict each other",
    "average": "The weight of a tie is the number of pairs of statements, over the mean number of statements of both",
    "jaccard": "The weight of a tie is the number of pairs of statements, over those and what only one of both says",
    "cosine": "The weight of a tie is the number of pairs of statements, over the product of the statements of both",
}

_SHARED = {
    "activity": "It is divided by the number of the actor's statements. ",
    "prominence": "It is divided by the number of statements on the claim. ",
}


def network_sections(answer: NetworkAnswer) -> tuple[Section | None, ...]:
    """Return who stands with whom, the camps first; None for what there is not."""
    return (_camps(answer), _ties(answer), _claims(answer), _spoken(), _through_time(answer))


def _camps(answer: NetworkAnswer) -> Section:
    split = answer.camps
    told = text(
        "{} statements of {} actors on {} claims, {} to {}.",
        count(answer.statements),
        count(len(answer.spoken.rows)),
        count(len(answer.spoken.columns)),
        str(answer.first),
        str(answer.last),
    )
    if len(split.groups) < 2:
        judgement = text("No two camps: no split in two is better than chance.", tone=STRONG)
    else:
        polarised = Number(split.modularity, "weight")
        judgement = text("Two camps: polarisation {} of at most 0.50.", polarised, tone=STRONG)
    named = [", ".join(answer.name(actor) for actor in group) for group in split.groups]
    rows = [[f"{k}", who] for k, who in enumerate(named, start=1)]
    if split.untied:
        rows.append(["no camp", ", ".join(answer.name(actor) for actor in split.untied)])
    blocks: list[Block] = [told, judgement, table(["camp", "who"], rows, widths=[1, 8])]
    if len(answer.communities.groups) > 2:
        listed = "; ".join(", ".join(answer.name(actor) for actor in group) for group in answer.communities.groups)
        blocks.append(
            text("Communities of any number ({} of modularity {}): {}.", count(len(answer.communities.groups)),
                 Number(answer.communities.modularity, "weight"), listed)
        )  # fmt: skip
    blocks.append(
        muted(
            "Members of a camp agree with each other more than they contradict each other. An actor in no "
            "camp agrees with nobody more than it contradicts them. Polarisation is the modularity of the "
            "best split: the share of agreement within the camps, less what chance would give."
        )
    )
    return Section("camps", f"Who stands with whom: {answer.source}", (*blocks, Figure("network")), 1)


def _ties(answer: NetworkAnswer) -> Section:
    network = answer.network
    ties = network.ties()
    rows: list[list[Part]] = [
        [answer.name(first), answer.name(other), Number(weight, "weight")] for first, other, weight in ties[:_FEW]
    ]
    if network.one_mode:
        who = "Actors" if answer.asked.of == "actors" else "Claims"
        title, headings = f"{who} that {_TIES[network.relation]}", ["one", "other", "tie"]
        note = f"{_DIVIDED[network.normalisation]}. "
    else:
        title, headings = f"Who {_SPEAKS[network.relation]}", ["actor", "claim", "statements"]
        note = "The number is statements for minus statements against. " if network.relation == "subtract" else ""
        note += _SHARED.get(network.normalisation, "")
    left = f"{note}{len(ties) - _FEW} weaker ties are left out here." if len(ties) > _FEW else note.strip()
    blocks = [table(headings, rows, numbers=[2])]
    return Section("ties", title, (*blocks, muted(left)) if left else tuple(blocks))


def _claims(answer: NetworkAnswer) -> Section | None:
    if len(answer.backbone) < 2:
        return None
    spoken = answer.spoken
    rows: list[list[Part]] = []
    for concept, loss in answer.backbone:
        values = spoken.matrix[:, spoken.columns.index(concept)]
        backers, opponents = int((values > 0).sum()), int((values < 0).sum())
        held = "backbone" if concept in answer.core else "redundant"
        rows.append([answer.name(concept), count(backers), count(opponents), Number(loss, "score"), held])
    note = muted(
        "Backers and opponents are actors whose statements are for, or against, on balance. Lost without it: how far "
        "the network without this claim and those below it lies from the whole (distance of spectra). The backbone is "
        "the few claims that hold most of the structure."
    )
    headings = ["claim", "backers", "opponents", "lost without it", "part"]
    return Section(
        "claims",
        "Claims that carry the structure",
        (table(headings, rows, numbers=[1, 2, 3], widths=[6, 2, 2, 3, 2]), note),
    )


def _spoken() -> Section:
    words = muted("Blue supports, red opposes; the number is statements for minus statements against.")
    return Section("spoken", "Who says what", (words, Figure("spoken")), media=ON_PAPER)


def _through_time(answer: NetworkAnswer) -> Section | None:
    if not answer.windows:
        return None
    rows: list[list[Part]] = [
        [
            str(window.start),
            count(window.statements),
            count(window.actors),
            Number(window.congruence, "weight"),
            Number(window.conflict, "weight"),
            Number(window.polarisation, "weight"),
        ]
        for window in answer.windows
    ]
    headings = ["from", "statements", "actors", "agreement", "conflict", "polarisation"]
    note = muted(f"Windows of {answer.asked.window} days; those without a statement are left out.")
    blocks = (table(headings, rows, numbers=[1, 2, 3, 4, 5]), note, Figure("windows"))
    return Section("windows", "Through time", blocks)


def told_network(answer: NetworkAnswer, as_of: Day | None, marking: str) -> Told:
    """Return a network as a page of its own, with its charts.

    Parameters
    ----------
    answer
        The network.
    as_of
        The day whose knowledge was used; by default that of the last statement.
    marking
        The highest of the statements.
    """
    title = f"Who stands with whom: {answer.source}"
    return Told(title, network_sections(answer), network_charts(answer), as_of or answer.last, marking)


def network_charts(answer: NetworkAnswer) -> Mapping[str, Callable[[int], Chart]]:
    """Return what draws the charts that the sections name, for a width in pixels."""
    charts: dict[str, Callable[[int], Chart]] = {
        "network": lambda width: network_chart(answer, width),
        "spoken": lambda width: spoken_chart(answer, width),
    }
    if answer.windows:
        charts["windows"] = lambda width: windows_chart(answer, width)
    return charts


def network_chart(answer: NetworkAnswer, width: int) -> Chart:
    """Draw actors near those whom they agree with: lines of agreement, and of conflict."""
    places = _places(answer)
    camp = {actor: f"camp {k}" for k, group in enumerate(answer.camps.groups, start=1) for actor in group}
    nodes: Rows = [
        {"x": x, "y": y, "who": answer.name(actor), "camp": camp.get(actor, "no camp")}
        for actor, (x, y) in places.items()
    ]
    room = 1.9 if width >= NARROW else 3.2
    lines: Rows = []
    for kind, network in (("contradict", answer.conflict), ("agree", answer.congruence)):
        ties = network.ties()
        strongest = max((weight for _, _, weight in ties), default=1.0)
        for first, other, weight in ties:
            (x, y), (x2, y2) = places[first], places[other]
            lines.append({"x": x, "y": y, "x2": x2, "y2": y2, "tie": kind, "strength": weight / strongest})
    bare: dict[str, Any] = {"axis": None, "scale": {"domain": [-room, room], "nice": False}}
    tall: dict[str, Any] = {"axis": None, "scale": {"zero": False, "padding": 14}}
    ties_layer = {
        "data": {"name": "ties"},
        "mark": {"type": "rule"},
        "encoding": {
            "x": quantity("x", **bare),
            "y": quantity("y", **tall),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "size": quantity("strength", scale={"domain": [0, 1], "range": [0.4, 4]}, legend=None),
            "opacity": quantity("strength", scale={"domain": [0, 1], "range": [0.15, 0.7]}, legend=None),
            "color": nominal(
                "tie",
                scale={"domain": ["agree", "contradict"], "range": [PALETTE["accept"], PALETTE["object"]]},
                legend={"orient": "top", "title": None},
            ),
        },
    }
    at: dict[str, Any] = {"x": quantity("x", **bare), "y": quantity("y", **tall)}
    shapes = {"domain": ["camp 1", "camp 2", "no camp"], "range": ["circle", "square", "diamond"]}
    dots = {
        "data": {"name": "actors"},
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 110, "color": PALETTE["ink"]},
        "encoding": {**at, "shape": nominal("camp", scale=shapes, legend={"orient": "top", "title": None})},
    }
    short = f"truncate(datum.who, {34 if width >= NARROW else 20})"
    labels: list[dict[str, Any]] = [
        {
            "data": {"name": "actors"},
            "transform": [{"filter": side}, {"calculate": short, "as": "label"}],
            "mark": {"type": "text", "align": align, "dx": dx, "fontSize": 11, "color": PALETTE["ink"]},
            "encoding": {**at, "text": {"field": "label"}},
        }
        for side, align, dx in (("datum.x < 0", "right", -10), ("datum.x >= 0", "left", 10))
    ]
    height = min(max(260, 22 * len(nodes)), 620)
    groups = "; ".join(", ".join(answer.name(actor) for actor in group) for group in answer.camps.groups)
    return Chart(
        styled({"layer": [ties_layer, dots, *labels]}, width, height),
        {"actors": nodes, "ties": lines},
        "Who agrees with whom, and who contradicts whom",
        f"Camps: {groups or 'none'}.",
    )


def _places(answer: NetworkAnswer) -> dict[str, tuple[float, float]]:
    """Return where actors are drawn: one camp on an arc to the left, the other to the right, the untied in between."""
    places: dict[str, tuple[float, float]] = {}
    ties = answer.congruence.ties()
    for side, group in zip((-1.0, 1.0), answer.camps.groups, strict=False):
        strength = {actor: sum(weight for *pair, weight in ties if actor in pair) for actor in group}
        ordered = sorted(group, key=lambda actor: (-strength[actor], actor))
        middle_out = ordered[1::2][::-1] + ordered[::2]  # the best tied in the middle of the arc
        step = math.pi * 0.8 / max(len(group) - 1, 1)
        for k, actor in enumerate(middle_out):
            angle = (k - (len(group) - 1) / 2) * step
            places[actor] = (side * math.cos(angle), math.sin(angle))
    alone = [row for row in answer.congruence.rows if row not in places]
    for k, row in enumerate(alone):
        places[row] = (0.0, -1.25 - 0.14 * k)
    return places


def spoken_chart(answer: NetworkAnswer, width: int) -> Chart:
    """Draw a grid of actors by claims, coloured by what each says on balance."""
    spoken = answer.spoken
    order = [actor for group in answer.camps.groups for actor in group]
    order += [row for row in spoken.rows if row not in order]
    rows: Rows = []
    for actor in order:
        for j, concept in enumerate(spoken.columns):
            value = spoken.matrix[spoken.rows.index(actor), j]
            if value or any(value for value in spoken.matrix[spoken.rows.index(actor)]):
                rows.append({"actor": answer.name(actor), "claim": answer.name(concept), "value": float(value)})
    rows = [row for row in rows if row["value"]]
    most = max((abs(row["value"]) for row in rows), default=1.0)
    small = width < NARROW
    shared = {
        "x": nominal(
            "claim",
            title=None,
            sort=[answer.name(column) for column in spoken.columns],
            axis={"orient": "top", "labelAngle": -40, "labelLimit": 0,
                  "labelExpr": f"truncate(datum.label, {22 if small else 40})"},
        ),
        "y": nominal("actor", title=None, sort=[answer.name(actor) for actor in order]),
    }  # fmt: skip
    figures = {"condition": {"test": f"abs(datum.value) > {most / 2}", "value": "#ffffff"}, "value": "#1b1f27"}
    colours = [PALETTE["object"], "#e9ecf0", PALETTE["accept"]]
    fill = quantity("value", scale={"domain": [-most, 0, most], "range": colours, "interpolate": "rgb"}, legend=None)
    layer = [
        {"mark": {"type": "rect"}, "encoding": {**shared, "color": fill}},
        {
            "mark": {"type": "text", "fontSize": 11},
            "encoding": {**shared, "text": {"field": "value"}, "color": figures},
        },
    ]
    words = "; ".join(f"{row['actor']} on {row['claim']}: {row['value']:+g}" for row in rows[:12])
    spec = styled({"data": {"name": "spoken"}, "layer": layer}, width, 20 * len(order) + (110 if not small else 80))
    return Chart(spec, {"spoken": rows}, "Who says what, on balance", words)


def windows_chart(answer: NetworkAnswer, width: int) -> Chart:
    """Draw polarisation through time."""
    days = [window.start for window in answer.windows]
    rows: Rows = [
        {"day": as_time(window.start), "polarisation": window.polarisation, "statements": window.statements}
        for window in answer.windows
    ]
    spec = {
        "data": {"name": "windows"},
        "mark": {"type": "line", "interpolate": "step-after", "point": True, "color": PALETTE["bar"]},
        "encoding": {
            "x": moment("day", title=None, axis=day_axis(days[0], days[-1], 3 if width < NARROW else 7)),
            "y": quantity("polarisation", title="polarisation", scale={"domain": [0, 0.5]}),
        },
    }
    words = "; ".join(f"{window.start}: {Number(window.polarisation, 'weight')}" for window in answer.windows)
    return Chart(styled(spec, width, 180), {"windows": rows}, "Polarisation through time", words)
