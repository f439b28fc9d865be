"""``foedus demo``: the packaged Tokyo dossier, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.reports.drawing import Artist
    from foedus.reports.sections import Section


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

    def sections() -> list[Section | None]:
        from foedus.reports.screen import demo_sections

        return demo_sections(forecasts[0], folder, written, kept)

    return Reply(forecasts[0], sections=sections)
