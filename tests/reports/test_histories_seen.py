"""A replay as a person sees it: every step, share and difference is the replay's own, in every medium."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from tests.reports.media import check_terminal, on_terminal, plain, tables_of_page

import foedus
from foedus.base.wording import percent
from foedus.dossiers import Dossier
from foedus.procedures import Difference, Replay, compare_replays
from foedus.procedures.machines import FORECAST
from foedus.procedures.words import in_words
from foedus.reports.histories import (
    about_section,
    chronology_section,
    comparison_section,
    differences_section,
    ends_section,
    replay_sections,
    single_section,
)
from foedus.reports.replay import fan_chart, save_replay
from foedus.reports.sections import Fold, Section, Tag

HISTORIES = 60


@pytest.fixture(scope="module")
def found(tokyo: Dossier) -> Replay:
    return foedus.replay(tokyo, histories=HISTORIES, seed=3)


@pytest.fixture(scope="module")
def differences(tokyo: Dossier, found: Replay) -> tuple[Difference, ...]:
    changed = foedus.replay(tokyo, histories=HISTORIES, seed=3, changes=["FRA.office=60@2023-05-01"])
    return compare_replays(found, changed)


def rows(section: Section | None) -> list[dict[str, str]]:
    assert section is not None
    table = section.table()
    return [dict(zip(table.headings, (plain(str(one)) for one in row), strict=True)) for row in table.rows]


def tenths(share: float) -> str:
    return f"{100 * share:.1f} %"


_SAID = {
    "as-proposed": "as proposed",
    "something-less": "something less",
    "something-else": "something else",
    "nothing": "nothing agreed",
    "all": "all have agreed",
    "not-all": "not all have agreed",
    "not-arisen": "does not come up",
}


def said(answer: str) -> str:
    """Return what a page says for a word of the docket."""
    return _SAID.get(answer, answer)


def test_what_was_replayed(found: Replay) -> None:
    told = str(about_section(found).blocks[0])
    assert told.startswith(f"Replay. {len(found.events)} steps from 2007-01-12 to 2024-07-11; 60 histories, seed 3.")
    alone = replace(found, histories=1, events=found.events[:1])
    assert str(about_section(alone).blocks[0]).startswith("Replay. 1 step on 2007-01-12; 1 history, seed 3.")


def test_the_chronology(found: Replay) -> None:
    stands = {True: "as it happened", False: "otherwise", None: ""}
    assert {one.agrees for one in found.events} == {True, False, None}
    for row, one in zip(rows(chronology_section(found)), found.events, strict=True):
        given = one.decided == "given"
        assert (row["day"], row["matter"], row["step"]) == (str(one.on), one.matter, one.step)
        told = row["in most histories"]
        assert told.startswith(in_words(one))
        if one.option is None:
            assert told.startswith(said(one.result))
        chances = {} if one.beforehand is None else one.beforehand.chances
        settled = one.result != "not-arisen"
        chance = chances.get(one.option or "", one.result_share) if settled else one.result_share
        assert row["chance"] == percent(chance)
        best = max(chances, key=lambda label: chances[label], default="")
        likelier = settled and one.option is not None and chances and chances[best] > chance
        assert ("likelier by the forecast" in told) is bool(likelier)
        if likelier:
            assert told.endswith(f"likelier by the forecast: {best} ({percent(chances[best])})")
        assert row["in history"] == ("" if given else said(one.happened or ""))
        assert row[""] == ("given" if given else stands[one.agrees])
        if not given and one.agrees is not None:
            assert one.agrees == (one.happened == one.result)


def test_one_history_has_no_shares(found: Replay) -> None:
    headings = chronology_section(replace(found, histories=1)).table().headings
    assert headings == ("day", "matter", "step", "in this history", "in history", "")


def test_where_the_open_matters_come_to(found: Replay) -> None:
    section = ends_section(found)
    matters = {one.id: dict(one.points[-1].shares) for one in found.matters}
    shown = {row["matter"]: row["histories in each state"] for row in rows(section)}
    assert shown.keys() == {name for name, shares in matters.items() if len(shares) > 1}
    for name, told in shown.items():
        assert told == _counted(matters[name])
        assert "%" not in told


def _counted(states: dict[str, float]) -> str:
    ranked = sorted(states.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{state} in {round(share * HISTORIES)}" for state, share in ranked) + f" of {HISTORIES}"


def test_the_chance_of_a_step_is_the_forecast_of_its_eve(found: Replay, tokyo: Dossier) -> None:
    """The oracle is the forecast that anybody would ask for: same meeting, same day, same number."""
    event = found.event("tokyo-office", "2023-07-11", "decide")
    answer = foedus.forecast(tokyo, "office", "2023-07-10", "Vilnius 2023", seed=3)
    assert event.beforehand is not None
    assert event.beforehand.chances == pytest.approx({one.label: one.probability for one in answer.options}, abs=1e-12)
    row = next(
        one for one in rows(chronology_section(found)) if (one["matter"], one["step"]) == ("tokyo-office", "decide")
    )
    assert row["chance"] == percent(answer.probability("no office"))


def test_matters_of_one_step(found: Replay) -> None:
    matter = next(one for one in found.matters if one.id == "vilnius-text")
    first, later = matter.points[0], matter.points[-1]
    row = rows(single_section([matter], HISTORIES))[0]
    assert row["matter"] == "vilnius-text"
    parted = [b.on for a, b in itertools.pairwise(matter.points) if dict(a.shares) != dict(b.shares)]
    assert [row["on"]] == [str(day) for day in parted]
    assert dict(first.shares) != dict(later.shares)
    days = [first.on.replace(year=year) for year in (2001, 2002, 2003)]
    apart = [replace(first, on=days[0]), replace(later, on=days[1]), replace(later, on=days[2])]
    assert rows(single_section([replace(matter, points=tuple(apart))], HISTORIES))[0]["on"] == str(days[1])
    assert row["histories in each state afterwards"] == _counted(dict(later.shares))


def test_what_comes_out_otherwise(differences: tuple[Difference, ...]) -> None:
    shown = rows(differences_section(differences))
    assert shown
    for row, one in zip(shown, differences, strict=True):
        assert (row["day"], row["matter"], row["step"]) == (str(one.on), one.matter, one.step)
        assert row["result"] == (f"{said(one.before)} -> {said(one.after)}" if one.turned else said(one.after))
        told = [f"{said(each.answer)} {tenths(each.before)} -> {tenths(each.after)}" for each in one.shifts[:5]]
        assert row["share of histories"] == "; ".join(told)
    assert shown[0]["result"].startswith("nothing agreed -> ")  # without France in the way something is
    daily = [replace(differences[0], on=differences[0].on.replace(day=day)) for day in (1, 2, 3)]
    other = replace(differences[0], on=daily[-1].on, step="sign")
    [first, second] = rows(differences_section([*daily, other]))
    assert (first["day"], second["day"]) == (f"{daily[0].on} to {daily[-1].on}", str(other.on))


def test_how_it_stands_to_what_happened(found: Replay) -> None:
    section = comparison_section(found)
    assert section is not None
    first, *apart, _ = (str(block) for block in section.blocks)
    decided = [one for one in found.events if one.agrees is not None and one.decided in FORECAST]
    alike = sum(one.result == one.happened for one in decided)
    assert first == f"Of {len(decided)} steps that the model decided, {alike} came out in most histories as they did."
    assert len(apart) == len(decided) - alike > 0
    for words, one in zip(apart, (one for one in decided if one.result != one.happened), strict=True):
        assert one.happened_share is not None
        model = f"most histories have '{said(one.result)}' ({percent(one.result_share)})"
        told = f"{model}, in history it was '{said(one.happened or '')}'"
        assert (
            words.strip() == f"{one.on}, {one.matter}, {one.step}: {told} ({percent(one.happened_share)} of histories)"
        )


def test_a_fan_has_the_shares_of_its_matter_on_each_day(found: Replay) -> None:
    matter = next(one for one in found.matters if one.id == "tokyo-office")
    drawn = fan_chart(matter, found.events[-1].on).data["fan"]
    shares = {
        (f"{point.on}T12:00:00", state): share for point in matter.points for state, share in point.shares.items()
    }
    seen = [row for row in drawn if (row["on"], row["state"]) in shares]
    assert seen
    for row in seen:
        assert row["share"] == pytest.approx(shares[row["on"], row["state"]])


def test_page_and_terminal_set_the_same_cells(
    found: Replay, differences: tuple[Difference, ...], tmp_path: Path
) -> None:
    save_replay(found, tmp_path / "page.html", differences)
    text = (tmp_path / "page.html").read_text("utf-8")
    tables = tables_of_page(text)
    (listed,) = (one for one in replay_sections(found, differences) if one is not None and one.id == "differences")
    table = listed.table()
    assert tables["differences"][0][1:] == [[plain(str(cell)) for cell in row] for row in table.rows]
    for section in (chronology_section(found), ends_section(found), listed):
        assert section is not None
        check_terminal(on_terminal(section), section.table())
    folds = next(one for one in replay_sections(found) if one is not None and one.id == "chronology").blocks
    shown = [plain(one.text_content()) for one in lxml.html.fromstring(text).xpath("//summary")]
    colours = {"given": "voice", "as it happened": "accepts", "otherwise": "objects"}
    for line, fold, event in zip(shown, folds, found.events, strict=True):
        assert isinstance(fold, Fold)
        words = (
            f"{event.on} {event.matter}, {event.step}: {in_words(event)}, in "
            f"{round(event.result_share * HISTORIES)} of {HISTORIES} histories"
        )
        assert line.replace(" ", "").startswith(words.replace(" ", ""))
        for part in fold.what:
            if isinstance(part, Tag):
                assert part.kind == colours[part.words]
