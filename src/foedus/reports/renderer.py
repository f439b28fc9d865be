"""Draws Vega-Lite specifications; also a program of its own, so that drawing can go on beside the computing.

As a program it reads one specification a line and answers each with one line: its SVG, as a JSON string. It imports
nothing of Foedus and so starts at once.
"""

from __future__ import annotations

import io
import json
import sys

import vl_convert

VEGA_LITE = "6.1"
"""The version of the Vega-Lite schema that the charts are written in."""


def svg_of(specification: str) -> str:
    """Return the drawing of a specification, given as JSON text."""
    return str(vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE))


def png_of(specification: str) -> bytes:
    """Return the drawing of a specification at twice the usual density."""
    return bytes(vl_convert.vegalite_to_png(specification, vl_version=VEGA_LITE, scale=2))


def _serve() -> None:
    for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
        sys.stdout.write(json.dumps(svg_of(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
