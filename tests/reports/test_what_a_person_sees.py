"""Every number that a person sees is the answer's own, in the column whose heading it stands under, in every medium."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest
from tests.reports.media import on_terminal, plain, tables_of_page, tables_of_word

import foedus
from foedus.forecasts import Forecast
from foedus.reports import save_report
from foedus.reports.explained import Explanation, explain_for_report
from foedus.reports.explanations import (
    comparison_sections,
    evidence_section,
    explanation_sections,
    learning_section,
    levers_section,
    line_section,
    scenarios_section,
    sensitivity_sections,
)
from foedus.reports.sections import PAGE, WORD, Section, Table, Text

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
def forecast(tokyo) -> Forecast:
    return foedus.forecast(tokyo, issue="office", as_of="2023-07-10", draws=1_000)


@pytest.fixture(scope="module")
def explained(forecast: Forecast) -> Explanation:
    return explain_for_report(forecast)


@pytest.fixture(scope="module")
def sections(forecast: Forecast, explained: Explanation) -> dict[str, Section]:
    return {one.id: one for one in explanation_sections(forecast, explained) if one}


@pytest.fixture(scope="module")
def page(forecast: Forecast, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("seen") / "report.html"
    save_report(forecast, path)
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def word(forecast: Forecast, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("seen") / "report.docx"
    save_report(forecast, path)
    return path


def rows_of(section: Section, at: int = 0) -> Rows:
    return [[plain(str(cell)) for cell in row] for row in section.table(at).rows]


def by_heading(section: Section, at: int = 0) -> list[dict[str, str]]:
    table = section.table(at)
    return [dict(zip(table.headings, row, strict=True)) for row in rows_of(section, at)]


# Each medium sets a section's own cells and sentences, and each under its heading.


def test_the_page_sets_every_table_and_sentence(sections: dict[str, Section], page: str) -> None:
    found = tables_of_page(page)
    words = plain(html.unescape(page))
    for section in sections.values():
        if PAGE not in section.media or not section.title:
            continue
        tables = [block for block in section.blocks if isinstance(block, Table)]
        shown: list[Rows] = list(found[section.id]) if tables else []
        for table in tables:
            rows = [[plain(str(cell)) for cell in row] for row in table.rows]
            headings = [plain(heading) for heading in table.headings]
            first, *rest = shown.pop(0)
            assert first == headings
            if len(rows) > len(rest):
                again, *more = shown.pop(0)
                assert again == headings
                rest += more
            assert rest == rows
        for block in section.blocks:
            if isinstance(block, Text) and not any(type(part).__name__ == "Link" for part in block.parts):
                assert plain(str(block)) in words


def test_the_word_file_sets_every_table_and_sentence(sections: dict[str, Section], word: Path) -> None:
    document = docx.Document(str(word))
    found = tables_of_word(document)
    paragraphs = {plain(one.text) for one in document.paragraphs}
    for section in sections.values():
        if WORD not in section.media or not section.title:
            continue
        tables = [block for block in section.blocks if isinstance(block, Table)]
        for table, rows in zip(tables, found.get(section.title, []), strict=True):
            assert rows[0] == [plain(heading) for heading in table.headings]
            assert rows[1:] == [[plain(str(cell)) for cell in row] for row in table.rows]
        assert {plain(str(one)) for one in section.blocks if isinstance(one, Text)} <= paragraphs


def test_the_terminal_sets_every_table_and_sentence(sections: dict[str, Section]) -> None:
    for section in sections.values():
        text = on_terminal(section)
        words = plain(text)
        for block in section.blocks:
            if isinstance(block, Text):
                assert plain(str(block)) in words
            elif isinstance(block, Table):
                _check_terminal(text, block)


def _check_terminal(text: str, table: Table) -> None:
    """Each line of a table holds, in the order of the headings, the cells of its row."""
    lines = [line for row in table.rows for line in _lines(row)]
    shown = [plain(line) for line in text.splitlines()]
    head = plain(" ".join(table.headings))
    headings = [at for at in range(len(shown)) if plain(" ".join(shown[max(0, at - 2) : at + 1])).endswith(head)] or [
        at for at, line in enumerate(shown) if all(part in line for part in table.headings[-1].split()[-1:])
    ]
    assert any(shown[at + 1 : at + 1 + len(lines)] == lines for at in headings), (lines[:3], shown)


def _lines(row: Iterable[object]) -> list[str]:
    cells = [str(cell).split("\n") for cell in row]
    deep = max(len(cell) for cell in cells)
    return [plain(" ".join(cell[k] if k < len(cell) else "" for cell in cells)) for k in range(deep)]


# What a section says is the answer.


def test_levers(forecast: Forecast, explained: Explanation) -> None:
    section = levers_section(forecast, "liaison office", 0.5, explained.levers, 200)
    assert section.title == "What would lift liaison office past 50 %"
    names = {member.actor: member.name for member in forecast.case.members}
    acts = {"position": "Win {} over", "salience": "{} ", "red line": "{}'s red line", "commitment": "Release {}",
            "pressure": "Press {}", "side payment": "Offer {} a side payment", "option": "Settle for",
            "option moved": "Narrow it", "option added": "Table a narrower text"}  # fmt: skip
    for row, one in zip(by_heading(section), explained.levers, strict=False):
        act = row["act"]
        assert acts[one.input].format(names.get(one.actor or "", "")) in act
        assert row["option lifted"] == one.option
        if one.input in {"position", "salience", "red line", "pressure"}:
            assert act.endswith(f" from {place(one.start)} to {place(one.end)}")
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
    for row in by_heading(evidence_section(found)):
        statement = row["statement"].split()[0]
        dropped, opposite = effects[statement, "dropped"], effects[statement, "reversed"]
        assert row["left out"] == chance(dropped.after)
        assert row["opposite"] == chance(opposite.after)
        assert bool(row["turns the answer to"]) == (dropped.flips or opposite.flips)
        said = next(one for one in forecast.case.dossier.statements if one.id == statement)
        assert row["what was said"] == plain(said.paraphrase)
        assert row["statement"].endswith(forecast.case.dossier.world.name(said.actor))
    assert f"{chance(found.effects[0].before)} as it stands" in str(evidence_section(found).blocks[-1])


def test_learning(forecast: Forecast, explained: Explanation) -> None:
    found = explained.evidence
    assert found is not None
    names = {member.actor: member.name for member in forecast.case.members}
    worth = [one for one in found.learning if one.brier > found.noise]
    assert worth
    for row, one in zip(by_heading(learning_section(found)), worth, strict=False):
        assert row["to know for certain"] == f"{names[one.actor]}'s {one.input}"
        assert row["more often right"] == f"{100 * one.hits:.1f} points"
        assert row["Brier score saved"] == f"{one.brier:.3f}"


def test_line(forecast: Forecast, explained: Explanation) -> None:
    line = explained.line
    assert line is not None
    at = line.options.index(line.option)
    rows = by_heading(line_section(line, forecast.case.dossier))
    assert len(rows) == len(line.points)
    for number, (row, point) in enumerate(zip(rows, line.points, strict=True)):
        assert row["day"] == f"{point.on}{' after the meeting' if point.reconstruction else ''}"
        assert row[line.option] == chance(point.probabilities[at])
        assert row["moved"] == (points(point.moved) if number else "")
        assert row["by age"] == (points(point.aged) if number else "")
        for one in point.news[:3]:
            if one.kind == "statement":
                assert one.id in row["news"]
                assert one.effect is None or f"({points(one.effect)})" in row["news"]


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
    import dataclasses

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
