"""The host's ledger as a section: what the rival's answer may cost, against what the act brings."""

from __future__ import annotations

from foedus.base.wording import and_
from foedus.reports.numbers import Number, change, share
from foedus.reports.sections import Cell, Part, Section, Text, cell, muted, table, text
from foedus.strategy import Responded
from foedus.strategy.host import Ledger, Spread
from foedus.strategy.names import in_sentence

_LONG = 120
"""Months above which a stake is told as more than so many years."""
_HEADINGS = ("who", "flow", "with the rival", "expected loss, months", "to")


def ledger_section(response: Responded) -> Section | None:
    """Return the ledger of the host and of would-be partners, a break-even and no recommendation.

    None where neither record nor game tells what an answer may cost.
    """
    if response.no_game and response.main.record is None:
        return None
    every = (response.host, *response.partners)
    rows = [row for ledger in every for row in _rows(ledger)]
    shown = (table(_HEADINGS, rows, numbers=(2, 3, 4), widths=(2.5, 6, 2, 2.5, 2)),) if rows else ()
    note = muted(
        f"The chance of an economic answer: {response.host.chance}. The loss is that of one year, in months of "
        "the flow with the rival. For a partner, cooperation pays where it brings more than that loss. "
        "This is no recommendation: only its owner can say what a stake is worth."
    )
    title = f"What it may cost {response.target_name}{' and others' if response.partners else ''}"
    lines = (
        *_gain(response),
        *_worth(response),
        *_unknown(response, every),
        *_alliance(response),
        *_lacking(response),
    )
    blocks = (*lines, *shown, *_cases(every), note)
    return Section("ledger", title, blocks)


def _cases(every: tuple[Ledger, ...]) -> tuple[Text, ...]:
    """Return the cases on which each loss rests, once."""
    cases = {each.flow: each.cases for ledger in every for each in ledger.costs}
    return tuple(muted(f"What was lost of {flow} before: {told}.") for flow, told in cases.items())


def _gain(response: Responded) -> tuple[Text, ...]:
    if response.host.gains is None:
        return ()
    words = f"In the crisis game {response.main.label!r} leaves {response.target_name} better off in {{}} of draws."
    return (text(words, share(response.host.gains)),)


def _worth(response: Responded) -> tuple[Text, ...]:
    """Return the stake below which the cost outweighs the gain."""
    least = response.host.refuse_below
    if least is None:
        return ()
    most = next(cost.at_most for cost in response.host.costs if cost.flow == "exports")
    endless = least.high > _LONG
    most_words = f"more than {_LONG // 12} years" if endless else "{}"
    words = (
        f"Where it gains, refusing is the better choice only for a stake worth less to {response.target_name} than "
        f"{{}} months of exports to {response.rival_name} (median; {{}} to {most_words} in nine tenths of these draws)"
        f"{'; an upper limit, for the chance of an economic answer is only a bound' if most else ''}."
    )
    told = (least.median, least.low) if endless else (least.median, least.low, least.high)
    return (text(words, *(Number(value, "place") for value in told)),)


def _unknown(response: Responded, every: tuple[Ledger, ...]) -> tuple[Text, ...]:
    unknown = [in_sentence(ledger.name) for ledger in every if not ledger.exposure]
    if not unknown:
        return ()
    names = and_(unknown, "or")
    return (muted(f"No share of trade with {response.rival_name} is on record by {response.as_of} for {names}."),)


def _alliance(response: Responded) -> tuple[Text, ...]:
    """Return the two risks of the weaker ally: to be left alone, and to be drawn in."""
    host = response.host
    if host.abandonment is None or host.entrapment is None:
        return ()
    words = (
        f"Abandonment: if {response.target_name} refuses and others stand by it less for that, the chance of a "
        "challenge moves by {} points (median), and in {} of draws the peaceful equilibrium is gone. Entrapment: "
        "if its side stands firm, war comes in {} of 1,000 cases without the act and in {} with it."
    )
    chances = (Number(1000 * risk, "place") for risk in (host.entrapment.before, host.entrapment.after))
    return (text(words, change(host.abandonment.median), share(host.abandonment.tips), *chances),)


def _lacking(response: Responded) -> tuple[Text, ...]:
    """Return what means that are lacking do to the chance of a challenge."""
    lacked = response.lacking
    if lacked is None:
        return ()
    together = "comes alone" if len(lacked.comes) == 1 else "come together"
    words = (
        f"Where {' and '.join(lacked.comes)} {together}, {{}} of the {lacked.kind} needed in {lacked.theatre} is "
        "missing (median). If all help in war is worth that much less, this "
        "moves the chance of a challenge without the act by {} points (median; {} to {}), and in {} of draws the "
        "peaceful equilibrium is gone."
    )
    return (
        text(
            words,
            share(lacked.share),
            change(lacked.change),
            change(lacked.q05),
            change(lacked.q95),
            share(lacked.tips),
        ),
    )


def _rows(ledger: Ledger) -> list[tuple[Part | Cell, ...]]:
    """Return one row for each flow that is exposed."""
    costs = {each.flow: each for each in ledger.costs}
    rows: list[tuple[Part | Cell, ...]] = []
    for row in ledger.exposure:
        cost = costs.get(row.flow)
        told = f"{row.of}, {row.year}: {row.source}{'' if row.verified else ' (not read)'}"
        months, most = ("", "") if cost is None else _span(cost.months, at_most=cost.at_most)
        rows.append((ledger.name, cell(row.flow, below=(told,)), share(row.share), months, most))
    return rows


def _span(months: Spread, *, at_most: bool) -> tuple[Part | Cell, Part]:
    middle = Number(months.median, "pull")
    return (cell("at most ", middle) if at_most else middle), Number(months.high, "pull")
