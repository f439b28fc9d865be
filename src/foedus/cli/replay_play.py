"""Playing seats at the keyboard, or apart through turn files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from foedus.base.errors import FoedusError

if TYPE_CHECKING:
    from foedus.dossiers import Dossier
    from foedus.procedures import Call, Choice, Game


def play(
    dossier: Dossier,
    seats: Sequence[str],
    *,
    record: Path | None,
    folder: Path | None,
    start: str | None,
    end: str | None,
    changes: Sequence[str],
    seed: int,
    aside: bool,
) -> Game | None:
    """Play to the end, or until a player's turn file has to be filled in; prompts go to standard error if ``aside``."""
    from foedus.procedures import play_game
    from foedus.procedures.turns import TurnFiles, WaitingError

    ids = [dossier.world.find(seat) for seat in seats]
    names = {actor: dossier.world.name(actor) for actor in dossier.world.actors}

    def tell(line: str) -> None:
        typer.echo(line, err=aside)

    def resumed(moves: int) -> None:
        if moves:
            tell(f"{moves} moves are taken from the record; the game goes on from there.")

    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            files = TurnFiles(folder, names)
            return play_game(
                dossier, ids, files, record=files.record, start=start, end=end, changes=changes, seed=seed,
                resumed=resumed,
            )  # fmt: skip

        def ask(call: Call) -> Choice:
            return _at_the_keyboard(call, names, tell, kept=record is not None)

        return play_game(
            dossier, ids, ask, record=record, start=start, end=end, changes=changes, seed=seed, resumed=resumed
        )
    except WaitingError as waiting:
        tell(str(waiting))
        return None


def _at_the_keyboard(call: Call, names: dict[str, str], tell: Callable[[str], None], *, kept: bool) -> Choice:
    from foedus.procedures.turns import pick, told

    tell("")
    for line in told(call, names.get(call.seat, call.seat), names):
        tell(line)
    while True:
        tell(f"{call.seat}> a number, or ? for all that is known")
        words = sys.stdin.readline()
        if not words:
            again = "; the same command goes on from here" if kept else "; with --record FILE it could go on from here"
            raise FoedusError(f"the game was broken off at {call.question.entry.key}, {call.seat}{again}")
        if words.strip() == "?":
            for line in told(call, names.get(call.seat, call.seat), names, everything=True):
                tell(line)
            continue
        choice = pick(call, words)
        if choice is not None:
            return choice
        tell(f"{words.strip()!r} is none of 1 to {len(call.choices)}")
