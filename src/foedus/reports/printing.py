"""A page as PDF, printed by a browser that is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from foedus.base.errors import FoedusError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_SECONDS = 60


def printed(page: str) -> bytes:
    """Return a page as PDF.

    Parameters
    ----------
    page
        The text of an HTML page that needs no other file.

    Raises
    ------
    FoedusError
        When no browser is installed that prints without a screen, or when it does not print.
    """
    browser = next((program for name in BROWSERS if (program := shutil.which(name))), None)
    if browser is None:
        raise FoedusError(
            "a PDF needs Chromium, Chrome or Edge, and none is installed here; write FILE.html and print it "
            "from a browser"
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(page, "utf-8")
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer", f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
            return (folder / "page.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise FoedusError(f"{browser} did not print the page; write FILE.html and print it") from None
