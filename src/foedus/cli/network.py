"""``foedus network``: who stands with whom, by what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, MaxMarking, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.dossiers import Dossier
    from foedus.networks.answer import NetworkAnswer
    from foedus.reports.answers import Told
    from foedus.reports.sections import Section


@answering()
def network(
    source: Annotated[
        Path, typer.Argument(metavar="DIR", help="A dossier, or FILE.dna of Discourse Network Analyzer.")
    ],
    of: Annotated[
        str, typer.Option("--of", metavar="WHAT", help="Ties between actors, between concepts, or both: who says what.")
    ] = "actors",
    relation: Annotated[
        str | None,
        typer.Option(
            "--relation",
            metavar="RELATION",
            help="congruence, conflict, subtract or ignore; of both: all, for, against or subtract.",
        ),
    ] = None,
    normalisation: Annotated[
        str | None,
        typer.Option(
            "--normalisation",
            metavar="HOW",
            help="none, average, jaccard or cosine; of both: none, activity or prominence.",
        ),
    ] = None,
    duplicates: Annotated[
        str, typer.Option("--duplicates", metavar="WHICH", help="all, or once a document, a month, or at all: once.")
    ] = "all",
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="ID", help="Leave out an actor or a claim; may be repeated."),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Statements from this day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Statements before this day.")] = None,
    window: Annotated[
        int | None, typer.Option("--window", metavar="DAYS", min=1, help="Repeat this for windows of so many days.")
    ] = None,
    holder: Annotated[
        str, typer.Option("--holder", metavar="WHO", help="Of a project: organization or person.")
    ] = "organization",
    graphml: Annotated[
        Path | None, typer.Option("--graphml", metavar="FILE", help="Write the network for Gephi or visone.")
    ] = None,
    edges: Annotated[
        Path | None, typer.Option("--edges", metavar="FILE", help="Write the network as CSV: source, target, weight.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write FILE.html, FILE.docx or FILE.pdf.")
    ] = None,
    as_of: AsOf = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Show who agrees with whom and who contradicts whom, which camps form, and how they change."""
    from foedus.base.days import asked_day
    from foedus.networks.answer import Asked, network_of

    asked = Asked(
        _one_of("--relation", relation or ("all" if of == "both" else "congruence"), _relations(of)),
        of,
        _one_of("--normalisation", normalisation or ("none" if of == "both" else "average"), _normalisations(of)),
        _one_of("--duplicates", duplicates, ("all", "document", "month", "once")),
        tuple(without or ()),
        asked_day(since, "--from") if since else None,
        asked_day(until, "--until") if until else None,
        window,
    )
    marking, day = "public", None
    if source.suffix.lower() == ".dna":
        from foedus.evidence.dna import read_dna

        _one_of("--holder", holder, ("organization", "person"))
        drawn = network_of(read_dna(source), source.name, asked, None, holder)
    else:
        dossier = opened(source, max_marking)
        day = asked_day(as_of, "--as-of") if as_of else None
        drawn = network_of(dossier, dossier.title, asked, day, holder)
        marking = _highest_marking(dossier)
    _write(drawn, graphml, edges)

    def told() -> Told:
        from foedus.reports.networks import told_network

        return told_network(drawn, day, marking)

    def sections() -> Sequence[Section | None]:
        from foedus.reports.networks import network_sections

        return network_sections(drawn)

    return Reply(drawn, sections=sections, reports=[] if report is None else [report], told=told)


def _highest_marking(dossier: Dossier) -> str:
    from foedus.evidence import highest

    return highest(dossier.markings_of(statement for statement in dossier.statements if statement.status == "accepted"))


def _relations(of: str) -> tuple[str, ...]:
    _one_of("--of", of, ("actors", "concepts", "both"))
    return ("all", "for", "against", "subtract") if of == "both" else ("congruence", "conflict", "subtract", "ignore")


def _normalisations(of: str) -> tuple[str, ...]:
    return ("none", "activity", "prominence") if of == "both" else ("none", "average", "jaccard", "cosine")


def _one_of(option: str, given: str, known: tuple[str, ...]) -> str:
    if given not in known:
        from foedus.base.errors import FoedusError
        from foedus.base.wording import and_

        raise FoedusError(f"{option} {given!r}: expected {and_(known, 'or')}")
    return given


def _write(drawn: NetworkAnswer, graphml: Path | None, edges: Path | None) -> None:
    from foedus.base.files import write_atomically
    from foedus.networks import edge_list
    from foedus.networks import graphml as as_graphml

    if graphml is not None:
        write_atomically(graphml, as_graphml(drawn.network, drawn.names))
    if edges is not None:
        write_atomically(edges, edge_list(drawn.network))
