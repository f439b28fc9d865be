"""Hashes, against the standard's example and against the same sum written out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from foedus.base.hashes import fingerprint, folder_contents, sha256


def test_the_example_of_the_standard() -> None:
    # FIPS 180-4, "abc"
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_fingerprint_written_out() -> None:
    one, two = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()
    expected = hashlib.sha256(f"a\0{one}\nb\0{two}\n".encode()).hexdigest()
    assert fingerprint([("b", b"2"), ("a", b"1")]) == expected


_CONTENTS = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), st.binary(max_size=4), max_size=4)


@given(_CONTENTS, st.randoms())
def test_order_does_not_matter(contents: dict[str, bytes], random: object) -> None:
    shuffled = list(contents.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fingerprint(shuffled) == fingerprint(contents.items())


@given(_CONTENTS, _CONTENTS)
def test_equal_only_for_equal_contents(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (fingerprint(one.items()) == fingerprint(other.items())) == (one == other)


def test_folder_contents(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.csv").write_bytes(b"1")
    (tmp_path / "a.yaml").write_bytes(b"2")
    (tmp_path / "c.txt").write_bytes(b"3")
    assert folder_contents(tmp_path, (".csv", ".yaml")) == [("a.yaml", b"2"), ("b/x.csv", b"1")]
    assert folder_contents(tmp_path / "none", (".csv",)) == []
