"""What is still open, counted again from the files themselves."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.dossiers import Dossier, packaged_dossiers
from foedus.forecasts import Gap, find_gaps
from foedus.world import packaged_world

TOKYO = packaged_dossiers()["tokyo-office"]


def rows(file: str) -> list[dict[str, str]]:
    with (TOKYO / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def of_kind(gaps: list[Gap], kind: str) -> list[Gap]:
    return [gap for gap in gaps if gap.kind == kind]


def test_sources_without_a_day(dossier: Dossier) -> None:
    expected = {f"sources.csv, {row['id']}" for row in rows("sources.csv") if not row["published"]}
    assert {gap.where for gap in of_kind(find_gaps(dossier), "source")} == expected
    assert expected == {"sources.csv, orf", "sources.csv, vif", "sources.csv, fp"}
    vif = next(gap for gap in find_gaps(dossier) if gap.where == "sources.csv, vif")
    assert "2023-12-31" in vif.what


def test_sources_without_a_hash(dossier: Dossier) -> None:
    sources = dossier.sources | {"jt": replace(dossier.sources["jt"], sha256="")}
    found = of_kind(find_gaps(replace(dossier, sources=sources)), "source")
    assert any(gap.where == "sources.csv, jt" and "SHA-256" in gap.what for gap in found)


def test_candidates_that_wait(dossier: Dossier) -> None:
    assert of_kind(find_gaps(dossier), "statement") == []
    waiting = tuple(replace(s, status="candidate") if s.source == "fp" else s for s in dossier.statements)
    (gap,) = of_kind(find_gaps(replace(dossier, statements=waiting)), "statement")
    number = sum(row["source"] == "fp" for row in rows("statements.csv"))
    assert gap.what.startswith(f"{number} candidates wait")
    assert f"fp08 and {number - 8} more" in gap.where


def test_concepts_on_which_nothing_bears(dossier: Dossier) -> None:
    used = {row["concept"] for row in rows("statements.csv")}
    unused = sorted({row["id"] for row in rows("concepts.csv")} - used)
    found = of_kind(find_gaps(dossier), "concept")
    assert [gap.where for gap in found] == ([f"concepts.csv, {', '.join(unused)}"] if unused else [])
    fewer = tuple(s for s in dossier.statements if s.concept != "presence")
    (gap,) = of_kind(find_gaps(replace(dossier, statements=fewer)), "concept")
    assert "presence" in gap.where


@pytest.mark.parametrize(("as_of", "seats"), [("2023-07-10", 31), ("2024-07-10", 32)])
def test_members_of_whom_nothing_is_said(dossier: Dossier, as_of: str, seats: int) -> None:
    concepts = {(row["id"], row["issue"]) for row in rows("concepts.csv")}
    known = {row["id"]: row["known"] for row in rows("sources.csv")}
    members = {m.actor for m in packaged_world().members("nato", dt.date.fromisoformat(as_of) + dt.timedelta(days=1))}
    assert len(members) == seats
    for issue in ("office", "text"):
        heard = {
            row["actor"]
            for row in rows("statements.csv")
            if (row["concept"], issue) in concepts
            and (row["known_on"] or known[row["source"]]) <= as_of
            and row["status"] == "accepted"
            and row["stance"] != "0"
        }
        silent = sorted(members - heard)
        names = [dossier.world.name(actor) for actor in silent]
        found = [gap for gap in of_kind(find_gaps(dossier, as_of), "position") if gap.where.endswith(f"issue {issue}")]
        text = next(gap.what for gap in found if "stand at their prior" in gap.what)
        assert text.startswith(f"{len(silent)} of {seats} members stand at their prior: {', '.join(names[:8])}")


def test_members_of_whom_there_are_only_guesses(dossier: Dossier) -> None:
    # HUN is in orf08 alone, DEU in vif06 alone; both are conjectures and bear on the office only.
    weak = [gap for gap in find_gaps(dossier, "2024-07-10") if "only a reporter's guess" in gap.what]
    assert [gap.what for gap in weak] == ["only a reporter's guess: Germany, Hungary"]
    assert weak[0].where.endswith("issue office")
    assert not [gap for gap in find_gaps(dossier, "2023-07-10") if "only a reporter's guess" in gap.what]


def test_red_lines(dossier: Dossier, tokyo: Path, edit: Callable[..., None]) -> None:
    assert len(of_kind(find_gaps(dossier), "red line")) == len(dossier.issues) == 4
    edit(
        tokyo / "stakeholders.csv",
        lambda table: [*table, {"actor": "FRA", "issue": "office", "venue": "private", "red_line": "50"}],
    )
    for_office, for_text, *_ = of_kind(find_gaps(foedus.read_dossier(tokyo)), "red line")
    assert for_text.where == "stakeholders.csv, issue text"
    assert for_office.what == "nothing above 50 adds nothing: its public words bind it at the same cost"


def test_a_red_line_that_bars_nothing(tokyo: Path, edit: Callable[..., None]) -> None:
    row = {"actor": "USA", "issue": "office", "venue": "private", "words": "supportive", "red_line": "20"}
    edit(tokyo / "stakeholders.csv", lambda table: [*table, row])
    found = of_kind(find_gaps(foedus.read_dossier(tokyo)), "red line")
    assert found[0].what == "rules out no option: nothing below 20"


def test_facts_that_nobody_has_read_in_their_source(dossier: Dossier) -> None:
    members = {m.actor for m in packaged_world().members("nato", dt.date(2023, 7, 11))}
    unverified = sorted(
        q.actor for q in packaged_world().quantities if q.measure == "gdp" and not q.verified and q.actor in members
    )
    found = of_kind(find_gaps(dossier, "2023-07-10"), "fact")
    assert len(found) == len(dossier.issues)
    for gap in found:
        listed = re.match(r"capability not verified in its source: (.+?)(?: and (\d+) more)?$", gap.what)
        assert listed
        shown = [actor.strip() for actor in listed[1].split(",")]
        assert shown == [packaged_world().name(actor) for actor in unverified[:8]]
        assert int(listed[2] or 0) == max(0, len(unverified) - 8)


def test_assumptions_that_are_not_declared(dossier: Dossier, with_settings: Callable[..., Dossier]) -> None:
    assert of_kind(find_gaps(dossier), "assumption") == []
    without = {name: value for name, value in dossier.assumptions.items() if name != "tau"}
    (gap,) = of_kind(find_gaps(with_settings(dossier, assumptions=without)), "assumption")
    assert gap.what.startswith("tau is not declared; the consensus model's own range")


def test_a_new_dossier_is_full_of_gaps(tmp_path: Path) -> None:
    foedus.new_dossier(tmp_path / "new", "nac", dt.date(2023, 7, 11))
    found = find_gaps(foedus.read_dossier(tmp_path / "new"))
    kinds = {gap.kind for gap in found}
    assert {"position", "red line"} <= kinds
    assert not {"capability", "assumption"} & kinds  # both are written into the scaffold
    assert any(gap.what.startswith("31 of 31 members stand at their prior") for gap in found)


def test_what_is_refused(dossier: Dossier, with_settings: Callable[..., Dossier]) -> None:
    with pytest.raises(FoedusError, match="as of: 'soon' is not a day"):
        find_gaps(dossier, "soon")
    with pytest.raises(InputError, match="'median', expected one of exchange_rate"):
        find_gaps(with_settings(dossier, assumptions={"median": {"a": 1.0}}))
    # After the last meeting there is still something to check.
    assert find_gaps(dossier, "2026-01-01")


def test_silent_members_that_lean_towards_a_proposal_that_nobody_is_named_against(
    tmp_path: Path, edit: Callable[..., None]
) -> None:
    foedus.new_dossier(tmp_path / "new", "nac", dt.date(2023, 7, 11))
    (gap,) = of_kind(find_gaps(foedus.read_dossier(tmp_path / "new")), "opposition")
    assert gap.what.startswith("nobody is counted against")
    assert "31 silent members are taken to lean towards it" in gap.what
    assert gap.what.endswith("one alone would stop it")
    edit(
        tmp_path / "new" / "stakeholders.csv",
        lambda table: [row | {"words": "opposed"} if row["actor"] == "TUR" else row for row in table],
    )
    assert of_kind(find_gaps(foedus.read_dossier(tmp_path / "new")), "opposition") == []
