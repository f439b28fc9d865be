"""The further packaged tables: every row has a source, names what exists, and ends after it begins."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.world import packaged_world
from foedus.world.facts import FACT_FILES, audit
from foedus.world.world import TABLES_FOLDER, read_table_of


def rows(file: str) -> list[Any]:
    return [row for _, row in read_table_of(TABLES_FOLDER, FACT_FILES[file], file, "world/")]


@pytest.mark.parametrize("file", FACT_FILES)
def test_every_row_is_sourced_and_dangles_nowhere(file: str) -> None:
    world = packaged_world()
    known = {
        "source": world.sources,
        "actor": world.actors,
        "organisation": world.actors,
        "event": {event.id for event in rows("events.csv")},
        "treaty": {treaty.id for treaty in rows("treaties.csv")},
    }
    found = rows(file)
    assert found
    for row in found:
        for field, ids in known.items():
            value = getattr(row, field, None)
            assert value is None or value in ids, (row, field)
        start, end = getattr(row, "start", None), getattr(row, "end", None)
        assert start is None or end is None or start < end, row


def test_audit_counts_every_table() -> None:
    found = {one.table: one for one in audit()}
    assert FACT_FILES.keys() <= found.keys()
    assert all(0 < one.verified <= one.rows for one in found.values())
    assert found["treaty_articles.csv"].rows == len(rows("treaty_articles.csv"))


# Article 4 consults, Article 5 defends; Article 6 gives the area (North Atlantic Treaty, 4 April 1949).
@pytest.mark.parametrize(("article", "obligation"), [("4", "consultation"), ("5", "defense")])
def test_articles_of_the_north_atlantic_treaty(article: str, obligation: str) -> None:
    found = [a for a in rows("treaty_articles.csv") if a.treaty == "nat-1949" and a.article == article]
    assert obligation in {a.obligation for a in found}


def test_both_claims_on_the_number_of_members_stand() -> None:
    found = [c for c in rows("claims.csv") if c.subject == "nato" and "How many members" in c.question]
    assert {c.claim: c.used for c in found} == {"31": True, "30": False}
