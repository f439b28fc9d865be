"""Units of work come to the same wherever they run, and a worker that is killed loses nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.workers import Workers, as_done, in_order
from foedus.studies import read_study, run_study

TOTAL = "__import__('foedus.base.randomness').base.randomness.Streams(7).uniforms(name, start=0, stop=1_000).sum()"
"""Units are expressions, since a worker does not know the modules of tests; each is given a name."""

KILLED_ONCE = """(
    (mark := __import__('pathlib').Path(folder, name)), name == 'c' and not mark.exists() and (
        mark.touch(), __import__('os').kill(__import__('os').getpid(), __import__('signal').SIGKILL)
    ), name.upper()
)[-1]"""
"""Kills the worker the first time that the third unit is done; the folder remembers it."""

KILLED_ALWAYS = "name == 'c' and __import__('os').kill(__import__('os').getpid(), __import__('signal').SIGKILL) or name"
REFUSED = "(_ for _ in ()).throw(__import__('foedus').FoedusError(name + ' makes no sense'))"


def units(**given: str) -> list[dict[str, str]]:
    return [{"name": name, **given} for name in "abcdef"]


@pytest.fixture(scope="module")
def three() -> Iterator[Any]:
    """Three workers on this machine, each a process."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, worker_dashboard_address=None
    ) as made:
        yield made


@pytest.fixture
def cluster(three: Any) -> str:
    return str(three.scheduler_address)


def test_a_study_has_the_same_bytes_anywhere_though_a_worker_is_killed(three: Any, tmp_path: Path) -> None:
    study = read_study("silence")
    few = replace(study, cells=tuple(replace(cell, draws=40) for cell in study.cells[::2]))

    def killing(_: str, done: int, __: int) -> None:
        if done == 1:
            os.kill(next(worker.pid for worker in three.workers.values()), signal.SIGKILL)

    run_study(few, tmp_path / "alone")
    run_study(few, tmp_path / "processes", Workers(2))
    run_study(few, tmp_path / "cluster", Workers(scheduler=three.scheduler_address), killing)
    for name in ("results.parquet", "results.csv"):
        expected = (tmp_path / "alone" / name).read_bytes()
        assert (tmp_path / "processes" / name).read_bytes() == expected
        assert (tmp_path / "cluster" / name).read_bytes() == expected


def test_processes_and_a_cluster_give_what_one_process_gives(cluster: str) -> None:
    expected = [float(Streams(7).uniforms(name, start=0, stop=1_000).sum()) for name in "abcdef"]
    for workers in (Workers(), Workers(2), Workers(scheduler=cluster)):
        assert in_order(eval, TOTAL, units(), workers) == expected


def test_one_process_does_units_in_order_and_only_as_they_are_asked_for() -> None:
    done: list[int] = []
    stream = as_done(lambda kept, unit: kept.append(unit), done, [3, 1, 2])
    next(stream)
    assert done == [3]
    next(stream)
    assert done == [3, 1]


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    assert in_order(eval, KILLED_ONCE, units(folder=str(tmp_path)), Workers(2)) == list("ABCDEF")
    assert (tmp_path / "c").exists()


def test_a_killed_worker_of_a_cluster_loses_nothing(tmp_path: Path, cluster: str) -> None:
    assert in_order(eval, KILLED_ONCE, units(folder=str(tmp_path)), Workers(scheduler=cluster)) == list("ABCDEF")
    assert (tmp_path / "c").exists()


def test_a_unit_that_always_ends_its_process_is_told_after_all_others_are_done() -> None:
    found: list[tuple[int, str]] = []
    with pytest.raises(FoedusError, match=r"try fewer \(--workers\)"):
        found.extend(as_done(eval, KILLED_ALWAYS, units(), Workers(2)))
    assert sorted(found) == [(0, "a"), (1, "b"), (3, "d"), (4, "e"), (5, "f")]


def test_what_a_unit_refuses_is_refused_from_anywhere(cluster: str) -> None:
    for workers in (Workers(), Workers(2), Workers(scheduler=cluster)):
        with pytest.raises(FoedusError, match="makes no sense"):
            in_order(eval, REFUSED, units(), workers)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense"])
def test_a_scheduler_that_is_not_there_is_told_with_what_starts_one(address: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(FoedusError, match=f"'{address}': no Dask scheduler answers there .*; start one: dask sched"):
        in_order(eval, TOTAL, units(), Workers(scheduler=address))


@pytest.mark.parametrize("count", [0, -1, 257])
def test_a_count_that_makes_no_sense_is_refused(count: int) -> None:
    with pytest.raises(FoedusError, match=f"from 1 to 256; got {count}"):
        Workers(count)


def test_a_cluster_has_workers_of_its_own() -> None:
    with pytest.raises(FoedusError, match="expected one of them"):
        Workers(2, "tcp://127.0.0.1:8786")
