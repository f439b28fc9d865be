"""How well a coder does, as sections."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.calibration import Reliability
from foedus.evidence.evaluate import AttributionScores, StatementScores
from foedus.evidence.evaluated import Evaluated
from foedus.evidence.real_texts import RealScores
from foedus.evidence.suite import SuiteScores
from foedus.reports.numbers import Number, count
from foedus.reports.sections import Part, Section, table, text


def evaluated_sections(evaluated: Evaluated) -> Iterator[Section]:
    """Yield what was measured, one kind of data after the other."""
    if evaluated.attributions is not None:
        yield _attributions(evaluated.attributions)
    if evaluated.statements is not None:
        yield _statements(evaluated.statements)
    if evaluated.suite is not None:
        yield _suite(evaluated.suite)
    if evaluated.real is not None:
        yield _real(evaluated.real)
        yield _reliability(evaluated.reliability)


def _attributions(scores: AttributionScores) -> Section:
    rows: list[tuple[Part, ...]] = [
        (
            kind,
            *(count(number) for number in (score.annotated, score.proposed, score.found)),
            *(Number(value, "score") for value in (score.precision, score.recall, score.f1, score.exact_f1)),
        )
        for kind, score in scores.kinds.items()
    ]
    headings = ("kind", "annotated", "proposed", "found", "precision", "recall", "F1", "F1 of exact spans")
    speed = text("{} characters a second on one core", Number(scores.characters_per_second, "count"))
    title = f"Attributions of {scores.articles} articles in {scores.data}"
    return Section("attributions", title, (table(headings, rows, range(1, 8)), speed))


def _statements(scores: StatementScores) -> Section:
    rows: list[tuple[str, Number]] = [
        ("statements coded by hand", count(scores.gold)),
        ("candidates", count(scores.candidates)),
        ("matched", count(scores.matched)),
        ("recall", Number(scores.recall, "score")),
        ("precision", Number(scores.precision, "score")),
        ("actor agrees, of the matched", Number(scores.actor, "score")),
        ("concept agrees", Number(scores.concept, "score")),
        ("stance agrees", Number(scores.stance, "score")),
    ]
    return Section("statements", f"Statements in {scores.data}", (table(("", "value"), rows, (1,)),))


def _suite(scores: SuiteScores) -> Section:
    rows = [
        (
            kind,
            *(count(number) for number in (tally.items, tally.expected, tally.found, tally.right, tally.wrong)),
            *(_share(rate) for rate in (tally.recall, tally.precision, tally.clean_share)),
        )
        for kind, tally in scores.rows.items()
    ]
    headings = (
        "kind", "texts", "expected", "found", "right", "wrong", "strict recall", "strict precision", "clean",
    )  # fmt: skip
    return Section("suite", f"Coder {scores.coder} on the suite {scores.data}", (table(headings, rows, range(1, 9)),))


def _real(scores: RealScores) -> Section:
    tallies = {**scores.groups(), **{f"  {name}": tally for name, tally in scores.tallies.items()}}
    rows = [
        (
            name,
            *(count(number) for number in (tally.expected, tally.found, tally.right, tally.off + tally.wrong)),
            _share(tally.recall),
            _share(tally.precision),
        )
        for name, tally in tallies.items()
    ]
    headings = ("texts", "statements", "found", "right", "wrong", "recall", "precision")
    return Section("real", f"Coder {scores.coder} on real texts ({scores.data})", (table(headings, rows, range(1, 7)),))


def _reliability(reliability: Reliability | None) -> Section:
    if reliability is None:
        nothing = "No certainty could be checked: nothing was proposed on the texts that no rule was tuned on."
        return Section("reliability", "", (text(nothing),))
    rows = [
        (
            f"{Number(band.low, 'units')} to {Number(band.high, 'units')}",
            count(band.statements),
            count(band.right),
            Number(band.share, "weight"),
            Number(band.called, "weight"),
        )
        for band in reliability.bands
    ]
    title = (
        f"What a certainty meant, on {reliability.statements} proposed statements of "
        f"{reliability.documents} held-out texts"
    )
    meant = table(("certainty", "statements", "right", "share right", "mean certainty"), rows, range(1, 5))
    if reliability.threshold is None:
        words = text("No certainty was reached from which nine in ten are right: look at every candidate.")
    else:
        words = text(
            "From a certainty of {}, nine in ten were right ({} statements): foedus read ... --accept-above {}",
            Number(reliability.threshold, "weight"),
            count(reliability.above),
            Number(reliability.threshold, "weight"),
        )
    return Section("reliability", title, (meant, words))


def _share(value: float | None) -> Part:
    return "-" if value is None else Number(value, "weight")
