"""Drawing charts in a process of its own: SVG that follows the page's colours, PNG for Word."""

from __future__ import annotations

import base64
import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from subprocess import Popen
from typing import TYPE_CHECKING

from foedus.base.children import start
from foedus.reports.palette import PALETTE

if TYPE_CHECKING:  # a process that is to draw starts before anything heavy is loaded
    from foedus.reports.vega import Chart

_RENDERER = Path(__file__).parent / "renderer.py"
_NO_FONTS = Path(__file__).parent / "no-fonts.conf"
_OUTLINED = re.compile(r"[ -~\u00a0-\u017f\u0384-\u03ce\u0400-\u045f‐‑–—―‘’‚“”„†‡•…‰′″‹›€™←↑→↓∂∆∏∑−√∞∫≈≠≤≥]*")
"""What the typeface that the drawing library brings along has outlines for."""


class Artist:
    """Draws charts in a process of its own, one after the other, while the next numbers are being computed.

    It measures words by the typeface that the drawing library brings along, so that a chart has the same bytes whatever
    fonts a Linux machine has; the library would open a font's file anew for each word that it measures. For a script
    that this typeface lacks, a second process asks for the machine's fonts.

    The palette's colours come out as the page's CSS variables: a browser, a printer and a dark screen then each see
    their own colours in one drawing. Use it as a context; it ends the process when left.
    """

    def __init__(self) -> None:
        self._queue = ThreadPoolExecutor(max_workers=1)
        self._process = start(_RENDERER, FONTCONFIG_FILE=str(_NO_FONTS))
        self._with_fonts: Popen[bytes] | None = None

    def __enter__(self) -> Artist:
        return self

    def __exit__(self, *_: object) -> None:
        self._queue.shutdown(cancel_futures=True)
        for process in (self._process, self._with_fonts):
            if process is not None:
                process.terminate()
                process.communicate()

    def draw(self, chart: Chart) -> Future[str]:
        """Return the promise of a chart's SVG."""
        specification = chart.specification()
        return self._queue.submit(lambda: _with_variables(self._ask("svg", specification)))

    def draw_png(self, chart: Chart) -> Future[bytes]:
        """Return the promise of a chart as PNG, at twice the usual density."""
        specification = chart.specification()
        return self._queue.submit(lambda: base64.b64decode(self._ask("png", specification)))

    def _ask(self, form: str, specification: dict[str, object]) -> str:
        process = self._drawing(specification)
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the renderer was started without pipes")
        stdin.write(json.dumps({"form": form, "specification": specification}).encode() + b"\n")
        stdin.flush()
        answer = stdout.readline()
        if not answer:
            raise RuntimeError(f"the renderer ended with status {process.wait()}")
        return str(json.loads(answer))

    def _drawing(self, specification: dict[str, object]) -> Popen[bytes]:
        """Return the process that has outlines for all that a chart says."""
        if _OUTLINED.fullmatch(json.dumps(specification, ensure_ascii=False)):
            return self._process
        if self._with_fonts is None:
            self._with_fonts = start(_RENDERER)
        return self._with_fonts


def _with_variables(svg: str) -> str:
    for name, colour in PALETTE.items():
        svg = re.sub(f'"{colour}"', f'"var(--{name})"', svg, flags=re.IGNORECASE)
    return re.sub(r"<svg ([^>]*?)width=\"(\d+)\" height=\"(\d+)\"", r'<svg \1style="max-width:\2px"', svg, count=1)
