"""A seat to play in the replay. The address holds the game, so that Back takes a move back and a copy branches it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from foedus.base.days import asked_day
from foedus.base.errors import FoedusError
from foedus.base.lines import spelt
from foedus.base.wording import percent
from foedus.dossiers import Dossier
from foedus.procedures import Call, Choice, Game, Happening, play_game
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.turns import came_of, pick, rule_of
from foedus.reports.histories import about_section, comparison_section, steps_section
from foedus.workbench.bench import Bench
from foedus.workbench.page import Answer, Asked, File, Page, one

_MOST = 200
"""Moves of one game."""

_CODE = re.compile(r"\b[A-Z]{3}\b")
_SEATS_IN = re.compile(r"(seats? in )([\w-]+)")

_FEW = 3
"""Steps that are told before the first move; earlier ones are opened on demand."""


class _TurnError(Exception):
    """Somebody has to decide before the game goes on."""

    def __init__(self, call: Call) -> None:
        super().__init__(call.seat)
        self.call = call


def played(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show a game: what came of it so far, and the decision that is next."""
    dossier = bench.dossier(case)
    actors, moves = _seats(dossier, asked), _moves(asked)
    names = {actor: dossier.world.name(actor) for actor in dossier.world.actors}
    log: list[dict[str, Any]] = []
    values: dict[str, Any] = {
        "title": "Seat",
        "case": case,
        "dossier": dossier,
        "actors": actors,
        "names": [names[actor] for actor in actors],
        "start": one(asked, "from"),
        "seed": _seed(asked),
        "moves": moves,
        "turn": None,
        "sections": (),
        "record": "",
    }
    try:
        game = _game(dossier, asked, log, names)
    except _TurnError as turn:
        return Page("game.html", {**values, **_latest(log), "turn": _told(turn.call, names, dossier)})
    sections = (about_section(game.replay), comparison_section(game.replay), steps_section(game.replay))
    address = f"game.jsonl?{urlencode({name: asked[name] for name in _OF_A_GAME if name in asked}, doseq=True)}"
    shown_sections = [each for each in sections if each]
    return Page("game.html", {**values, **_latest(log), "sections": shown_sections, "record": address})


def _latest(log: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what came of the last move, and apart from it what came before."""
    last = max((place for place, line in enumerate(log) if line["own"]), default=max(0, len(log) - _FEW))
    return {"earlier": log[:last], "log": log[last:]}


_OF_A_GAME = ("seat", "from", "seed", "move")


def record(bench: Bench, asked: Asked, case: str) -> Answer:
    """Hand out the record of a game that came to its end."""
    try:
        game = _game(bench.dossier(case), asked, [], {})
    except _TurnError:
        raise FoedusError("the game is not over yet; its address keeps it until then") from None
    data = "".join(f"{spelt(line)}\n" for line in game.record).encode()
    return File(f"{case}-game.jsonl", "application/jsonl", data, save=True)


def _game(dossier: Dossier, asked: Asked, log: list[dict[str, Any]], names: dict[str, str]) -> Game:
    """Play the moves that are given, and note in a log what came of each step."""
    waiting = _moves(asked)

    def ask(call: Call) -> Choice:
        if not waiting:
            raise _TurnError(call)
        choice = pick(call, waiting.pop(0))
        if choice is None:
            raise FoedusError("the case has changed since this game began: one of its moves is no longer possible")
        item = call.question.entry.item
        who = names.get(call.seat, call.seat)
        log.append({"own": True, "words": f"{item.on}  {item.matter}, {item.step}: {who}: {choice.words}"})
        return choice

    def watch(event: Happening) -> None:
        if event.result == NOT_ARISEN:
            return  # a step that had no occasion tells a player nothing
        words = " ".join(line.strip() for line in came_of(event, names))
        if words:
            log.append({"own": False, "words": words})

    start = one(asked, "from")
    if start:
        asked_day(start, "from")
    seats = _seats(dossier, asked)
    return play_game(dossier, seats, ask, start=start or None, seed=_seed(asked), watch=watch)


def _told(call: Call, names: Mapping[str, str], dossier: Dossier) -> dict[str, Any]:
    """Return what a person is told before it decides."""
    item, step = call.question.entry.item, call.question.entry.step
    return {
        "on": item.on,
        "name": names[call.seat],
        "matter": item.matter,
        "step": item.step,
        "says": step.says,
        "state": call.state,
        "subject": call.subject,
        "rule": _named(rule_of(call), names, dossier),
        "expected": _shares(call.expected),
        "as_of": call.as_of,
        "own": sum(each.actor == call.seat for each in call.known),
        "known": [(each.said_on, call.said[each.id]) for each in call.known],
        "choices": [
            {"id": each.id, "words": each.words, "leads": _shares(call.leads_to[each.id])} for each in call.choices
        ],
    }


def _named(words: str, names: Mapping[str, str], dossier: Dossier) -> str:
    """Return words with the names of actors and bodies in place of their ids."""
    bodies = {id_: body.name for id_, body in dossier.institutions.bodies.items()}
    words = _CODE.sub(lambda found: names.get(found[0], found[0]), words)
    return _SEATS_IN.sub(lambda found: f"{found[1]}{bodies.get(found[2], found[2])}", words)


def _shares(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{label} {percent(share)}" for label, share in shares.items() if share > 0)


def _seats(dossier: Dossier, asked: Asked) -> list[str]:
    given = [words for each in asked.get("seat", []) if (words := str(each).strip())]
    if not given:
        raise FoedusError("choose a seat")
    return list(dict.fromkeys(dossier.world.find(each) for each in given))


def _moves(asked: Asked) -> list[str]:
    return [str(each) for each in asked.get("move", [])[:_MOST]]


def _seed(asked: Asked) -> int:
    seed = one(asked, "seed", "1") or "1"
    if not (seed.isascii() and seed.isdigit() and len(seed) < 10):
        raise FoedusError(f"{seed!r}: expected a whole number")
    return int(seed)
