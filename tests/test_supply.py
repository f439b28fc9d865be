"""What Foedus is built of: every pinned file has hashes, every package a licence that may be used."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location("supply", ROOT / "bench" / "supply.py")
assert _spec is not None
assert _spec.loader is not None
supply = importlib.util.module_from_spec(_spec)
sys.modules["supply"] = supply
_spec.loader.exec_module(supply)


def test_files_with_hashes_and_the_page_of_licences_agree_with_what_is_pinned() -> None:
    assert supply.problems() == [], "python bench/supply.py --write makes them anew"


def test_lower_bounds_leave_out_versions_with_published_vulnerabilities() -> None:
    told = supply.PAGE.read_text("utf-8").partition("| name | from | because |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([A-Za-z_, 0-9-]+) \| ([\d., ]+) \| ", told, re.M)
    assert [names for names, _ in rows] == ["Jinja2", "lxml, lxml_html_clean", "pydantic-ai-slim", "pypdfium2"]
    text = (ROOT / "pyproject.toml").read_text("utf-8").lower()
    for names, versions in rows:
        for name, version in zip(names.split(", "), versions.split(", "), strict=True):
            [bound] = re.findall(rf'"{re.escape(name.lower())}(?:\[\w+\])?(>=[^"]+)"', text)
            assert bound == f">={version}"


@pytest.mark.parametrize(("licence", "allowed"), [("MIT", True), ("GPL-3.0-only", False), ("LGPL-2.1", False)])
def test_a_licence_that_binds_the_user_is_noticed(licence: str, allowed: bool) -> None:
    assert bool(supply.ALLOWED.search(licence)) == allowed
