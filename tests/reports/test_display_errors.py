"""The list of errors that the tests of what a person sees must notice: each still has its place in the source."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("display_errors", ROOT / "bench" / "display_errors.py")
assert _spec is not None
assert _spec.loader is not None
display_errors = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(display_errors)


def test_each_error_has_one_place_in_the_source_and_a_name_of_its_own() -> None:
    lost = {error[0]: told for error in display_errors.ERRORS if (told := display_errors.misplaced(error))}
    assert lost == {}, "the line has changed: write the error anew in bench/display_errors.py"
    assert [name for name, times in Counter(error[0] for error in display_errors.ERRORS).items() if times > 1] == []


def test_the_tests_that_read_each_file_are_there() -> None:
    named = {*display_errors.SEEN, *(test for tests in display_errors.TESTS.values() for test in tests)}
    assert {test for test in named if not (ROOT / test).is_file()} == set()
    assert set(display_errors.TESTS) <= {error[1] for error in display_errors.ERRORS}
