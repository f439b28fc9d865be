"""The count of votes under a qualified majority, by brute force over the Council of the Union as it sits."""

from __future__ import annotations

import csv
import itertools
import json
import re
from pathlib import Path

import docx
import numpy as np
import pytest
from typer.testing import CliRunner

import foedus
from foedus.backtests.layouts import read_cases
from foedus.backtests.moves import moves
from foedus.base.randomness import Streams
from foedus.cases.draws import draw
from foedus.cli.app import app
from foedus.dossiers import suppose
from foedus.ensembles.council_scores import moves_on_record
from foedus.forecasts.arithmetic import arithmetic
from foedus.reports.votes import votes

FOR = ["FRA", "ESP", "BEL", "GRC", "PRT", "ROU", "BGR", "LTU", "LVA", "SVN", "HRV", "MLT", "IRL"]
AGAINST = ["DEU", "AUT", "HUN", "SVK", "NLD", "DNK", "ITA", "POL"]
SILENT = ["CYP", "CZE", "EST", "FIN", "LUX", "SWE"]


def council(folder: Path, stand: dict[str, float]) -> foedus.Forecast:
    """Return the forecast of a dossier on the Council with positions by hand."""
    made = CliRunner().invoke(app, ["new", str(folder), "--body", "eu-council", "--on", "2026-12-15"])
    assert made.exit_code == 0, made.output
    table = folder / "stakeholders.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["actor"] in stand:
            at = stand[row["actor"]]
            low, high = max(0, at - 10), min(100, at + 10)
            row |= {"position_low": str(low), "position_mode": str(at), "position_high": str(high)}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return foedus.forecast(foedus.read_dossier(folder))


@pytest.fixture(scope="module")
def blocked(tmp_path_factory: pytest.TempPathFactory) -> foedus.Forecast:
    """Thirteen for, eight against with more than 35 per cent of the population, six silent."""
    stand = dict.fromkeys(FOR, 100.0) | dict.fromkeys(AGAINST, 5.0)
    return council(tmp_path_factory.mktemp("dossiers") / "gas", stand)


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> foedus.Forecast:
    """Everybody for it but Hungary."""
    stand = dict.fromkeys((*FOR, *AGAINST, *SILENT), 100.0) | {"HUN": 0.0}
    return council(tmp_path_factory.mktemp("dossiers") / "carried", stand)


def passes(forecast: foedus.Forecast, favour: set[str]) -> bool:
    """Article 16(4) TEU: 55 per cent of the members (15) and 65 per cent of the people, or at most three against."""
    people = forecast.case.seating.weights["population"]
    enough = 100 * sum(people[actor] for actor in favour) >= 65 * sum(people.values())
    return (len(favour) >= 15 and enough) or len(people) - len(favour) < 4


def test_the_count_as_stated_is_that_of_the_treaty(blocked: foedus.Forecast) -> None:
    found, people = blocked.arithmetic, blocked.case.seating.weights["population"]
    assert (found.in_favour, found.against, found.unknown) == tuple(tuple(sorted(x)) for x in (FOR, AGAINST, SILENT))
    assert found.enough == passes(blocked, set(FOR)) is False
    assert found.blocked is (not passes(blocked, {*FOR, *SILENT})) is True
    members, population = found.counts
    assert (members.in_favour, members.needed, members.margin) == (13, 15, -2)
    have, needed = sum(people[actor] for actor in FOR), -(-65 * sum(people.values()) // 100)
    assert (population.in_favour, population.needed, population.margin) == (have, needed, have - needed)
    everybody = {*FOR, *AGAINST, *SILENT}
    assert set(found.swings) == {a for a in everybody - set(FOR) if passes(blocked, {*FOR, a})}


def test_blocking_minorities_are_all_the_smallest_ones(blocked: foedus.Forecast) -> None:
    everybody = {*FOR, *AGAINST, *SILENT}
    groups = [set(g) for size in range(1, 9) for g in itertools.combinations(AGAINST, size)]
    stop = [group for group in groups if not passes(blocked, everybody - group)]
    smallest = [group for group in stop if not any(one < group for one in stop)]
    assert blocked.arithmetic.blocking is not None
    assert {frozenset(group) for group in blocked.arithmetic.blocking} == {frozenset(group) for group in smallest}
    assert all(len(group) >= 4 for group in smallest)


def test_who_would_have_to_move_is_enough_and_nobody_is_to_spare(blocked: foedus.Forecast) -> None:
    joined = set(blocked.arithmetic.would_move)
    assert passes(blocked, {*FOR, *joined})
    assert not any(passes(blocked, {*FOR, *joined} - {one}) for one in joined)
    must = {a for a in (*AGAINST, *SILENT) if not passes(blocked, {*FOR, *AGAINST, *SILENT} - {a})}
    assert set(blocked.arithmetic.must_move) == must


def test_the_count_in_draws_is_the_share_of_draws(blocked: foedus.Forecast) -> None:
    found = blocked.arithmetic_in_draws
    assert found is not None
    sitting = draw(blocked.case, {}, Streams(1), 0, 300)
    some = foedus.forecast(blocked.case.dossier, draws=300).arithmetic_in_draws
    assert some is not None
    favour = [{a for a, at in zip(sitting.actors, row, strict=True) if at > 50} for row in sitting.private[:, :, 0]]
    assert some.enough == np.mean([passes(blocked, one) for one in favour])
    assert [one.median for one in some.counts if one.weights == "members"] == [sorted(len(one) for one in favour)[149]]
    by_actor = {one.actor: one for one in some.votes}
    for actor in ("DEU", "SWE", "FRA"):
        assert by_actor[actor].against == pytest.approx(np.mean([actor not in one for one in favour]))
        turns = [passes(blocked, one) != passes(blocked, one ^ {actor}) for one in favour]
        assert by_actor[actor].swings == pytest.approx(np.mean(turns))
    assert found.blocked == pytest.approx(1 - found.enough)


def test_a_headline_that_lacks_the_votes_says_who_would_have_to_move_and_how_often_that_happened(
    blocked: foedus.Forecast,
) -> None:
    headline, told = blocked.likeliest.label, votes(blocked)
    assert told is not None
    assert headline != blocked.case.issue.status_quo
    assert not arithmetic(blocked.case, headline).enough
    assert told.expects.startswith(f"{headline!r} lacks the votes as stated.")
    for actor in arithmetic(blocked.case, headline).would_move:
        assert actor in SILENT or blocked.case.dossier.world.name(actor) in told.expects
    record = moves_on_record()
    assert re.search(
        rf"On record ({record.adopted} of {record.blocked}|{record.beyond} of {record.decisions}) ", told.expects
    )


def test_a_headline_that_has_the_votes_expects_nobody_to_move(carried: foedus.Forecast) -> None:
    told = votes(carried)
    assert told is not None
    assert carried.likeliest.label == "the proposal"
    assert (told.expects, carried.arithmetic.enough, carried.arithmetic.would_move) == ("", True, ())
    assert carried.arithmetic.blocking == ()
    assert "not a blocking minority" in " ".join(told.lines)


def test_the_record_is_what_the_data_say(shared: Path) -> None:
    assert moves(read_cases(shared / "data" / "deu3-development.tsv")) == moves_on_record()


def asked(*words: str) -> dict:
    """Return the JSON that a command prints."""
    found = CliRunner().invoke(app, [*words, "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def test_one_number_everywhere(blocked: foedus.Forecast) -> None:
    folder, label = str(blocked.case.dossier.folder), "the proposal"
    headline = {one.label: one.probability for one in blocked.options}

    def shares(rows: list[dict], key: str = "probability") -> dict[str, float]:
        return {row["label"]: row[key] for row in rows}

    found = asked("forecast", folder)
    assert shares(found["options"]) == pytest.approx(headline, abs=1e-8)
    assert found["ensemble"]["options"] == found["options"]
    assert shares(asked("compare", folder, folder)["options"], "second") == pytest.approx(headline, abs=1e-8)
    assert dict(zip(headline, foedus.scenarios(blocked).base, strict=True)) == pytest.approx(headline)
    moved = foedus.levers(blocked, want=label, for_actor="DEU", draws=100)
    assert {round(one.probability_before, 9) for one in moved if one.option == label} == {round(headline[label], 9)}


def test_the_terminal_shows_the_count(blocked: foedus.Forecast) -> None:
    told = votes(blocked)
    assert told is not None
    output = CliRunner().invoke(app, ["forecast", str(blocked.case.dossier.folder), "--why"]).output
    one_line = " ".join(output.split())
    for line in (told.expects, *told.lines):
        assert line in one_line
    for cell in (*told.rows[0], *told.rows[1]):
        assert cell in one_line
    answer, _, rest = output.partition("Models that score worse")
    assert not re.search(r"^(agenda-setter|compromise|consensus|costly-reference) ", answer, re.M)
    assert re.search(r"^agenda-setter .*worse than the plain mean of positions \(error 33.4", rest, re.M)


def test_page_and_word_show_the_count(carried: foedus.Forecast, tmp_path: Path) -> None:
    told = votes(carried)
    assert told is not None
    foedus.save_report(carried, tmp_path / "page.html")
    foedus.save_report(carried, tmp_path / "brief.docx")
    page = (tmp_path / "page.html").read_text("utf-8")
    word = docx.Document(str(tmp_path / "brief.docx"))
    paragraphs = "\n".join(one.text for one in word.paragraphs).replace("\u00a0", " ")
    cells = [cell.text.replace("\u00a0", " ") for table in word.tables for row in table.rows for cell in row.cells]
    for line in told.lines:
        assert line.replace("'", "&#39;") in page
        assert line in paragraphs
    for cell in told.rows[0]:
        assert cell in cells
        assert f">{cell}<" in page


def test_where_no_such_moves_are_on_record_a_veto_leaves_nothing_to_expect(tmp_path: Path) -> None:
    """Two permanent members of the Security Council against, twelve members for: no draw has the votes."""
    folder = tmp_path / "draft"
    made = CliRunner().invoke(app, ["new", str(folder), "--body", "unsc", "--on", "2024-03-22"])
    assert made.exit_code == 0, made.output
    dossier = foedus.read_dossier(folder)
    stand = {"RUS": 0, "CHN": 0, "USA": 100, "FRA": 100, "GBR": 100}
    found = foedus.forecast(suppose(dossier, [f"{actor}.issue-1={at}" for actor, at in stand.items()]), draws=1_000)
    assert found.arithmetic.must_move == ("CHN", "RUS")
    assert found.probability("nothing") > 0.98
    assert 0 < found.probability("the proposal") < 0.01  # nothing is ever impossible
    told = votes(found)
    assert told is not None
    assert told.expects == ""
