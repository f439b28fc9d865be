"""How positions move, round by round, as sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from foedus.base.wording import counted
from foedus.dossiers.said import in_a_line
from foedus.forecasts.answering import answering
from foedus.reports.numbers import Number, count
from foedus.reports.sections import Part, Section, Text, table, text
from foedus.rounds import Rounds, TableRounds

_MEDIANS = 10
"""Rounds whose medians are told; JSON lists all."""
_PATHS = 8
"""Rounds whose positions are told for a table of actors; JSON lists all."""


def rounds_sections(found: Rounds) -> Iterator[Section]:
    """Yield what moves whom, what that does to mean and median, and how it ended."""
    if isinstance(found, TableRounds) and found.potential is not None:
        yield from _trades(found)
    elif isinstance(found, TableRounds):
        yield from _paths(found)
    else:
        yield Section("about", "", (text(_what_it_is(found)),))
        yield _moves(found)
    ends = text(f"{counted(len(found.moves), 'move')}; {found.ended}.")
    notes = [text(f"{note}.") for note in found.notes]
    yield Section("shifts", "", (*_shifts(found), ends, *notes))


def _shifts(found: Rounds) -> Iterator[Text]:
    for shift in found.shifts:
        if not shift.medians:
            yield text(f"{shift.issue}: weighted mean and median: none, since nobody has any weight")
            continue
        before, after = Number(shift.before, "four"), Number(shift.after, "four")
        yield text(f"{shift.issue}: weighted mean {{}} before, {{}} after", before, after)
        shown = [str(Number(median, "five")) for median in shift.medians[: _MEDIANS + 1]]
        shown += ["..."] if len(shift.medians) > len(shown) else []
        yield text(f"{shift.issue}: weighted median before, and after each round: {' '.join(shown)}")


def _moves(found: Rounds) -> Section:
    """Return who makes each move; those who make the same one are told together."""
    names: Mapping[str, str] = {member.actor: member.name for case in found.cases for member in case.members}
    told: dict[tuple[str, ...], tuple[tuple[Part, ...], list[str]]] = {}
    for move in found.moves:
        cells: tuple[Part, ...] = (
            Number(move.start, "four"),
            Number(move.end, "four"),
            move.kind,
            "" if move.other is None else names[move.other],
            "" if move.risk is None else Number(move.risk, "weight"),
        )
        key = (str(move.round), move.issue, *map(str, cells))
        told.setdefault(key, ((count(move.round), move.issue, *cells), []))[1].append(names[move.actor])
    rows = [(*cells[:2], in_a_line(tuple(who), "").removesuffix(": "), *cells[2:]) for cells, who in told.values()]
    headings = ("round", "issue", "actor", "from", "to", "why", "by", "risk")
    return Section("moves", found.model, (table(headings, rows, (0, 3, 4, 7)),))


def _what_it_is(found: Rounds) -> str:
    """Return what the table tells, whose moves rest on an assumption, and whether the forecast uses it."""
    first = found.cases[0]
    silent = {member.actor for case in found.cases for member in case.silent}
    assumed = len({move.actor for move in found.moves} & silent)
    told = (
        f"How positions would move before {first.meeting.name} if members moved each other as the {found.model} "
        "model says, with every input at its likeliest value: one course of talks, not a forecast."
    )
    if first.issue.ordered:
        told += f" 'foedus forecast' answers with the {answering(first).card.name} model, which moves nobody."
    if assumed:
        told += f" {assumed} of those who move have not spoken: where they start is assumed."
    return told


def _paths(found: TableRounds) -> Iterator[Section]:
    """Yield where each actor stands before the first round and after each."""
    path = found.movement.trajectory
    if path is None:
        return
    turns = min(len(path.positions), _PATHS + 1)
    alone = len(found.table.issues) == 1
    rows: list[tuple[Part, ...]] = [
        (
            actor,
            *([] if alone else [issue]),
            *(Number(float(path.positions[turn, 0, place, k]), "five") for turn in range(turns)),
        )
        for place, actor in enumerate(found.table.actors)
        for k, issue in enumerate(found.table.issues)
    ]
    more = f", the first {turns - 1} of {len(path.positions) - 1} rounds" if turns < len(path.positions) else ""
    headings = ("actor", *([] if alone else ["issue"]), "start", *(str(turn) for turn in range(1, turns)))
    numbers = range(1 if alone else 2, len(headings))
    yield Section("paths", f"{found.model}: positions{more}", (table(headings, rows, numbers),))


def _trades(found: TableRounds) -> Iterator[Section]:
    """Yield each exchange on two lines, one for each side; of several rounds, what was expected before and after."""
    several = len(found.played) > 1
    shown = [trade for trade in found.trades if trade.played_in == 1]
    rows = [
        (
            count(trade.round) if place == 0 else "",
            side.actor,
            side.gives_on,
            Number(side.start, "five"),
            Number(side.end, "five"),
            Number(side.shift, "fine"),
            Number(side.gain, "fine"),
        )
        for trade in shown
        for place, side in enumerate(trade.sides)
    ]
    headings = ("exchange", "actor", "gives way on", "from", "to", "outcome moves", "gain")
    possible = found.potential or 0
    made = f"{counted(possible, 'exchange')} {'is' if possible == 1 else 'are'} possible at first, {len(shown)} made."
    title = f"{found.model}{', round 1' if several else ''}"
    yield Section("trades", title, (table(headings, rows, (0, 3, 4, 5, 6)), text(made)))
    if several:
        yield _played(found)


def _played(found: TableRounds) -> Section:
    """Return the outcomes expected before and after the exchanges of each round."""
    rows: list[tuple[Part, ...]] = []
    for one in found.played:
        head: tuple[Part, ...] = (count(one.round), count(one.potential), count(one.made))
        rows.append((*head, "before", *(Number(outcome, "five") for outcome in one.before)))
        rows.append(("", "", "", "after", *(Number(outcome, "five") for outcome in one.voted)))
    headings = ("round", "possible", "made", "exchanges", *found.table.issues)
    return Section("played", "outcomes expected", (table(headings, rows, (0, 1, 2, *range(4, len(headings)))),))
