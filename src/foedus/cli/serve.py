"""``foedus serve``: dossiers in a browser, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with dossiers, or one dossier; by default this folder.")
    ] = Path(),
    port: Annotated[int, typer.Option("--port", metavar="N", help="Where to listen; 0 for any that is free.")] = 8765,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides, for the journal.")] = "",
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser at once, or not.")] = True,
) -> None:
    """Open a workbench on the dossiers of a folder in the browser; it listens to this machine alone."""
    from foedus.base.errors import FoedusError

    try:
        from foedus.workbench.server import serve as run
    except ImportError:
        raise FoedusError("the workbench needs the extra 'serve': pip install 'foedus[serve]'") from None

    def started(address: str) -> None:
        typer.echo(f"open {address}\nCtrl-C ends the workbench.")
        if browse:
            import webbrowser

            webbrowser.open(address)

    run(folder, port, by, started)
