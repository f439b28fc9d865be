"""A ledger's forecasts against what happened, as sections: forecasts apart from what came later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.ledgers.chain import STANDINGS
from foedus.ledgers.ledger import Receipt
from foedus.ledgers.scoring import Scores
from foedus.reports.numbers import Number
from foedus.reports.sections import CODE, Block, Section, Table, Text, table, text

_STANDINGS = {
    "forecast": ("Forecasts, recorded by the day of the meeting", "forecasts"),
    "recorded late": ("Recorded after the meeting: no forecasts", "late entries"),
    "hindsight": ("Made with knowledge from after the meeting: hindsight, no forecasts", "in hindsight"),
}


def receipt_section(receipt: Receipt) -> Section:
    """Return what became of a forecast that was put on record, and what to keep."""
    entry, lines = receipt.entry, []
    if entry.standing != STANDINGS[0]:
        hindsight = entry.standing == STANDINGS[2]
        when = f"as of {entry.as_of}" if hindsight else f"recorded on {entry.not_before}"
        lines.append(f"This is no forecast but {entry.standing}: {when}, the meeting was on {entry.on}.")
    if entry.backwards:
        lines.append(f"The entry before it was recorded on {entry.not_before}, later than today: that day counts.")
    lines.append(f"entry {entry.n} recorded in {receipt.ledger}; its hash is {entry.sha256}")
    if entry.key:
        lines.append(f"signed; your public key, for others to keep: {entry.key}")
    return Section("receipt", "", tuple(text(line, tone=CODE) for line in lines))


def score_sections(scores: Scores) -> list[Section]:
    """Return each scored entry and each forecaster's means, by standing; then what to know of the ledger."""
    told = [section for standing in _STANDINGS if scores.of(standing) for section in _standing(scores, standing)]
    return [*told, Section("ledger", "", tuple(_remarks(scores)))]


def _standing(scores: Scores, standing: str) -> list[Section]:
    title, noun = _STANDINGS[standing]
    key = standing.replace(" ", "-")
    rows = [
        (
            Number(score.entry.n, "order"),
            score.entry.by,
            score.entry.issue,
            str(score.entry.on),
            str(score.entry.as_of),
            str(score.entry.recorded_on),
            score.outcome if score.named else f"{score.outcome} (no option of theirs)",
            Number(score.log_score, "score"),
            Number(score.brier, "score"),
            "" if score.crps is None else Number(score.crps, "crps"),
        )
        for score in scores.of(standing)
    ]
    headings = ("entry", "by", "issue", "day", "as of", "recorded", "outcome", "log score", "Brier", "CRPS")
    scored = Section(key, title, (table(headings, rows, numbers=(0, 7, 8, 9)),))
    alike, means = scores.comparable(standing), _means(scores.means(standing), noun)
    if alike:
        return [scored, Section(f"{key}-means", "Means; smaller is better", (means,))]
    blocks: list[Block] = [means, text("These means are over different questions or options and cannot be compared.")]
    own = "Means of each over its own questions"
    if not (common := scores.common(standing)):
        blocks.append(text("All of them answered no question with the same options."))
        return [scored, Section(f"{key}-means", own, tuple(blocks))]
    shared = Section(
        f"{key}-shared", f"Means on the {len(common)} with the same options", (_means(scores.compared(standing), noun),)
    )
    return [scored, Section(f"{key}-means", own, tuple(blocks)), shared]


def _means(means: Sequence[Mapping[str, object]], noun: str) -> Table:
    """Return mean scores; no CRPS where options have no order."""
    rows = [
        (
            str(row["by"]),
            Number(float(str(row["forecasts"])), "count"),
            *(
                "" if row[key] is None else Number(float(str(row[key])), "score")
                for key in ("log_score", "brier", "crps")
            ),
        )
        for row in means
    ]
    return table(("by", noun, "log score", "Brier", "CRPS"), rows, numbers=(1, 2, 3, 4))


def _remarks(scores: Scores) -> list[Text]:
    lines = [
        f"Entry {n} does not count: entry {by} is the same forecaster's last on that question."
        for n, by in scores.superseded.items()
    ]
    lines += [f"No entry is about {issue} on {on}, for which there is an outcome." for issue, on in scores.unmatched]
    lines += [
        f"Entry {n} is said to have been recorded before an entry above it; the later day counts."
        for n in scores.backwards
    ]
    if scores.signed:
        how = "not checked: pip install 'foedus[sign]'" if scores.unchecked else "each is its author's"
        lines.append(f"Signed entries: {', '.join(map(str, scores.signed))}; {how}.")
    waiting = f"; {len(scores.waiting)} wait for their outcome" if scores.waiting else ""
    return [*map(text, lines), text(f"The chain is whole{waiting}. Hash of the last entry: {scores.head}")]
