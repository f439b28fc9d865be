"""Stored counterexamples: for each property that a model does not claim, a case in which it fails."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from foedus.base.errors import FoedusError
from foedus.issues import Agenda, InfluenceModel, SettlementModel, Sitting
from foedus.testing.properties import check_property, property_called, refuse_no_model
from foedus.testing.sittings import random_sitting, some_draws

STORED = Path(__file__).parent / "counterexamples.json"

_PLAIN = ("seated", "private", "public", "salience", "capability", "committed", "red_low", "red_high", "setter", "ties")


def as_plain(sitting: Sitting) -> dict[str, Any]:
    """Return a sitting without a rule of its own as what JSON can hold; infinite red lines as null."""
    plain: dict[str, Any] = {
        "actors": list(sitting.actors),
        "agendas": [[a.options.tolist(), a.status_quo, a.proposal, a.length] for a in sitting.agendas],
        "outsiders": [list(asked) for asked in sitting.outsiders],
        "roles": dict(sitting.roles),
        "assumptions": {name: values.tolist() for name, values in sitting.assumptions.items()},
    }
    for name in _PLAIN:
        values = getattr(sitting, name)
        plain[name] = None if values is None else _without_infinity(values.tolist())
    return plain


def _without_infinity(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_infinity(item) for item in value]
    return None if isinstance(value, float) and np.isinf(value) else value


def from_plain(plain: dict[str, Any]) -> Sitting:
    """Return the sitting that `as_plain` wrote."""
    fields: dict[str, Any] = {name: None if plain[name] is None else np.array(plain[name]) for name in _PLAIN}
    for name, nothing in (("red_low", -np.inf), ("red_high", np.inf)):
        values = np.array(plain[name], dtype=object)
        fields[name] = np.where(values == None, nothing, values).astype(np.float64)  # noqa: E711 - element by element
    return Sitting(
        actors=tuple(plain["actors"]),
        agendas=tuple(Agenda(np.array(o), q, p, length) for o, q, p, length in plain["agendas"]),
        outsiders=tuple(tuple(asked) for asked in plain["outsiders"]),
        roles=plain["roles"],
        assumptions={name: np.array(values) for name, values in plain["assumptions"].items()},
        **fields,
    )


@functools.cache
def _stored() -> dict[str, dict[str, Any]]:
    stored: dict[str, dict[str, Any]] = json.loads(STORED.read_text("utf-8"))
    return stored


def counterexample(model: str, name: str) -> Sitting:
    """Return the stored case in which a model does not have a property.

    Parameters
    ----------
    model
        Its name.
    name
        The property's.

    Raises
    ------
    FoedusError
        When none is stored.

    Examples
    --------
    >>> counterexample("mean", "respects the rule").draws
    1
    """
    try:
        return from_plain(_stored()[model][name])
    except KeyError:
        raise FoedusError(f"no counterexample to {name!r} is stored for {model!r}") from None


def find_counterexample(
    model: SettlementModel | InfluenceModel, name: str, seeds: Iterable[int] = range(300)
) -> Sitting | None:
    """Look for a case of one draw in which a model does not have a property.

    Parameters
    ----------
    model, name
        Which.
    seeds
        Of random sittings to look through.

    Returns
    -------
    Sitting or None
        The first found with the fewest seats.

    Raises
    ------
    FoedusError
        When the model is none, or there is no such property.
    """
    refuse_no_model(model)
    property_called(name)
    best: Sitting | None = None
    for seed in seeds:
        sitting = random_sitting(seed, 12, model.card.assumptions)
        if best is not None and len(sitting.actors) >= len(best.actors):
            continue
        if _holds(model, name, sitting):
            continue
        for draw in range(sitting.draws):
            single = some_draws(sitting, draw, draw + 1)
            if not _holds(model, name, single):
                best = single
                break
    return best


def _holds(model: SettlementModel | InfluenceModel, name: str, sitting: Sitting) -> bool:
    try:
        check_property(model, name, sitting)
    except AssertionError:
        return False
    return True


def write_counterexamples(model: SettlementModel | InfluenceModel, path: Path = STORED) -> tuple[str, ...]:
    """Look for a case against each property that a model's card refutes, and store what is found.

    Parameters
    ----------
    model
        Which.
    path
        Where to; by default the packaged file.

    Returns
    -------
    tuple
        The properties for which no case was found: claim them, or look at more seeds.
    """
    stored = json.loads(path.read_text("utf-8"))
    by_property = {name: find_counterexample(model, name) for name in model.card.refuted}
    stored[model.card.name] = {name: as_plain(case) for name, case in by_property.items() if case is not None}
    path.write_text(_folded(json.dumps(stored, separators=(",", ":"))), "utf-8")
    _stored.cache_clear()
    return tuple(name for name, case in by_property.items() if case is None)


def _folded(text: str, width: int = 120) -> str:
    """Return JSON in lines of at most a width, broken after commas."""
    lines = [""]
    for piece in text.replace(",", ",\n").split("\n"):
        if len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines) + "\n"
