"""Who has what power in a body, as sections."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.institutions import Reach
from foedus.institutions.power import Power
from foedus.institutions.power_answer import INDICES, BodyPower, Listed, Vote
from foedus.reports.answers import Told
from foedus.reports.numbers import Number, count
from foedus.reports.sections import (
    STRONG,
    Block,
    Bullets,
    Hint,
    Part,
    Section,
    Table,
    Text,
    bullets,
    steps,
    table,
    text,
)

_SHOWN = 20
"""Coalitions that are listed."""

_NAMED = {
    "shapley_shubik": "Shapley-Shubik",
    "banzhaf": "Banzhaf",
    "banzhaf_absolute": "Banzhaf (absolute)",
    "coleman_prevent": "Coleman (to prevent)",
    "coleman_initiate": "Coleman (to initiate)",
    "coleman_act": "Coleman (of the body to act)",
    "johnston": "Johnston",
    "deegan_packel": "Deegan-Packel",
}
"""The indices by their names in the field."""


def power_sections(answer: BodyPower, *, why: bool = False) -> tuple[Section, ...]:
    """Return who can block alone, each member's power, what else was asked, and the rule; with reasons if wanted."""
    title = answer.rule if answer.body is None else f"{answer.body} on {answer.on}: {answer.rule}"
    notes = tuple(text(f"note: {note}") for note in answer.notes)
    voting_power = answer.power
    if voting_power is None:
        told = (text(f"procedure: {answer.procedure}"), text(f"the rule: {answer.reference}"))
        return (Section("power", title, (*told, *notes), 1),)
    members = (
        text(f"can block alone: {_blocking(answer, voting_power)}"),
        *_elsewhere(answer, voting_power),
        *_power_of_each(answer, voting_power),
        *notes,
    )
    listed = (("winning", answer.minimal_winning), ("blocking", answer.minimal_blocking))
    verdicts = tuple(_verdicts(answer, why))
    first = Section("power", title, members, 1)
    if verdicts:  # what was asked about comes first
        first = Section("power", title, verdicts, 1)
    return (
        first,
        *([Section("members", "", members)] if verdicts else []),
        *(_coalitions(name, coalitions) for name, coalitions in listed if coalitions is not None),
        *([] if answer.reach is None else [_reach(answer.reach)]),
        *_rule(answer),
    )


def told_power(answer: BodyPower) -> Told:
    """Return who has what power as a report of its own, with all reasons."""
    sections = power_sections(answer, why=True)
    return Told(sections[0].title, sections, {}, answer.on)


def _blocking(answer: BodyPower, voting_power: Power) -> str:
    alone = ", ".join(answer.can_block_alone) or "nobody"
    every = _each_blocks(answer.can_block_alone, voting_power)
    return f"each of the {len(voting_power.members)} members: {alone}" if every else alone


def _each_blocks(blocking: tuple[str, ...], voting_power: Power) -> bool:
    return len(voting_power.members) > 1 and set(blocking) == set(voting_power.members)


def _elsewhere(answer: BodyPower, voting_power: Power) -> Iterator[Text]:
    """Yield what differs under the body's other procedures: who blocks alone, and whether the vote is adopted."""
    asked = answer.vote.why.value if answer.vote is not None else ""
    groups: dict[str, list[str]] = {}
    for elsewhere in answer.elsewhere:
        if elsewhere.can_block_alone == answer.can_block_alone and elsewhere.adopted in {"", asked}:
            continue
        each = _each_blocks(elsewhere.can_block_alone, voting_power)
        told = "each member" if each else ", ".join(elsewhere.can_block_alone) or "nobody"
        told += (
            f" can block alone; vote: adopted: {elsewhere.adopted}"
            if elsewhere.adopted not in {"", asked}
            else " can block alone"
        )
        groups.setdefault(told, []).append(elsewhere.procedure)
    for told, procedures in groups.items():
        yield text(f"under {', '.join(procedures)}: {told}")


def _power_of_each(answer: BodyPower, voting_power: Power) -> Iterator[Table | Text]:
    """Yield each member's power; where each has a veto, that indices tell nothing more."""
    if _each_blocks(answer.can_block_alone, voting_power):
        yield text("each has a veto, so indices of power add nothing{}", Hint("; --json has them"))
        return
    yield _indices(answer, voting_power)
    yield text("power of the body to act (Coleman): {}", _index(voting_power.coleman_act))
    yield from _exactness(voting_power)


def _indices(answer: BodyPower, voting_power: Power) -> Table | Text:
    """Return each member's indices; one line where all are alike, as under unanimity."""
    values = [
        tuple(float(getattr(voting_power, name)[n]) for name in INDICES) for n in range(len(voting_power.members))
    ]
    if len(values) > 1 and len({tuple(f"{value:.6f}" for value in row) for row in values}) == 1:
        each = [
            part
            for name, value in zip(INDICES, values[0], strict=True)
            for part in (f", {_named(name)} ", _index(value))
        ]
        return Text((f"all {len(values)} members alike, each: {_named(INDICES[0])} ", *each[1:]))
    rows: list[tuple[Part, ...]] = []
    for n in sorted(
        range(len(voting_power.members)), key=lambda n: (-voting_power.shapley_shubik[n], voting_power.members[n])
    ):
        weight = answer.weights.get(voting_power.members[n])
        rows.append(
            (voting_power.members[n], "" if weight is None else Number(weight, "order"), *map(_index, values[n]))
        )
    return table(("id", answer.weighed_by, *map(_named, INDICES)), rows, range(1, 7))


def _index(value: float) -> Number:
    return Number(value, "index")


def _named(index: str) -> str:
    """Return an index's name in the field, as its key reads where it has none here."""
    return _NAMED.get(index, index.replace("_", " "))


def _exactness(voting_power: Power) -> list[Text]:
    inexact = [name for name, exact in voting_power.exact.items() if not exact]
    return [
        text(
            "not exact: {}, error about {}: {}",
            _named(name),
            Number(float(max(voting_power.error[name], default=0.0)), "inexact"),
            voting_power.method[name],
        )
        for name in inexact
    ] or [text("all indices are counted exactly")]


def _coalitions(name: str, coalitions: Listed) -> Section:
    shown = coalitions.coalitions or ()
    between = (
        ", " if any(" " in name for coalition in shown for name in coalition) else " "
    )  # names of a table of one's own
    blocks: list[Text | Bullets] = [bullets(between.join(coalition) for coalition in shown[:_SHOWN])]
    if coalitions.coalitions is None:
        blocks = [text("too many to list")]
    elif len(shown) > _SHOWN:
        blocks.append(text("... and {} more{}", count(len(shown) - _SHOWN), Hint(" (--json lists up to a thousand)")))
    return Section(f"minimal-{name}", f"minimal {name} coalitions: {count(coalitions.count)}", tuple(blocks))


def _verdicts(answer: BodyPower, why: bool) -> Iterator[Block]:
    """Yield whether the coalition and the vote that were asked about pass."""
    if answer.coalition is not None:
        told = text("coalition: winning: {}", answer.coalition.winning, tone=STRONG)
        yield told
        if why and answer.coalition.why is not None:
            yield steps(answer.coalition.why, 1)
    if answer.vote is not None:
        yield _vote(answer.vote)
        if why:
            yield steps(answer.vote.why, 1)


def _vote(vote: Vote) -> Text:
    held: list[Part] = []
    for name, share in vote.shares.items():
        held += [", ", Number(share, "part"), f" of the {name}"]
    in_favour, seats = count(len(vote.in_favour)), count(len(vote.ballot.seats))
    told = (f"vote: adopted: {vote.why.value} (", in_favour, " of ", seats, " in favour", *held, ")")
    return Text(told, STRONG)


def _reach(reach: Reach) -> Section:
    nowhere = "no point: every status quo is beaten by something"
    up, down = (", ".join(sorted(side)) for side in reach.pivots)
    now, furthest = Number(reach.status_quo, "exact"), Number(reach.largest_step, "exact")
    return Section(
        "reach",
        "",
        (
            Text(("no proposal beats a status quo at ", *_span(reach.core, nowhere))),
            text(f"pivotal for a step up: {up}"),
            text(f"pivotal for a step down: {down}"),
            Text(
                ("what beats ", now, ": ", *_span(reach.feasible, "nothing"), "; the largest step goes to ", furthest)
            ),
        ),
    )


def _span(ends: tuple[float, float] | None, none: str) -> tuple[Part, ...]:
    return (none,) if ends is None else (Number(ends[0], "exact"), " to ", Number(ends[1], "exact"))


def _rule(answer: BodyPower) -> Iterator[Section]:
    blocks = [text(f"the rule: {answer.reference}")] if answer.reference else []
    if answer.other_procedures:
        others = "; ".join(f"{name} ({rule})" for name, rule in answer.other_procedures.items())
        blocks.append(text("other procedures{}: {}", Hint(" (choose with --procedure)"), others))
    if blocks:
        yield Section("rule", "", tuple(blocks))
