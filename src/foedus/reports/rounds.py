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


def rounds_sections(rounds: Rounds) -> Iterator[Section]:
    """Yield what moves whom, what that does to mean and median, and how it ended."""
    if isinstance(rounds, TableRounds) and rounds.potential is not None:
        yield from _trades(rounds)
    elif isinstance(rounds, TableRounds):
        yield from _paths(rounds)
    else:
        yield Section("about", "", (text(_what_it_is(rounds)),))
        yield _moves(rounds)
    ends = text(f"{counted(len(rounds.moves), 'move')}; {rounds.ended}.")
    notes = [text(f"{note}.") for note in rounds.notes]
    yield Section("shifts", "", (*_shifts(rounds), ends, *notes))


def _shifts(rounds: Rounds) -> Iterator[Text]:
    for shift in rounds.shifts:
        if not shift.medians:
            yield text(f"{shift.issue}: weighted mean and median: none, since nobody has any weight")
            continue
        before, after = Number(shift.before, "four"), Number(shift.after, "four")
        yield text(f"{shift.issue}: weighted mean {{}} before, {{}} after", before, after)
        shown = [str(Number(median, "five")) for median in shift.medians[: _MEDIANS + 1]]
        shown += ["..."] if len(shift.medians) > len(shown) else []
        yield text(f"{shift.issue}: weighted median before, and after each round: {' '.join(shown)}")


def _moves(rounds: Rounds) -> Section:
    """Return who makes each move; those who make the same one are told together."""
    names: Mapping[str, str] = {member.actor: member.name for case in rounds.cases for member in case.members}
    told: dict[tuple[str, ...], tuple[tuple[Part, ...], list[str]]] = {}
    for move in rounds.moves:
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
    return Section("moves", rounds.model, (table(headings, rows, (0, 3, 4, 7)),))


def _what_it_is(rounds: Rounds) -> str:
    """Return what the table tells, whose moves rest on an assumption, and whether the forecast uses it."""
    first = rounds.cases[0]
    silent = {member.actor for case in rounds.cases for member in case.silent}
    assumed = len({move.actor for move in rounds.moves} & silent)
    told = (
        f"How positions would move before {first.meeting.name} if members moved each other as the {rounds.model} "
        "model says, with every input at its likeliest value: one course of talks, not a forecast."
    )
    if first.issue.ordered:
        told += f" 'foedus forecast' answers with the {answering(first).card.name} model, which moves nobody."
    if assumed:
        told += f" {assumed} of those who move have not spoken: where they start is assumed."
    return told


def _paths(rounds: TableRounds) -> Iterator[Section]:
    """Yield where each actor stands before the first round and after each."""
    path = rounds.movement.trajectory
    if path is None:
        return
    turns = min(len(path.positions), _PATHS + 1)
    alone = len(rounds.table.issues) == 1
    rows: list[tuple[Part, ...]] = [
        (
            actor,
            *([] if alone else [issue]),
            *(Number(float(path.positions[turn, 0, place, k]), "five") for turn in range(turns)),
        )
        for place, actor in enumerate(rounds.table.actors)
        for k, issue in enumerate(rounds.table.issues)
    ]
    more = f", the first {turns - 1} of {len(path.positions) - 1} rounds" if turns < len(path.positions) else ""
    headings = ("actor", *([] if alone else ["issue"]), "start", *(str(turn) for turn in range(1, turns)))
    numbers = range(1 if alone else 2, len(headings))
    yield Section("paths", f"{rounds.model}: positions{more}", (table(headings, rows, numbers),))


def _trades(rounds: TableRounds) -> Iterator[Section]:
    """Yield each exchange on two lines, one for each side; of several rounds, what was expected before and after."""
    several = len(rounds.played) > 1
    shown = [trade for trade in rounds.trades if trade.played_in == 1]
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
    possible = rounds.potential or 0
    made = f"{counted(possible, 'exchange')} {'is' if possible == 1 else 'are'} possible at first, {len(shown)} made."
    title = f"{rounds.model}{', round 1' if several else ''}"
    yield Section("trades", title, (table(headings, rows, (0, 3, 4, 5, 6)), text(made)))
    if several:
        yield _played(rounds)


def _played(rounds: TableRounds) -> Section:
    """Return the outcomes expected before and after the exchanges of each round."""
    rows: list[tuple[Part, ...]] = []
    for played in rounds.played:
        head: tuple[Part, ...] = (count(played.round), count(played.potential), count(played.made))
        rows.append((*head, "before", *(Number(outcome, "five") for outcome in played.before)))
        rows.append(("", "", "", "after", *(Number(outcome, "five") for outcome in played.voted)))
    headings = ("round", "possible", "made", "exchanges", *rounds.table.issues)
    return Section("played", "outcomes expected", (table(headings, rows, (0, 1, 2, *range(4, len(headings)))),))
