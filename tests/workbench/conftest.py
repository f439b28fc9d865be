"""Asking a workbench in this process, without a socket: the application as a server calls it."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pytest

from foedus.dossiers import packaged_dossiers

KEY, HOST = "the-key-of-this-run", "127.0.0.1:1"


@dataclass
class Desk:
    """A workbench on a folder."""

    app: Any
    home: Path

    def ask(self, path: str, cells: list[tuple[str, str]] | None = None) -> tuple[int, str, dict[str, str]]:
        """Return status, text and headers of an answer; with cells a form is sent."""
        from foedus.workbench.gate import COOKIE, mark_of

        place, _, query = path.partition("?")
        body = b"" if cells is None else urlencode([("mark", mark_of(KEY)), *cells]).encode()
        headers = [(b"host", HOST.encode()), (b"cookie", f"{COOKIE}={KEY}".encode())]
        headers += [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"%d" % len(body))]
        scope = {
            "type": "http", "method": "GET" if cells is None else "POST", "path": unquote(place), "headers": headers,
            "raw_path": place.encode(), "query_string": query.encode(), "http_version": "1.1", "scheme": "http",
            "root_path": "", "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2),
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]).decode(), found

    def page(self, path: str) -> str:
        """Return a page as one reads it: its words without tags, a blank between them."""
        import html

        status, text, _ = self.ask(path)
        assert status == 200, text
        main = text.split("<main", 1)[1]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    pytest.importorskip("starlette", reason="needs the extra 'serve'")
    from foedus.workbench.app import application
    from foedus.workbench.bench import bench_at

    shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "tokyo-office")
    with bench_at(tmp_path, f"http://{HOST}", "A. N.") as bench:
        yield Desk(application(bench, KEY, (HOST,)), tmp_path)
