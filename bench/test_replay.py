"""How fast a replay of 17 years is: 32 members, 1,000 histories. Run by ``make timings``."""

from __future__ import annotations

import subprocess
import sys

import foedus


def test_a_replay_of_seventeen_years(benchmark):
    dossier = foedus.read_dossier("tokyo-office")
    benchmark.pedantic(foedus.replay, (dossier,), {"histories": 1_000}, rounds=5, warmup_rounds=1)


def test_the_same_on_the_command_line(benchmark):
    command = [sys.executable, "-m", "foedus", "replay", "tokyo-office", "--runs", "1000"]
    benchmark.pedantic(subprocess.run, (command,), {"check": True, "capture_output": True}, rounds=3, warmup_rounds=1)
