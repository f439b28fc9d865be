"""The count of votes that a person sees is the rule's own."""

from __future__ import annotations

import pytest

import foedus
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.forecasts import Forecast
from foedus.reports.answer import votes_section
from foedus.reports.numbers import percent
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
