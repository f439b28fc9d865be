"""``foedus evaluate``: how well a coder does, against annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reports.sections import Section

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
    from foedus.evidence.evaluated import Evaluated

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
    statements, suite, real = None, None, None
    if gold is not None and texts is not None:
        known = foedus.read_dossier(dossier)
        statements = evaluate_statements(gold, texts, known.world, known.concepts, least=least)
    if sentences is not None:
        from foedus.coding.intake import coder_named
        from foedus.evidence.suite import evaluate_suite

        suite = evaluate_suite(sentences, foedus.read_dossier(dossier).world, coder_named(name))
    if documents is not None:
        from foedus.coding.intake import coder_named
        from foedus.evidence.real_texts import PACKAGED, evaluate_real_texts

        where = PACKAGED if documents == "packaged" else Path(documents)
        real = evaluate_real_texts(foedus.read_dossier(dossier).world, coder_named(name), folder=where, least=least)
    evaluated = Evaluated(attributions, statements, suite, real)

    def sections() -> Iterator[Section]:
        from foedus.reports.evaluated import evaluated_sections

        return evaluated_sections(evaluated)

    return Reply(evaluated.as_answer, sections=sections)
