"""A new dossier: every table with its heading, the roster filled in, comments that teach the format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.base.errors import refuse
from foedus.base.files import write_atomically
from foedus.base.tables import render_table
from foedus.dossiers.records import Concept, Stakeholder
from foedus.evidence import Source, Statement
from foedus.institutions import read_institutions
from foedus.world import packaged_world, read_world

_OVERLAYS = {"world", "institutions"}

_SETTINGS = """\
# A dossier binds evidence to a decision. This file holds the question, the rule and what is assumed.
# Lines that start with # are comments. 'foedus check' tells what is wrong and what is still open.
foedus: 1
title: A decision before the {body_name}
# The language in which most of its documents are; a text too short to tell is taken to be in it.
language: en

issues:
  - id: issue-1
    question: What is to be decided?
    body: {body}
    # Positions are places on this line. Put no change at one end and the furthest step at the other.
    scale: {{low: 0, high: 100}}
    status_quo: nothing
    options:
      - {{label: nothing, at: 0}}
      - {{label: something less, at: 50}}
      - {{label: the proposal, at: 100}}
    proposal: the proposal
    # A consent that is needed from outside the body, such as a host's:
    # rule_additions:
    #   - {{consent_of: JPN, reference: what lays it down}}
    meetings:
      - {{on: {on}, name: first meeting}}
    # What you assume of a member about whom you have no statement. State it plainly: a reader will ask.
    priors:
      position: {{low: 30, mode: 70, high: 100}}
      salience: {{low: 0.02, mode: 0.1, high: 0.4}}
      salience_spoke: {{low: 0.4, mode: 0.8, high: 1}}
      note: a silent member leans towards what is proposed and cares less than one that has spoken (change this)

# What standing alone costs, and when pressure sets in ('foedus models consensus' explains each).
assumptions:
  kappa: {{low: 0, mode: 0.3, high: 1}}
  tau: {{low: 0.5, mode: 0.6, high: 0.9}}
  red_line_cost: {{low: 0, mode: 0.3, high: 1}}
  red_line_slack: {{low: -0.1, mode: 0, high: 0.1}}
  selection: {{agenda-setter: 1, weighted-gains: 1, nash-product: 1}}

# What stands for a member's weight; without it all count the same.
{capability}

# A statement is a row of statements.csv. It needs id, source, passage, actor, concept, stance (-1, 0, 1), kind (direct,
# mixed, indirect, act, narrated, conjecture), venue (public, private) and said_on. Its source is a row of sources.csv
# (id, title, outlet, known), its concept one of concepts.csv (id, text, issue, at_support, at_oppose). For example:
{examples}
"""

_SAID = parse_day("2026-05-01")
_EXAMPLES: dict[str, tuple[type[Any], Any]] = {
    "sources.csv": (
        Source,
        Source(
            id="s1", title="A report", author="Someone", outlet="An outlet", published=_SAID, known=_SAID
        ),
    ),
    "concepts.csv": (
        Concept,
        Concept(id="office", text="The office should open", issue="issue-1", at_support=100.0, at_oppose=0.0),
    ),
    "statements.csv": (
        Statement,
        Statement(
            id="s1-01", source="s1", passage="p4", actor="FRA", concept="office", stance=-1, kind="indirect",
            venue="public", said_on=_SAID, coder="me", paraphrase="France objects",
        ),
    ),
}  # fmt: skip


def example_rows() -> dict[str, str]:
    """Return an example row of each table that holds evidence, with a cell for every column, by the table's file.

    Examples
    --------
    >>> example_rows()["concepts.csv"]
    'office,The office should open,,issue-1,100,0'
    """
    return {file: render_table(record, [one]).splitlines()[1] for file, (record, one) in _EXAMPLES.items()}


def new_dossier(folder: Path | str, body: str, on: Day) -> list[str]:
    """Make a dossier to start from.

    Parameters
    ----------
    folder
        Where to. It must be new or empty, save for folders ``world`` and ``institutions`` with facts and bodies of
        its own.
    body
        A body by id or alias; one of the folder's own, where it has any.
    on
        The day on which it meets.

    Returns
    -------
    list of str
        The ids of the members that have a seat on the day; each has a row in ``stakeholders.csv``.

    Raises
    ------
    FoedusError
        When the body is unknown, did not exist on the day, or the folder holds anything.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(one.name not in _OVERLAYS for one in target.iterdir())):
        raise refuse(
            str(target), "is not empty; a new dossier needs a new folder, or one with world/ and institutions/"
        )
    world = read_world(target / "world") if (target / "world").is_dir() else packaged_world()
    found = read_institutions(target / "institutions").body(body)
    members = [seat.actor for seat in found.seats(world, on)]
    roster = [Stakeholder(actor=actor, issue="issue-1") for actor in members]
    known = all(world.latest_quantity(member, "gdp", on) is not None for member in members)
    capability = (
        "capability: {measure: gdp}" if known else "# capability: {measure: gdp}   (not known here for all members)"
    )
    examples = "\n".join(f"#   {file:16} {row}" for file, row in example_rows().items())
    settings = _SETTINGS.format(body=found.id, body_name=found.name, on=on, capability=capability, examples=examples)
    write_atomically(target / "dossier.yaml", settings)
    write_atomically(target / "concepts.csv", render_table(Concept, []))
    write_atomically(target / "stakeholders.csv", render_table(Stakeholder, roster))
    write_atomically(target / "sources.csv", render_table(Source, []))
    write_atomically(target / "statements.csv", render_table(Statement, []))
    return members
