"""The packaged tables beyond memberships, as queries: with facts that anybody can look up."""

from __future__ import annotations

import pytest

from foedus.world import World, packaged_world
from foedus.world.audit import audit
from foedus.world.tables import FILES


@pytest.fixture(scope="module")
def world() -> World:
    return packaged_world()


def test_audit_counts_every_table_but_the_sources() -> None:
    found = {one.table: one for one in audit()}
    assert found.keys() <= FILES.keys() - {"sources.csv"}
    assert all(0 < one.verified <= one.rows for one in found.values())


# Article 4 consults, Article 5 defends; Article 6 gives the area (North Atlantic Treaty, 4 April 1949).
@pytest.mark.parametrize(("article", "obligation"), [("4", "consultation"), ("5", "defense")])
def test_articles_of_the_north_atlantic_treaty(world: World, article: str, obligation: str) -> None:
    found = [a for a in world.treaty_articles if a.treaty == "nat-1949" and a.article == article]
    assert obligation in {a.obligation for a in found}


def test_both_claims_on_the_number_of_members_stand(world: World) -> None:
    found = [c for c in world.claims if c.subject == "nato" and "How many members" in c.question]
    assert {c.claim: c.used for c in found} == {"31": True, "30": False}
