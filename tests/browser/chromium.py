"""Chromium without a window, driven through its pipe for developers; it needs no package but the standard library."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
PHONE, DESK = 390, 1400
"""Widths of a window, in pixels."""

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
)  # fmt: skip
_KEYS = {"Enter": ("\r", 13), "Tab": ("", 9), "Escape": ("", 27), "ArrowDown": ("", 40), "ArrowRight": ("", 39)}


class Tab:
    """One page of a running Chromium."""

    def __init__(self, to: int, of: int) -> None:
        self._to, self._of, self._left, self._number, self._session = to, of, b"", 0, ""
        self.complaints: list[str] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for room in ("Page", "Runtime", "Log"):
            self._ask(f"{room}.enable")

    def _ask(self, method: str, seconds: float = 60.0, **given: Any) -> dict[str, Any]:
        self._number += 1
        told = {"id": self._number, "method": method, "params": given}
        told |= {"sessionId": self._session} if self._session else {}
        os.write(self._to, json.dumps(told).encode() + b"\0")
        until = time.monotonic() + seconds
        while True:
            found = self._next(until)
            if found.get("id") == self._number:
                if "error" in found:
                    raise RuntimeError(f"{method}: {found['error']['message']}")
                return dict(found["result"])

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._left:
            if not select.select([self._of], [], [], max(0.0, until - time.monotonic()))[0]:
                raise TimeoutError("Chromium did not answer")
            if not (read := os.read(self._of, 2**20)):
                raise EOFError("Chromium ended")
            self._left += read
        line, _, self._left = self._left.partition(b"\0")
        found = dict(json.loads(line))
        match found.get("method"):
            case "Runtime.exceptionThrown":
                self.complaints.append(str(found["params"]["exceptionDetails"].get("exception", {}).get("description")))
            case "Log.entryAdded" if found["params"]["entry"]["level"] == "error":
                self.complaints.append(str(found["params"]["entry"]["text"]))
        return found

    def look(self, width: int = DESK, height: int = 900, *, dark: bool = False) -> None:
        """Set the size of the window, and the theme."""
        phone = width <= PHONE
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[theme])

    def go(self, address: str) -> None:
        """Open an address, and wait until its scripts have run."""
        self.run("window.foedusLeaves = true")
        if wrong := self._ask("Page.navigate", url=address).get("errorText"):
            raise RuntimeError(f"{address}: {wrong}")
        self.wait("!window.foedusLeaves && document.readyState === 'complete'")

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page, awaited."""
        found = self._ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"].get("exception", {}).get("description", script))
        return found["result"].get("value")

    def wait(self, script: str, seconds: float = 30.0) -> Any:
        """Wait until an expression holds, and return its value; a page that is being left is asked again."""
        until = time.monotonic() + seconds
        while True:
            with contextlib.suppress(RuntimeError):
                if found := self.run(script):
                    return found
            if time.monotonic() > until:
                raise TimeoutError(f"still not so: {script}")
            time.sleep(0.02)

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        text, code = _KEYS.get(key, (key, 0))
        given = {"key": key, "windowsVirtualKeyCode": code} if key in _KEYS else {"key": key}
        self._ask("Input.dispatchKeyEvent", type="keyDown", text=text, **given)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **given)

    def type(self, words: str) -> None:
        """Type words into what has the focus."""
        self._ask("Input.insertText", text=words)

    def drag(self, *places: tuple[float, float]) -> None:
        """Press the mouse at the first place, move it over the others, and let it go at the last."""
        for number, (x, y) in enumerate(places):
            for kind in ("mouseMoved", "mousePressed") if number == 0 else ("mouseMoved",):
                self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)
        x, y = places[-1]
        self._ask("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=1)

    def drop(self, x: float, y: float, *paths: Path) -> None:
        """Drop files or folders onto a place."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self._ask("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def picture(self, path: Path) -> None:
        """Save what the whole page looks like."""
        found = self._ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))


@contextlib.contextmanager
def chromium() -> Iterator[Tab]:
    """Run Chromium with a profile of its own, and end it."""
    there, to = os.pipe()
    of, back = os.pipe()
    with tempfile.TemporaryDirectory(prefix="foedus-browser-", ignore_cleanup_errors=True) as profile:
        command = [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (there, back)]

        def join() -> None:  # Chromium reads from 3 and writes to 4
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # nothing between the fork and Chromium takes a lock
            running = subprocess.Popen(command, close_fds=False, preexec_fn=join, stderr=subprocess.DEVNULL)  # noqa: PLW1509
        for one in high:
            os.close(one)
        os.close(there)
        os.close(back)
        try:
            yield Tab(to, of)
        finally:
            os.close(to)
            os.close(of)
            running.terminate()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
