"""The count of votes that a person sees is the rule's own."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

import foedus
from foedus.base.wording import percent
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.ensembles.council_scores import moves_on_record
from foedus.forecasts import Forecast
from foedus.forecasts.arithmetic import within_few_in_draws
from foedus.forecasts.why import explain
from foedus.reports.answer import votes_section
from foedus.reports.brief import who_blocks
from foedus.reports.charts import members_chart, ranked_members
from foedus.reports.palette import PALETTE
from foedus.reports.sections import Bullets
from foedus.reports.votes import Votes, expects, span_of, votes
from foedus.reports.votes_chart import votes_chart


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
        f"{population.in_favour / 1e6:.1f} million",
        f"{population.needed / 1e6:.1f} million",
        f"{(population.in_favour - population.needed) / 1e6:+.1f} million",
    ]
    listed = next(block for block in section.blocks if isinstance(block, Bullets))
    sides, _, _, drawn = (str(item) for item in listed.items)
    enough = len(found.in_favour) >= 15 and population.in_favour >= population.needed
    assert sides.startswith("For it, enough: " if enough else "For it, not enough: ")
    assert f"{len(found.in_favour)} members. Against: {len(found.against)} members" in sides
    in_draws = forecast.arithmetic_in_draws
    assert in_draws is not None
    assert (
        f"enough in {percent(in_draws.enough)} and a blocking minority exists in {percent(in_draws.blocked)}" in drawn
    )


def test_who_is_against_is_named_and_in_the_colour_of_objection(forecast: Forecast) -> None:
    stances = {member.actor: stance for member, stance in ranked_members(forecast)}
    for actors, side in (
        (forecast.arithmetic.in_favour, "in favour"),
        (forecast.arithmetic.against, "against"),
        (forecast.arithmetic.unknown, "no side named"),
    ):
        assert {stances[actor] for actor in actors} == {side}
    told = [str(one) for one in who_blocks(forecast).items]
    assert told[0].startswith("Italy, Netherlands and Sweden: ")  # the most people first; one passage, told once
    name = forecast.case.dossier.world.name
    assert all(
        sum(name(actor) in line.partition(":")[0] for line in told) == 1 for actor in forecast.arithmetic.against
    )
    assert stances["BEL"] == "abstains"
    assert "Stated its intention to vote against (Euronews, third paragraph, 2024-03-20)" in told[0]
    layers = members_chart(forecast, 690).specification()["layer"]
    scale = next(colour["scale"] for one in layers if "scale" in (colour := one["encoding"].get("color", {})))
    assert dict(zip(scale["domain"], scale["range"], strict=True))["against"] == PALETTE["object"]


def test_who_is_against_by_position_alone_is_told_apart_from_who_is_against_by_its_words(forecast: Forecast) -> None:
    count = replace(forecast.arithmetic, against=("HUN", "POL", "SWE"), by_position=("CYP", "POL", "SWE"))
    told = [str(one) for one in who_blocks(with_counts(forecast, arithmetic=count)).items]
    words = f"By position alone, Poland and Sweden: have said nothing of {count.option!r} itself."
    assert [one for one in told if one.startswith("By position alone")] == [words]
    count = replace(count, by_position=("CYP",))  # which is for it
    assert "By position alone" not in " ".join(
        str(one) for one in who_blocks(with_counts(forecast, arithmetic=count)).items
    )


def test_the_draws_are_told_with_their_range(forecast: Forecast) -> None:
    section, drawn = votes_section(forecast), forecast.arithmetic_in_draws
    assert section is not None
    assert drawn is not None
    for row, one in zip(section.table().rows, forecast.arithmetic.counts, strict=True):
        spread = next(each for each in drawn.counts if each.weights == one.weights)
        assert spread.low < spread.median < spread.high
        assert str(row[4]) == span_of(spread.median, spread.low, spread.high)


def test_each_vote_is_a_slice_of_the_figure_and_the_mark_is_what_is_needed(forecast: Forecast) -> None:
    chart = votes_chart(forecast, 690)
    assert chart is not None
    found, colours = forecast.arithmetic, chart.specification()["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colours["domain"], colours["range"], strict=True))["against"] == PALETTE["object"]
    for one, mark in zip(found.counts, chart.data["needed"], strict=True):
        slices = [row for row in chart.data["votes"] if row["count"] == one.weights]
        total = one.needed / mark["needed"]
        favour = sum(row["end"] - row["start"] for row in slices if row["side"] == "in favour")
        assert favour * total == pytest.approx(one.in_favour)
        assert len(slices) == 27
    members = found.counts[0]
    assert chart.alternative.startswith(f"members: {members.in_favour} for, {members.needed} needed; ")
    assert votes_chart(foedus.forecast(read_dossier("tokyo-office"), as_of="2023-07-10", draws=50), 690) is None


def with_counts(forecast: Forecast, **counts: object) -> Forecast:
    """A forecast with other counts of votes in place of its own."""
    made = copy.copy(forecast)
    vars(made).update(counts)
    return made


def shown(forecast: Forecast) -> Votes:
    found = votes(forecast)
    assert found is not None
    return found


def test_who_could_turn_it_and_who_blocks(forecast: Forecast) -> None:
    count, name = forecast.arithmetic, forecast.case.dossier.world.name
    drawn = forecast.arithmetic_in_draws
    assert drawn is not None
    made = replace(count, swings=("FRA", "ESP"), must_move=("ITA",), blocked=True, blocking=(("ITA", "POL"), ("HUN",)))
    turning = [replace(one, swings=0.06 * (k + 1)) for k, one in enumerate(drawn.votes[:2])]
    told = shown(with_counts(forecast, arithmetic=made, arithmetic_in_draws=replace(drawn, votes=tuple(turning))))
    assert told.lines[1] == f"As stated, can swing it alone by changing sides: {name('FRA')}, {name('ESP')}."
    assert told.lines[2].endswith(f"The smallest groups that suffice: {name('ITA')} and {name('POL')}; {name('HUN')}.")
    assert (
        f"a single vote decides it: {name(turning[1].actor)} in 12 %, {name(turning[0].actor)} in 6 %." in told.lines[3]
    )
    silent = count.in_favour[:9]  # as many as no other side has
    assert len(count.against) != len(silent) != len(count.in_favour)
    told_of = shown(with_counts(forecast, arithmetic=replace(made, unknown=silent)))
    assert f"no side named by {len(silent)} members" in told_of.lines[0]
    free = shown(with_counts(forecast, arithmetic=replace(made, blocked=False)))
    assert free.lines[2].startswith("Those against are not a blocking minority")


def test_what_is_expected_is_told_with_the_record(forecast: Forecast) -> None:
    """The counts of the record are those of DEU III, told by ``python -m foedus.backtests yielding``."""
    record = moves_on_record()
    assert record.adopted < record.blocked
    assert record.failed < record.passable
    lacking = replace(forecast.arithmetic, option=forecast.case.issue.proposal, enough=False, would_move=("ITA",))
    lacking = replace(lacking, against=("ITA",), must_move=("ITA",))
    told = expects(with_counts(forecast, arithmetic_of_headline=lacking))
    assert told.startswith(f"{forecast.case.issue.proposal!r} lacks the votes as stated")
    assert "Italy would have to vote for it." in told
    assert "On record 15 of 27 proposals before the EU Council that lacked one or two members" in told
    more = replace(lacking, against=("DEU", "ESP", "FRA", "ITA", "POL", "ROU"))
    assert "On record 11 of 51 proposals before the EU Council that lacked three or more members" in expects(
        with_counts(forecast, arithmetic_of_headline=more)
    )
    unused = with_counts(forecast, arithmetic_of_headline=None, arithmetic=replace(forecast.arithmetic, enough=True))
    assert f"On record {record.failed} of {record.passable} proposals" in expects(unused)


def test_the_share_with_the_votes_is_reconciled_with_the_chance(forecast: Forecast) -> None:
    """Only where they lie more than 15 points apart; the figures are those of the record."""
    drawn, chance = forecast.arithmetic_in_draws, forecast.probability(forecast.case.issue.proposal)
    assert drawn is not None
    record = moves_on_record()

    def told(enough: float) -> str:
        found = replace(drawn, enough=enough, blocked=1 - enough)
        return shown(with_counts(forecast, arithmetic_in_draws=found)).reconciled

    near = min(chance + 0.1, 1.0)
    assert "EU Council" not in told(near)
    assert chance > 0.5  # above it: what has the votes is less likely; below: what lacks them is likely all the same
    below = told(chance - 0.2)
    assert f"is put at {percent(chance)}. By share of draws, this many would have to change sides: " in below
    reached = max(chance - 0.2, within_few_in_draws(forecast.case, forecast.seed, forecast.draws))
    shares = (chance - 0.2, reached - (chance - 0.2), 1 - reached)
    assert f"nobody in {percent(shares[0])} (18 of 34)" in below
    assert shares[2] < 0.005 or f"three or more in {percent(shares[2])} (11 of 51)" in below
    made = shares[0] * 18 / 34 + shares[1] * 15 / 27 + shares[2] * 11 / 51  # as the record of moves has them
    assert f"that record alone makes {percent(made)};" in below
    above = told(min(chance + 0.2, 1.0))
    assert f"are often changed ({record.changed} of {record.passable} on record)" in above


def test_a_change_that_has_the_votes_is_put_beside_the_record_not_derived_from_it(forecast: Forecast) -> None:
    """18 of 34 make 53 %; another figure is told with what else the forecast follows."""
    drawn, chance = forecast.arithmetic_in_draws, forecast.likeliest_change.probability
    assert drawn is not None
    other = {
        "arithmetic_of_change": replace(forecast.arithmetic_of_change, option="another text"),
        "arithmetic_of_change_in_draws": replace(drawn, enough=1.0),
    }
    told = " ".join(shown(with_counts(forecast, **other)).lines)
    assert (
        f"are enough in 100 %; it is put at {percent(chance)}. In part the forecast follows the record, on which 18 of "
        "34 proposals that had the votes came through, wholly or nearly (53 %), in part where members stand"
    ) in told
    learned_nothing = " ".join(shown(with_counts(forecast, **other, model="compromise")).lines)
    assert "follows the record, on which" not in learned_nothing


def test_where_votes_are_counted_the_reasons_do_not_say_that_the_model_knows_no_objections(forecast: Forecast) -> None:
    told = str(explain(forecast))
    assert "has no objections in it" not in told
    assert "nobody by an objection of its own: votes are counted" in told


def test_a_veto_alone_and_abstentions_alone_are_not_called_a_swing(forecast: Forecast) -> None:
    count, name = forecast.arithmetic, forecast.case.dossier.world.name
    veto = replace(count, enough=False, swings=(), blocked=True, blocking=(("ITA",), ("FRA",), ("HUN", "POL")))
    line = shown(with_counts(forecast, arithmetic=veto)).lines[1]
    assert line.startswith(f"As stated, each of {name('ITA')} and {name('FRA')} stops it alone;")
    absent = replace(veto, blocking=(), abstaining=("DEU", "ITA"))
    told = shown(with_counts(forecast, arithmetic=absent)).lines
    assert told[1] == "As stated, nobody alone can swing it by changing sides."
    assert told[2] == f"Abstentions alone stop it, even if all others vote for it: {name('DEU')}, {name('ITA')}."
