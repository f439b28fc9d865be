"""The page of groupings: each grouping in a row, with those whose source was not read apart."""

from __future__ import annotations

from pathlib import Path

from tests.reports.media import tables_of_page

from foedus.base.days import parse_day
from foedus.reports.groupings import save_groupings_chart
from foedus.world import packaged_world
from foedus.world.groupings import groupings

DAY = parse_day("2023-07-11")


def test_each_grouping_has_its_own_members(tmp_path: Path) -> None:
    world, actors = packaged_world(), ["JPN", "USA", "NZL"]
    save_groupings_chart(world, DAY, actors, tmp_path / "who.html")
    page = (tmp_path / "who.html").read_text("utf-8")
    heading, *rows = tables_of_page(page)["members"][0]
    assert heading == ["grouping", "kind", "members", "who", "not verified in its source"]
    found = groupings(world, DAY, actors)
    assert len(rows) == len(found)
    for row, one in zip(rows, found, strict=True):
        unsure = [world.name(actor) for actor in one.actors if actor in one.unverified]
        sure = [world.name(actor) for actor in one.actors if actor not in one.unverified]
        assert row == [one.name, one.kind, str(len(one.actors)), ", ".join(sure), ", ".join(unsure)]
    assert ["Five Eyes", "membership", "2"] in [row[:3] for row in rows]
    assert "script-src" not in page
    assert "<script" not in page
