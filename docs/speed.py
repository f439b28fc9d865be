"""The table and the curves of what a draw costs, from what ``make bench`` last wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foedus.reports.saving import save_chart
from foedus.reports.vega import Chart, quantity, styled

MEASURED = Path(__file__).parent / "speed.json"
DRAWN = (
    "challenge:scholz",
    "challenge:dyadic",
    "spatial-politics",
    "exchange:equal-gain",
    "nash",
    "consensus",
    "agenda-setter",
    "compromise",
)


def read() -> dict[str, Any]:
    """Return what was last measured."""
    found: dict[str, Any] = json.loads(MEASURED.read_text("utf-8"))
    return found


def curves(width: int = 690) -> Chart:
    """Draw what a draw costs by the number of actors, both in logarithms."""
    measured = read()
    points = [
        {"model": row["model"], "actors": int(size), "cost": cost}
        for row in measured["models"]
        if row["model"] in DRAWN
        for size, cost in row["microseconds"].items()
    ]
    spec = {
        "data": {"name": "costs"},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": quantity("actors", title="actors", scale={"type": "log"}, axis={"values": [10, 32, 100, 193]}),
            "y": quantity("cost", title="microseconds a draw", scale={"type": "log"}),
            "color": {"field": "model", "type": "nominal", "sort": list(DRAWN), "title": None},
        },
    }
    words = "The cost of a draw by the number of actors, for eight models; the table above holds the numbers."
    return Chart(styled(spec, width, 360), {"costs": points}, "What a draw costs", words)


def table() -> str:
    """Return the table in Markdown."""
    measured = read()
    heads = "model", "10 actors", "32", "193", "times its bound at 32", "faster than a peer at 32"
    grows = "grows with actors", "draws", "issues"
    lines = [f"| {' | '.join((*heads, *grows))} |", f"| --- |{' ---: |' * 8}"]
    for row in measured["models"]:
        costs, least, faster = row["microseconds"], row["bound"].get("32"), row["ratio"].get("32")
        cells = [
            f"`{row['model']}`",
            *(_number(costs[size]) if size in costs else "not measured" for size in ("10", "32", "193")),
            _number(costs["32"] / least) if least else "",
            f"{_number(faster)} times" if faster else "",
            *(f"{row['exponents'][name]:.1f}" for name in ("actors", "draws", "issues")),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def waits() -> str:
    """Return how long tailoring and allocation take, and what they may take, as a table in Markdown."""
    lines = ["| answer | seconds of processor time | allowed |", "| --- | ---: | ---: |"]
    for name, found in read()["waits"].items():
        lines.append(f"| {name} | {found['seconds']:.1f} | {found['allowed']:g} |")
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    """Return a number with two digits that count.

    Examples
    --------
    >>> _number(0.314), _number(2.24), _number(12.6), _number(4671.2)
    ('0.31', '2.2', '13', '4,700')
    """
    if value < 10:
        return f"{value:.2g}"
    return f"{float(f'{value:.2g}'):,.0f}"


def facts() -> str:
    """Return what was measured, when and on what, and the peers' agreement, as sentences."""
    measured = read()
    machine, unit = measured["machine"], measured["nanoseconds"]
    plain = measured["plain"]
    beside = [(row["model"], row["peer"]["32"]) for row in measured["models"] if row["peer"].get("32")]
    agree = [f"{round(peer['agrees'] * peer['draws'])} of {peer['draws']} (`{model}`)" for model, peer in beside]
    return (
        f"Measured on {measured['measured']} at commit `{measured['commit'][:10]}`: {machine['processor']}, "
        f"Python {machine['python']}, NumPy {machine['numpy']}, in {measured['seconds']} seconds. A byte copied takes "
        f"{unit['byte']:.3f} nanoseconds here, an exponential of NumPy {unit['power']:.2f}, a multiplication "
        f"with its sum {unit['sum']:.2f}. "
        f"At 32 actors a peer gives the same answer in so many draws: {', '.join(agree)}. Without Numba "
        f"`challenge:scholz` takes {_number(plain['challenge:scholz']['32'])} microseconds and `challenge:dyadic` "
        f"{_number(plain['challenge:dyadic']['32'])} at 32 actors.\n"
    )


def write(folder: Path) -> None:
    """Write the picture."""
    folder.mkdir(exist_ok=True)
    save_chart(curves(), folder / "speed.svg")
