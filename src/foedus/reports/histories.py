"""A replay as sections: what was replayed, how it stands to what happened, what comes out otherwise, each step."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.procedures import Difference, Happening, Matter, Replay
from foedus.procedures.words import SETTLED_BY, beside_history, compared, in_words
from foedus.reports.numbers import count, percent
from foedus.reports.sections import (
    CODE,
    HEADLINE,
    ON_PAPER,
    STRONG,
    Fold,
    Part,
    Section,
    Tag,
    Text,
    muted,
    table,
    text,
)

_FEW = 5


def about_section(replay: Replay) -> Section:
    """Return what was replayed, and what was supposed to have been otherwise."""
    told = muted(
        "Replay. {} steps from {} to {}; {} {}, seed {}. Each step is answered from what was known on its eve; what "
        "happened is compared afterwards. {}",
        count(len(replay.events)),
        str(replay.events[0].on),
        str(replay.events[-1].on),
        count(replay.histories),
        "history" if replay.histories == 1 else "histories",
        str(replay.seed),
        SETTLED_BY,
    )
    supposed = [text("Supposed to have been otherwise: {}", "; ".join(str(one) for one in replay.changes), tone=STRONG)]
    return Section(
        "about",
        replay.title,
        (told, *(supposed if replay.changes else ()), *(text(line, tone=STRONG) for line in replay.idle)),
        1,
    )


def comparison_section(replay: Replay) -> Section | None:
    """Return how a replay stands to what happened; None for a past that was changed: history is no measure of it."""
    if not replay.comparison.compared or replay.changes:
        return None
    first, *rest = compared(replay)
    return Section("comparison", "", (text(first, tone=HEADLINE), *(muted(line) for line in rest)))


def differences_section(differences: Sequence[Difference]) -> Section:
    """Return which steps come out otherwise than in another replay."""
    if not differences:
        return Section("differences", "What comes out otherwise", (text("Nothing comes out otherwise."),))
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
    headings = ("day", "matter", "step", "result", "share of histories")
    return Section("differences", "What comes out otherwise", (table(headings, rows),))


def steps_section(replay: Replay) -> Section:
    """Return every step with its reasons, which a page opens on demand."""
    folds = tuple(_step(replay, number, event) for number, event in enumerate(replay.events, 1))
    return Section("chronology", "Chronology", folds, media=ON_PAPER)


def _step(replay: Replay, number: int, event: Happening) -> Fold:
    what: list[Part] = [f"{event.matter}, {event.step}: {in_words(event)}"]
    if replay.histories > 1:
        what.append(f", {percent(event.result_share)} of histories")
    beside = beside_history(event)
    if beside:
        what += ["; ", Tag(beside, "voice" if beside == "given" else "accepts" if event.agrees else "objects")]
    reasons = Text(("\n".join(event.why.lines()),), CODE)
    return Fold(f"step-{number}", str(event.on), tuple(what), (reasons,))


def single_section(rows: Sequence[tuple[str, Matter, str]]) -> Section | None:
    """Return the matters whose shares change once only: the day, the matter and its states afterwards."""
    if not rows:
        return None
    kept = table(("on", "matter", "share of histories in each state afterwards"), [(on, m.id, w) for on, m, w in rows])
    return Section("single", "Matters of one step", (kept,), 3, ON_PAPER)
