"""What an allocation of limited means says: where what is lacking, what more is worth, and the flow to theatres."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from foedus._version import __version__
from foedus.base.days import Day
from foedus.base.tables import columns_of
from foedus.base.wording import at_the_start, percent
from foedus.partnership.allocated import Allocation, Kind, Shortfall, Spread
from foedus.partnership.balance import FLOWS, RecordedAmount
from foedus.partnership.enablers import enablers
from foedus.partnership.inputs import CONTINGENCIES, DEMANDS, MEANS, TABLES
from foedus.reports.answers import Told, in_a_sentence
from foedus.reports.numbers import Number, count, share
from foedus.reports.palette import PALETTE
from foedus.reports.sections import (
    CODE,
    PAGE,
    STRONG,
    WORD,
    Block,
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

_FILL = {
    MEANS: "who has how many units of which kind (an id, such as air-defence), which share is ready, which share of "
    "a unit's use is lost when it is moved late (both from 0 to 1), where they may go, and the day of the number",
    DEMANDS: "how many units each contingency needs in each theatre, as a low, a likeliest and a high number",
    CONTINGENCIES: "how likely each contingency is, alone or with others; the rest is the chance that none occurs",
}


_NONE = 0.005
"""Units below which nothing is regretted."""


def units(spread: Spread) -> Cell:
    """Return a number of units with its range below it, where it has one."""
    below: tuple[Part, ...] = ()
    if spread.q90 - spread.q10 > 0.005:
        below = (Number(spread.q10, "units"), " to ", Number(spread.q90, "units"))
    return cell(Number(spread.mean, "units"), below=below)


def allocation_sections(
    allocation: Allocation, world: World, entries: Sequence[RecordedAmount] | None = None
) -> tuple[Section | None, ...]:
    """Return what an allocation says, the judgement first; with entries, the balance on record at the end."""
    kept = None if entries is None else balance_section(entries, world)
    if allocation.to_fill_in:
        return (None if kept else _to_fill_in(allocation), kept)
    return (
        _judgement(allocation, world),
        _shortfalls(allocation),
        _flow(allocation, world),
        _kinds(allocation, world),
        _adversary(allocation),
        _regret(allocation),
        _grounds(allocation, world),
        kept,
    )


def _judgement(allocation: Allocation, world: World) -> Section:
    blocks = [text(_sentence(kind), tone=STRONG) for kind in allocation.kinds_found]
    if allocation.gone:
        blocks += [text(_without_sentence(allocation, kind, world)) for kind in allocation.kinds_found]
    chances = "; ".join(f"{_comes(chance.comes)} {percent(chance.probability.mean)}" for chance in allocation.chances)
    never = _never_together(allocation)
    follows = [
        text(
            "Once {} occurs, {} has a probability of {}, against {} overall.",
            following.once,
            following.contingency,
            share(following.probability),
            share(following.alone),
        )
        for following in allocation.following
        if {following.once, following.contingency} not in never
    ]
    apart = [
        text(
            "No row of {} names {} and {} together, so Foedus assumes that they never coincide. Add a row "
            "for both (with 0 if that is meant).",
            CONTINGENCIES,
            *pair,
        )
        for pair in sorted(map(sorted, never))
    ]
    return Section(
        "judgement",
        f"Shortfalls: {allocation.dossier}",
        (*blocks, text(f"Contingencies: {chances}."), *follows, *apart),
        1,
    )


def _never_together(allocation: Allocation) -> list[set[str]]:
    """Return the pairs of contingencies that no row has together, each once."""
    together = [set(chance.comes) for chance in allocation.chances]
    names = list(dict.fromkeys(name for chance in allocation.chances for name in chance.comes))
    pairs = map(set, itertools.combinations(names, 2))
    return [pair for pair in pairs if not any(pair <= contingencies for contingencies in together)]


def _sentence(kind: Kind) -> str:
    worst = _plain(kind.expected)
    more = (
        f"one more ready unit would lower that by {Number(kind.one_more.mean, 'worth')}"
        if kind.one_more.mean > 0
        else ("one more would change nothing")
    )
    return f"{at_the_start(kind.kind)}: short by {worst} units on average over all contingencies; {more}."


def _plain(spread: Spread) -> str:
    return str(Number(spread.mean, "units")) + (
        f" ({Number(spread.q10, 'units')} to {Number(spread.q90, 'units')})" if spread.q90 - spread.q10 > 0.005 else ""
    )


def _without_sentence(allocation: Allocation, kind: Kind, world: World) -> str:
    names = " and ".join(_gone(name, world) for name in allocation.gone)
    left = kind.without or kind.expected
    short = f"short by {_plain(left)} units on average, instead of {_plain(kind.expected)}"
    return f"{at_the_start(kind.kind)} without {names}: {short}."


def _gone(words: str, world: World) -> str:
    owner, _, theatre = words.partition("@")
    name = in_a_sentence(world.name(owner))
    return f"{name} in {theatre}" if theatre else name


def _comes(comes: Sequence[str]) -> str:
    return " and ".join(comes) + (" alone" if len(comes) == 1 else " together")


def _shortfalls(allocation: Allocation) -> Section:
    gone = bool(allocation.gone)
    headings = ["when", "theatre", "kind", "needed", "shortfall", "short in", *(["short without"] if gone else [])]
    rows = [_row(shortfall, gone) for shortfall in allocation.shortfalls]
    note = muted(
        "Numbers are units; the line below each gives the range of 80 % of the draws. 'Short in' is the "
        "share of draws with any shortfall. In each draw, means are placed as well as location and "
        "readiness allow, before it is known which contingency occurs; moving them afterwards costs some."
    )
    return Section(
        "shortfall", "Shortfalls by theatre and kind", (table(headings, rows, numbers=range(3, 6 + gone)), note)
    )


def _row(shortfall: Shortfall, gone: bool) -> list[Part | Cell]:
    row: list[Part | Cell] = [
        _comes(shortfall.comes),
        shortfall.theatre,
        shortfall.kind,
        units(shortfall.need),
        units(shortfall.short),
        share(shortfall.any),
    ]
    return [*row, units(shortfall.without or shortfall.short)] if gone else row


def _flow(allocation: Allocation, world: World) -> Section:
    rows: list[list[Part | Cell]] = [
        [stand.kind, world.name(stand.owner), stand.theatre, units(stand.number)] for stand in allocation.shares
    ]
    return Section(
        "plan",
        "Where means stand beforehand",
        (Figure("flow"), table(["kind", "owner", "theatre", "units"], rows, numbers=[3])),
    )


def _kinds(allocation: Allocation, world: World) -> Section:
    rows: list[list[Part | Cell]] = [
        [
            kind.kind,
            units(kind.ready),
            cell(
                Number(kind.one_more.mean, "worth"),
                below=(", ".join(world.name(actor) for actor in kind.suppliers) or "nobody in the table",),
            ),
            units(kind.foresight),
            units(kind.average),
        ]
        for kind in allocation.kinds_found
    ]
    note = muted(
        "'One more is worth' is how far the expected shortfall falls with one more ready unit, given to "
        "those whose units help most. 'Foresight is worth' is what knowing the contingency beforehand would "
        "save (the expected value of perfect information). 'Planning for the average costs' is what is "
        "lost by placing means for the average need (the value of the stochastic solution)."
    )
    headings = ["kind", "ready units", "one more is worth", "foresight is worth", "planning for the average costs"]
    return Section("worth", "What more would be worth", (table(headings, rows, numbers=range(1, 5)), note))


def _adversary(allocation: Allocation) -> Section:
    rows: list[list[Part | Cell]] = [
        [
            adversary.kind,
            ", ".join(f"{theatre} {Number(number, 'units')}" for theatre, number in adversary.placed.items()),
            Number(adversary.short, "units"),
            Number(adversary.short_of_plan, "units"),
        ]
        for adversary in allocation.adversary
    ]
    note = muted(
        "An enemy who sees where means stand strikes in the theatre with the largest shortfall. Against "
        "such an enemy, means are placed so that all theatres are equally short (water filling), at mean "
        "needs and readiness. Planning for chance and planning for an enemy differ; neither is right by "
        "itself."
    )
    headings = ["kind", "placed against an enemy", "short then", "short under the plan above"]
    return Section("adversary", "If an enemy chooses where", (table(headings, rows, numbers=[2, 3]), note))


def _regret(allocation: Allocation) -> Section:
    rows: list[list[Part | Cell]] = [
        [
            regret.kind,
            ", ".join(f"{theatre} {Number(number, 'units')}" for theatre, number in regret.placed.items()),
            Number(regret.regret, "units"),
            cell(
                Number(regret.regret_of_plan, "units"),
                below=(_comes(regret.worst),) if regret.regret_of_plan > _NONE else (),
            ),
        ]
        for regret in allocation.regrets
    ]
    note = muted(
        "Regret is the shortfall beyond what it would have been if the contingency had been known. This "
        "plan keeps the largest regret as small as possible (minimax regret), at mean needs and readiness. "
        "It uses no probabilities: it is for readers who do not believe those above."
    )
    headings = ["kind", "placed for least regret", "largest regret", "under the plan above"]
    return Section("regret", "If the probabilities are not believed", (table(headings, rows, numbers=[2, 3]), note))


def _grounds(allocation: Allocation, world: World) -> Section:
    rows: list[list[Part | Cell]] = [
        [
            world.name(row.record.owner),
            row.record.kind,
            Number(row.record.number, "exact"),
            str(row.record.as_of),
            row.record.source,
        ]
        for row in allocation.means
    ]
    blocks = (
        table(["owner", "kind", "number", "as of", "source"], rows, numbers=[2], widths=[3, 3, 2, 3, 6]),
        muted(
            f"Made by Foedus {__version__} from {allocation.draws:,} draws, seed {allocation.seed}; inputs "
            f"{allocation.inputs_sha256[:12]}. Needs and probabilities are the author's; the shortfalls follow "
            "from them."
        ),
    )
    return Section("grounds", "On what this rests", blocks, media=(PAGE, WORD))


def _to_fill_in(allocation: Allocation) -> Section:
    missing, none = ", ".join(allocation.to_fill_in), len(allocation.to_fill_in) == len(_FILL)
    applies = (
        f"{allocation.dossier}: this case has no {missing}, so the question does not apply to it. It is for cases in "
        "which forces and means are needed in several places at once. If yours is one, fill in:"
    )
    blocks = [text(applies if none else f"{allocation.dossier}: still missing: {missing}. Fill in:", tone=STRONG)]
    for file in allocation.to_fill_in:
        headings = ",".join(column.name for column in columns_of(TABLES[file]))
        blocks += [text(f"{file}: {_FILL[file]}"), text(headings, tone=CODE)]
    rows: list[list[Part | Cell]] = [
        [enabler.owner, enabler.kind, enabler.what, Number(enabler.number, "exact"), str(enabler.as_of), enabler.source]
        for enabler in enablers()
    ]
    numbers: tuple[Block, ...] = (
        text(
            "Public figures to begin with, each as its source gives it; none says how many are ready. The "
            "--json answer has notes and addresses."
        ),
        table(["owner", "kind", "what", "number", "as of", "source"], rows, numbers=[3]),
    )
    if none:
        numbers = (muted("The --json answer has public figures on tankers, airlift, patrol aircraft and air defence."),)
    return Section(
        "to-fill-in",
        "Does not apply to this case" if none else "Nothing to place yet",
        (
            *blocks,
            *numbers,
            muted(
                "'foedus allocate harbour-compact' shows a fictitious case in full. Foedus assumes no "
                "inventory for anybody."
            ),
        ),
        1,
    )


def balance_section(entries: Sequence[RecordedAmount], world: World) -> Section:
    """Return pledges, aid, spending and deployments on record, by flow and day."""
    rows: list[list[Part | Cell]] = [
        [
            entry.flow,
            str(entry.on),
            world.name(entry.actor),
            _place_or_actor(entry.to, world),
            cell(f"{_amount(entry.value)} {entry.unit}", below=(_doubt(entry),) if _doubt(entry) else ()),
            entry.measure.replace("-", " "),
        ]
        for entry in entries
    ]
    tally = ", ".join(f"{sum(e.flow == flow for e in entries)} on {flow}" for flow in FLOWS)
    return Section(
        "balance",
        "On record: pledges, aid, spending and deployments",
        (
            text("{} amounts: {}.", count(len(entries)), tally),
            table(["flow", "day", "who", "to, or where", "how much", "measure"], rows, widths=[2, 2, 3, 3, 5, 3]),
            muted(
                "Amounts as stated on the day, in the unit stated. They are not added up: currencies, "
                "periods and promises differ, and an amount that several sources give appears several "
                "times. 'foedus world amounts ACTOR' names the sources."
            ),
        ),
    )


def _place_or_actor(id_: str, world: World) -> str:
    """Return the name of an actor, of an event or of a place; blank for nobody."""
    for known in (world.actors, world.events, world.places):
        if id_ in known:
            return str(known[id_].name)
    return id_


def _amount(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,}"


def _doubt(entry: RecordedAmount) -> str:
    words = [*([] if entry.verified else ["not verified"]), *(["given more than once"] if entry.disputed else [])]
    return "; ".join(words)


_LINE_BREAK = "|"


def flow_chart(allocation: Allocation, world: World, width: int) -> Chart:
    """Lines from owners to theatres, as thick as the units placed, kind by kind; what is lacking stands beside."""
    lines: Rows = []
    labels: Rows = []
    base, small = 0.0, width < NARROW
    for kind in allocation.kinds:
        placed = [stand for stand in allocation.shares if stand.kind == kind and stand.number.mean > 0.005]
        owners = list(dict.fromkeys(stand.owner for stand in placed))
        tall = max(len(owners), len(allocation.theatres), 1)
        left = {owner: base + (k + 0.5) * tall / max(len(owners), 1) for k, owner in enumerate(owners)}
        right = {name: base + (k + 0.5) * tall / len(allocation.theatres) for k, name in enumerate(allocation.theatres)}
        lines += [
            {"kind": kind, "from": left[stand.owner], "to": right[stand.theatre], "units": stand.number.mean,
             "who": world.name(stand.owner), "where": stand.theatre}
            for stand in placed
        ]  # fmt: skip
        labels += [{"side": "left", "y": y, "words": world.name(owner)} for owner, y in left.items()]
        for name, y in right.items():
            lacking = [
                shortfall.short.mean
                for shortfall in allocation.shortfalls
                if (shortfall.kind, shortfall.theatre) == (kind, name)
            ]
            units = sum(stand.number.mean for stand in placed if stand.theatre == name)
            short = ""
            if lacking and max(lacking) > 0.05:
                short = f"short by {Number(min(lacking), 'units')} to {Number(max(lacking), 'units')}"
            worst = f"{_LINE_BREAK if small else ', '}{short}" if short else ""
            labels.append({"side": "right", "y": y, "words": f"{name}: {Number(units, 'units')} {kind}{worst}"})
        base += tall + 0.5
    up: Spec = {"scale": {"domain": [base, 0]}, "axis": None}
    across: Spec = {"scale": {"domain": [-0.45, 1.9 if small else 1.6]}, "axis": None}
    flows = {
        "data": {"name": "flows"},
        "transform": [{"calculate": "0", "as": "x0"}, {"calculate": "1", "as": "x1"}],
        "mark": {"type": "rule", "opacity": 0.55, "strokeCap": "butt"},
        "encoding": {
            "x": quantity("x0", **across), "x2": {"field": "x1"}, "y": quantity("from", **up), "y2": {"field": "to"},
            "strokeWidth": quantity("units", scale={"domain": [0, _most(lines)], "range": [0, 22]}, legend=None),
            "color": nominal("kind",
                             scale={"domain": list(allocation.kinds), "range": _COLOURS[: len(allocation.kinds)]},
                             legend={"orient": "top", "title": None, "symbolStrokeWidth": 6}),
        },
    }  # fmt: skip
    words = [
        {
            "data": {"name": "labels"},
            "transform": [{"filter": f"datum.side == '{side}'"}, {"calculate": at, "as": "x0"}],
            "mark": {
                "type": "text",
                "align": align,
                "fontSize": 11 if small else 12,
                "color": PALETTE["ink"],
                "lineBreak": _LINE_BREAK,
            },
            "encoding": {"x": quantity("x0", **across), "y": quantity("y", **up), "text": {"field": "words"}},
        }
        for side, at, align in (("left", "-0.03", "right"), ("right", "1.03", "left"))
    ]
    told = "; ".join(
        f"{world.name(stand.owner)} {Number(stand.number.mean, 'units')} {stand.kind} to {stand.theatre}"
        for stand in allocation.shares
        if stand.number.mean > 0.005
    )
    return Chart(
        styled({"layer": [flows, *words]}, width, round(46 * base) + 30),
        {"flows": lines, "labels": labels},
        "Where means stand beforehand, and how short each theatre is if a contingency occurs",
        told or "nothing is placed",
    )


_COLOURS = [PALETTE["bar"], PALETTE["reluctant"], PALETTE["object"], "#5f9ea0", "#7b5ea7", "#6b8e4e"]


def _most(lines: Rows) -> float:
    return max((line["units"] for line in lines), default=1.0)


def told_allocation(
    allocation: Allocation, world: World, as_of: Day, entries: Sequence[RecordedAmount] | None = None
) -> Told:
    """Return an allocation as a report of its own."""
    charts: dict[str, Callable[[int], Chart]] = {}
    if not allocation.to_fill_in:
        charts["flow"] = lambda width: flow_chart(allocation, world, width)
    title = f"Shortfalls: {allocation.dossier}"
    return Told(title, allocation_sections(allocation, world, entries), charts, as_of, allocation.marking)
