"""``foedus statements DIR agreement``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened

if TYPE_CHECKING:
    from foedus.evidence.agreement import Difference


@answering()
def agreement(
    folder: DossierFolder,
    other: Annotated[
        Path | None, typer.Option("--with", metavar="DIR", help="Another dossier, coded from the same sources.")
    ] = None,
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="Only these coders; may be repeated. By default all."),
    ] = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Tell how far coders agree, by Krippendorff's alpha and Cohen's kappa, and where they differ."""
    from foedus.coding.coders import between_coders, between_dossiers

    dossier = opened(folder, max_marking)
    found = between_coders(dossier, coder) if other is None else between_dossiers(dossier, opened(other, max_marking))

    def show() -> None:
        if not any(one.units for one in found.variables):
            from foedus.coding.coders import why_nothing_shared

            typer.echo(why_nothing_shared(found, dossier, compared=other is not None))
            return
        from foedus.cli.tables import console, show

        said = ", ".join(f"{name} ({count})" for name, count in found.coders.items())
        pairs = list(found.variables[0].kappa)
        kappas = ["kappa"] if len(pairs) == 1 else [f"kappa {a}, {b}" for a, b in pairs]
        show(
            console(),
            f"{said}: {found.shared} of {found.units} units seen by all",
            ["variable", "level", "units", "agree", "alpha", *kappas],
            [
                [
                    one.variable,
                    one.level,
                    str(one.units),
                    "" if one.share is None else f"{one.agreed} ({one.share:.0%})",
                    _number(one.alpha),
                    *(_number(one.kappa[pair]) for pair in pairs),
                ]
                for one in found.variables
            ],
            numbers=[2, 3, 4, *range(5, 5 + len(pairs))],
        )
        rows = [
            [f"{one.source} {one.passage}", name, *_values(one, name, list(found.coders))]
            for one in found.differences
            for name in one.differs
        ]
        if rows:
            show(console(), "where they differ", ["source", "variable", *found.coders], rows)

    return Reply(found, show)


def _values(one: Difference, name: str, coders: list[str]) -> list[str]:
    """Return what each coder has there; blank for one that has not seen it."""
    seen = {reading.coder: reading for reading in one.readings}
    return [f"{getattr(seen[coder], name)} ({seen[coder].statement})" if coder in seen else "" for coder in coders]


def _number(value: float | None) -> str:
    return "no variation" if value is None else f"{value:.3f}"
