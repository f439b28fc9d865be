"""The layout of every answer: its sections, headings and kinds of figures, without a number or a sentence.

``python -m tests.reports.golden`` writes it anew, into ``tests/reports/layout``; look at the difference before it is
committed. Each answer is a function below; each file in the folder is one dossier's.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import foedus
from foedus.backtests import run_consensus
from foedus.base.days import parse_day
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.forecasts.choice import choice
from foedus.forecasts.choice_line import choice_timeline
from foedus.institutions.accession import accession
from foedus.institutions.attacks import attacked, consulted
from foedus.institutions.limits import limits
from foedus.institutions.obligations import Attack, open_to_consultation
from foedus.networks import said_in
from foedus.networks.answer import Asked, draw_network
from foedus.procedures import compare_replays
from foedus.reports import world
from foedus.reports.answer import why_sections
from foedus.reports.beside import comparison_sections
from foedus.reports.choice import choice_sections, timeline_section
from foedus.reports.explained import explain_for_report
from foedus.reports.explanations import scenarios_section, sensitivity_sections
from foedus.reports.histories import replay_sections
from foedus.reports.networks import network_sections
from foedus.reports.numbers import Number
from foedus.reports.obligations import accession_sections, attack_sections, consultation_sections, limit_sections
from foedus.reports.power import power_sections
from foedus.reports.record import told_helpers
from foedus.reports.responses import response_sections
from foedus.reports.scores import backtest_sections
from foedus.reports.sections import (
    EVERYWHERE,
    Bar,
    Block,
    Bullets,
    Cell,
    Figure,
    Fold,
    Hint,
    Link,
    Part,
    Section,
    Steps,
    Table,
    Tag,
    Terms,
    Text,
)
from foedus.reports.whole import report_sections
from foedus.strategy.record import Pull, helping
from foedus.world import packaged_world

FOLDER = Path(__file__).parent / "layout"
Sections = Iterable[Section | None]


def layout(sections: Sections) -> str:
    """Return what sections look like, one line a block, with every number and sentence replaced by its kind.

    A table is told by its headings, and each column by the kinds of what its cells hold; blocks of a section that look
    alike are told once.
    """
    return "".join(f"{line}\n" for one in sections if one is not None for line in _section(one))


def _section(section: Section) -> Iterator[str]:
    media = "" if section.media == EVERYWHERE else f" only on {' and '.join(section.media)}"
    new_page = " on a new page" if section.new_page else ""
    yield f"[{section.id}] {'#' * section.level} {_uncounted(section.title)}{media}{new_page}".rstrip()
    blocks = ("\n".join(f"    {line}" for line in _block(block)) for block in section.blocks)
    yield from dict.fromkeys(blocks)


def _uncounted(title: str) -> str:
    """Return a title without its days and counts, which change as facts are added."""
    return re.sub(r"\d+(?:[-.,]\d+)*", "0", title)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        yield f"{block.tone}: {_kinds(block.parts)}"
    elif isinstance(block, Table):
        folded = "" if block.folded is None else f", {block.folded} rows and the rest on demand"
        yield f"table{folded}"
        for place, heading in enumerate(block.headings):
            side = "right" if place in block.numbers else "left"
            kinds = sorted({_cell(row[place]) for row in block.rows} - {""})
            yield f"  {heading or '(no heading)'} <{side}> {' | '.join(kinds)}".rstrip()
    elif isinstance(block, Figure):
        yield f"figure {block.name}"
    elif isinstance(block, Bullets):
        yield f"list: {' | '.join(sorted({_kinds(item.parts) for item in block.items}))}"
    elif isinstance(block, Steps):
        yield "steps"
    elif isinstance(block, Terms):
        for term, told in block.rows:
            yield from (f"{term}; {line}" for line in _block(told))
    elif isinstance(block, Fold):
        yield f"fold: {_kinds(block.what)}"
        yield from (f"  {line}" for one in block.blocks for line in _block(one))


def _cell(cell: Cell) -> str:
    below = _kinds(cell.below)
    return _kinds(cell.parts) + (f" over {below}" if below else "")


def _kinds(parts: Iterable[Part]) -> str:
    """Return the kinds of parts, each once: what is between numbers is ``words``, a number its unit."""
    return " ".join(dict.fromkeys(filter(None, map(_kind, parts))))


def _kind(part: Part) -> str:
    if isinstance(part, Number):
        return part.unit
    if isinstance(part, str):
        return "words" if part.strip() else ""
    return {Link: "link", Bar: "bar", Tag: "tag", Hint: "hint"}[type(part)]


def _forecast(name: str, issue: str, as_of: str | None) -> Callable[[], Sections]:
    def sections() -> Sections:
        made = foedus.forecast(read_dossier(packaged_dossiers()[name]), issue, as_of, draws=200)
        return (*report_sections(made, explain_for_report(made)), *why_sections(made))

    return sections


def _choice(name: str, issue: str, meeting: str | None) -> Callable[[], Sections]:
    def sections() -> Sections:
        dossier = read_dossier(packaged_dossiers()[name])
        points = choice_timeline(dossier, issue, meeting, 64)
        made = choice(dossier, issue, on=meeting, draws=64)
        beside = foedus.compare(dossier, dataclasses.replace(dossier, preferences=()), issue, on=meeting, draws=64)
        why = (*sensitivity_sections(foedus.sensitivity(made)), *comparison_sections(beside))
        return (*choice_sections(made), timeline_section(points), scenarios_section(foedus.scenarios(made)), *why)

    return sections


def _replay(name: str, *changes: str) -> Callable[[], Sections]:
    def sections() -> Sections:
        dossier = read_dossier(packaged_dossiers()[name])
        before = foedus.replay(dossier, histories=20)
        if not changes:
            return replay_sections(before)
        after = foedus.replay(dossier, histories=20, changes=changes)
        return replay_sections(after, compare_replays(before, after))

    return sections


def _measured(name: str, issue: str, as_of: str | None) -> Callable[[], Sections]:
    def sections() -> Sections:
        dossier = read_dossier(packaged_dossiers()[name])
        made = foedus.forecast(dossier, issue, as_of, draws=1_024)
        other = dataclasses.replace(dossier, statements=dossier.statements[1:])
        beside = foedus.compare(dossier, other, issue, as_of, draws=64)
        return (*sensitivity_sections(foedus.sensitivity(made, 1_024)), *comparison_sections(beside))

    return sections


def _backtest() -> Sections:
    return backtest_sections(run_consensus(["proposer"]), {"proposer"})


def _network() -> Sections:
    """Return who stands with whom, with windows of time."""
    said = said_in(read_dossier(packaged_dossiers()["tokyo-office"]))
    return network_sections(draw_network("tokyo-office", said, Asked(window=365), {}))


def _response() -> Sections:
    """Return how a rival answers, with voices."""
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    return response_sections(foedus.respond(dossier, "office", "2024-07-10", draws=20))


def _law() -> Sections:
    """Return who has what power in a body, and what treaties owe."""
    day = parse_day("2023-07-11")
    vote = {"against": ["FRA"]}
    unsc = foedus.power("unsc", day, vote=vote, coalition=["USA", "GBR"], minimal=True)
    guam = Attack(place="Guam", on=day)
    ceuta = Attack(place="Ceuta", on=day)
    ceuta_and_guam = dataclasses.replace(attacked(ceuta, "nato"), open_to_consultation=open_to_consultation(guam))
    help_ = helping(packaged_world(), guam, ["GBR"], Pull(0.1, 0.2))
    return (
        *power_sections(unsc, why=True),
        *attack_sections(ceuta_and_guam, why=True),
        *consultation_sections(consulted("nato", "POL", day), why=True),
        *accession_sections(accession("nato", "GEO", parse_day("2003-01-01")), "GEO"),
        *limit_sections(limits("JPN", None, day)),
        *told_helpers(help_, packaged_world()).sections,
    )


def _world() -> Sections:
    """Return what is known of the world, each kind of answer once."""
    known, day = packaged_world(), parse_day("2023-07-11")
    pages = (
        world.members(known, "nato", day),
        world.partners(known, "nato", day),
        world.instruments(known, "JPN", None),
        world.presences(known, "nato", day),
        world.treaties(known, None, day),
        world.treaties(known, "JPN", day),
        world.treaties(known, "anzus", day),
        world.groupings(known, ["JPN", "USA"], day),
        world.events(known, day, day),
        world.event(known, "nato-summit-2023-vilnius"),
        world.places(known, "FRA", day),
        world.amounts(known, "JPN"),
        world.claims(known, "nato"),
        world.show(known, "JPN", parse_day("2030-01-01")),
        world.show(known, "Senkaku", day),
        world.timeline(known, "anzus-1951", None, None),
        world.resolve(known, "US president", day),
        world.audit(known),
        world.offices(known, "JPN", None, day, None, None),
        world.acts(known, world.Wanted(to="CHN")),
        world.act(known, "pelosi-2022", None),
    )
    return [section for page in pages for section in page.sections]


ANSWERS: dict[str, tuple[Callable[[], Sections], ...]] = {
    "tokyo-office": (
        _forecast("tokyo-office", "office", "2023-07-10"),
        _replay("tokyo-office", "FRA.office=60@2023-05-01"),
        _measured("tokyo-office", "office", "2023-07-10"),
    ),
    "nature-law-2024": (_forecast("nature-law-2024", "nature-law", "2024-06-16"),),
    "emissions-1994": (_forecast("emissions-1994", "delay", "1994-01-01"),),
    "oil-embargo-2022": (_forecast("oil-embargo-2022", "oil", "2022-05-29"), _replay("oil-embargo-2022")),
    "nordic-accession": (_forecast("nordic-accession", "sweden", "2023-03-01"), _replay("nordic-accession")),
    "turkey-defence-2003": (
        _forecast("turkey-defence-2003", "planning-dpc", "2003-02-15"),
        _replay("turkey-defence-2003"),
    ),
    "uk-applications": (_replay("uk-applications"),),
    "harbour-compact": (
        _choice("harbour-compact", "director", None),
        _replay("harbour-compact"),
    ),
    "secretary-general-2024": (_choice("secretary-general-2024", "secretary-general", "Washington 2024"),),
    "three-trades": (_forecast("three-trades", "fleet", None),),
    "backtest": (_backtest,),
    "network": (_network,),
    "response": (_response,),
    "law": (_law,),
    "world": (_world,),
}
"""By file: the answers that it holds, each as a function that gives its sections."""


def written(name: str) -> str:
    """Return what the file of a name should hold."""
    return "\n".join(layout(sections()) for sections in ANSWERS[name])


def main() -> int:
    """Write every layout anew, and tell which have changed."""
    for name in ANSWERS:
        path, now = FOLDER / f"{name}.txt", written(name)
        if not path.exists() or path.read_text("utf-8") != now:
            path.write_text(now, "utf-8")
            sys.stdout.write(f"changed: {path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
