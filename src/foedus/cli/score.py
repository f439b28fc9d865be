"""``foedus score``: recorded forecasts against what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def score(
    ledger: Annotated[Path, typer.Argument(metavar="FILE", help="The ledger.")],
    outcomes: Annotated[
        Path, typer.Option("--outcomes", metavar="CSV", help="A table with columns issue, on, outcome.")
    ],
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HASH", help="A hash that some entry must have, so that nothing was cut off."),
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", metavar="NAME=KEY", help="The public key of somebody who signs; may be repeated."),
    ] = None,
) -> Reply:
    """Check a ledger's chain and score its forecasts."""
    from foedus.ledgers.ledger import author_of
    from foedus.ledgers.scoring import score_ledger

    scores = score_ledger(ledger, outcomes, head, dict(author_of(key) for key in author or ()))

    def sections() -> list[Section]:
        from foedus.reports.scored import score_sections

        return score_sections(scores)

    return Reply(scores, sections=sections)
