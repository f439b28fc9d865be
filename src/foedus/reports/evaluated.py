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


def evaluated_sections(found: Evaluated) -> Iterator[Section]:
    """Yield what was measured, one kind of data after the other."""
    if found.attributions is not None:
        yield _attributions(found.attributions)
    if found.statements is not None:
        yield _statements(found.statements)
    if found.suite is not None:
        yield _suite(found.suite)
    if found.real is not None:
        yield _real(found.real)
        yield _reliability(found.reliability)


def _attributions(found: AttributionScores) -> Section:
    rows: list[tuple[Part, ...]] = [
        (
            kind,
            *(count(number) for number in (one.annotated, one.proposed, one.found)),
            *(Number(value, "score") for value in (one.precision, one.recall, one.f1, one.exact_f1)),
        )
        for kind, one in found.kinds.items()
    ]
    headings = ("kind", "annotated", "proposed", "found", "precision", "recall", "F1", "F1 of exact spans")
    speed = text("{} characters a second on one core", Number(found.characters_per_second, "count"))
    title = f"Attributions of {found.articles} articles in {found.data}"
    return Section("attributions", title, (table(headings, rows, range(1, 8)), speed))


def _statements(found: StatementScores) -> Section:
    rows: list[tuple[str, Number]] = [
        ("statements coded by hand", count(found.gold)),
        ("candidates", count(found.candidates)),
        ("matched", count(found.matched)),
        ("recall", Number(found.recall, "score")),
        ("precision", Number(found.precision, "score")),
        ("actor agrees, of the matched", Number(found.actor, "score")),
        ("concept agrees", Number(found.concept, "score")),
        ("stance agrees", Number(found.stance, "score")),
    ]
    return Section("statements", f"Statements in {found.data}", (table(("", "value"), rows, (1,)),))


def _suite(found: SuiteScores) -> Section:
    rows = [
        (
            kind,
            *(count(one) for one in (tally.items, tally.expected, tally.found, tally.right, tally.wrong)),
            *(_share(one) for one in (tally.recall, tally.precision, tally.clean_share)),
        )
        for kind, tally in found.rows.items()
    ]
    headings = (
        "kind", "texts", "expected", "found", "right", "wrong", "strict recall", "strict precision", "clean",
    )  # fmt: skip
    return Section("suite", f"Coder {found.coder} on the suite {found.data}", (table(headings, rows, range(1, 9)),))


def _real(found: RealScores) -> Section:
    tallies = {**found.groups(), **{f"  {name}": tally for name, tally in found.tallies.items()}}
    rows = [
        (
            name,
            *(count(one) for one in (tally.expected, tally.found, tally.right, tally.off + tally.wrong)),
            _share(tally.recall),
            _share(tally.precision),
        )
        for name, tally in tallies.items()
    ]
    headings = ("texts", "statements", "found", "right", "wrong", "recall", "precision")
    return Section("real", f"Coder {found.coder} on real texts ({found.data})", (table(headings, rows, range(1, 7)),))


def _reliability(found: Reliability | None) -> Section:
    if found is None:
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
        for band in found.bands
    ]
    title = f"What a certainty meant, on {found.statements} proposed statements of {found.documents} held-out texts"
    meant = table(("certainty", "statements", "right", "share right", "mean certainty"), rows, range(1, 5))
    if found.threshold is None:
        words = text("No certainty was reached from which nine in ten are right: look at every candidate.")
    else:
        words = text(
            "From a certainty of {}, nine in ten were right ({} statements): foedus read ... --accept-above {}",
            Number(found.threshold, "weight"),
            count(found.above),
            Number(found.threshold, "weight"),
        )
    return Section("reliability", title, (meant, words))


def _share(value: float | None) -> Part:
    return "-" if value is None else Number(value, "weight")
