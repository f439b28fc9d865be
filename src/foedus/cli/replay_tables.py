"""A replay as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from foedus.cli.tables import bar, console, show

if TYPE_CHECKING:
    from foedus.procedures import Difference, Game, Happening, Replay

_SIDES = {True: "as it was", False: "otherwise", None: ""}
_FEW = 5


def show_replay(replay: Replay, *, why: bool = False) -> None:
    """Print the chronology, where each open matter ends, and how it stands to what happened."""
    out = console()
    many = "histories" if replay.histories > 1 else "history"
    out.print(f"[bold]{escape(replay.title)}[/bold]: {replay.histories:,} {many}, seed {replay.seed}")
    for change in replay.changes:
        out.print(f"supposed to have been otherwise: {escape(str(change))}")
    for line in replay.idle:
        out.print(escape(line))
    _show_chronology(replay)
    if why:
        for event in replay.events:
            out.print()
            for line in event.why.lines():
                out.print(escape(line))
    _show_ends(replay)
    _show_comparison(replay)


def _show_chronology(replay: Replay) -> None:
    """Print one line for each step; one history has no shares, and in a game it is the game's."""
    out = console()
    rows = [_row(event) for event in replay.events]
    if replay.histories == 1:
        where = "in the game" if is_game(replay) else "in this history"
        show(out, "", ("day", "matter", "step", where, "in history", ""), [(*row[:4], *row[5:]) for row in rows])
    else:
        show(out, "", ("day", "matter", "step", "in the model", "share", "in history", ""), rows, numbers=(4,))


def is_game(replay: Replay) -> bool:
    """Tell whether persons decided anything in a replay."""
    return any(event.players for event in replay.events)


def _row(event: Happening) -> tuple[str, ...]:
    answer = event.result
    if event.option is not None and event.result != "not-arisen":
        answer = event.option
    if event.to and event.to != answer:
        answer = f"{answer} ({event.to})"
    happened = (event.happened or "") if event.decided != "given" else ""
    return (
        str(event.on),
        event.matter,
        event.step,
        answer,
        f"{event.result_share:.0%}",
        happened,
        _SIDES[event.agrees] if event.decided != "given" else "given",
    )


def _show_ends(replay: Replay) -> None:
    """Print where each matter whose course is open comes to; one line for each."""
    out = console()
    rows = []
    for matter in replay.matters:
        shares = sorted(matter.points[-1].shares.items(), key=lambda pair: -pair[1])
        if len(shares) > 1:
            words = ", ".join(f"{state} {share:.1%}" for state, share in shares)
            rows.append((matter.id, bar(shares[0][1], 12), words))
    if rows:
        out.print()
        show(out, "Where the open matters come to", ("matter", "likeliest", "share of histories in each state"), rows)


def _show_comparison(replay: Replay) -> None:
    out, found = console(), replay.comparison
    if not found.compared or replay.changes:
        return  # history is no measure of a past that was changed
    out.print()
    for line in compared(replay):
        out.print(escape(line))


def compared(replay: Replay) -> Iterator[str]:
    """Yield how a replay, or a game, stands to what happened, line by line."""
    found, one = replay.comparison, replay.histories == 1
    steps = f"{found.compared} step{'' if found.compared == 1 else 's'}"
    if is_game(replay):
        played = sum(bool(event.players) for event in replay.events if event.agrees is not None)
        yield f"Of {steps} of which history's outcome is known, {found.alike} came out in this game as they did;"
        yield f"players had a part in {played} of them."
    else:
        where = "in this history" if one else "in most histories"
        yield f"Of {steps} that the model decided, {found.alike} came out {where} as they did."
    for event in replay.events:
        if event.agrees is False:
            yield _apart(replay, event)
    if found.log_score is not None:
        yield (
            f"Mean logarithmic score {found.log_score:.3f}; 0 would be certainty of what happened. A share of k in "
            f"{replay.histories:,} counts as (k + 1/2) / {replay.histories + 1:,}, so none below {found.floor:.1g}."
        )
    elif not one:
        yield "No score is given for fewer than 100 histories."


def _apart(replay: Replay, event: Happening) -> str:
    head = f"  {event.on}, {event.matter}, {event.step}: "
    if replay.histories == 1:
        where = "the game" if is_game(replay) else "this history"
        return f"{head}{where} has {event.result}, history {event.happened}"
    share = event.happened_share or 0.0
    model = f"the model says {event.result} ({event.result_share:.0%})"
    return head + f"{model}, history {event.happened} ({share:.0%} of histories)"


def show_differences(differences: Sequence[Difference]) -> None:
    """Print which steps come out otherwise."""
    out = console()
    out.print()
    if not differences:
        out.print("Nothing comes out otherwise.")
        return
    rows = [
        (
            str(one.on),
            one.matter,
            one.step,
            f"{one.before} -> {one.after}" if one.turned else one.after,
            "; ".join(f"{s.answer} {s.before:.1%} -> {s.after:.1%}" for s in one.shifts[:_FEW]),
        )
        for one in differences
    ]
    show(out, "What comes out otherwise", ("day", "matter", "step", "result", "share of histories"), rows)


def show_game(game: Game, *, why: bool = False) -> None:
    """Print how a game went: its chronology, its moves, and the hash by which its record can be checked."""
    out = console()
    out.print()
    show_replay(game.replay, why=why)
    out.print()
    moves = [line for line in game.record if line["kind"] == "move"]
    rows = [(str(m["on"]), str(m["matter"]), str(m["step"]), str(m["seat"]), str(m["words"])) for m in moves]
    show(out, "What the players did", ("day", "matter", "step", "seat", "move"), rows)
    out.print(f"The record ends with {game.record[-1]['sha256']}")
