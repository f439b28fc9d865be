"""The answers of ``foedus power`` as tables for people."""

from __future__ import annotations

from typing import Any

import typer

from foedus.base.traces import Trace
from foedus.cli.tables import console, show

_SHOWN = 20
"""Coalitions that are listed on a terminal."""


def tell(answer: dict[str, Any], why: bool) -> None:
    """Print an answer of ``foedus power``."""
    out = console()
    title = answer["rule"] if answer["body"] is None else f"{answer['body']} on {answer['on']}: {answer['rule']}"
    if not answer["members"]:
        typer.echo(f"{title}\nprocedure: {answer['procedure']}\nthe rule: {answer['reference']}")
        for note in answer["notes"]:
            typer.echo(f"note: {note}")
        return
    ranked = sorted(answer["members"], key=lambda row: (-row["shapley_shubik"], row["actor"]))
    columns = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "coleman_prevent", "coleman_initiate")
    show(
        out,
        title,
        ["id", answer["weights"], *(name.replace("_", " ") for name in columns)],
        [
            [
                row["actor"],
                "" if row["weight"] is None else str(row["weight"]),
                *(f"{row[name]:.6f}" for name in columns),
            ]
            for row in ranked
        ],
        numbers=range(1, 7),
    )
    blocking = ", ".join(answer["can_block_alone"]) or "nobody"
    typer.echo(f"\ncan block alone: {blocking}\npower of the body to act (Coleman): {answer['coleman_act']:.6g}")
    inexact = [name for name, exact in answer["exact"].items() if not exact]
    for name in inexact:
        error, method = answer["error"][name], answer["method"][name]
        typer.echo(f"not exact: {name.replace('_', ' ')}, error about {error:.1e}: {method}")
    if not inexact:
        typer.echo("all indices are counted exactly")
    for note in answer["notes"]:
        typer.echo(f"note: {note}")
    for name in ("minimal_winning", "minimal_blocking"):
        if name in answer:
            _tell_coalitions(name.replace("_", " "), answer[name])
    for key, verdict in (("coalition", "winning"), ("vote", "adopted")):
        if key in answer:
            typer.echo(f"\n{key}: {verdict}: {answer[key][verdict]}")
            if why and answer[key]["why"] is not None:
                typer.echo("\n".join(_trace(answer[key]["why"]).lines(1)))
    if "reach" in answer:
        _tell_reach(answer["reach"])
    if why and answer["reference"]:
        typer.echo(f"\nthe rule: {answer['reference']}")


def _trace(tree: dict[str, Any]) -> Trace:
    children = tuple(_trace(child) for child in tree["children"])
    return Trace(tree["rule"], tree["value"], tree["reference"] or "", children)


def _tell_coalitions(name: str, found: dict[str, Any]) -> None:
    typer.echo(f"\n{name} coalitions: {found['count']}")
    for one in (found["coalitions"] or [])[:_SHOWN]:
        typer.echo(f"  {' '.join(one)}")
    if found["coalitions"] is None or len(found["coalitions"]) > _SHOWN:
        typer.echo("  ... (--json lists up to a thousand)")


def _tell_reach(found: dict[str, Any]) -> None:
    core = (
        "no point: whatever stands, something beats it"
        if found["core"] is None
        else "{:g} to {:g}".format(*found["core"])
    )
    beats = "nothing" if found["feasible"] is None else "{:g} to {:g}".format(*found["feasible"])
    typer.echo(f"\nno proposal beats a status quo at {core}")
    up, down = (", ".join(side) for side in found["pivots"])
    typer.echo(f"pivotal for a step up: {up}\npivotal for a step down: {down}")
    typer.echo(f"what beats {found['status_quo']:g}: {beats}; the largest step goes to {found['largest_step']:g}")
