"""``foedus demo``: the packaged Tokyo dossier, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.reports.drawing import Artist


@answering()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the dossier is copied to.")] = Path(
        "tokyo-office"
    ),
) -> Reply:
    """Copy the Tokyo dossier out, forecast the decision, and write the report. A rerun keeps your edits."""
    from foedus.reports.drawing import Artist

    with Artist() as artist:  # it starts while the forecasts are being computed
        return _demo(folder, artist)


def _demo(folder: Path, artist: Artist) -> Reply:
    import foedus
    from foedus.dossiers import copy_packaged
    from foedus.reports import save_pages

    kept = copy_packaged("tokyo-office", folder)
    dossier = foedus.read_dossier(folder)
    if not dossier.pages:
        raise foedus.FoedusError(
            f"the dossier in {folder} names no pages to show; 'foedus demo NEW' copies the Tokyo dossier to a new "
            f"folder, and 'foedus forecast {folder}' forecasts yours"
        )
    computed = (foedus.forecast(dossier, page.issue, page.as_of, page.on) for page in dossier.pages)
    forecasts, written = save_pages(computed, [(page.id, page.title) for page in dossier.pages], folder, artist)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.screen import console
        from foedus.reports.screen import forecast_sections

        show_sections(console(), forecast_sections(forecasts[0]))
        if kept:
            typer.echo(f"\nkept as you edited them: {', '.join(kept)}")
        typer.echo(f"\nopen in a browser: {written[0]}")
        for path in written[1:]:
            typer.echo(f"           beside it: {path}")
        typer.echo(f"\nnext: foedus check {folder}")
        if (folder / "documents").is_dir():
            typer.echo(
                f"      foedus read {folder / 'documents'} --into {folder}   (briefs of its sources, in our own words)"
            )
        typer.echo(f"      foedus forecast {folder} --as-of {dossier.pages[0].as_of} --why")

    return Reply(forecasts[0], show)
