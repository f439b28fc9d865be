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
    from foedus.procedures import Call, Choice, Game, Happening


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
    from foedus.base.wording import counted
    from foedus.procedures import play_game
    from foedus.procedures.turns import TurnFiles, WaitingError, came_of

    ids = [_seat(dossier, seat) for seat in seats]
    names = {actor: dossier.world.name(actor) for actor in dossier.world.actors}

    def tell(line: str) -> None:
        typer.echo(line, err=aside)

    def resumed(moves: int) -> None:
        if moves:
            verb = "is" if moves == 1 else "are"
            tell(f"{counted(moves, 'move')} {verb} taken from the record; the game goes on from there.")
        if start is not None:
            tell(f"Steps before {start} follow history where it is known, and otherwise the model.")

    def seen(event: Happening) -> None:
        for line in came_of(event, names):
            tell(line)

    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            files = TurnFiles(folder, names)
            return play_game(
                dossier, ids, files, record=files.record, start=start, end=end, changes=changes, seed=seed,
                resumed=resumed, watch=files.tell,
            )  # fmt: skip
        asked = 0

        def ask(call: Call) -> Choice:
            nonlocal asked
            asked += 1
            return _at_the_keyboard(call, names, tell, kept=record is not None)

        game = play_game(
            dossier, ids, ask, record=record, start=start, end=end, changes=changes, seed=seed, resumed=resumed,
            watch=seen,
        )  # fmt: skip
        if not asked:
            tell("The record holds the whole game: every move was taken from it, and nobody was asked.")
        return game
    except WaitingError as waiting:
        tell(str(waiting))
        return None
    except KeyboardInterrupt as stop:
        kept = record if folder is None else folder
        stop.add_note(
            "the game is not kept; with --record FILE it could go on from here"
            if kept is None
            else f"the moves made so far are in {kept}; the same command goes on from there"
        )
        raise


def _seat(dossier: Dossier, name: str) -> str:
    try:
        return dossier.world.find(name)
    except FoedusError as error:
        raise FoedusError(f"--seat {name}: {error}") from None


def _at_the_keyboard(call: Call, names: dict[str, str], tell: Callable[[str], None], *, kept: bool) -> Choice:
    from foedus.procedures.turns import pick, told

    tell("")
    for line in told(call, names.get(call.seat, call.seat)):
        tell(line)
    while True:
        tell(f"{call.seat}> a number, or ? for all that is known")
        words = sys.stdin.readline()
        if not words:
            again = "; the same command goes on from here" if kept else "; with --record FILE it could go on from here"
            raise FoedusError(f"the game was broken off at {call.question.entry.key}, {call.seat}{again}")
        if words.strip() == "?":
            for line in told(call, names.get(call.seat, call.seat), everything=True):
                tell(line)
            continue
        choice = pick(call, words)
        if choice is not None:
            return choice
        tell(f"{words.strip()!r} is none of 1 to {len(call.choices)}")
