"""A made-up body of two, whose courses can be worked out by hand, and dockets for it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import foedus
from foedus.dossiers import Dossier

SETTINGS = """
foedus: 1
title: Two, a made-up example
issues:
  - id: plan
    question: Do the two agree on the plan?
    body: council-of-two
    scale: {low: 0, high: 100}
    status_quo: nothing
    options:
      - {label: nothing, at: 0}
      - {label: a little, at: 40}
      - {label: all, at: 100}
    proposal: all
    meetings: [{on: 2020-06-01, name: the meeting}]
    voices: [guest, newcomer]
    priors:
      position: {low: 30, mode: 70, high: 100}
      salience: 1
      salience_spoke: 1
      note: made up
assumptions: {kappa: 0, tau: 0.6, red_line_cost: 0, red_line_slack: 0}
"""

SOURCE = "made up,no,invented"
ACTORS = ("one", "two", "guest", "newcomer", "late")

COLUMNS = (
    *("on", "matter", "procedure", "step", "by", "issue", "option", "body", "treaty", "place", "when", "deadline"),
    *("known_on", "happened", "source", "locator", "verified", "note"),
)

Rows = Iterable[dict[str, str]]
Make = Callable[..., Dossier]


def write_docket(folder: Path, rows: Rows) -> None:
    """Write rows as a docket; what a row does not say is taken from a made-up matter ``m`` on the issue."""
    usual = {"matter": "m", "issue": "plan", "source": "made-up", "verified": "no"}
    with (folder / "docket.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)


@pytest.fixture
def two(tmp_path: Path) -> Make:
    """Return a maker of the dossier of two: rows of its docket, rows set by hand, and its own procedures."""

    def make(rows: Rows, stakeholders: Iterable[str] = (), machines: Iterable[tuple[str, str]] = ()) -> Dossier:
        folder = tmp_path / "two"
        (folder / "world").mkdir(parents=True, exist_ok=True)
        (folder / "institutions").mkdir(exist_ok=True)
        (folder / "dossier.yaml").write_text(SETTINGS, "utf-8")
        people = [f"{actor},organisation,{actor},,,,,{'2030-01-01' if actor == 'late' else ''},,made-up,{SOURCE}"
                  for actor in ACTORS]  # fmt: skip
        heading = "id,kind,name,iso3,iso2,cow,gw,from,until,source,locator,verified,note"
        members = [f"pair,{actor},member,2020-01-01,,made-up,{SOURCE}" for actor in ("one", "two")]
        tables = {
            "actors.csv": [heading, f"pair,organisation,The pair,,,,,,,made-up,{SOURCE}", *people],
            "memberships.csv": ["organisation,actor,status,from,until,source,locator,verified,note", *members],
            "sources.csv": ["id,title,publisher,published,url,note", "made-up,Made up,Foedus,2020,,"],
        }
        for name, lines in tables.items():
            (folder / "world" / name).write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "institutions" / "council-of-two.yaml").write_text(
            "id: council-of-two\nname: Council of two\nseats: {membership: pair, status: member}\n"
            "rule: [{from: 2020-01-01, value: consensus, reference: made up}]\n",
            "utf-8",
        )
        by_hand = ["actor,issue,venue,position_mode,known_on", *stakeholders]
        (folder / "stakeholders.csv").write_text("\n".join(by_hand) + "\n", "utf-8")
        for name, text in machines:
            (folder / "procedures").mkdir(exist_ok=True)
            (folder / "procedures" / name).write_text(text, "utf-8")
        write_docket(folder, rows)
        return foedus.read_dossier(folder)

    return make
