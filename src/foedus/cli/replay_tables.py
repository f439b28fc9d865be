"""A replay as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.cli.tables import bar, console, show, tree

if TYPE_CHECKING:
    from foedus.procedures import Difference, Game, Happening, Replay


def show_replay(replay: Replay, *, why: bool = False) -> None:
    """Print the chronology, where each open matter ends, and how it stands to what happened."""
    from foedus.procedures.words import SETTLED_BY

    out = console()
    many = "histories" if replay.histories > 1 else "history"
    out.print(f"{replay.title}: {replay.histories:,} {many}, seed {replay.seed}")
    for change in replay.changes:
        out.print(f"supposed to have been otherwise: {change}")
    out.print(SETTLED_BY)
    for line in replay.idle:
        out.print(line)
    _show_chronology(replay)
    if why:
        for event in replay.events:
            out.print()
            tree(out, event.why.lines())
    _show_ends(replay)
    _show_comparison(replay)


def _show_chronology(replay: Replay) -> None:
    """Print one line for each step; one history has no shares, and in a game it is the game's."""
    from foedus.procedures.words import is_game

    out = console()
    rows = [_row(event) for event in replay.events]
    if replay.histories == 1:
        where = "in the game" if is_game(replay) else "in this history"
        show(out, "", ("day", "matter", "step", where, "in history", ""), [(*row[:4], *row[5:]) for row in rows])
    else:
        show(out, "", ("day", "matter", "step", "in the model", "share", "in history", ""), rows, numbers=(4,))


def _row(event: Happening) -> tuple[str, ...]:
    from foedus.procedures.words import beside_history, in_words

    happened = (event.happened or "") if event.decided != "given" else ""
    return (
        str(event.on),
        event.matter,
        event.step,
        in_words(event),
        f"{event.result_share:.0%}",
        happened,
        beside_history(event),
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
    from foedus.cli.sections import show_sections
    from foedus.reports.histories import comparison_section

    out = console()
    out.print()
    show_sections(out, [comparison_section(replay)])


def show_differences(differences: Sequence[Difference]) -> None:
    """Print which steps come out otherwise."""
    from foedus.cli.sections import show_sections
    from foedus.reports.histories import differences_section

    out = console()
    out.print()
    show_sections(out, [differences_section(differences)])


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
