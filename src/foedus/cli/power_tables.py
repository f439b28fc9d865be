"""The answers of ``foedus power`` as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from foedus.cli.tables import console, show, tree
from foedus.institutions.body_power import INDICES

if TYPE_CHECKING:
    from foedus.base.traces import Trace
    from foedus.institutions import Reach
    from foedus.institutions.body_power import BodyPower, Listed, Vote
    from foedus.institutions.power import Power

_SHOWN = 20
"""Coalitions that are listed on a terminal."""

_NAMED = {
    "shapley_shubik": "Shapley-Shubik",
    "banzhaf": "Banzhaf",
    "banzhaf_absolute": "Banzhaf (absolute)",
    "coleman_prevent": "Coleman (to prevent)",
    "coleman_initiate": "Coleman (to initiate)",
    "coleman_act": "Coleman (of the body to act)",
    "johnston": "Johnston",
    "deegan_packel": "Deegan-Packel",
}
"""The indices by their names in the field."""


def tell(answer: BodyPower, why: bool) -> None:
    """Print an answer of ``foedus power``."""
    found = answer.power
    title = answer.rule if answer.body is None else f"{answer.body} on {answer.on}: {answer.rule}"
    if found is None:
        typer.echo(f"{title}\nprocedure: {answer.procedure}\nthe rule: {answer.reference}")
        for note in answer.notes:
            typer.echo(f"note: {note}")
        return
    blocking = ", ".join(answer.can_block_alone) or "nobody"
    if _each_blocks(answer.can_block_alone, found):
        blocking = f"each of the {len(found.members)} members: {blocking}"
    typer.echo(f"{title}\ncan block alone: {blocking}")
    _tell_elsewhere(answer, found)
    if _each_blocks(answer.can_block_alone, found):
        typer.echo("each has a veto, so that indices of power tell nothing more; --json has them")
    else:
        _tell_indices(answer, found)
        typer.echo(f"power of the body to act (Coleman): {_figure(found.coleman_act)}")
        _tell_error(found)
    for note in answer.notes:
        typer.echo(f"note: {note}")
    for name, listed in (("winning", answer.minimal_winning), ("blocking", answer.minimal_blocking)):
        if listed is not None:
            _tell_coalitions(f"minimal {name}", listed)
    _tell_what_was_asked(answer, why)
    if answer.reference:
        typer.echo(f"\nthe rule: {answer.reference}")
    if answer.other_procedures:
        others = "; ".join(f"{name} ({rule})" for name, rule in answer.other_procedures.items())
        typer.echo(f"other procedures, by --procedure: {others}")


def _tell_what_was_asked(answer: BodyPower, why: bool) -> None:
    if answer.coalition is not None:
        _tell_verdict(f"coalition: winning: {answer.coalition.winning}", answer.coalition.why if why else None)
    if answer.vote is not None:
        _tell_verdict(_vote(answer.vote), answer.vote.why if why else None)
    if answer.reach is not None:
        _tell_reach(answer.reach)


def _each_blocks(blocking: tuple[str, ...], found: Power) -> bool:
    return len(found.members) > 1 and set(blocking) == set(found.members)


def _tell_elsewhere(answer: BodyPower, found: Power) -> None:
    """Print what differs under the body's other procedures: who blocks alone, and whether the vote is adopted."""
    asked = answer.vote.why.value if answer.vote is not None else ""
    groups: dict[str, list[str]] = {}
    for one in answer.elsewhere:
        if one.can_block_alone == answer.can_block_alone and one.adopted in {"", asked}:
            continue
        each = _each_blocks(one.can_block_alone, found)
        told = "each member" if each else ", ".join(one.can_block_alone) or "nobody"
        told += f" can block alone; vote: adopted: {one.adopted}" if one.adopted else " can block alone"
        groups.setdefault(told, []).append(one.procedure)
    for told, procedures in groups.items():
        typer.echo(f"under {', '.join(procedures)}: {told}")


def _tell_indices(answer: BodyPower, found: Power) -> None:
    """Print each member's indices; one line where all are alike, as under unanimity."""
    values = [tuple(getattr(found, name)[n] for name in INDICES) for n in range(len(found.members))]
    alike = {tuple(f"{one:.6f}" for one in row) for row in values}
    if len(alike) == 1 and len(values) > 1:
        told = ", ".join(f"{_named(name)} {_figure(one)}" for name, one in zip(INDICES, values[0], strict=True))
        typer.echo(f"all {len(values)} members alike, each: {told}")
        return
    ranked = sorted(range(len(found.members)), key=lambda n: (-found.shapley_shubik[n], found.members[n]))
    show(
        console(),
        "",
        ["id", answer.weighed_by, *(_named(name) for name in INDICES)],
        [
            [found.members[n], str(answer.weights.get(found.members[n], "")), *(_figure(one) for one in values[n])]
            for n in ranked
        ],
        numbers=range(1, 7),
    )


def _named(index: str) -> str:
    """Return an index's name in the field, as its key reads where it has none here."""
    return _NAMED.get(index, index.replace("_", " "))


def _figure(value: float) -> str:
    """Return an index with three digits, whatever its size; ``--json`` has all of them."""
    return f"{value:#.3g}" if value else "0"


def _vote(vote: Vote) -> str:
    shares = "".join(f", {share:.2%} of the {name}" for name, share in vote.shares.items())
    told = f"{len(vote.in_favour)} of {len(vote.ballot.seats)} in favour{shares}"
    return f"vote: adopted: {vote.why.value} ({told})"


def _tell_error(found: Power) -> None:
    inexact = [name for name, exact in found.exact.items() if not exact]
    for name in inexact:
        error = float(max(found.error[name], default=0.0))
        typer.echo(f"not exact: {_named(name)}, error about {error:.1e}: {found.method[name]}")
    if not inexact:
        typer.echo("all indices are counted exactly")


def _tell_verdict(verdict: str, why: Trace | None) -> None:
    typer.echo(f"\n{verdict}")
    if why is not None:
        tree(console(), why.lines(1))


def _tell_coalitions(name: str, found: Listed) -> None:
    typer.echo(f"\n{name} coalitions: {found.count}")
    for one in (found.coalitions or ())[:_SHOWN]:
        typer.echo(f"  {' '.join(one)}")
    if found.coalitions is None or len(found.coalitions) > _SHOWN:
        typer.echo("  ... (--json lists up to a thousand)")


def _tell_reach(found: Reach) -> None:
    core = "no point: whatever stands, something beats it" if found.core is None else "{:g} to {:g}".format(*found.core)
    beats = "nothing" if found.feasible is None else "{:g} to {:g}".format(*found.feasible)
    typer.echo(f"\nno proposal beats a status quo at {core}")
    up, down = (", ".join(sorted(side)) for side in found.pivots)
    typer.echo(f"pivotal for a step up: {up}\npivotal for a step down: {down}")
    typer.echo(f"what beats {found.status_quo:g}: {beats}; the largest step goes to {found.largest_step:g}")
