"""``foedus statements``: who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, MaxMarking, opened
from foedus.cli.statements.options import Actor, Coder, Concept, Source

if TYPE_CHECKING:
    from foedus.evidence import Statement


@answering()
def statements(
    folder: DossierFolder,
    actor: Actor = None,
    concept: Concept = None,
    source: Source = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="candidate, accepted or rejected.")
    ] = None,
    coder: Coder = None,
    above: Annotated[
        float | None, typer.Option("--above", metavar="P", help="Only with at least this certainty, 0 to 1.")
    ] = None,
    as_of: AsOf = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """List the dossier's statements, with filters."""
    from foedus.base.days import maybe_day
    from foedus.dossiers.filtering import Filters, filtered

    dossier = opened(folder, max_marking)
    day = maybe_day(as_of or None, "--as-of")
    found = filtered(dossier, Filters(actor, concept, source, coder, status, above, day))

    def show() -> None:
        from foedus.cli.tables import console, show

        show(
            console(),
            f"{len(found)} of {len(dossier.statements)} statements",
            ["id", "actor", "concept", "stance", "what was said"],
            [
                [
                    f"{s.id}\n{_standing(s)}\nsaid {s.said_on}\nknown {dossier.known_on(s)}",
                    s.actor,
                    s.concept,
                    f"{s.stance:+d}" if s.stance else "0",
                    f"{s.paraphrase or _short(s.quote)}{_repeats(s)}{_asks(s)}\n{s.source} {s.passage}".rstrip(),
                ]
                for s in found
            ],
            numbers=[3],
            shares={4: 0.42},
        )

    return Reply({"statements": found}, show)


def _standing(statement: Statement) -> str:
    certainty = f" {statement.certainty:.2f}" if statement.status == "candidate" else ""
    private = ", private" if statement.venue == "private" else ""
    return f"{statement.status}{certainty}, {statement.kind}{private}"


def _asks(statement: Statement) -> str:
    """Return, on a line of its own, the condition and the signal that a statement is coded with."""
    condition = f"condition: {statement.condition}" if statement.condition else ""
    told = "; ".join(one for one in (condition, f"signal: {statement.signal}" if statement.signal else "") if one)
    return f"\n{told}" if told else ""


def _repeats(statement: Statement) -> str:
    """Return in parentheses what a candidate repeats."""
    from foedus.coding.repeats import noted_repeats

    found = noted_repeats(statement.note) if statement.status == "candidate" else ""
    return f" (repeats {found})" if found else ""


def _short(quote: str) -> str:
    """Return the source's words in quotation marks, their first sentences where they are many."""
    from foedus.dossiers.said import in_marks

    if not quote:
        return ""
    return in_marks(quote)
