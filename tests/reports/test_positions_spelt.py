"""A position is spelt in one way: in the sections of a report, in its reasons, and in the words of its chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import foedus
from foedus.base.traces import Trace
from foedus.dossiers import Dossier, Range
from foedus.dossiers.silence import silence_leans
from foedus.explain.position import standing
from foedus.forecasts.why import explain
from foedus.reports.answer import members_section, options_section
from foedus.reports.charts import members_chart
from foedus.reports.grounds import ground_sections
from foedus.reports.position import position_sections
from foedus.reports.sections import Bullets, Fold, Section, Table, Terms, Text


def words_of(block: object) -> Iterator[str]:
    """Yield every text of a block, what is folded away too."""
    if isinstance(block, Text):
        yield str(block)
    elif isinstance(block, Table):
        yield from (str(cell) for row in block.rows for cell in row)
    elif isinstance(block, Bullets):
        yield from map(str, block.items)
    elif isinstance(block, Terms):
        yield from (words for _, told in block.rows for words in words_of(told))
    elif isinstance(block, Fold):
        yield from ("".join(map(str, block.what)), *(words for each in block.blocks for words in words_of(each)))
    elif isinstance(block, Section):
        yield from (words for each in block.blocks for words in words_of(each))


def reasons(trace: Trace) -> Iterator[str]:
    yield trace.value
    for child in trace.children:
        yield from reasons(child)


def test_one_position_has_one_spelling(tokyo: Dossier) -> None:
    issue = tokyo.issue("office")
    prior = replace_position(tokyo, Range(low=2, mode=12.34, high=33.3))
    forecast = foedus.forecast(prior, issue="office", as_of="2023-07-10", draws=100)
    silent = forecast.case.silent[0].actor
    placed = position_sections(standing(prior, silent, "office", forecast.case.as_of))
    shown = {
        "options": words_of(options_section(forecast)),
        "members": words_of(members_section(forecast)),
        "grounds": (words for one in ground_sections(forecast) for words in words_of(one)),
        "position": (words for one in placed for words in words_of(one)),
        "reasons": reasons(explain(forecast)),
        "silence": [silence_leans(issue, prior.prior("office"))],
    }
    for where, texts in shown.items():
        told = "\n".join(texts)
        found = set(re.findall(r"[\d.]+ \([\d.]+ to 33[\d.]*\)", told))
        assert found <= {"12 (2 to 33)"}, where
        assert found or where == "members", where
    chart = members_chart(forecast, 690)
    assert f"{forecast.case.member(silent).name} 12, " in chart.alternative


def replace_position(dossier: Dossier, position: Range) -> Dossier:
    """Return a dossier that puts silent members elsewhere."""
    issues = [
        issue.model_copy(update={"priors": issue.priors.model_copy(update={"position": position})})
        for issue in dossier.settings.issues
    ]
    return replace(dossier, settings=dossier.settings.model_copy(update={"issues": issues}))
