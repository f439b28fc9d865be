"""The journal of tables: a change goes back to the byte, and what another hand changed beside it stays."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.errors import FoedusError
from foedus.dossiers import packaged_dossiers
from foedus.dossiers.table_journal import (
    JOURNAL,
    Entry,
    differences,
    note,
    noted,
    read_entries,
    reverted,
    standing_entries,
    tables_of,
    take_back,
)

LINES = st.lists(st.sampled_from(["a,1\n", "b,2\n", "c,3\r\n", "\n", "d;4\u2028\n"]), max_size=12)


@given(LINES, LINES, st.booleans())
def test_a_change_goes_back_to_the_byte_or_not_at_all(old: list[str], new: list[str], cut: bool) -> None:
    before, after = "".join(old).encode(), "".join(new).encode()
    after = after.removesuffix(b"\n") if cut else after
    entry = Entry(1, "edit", differences({"a.csv": before}, {"a.csv": after}))
    with contextlib.suppress(FoedusError):
        assert reverted(entry, {"a.csv": after}) == ({"a.csv": before} if before != after else {})


@given(st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_what_was_changed_in_other_rows_since_stays(row: int, other: int, gone: bool) -> None:
    rows = [f"A{number},{number}\n" for number in range(10)]
    changed = [*rows[:row], *([] if gone else [f"A{row},new\n"]), *rows[row + 1 :]]
    entry = Entry(1, "edit", differences({"a.csv": "".join(rows).encode()}, {"a.csv": "".join(changed).encode()}))
    since = "".join(changed).replace(f"A{other},{other}\n", f"A{other},theirs\n")
    wanted = "".join(rows)
    if other != row:
        wanted = wanted.replace(f"A{other},{other}\n", f"A{other},theirs\n")
    try:
        found = reverted(entry, {"a.csv": since.encode()})
    except FoedusError:
        assert gone
        assert other == row - 1  # the line above the one that went is not there any more
    else:
        assert found == {"a.csv": wanted.encode()}


def test_any_change_is_taken_back_by_itself_and_done_again(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    first = tables_of(folder)
    settings = folder / "dossier.yaml"
    with noted(folder, "a comment", "A. N."):
        settings.write_bytes(settings.read_bytes() + b"# seen\n")
    with noted(folder, "a table"):
        (folder / "means.csv").write_text("actor,means,low,mode,high\n", "utf-8")
    take_back(folder, 1)
    assert settings.read_bytes() == first["dossier.yaml"]
    take_back(folder, 2)
    assert tables_of(folder) == first
    take_back(folder, 3)
    assert settings.read_bytes() == first["dossier.yaml"] + b"# seen\n"
    entries = read_entries(folder)
    assert [(entry.number, entry.action, entry.undoes) for entry in entries] == [
        (1, "a comment", None), (2, "a table", None), (3, "undo", 1), (4, "undo", 2), (5, "undo", 3),
    ]  # fmt: skip
    assert [entry.number for entry in standing_entries(entries)] == [1, 4, 5]
    with pytest.raises(FoedusError, match="none that still stands"):
        take_back(folder, 2)


def test_a_change_on_which_others_rest_is_not_taken_back(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    table = folder / "sources.csv"
    whole = table.read_bytes()
    named = {row.split(",")[1] for row in (folder / "statements.csv").read_text("utf-8").splitlines()[1:]}
    rows = whole.splitlines(keepends=True)
    kept = [row for row in rows if row.split(b",")[0].decode() not in named]
    assert len(kept) < len(rows)
    note(folder, tables_of(folder) | {"sources.csv": b"".join(kept)}, "read")
    with pytest.raises(FoedusError, match="cannot be taken back by itself"):
        take_back(folder, 1)
    assert table.read_bytes() == whole
    assert len(read_entries(folder)) == 1


def test_a_line_that_a_crash_cut_short_never_counts(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    with noted(folder, "first"):
        (folder / "dossier.yaml").write_bytes((folder / "dossier.yaml").read_bytes() + b"# one\n")
    whole = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(whole + whole[: len(whole) // 2])
    assert [entry.action for entry in read_entries(folder)] == ["first"]
    with noted(folder, "second"):
        (folder / "dossier.yaml").write_bytes((folder / "dossier.yaml").read_bytes() + b"# two\n")
    assert [entry.action for entry in read_entries(folder)] == ["first", "second"]
