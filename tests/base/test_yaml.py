"""YAML 1.2, strictly."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.base import yaml
from foedus.base.errors import InputError, Problem
from foedus.base.yaml import YAML_LIMIT, plain_yaml, read_yaml


def read(tmp_path: Path, text: str) -> dict[str, object]:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    return read_yaml(tmp_path / "a.yaml", name="a.yaml")[0]


def refusal(tmp_path: Path, text: str) -> Problem:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.file == "a.yaml"
    return problem


def test_plain_values(tmp_path: Path) -> None:
    text = "a: 1\nb: 0.5\nc: true\nd: null\ne: 2023-07-11\nf: [x, {y: z}]\ng: '1'\n"
    data = read(tmp_path, text)
    assert data == {
        "a": 1,
        "b": 0.5,
        "c": True,
        "d": None,
        "e": dt.date(2023, 7, 11),
        "f": ["x", {"y": "z"}],
        "g": "1",
    }
    assert [type(value) for value in data.values()] == [int, float, bool, type(None), dt.date, list, str]


@pytest.mark.parametrize("word", ["NO", "no", "off", "on", "yes", "Y", "n"])
def test_norway_is_not_false(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"actor: {word}\n{word}: 1\n") == {"actor": word, word: 1}


def test_a_directive_of_yaml_1_1_does_not_make_norway_false(tmp_path: Path) -> None:
    try:
        data = read(tmp_path, "%YAML 1.1\n---\nactor: NO\n")
    except InputError:
        return
    assert data == {"actor": "NO"}


def test_a_repeated_key(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert problem.where == "line 3"
    assert 'found duplicate key "a"' in problem.expected


def test_a_repeated_key_deep_inside(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a:\n  - {b: 1, b: 2}\n").where == "line 2"


def test_an_alias(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "a: &x 1\nb: *x\n")
    assert problem.where == "line 1"
    assert problem.expected == "anchors and aliases (&name, *name) are not accepted; write the value out"


def test_an_anchor_set_twice(tmp_path: Path) -> None:
    try:
        data = read(tmp_path, "a: &x 1\nb: &x 2\n")
    except InputError:
        return
    assert data == {"a": 1, "b": 2}


def test_a_bomb_of_aliases_is_refused_before_it_is_built(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert refusal(tmp_path, "\n".join(lines)).where == "line 1"


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [ls]", "!!str 1", "!thing {}", "!!set {a}", "!!binary eA=="]
)
def test_a_tag(tmp_path: Path, tag: str) -> None:
    problem = refusal(tmp_path, f"a: 1\nb: {tag}\n")
    assert problem.where == "line 2"
    assert problem.expected == "tags (!name) are not accepted; write a plain value"


def test_depth(tmp_path: Path) -> None:
    inner: object = read(tmp_path, f"a: {'[' * 39}1{']' * 39}\n")["a"]
    for _ in range(39):
        assert isinstance(inner, list)
        (inner,) = inner
    assert inner == 1
    assert refusal(tmp_path, f"a: {'[' * 40}1{']' * 40}\n").expected == "is nested more than 40 levels deep"


def test_a_very_deep_file_does_not_exhaust_the_stack(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a: " + "[" * 100_000).expected == "is nested more than 40 levels deep"


def test_two_documents(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "a: 1\n---\nb: 2\n")
    assert problem.expected.startswith("is not valid YAML")


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n- b\n", "word\n", "3\n"])
def test_not_a_mapping(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text).expected == "expected a mapping of keys to values at the top level"


def test_broken_syntax_names_the_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a: 1\nb: [1, 2\nc: 3\n").where == "line 3"


def test_a_day_that_no_calendar_has_names_the_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a: 1\nb: 2023-02-30\n").where == "line 2"


def test_the_size_limit(tmp_path: Path) -> None:
    assert refusal(tmp_path, f"a: {'x' * YAML_LIMIT}\n").expected == "is 1 MB; at most 1 MB are read"


def test_where_values_stand(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\nb:\n  - c: 2\n    d: 3\n  - 4\n")
    _, lines = read_yaml(tmp_path / "a.yaml")
    assert lines.of(("a",)) == "line 1"
    assert lines.of(("b", 0, "d")) == "line 4"
    assert lines.of(("b", 1)) == "line 5"
    assert lines.of(("b", 0, "nothing")) == "line 3"  # the nearest place that stands in the file
    assert lines.of(("nothing",)) == ""


_PIECES = [
    "a",
    "b",
    ":",
    ": ",
    "- ",
    "\n",
    " ",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "?",
    "&x ",
    "*x",
    "!t ",
    "|",
    ">",
    "'",
    '"',
]
_PIECES += [
    "#",
    "%",
    "---",
    "...",
    "<<",
    "=",
    "~",
    "1",
    "0x1f",
    "1e3",
    ".inf",
    "2023-02-30",
    "2023-01-01 10:00",
    "\t",
    "\\",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text(max_size=30))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        data, _ = read_yaml(path)
    except InputError:
        return
    assert isinstance(data, dict)


def test_what_is_packaged_reads_quickly_as_it_reads_strictly() -> None:
    paths = sorted(Path(foedus.__file__).parent.rglob("*.yaml"))
    assert len(paths) > 200
    for path in paths:
        strictly = plain_yaml(path.read_text(encoding="utf-8"), path.name)
        assert repr(read_yaml(path)[0]) == repr(strictly), path  # repr tells 1 from 1.0 and True


def test_a_fault_in_a_packaged_file_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "_PACKAGED", tmp_path)
    assert refusal(tmp_path, "a: 1\nb: [\n").where == "line 3"
    assert refusal(tmp_path, "a: 1\na: 2\n").where == "line 2"
    path = tmp_path / "b.yaml"
    path.write_text("a: 1\nb: {c: 2}\n", encoding="utf-8")
    data, lines = read_yaml(path)
    assert (data, lines.of(("b", "c"))) == ({"a": 1, "b": {"c": 2}}, "line 2")
