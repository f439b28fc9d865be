"""What a draw costs in each model, beside peers measured in the same run and beside its bound.

``make bench`` writes docs/speed.json, from which docs/speed.md has its table and its curves.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import peers
import waits

import foedus
from foedus.base.errors import FoedusWarning
from foedus.influence import INFLUENCES
from foedus.influence.challenge import Challenge
from foedus.issues import Agenda, Sitting
from foedus.settlement import MODELS

ACTORS = (10, 32, 100, 193)
ISSUES = (1, 2, 4)
TOLERANCE = 1e-4
"""Within how much of the scale a peer's answer counts as the same."""

Seconds = float


def sitting(actors: int, draws: int, issues: int = 1) -> Sitting:
    """Return random draws: positions and saliences uniform, four options, everybody with a seat."""
    rng = np.random.default_rng(1)
    shape = (draws, actors, issues)
    private = rng.uniform(0, 100, shape)
    return Sitting(
        actors=tuple(f"a{i}" for i in range(actors)),
        agendas=(Agenda(np.array([0.0, 33.0, 67.0, 100.0]), 0, 3, 100.0),) * issues,
        seated=np.ones(actors, dtype=bool),
        private=private,
        public=private,
        salience=rng.uniform(0, 1, shape),
        capability=rng.uniform(0, 1, shape[:2]),
        committed=np.zeros((actors, issues), dtype=bool),
        red_low=np.full((actors, issues), -np.inf),
        red_high=np.full((actors, issues), np.inf),
        outsiders=((),) * issues,
        setter=np.full((draws, issues), 100.0),
        assumptions={
            "kappa": rng.uniform(0, 1, draws),
            "tau": rng.uniform(0.5, 0.9, draws),
            "red_line_cost": rng.uniform(0, 1, draws),
            "red_line_slack": np.zeros(draws),
            "selection": rng.integers(0, 3, draws).astype(float),
            "failure_cost": rng.uniform(0, 1, draws),
            "openness": rng.uniform(0, 0.8, draws),
            "exchange_rate": rng.uniform(0, 1, draws),
        },
        roles={"commission": 0, "parliament": 1},
        ties=rng.integers(0, 3, (actors, actors)).astype(float),
    )


def best_of(work: Callable[[], Any], most: Seconds = 1.5, times: int = 5) -> Seconds:
    """Return the least processor time of several runs, after one that is not counted unless it took all the time."""
    start = time.process_time()
    work()
    spent = least = time.process_time() - start
    for _ in range(times):
        if spent > most:
            break
        start = time.process_time()
        work()
        took = time.process_time() - start
        spent, least = spent + took, min(least, took)
    return least


def _issues(name: str) -> int:
    return 2 if name.startswith("exchange") else 1  # on one issue there is nothing to trade


def _runs(name: str) -> Callable[[Sitting], Any]:
    return INFLUENCES[name].move if name in INFLUENCES else MODELS[name].choose


def cost(name: str, actors: int, draws: int, issues: int) -> float:
    """Return microseconds of processor time for a draw."""
    case = sitting(actors, draws, issues)
    return best_of(lambda: _runs(name)(case)) / draws * 1e6


def _draws(name: str, actors: int) -> int:
    """Return how many draws make a run of some hundredths of a second."""
    if name not in INFLUENCES:
        return 200_000 // actors
    slow = name.startswith(("exchange", "spatial"))
    return max(1, (20_000 if slow else 200_000) // actors**2)


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """Return the slope of a straight line through the logarithms."""
    return round(float(np.polyfit(np.log(sizes), np.log(costs), 1)[0]), 2)


def units() -> dict[str, float]:
    """Return what bounds are made of, in nanoseconds on this machine: a byte copied, a power, a multiply-add."""
    large, small = np.ones(16_000_000), np.full(2_000, -0.5)
    into, other = np.empty_like(large), np.empty_like(small)
    many = 500

    def powers() -> None:
        for _ in range(many):
            np.exp(small, out=other)

    def sums() -> None:
        for _ in range(many):
            np.dot(small, other)

    return {
        "byte": best_of(lambda: np.copyto(into, large)) / (2 * large.nbytes) * 1e9,
        "power": best_of(powers) / (many * len(small)) * 1e9,
        "sum": best_of(sums) / (many * len(small)) * 1e9,
    }


def bound(name: str, actors: int, unit: dict[str, float]) -> float | None:
    """Return the least microseconds for a draw: the powers or sums of its rounds, or the bytes that it reads."""
    case = sitting(actors, 4)
    if name.startswith("challenge"):
        rounds = float(INFLUENCES[name].move(case).rounds.mean())
        powers = 2.0 if name.endswith("scholz") else 1.0  # of a pair: one logarithm and one power, or half of each
        return rounds * actors**2 * powers * unit["power"] / 1e3
    if name.startswith("spatial"):
        rounds = float(INFLUENCES[name].move(case).rounds.mean())
        return rounds * 3 * actors**3 * unit["sum"] / 1e3  # of which :ktab has two, and all third parties
    if name in MODELS:
        return 24.0 * actors * unit["byte"] / 1e3
    return None


def _peer(name: str, case: Sitting) -> Callable[[int], Any] | None:
    """Return the peer's answer to one draw of a case, or None where there is none."""
    x, s, c = case.private[:, :, 0], case.salience[:, :, 0], case.capability
    options = case.agendas[0].options
    found: dict[str, Callable[[int], Any]] = {
        "challenge:scholz": lambda d: peers.to_the_end(x[d], c[d], s[d], peers.challenge(False)),
        "challenge:dyadic": lambda d: peers.to_the_end(x[d], c[d], s[d], peers.challenge(True)),
        "spatial-politics": lambda d: peers.to_the_end(x[d], c[d], s[d], peers.spatial_round, 40),
        "compromise": lambda d: peers.compromise_point(x[d], c[d] * s[d]),
        "nash": lambda d: peers.nash_point(x[d], c[d] * s[d], options[0]),
        "agenda-setter": lambda d: peers.agenda_setter(x[d], c[d], options, 0, case.setter[d, 0]),
    }
    return found.get(name)


def _agrees(name: str, case: Sitting, answers: list[Any]) -> float:
    """Return in which share of draws a peer comes to the same answer."""
    if name in INFLUENCES:
        own = INFLUENCES[name].move(case).private[:, :, 0]
        return float(np.mean(np.abs(own - np.array(answers)).max(axis=1) <= TOLERANCE * 100))
    if name == "agenda-setter":
        return float(np.mean(MODELS[name].choose(case)[:, 0] == answers))
    return float(np.mean(np.abs(MODELS[name].settle(case).outcome[:, 0] - answers) <= TOLERANCE * 100))


def beside_peer(name: str, actors: int) -> dict[str, float] | None:
    """Return a peer's microseconds for a draw, and the share of draws in which it gives the same answer."""
    draws = 12 if actors < 100 else 1
    case = sitting(actors, draws)
    peer = _peer(name, case)
    if peer is None or (actors > 40 and name in INFLUENCES):
        return None
    took = best_of(lambda: [peer(d) for d in range(draws)], times=2) / draws * 1e6
    return {"draws": draws, "microseconds": took, "agrees": _agrees(name, case, [peer(d) for d in range(draws)])}


def rows(unit: dict[str, float]) -> list[dict[str, Any]]:
    """Return each model's cost by actors, with the exponents of cost against actors, draws and issues."""
    table = []
    for name in (*INFLUENCES, *MODELS):
        sizes = [size for size in ACTORS if not (name.startswith("exchange") and size > 32)]
        costs = [cost(name, size, _draws(name, size), _issues(name)) for size in sizes]
        many = [max(4, _draws(name, 10) // part) for part in (16, 4, 1)]
        by_draws = [cost(name, 10, draws, _issues(name)) * draws for draws in many]
        few = max(1, _draws(name, 10) // 8)
        issues = (2, 3, 4) if name.startswith("exchange") else ISSUES
        by_issues = [cost(name, 10, few, number) for number in issues]
        table.append(
            {
                "model": name,
                "microseconds": dict(zip(map(str, sizes), costs, strict=True)),
                "bound": {str(size): bound(name, size, unit) for size in sizes},
                "peer": {str(size): beside_peer(name, size) for size in sizes},
                "exponents": {
                    "actors": exponent(sizes[-3:], costs[-3:]),
                    "draws": exponent(many, by_draws),
                    "issues": exponent(issues, by_issues),
                },
            }
        )
        sys.stderr.write(f"{name} {[round(found, 2) for found in costs]} {table[-1]['exponents']}\n")
    return table


def plain() -> dict[str, dict[str, float]]:
    """Return what the plain forms cost that run where Numba cannot be imported."""
    found: dict[str, dict[str, float]] = {}
    for reading in ("scholz", "dyadic"):
        model = Challenge(reading)  # type: ignore[arg-type]
        found[model.card.name] = {}
        for size in (10, 32):
            case = sitting(size, 64)
            found[model.card.name][str(size)] = best_of(lambda: model.move_plainly(case), times=1) / 64 * 1e6  # noqa: B023
    return found


def machine() -> dict[str, Any]:
    """Return what ran: the processor, Python and the libraries."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "processor": model or platform.processor() or platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "foedus": foedus.__version__,
    }


def main(target: Path) -> None:
    """Measure everything and write it."""
    warnings.simplefilter("ignore", FoedusWarning)
    started = time.monotonic()
    for name in INFLUENCES:
        _runs(name)(sitting(4, 2, 2))  # compiles, where it does
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    unit = units()
    answer = {
        "measured": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": commit,
        "machine": machine(),
        "nanoseconds": unit,
        "models": rows(unit),
        "plain": plain(),
        "waits": waits.waits(),
        "seconds": round(time.monotonic() - started),
    }
    for row in answer["models"]:
        row["ratio"] = {
            size: peer["microseconds"] / row["microseconds"][size] for size, peer in row["peer"].items() if peer
        }
    target.write_text(json.dumps(answer, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "speed.json"))
