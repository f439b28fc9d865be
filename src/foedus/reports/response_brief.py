"""How others answer, as a part of the brief on what a body decides: the record, the sign, misreading, the ledger."""

from __future__ import annotations

from dataclasses import replace

from foedus.reports.response_ledger import ledger_section
from foedus.reports.responses import (
    DETER_OR_PROVOKE,
    after_meeting,
    judged,
    misread,
    nearest_acts,
    sentence,
    soon,
    unseen,
    voices,
)
from foedus.reports.sections import STRONG, Block, Figure, Section, muted, text
from foedus.strategy import Responded

_AT_ONCE = 3
"""How many of the nearest acts a page shows before it is asked for more."""


def brief_on_answers(response: Responded) -> tuple[Section, ...]:
    """Return what a brief tells of others' answers, in short; ``foedus respond`` tells the rest.

    Parameters
    ----------
    response
        What `foedus.strategy.respond_to` returned for the forecast.
    """
    drawn: tuple[Block, ...] = () if response.no_game else (Figure("break-even"), *voices(response))
    told = [_record(response), Section("response-sign", DETER_OR_PROVOKE, (judged(response), *drawn), 3)]
    if not response.no_game:
        blocks = (*misread(response), Figure("beliefs"))
        told.append(Section("response-beliefs", "What each side may misread", blocks, 3))
    ledger = ledger_section(response)
    if ledger is not None:
        told.append(replace(ledger, id="response-ledger", level=3))
    return (*told[:-1], replace(told[-1], blocks=(*told[-1].blocks, _rest())))


def _record(response: Responded) -> Section:
    """Return what was answered to comparable acts."""
    warned = tuple(text(warning, tone=STRONG) for warning in response.warnings)
    asked = muted(
        f"How {response.rival_name} would answer {response.main.label!r}, from what was known on {response.as_of} "
        "and from what it did after comparable acts."
    )
    told: tuple[Block, ...] = (*warned, asked, replace(sentence(response), tone=STRONG))
    record = response.main.record
    if record is not None:
        told += (*unseen(record), *soon(record), *after_meeting(response), Figure("strip"), Figure("lags"))
        if record.nearest:
            told += (nearest_acts(record, min(_AT_ONCE, len(record.nearest))),)
    return Section("response", "How others answer", told)


def _rest() -> Block:
    return muted(
        "'foedus respond' gives shares with their intervals, every option, each game and what would change "
        "the sign; --why adds what each number rests on."
    )
