"""The record of answers as sections: how well it foretold its own acts, and who helps with what."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.base.wording import percent
from foedus.dossiers import Dossier
from foedus.evidence import highest
from foedus.reports.answers import Told
from foedus.reports.numbers import Number, count, share
from foedus.reports.sections import Block, Cell, Part, Section, bullets, cell, muted, table, text
from foedus.strategy.record import Given, Helper, Helping, Likely, Tested
from foedus.strategy.record.backtest import AnswersTested, RivalTested
from foedus.world import World

FORECASTS = {
    "pool": "shares of all acts",
    "class": "shares of comparable acts",
    "shrunk": "comparable acts, with all acts as prior (used)",
}


def tested_sections(tested: AnswersTested) -> tuple[Section, ...]:
    """Return the test of the record as a terminal and a page show it: one section for each rival."""
    about = Section(
        "about",
        "Backtest of the record of answers",
        (
            text(
                "What a rival did after an act, predicted from its other acts; rows known by {}, reference "
                "classes of version {}.",
                tested.known_by.isoformat(),
                Number(tested.version, "order"),
            ),
        ),
        1,
    )
    rivals = dict.fromkeys((rival.rival, rival.name) for rival in tested.rivals)
    return (
        about,
        *(
            _rival(name, [tested_rival for tested_rival in tested.rivals if tested_rival.rival == rival])
            for rival, name in rivals
        ),
        Section(
            "reading",
            "",
            (
                muted(
                    "Log loss and Brier score: lower is better. Whoever drew up the classes knew the "
                    "answers to the first 70 acts about China; they have been frozen since. By time, acts "
                    "up to a day predict those after it."
                ),
            ),
        ),
    )


def _rival(name: str, rows: list[RivalTested]) -> Section:
    blocks: list[Block] = []
    for row in rows:
        kinds = ", ".join(f"{kind} {number}" for kind, number in row.counts.items())
        which = "with answers linked to the act only by date" if row.coincident else "answers linked to the act"
        blocks.append(
            text(
                "{}: {} acts, {} of them read in their source; {} left out because nobody looked for an answer. "
                "Gravest answer: {}.",
                which[0].upper() + which[1:],
                count(row.acts),
                count(row.verified),
                count(row.unsearched),
                kinds,
            )
        )
        lines = [line for test in row.tests for line in _lines(test)]
        blocks.append(table(("test", "acts", "predicted by", "log loss", "Brier"), lines, (1, 3, 4)))
        blocks.extend(text(words) for test in row.tests if (words := _finding(test)))
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
    """Say so where comparable acts foretell worse than all acts, and what follows; nothing where better."""
    if not test.scores or test.of("shrunk").log_loss < test.of("pool").log_loss:
        return ""
    then = "; 'foedus respond' therefore gives the shares of all acts" if test.trained_to and test.no_better else ""
    how = f"{test.design[0].upper()}{test.design[1:]}"
    return f"{how}, the method in use predicts no better than all acts together{then}."


def helper_sections(helping: Helping) -> tuple[Section, ...]:
    """Return who owes, gave and said what when somebody is attacked: one section for each that may help.

    Parameters
    ----------
    helping
        As `foedus.strategy.record.helping` returns it.
    """
    pull = helping.pull
    reading = (
        "Shares come from past wars, which differ from this one; each actor's own record is combined with that "
        "of all others as prior."
    )
    if pull is not None:
        reading += (
            f" The pull of Washington is a declared judgement, not a finding: it moves {percent(pull.low)} "
            f"to {percent(pull.high)} of those that would otherwise not help."
        )
    return (*(_helper(helper) for helper in helping.helpers), Section("reading", "", (muted(reading),)))


def sources_section(helpers: Sequence[Helper], world: World) -> Section | None:
    """Return where it stands what those that may help gave in earlier wars; nothing where that is not known."""
    lines = [
        f"{given.contingency}, {given.kind}: {source.title}, {source.url}".rstrip(", ")
        for helper in helpers
        for given in helper.earlier
        for source in (world.sources[given.source],)
    ]
    return Section("sources", "Sources", (bullets(lines),)) if lines else None


def told_helpers(helping: Helping, world: World, dossier: Dossier | None = None) -> Told:
    """Return who owes, gave and said what as a report of its own, with its sources.

    Parameters
    ----------
    helping
        As for `helper_sections`.
    world, dossier
        As for `foedus.strategy.record.helping`; what is shown of the dossier's statements marks the report.
    """
    attack, helpers = helping.attack, helping.helpers
    title = f"Who would help {attack.place}{f' against {attack.by}' if attack.by else ''}, {attack.on}"
    shown = {said.statement for helper in helpers for said in helper.said}
    used = (
        dossier.markings_of(statement for statement in dossier.statements if statement.id in shown) if dossier else ()
    )
    sections = (Section("question", title, (), 1), *helper_sections(helping), sources_section(helpers, world))
    return Told(title, sections, {}, attack.on, highest(used))


def _helper(helper: Helper) -> Section:
    owes = f"Owes defence under {'; '.join(helper.owes)}." if helper.owes else "No treaty on file binds it to defend."
    blocks: list[Block] = [text(owes)]
    if helper.likely:
        headings = ["kind", "share", "5 to 95 %", "record"]
        pulled = any(kind.pulled_low is not None for kind in helper.likely)
        blocks.append(
            table(
                (*headings, "with Washington") if pulled else tuple(headings),
                [_likely_cells(kind, pulled) for kind in helper.likely],
                (1, 2),
                (2, 1, 2, 4, 2) if pulled else (2, 1, 2, 4),
            )
        )
    if helper.earlier:
        blocks.append(text("In earlier wars:"))
        blocks.append(bullets(_given_in_words(given) for given in helper.earlier))
    if helper.said:
        stances = {1: "for", -1: "against"}
        blocks.append(text("Said:"))
        blocks.append(
            bullets(
                f"{said.said_on}: {stances.get(said.stance, 'neither for nor against')} {said.concept} [{said.passage}]"
                for said in helper.said
            )
        )
    return Section("helper", helper.name, tuple(blocks))


def _likely_cells(likely: Likely, pulled: bool) -> tuple[Part | Cell, ...]:
    seen = "" if likely.share.share is None else share(likely.share.share)
    cells = (likely.share.kind, seen, _span(likely.share.low, likely.share.high), likely.share.words)
    return (*cells, _span(likely.pulled_low, likely.pulled_high)) if pulled else cells


def _span(low: float | None, high: float | None) -> Cell:
    return cell("") if low is None or high is None else cell(share(low), " to ", share(high))


def _given_in_words(given: Given) -> str:
    what = f"{given.kind}{': ' + given.measure if given.measure else ''}"
    told = what if given.given else f"no {what}"
    return (
        f"{given.contingency}, {told}{', ' + given.on if given.on else ''}{'' if given.verified else ' (UNVERIFIED)'}"
    )
