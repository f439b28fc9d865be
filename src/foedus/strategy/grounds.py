"""On what the rest of an answer rests, as traces: what is assumed of errors and small games, the ledger, what lacks."""

from __future__ import annotations

from foedus.base.traces import Trace
from foedus.base.wording import percent
from foedus.dossiers import Range
from foedus.strategy.host import Exposed, Ledger
from foedus.strategy.lacking import Lack
from foedus.strategy.parameters import declared_trace, range_in_words
from foedus.strategy.settings import Assumptions
from foedus.strategy.verdicts import CARDS


def grounds(
    assumptions: Assumptions, ledgers: tuple[Ledger, ...], gap: str, lack: Lack | None, *, play: bool
) -> tuple[Trace, ...]:
    """Return what misreading, the small games, the ledgers and a lack of means rest on.

    Parameters
    ----------
    assumptions
        As used.
    ledgers
        Of the host and of partners.
    gap
        On what it rests how far company is overrated.
    lack
        What was declared lacking; None where nothing was.
    play
        Whether games are played; where none is, the ledgers alone are left.
    """
    errors = assumptions.errors
    misread = Trace(
        "what each side may misread",
        "the crisis game with beliefs of each side",
        "response.yaml or its defaults",
        (
            declared_trace("overrated opposition", errors.overrated_opposition),
            declared_trace("overrated support", errors.overrated_company),
            Trace("overrated support rests on", gap),
        ),
    )
    games = tuple(
        Trace(
            CARDS[name].name,
            CARDS[name].question,
            CARDS[name].reference,
            tuple(declared_trace(part, value) for part, value in terms if isinstance(value, Range)),
        )
        for name, terms in (
            ("preventive-shift", assumptions.preventive),
            ("conflict-spiral", assumptions.spiral),
            ("trust", assumptions.trust),
        )
    )
    small = Trace("small games", "each from ranges of its own", "response.yaml or its defaults", games)
    lost = tuple(
        Trace(f"{loss.flow} lost", range_in_words(loss.share), " ".join(loss.cases.split()))
        for loss in assumptions.losses
    )
    ledger = Trace(
        "the ledger",
        "the chance of an economic answer, times what is lost"
        f"{', beside what the act brings in the crisis game' if play else ''}",
        "",
        (*lost, *(_ledger(actor_ledger) for actor_ledger in ledgers)),
    )
    if not play:
        return (ledger,)
    return misread, small, ledger, *(() if lack is None else (_lacking(lack, assumptions),))


def _ledger(ledger: Ledger) -> Trace:
    rows = tuple(_exposed(row) for row in ledger.exposure)
    return Trace(ledger.name, f"chance of an economic answer: {ledger.chance}", "exposure.csv", rows)


def _exposed(row: Exposed) -> Trace:
    read = "" if row.verified else " (not read)"
    return Trace(row.flow, f"{percent(row.share)} of {row.of}, {row.year}{read}", row.source)


def _lacking(lack: Lack, assumptions: Assumptions) -> Trace:
    low, mean, high = (percent(value) for value in (lack.share.low, lack.share.mode, lack.share.high))
    return Trace(
        "means that are lacking",
        f"{low} to {high}, on the mean {mean}, of {lack.kind} in {lack.theatre} where {' and '.join(lack.comes)} come",
        "what foedus allocate leaves uncovered",
        (declared_trace("worth of all help", assumptions.errors.supporter),),
    )
