"""``foedus evaluate``: how well a coder does, against annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.evidence.evaluate import AttributionScores, StatementScores
    from foedus.evidence.real_texts import RealScores
    from foedus.evidence.suite import SuiteScores

app = typer.Typer(help="Measure parts of Foedus against data with known answers.", no_args_is_help=True)


@answering()
def coder(
    polnear: Annotated[
        Path | None, typer.Option("--polnear", metavar="DIR", help="Attributions: folders attributions/ and text/.")
    ] = None,
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="FILE", help="Hand-coded statements with offsets; needs --texts.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="DIR", help="The texts that the offsets refer to.")
    ] = None,
    sentences: Annotated[
        Path | None,
        typer.Option("--sentences", metavar="DIR", help="A suite of short texts with what they say."),
    ] = None,
    documents: Annotated[
        str | None,
        typer.Option("--documents", metavar="DIR", help="Real texts coded by hand; 'packaged' for Foedus's own."),
    ] = None,
    name: Annotated[str, typer.Option("--coder", metavar="NAME", help="Who codes the texts: rules, or lm.")] = "rules",
    dossier: Annotated[
        str, typer.Option("--dossier", metavar="DIR", help="The dossier that gives facts and the concepts' cues.")
    ] = "tokyo-office",
    least: Annotated[
        float, typer.Option("--least", metavar="P", help="Measure only candidates with at least this certainty.")
    ] = 0.1,
) -> Reply:
    """Measure a coder on attributions, hand-coded statements, a suite of short texts, or real texts."""
    import foedus
    from foedus.evidence.evaluate import evaluate_attributions, evaluate_statements

    if polnear is None and gold is None and sentences is None and documents is None:
        raise foedus.FoedusError(
            "nothing to measure against; name --polnear DIR, --gold FILE with --texts DIR, --sentences DIR, or "
            "--documents DIR ('packaged' for the real texts that come with Foedus)"
        )
    if not 0 <= least <= 1:
        raise foedus.FoedusError(f"--least is a certainty between 0 and 1; {least:g} was given")
    if (gold is None) != (texts is None):
        raise foedus.FoedusError("--gold FILE and --texts DIR belong together")
    attributions = evaluate_attributions(polnear) if polnear is not None else None
    statements = None
    if gold is not None and texts is not None:
        known = foedus.read_dossier(dossier)
        statements = evaluate_statements(gold, texts, known.world, known.concepts, least=least)
    suite = None
    if sentences is not None:
        from foedus.coding.intake import coder_named
        from foedus.evidence.suite import evaluate_suite

        suite = evaluate_suite(sentences, foedus.read_dossier(dossier).world, coder_named(name))
    real = None
    if documents is not None:
        from foedus.coding.intake import coder_named
        from foedus.evidence.real_texts import PACKAGED, evaluate_real_texts

        folder = PACKAGED if documents == "packaged" else Path(documents)
        world = foedus.read_dossier(dossier).world
        real = evaluate_real_texts(world, coder_named(name), folder=folder, least=least)

    def show() -> None:
        _show(attributions, statements)
        if suite is not None:
            _show_suite(suite)
        if real is not None:
            _show_real(real)

    answer = _answer(attributions, statements) | (suite.answer() if suite is not None else {})
    return Reply(answer | (_real_answer(real) if real is not None else {}), show)


def _answer(attributions: AttributionScores | None, statements: StatementScores | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"data": None, "kinds": None, "characters_per_second": None}
    if statements is not None:
        answer |= statements.answer() | {"gold": statements.data}
    if attributions is not None:
        answer |= attributions.answer()
    return answer


def _show(attributions: AttributionScores | None, statements: StatementScores | None) -> None:
    from foedus.cli.tables import console, show

    out = console()
    if attributions is not None:
        rows = [
            [kind, str(one.annotated), str(one.proposed), str(one.found), *(f"{value:.3f}" for value in _four(one))]
            for kind, one in attributions.kinds.items()
        ]
        headings = ["kind", "annotated", "proposed", "found", "precision", "recall", "F1", "F1 of exact spans"]
        show(
            out, f"Attributions of {attributions.articles} articles in {attributions.data}", headings, rows, range(1, 8)
        )
        out.print(f"{attributions.characters_per_second:,.0f} characters a second on one core\n")
    if statements is not None:
        rows = [
            ["statements coded by hand", str(statements.gold)],
            ["candidates", str(statements.candidates)],
            ["matched", str(statements.matched)],
            ["recall", f"{statements.recall:.3f}"],
            ["precision", f"{statements.precision:.3f}"],
            ["actor agrees, of the matched", f"{statements.actor:.3f}"],
            ["concept agrees", f"{statements.concept:.3f}"],
            ["stance agrees", f"{statements.stance:.3f}"],
        ]
        show(out, f"Statements in {statements.data}", ["", "value"], rows, [1])


def _real_answer(real: RealScores) -> dict[str, Any]:
    from foedus.evidence.calibration import reliability

    found = reliability(real)
    return real.answer() | {"reliability": None if found is None else found.answer()}


def _show_real(real: RealScores) -> None:
    from foedus.cli.tables import console, show
    from foedus.evidence.calibration import reliability

    tallies = {**real.groups(), **{f"  {name}": one for name, one in real.tallies.items()}}
    rows = [
        [name, *(str(one) for one in (tally.expected, tally.found, tally.right, tally.off + tally.wrong)),
         _share(tally.recall), _share(tally.precision)]
        for name, tally in tallies.items()
    ]  # fmt: skip
    out = console()
    headings = ["texts", "statements", "found", "right", "wrong", "recall", "precision"]
    show(out, f"Coder {real.coder} on real texts ({real.data})", headings, rows, range(1, 7))
    found = reliability(real)
    if found is None:
        out.print("No certainty could be checked: nothing was proposed on the texts that no rule was tuned on.")
        return
    rows = [
        [
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.statements),
            str(one.right),
            f"{one.share:.2f}",
            f"{one.called:.2f}",
        ]
        for one in found.bands
    ]
    title = f"What a certainty meant, on {found.statements} proposed statements of {found.documents} held-out texts"
    show(out, title, ["certainty", "statements", "right", "share right", "mean certainty"], rows, range(1, 5))
    if found.threshold is None:
        words = "No certainty was reached from which nine in ten are right: look at every candidate."
    else:
        words = (
            f"From a certainty of {found.threshold:.2f}, nine in ten were right ({found.above} statements): "
            f"foedus read ... --accept-above {found.threshold:.2f}"
        )
    out.print(words, soft_wrap=True)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _show_suite(suite: SuiteScores) -> None:
    from foedus.cli.tables import console, show

    rows = [
        [kind, *(str(one) for one in (tally.items, tally.expected, tally.found, tally.right, tally.wrong)),
         _share(tally.recall), _share(tally.precision), _share(tally.clean_share)]
        for kind, tally in {**suite.kinds, "all": suite.total}.items()
    ]  # fmt: skip
    headings = ["kind", "texts", "expected", "found", "right", "wrong", "strict recall", "strict precision", "clean"]
    show(console(), f"Coder {suite.coder} on the suite {suite.data}", headings, rows, range(1, 9))


def _four(one: Any) -> tuple[float, float, float, float]:
    return one.precision, one.recall, one.f1, one.exact_f1
