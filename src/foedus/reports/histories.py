"""A replay as sections: what was replayed, how it stands to what happened, what comes out otherwise, each step."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from foedus.base.days import Day
from foedus.base.wording import percent
from foedus.procedures import Difference, Game, Happening, Matter, Replay, Shift
from foedus.procedures.machines import RECORD
from foedus.procedures.words import (
    DRAWN,
    SETTLED_BY,
    SETTLED_IN_ONE,
    beside_history,
    called,
    chance_of,
    compared,
    in_words,
    is_game,
    likelier,
)
from foedus.reports.numbers import Number, count, share
from foedus.reports.sections import (
    HEADLINE,
    ON_PAPER,
    STRONG,
    TERMINAL,
    Cell,
    Figure,
    Fold,
    Part,
    Section,
    Tag,
    cell,
    muted,
    steps,
    table,
    text,
)

_FEW = 5
"""How many answers of one step are told."""

_SHARE = "tenth"

NOTHING_HAPPENED = (
    "The dossier does not say what happened at any of these steps. Enter it in the column happened of "
    "docket.csv, such as the option that was adopted, or nothing; this page then shows it beside the model."
)
"""What a replay says where history is not known, for whoever would like it beside the model."""


def replay_sections(
    replay: Replay, differences: Sequence[Difference] = (), fans: Mapping[str, str] | None = None
) -> tuple[Section | None, ...]:
    """Return a replay in sections.

    Parameters
    ----------
    replay
        What is told.
    differences
        How it differs from another replay.
    fans
        The names of the fans of histories that are drawn, each with its title.
    """
    single = [matter for matter in open_matters(replay) if of_one_step(matter)]
    opened = []
    if fans or single:
        through = "through time, " if fans else ""
        words = f"The share of histories in each state {through}for every matter whose course is open."
        opened.append(Section("histories", "Histories", (muted(words),), media=ON_PAPER))
    opened += [Section(name, title, (Figure(name),), 3, ON_PAPER) for name, title in (fans or {}).items()]
    inputs = muted("Foedus {}. SHA-256 of the inputs: {}.", replay.version, replay.inputs_sha256)
    return (
        about_section(replay),
        chronology_section(replay),
        ends_section(replay),
        comparison_section(replay),
        differences_section(differences) if differences else None,
        steps_section(replay),
        *opened,
        single_section(single, replay.histories),
        Section("colophon", "", (inputs,), media=ON_PAPER),
    )


def open_matters(replay: Replay) -> tuple[Matter, ...]:
    """Return the matters of the days shown whose course differs between histories."""
    shown = {event.matter for event in replay.events}
    open_ = (matter for matter in replay.matters if matter.id in shown)
    return tuple(matter for matter in open_ if any(max(point.shares.values()) < 1 for point in matter.points))


def of_one_step(matter: Matter) -> bool:
    """Tell whether a matter's shares change once only, so that a row of a table tells all of it."""
    shares = [dict(point.shares) for point in matter.points]
    return sum(before != other for before, other in itertools.pairwise(shares)) == 1


def about_section(replay: Replay) -> Section:
    """Return what was replayed, and what was supposed to have been otherwise."""
    first, last = (replay.events[0].on, replay.events[-1].on) if replay.events else (None, None)
    days = "" if first is None else f" on {first}" if first == last else f" from {first} to {last}"
    told = muted(
        "Replay. {} {}{}; {} {}, seed {}. Each step uses what was known the day before; what happened is "
        "compared afterwards. {}",
        count(len(replay.events)),
        "step" if len(replay.events) == 1 else "steps",
        days,
        count(replay.histories),
        "history" if replay.histories == 1 else "histories",
        str(replay.seed),
        SETTLED_IN_ONE if replay.histories == 1 else SETTLED_BY,
    )
    drawn = [muted(DRAWN)] if any(event.decided == RECORD for event in replay.events) else []
    supposed = [text("Supposed instead: {}", "; ".join(str(change) for change in replay.changes), tone=STRONG)]
    return Section(
        "about",
        replay.title,
        (told, *drawn, *(supposed if replay.changes else ()), *(text(line, tone=STRONG) for line in replay.idle)),
        1,
    )


def comparison_section(replay: Replay) -> Section | None:
    """Return how a replay stands to what happened; None for a past that was changed: history is no measure of it."""
    if not replay.changes and replay.events and all(event.happened is None for event in replay.events):
        return Section("comparison", "", (muted(NOTHING_HAPPENED),))
    if not replay.comparison.compared or replay.changes:
        return None
    first, *rest = compared(replay)
    return Section("comparison", "", (text(first, tone=HEADLINE), *(muted(line) for line in rest)))


def differences_section(differences: Sequence[Difference]) -> Section:
    """Return which steps come out otherwise than in another replay."""
    if not differences:
        return Section("differences", "What comes out differently", (text("Nothing comes out differently."),))
    rows = [
        (
            _days([each.on for each in alike]),
            first.matter,
            first.step,
            f"{called(first.before)} -> {called(first.after)}" if first.turned else called(first.after),
            _joined("; ", map(_shift, first.shifts[:_FEW])),
        )
        for first, alike in _runs(differences)
    ]
    headings = ("day", "matter", "step", "result", "share of histories")
    return Section("differences", "What comes out differently", (table(headings, rows),))


def _runs(differences: Sequence[Difference]) -> Iterator[tuple[Difference, list[Difference]]]:
    """Yield differences that follow each other and say the same, such as those of a ratification day by day."""
    for _, run in itertools.groupby(differences, lambda each: dataclasses.replace(each, on=differences[0].on)):
        alike = list(run)
        yield alike[0], alike


def _days(days: Sequence[Day]) -> str:
    return str(days[0]) if days[0] == days[-1] else f"{days[0]} to {days[-1]}"


def _shift(shift: Shift) -> tuple[Part, ...]:
    return f"{called(shift.answer)} ", Number(shift.before, _SHARE), " -> ", Number(shift.after, _SHARE)


def _joined(between: str, told: Iterable[Sequence[Part]]) -> Cell:
    """Return what is told one after the other, with words between."""
    parts: list[Part] = []
    for parts_told in told:
        parts += [between, *parts_told] if parts else parts_told
    return cell(*parts)


def chronology_section(replay: Replay) -> Section:
    """Return one line for each step with its chance; one history has none, and in a game it is the game's.

    The chance of what a body decides is the forecast's; of any other step it is the share of histories.
    """
    alone = replay.histories == 1
    where = "in the game" if is_game(replay) else "in this history" if alone else "in most histories"
    headings = ("day", "matter", "step", where, *(() if alone else ("chance",)), "in history", "")
    rows: list[list[Part | Cell]] = [
        [
            str(event.on),
            event.matter,
            event.step,
            cell(in_words(event), below=_likelier(event)),
            *([] if alone else [_chance(event)]),
            "" if event.decided == "given" else called(event.happened or ""),
            beside_history(event),
        ]
        for event in replay.events
    ]
    return Section("steps", "", (table(headings, rows, () if alone else (4,)),), media=(TERMINAL,))


def _chance(event: Happening) -> Number:
    chance = chance_of(event)
    return share(event.result_share if chance is None else chance)


def _likelier(event: Happening) -> tuple[str, ...]:
    """Return, for the line below a step, what the forecast holds likelier than what most histories have."""
    other = likelier(event)
    return () if other is None else (f"likelier by the forecast: {other[0]} ({percent(other[1])})",)


def ends_section(replay: Replay) -> Section | None:
    """Return where each matter whose course is open comes to; None where all are settled."""
    rows = [
        (matter.id, states_cell(states, replay.histories))
        for matter in replay.matters
        if len(states := matter.points[-1].shares) > 1
    ]
    if not rows:
        return None
    headings = ("matter", "histories in each state")
    return Section("ends", "Where the drawn histories end", (table(headings, rows),), media=(TERMINAL,))


def states_cell(states: Mapping[str, float], histories: int) -> Cell:
    """Return the states of a matter, each with in how many of the drawn histories it ends so, the commonest first."""
    ranked = sorted(states.items(), key=lambda pair: -pair[1])
    told = [(f"{state} in ", count(round(share * histories))) for state, share in ranked]
    return cell(*_joined(", ", told).parts, f" of {histories:,}")


def steps_section(replay: Replay) -> Section:
    """Return every step with its reasons, which a page opens on demand."""
    folds = tuple(_step(replay, number, event) for number, event in enumerate(replay.events, 1))
    return Section("chronology", "Chronology", folds, media=ON_PAPER)


def _step(replay: Replay, number: int, event: Happening) -> Fold:
    what: list[Part] = [f"{event.matter}, {event.step}: {in_words(event)}"]
    if replay.histories > 1:
        what += [", in ", count(round(event.result_share * replay.histories)), f" of {replay.histories:,} histories"]
        chance = chance_of(event)
        what += [] if chance is None else ["; chance by the forecast ", share(chance)]
    beside = beside_history(event)
    if beside:
        what += ["; ", Tag(beside, "voice" if beside == "given" else "accepts" if event.agrees else "objects")]
    return Fold(f"step-{number}", str(event.on), tuple(what), (steps(event.why),))


def single_section(matters: Sequence[Matter], histories: int) -> Section | None:
    """Return the matters whose shares change once only: the day, the matter and its states afterwards."""
    if not matters:
        return None
    rows = [
        (str(_changes_on(matter)), matter.id, states_cell(matter.points[-1].shares, histories)) for matter in matters
    ]
    kept = table(("on", "matter", "histories in each state afterwards"), rows)
    return Section("single", "Matters of one step", (kept,), 3, ON_PAPER)


def _changes_on(matter: Matter) -> Day:
    """Return the day on which the shares of a matter of one step change."""
    pairs = itertools.pairwise(matter.points)
    return next(after.on for before, after in pairs if dict(before.shares) != dict(after.shares))


def moves_section(game: Game) -> Section:
    """Return what the players did, and the hash by which the record can be checked."""
    moves = [line for line in game.record if line["kind"] == "move"]
    keys = ("on", "matter", "step", "seat", "words")
    kept = table(("day", "matter", "step", "seat", "move"), [[str(move[key]) for key in keys] for move in moves])
    ends = text(f"The record ends with {game.record[-1]['sha256']}")
    return Section("moves", "What the players did", (kept, ends), media=(TERMINAL,))
