"""A replay on a terminal: its sections, and with ``--why`` the reasons of each step."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cli.screen import console, tree
from foedus.cli.sections import show_sections
from foedus.procedures import Difference, Game, Replay
from foedus.reports.histories import differences_section, moves_section, replay_sections


def show_replay(replay: Replay, differences: Sequence[Difference] | None = None, *, why: bool = False) -> None:
    """Print the chronology, where each open matter ends, how it stands to what happened, and what differs."""
    out = console()
    about, steps, *rest = replay_sections(replay)
    show_sections(out, [about, steps])
    if why:
        for event in replay.events:
            out.print()
            tree(out, event.why.lines())
    out.print()
    show_sections(out, rest if differences is None else [*rest, differences_section(differences)])


def show_game(game: Game, *, why: bool = False) -> None:
    """Print how a game went, and its moves."""
    out = console()
    out.print()
    show_replay(game.replay, why=why)
    out.print()
    show_sections(out, [moves_section(game)])
