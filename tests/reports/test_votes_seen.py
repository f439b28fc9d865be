"""The count of votes that a person sees is the rule's own."""

from __future__ import annotations

import pytest

import foedus
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.forecasts import Forecast
from foedus.reports.answer import votes_section
from foedus.reports.brief import who_blocks
from foedus.reports.charts import members_chart, ranked_members
from foedus.reports.numbers import percent
from foedus.reports.palette import PALETTE
from foedus.reports.sections import Bullets


@pytest.fixture(scope="module")
def forecast() -> Forecast:
    return foedus.forecast(read_dossier(packaged_dossiers()["nature-law-2024"]), as_of="2024-06-16", draws=300)


def test_votes_for_and_needed_are_counted_by_hand(forecast: Forecast) -> None:
    section = votes_section(forecast)
    assert section is not None
    found = forecast.arithmetic
    rows = [[str(cell) for cell in row] for row in section.table().rows]
    # TEU 16(4): 55 % of 27 members is 14.85, so 15; and 65 % of the population.
    assert rows[0][:4] == ["members", str(len(found.in_favour)), "15", f"{len(found.in_favour) - 15:+}"]
    population = next(one for one in found.counts if one.weights == "population")
    assert rows[1][1:4] == [
        f"{population.in_favour:,}",
        f"{population.needed:,}",
        f"{population.in_favour - population.needed:+,}",
    ]
    listed = next(block for block in section.blocks if isinstance(block, Bullets))
    sides, _, _, drawn = (str(item) for item in listed.items)
    enough = len(found.in_favour) >= 15 and population.in_favour >= population.needed
    assert sides.startswith("For it, enough: " if enough else "For it, not enough: ")
    assert f"{len(found.in_favour)} members. Against: {len(found.against)} members" in sides
    in_draws = forecast.arithmetic_in_draws
    assert in_draws is not None
    assert (
        f"enough in {percent(in_draws.enough)} and a blocking minority stands in {percent(in_draws.blocked)}" in drawn
    )


def test_who_is_against_is_named_and_in_the_colour_of_objection(forecast: Forecast) -> None:
    stances = {member.actor: stance for member, stance in ranked_members(forecast)}
    for actors, side in (
        (forecast.arithmetic.in_favour, "in favour"),
        (forecast.arithmetic.against, "against"),
        (forecast.arithmetic.unknown, "nothing known"),
    ):
        assert {stances[actor] for actor in actors} == {side}
    told = [str(one) for one in who_blocks(forecast).items]
    names = [words.partition(":")[0] for words in told[:5]]
    assert names == ["Belgium", "Finland", "Hungary", "Italy", "Netherlands"]
    assert told[5] == "Also Poland, Slovakia and Sweden."
    assert "Stated its intention to vote against (Euronews, third paragraph, 2024-03-20)" in told[3]
    layers = members_chart(forecast, 690).specification()["layer"]
    scale = next(colour["scale"] for one in layers if "scale" in (colour := one["encoding"].get("color", {})))
    assert dict(zip(scale["domain"], scale["range"], strict=True))["against"] == PALETTE["object"]
