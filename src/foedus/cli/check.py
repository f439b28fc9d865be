"""``foedus check``: is the dossier sound, and what is still open."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsJson, AsOf, DossierFolder, MaxMarking


@answering(exit_code="Exit with status 1 when anything is open.")
def check(
    folder: DossierFolder,
    as_of: AsOf = None,
    max_marking: MaxMarking = None,
    fill: Annotated[
        bool, typer.Option("--fill", help="First write places that claims leave blank: the proposal, the status quo.")
    ] = False,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="First rewrite a dossier of an older version in today's format.")
    ] = False,
    json: AsJson = False,
) -> Reply:
    """Validate a dossier and list every gap that an analyst should close."""
    import foedus
    from foedus.reports.soundness import soundness, soundness_sections

    if migrate:
        from foedus.dossiers.formats import migrate as rewrite

        rewritten = ", ".join(rewrite(folder)) or "nothing: it is in today's format"
        typer.echo(f"rewritten in today's format: {rewritten}", err=json)
    if fill:
        from foedus.dossiers.filling import fill_places

        for place in fill_places(folder):
            typer.echo(place, err=json)
    sound = soundness(foedus.read_dossier(folder, max_marking), as_of)
    return Reply(sound, sections=lambda: soundness_sections(sound), passes=not sound.gaps)
