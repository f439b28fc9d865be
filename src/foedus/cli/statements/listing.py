"""``foedus statements``: who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, MaxMarking, opened
from foedus.cli.statements.options import Actor, Coder, Concept, Source

if TYPE_CHECKING:
    from foedus.reports.sections import Section


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
    kept = filtered(dossier, Filters(actor, concept, source, coder, status, above, day))

    def sections() -> list[Section]:
        from foedus.reports.statements import listing_section

        return [listing_section(dossier, kept)]

    return Reply({"statements": kept}, sections=sections)
