"""Several files as one: whatever moment a kill picks, all are new or all are old, and nothing outside is touched."""

import json
from pathlib import Path

import pytest

from foedus.base import together
from foedus.base.hashes import sha256
from foedus.base.locks import writing
from foedus.base.together import CHANGES, write_together

OLD = {"a.csv": b"old a", "world/b.csv": b"old b", "c.csv": b"old c"}
NEW = {"a.csv": b"new a", "world/b.csv": b"new b", "c.csv": b"new c"}


class KilledError(BaseException):
    """The process ends here."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "world").mkdir(parents=True)
    for name, data in OLD.items():
        (tmp_path / "home" / name).write_bytes(data)
    return tmp_path / "home"


def _content(home: Path) -> dict[str, bytes]:
    found = [path for path in home.rglob("*") if path.is_file() and path.name != ".foedus.lock"]
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in found}


def _left_by_a_dead_process(home: Path) -> None:
    (home / ".foedus.lock").write_text("\0process 1 on nowhere")


@pytest.mark.parametrize("moment", range(12))
def test_a_kill_at_any_step_leaves_all_or_none_changed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: int
) -> None:
    """Each step is a call that changes a folder; from the given one on the process does nothing any more."""
    steps = [0]

    def stepping(name: str) -> None:
        real = getattr(Path, name)

        def step(path: Path, *arguments: object, **named: object) -> object:
            steps[0] += 1
            if steps[0] > moment:
                raise KilledError
            return real(path, *arguments, **named)

        monkeypatch.setattr(Path, name, step)

    for name in ("replace", "unlink"):
        stepping(name)
    try:
        with pytest.raises(KilledError):
            write_together(home, NEW)
        killed = True
    except pytest.fail.Exception:
        killed = False
    monkeypatch.undo()
    _left_by_a_dead_process(home)
    with writing(home):
        pass
    assert _content(home) in ([OLD, NEW] if killed else [NEW])
    if _content(home) == NEW and killed and moment < 7:
        assert "ended in the middle of changing several files" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../outside.csv", "/outside.csv", "linked/outside.csv"])
def test_a_plan_of_somebody_elses_writes_nothing_outside(home: Path, name: str) -> None:
    outside = home.parent / "outside.csv"
    outside.write_text("precious")
    (home / "linked").symlink_to(home.parent)
    place = home / name if not name.startswith("/") else outside
    together._next(place).write_text("evil")
    (home / CHANGES).write_text(json.dumps({name: sha256(b"evil")}))
    _left_by_a_dead_process(home)
    with writing(home):
        pass
    assert outside.read_text() == "precious"
    assert not (home / CHANGES).exists()


@pytest.mark.parametrize("plan", ["[" * 100_000, "{}", '{"a.csv": 3}', "nonsense", '{"a.csv": "00"}'])
def test_a_plan_that_is_none_is_thrown_away(home: Path, plan: str) -> None:
    (home / CHANGES).write_text(plan)
    _left_by_a_dead_process(home)
    with writing(home):
        pass
    assert _content(home) == OLD
