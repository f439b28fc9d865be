"""``foedus score``: recorded forecasts against what happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering


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

    found = score_ledger(ledger, outcomes, head, dict(author_of(one) for one in author or ()))

    def show() -> None:
        from foedus.cli.score_tables import show_scores

        show_scores(found)

    return Reply(found, show)
