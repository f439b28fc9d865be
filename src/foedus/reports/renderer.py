"""Draws Vega-Lite specifications; a program of its own, so that drawing can go on beside the computing.

It reads one request a line, ``{"form": "svg" | "png", "specification": ...}``, and answers each with one line: the SVG,
or the PNG in Base64, as a JSON string. It imports nothing of Foedus and so starts at once.
"""

from __future__ import annotations

import base64
import io
import json
import sys

import vl_convert

VEGA_LITE = "6.1"
"""The version of the Vega-Lite schema that the charts are written in."""

_SMALLEST = {"data": {"values": [{"a": 1}]}, "mark": "point"}


def drawn(form: str, specification: object) -> str:
    """Return the drawing of a specification: SVG, or PNG at twice the usual density in Base64."""
    text = json.dumps(specification)
    if form == "png":
        png = vl_convert.vegalite_to_png(text, vl_version=VEGA_LITE, scale=2)
        return base64.b64encode(png).decode("ascii")
    return str(vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE))


def _serve() -> None:
    drawn("svg", _SMALLEST)  # the first drawing takes half a second more than the others; nothing waits for it yet
    for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
        sys.stdout.write(json.dumps(drawn(**json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
