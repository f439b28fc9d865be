"""A replay in words: the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.base.wording import counted, percent
from foedus.procedures.events import Happening
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.replaying import SCORED, Replay

SETTLED_BY = (
    "The chance beside a body's decision is the forecast made the day before, the one that foedus forecast "
    "gives; beside any other step it is the share of histories. A history is one drawn course of events, in "
    "which it must be clear what was decided and who blocked what: there bodies settle by the consensus "
    "model, or by the agenda setter where they vote. So the share of histories in which a matter ends "
    "somewhere is not its chance."
)
"""Why a replay settles by another model than a forecast, and which of its numbers is the chance."""

SETTLED_IN_ONE = (
    "In a history it must be clear what was decided and who blocked what, so bodies settle by the consensus "
    "model, or by the agenda setter where they vote. For chances ask foedus forecast."
)
"""The same for one history, beside which no chance stands."""


def chance_of(event: Happening) -> float | None:
    """Return the forecast's chance of what a body decides in most histories; None where there is no such forecast."""
    if event.beforehand is None or event.option is None or event.result == NOT_ARISEN:
        return None
    return event.beforehand.chances.get(event.option)


def likelier(event: Happening) -> tuple[str, float] | None:
    """Return what the forecast holds likelier than what comes of a step in most histories; None where it agrees."""
    chance = chance_of(event)
    if chance is None or event.beforehand is None:
        return None
    best = max(event.beforehand.chances.items(), key=lambda pair: pair[1])
    return best if best[1] > chance else None


DRAWN = (
    "A rival's answers are drawn for each history from what it did after comparable acts. They are not a "
    "forecast: a kind of answer that it never gave is in no history, though it may come. They are not "
    "compared with what happened."
)
"""What a replay says of answers that were asked for."""


_CALLED = {
    "as-proposed": "as proposed",
    "something-less": "something less",
    "something-else": "something else",
    "nothing": "nothing agreed",
    "all": "all have agreed",
    "not-all": "not all have agreed",
    NOT_ARISEN: "does not come up",
}


def called(answer: str) -> str:
    """Return an answer as a page tells it; the word in docket.csv is another.

    Examples
    --------
    >>> called("not-all"), called("liaison office")
    ('not all have agreed', 'liaison office')
    """
    return _CALLED.get(answer, answer)


def in_words(event: Happening) -> str:
    """Return what comes of a step: the option settled on, or else the answer, with the state after it."""
    answer = called(event.result)
    if event.option is not None and event.result != NOT_ARISEN:
        answer = event.option
    return f"{answer} ({event.to})" if event.to and event.to != answer else answer


def beside_history(event: Happening) -> str:
    """Return how a step stands to history: given by it, as it happened, otherwise; blank where history is not known."""
    if event.decided == "given":
        return "given"
    return {True: "as it happened", False: "otherwise", None: ""}[event.agrees]


def is_game(replay: Replay) -> bool:
    """Tell whether persons decided anything in a replay."""
    return any(event.players for event in replay.events)


def compared(replay: Replay) -> Iterator[str]:
    """Yield how a replay, or a game, stands to what happened, line by line."""
    agreement, single = replay.comparison, replay.histories == 1
    steps = counted(agreement.compared, "step")
    if is_game(replay):
        played = sum(bool(event.players) for event in replay.events if event.agrees is not None)
        yield f"Of {steps} whose real outcome is known, {agreement.alike} came out in this game as they did;"
        yield f"players had a part in {played} of them."
    else:
        where = "in this history" if single else "in most histories"
        yield f"Of {steps} that the model decided, {agreement.alike} came out {where} as they did."
    for event in replay.events:
        if event.agrees is False:
            yield _apart(replay, event)
    if agreement.log_score is not None:
        yield (
            f"Mean logarithmic score {agreement.log_score:.3f}; 0 would be certainty of what happened. A share of k in "
            f"{replay.histories:,} counts as (k + 1/2) / {replay.histories + 1:,}, so none below {agreement.floor:.1g}."
        )
    elif not single:
        yield f"No score is given for fewer than {SCORED} histories."


def _apart(replay: Replay, event: Happening) -> str:
    head = f"  {event.on}, {event.matter}, {event.step}: "
    happened = event.happened or "blank"
    if replay.histories == 1:
        where = "the game" if is_game(replay) else "this history"
        return f"{head}{called(event.result)} in {where}, {called(happened)} in history"
    share = event.happened_share or 0.0
    model = f"most histories have '{called(event.result)}' ({percent(event.result_share)})"
    return head + f"{model}, in history it was '{called(happened)}' ({percent(share)} of histories)"
