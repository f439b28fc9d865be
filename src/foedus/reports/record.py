"""The record of answers as sections: how well it foretold its own acts."""

from __future__ import annotations

from foedus.reports.numbers import Number, count
from foedus.reports.sections import Block, Part, Section, muted, table, text
from foedus.strategy.record.backtest import AnswersTested, RivalTested
from foedus.strategy.record.scoring import Tested

FORECASTS = {
    "pool": "shares of all acts",
    "class": "shares of comparable acts",
    "shrunk": "comparable acts, with all acts as prior (used)",
}


def tested_sections(found: AnswersTested) -> tuple[Section, ...]:
    """Return the test of the record as a terminal and a page show it: one section for each rival."""
    about = Section(
        "about",
        "Backtest of the record of answers",
        (
            text(
                "What a rival did after an act, foretold from its other acts; rows known by {}, reference classes of "
                "version {}.",
                found.known_by.isoformat(),
                Number(found.version, "order"),
            ),
        ),
        1,
    )
    rivals = dict.fromkeys((one.rival, one.name) for one in found.rivals)
    return (
        about,
        *(_rival(name, [one for one in found.rivals if one.rival == rival]) for rival, name in rivals),
        Section(
            "reading",
            "",
            (
                muted(
                    "Log loss and Brier score: lower is better. The classes were drawn by somebody who knew the "
                    "answers to the first 70 acts about China; since then they are frozen. By time, acts up to a day "
                    "foretell those after it."
                ),
            ),
        ),
    )


def _rival(name: str, rows: list[RivalTested]) -> Section:
    blocks: list[Block] = []
    for one in rows:
        kinds = ", ".join(f"{kind} {number}" for kind, number in one.counts.items())
        which = "with answers that only the days tie to the act" if one.coincident else "answers tied to the act"
        blocks.append(
            text(
                "{}: {} acts, {} of them read in their source; {} left out because nobody looked for an answer. "
                "Gravest answer: {}.",
                which[0].upper() + which[1:],
                count(one.acts),
                count(one.verified),
                count(one.unsearched),
                kinds,
            )
        )
        lines = [line for test in one.tests for line in _lines(test)]
        blocks.append(table(("test", "acts", "foretold by", "log loss", "Brier"), lines, (1, 3, 4)))
        blocks.extend(text(words) for test in one.tests if (words := _finding(test)))
    return Section("rival", name, tuple(blocks))


def _lines(test: Tested) -> list[tuple[Part, ...]]:
    design = test.design if test.trained_to is None else f"{test.design}, from acts up to {test.trained_to}"
    return [
        (
            design if number == 0 else "",
            count(test.acts) if number == 0 else "",
            FORECASTS[score.forecast],
            Number(score.log_loss, "score"),
            Number(score.brier, "score"),
        )
        for number, score in enumerate(test.scores)
    ]


def _finding(test: Tested) -> str:
    """Say so where comparable acts foretell worse than all acts; nothing where they foretell better."""
    if not test.scores or test.of("shrunk").log_loss < test.of("pool").log_loss:
        return ""
    return f"{test.design[0].upper()}{test.design[1:]}, comparable acts foretell no better than all acts together."
