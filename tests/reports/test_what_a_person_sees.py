"""Every number that a person sees is the answer's own, in the column whose heading it stands under, in every medium."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import docx
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.media import check_terminal, on_terminal, plain, tables_of_page, tables_of_word

import foedus
from foedus.base.wording import and_, percent, rounding_words
from foedus.dossiers.said import what_was_said
from foedus.forecasts import Forecast
from foedus.forecasts.result import Decisive
from foedus.reports.answer import (
    change_section,
    models_section,
    objections_section,
    options_section,
    other_options_section,
    why_sections,
)
from foedus.reports.beside import comparison_sections, line_section
from foedus.reports.explained import Explanation
from foedus.reports.explanations import (
    evidence_section,
    learning_section,
    levers_section,
    scenarios_section,
    sensitivity_sections,
)
from foedus.reports.judgement import name_of_input, paraphrase_of
from foedus.reports.sections import PAGE, TERMINAL, WORD, Bar, Bullets, Fold, Section, Table, Terms, Text
from foedus.reports.whole import report_sections

Rows = list[list[str]]


def chance(value: float) -> str:
    """A probability as every medium shows it, written down once more for the test."""
    whole = int(100 * value + 0.5) if abs(100 * value % 1 - 0.5) > 1e-9 else round(100 * value)
    if 0 < value < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= value < 1 else f"{whole} %"


def points(value: float) -> str:
    """A change of a probability in percentage points."""
    words = f"{100 * value:+.1f}"
    return "0.0" if float(words) == 0 else words


def place(value: float | str | None) -> str:
    """A place on the scale, a word, or nothing."""
    if value is None:
        return "none"
    return value if isinstance(value, str) else f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


@pytest.fixture(scope="module")
def sections(forecast: Forecast, explained: Explanation) -> dict[str, Section]:
    return {one.id: one for one in report_sections(forecast, explained)}


def rows_of(section: Section, at: int = 0) -> Rows:
    return [[plain(str(cell)) for cell in row] for row in section.table(at).rows]


def by_heading(section: Section, at: int = 0) -> list[dict[str, str]]:
    table = section.table(at)
    return [dict(zip(table.headings, row, strict=True)) for row in rows_of(section, at)]


def tables_of(section: Section) -> list[Table]:
    """Every table of a section, those that a page folds away included."""
    found = []
    for block in section.blocks:
        found += [block] if isinstance(block, Table) else []
        found += [one for one in block.blocks if isinstance(one, Table)] if isinstance(block, Fold) else []
    return found


def sentences(section: Section) -> list[str]:
    """Every paragraph and remark of a section, and the line of what a page folds away."""
    found: list[str] = []
    for block in section.blocks:
        if isinstance(block, Text):
            found.append(str(block))
        elif isinstance(block, Bullets):
            found += [str(item) for item in block.items]
        elif isinstance(block, Terms):
            for _, told in block.rows:
                found += [str(told)] if isinstance(told, Text) else [str(item) for item in told.items]
        elif isinstance(block, Fold):
            found += ["".join(str(part) for part in block.what)]
            found += [str(one) for one in block.blocks if isinstance(one, Text)]
    return [plain(one) for one in found]


# Each medium sets a section's own cells and sentences, and each under its heading.


def test_the_page_sets_every_table_and_sentence(sections: dict[str, Section], page: str) -> None:
    found = tables_of_page(page)
    words = plain(lxml.html.fromstring(page).text_content())
    for section in sections.values():
        if PAGE not in section.media:
            continue
        shown: list[Rows] = list(found.get(section.id, []))
        for table in tables_of(section):
            rows = [[plain(str(cell)) for cell in row] for row in table.rows]
            headings = [plain(heading) for heading in table.headings]
            first, *rest = shown.pop(0)
            assert first == headings
            if len(rows) > len(rest):
                again, *more = shown.pop(0)
                assert again == headings
                rest += more
            assert rest == rows
        for sentence in sentences(section):
            assert sentence in words
        for block in section.blocks:
            if isinstance(block, Terms):
                for term, told in block.rows:
                    first = str(told) if isinstance(told, Text) else str(told.items[0])
                    assert f"{term}{first}".replace(" ", "") in words.replace(" ", "")


def test_the_pages_bars_are_as_long_as_the_shares(forecast: Forecast, page: str) -> None:
    tree = lxml.html.fromstring(page)
    drawn = [one.get("style") for one in tree.xpath("//section[@class='brief']//div[@class='fill']")]
    labels = [plain(one.text_content()) for one in tree.xpath("//section[@class='brief']//div[@class='bars']/span")]
    assert drawn == [f"width: {100 * option.probability:.1f}%" for option in forecast.options]
    told = [[option.label, chance(option.probability)] for option in forecast.options]
    assert labels == [words for row in told for words in row]


def test_the_word_file_sets_every_table_and_sentence(sections: dict[str, Section], word: Path) -> None:
    document = docx.Document(str(word))
    found = tables_of_word(document)
    paragraphs = [plain(one.text) for one in document.paragraphs]
    for section in sections.values():
        if WORD not in section.media:
            continue
        for table, rows in zip(tables_of(section), found.get(section.title, []), strict=True):
            bars = {k for row in table.rows for k, cell in enumerate(row) if isinstance(cell.parts[0], Bar)}
            kept = [k for k in range(len(table.headings)) if k not in bars]
            assert rows[0] == [plain(table.headings[k]) for k in kept]
            assert rows[1:] == [[plain(str(row[k])) for k in kept] for row in table.rows]
        for sentence in sentences(section):
            assert any(one.endswith(sentence) for one in paragraphs), sentence
        for block in section.blocks:
            if isinstance(block, Terms):
                assert all(f"{term}: {told}" in paragraphs for term, told in block.rows if isinstance(told, Text))


def test_the_terminal_sets_every_table_and_sentence(sections: dict[str, Section]) -> None:
    for section in sections.values():
        if TERMINAL not in section.media:
            continue
        text = on_terminal(section)
        words = plain(text)
        for block in section.blocks:
            if isinstance(block, Table):
                check_terminal(text, block)
        for sentence in sentences(section):
            assert sentence in words


# What a section says is the answer.


def test_levers(forecast: Forecast, explained: Explanation) -> None:
    section = levers_section(forecast, "liaison office", 0.5, explained.levers, 200)
    assert section.title == "What would raise 'liaison office' past 50 %"
    names = {member.actor: member.name for member in forecast.case.members}
    acts = {"position": "Win {} over", "salience": "{} ", "red line": "{}'s red line", "commitment": "Release {}",
            "pressure": "Press {}", "side payment": "Offer {} a side payment", "option": "Settle for",
            "option moved": "Narrow it", "option added": "Table a narrower text"}  # fmt: skip
    for row, one in zip(by_heading(section), explained.levers, strict=False):
        act = row["act"]
        assert acts[one.input].format(names.get(one.actor or "", "")) in act
        assert row["option raised"] == one.option
        if one.input in {"position", "salience", "red line", "pressure"}:
            moved, _, beyond = act.partition(", beyond the range that the dossier declares, ")
            assert moved.endswith(f" from {place(one.start)} to {place(one.end)}")
            kappa = forecast.case.dossier.assumptions["kappa"]
            outside = one.input == "pressure" and not kappa.low <= one.end <= kappa.high
            assert beyond == (f"{place(kappa.low)} to {place(kappa.high)}" if outside else "")
        elif one.input in {"option moved", "option added"}:
            assert act.endswith(f" at {place(one.end)}")
        assert row["probability"] == f"{chance(one.probability_before)} to {chance(one.probability_after)}"
        assert row["size"] == f"{one.size:.2f}"
        assert row["reached"] == ("yes" if one.reached else "no")
    assert "(200 draws" in str(section.blocks[-1])
    assert "at most 3.5 points" in str(section.blocks[-1])  # 50 / sqrt(200)


def test_scenarios(explained: Explanation) -> None:
    found = explained.scenarios
    assert found is not None
    first, *rest = by_heading(scenarios_section(found))
    for k, label in enumerate(found.options):
        assert first[label] == chance(found.base[k])
        for row, one in zip(rest, found.scenarios, strict=True):
            assert row["scenario"] == one.title
            gap = one.probabilities[k] - found.base[k]
            assert row[label] == f"{chance(one.probabilities[k])} {points(gap)} ± {100 * one.errors[k]:.1f}"


def test_evidence(forecast: Forecast, explained: Explanation) -> None:
    found = explained.evidence
    assert found is not None
    effects = {(one.statement, one.change): one for one in found.effects}
    moved = {one.statement for one in found.effects}
    dossier = forecast.case.dossier
    statements = [one for one in dossier.statements if one.id in moved]
    told = 0
    for row in by_heading(evidence_section(found)):
        alike = [one for one in statements if row["what was said"] == plain(what_was_said(dossier, one))]
        named = [one for one in alike if dossier.world.name(one.actor) in row["who and when"]]
        told += len(named)
        for said in named:
            dropped, opposite = effects[said.id, "dropped"], effects[said.id, "reversed"]
            assert row["left out"] == chance(dropped.after)
            assert row["opposite"] == chance(opposite.after)
            assert bool(row["changes the answer to"]) == (dropped.flips or opposite.flips)
        assert row["who and when"] == plain(
            f"{and_([dossier.world.name(one.actor) for one in named])} {named[0].said_on}"
        )
    assert told == len(statements)
    assert f"{chance(found.effects[0].before)} as it stands" in str(evidence_section(found).blocks[-1])


def test_learning(forecast: Forecast, explained: Explanation) -> None:
    found = explained.evidence
    assert found is not None
    names = {member.actor: member.name for member in forecast.case.members}
    worth = [one for one in found.learning if one.brier > found.noise and one.hits >= 0.0005]
    assert worth
    for row, one in zip(by_heading(learning_section(found)), worth, strict=False):
        assert row["known for certain"] == f"{names[one.actor]}'s {one.input}"
        assert row["right more often by"] == f"{100 * one.hits:.1f} points"


def test_line(forecast: Forecast, explained: Explanation) -> None:
    line = explained.line
    assert line is not None
    at = line.options.index(line.option)
    rows = by_heading(line_section(line, forecast.case.dossier))
    assert len(rows) == len(line.points)
    for number, (row, point) in enumerate(zip(rows, line.points, strict=True)):
        assert row["day"] == f"{point.on}{' after the meeting' if point.reconstruction else ''}"
        assert row[line.option] == chance(point.probabilities[at])
        assert (row["moved"] == "") == (number == 0)
        if point.moved is not None:
            assert row["moved"] == points(point.moved)
            assert row["by age"] == points(point.aged)
            assert row["by news"] == points(round(point.moved, 3) - round(point.aged, 3))
            assert float(row["moved"]) == pytest.approx(float(row["by news"]) + float(row["by age"]))
        for one in point.news[:3]:
            if one.kind == "statement":
                said = next(each for each in forecast.case.dossier.statements if each.id == one.id)
                assert plain(said.paraphrase).rstrip(".") in row["what became known"]
                assert one.effect is None or f"({points(one.effect)})" in row["what became known"]


def test_sensitivity(forecast: Forecast) -> None:
    found = foedus.sensitivity(foedus.forecast(forecast.case.dossier, "office", "2023-07-10", draws=4_096), 1_024)
    first, total = sensitivity_sections(found)
    assert first is not None
    assert total is not None
    for section, indices in ((first, found.first), (total, found.total)):
        for row, one in zip(by_heading(section), indices, strict=False):
            assert row["share of the outcome's variance"] == chance(one.value)
            assert row["90 % interval"] == f"{chance(one.low)} to {chance(one.high)}"
    assert by_heading(total)[0]["input"] == "assumptions"


def test_comparison(tokyo) -> None:
    other = dataclasses.replace(tokyo, statements=tuple(one for one in tokyo.statements if one.id != "jt02"))
    found = foedus.compare(tokyo, other, issue="office", as_of="2023-07-10", draws=200)
    beside, groups = comparison_sections(found)
    for k, row in enumerate(by_heading(beside)):
        assert (row["option"], row["first"], row["second"]) == (
            found.options[k],
            chance(found.first[k]),
            chance(found.second[k]),
        )
    assert points(found.difference) in str(beside.blocks[-1])
    *rows, rest = by_heading(groups)
    for row, one in zip(rows, found.groups, strict=True):
        assert row["inputs"] == one.group
        assert row["swapped alone"] == points(one.alone)
        assert row["share of the difference (Shapley)"] == points(one.shapley)
        assert row["error"] == f"{100 * one.error:.1f}"
    assert rest["share of the difference (Shapley)"] == points(found.rest)
    made = dataclasses.replace(
        found, groups=(dataclasses.replace(found.groups[0], alone=0.1, shapley=-0.2, error=0.01),)
    )
    row = by_heading(comparison_sections(made)[1])[0]
    assert (row["swapped alone"], row["share of the difference (Shapley)"], row["error"]) == ("+10.0", "-20.0", "1.0")


def test_options(forecast: Forecast) -> None:
    *rows, later = by_heading(options_section(forecast))
    issue = forecast.case.issue
    for row, one in zip(rows, forecast.options, strict=True):
        role = {issue.status_quo: " status quo", issue.proposal: " proposal"}.get(one.label, "")
        assert row["option"] == one.label + role
        assert (row["at"], row["probability"]) == (place(one.at), chance(one.probability))
        assert row["what it means"] == plain(issue.option(one.label).note)
    within = next(one for one in forecast.within_a_year if one.label == issue.proposal)
    assert later["option"] == f"{issue.proposal} within a year"
    assert later["probability"] == chance(within.probability)
    without = dataclasses.replace(forecast, options=forecast.options[::-1])
    *rows, later = by_heading(options_section(forecast, without))
    assert [row["without the supposition"] for row in rows] == [chance(one.probability) for one in without.options]


def test_models(forecast: Forecast) -> None:
    shares = {one.model: one.options for one in forecast.ensemble.components} | {"ensemble": forecast.ensemble.options}
    for section in (models_section(forecast), models_section(forecast, worse=True)):
        for row in by_heading(section):
            for one in shares[row["model"]]:
                assert row[one.label] == chance(one.probability)
            assert ("worse than" in row["its own score"]) == section.title.startswith("Models that score worse")
    assert [one.id for one in why_sections(forecast)] == ["called", "ensemble", "learned"]


def test_objections(forecast: Forecast) -> None:
    section = objections_section(forecast)
    assert section is not None
    rows = {row["member"]: row for row in by_heading(section)}
    named = {member.actor: member for member in forecast.case.members}
    assert forecast.silent is not None
    for one in forecast.known_objectors:
        member = named[one.actor]
        row = rows[member.name + ("" if member.seated else " consent needed")]
        assert row["objects"] == chance(one.probability)
        assert row["alone"] == chance(one.sole)
        assert row["reluctant but silent"] == chance(one.reluctant_but_silent)
    assert rows["at least one of them"]["objects"] == chance(forecast.silent.any_objects)
    alike = rows[f"any one of {len(forecast.silent.members)} members with no known position"]
    assert alike["objects"] == chance(forecast.silent.each_objects)
    assert alike["reluctant but silent"] == chance(forecast.silent.each_reluctant)
    others = other_options_section(forecast)
    assert others is not None
    for row in by_heading(others):
        actor = next(a for a, m in named.items() if row["objects to"].removesuffix(" consent needed") == m.name)
        for label, found in forecast.objections.items():
            assert row[label] == chance(next(one.probability for one in found if one.actor == actor))
    # France has refused the office itself (jt01) and said nothing of the lesser steps, to which it is counted against.
    assert str(others.blocks[1]).endswith(
        "Assumed from a position, without a word of its own on that option: France on 'liaison officer' and "
        "'programme office'."
    )


@given(st.lists(st.integers(0, 1_000), min_size=2, max_size=7).filter(any))
def test_percentages_that_do_not_add_up_are_called_rounded(counts: list[int]) -> None:
    """What a reader adds up, from the percentages as printed, tells whether the words stand there."""
    shares = [count / sum(counts) for count in counts]
    edges = {"<1 %": 0, ">99 %": 100}
    printed = sum(edges[told] if told in edges else int(told.split()[0]) for told in map(percent, shares))
    assert bool(rounding_words(shares)) == (printed != 100)


def test_break_even_and_what_the_answer_hangs_on(forecast: Forecast) -> None:
    section = change_section(forecast)
    assert section is not None
    rows = by_heading(section)
    still = [name_of_input(forecast.case, one.assumption) for one in forecast.break_even if one.value is None]
    told = " ".join(str(block) for block in section.blocks)
    assert still
    assert f"over its whole range, none of these changes the most likely answer: {'; '.join(still)}." in told
    for row, one in zip(rows, [one for one in forecast.break_even if one.value is not None], strict=True):
        assert row["the answer changes at"] == f"{place(one.value)} to {one.after!r}"
        actor, _, field = one.assumption.rpartition(".")
        if field == "position":
            stand = next(member.stand for member in forecast.case.members if member.actor == actor)
            assert row["declared or estimated"].startswith(
                place(stand.private.parts[0].mode if stand.private.parts else stand.private.mode)
            )
    for one in forecast.hangs_on:
        assert any(
            paraphrase_of(forecast, one.statement) in str(block) and f"({chance(one.probability)})" in str(block)
            for block in section.blocks
        )


def test_positions_weights_and_sources(forecast: Forecast, sections: dict[str, Section]) -> None:
    members = {member.actor: member for member in forecast.case.members}
    seen = 0
    for fold in sections["inputs"].blocks:
        if not isinstance(fold, Fold) or fold.id == "members-silent":
            continue
        member = members[fold.id.removeprefix("member-")]
        assert fold.who == member.name
        mode = member.stand.private.parts[0].mode if member.stand.private.parts else member.stand.private.mode
        assert f"position {place(mode)}" in "".join(str(part) for part in fold.what)
        assert f"salience {place(member.stand.salience.mode)}" in str(fold.blocks[0])
        for table in (one for one in fold.blocks if isinstance(one, Table)):
            for row, one in zip(table.rows, member.stand.contributions, strict=True):
                cells = [plain(str(cell)) for cell in row]
                dossier = forecast.case.dossier
                assert cells[0].startswith(one.statement.id)
                known = dossier.known_on(one.statement)
                when = "known that day" if known == one.statement.said_on else f"known on {known}"
                assert f"said on {one.statement.said_on} at the latest, {when}" in cells[1]
                if one.target is not None and not one.superseded_by:
                    assert cells[2:4] == [f"{one.target:g}", f"{one.weight:.2g}"]
                assert cells[4] == f"{one.statement.source} {one.statement.passage}"
                seen += 1
    assert seen > 10
    told = "\n".join(sentences(sections["known"]))
    for one in forecast.case.dossier.sources.values():
        assert f"{one.outlet}" in told
        assert f"Known {one.known}" in told


def test_news_keeps_its_sign(forecast: Forecast, explained: Explanation) -> None:
    line = explained.line
    assert line is not None
    at, point = next((k, p) for k, p in enumerate(line.points) if any(one.effect is not None for one in p.news))
    first = next(one for one in point.news if one.effect is not None)
    lowering = dataclasses.replace(point, news=(dataclasses.replace(first, effect=-0.0512),))
    changed = dataclasses.replace(line, points=(*line.points[:at], lowering, *line.points[at + 1 :]))
    assert by_heading(line_section(changed, forecast.case.dossier))[at]["what became known"].endswith("(-5.1)")


def test_what_the_answer_hangs_on_has_its_own_probability(forecast: Forecast) -> None:
    decisive = Decisive(statement="jt02", after="programme office", probability=0.123)
    section = change_section(dataclasses.replace(forecast, hangs_on=(decisive,)))
    assert section is not None
    told = str(section.blocks[-1])
    assert told.endswith(": if this were wrong, 'programme office' would be the most likely answer (12 %).")
    assert "jt02" not in told
