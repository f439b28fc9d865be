"""What a tailored programme says: areas and depths, what more bandwidth buys, which word tips an area."""

from __future__ import annotations

import functools
import textwrap

from foedus._version import __version__
from foedus.base.tables import columns_of
from foedus.base.wording import percent
from foedus.partnership.inputs import PROGRAMME, Wish
from foedus.partnership.programmes import Against, areas
from foedus.partnership.tailored import CRITERIA, DEPTHS, AreaFound, Tailored
from foedus.reports.answers import Told
from foedus.reports.numbers import Number, share
from foedus.reports.palette import PALETTE
from foedus.reports.sections import (
    CODE,
    PAGE,
    STRONG,
    WORD,
    Cell,
    Figure,
    Part,
    Section,
    cell,
    muted,
    table,
    text,
)
from foedus.reports.vega import NARROW, Chart, Rows, Spec, nominal, quantity, styled
from foedus.world import World

_SHOWN = 12
"""Flips that a terminal and a page show; the answer has them all."""


def programme_sections(programme: Tailored, world: World) -> tuple[Section | None, ...]:
    """Return what a tailored programme says, the judgement first."""
    if programme.to_fill_in:
        return (_to_fill_in(programme),)
    return (
        _judgement(programme, world),
        _areas(programme, world),
        _next(programme, world),
        _front(programme),
        _flips(programme, world),
        _against(programme, world),
        _grounds(programme, world),
    )


def _judgement(programme: Tailored, world: World) -> Section:
    blocks = []
    for partner in programme.partners:
        by = {
            status: [a.name for a in programme.found if (a.partner, a.status) == (partner, status)]
            for status in ("core", "open", "outside")
        }
        core = "; ".join(by["core"]) or "none"
        blocks += [
            text(f"{world.name(partner)}: core areas under any weights: {core}.", tone=STRONG),
            text(
                f"Open, depending on the weights: {'; '.join(by['open']) or 'none'}. Outside: "
                f"{'; '.join(by['outside']) or 'none'}."
            ),
        ]
    own = "; ".join(f"{world.name(partner)} {total:g}" for partner, total in programme.budgets.items())
    shared = "" if programme.shared is None else f"; together at most {programme.shared:g}"
    blocks.append(
        muted(f"Bandwidth (a step in one area takes one unit or more): {own}{shared}. As of {programme.as_of}.")
    )
    blocks.append(muted(f"Acceptable to the allies: {programme.acceptability}."))
    if programme.sensitivity:
        blocks.append(muted(f"What provokes: {programme.sensitivity}."))
    return Section("judgement", f"Which cooperation? {programme.dossier}", tuple(blocks), 1)


def _areas(programme: Tailored, world: World) -> Section:
    rows: list[list[Part | Cell]] = []
    for area in programme.found:
        rows.append([
            cell(world.name(area.partner), below=(area.status,)) if len(programme.partners) > 1 else area.status,
            cell(area.name, below=(_words(area),)),
            share(area.share),
            area.depth or "-",
            cell(area.deepest, below=(area.limit,) if area.limit else ()),
        ])  # fmt: skip
    note = muted(
        f"'In' is the share of {programme.draws} draws in which the best programme has the area; core above 95 "
        "%, outside below 5 %. 'Mostly' is the depth that it then has most often; 'at most' is how deep "
        "capacity, offer and the partner's own law let it go."
    )
    first = "partner" if len(programme.partners) > 1 else "status"
    headings = [first, "area", "in", "mostly", "at most"]
    return Section("areas", "Areas and depths", (Figure("grid"), table(headings, rows, numbers=[2]), note))


def _words(area: AreaFound) -> str:
    told = f"{area.partner_gain}; alliance {area.alliance_gain}; sensitive {area.sensitivity}"
    return f"{told} (in part assumed)" if area.assumed else told


def _next(programme: Tailored, world: World) -> Section | None:
    if not programme.bought:
        return None
    rows: list[list[Part | Cell]] = [
        [world.name(bought.partner), areas()[bought.area].name, bought.depth, share(bought.before), share(bought.after)]
        for bought in programme.bought
    ]
    note = muted("Shares of draws in which the area reaches that depth, now and with one unit more.")
    headings = ["partner", "area", "depth", "now", "with one more"]
    return Section("next", "What one more unit of bandwidth buys", (table(headings, rows, numbers=[3, 4]), note))


def _front(programme: Tailored) -> Section | None:
    """Return what one partner's programme is worth at other bandwidth, and with less exposure."""
    if len(programme.partners) != 1 or not programme.front:
        return None
    whole = programme.budgets[programme.partners[0]]
    rows: list[list[Part | Cell]] = []
    for end in ("bandwidth", "exposure"):
        before: tuple[str, ...] = ()
        for efficient in (each for each in programme.front if each.against == end):
            rows.append([
                f"more {end}" if end == "bandwidth" and efficient.bandwidth > whole else f"less {end}",
                f"{efficient.bandwidth:g}",
                share(efficient.exposure),
                share(efficient.worth),
                Number(len(efficient.areas), "count"),
                _changed(before, efficient.areas),
            ])  # fmt: skip
            before = efficient.areas
    note = muted(
        "No other programme is worth more than the one in a row at the same limit: bandwidth in steps, "
        "exposure as a share of what everything would provoke, worth as a share of what everything would "
        "bring, at equal weights. Drawn weights miss some of them. Rows on exposure stay within the "
        "bandwidth above."
    )
    headings = ["held to", "bandwidth", "exposure", "worth", "areas", "beside the row above"]
    shown = table(headings, rows, numbers=[1, 2, 3, 4], widths=[2, 1.8, 1.8, 1.5, 1.3, 6])
    return Section("front", "What less or more would be worth", (shown, note))


def _changed(before: tuple[str, ...], now: tuple[str, ...]) -> str:
    """Return which areas came and went."""
    come = [areas()[area].name for area in now if area not in before]
    gone = [areas()[area].name for area in before if area not in now]
    words = [f"with {'; '.join(come)}"] if come else []
    words += [f"without {'; '.join(gone)}"] if gone else []
    return ", ".join(words) if words else "deeper" if before else "nothing"


def _flips(programme: Tailored, world: World) -> Section | None:
    if not programme.flips:
        return None
    rows: list[list[Part | Cell]] = [
        [
            world.name(flip.partner),
            areas()[flip.area].name,
            flip.score.replace("_", " "),
            flip.start,
            flip.end,
            flip.becomes,
        ]
        for flip in programme.flips[:_SHOWN]
    ]
    more = f" {len(programme.flips) - _SHOWN} more are in the --json answer." if len(programme.flips) > _SHOWN else ""
    note = muted(f"One rating moved by one step, at equal weights; open areas only.{more}")
    return Section(
        "flips",
        "Which rating tips an area",
        (table(["partner", "area", "word", "from", "to", "it is then"], rows), note),
    )


def _against(programme: Tailored, world: World) -> Section:
    rows: list[list[Part | Cell]] = [
        [
            cell(world.name(compared.partner) if not k else "", below=(_published(compared),) if not k else ()),
            score.rule,
            Number(score.areas, "count"),
            share(score.precision),
            share(score.recall),
            Number(score.jaccard, "weight"),
        ]
        for compared in programme.against
        for k, score in enumerate(compared.scores)
    ]
    means: list[list[Part | Cell]] = [
        [
            baseline.rule,
            Number(baseline.areas, "count"),
            share(baseline.precision),
            share(baseline.recall),
            Number(baseline.jaccard, "weight"),
        ]
        for baseline in programme.baselines
    ]
    headings = ["partner", "rule", "areas", "of these published", "of the published named", "overlap"]
    blocks = [table(headings, rows, numbers=[2, 3, 4, 5])] if rows else []
    return Section(
        "against",
        "Beside what was published",
        (
            *blocks,
            text("Simple rules, each partner left out in turn, on average:"),
            table(["rule", "partners", *headings[3:]], means, numbers=[1, 2, 3, 4]),
            muted(
                "Eight partners, most lists incomplete, and ratings chosen when the programmes were known: "
                "this shows where the tool is off, but validates nothing. The menus look alike, so "
                "tailoring shows more in depth than in titles, and no published list gives depths. "
                "'Overlap' is what both name as a share of what either names."
            ),
        ),
    )


def _published(compared: Against) -> str:
    stated = f" of {compared.stated} stated" if compared.stated else ""
    whole = "" if compared.complete else ", incomplete"
    return f"{compared.instrument}: {len(compared.published)}{stated} areas on record{whole}"


def _grounds(programme: Tailored, world: World) -> Section:
    rows: list[list[Part | Cell]] = [
        [
            world.name(area_found.partner),
            area_found.name,
            area_found.rests_on,
            ", ".join(area_found.assumed).replace("_", " ") or "nothing",
        ]
        for area_found in programme.found
    ]
    return Section(
        "grounds",
        "On what this rests",
        (
            table(["partner", "area", "rests on", "assumed"], rows, widths=[2, 3, 6, 4], folded=12, rest="all areas"),
            muted(
                f"Made by Foedus {__version__} from {programme.draws} draws of weights over {', '.join(CRITERIA)}, "
                f"seed {programme.seed}; inputs {programme.inputs_sha256[:12]}."
            ),
        ),
        media=(PAGE, WORD),
    )


def _to_fill_in(programme: Tailored) -> Section:
    headings = ",".join(column.name for column in columns_of(Wish))
    return Section(
        "to-fill-in",
        "Does not apply to this case",
        (
            text(
                f"{programme.dossier}: this case has no {PROGRAMME}, so the question does not apply to it. It is for "
                "cases on what a partner and an alliance do together. If yours is one, fill in what both sides want:",
                tone=STRONG,
            ),
            text(headings, tone=CODE),
            text(f"Areas on the menu: {', '.join(areas())}."),
            muted("'foedus tailor tokyo-office --partner JPN' shows a table that is filled in."),
        ),
        1,
    )


_NARROW_LABEL = 20
"""Letters of an area's name in a line, on a narrow page."""


def grid_chart(programme: Tailored, world: World, width: int) -> Chart:
    """A grid of areas and depths, one a partner: the darker, the more often the programme goes so deep."""
    small = width < NARROW
    label = functools.partial(textwrap.fill, width=_NARROW_LABEL if small else 100)
    rows: Rows = [
        {
            "partner": world.name(area_found.partner),
            "area": label(area_found.name),
            "depth": depth,
            "share": area_found.deep[step],
            "shown": "" if area_found.deep[step] < 0.005 else percent(area_found.deep[step]).removesuffix(" %"),
        }
        for area_found in programme.found
        for step, depth in enumerate(DEPTHS)
    ]
    order = list(dict.fromkeys(label(area_found.name) for area_found in sorted(programme.found, key=_often)))
    partners = [world.name(partner) for partner in programme.partners]
    lines = max((name.count("\n") + 1 for name in order), default=1)
    each = max(24, round((width - (110 if small else 200)) / len(partners)) - 12)
    grid: Spec = {
        "width": each,
        "height": (8 + 12 * lines) * len(order),
        "layer": [
            {"mark": {"type": "rect"}, "encoding": {"color": quantity(
                "share", scale={"domain": [0, 1], "range": ["#ffffff00", PALETTE["bar"]]}, legend=None)}},
            *([] if small or len(partners) > 2 else [{"mark": {"type": "text", "fontSize": 10}, "encoding": {
                "text": {"field": "shown"},
                "color": {"condition": {"test": "datum.share > 0.55", "value": "#ffffff"}, "value": PALETTE["ink"]}}}]),
        ],
        "encoding": {
            "x": nominal("depth", sort=list(DEPTHS), title=None, axis={"orient": "top", "labelAngle": -40}),
            "y": nominal("area", sort=order, title=None, axis={
                "labelLimit": 110 if small else 200, "labelExpr": "split(datum.label, '\\n')"}),
        },
    }  # fmt: skip
    spec: Spec = {
        "data": {"name": "grid"},
        "facet": {"column": nominal("partner", sort=partners, title=None, header={"labelFontSize": 12})},
        "spec": grid,
        "spacing": 10,
    }
    core = {
        name: [
            area_found.name
            for area_found in programme.found
            if area_found.status == "core" and world.name(area_found.partner) == name
        ]
        for name in partners
    }
    told = ". ".join(f"{name}: {'; '.join(names) or 'none'}" for name, names in core.items())
    return Chart(
        styled(spec),
        {"grid": rows},
        "How deep the programme goes in each area, in per cent of the draws",
        f"Core areas: {told}",
    )


def _often(area: AreaFound) -> tuple[float, str]:
    return -area.share - sum(area.deep) / 10, area.area


def told_programme(programme: Tailored, world: World) -> Told:
    """Return a tailored programme as a report of its own."""
    charts = {} if programme.to_fill_in else {"grid": lambda width: grid_chart(programme, world, width)}
    title = (
        f"Which cooperation? {' and '.join(world.name(partner) for partner in programme.partners) or programme.dossier}"
    )
    return Told(title, programme_sections(programme, world), charts, programme.as_of, programme.marking)
