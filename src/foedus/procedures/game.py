"""A game's record: JSON Lines, each line chained to the one before by its hash, to be resumed and shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from foedus._version import __version__
from foedus.base.days import Day, asked_day
from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_text, sync_folder, write_atomically
from foedus.base.lines import START, digest, loaded, spelt
from foedus.base.locks import writing
from foedus.dossiers import Dossier
from foedus.dossiers.changes import Change, change_of, changed
from foedus.procedures.docket import read_docket, without_answers
from foedus.procedures.engine import Taken
from foedus.procedures.events import Happening, told
from foedus.procedures.playing import Ask, Call, Choice, Players
from foedus.procedures.replaying import Replay, inputs_of, replay

_HEAD = ("kind", "title", "version", "inputs_sha256", "seed", "seats", "start", "changes")
_MOVE = ("kind", "on", "matter", "step", "key", "seat", "choice", "words")

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Game:
    """A game that came to its end.

    Attributes
    ----------
    replay
        What happened in it, as a replay of one history.
    seats
        Who was played by persons.
    moves
        How many decisions they took.
    record
        The lines of its record.
    """

    replay: Replay
    seats: tuple[str, ...]
    moves: int
    record: tuple[Mapping[str, object], ...]


def chained(lines: Sequence[Mapping[str, object]], line: Mapping[str, object]) -> Line:
    """Return a line with its number, the hash of the line before, and its own."""
    previous = str(lines[-1]["sha256"]) if lines else START
    whole: Line = {**line, "n": len(lines) + 1, "previous": previous}
    return whole | {"sha256": digest(whole)}


def read_record(path: Path | str) -> tuple[Line, ...]:
    """Read a game's record and check its chain.

    Raises
    ------
    InputError
        When a line is none of a record, was changed, or a line before it was removed, inserted or moved; the line is
        named.
    """
    name = str(path)
    lines: list[Line] = []
    texts = read_text(Path(path)).removesuffix("\n").split("\n")
    for number, text in enumerate(texts, 1):
        where = f"line {number}"
        line = loaded(text)
        if line is None and number == len(texts) > 1 and text.startswith("{"):
            mend = f"delete line {number}, and the same command goes on after the move before it"
            raise refuse(name, f"the last line was cut short, so its move is lost; {mend}", where=where)
        fields = {*(_HEAD if number == 1 else _MOVE), "n", "previous", "sha256"}
        if line is None or line.keys() != fields or line["kind"] != ("game" if number == 1 else "move"):
            raise refuse(name, "expected a line of a game's record; it is damaged, or of another version", where=where)
        if line["sha256"] != digest(line):
            raise refuse(name, "expected the hash of its content; the line was changed later", where=where)
        if line["previous"] != (lines[-1]["sha256"] if lines else START) or line["n"] != number:
            raise refuse(
                name, "expected the hash of the line before; a line was removed, inserted or moved here", where=where
            )
        lines.append(line)
    return tuple(lines)


def play_game(
    dossier: Dossier,
    seats: Sequence[str],
    ask: Ask,
    *,
    record: Path | str | None = None,
    start: str | None = None,
    end: str | None = None,
    changes: Sequence[Change | str] = (),
    seed: int = 1,
    resumed: Callable[[int], None] = lambda _moves: None,
    watch: Callable[[Happening], None] = lambda _event: None,
) -> Game:
    """Play the dated events of a dossier with persons in some seats.

    Parameters
    ----------
    dossier
        With a docket.
    seats
        Ids of the actors that persons play; their order does not matter.
    ask
        Is asked for each of their decisions, in order of date, and on one day by id. Where it has a method ``kept``,
        that is told of each decision once its move is in the record, also of those that were taken from it.
    record
        A file that keeps the moves, one line each, written as they are made. A game that was broken off goes on from
        it: moves that stand there are taken, and not asked again.
    start
        The first day on which anybody is asked. Steps before it are taken from history where the docket says what
        happened, and else by the model.
    end, changes
        As for `replay`.
    seed
        Which course the model's actors take; the same seed and moves give the same game.
    resumed
        Told how many moves were taken from the record.
    watch
        Told of each step from ``start`` on, once it was taken.

    Raises
    ------
    InputError
        When the record was tampered with, or belongs to another game.
    FoedusError
        When a seat has no part in any step, or a choice is none of those allowed.
    """
    with nullcontext() if record is None else _alone(Path(record)):
        return _played(dossier, seats, ask, record, start, end, changes, seed, resumed, watch)


def _alone(record: Path) -> AbstractContextManager[None]:
    """Return the lock of a record, whose folder is made where it is missing."""
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(str(record), f"cannot be written: {error.strerror or error}") from None
    return writing(record)


def _played(
    dossier: Dossier,
    seats: Sequence[str],
    ask: Ask,
    record: Path | str | None,
    start: str | None,
    end: str | None,
    changes: Sequence[Change | str],
    seed: int,
    resumed: Callable[[int], None],
    watch: Callable[[Happening], None],
) -> Game:
    kept: Callable[[Call], None] = getattr(ask, "kept", lambda _call: None)
    seats = sorted(set(seats))
    first = None if start is None else asked_day(start, "from")
    head = _head(dossier, seats, changes, seed, first)
    lines = list(_opened(record, head))
    waiting = lines[1:]
    resumed(len(waiting))

    def answer(call: Call) -> Choice:
        if waiting:
            before = _taken(call, waiting.pop(0), str(record))
            kept(call)
            return before
        choice = ask(call)
        if choice not in call.choices:
            raise FoedusError(
                f"{choice.id!r} is none of the choices: {', '.join(possible.id for possible in call.choices)}"
            )
        lines.append(chained(lines, _move(call, choice)))
        _keep(record, lines)
        kept(call)
        return choice

    def seen(taken: Taken) -> None:
        if first is None or taken.entry.item.on >= first:
            watch(told(taken, dossier))

    supposed = changed(dossier, [change_of(change) if isinstance(change, str) else change for change in changes])
    decider = Players(supposed, 1, seed, seats, answer, first)
    played = replay(dossier, start=first, end=end, changes=changes, histories=1, seed=seed, decider=decider, watch=seen)
    if waiting:
        raise refuse(
            str(record), "expected no move after the last decision of the game", where=f"line {waiting[0]['n']}"
        )
    if len(lines) == 1:
        raise FoedusError(f"{', '.join(seats)}: no part in any step of these days; nothing was asked")
    return Game(played, tuple(seats), len(lines) - 1, tuple(lines))


def _head(
    dossier: Dossier, seats: Sequence[str], changes: Sequence[Change | str], seed: int, start: Day | None
) -> Line:
    return {
        "kind": "game",
        "title": dossier.title,
        "version": __version__,
        "inputs_sha256": inputs_of(dossier, without_answers(read_docket(dossier))),
        "seed": seed,
        "seats": list(seats),
        "start": "" if start is None else start.isoformat(),
        "changes": [str(change) for change in changes],
    }


def _opened(record: Path | str | None, head: Line) -> tuple[Line, ...]:
    if record is None or not Path(record).exists():
        begun = (chained((), head),)
        _keep(record, begun)
        return begun
    lines = read_record(record)
    for name in _HEAD:
        if lines[0][name] != head[name]:
            raise refuse(
                str(record),
                f"{head[name]!r}: the record is of another game; name a new file",
                where="line 1",
                field=name,
                value=str(lines[0][name]),
            )
    return lines


def _keep(record: Path | str | None, lines: Sequence[Mapping[str, object]]) -> None:
    if record is not None:
        write_atomically(Path(record), "".join(spelt(line) + "\n" for line in lines))
        sync_folder(Path(record).parent)


def _move(call: Call, choice: Choice) -> Line:
    item = call.question.entry.item
    return {
        "kind": "move",
        "on": item.on.isoformat(),
        "matter": item.matter,
        "step": item.step,
        "key": call.question.entry.key,
        "seat": call.seat,
        "choice": choice.id,
        "words": choice.words,
    }


def _taken(call: Call, line: Mapping[str, object], record: str) -> Choice:
    """Return the choice that a line of the record holds for a call."""
    where = f"line {line['n']}"
    key = call.question.entry.key
    if (line["key"], line["seat"]) != (key, call.seat):
        raise refuse(record, f"the move of {call.seat} at {key}", where=where, value=f"{line['seat']} at {line['key']}")
    for choice in call.choices:
        if choice.id == line["choice"]:
            return choice
    allowed = ", ".join(choice.id for choice in call.choices)
    raise refuse(record, f"one of {allowed}", where=where, field="choice", value=str(line["choice"]))
