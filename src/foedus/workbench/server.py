"""``foedus serve``: the workbench on this machine's own address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.workbench.bench import bench_at
from foedus.workbench.gate import new_key

HOST = "127.0.0.1"
PORT = 8765


def serve(home: Path, port: int = PORT, by: str = "", started: Callable[[str], None] | None = None) -> None:
    """Run the workbench until it is interrupted.

    Parameters
    ----------
    home
        A folder with dossiers, or one dossier.
    port
        Where it listens, on this machine alone; 0 for any that is free.
    by
        Who decides, for the journal.
    started
        Called with the address to open, key and all, once it listens.

    Raises
    ------
    FoedusError
        When the folder or the port cannot be had.
    """
    import uvicorn  # noqa: PLC0415 - of the extra

    from foedus.workbench.app import application  # noqa: PLC0415 - of an extra

    if not home.is_dir():
        raise FoedusError(f"{str(home)!r}: there is no such folder; make it first, or name another")
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise FoedusError(f"port {port} is not available ({error.strerror}); choose another with --port") from None
    with listening:
        listening.listen(128)  # from now on a browser waits; without it, one that is fast would be refused
        port = listening.getsockname()[1]
        key, address = new_key(), f"http://{HOST}:{port}"
        with bench_at(home.resolve(), address, by) as bench:
            app = application(bench, key, (f"{HOST}:{port}", f"localhost:{port}"))
            settings = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off", server_header=False)
            if started is not None:
                started(f"{address}/?key={key}")
            uvicorn.Server(settings).run(sockets=[listening])
