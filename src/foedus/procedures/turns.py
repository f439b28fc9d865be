"""Turn files, so that players can play apart: one is written for whoever has to decide, and read back filled in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_text, write_atomically
from foedus.base.hashes import sha256
from foedus.procedures.playing import Call, Choice

RECORD = "record.jsonl"
"""The game's record in a folder of turn files."""

_WIDTH = 100
_LATEST = 8


class WaitingError(FoedusError):
    """Raised where a game cannot go on before a player has filled in a turn file."""

    def __init__(self, seat: str, path: Path) -> None:
        self.seat, self.path = seat, path
        super().__init__(f"waiting for {seat}: fill in the line 'choice:' of {path}, then run the same command again")


def told(call: Call, name: str, names: dict[str, str], everything: bool = False) -> Iterator[str]:
    """Yield what a person is told before it decides, line by line.

    Parameters
    ----------
    call
        The decision.
    name
        The usual name of the seat.
    names
        The usual names of other actors, by id.
    everything
        Whether to tell all statements that were known, and not the latest alone.
    """
    item, step, told_before = call.question.entry.item, call.question.entry.step, call.beforehand
    yield f"{item.on}  {name} ({call.seat}) decides: {item.matter}, {item.step}"
    yield from _wrapped(f"What: {step.says}.")
    yield from _wrapped(f"Rule: {told_before.rule}; {told_before.seats} seats in {told_before.body}. {step.reference}.")
    known = call.known if everything else call.known[-_LATEST:]
    yield f"Known by {call.as_of}: {len(call.known)} statements" + (", the latest:" if known != call.known else "")
    for statement in known:
        who = names.get(statement.actor, statement.actor)
        yield from _wrapped(f"- {statement.said_on} {who}: {statement.paraphrase}")
    words = ", ".join(f"{label} {share:.0%}" for label, share in told_before.options.items())
    yield from _wrapped(f"Expected, if the model decided for all: {words}.")
    yield "You may, and this is what it is likely to lead to:"
    for place, choice in enumerate(call.choices, 1):
        shares = call.leads_to[choice.id]
        leads = ", ".join(f"{answer} {share:.0%}" for answer, share in shares.items() if share > 0)
        yield from _wrapped(f"{place}  {choice.words}: {leads}")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent="   ") or [""]


def pick(call: Call, words: str) -> Choice | None:
    """Return the choice that a number or an id names, or None."""
    wanted = words.strip()
    for place, choice in enumerate(call.choices, 1):
        if wanted in {str(place), choice.id}:
            return choice
    return None


@dataclass(frozen=True, slots=True)
class TurnFiles:
    """Asks through files in a folder: ``SEAT.turn.txt``.

    Parameters
    ----------
    folder
        Where the files and the record stand.
    names
        Usual names of actors, by id.
    """

    folder: Path
    names: dict[str, str]

    @property
    def record(self) -> Path:
        """The game's record."""
        return self.folder / RECORD

    def __call__(self, call: Call) -> Choice:
        """Return the choice that a turn file holds.

        Raises
        ------
        WaitingError
            When it is not filled in; a file that is missing is written first.
        InputError
            When the file was tampered with, or its choice is none of those allowed.
        """
        path = self.folder / f"{call.seat}.turn.txt"
        text = "\n".join(f"# {line}" for line in told(call, self.names.get(call.seat, call.seat), self.names))
        token = sha256(f"{call.question.entry.key}\n{call.seat}\n{text}".encode())
        if not path.exists():
            write_atomically(path, f"{text}\nturn: {token}\nchoice:\n")
            raise WaitingError(call.seat, path)
        choice = self._read(path, call, text, token)
        path.unlink()
        return choice

    def _read(self, path: Path, call: Call, text: str, token: str) -> Choice:
        lines = read_text(path).rstrip("\n").split("\n")
        given = {}
        for number, line in enumerate(lines, 1):
            name, colon, value = line.partition(":")
            if not line.startswith("#") and line.strip():
                if not colon or name not in {"turn", "choice"} or name in given:
                    raise refuse(
                        str(path), "one line 'turn:' and one line 'choice:'", where=f"line {number}", value=line
                    )
                given[name] = value.strip()
        shown = "\n".join(line.rstrip() for line in lines if line.startswith("#"))
        if given.get("turn") != token or shown != "\n".join(line.rstrip() for line in text.split("\n")):
            raise refuse(
                str(path),
                f"the turn of {call.seat} at {call.question.entry.key} as it was written; it was tampered with, or is "
                "of another game: delete it, and the same command writes it anew",
                field="turn",
            )
        if not given.get("choice"):
            raise WaitingError(call.seat, path)
        choice = pick(call, given["choice"])
        if choice is None:
            allowed = ", ".join(f"{place} ({one.id})" for place, one in enumerate(call.choices, 1))
            raise refuse(str(path), f"one of {allowed}", field="choice", value=given["choice"])
        return choice
