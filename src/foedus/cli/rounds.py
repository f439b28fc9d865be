"""``foedus rounds``: how positions move before a meeting, round by round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, IssueId, MaxMarking, OnMeeting, opened

if TYPE_CHECKING:
    from foedus.rounds import Rounds, TableRounds

_MEDIANS = 10
"""Rounds whose medians are printed; --json lists all."""


_PATHS = 8
"""Rounds whose positions are printed for a table of actors; --json lists all."""


@answering()
def rounds(
    source: Annotated[
        Path,
        typer.Argument(metavar="SOURCE", help="A dossier's folder, or a table of actors (plain, KTAB, decide)."),
    ],
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="An influence model; one that trades across issues takes all issues. By default challenge, or what a "
            "table was made for.",
        ),
    ] = None,
    scale: Annotated[
        tuple[float, float] | None,
        typer.Option("--scale", metavar="LOW HIGH", help="Ends of the scale, for a table that does not say."),
    ] = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Show how positions move round by round, with every input at its likeliest value."""
    from foedus.base.errors import FoedusError
    from foedus.rounds import read_actor_table, rounds_of_table
    from foedus.rounds import rounds as run

    answer: Rounds
    if source.is_file():
        if issue or as_of or on:
            raise FoedusError("--issue, --as-of and --on are for a dossier; a table of actors has no days")
        answer = rounds_of_table(read_actor_table(source, scale), model)
        names = {actor: actor for actor in answer.table.actors}
    else:
        if scale is not None:
            raise FoedusError("--scale is for a table of actors; a dossier says its scale in dossier.yaml")
        answer = run(opened(source, max_marking), issue, as_of, on, model or "challenge")
        names = {member.actor: member.name for case in answer.cases for member in case.members}

    def show() -> None:
        _show(answer, names)

    return Reply(answer, show)


def _show(answer: Rounds, names: dict[str, str]) -> None:
    from foedus.base.wording import counted
    from foedus.cli.tables import console, number, show
    from foedus.dossiers.said import in_a_line
    from foedus.rounds import TableRounds

    out = console()
    if isinstance(answer, TableRounds) and answer.potential is not None:
        _show_trades(answer)
    elif isinstance(answer, TableRounds):
        _show_paths(answer)
    else:
        _say_what_it_is(answer)
        show(
            out,
            answer.model,
            ["round", "issue", "actor", "from", "to", "why", "by", "risk"],
            [
                [each, issue, in_a_line(tuple(who), "").removesuffix(": "), *cells]
                for (each, issue, *cells), who in _alike(answer, names).items()
            ],
            numbers=[0, 3, 4, 7],
        )
    for one in answer.shifts:
        if not one.medians:
            out.print(f"{one.issue}: weighted mean and median: none, since nobody has any weight")
            continue
        out.print(f"{one.issue}: weighted mean {number(one.before, 4)} before, {number(one.after, 4)} after")
        shown = one.medians[: _MEDIANS + 1]
        medians = " ".join(number(median) for median in shown) + (" ..." if len(one.medians) > len(shown) else "")
        out.print(f"{one.issue}: weighted median before, and after each round: {medians}")
    out.print(f"{counted(len(answer.moves), 'move')}; {answer.ended}.")
    for note in answer.notes:
        out.print(f"{note}.")


def _alike(answer: Rounds, names: dict[str, str]) -> dict[tuple[str, ...], list[str]]:
    """Return who makes each move; those who make the same one are told together."""
    from foedus.cli.tables import number

    told: dict[tuple[str, ...], list[str]] = {}
    for one in answer.moves:
        cells = (
            str(one.round),
            one.issue,
            number(one.start, 4),
            number(one.end, 4),
            one.kind,
            "" if one.other is None else names[one.other],
            "" if one.risk is None else f"{one.risk:.2f}",
        )
        told.setdefault(cells, []).append(names[one.actor])
    return told


def _say_what_it_is(answer: Rounds) -> None:
    """Say what the table tells, whose moves rest on an assumption, and whether the forecast uses it."""
    from foedus.cli.tables import console
    from foedus.forecasts.answering import answering

    first = answer.cases[0]
    silent = {member.actor for case in answer.cases for member in case.silent}
    assumed = len({one.actor for one in answer.moves} & silent)
    told = (
        f"How positions would move before {first.meeting.name} if members moved each other as the "
        f"{answer.model} model says, with every input at its likeliest value: one course of talks, not a "
        "forecast."
    )
    if first.issue.ordered:
        told += f" 'foedus forecast' answers with the {answering(first).card.name} model, which moves nobody."
    if assumed:
        told += f" {assumed} of those who move have not spoken: where they start is assumed."
    console().print(f"{told}\n")


def _show_paths(answer: TableRounds) -> None:
    """Print where each actor stands before the first round and after each."""
    from foedus.cli.tables import console, number, show

    path = answer.movement.trajectory
    if path is None:
        return
    turns = min(len(path.positions), _PATHS + 1)
    alone = len(answer.table.issues) == 1
    rows = [
        [actor, *([] if alone else [issue]), *(number(path.positions[turn, 0, place, k]) for turn in range(turns))]
        for place, actor in enumerate(answer.table.actors)
        for k, issue in enumerate(answer.table.issues)
    ]
    more = f", the first {turns - 1} of {len(path.positions) - 1} rounds" if turns < len(path.positions) else ""
    headings = ["actor", *([] if alone else ["issue"]), "start", *(str(turn) for turn in range(1, turns))]
    show(console(), f"{answer.model}: positions{more}", headings, rows, numbers=range(1 if alone else 2, len(headings)))


def _show_trades(answer: TableRounds) -> None:
    """Print each exchange on two lines, one for each side."""
    from foedus.cli.tables import console, number, show

    several = len(answer.played) > 1
    shown = [one for one in answer.trades if one.played_in == 1]
    rows = [
        [
            str(one.round) if place == 0 else "",
            side.actor,
            side.gives_on,
            number(side.start),
            number(side.end),
            f"{side.shift:.4f}",
            f"{side.gain:.4f}",
        ]
        for one in shown
        for place, side in enumerate(one.sides)
    ]
    headings = ["exchange", "actor", "gives way on", "from", "to", "outcome moves", "gain"]
    show(console(), f"{answer.model}{', round 1' if several else ''}", headings, rows, numbers=[0, 3, 4, 5, 6])
    console().print(f"{_exchanges(answer.potential or 0)} possible at first, {len(shown)} made.")
    if several:
        _show_played(answer)


def _exchanges(count: int) -> str:
    return "1 exchange is" if count == 1 else f"{count:,} exchanges are"


def _show_played(answer: TableRounds) -> None:
    """Print the outcomes expected before and after the exchanges of each round."""
    from foedus.cli.tables import console, number, show

    rows = [
        [*head, *(number(outcome) for outcome in outcomes)]
        for one in answer.played
        for head, outcomes in (
            ([str(one.round), str(one.potential), str(one.made), "before"], one.before),
            (["", "", "", "after"], one.voted),
        )
    ]
    headings = ["round", "possible", "made", "exchanges", *answer.table.issues]
    show(console(), "outcomes expected", headings, rows, numbers=[0, 1, 2, *range(4, len(headings))])
