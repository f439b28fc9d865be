"""What every model makes of one case, as sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from foedus.base.wording import counted
from foedus.forecasts.answering import answering
from foedus.forecasts.disagree import Disagreement, Verdict
from foedus.reports.numbers import Number, share
from foedus.reports.sections import Part, Section, table, text

_Answer = tuple[tuple[Part, ...], float, list[str]]
"""The cells of an answer, the outcome by which it is ranked, and the models that give it."""


def disagreement_sections(disagreement: Disagreement) -> Iterator[Section]:
    """Yield what most models say, then each answer once with the models that give it, then why some give none."""
    scale, exact = disagreement.case.issue.scale, disagreement.draws == 1
    unit = f" {scale.unit}" if scale.unit else ""
    question = disagreement.case.issue.question
    asked = f"{question} ({scale.low:g} to {scale.high:g}{unit}, {counted(disagreement.draws, 'draw')})"
    yield Section("question", "", (text(asked),))
    answered = [verdict for verdict in disagreement.verdicts if verdict.mean is not None]
    if answered:
        yield _most(disagreement, answered)
    headings: tuple[str, ...] = ("models", "outcome", "10 to 90 %", "likeliest option", "probability")
    rows = [(", ".join(models), *cells) for cells, _, models in sorted(_told(disagreement), key=lambda row: -row[1])]
    if exact:  # one draw has no spread
        rows, headings = [(*row[:2], *row[3:]) for row in rows], (*headings[:2], *headings[3:])
    yield Section("answers", "", (table(headings, rows, (1, len(headings) - 1)),))
    why: dict[str, list[str]] = {}
    for verdict in disagreement.verdicts:
        for note in filter(None, (verdict.why_not.partition(";")[0], verdict.note)):
            why.setdefault(note, []).append(verdict.model)
    for place, (note, models) in enumerate(why.items()):
        yield Section(f"note-{place}", "", (text(f"{', '.join(models)}: {note}."),))


def _most(disagreement: Disagreement, answered: list[Verdict]) -> Section:
    options = Counter(verdict.option for verdict in answered).most_common()
    most = "; ".join(f"{option!r} in {number}" for option, number in options)
    return Section(
        "most",
        "",
        (
            text(
                f"Of {len(answered)} models, the likeliest option is {most}. A model here is one account of how such a "
                "body decides; none of them is the forecast by itself: 'foedus forecast' answers with the "
                f"{answering(disagreement.case).card.name} model and says how each has scored."
            ),
        ),
    )


def _told(disagreement: Disagreement) -> list[_Answer]:
    """Return each answer once; answers are the same where a reader sees the same numbers."""
    told: dict[tuple[str, ...], _Answer] = {}
    for verdict in disagreement.verdicts:
        if verdict.mean is None or verdict.q10 is None or verdict.q90 is None or verdict.probability is None:
            continue
        mean = Number(verdict.mean, "score" if disagreement.draws == 1 else "place")
        between = f"{Number(verdict.q10, 'place')} to {Number(verdict.q90, 'place')}"
        cells: tuple[Part, ...] = (mean, between, verdict.option or "", share(verdict.probability))
        told.setdefault(tuple(map(str, cells)), (cells, float(str(mean).replace(",", "")), []))[2].append(verdict.model)
    return list(told.values())
