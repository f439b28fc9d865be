"""Turn files, so that players can play apart: one is written for whoever has to decide, and read back filled in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foedus.base.days import day_in_words
from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_text, write_atomically
from foedus.base.hashes import sha256
from foedus.base.wording import counted, percent
from foedus.procedures.events import Happening
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.machines import LAW
from foedus.procedures.playing import Call, Choice

RECORD = "record.jsonl"
"""The game's record in a folder of turn files."""

OUTCOMES = "outcomes.txt"
"""What came of each step so far, in a folder of turn files."""

_WIDTH = 100
_LATEST = 8
_NAMED = 5
"""Names of those of whom nothing is known that are told; of the others only how many."""


class WaitingError(FoedusError):
    """Raised where a game cannot go on before a player has filled in a turn file."""

    def __init__(self, seat: str, path: Path) -> None:
        self.seat, self.path = seat, path
        super().__init__(f"waiting for {seat}: fill in the line 'choice:' of {path}, then run the same command again")


def told(call: Call, name: str, everything: bool = False) -> Iterator[str]:
    """Yield what a person is told before it decides, line by line.

    Parameters
    ----------
    call
        The decision.
    name
        The usual name of the seat.
    everything
        Whether to tell all statements that were known, and not the latest alone.
    """
    item, step = call.question.entry.item, call.question.entry.step
    yield f"{item.on}  {name} ({call.seat}) decides: {item.matter}, {item.step}"
    yield from _wrapped(f"What: {step.says}.")
    yield from _wrapped(f"Where it stands: {item.matter} is {call.state}.")
    yield from _wrapped(f"On the table: {call.subject!r}.")
    yield from _wrapped(f"Rule: {rule_of(call)}")
    yield from _known(call, everything)
    words = ", ".join(f"{label} {percent(share)}" for label, share in call.expected.items())
    yield from _wrapped(f"Expected, if the model decided for all: {words}.")
    yield "Your choices, and what each is likely to lead to:"
    for place, choice in enumerate(call.choices, 1):
        shares = call.leads_to[choice.id]
        leads = ", ".join(f"{answer} {percent(share)}" for answer, share in shares.items() if share > 0)
        yield from _wrapped(f"{place}  {choice.words}: {leads}")


def rule_of(call: Call) -> str:
    """Return by which rule a decision is taken, and what lays it down."""
    step, told_before = call.question.entry.step, call.beforehand
    body = "" if told_before.asked else f"; {counted(told_before.seats, 'seat')} in {told_before.body}"
    laid_down = told_before.reference if step.decided == "body" else step.reference
    return f"{told_before.rule}{body}. {laid_down[0].upper()}{laid_down[1:].rstrip('.')}."


def _known(call: Call, everything: bool) -> Iterator[str]:
    """Yield the seat's own statements, and then the latest of the others, each part by date."""
    own = [statement for statement in call.known if statement.actor == call.seat]
    others = [statement for statement in call.known if statement.actor != call.seat]
    shown = others if everything else others[-_LATEST:]
    latest = f", all of your own and the latest {_LATEST} of others:" if len(shown) < len(others) else ""
    yield f"Known by {call.as_of}: {counted(len(call.known), 'statement')}{latest}"
    for statement in (*own, *shown):
        yield from _wrapped(f"- {day_in_words(statement.said_on)} {call.said[statement.id]}")


def came_of(event: Happening, names: dict[str, str]) -> Iterator[str]:
    """Yield what came of a step of a game, line by line; nothing for a treaty's cover, which nobody decides.

    Parameters
    ----------
    event
        A step of a replay of one history.
    names
        The usual names of actors, by id.
    """
    if event.decided in LAW:
        return
    head = f"{event.on}  {event.matter}, {event.step}"
    if event.result == NOT_ARISEN:
        yield from _wrapped(f"{head}: it does not come up")
        return
    who = _named(event.by, names)
    if event.decided == "given":
        yield from _wrapped(f"{head}: {event.says}{f' (by: {who})' if who else ''}; {event.matter} is now {event.to}")
        return
    parts = [f"{head}: result: {_result(event, who)}"]
    if event.against and event.decided != "consent":
        words = "not yet agreed" if event.decided == "each" else f"stood in the way of {event.proposed!r}"
        heard = [actor for actor in event.against if actor not in event.unheard]
        if heard:
            parts.append(f"{words}: {_named(heard, names)}")
        if event.unheard:
            parts.append(f"{words} by a draw, since nothing is known about them: {_few(event.unheard, names)}")
    yield from _wrapped("; ".join([*parts, f"{event.matter} is now {event.to}"]))


def _named(actors: Sequence[str], names: dict[str, str]) -> str:
    """Return the usual names of actors."""
    return ", ".join(names.get(actor, actor) for actor in actors)


def _few(actors: Sequence[str], names: dict[str, str]) -> str:
    """Return the usual names of the first actors, and how many more there are."""
    more = len(actors) - _NAMED
    return _named(actors[:_NAMED], names) + (f" and {more} more" if more > 0 else "")


def _result(event: Happening, who: str) -> str:
    """Return the outcome of a decision in words."""
    if event.decided == "body":
        return f"no agreement, {event.option!r}" if event.result == "nothing" else f"agreed on {event.option!r}"
    return {
        "kept": f"silence kept, {event.proposed!r} stands",
        "broken": f"silence broken on {event.proposed!r}",
        "on": "it comes on the agenda",
        "off": "it stays off the agenda",
        "consents": f"{who} consents",
        "refuses": f"{who} refuses",
        "all": "all have agreed",
        "not-all": "not all have agreed",
    }.get(event.result, event.result)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent="   ", break_on_hyphens=False) or [""]


def pick(call: Call, words: str) -> Choice | None:
    """Return the choice that a number, an id or the printed words name, or None."""
    wanted = " ".join(words.split()).rstrip(".:").casefold()
    for place, choice in enumerate(call.choices, 1):
        if wanted in {str(place), choice.id, choice.words.casefold(), f"{place} {choice.words.casefold()}"}:
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
    outcomes
        What came of each step so far, line by line.
    """

    folder: Path
    names: dict[str, str]
    outcomes: list[str] = field(default_factory=list)

    def tell(self, event: Happening) -> None:
        """Keep what came of a step: every player reads it in its next turn file, and in a file of outcomes."""
        lines = list(came_of(event, self.names))
        if lines:
            self.outcomes.extend(lines)
            write_atomically(self.folder / OUTCOMES, "\n".join(self.outcomes) + "\n")

    @property
    def record(self) -> Path:
        """The game's record."""
        return self.folder / RECORD

    def __call__(self, call: Call) -> Choice:
        """Return the choice that a turn file holds; the file stays until `kept` hears that the record has the move.

        Raises
        ------
        WaitingError
            When it is not filled in; a file that is missing is written first.
        InputError
            When the file was tampered with, or its choice is none of those allowed.
        """
        path, text, token = self._turn(call)
        if not path.exists():
            write_atomically(path, f"{text}\nturn: {token}\nchoice:\n")
            raise WaitingError(call.seat, path)
        return self._read(path, call, text, token)

    def kept(self, call: Call) -> None:
        """Take a turn file away whose move the record has, also where a command was killed before it could do so."""
        path = self.folder / f"{call.seat}.turn.txt"
        if path.exists() and f"\nturn: {self._turn(call)[2]}\n" in read_text(path):
            path.unlink()

    def _turn(self, call: Call) -> tuple[Path, str, str]:
        """Return a turn's file, its text and the mark that names it."""
        so_far = ["So far:", *self.outcomes, ""] if self.outcomes else []
        lines = (*so_far, *told(call, self.names.get(call.seat, call.seat)))
        text = "\n".join(f"# {line}".rstrip() for line in lines)
        token = sha256(f"{call.question.entry.key}\n{call.seat}\n{text}".encode())
        return self.folder / f"{call.seat}.turn.txt", text, token

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
                f"expected the turn of {call.seat} at {call.question.entry.key} as it was written; it was tampered "
                "with, or is of another game: delete it, and the same command writes it anew",
                field="turn",
            )
        if not given.get("choice"):
            raise WaitingError(call.seat, path)
        choice = pick(call, given["choice"])
        if choice is None:
            allowed = ", ".join(f"{place} ({possible.id})" for place, possible in enumerate(call.choices, 1))
            raise refuse(str(path), f"one of {allowed}", field="choice", value=given["choice"])
        return choice
