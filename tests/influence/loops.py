"""The models once more, as plain loops over actors, for the kernels to be checked against."""

from __future__ import annotations

from dataclasses import dataclass

SAME = 1e-9


@dataclass
class Actor:
    x: float
    c: float
    s: float
    r: float = 1.0


def scholz_round(actors: list[Actor], length: float) -> list[float]:
    """One round of the first reading, with a sum over all triples; actors in the order of their positions."""
    for actor in actors:
        actor.r = 1.0
    _set_risk(actors, length, _by_all_pairs(actors, length))
    success = _by_all_pairs(actors, length)
    places = []
    for i, focal in enumerate(actors):
        lost, bargains = [], []
        for j, other in enumerate(actors):
            if abs(focal.x - other.x) <= SAME * length:
                continue
            own = _expected(focal, other, success[i][j], focal.r, length)
            turned = _expected(other, focal, success[j][i], focal.r, length)
            if turned > own > 0:
                lost.append((abs(focal.x - other.x), j, other.x))
            elif own < 0 and turned > -own:
                middle = (-own * focal.x + turned * other.x) / (turned - own)
                bargains.append((middle, j, focal.x + (other.x - focal.x) * -own / turned))
        offers = lost or bargains
        places.append(min(offers)[2] if offers else focal.x)
    return places


def dyadic_round(actors: list[Actor], first: float) -> list[float]:
    """One round of the second reading."""
    length = max(a.x for a in actors) - min(a.x for a in actors)
    if length == 0:
        return [a.x for a in actors]
    for actor in actors:
        actor.r = 1.0
    success = _by_pair(actors, length)
    _set_risk(actors, length, success)
    places = []
    for i, focal in enumerate(actors):
        offers = []
        for j, other in enumerate(actors):
            if abs(focal.x - other.x) <= SAME * first:
                continue
            own = _expected(focal, other, success[i][j], focal.r, length)
            turned = _expected(other, focal, success[j][i], other.r, length)
            if own < 0 < turned:
                share = min(1.0, -own / turned)
                place = other.x if -own / turned >= 1 else focal.x + (other.x - focal.x) * share
                offers.append((share * abs(focal.x - other.x), j, place))
        places.append(min(offers)[2] if offers else focal.x)
    return places


def _votes(actor: Actor, for_: float, against: float, length: float, exponent: float) -> float:
    near, far = abs(actor.x - for_) / length, abs(actor.x - against) / length
    return actor.c * actor.s * (far**exponent - near**exponent)


def _by_all_pairs(actors: list[Actor], length: float) -> list[list[float]]:
    cast = [[[_votes(k, i.x, j.x, length, k.r) for k in actors] for j in actors] for i in actors]
    total = sum(abs(v) for row in cast for cell in row for v in cell)
    return [[sum(max(0.0, v) for v in cell) / total if total else 0.0 for cell in row] for row in cast]


def _by_pair(actors: list[Actor], length: float) -> list[list[float]]:
    found = []
    for i in actors:
        row = []
        for j in actors:
            cast = [_votes(k, i.x, j.x, length, 1.0) for k in actors]
            total = sum(abs(v) for v in cast)
            row.append(sum(max(0.0, v) for v in cast) / total if total else 0.0)
        found.append(row)
    return found


def _expected(actor: Actor, other: Actor, success: float, r: float, length: float) -> float:
    d = abs(actor.x - other.x) / length
    won, lost, unchanged = 2 - 4 * (0.5 - 0.5 * d) ** r, 2 - 4 * (0.5 + 0.5 * d) ** r, 2 - 4 * 0.5**r
    return other.s * (success * won + (1 - success) * lost) + (1 - other.s) * won - unchanged


def _set_risk(actors: list[Actor], length: float, success: list[list[float]]) -> None:
    danger = [
        sum(_expected(i, j, success[a][b], 1.0, length) for a, i in enumerate(actors) if a != b)
        for b, j in enumerate(actors)
    ]
    spread = max(danger) - min(danger)
    for actor, value in zip(actors, danger, strict=True):
        attitude = (2 * value - max(danger) - min(danger)) / spread if spread > 4e-12 else 0.0
        actor.r = (1 - attitude / 3) / (1 + attitude / 3)
