"""Charts of how others answer: cases by kind, lags, the break-even line with its voices, misreading."""

from __future__ import annotations

import functools
from collections.abc import Callable

from foedus.base.wording import at_the_start
from foedus.reports.numbers import Number
from foedus.reports.palette import PALETTE
from foedus.reports.responses import KIND_WORDS
from foedus.reports.vega import NARROW, Chart, Rows, Spec, name_axis, nominal, quantity, styled
from foedus.strategy import Responded
from foedus.strategy.deterrence import NOTHING, WORDS
from foedus.strategy.names import possessive
from foedus.strategy.record import KINDS


def response_charts(response: Responded) -> dict[str, Callable[[int], Chart]]:
    """Return what draws each chart at a width, by the names that the sections give them."""
    makers = {} if response.no_game else {"break-even": break_even_chart, "beliefs": beliefs_chart}
    if response.main.record is not None:
        makers |= {"strip": strip_chart, "lags": lags_chart}
    return {name: functools.partial(maker, response) for name, maker in makers.items()}


def strip_chart(response: Responded, width: int) -> Chart:
    """A dot for each comparable act by the gravest answer to it, a row for each option."""
    rows: Rows = []
    across = 6 if width < NARROW else 12
    for option in response.options:
        counts = {} if option.record is None else option.record.counts
        for kind in KINDS:
            rows += [
                {"option": option.label, "kind": KIND_WORDS[kind], "x": n % across, "y": -(n // across), "case": 1}
                for n in range(counts.get(kind, 0))
            ] or [{"option": option.label, "kind": KIND_WORDS[kind], "x": 0, "y": 0, "case": 0}]
    dots = {
        "data": {"name": "cases"},
        "facet": {
            "column": nominal(
                "kind",
                sort=list(KIND_WORDS.values()),
                title=None,
                header={"labelExpr": "split(datum.label, ' ')", "labelFontSize": 10 if width < NARROW else 11},
            ),
            "row": nominal(
                "option",
                sort=[option.label for option in response.options],
                title=None,
                header={"labelAngle": 0, "labelAlign": "left", "labelLimit": 110},
            ),
        },
        "spec": {
            "width": 40 if width < NARROW else 92,
            "height": 34,
            "mark": {"type": "point", "filled": True, "size": 34, "color": PALETTE["bar"]},
            "encoding": {
                "opacity": {"condition": {"test": "datum.case == 1", "value": 1}, "value": 0},
                "x": quantity("x", axis=None, scale={"domain": [-1, across]}),
                "y": quantity("y", axis=None, scale={"domain": [-3.5, 0.5]}),
            },
        },
        "spacing": 6,
    }
    record = response.main.record
    words = "" if record is None else ", ".join(f"{KIND_WORDS[kind]} {record.counts[kind]}" for kind in KINDS)
    return Chart(
        styled(dots),
        {"cases": rows},
        "Comparable acts by the gravest answer to them, one dot each",
        f"After acts like {response.main.label!r}: {words}",
    )


def lags_chart(response: Responded, width: int) -> Chart:
    """The nearest acts in the order of days, with a line from each act to its answer."""
    record = response.main.record
    near = () if record is None else sorted(record.nearest, key=lambda comparable: comparable.on)
    rows: Rows = []
    for comparable in near:
        timed = [each for each in comparable.answers if each.lag_days is not None]
        label = f"{comparable.on} {comparable.name}"
        rows += [
            {"act": label, "zero": 0, "lag": max(each.lag_days or 0, 0), "kind": each.kind, "measure": each.measure}
            for each in timed
        ] or [{"act": label, "zero": 0, "lag": None, "kind": "none found", "measure": ""}]
    order = list(dict.fromkeys(row["act"] for row in rows))
    scale = {"type": "symlog", "domain": [0, max(30, *(row["lag"] or 0 for row in rows))] if rows else [0, 30]}
    shared = {
        "y": nominal(
            "act", sort=order, title=None, axis={**name_axis(width), "labelLimit": 330 if width >= NARROW else 150}
        )
    }
    if width >= NARROW:
        shared["y"]["axis"] = {"labelExpr": "truncate(datum.label, 52)", "labelLimit": 0}
    line = {
        "mark": {"type": "rule", "strokeWidth": 2, "color": PALETTE["grid"]},
        "encoding": {**shared, "x": quantity("zero", scale=scale), "x2": {"field": "lag"}},
    }
    dot = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {
            **shared,
            "x": quantity(
                "lag",
                scale=scale,
                axis={"title": "days after the act", "values": [0, 1, 3, 10, 30, 100, 300], "labelOverlap": "greedy"},
            ),
            "color": nominal(
                "kind",
                title=None,
                legend={"orient": "top", "columns": 2 if width < NARROW else 3},
                scale={"range": _KIND_COLOURS, "domain": _KINDS},
            ),
        },
    }
    known = sum(row["lag"] is not None for row in rows)
    dayless = sum(
        bool(comparable.answers) and all(each.lag_days is None for each in comparable.answers) for comparable in near
    )
    undated = f", but for {dayless} whose answer has no known day" if dayless else ""
    return Chart(
        styled({"data": {"name": "lags"}, "layer": [line, dot]}, width, 24 * max(len(order), 1)),
        {"lags": rows},
        "From the act to the answer",
        f"{known} answers with a known day to the {len(near)} nearest acts; acts without a dot have none{undated}",
    )


_KINDS = ["words", "diplomatic", "persons", "economic", "military", "force", "none found"]
_KIND_COLOURS = [
    PALETTE["voice"],
    PALETTE["accept"],
    "#5f9ea0",
    PALETTE["reluctant"],
    PALETTE["object"],
    PALETTE["ink"],
    PALETTE["grid"],
]


def break_even_chart(response: Responded, width: int) -> Chart:
    """Discontent across, company up: the line at which nothing changes, the cloud of draws, the voices as points."""
    line = [
        {"company": company, "low": low, "middle": middle, "high": high}
        for company, low, middle, high in response.picture.line
    ]
    most = max(
        [point[0] for point in response.picture.cloud] + [voice.discontent for voice in response.picture.voices],
        default=0.01,
    )
    for row in line:
        row["low"], row["middle"], row["high"] = (min(row[name], most) for name in ("low", "middle", "high"))
    cloud = [
        {
            "discontent": discontent,
            "company": company,
            "draw": WORDS["deters"] if moved < -NOTHING else WORDS["provokes"] if moved > NOTHING else "neither",
        }
        for discontent, company, moved in response.picture.cloud
    ]
    voices = [
        {"discontent": voice.discontent, "company": voice.company, "voice": _short(voice.name)}
        for voice in response.picture.voices
    ]
    x = quantity(
        "discontent",
        axis={
            "title": "what the rival's preference for today loses, in stakes",
            "tickCount": 5,
            "labelOverlap": "greedy",
        },
        scale={"domain": [0, most * 1.15]},
    )
    y = quantity("company", axis={"title": "what the defender's war gains"})
    drawn = {
        "data": {"name": "draws"},
        "mark": {"type": "point", "filled": True, "size": 16, "opacity": 0.55},
        "encoding": {
            "x": x,
            "y": y,
            "color": nominal(
                "draw",
                title=None,
                legend={"orient": "top"},
                scale={
                    "domain": [WORDS["deters"], "neither", WORDS["provokes"]],
                    "range": [PALETTE["accept"], PALETTE["grid"], PALETTE["object"]],
                },
            ),
        },
    }
    band = {
        "data": {"name": "line"},
        "mark": {"type": "area", "orient": "horizontal", "color": PALETTE["ink"], "opacity": 0.12},
        "encoding": {"x": quantity("low"), "x2": {"field": "high"}, "y": quantity("company")},
    }
    middle = {
        "data": {"name": "line"},
        "mark": {"type": "line", "color": PALETTE["ink"], "strokeWidth": 2},
        "encoding": {"x": quantity("middle"), "y": quantity("company"), "order": quantity("company")},
    }
    named = {
        "data": {"name": "voices"},
        "layer": [
            {"mark": {"type": "point", "shape": "diamond", "filled": True, "size": 130, "color": PALETTE["ink"]}},
            _label("left", 9, f"datum.discontent <= {most / 2}"),
            _label("right", -9, f"datum.discontent > {most / 2}"),
        ],
        "encoding": {"x": quantity("discontent"), "y": quantity("company")},
    }
    words = (
        "; ".join(f"{voice.name}: {WORDS[voice.side]}" for voice in response.picture.voices)
        or "no voice is placed on this day"
    )
    return Chart(
        styled({"layer": [band, drawn, middle, named]}, width, 300),
        {"draws": cloud, "line": line, "voices": voices},
        f"Where {response.main.label!r} deters (left of the line) and where it provokes (right of it)",
        f"The line is the median over draws, the band holds eight tenths of them. {words}",
    )


def _label(align: str, aside: int, which: str) -> Spec:
    """Return the names of some of the voices, on the side of their points where there is room."""
    return {
        "transform": [{"filter": which}],
        "mark": {"type": "text", "align": align, "dx": aside, "dy": -9, "fontSize": 12, "color": PALETTE["ink"]},
        "encoding": {"text": nominal("voice")},
    }


def _short(name: str) -> str:
    """Return the speaker's last name, or the actor's name where nobody is named."""
    return name.rpartition("(")[2].rstrip(")").split()[-1] if "(" in name else name


def beliefs_chart(response: Responded, width: int) -> Chart:
    """Four bars: the chance of war if nobody errs, with each error alone, and with both, none of them shared."""
    labels = {
        ("nobody", None): "nobody errs",
        ("rival", False): at_the_start(f"{response.rival_name} overrates the opposition"),
        ("defender", False): at_the_start(f"{possessive(response.target_name)} side overrates its support"),
        ("both", False): "both err",
    }
    rows = [
        {"who": labels[belief.who, belief.shared], "war": 1000 * belief.war}
        for belief in response.perception
        if (belief.who, belief.shared) in labels
    ]
    bars = {
        "data": {"name": "beliefs"},
        "mark": {"type": "bar", "color": PALETTE["bar"]},
        "encoding": {
            "x": quantity(
                "war",
                axis={
                    "title": "wars in 1,000"
                    if width < NARROW
                    else f"wars in 1,000 periods of {response.horizon_days} days"
                },
            ),
            "y": nominal(
                "who",
                sort=list(labels.values()),
                title=None,
                axis=name_axis(width) | {"labelExpr": "truncate(datum.label, 44)"},
            ),
        },
    }
    words = ", ".join(f"{row['who']} {Number(float(str(row['war'])), 'units')}" for row in rows)
    return Chart(
        styled(bars, width, 120),
        {"beliefs": rows},
        "War where the other side does not share the error",
        at_the_start(words),
    )
