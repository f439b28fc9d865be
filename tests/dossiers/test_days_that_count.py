"""The day of a forecast by default: that of what counts; and evidence that does not stand in its source."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError, FoedusWarning, InputError
from foedus.base.hashes import sha256
from foedus.dossiers import new_dossier, read_dossier
from foedus.forecasts import find_gaps

SOURCE = "late,A note,,A press,en,{day},{day},,{sha},{file},public,1,\n"
STATEMENT = "l1,late,p1,,NOR,,,office,1,,direct,public,{day},,,,me,1,{status},public,Norway is for it.\n"


def add(folder: Path, day: str, status: str = "", text: str = "") -> None:
    if text:
        (folder / "documents").mkdir(exist_ok=True)
        (folder / "documents" / "late.txt").write_text(text)
    with (folder / "sources.csv").open("a") as out:
        out.write(SOURCE.format(day=day, sha=sha256(text.encode()) if text else "", file="late.txt" if text else ""))
    if status:
        with (folder / "statements.csv").open("a") as out:
            out.write(STATEMENT.format(day=day, status=status))


@pytest.mark.parametrize("status", ["", "candidate", "rejected"])
def test_what_does_not_count_moves_no_day(tokyo_copy: Path, status: str) -> None:
    before = read_dossier(tokyo_copy).latest_known()
    add(tokyo_copy, "2031-10-10", status)
    dossier = read_dossier(tokyo_copy)
    assert dossier.latest_known() == before
    assert foedus.forecast(dossier, draws=100).case.as_of == before
    gaps = [gap for gap in find_gaps(dossier) if "only after the last meeting" in gap.what]
    assert [gap.where for gap in gaps] == ["sources.csv, late (2031-10-10)"]


def test_an_accepted_statement_of_a_mistyped_day_is_named(tokyo_copy: Path) -> None:
    add(tokyo_copy, "2031-10-10", "accepted")
    told = (
        r"runs to 2031-10-10 \(statement l1 from source late, .*correct it there if that day is wrong\), after the last"
    )
    with pytest.warns(FoedusWarning, match=told):
        found = foedus.forecast(read_dossier(tokyo_copy), draws=10)
    assert (found.case.reconstruction, found.case.meeting.name) == (True, "The Hague 2025")
    with pytest.raises(FoedusError, match="after 2031-10-10: the last, 'The Hague 2025' of 2025-06-24, is past"):
        foedus.forecast(read_dossier(tokyo_copy), as_of="2031-10-10")


def test_an_old_import_that_leaves_no_capability_is_named(tmp_path: Path) -> None:
    new_dossier(tmp_path / "new", "nac", parse_day("2026-12-01"))
    table = tmp_path / "new" / "concepts.csv"
    table.write_text(table.read_text() + "office,The office should open,,issue-1,100,0\n")
    add(tmp_path / "new", "1905-02-16")
    assert read_dossier(tmp_path / "new").latest_known() == parse_day("2026-12-01")
    with (tmp_path / "new" / "statements.csv").open("a") as out:
        out.write("l1,late,p1,,FRA,,,office,1,,direct,public,1905-02-16,,,,me,1,,accepted,public,France is for it.,\n")
    with pytest.raises(InputError, match=r"none was known by 1905-02-16 for .*that of statement l1 from source late"):
        foedus.forecast(read_dossier(tmp_path / "new"))


def test_a_dated_row_of_a_stakeholder_counts(tokyo_copy: Path) -> None:
    table = tokyo_copy / "stakeholders.csv"
    heading = table.read_text().splitlines()[0].split(",")
    row = {"actor": "NOR", "issue": "office", "known_on": "2024-07-11"}
    table.write_text(",".join(heading) + "\n" + ",".join(row.get(one, "") for one in heading) + "\n")
    assert read_dossier(tokyo_copy).latest_known_from() == (parse_day("2024-07-11"), "NOR, in stakeholders.csv")


def test_a_forecast_refuses_what_does_not_stand_in_its_source(tokyo_copy: Path) -> None:
    add(tokyo_copy, "2023-07-01", "accepted", "Norway would not say.")
    assert foedus.forecast(read_dossier(tokyo_copy), as_of="2023-07-10", draws=100).draws == 100
    table = tokyo_copy / "statements.csv"
    table.write_text(table.read_text().replace("l1,late,p1,,", "l1,late,p1,The office should open.,"))
    with pytest.raises(InputError, match=r"statement l1, quote: .* expected words that are in late.txt"):
        foedus.forecast(read_dossier(tokyo_copy), as_of="2023-07-10", draws=100)
    (tokyo_copy / "documents" / "late.txt").unlink()
    foedus.forecast(read_dossier(tokyo_copy), as_of="2023-07-10", draws=100)


def test_the_same_fault_over_and_over_is_told_once(tokyo_copy: Path) -> None:
    table = tokyo_copy / "statements.csv"
    table.write_text(table.read_text().replace(",2023-06-20,", ",20.6.2023,"))
    with pytest.raises(InputError) as caught:
        read_dossier(tokyo_copy)
    lines = str(caught.value).splitlines()
    many = len(caught.value.problems) - 3
    assert many > 10
    assert lines[:2] == [
        (
            f"statements.csv, row {row}, said_on: '20.6.2023', expected a day such as 2023-07-11, "
            "or a month such as 2023-07, of the years 1800 to 2100"
        )
        for row in (2, 3)
    ]
    assert lines[3:] == [
        (
            f"statements.csv, said_on: and {many} more like these: write a day such as 2023-07-11, "
            "or a month such as 2023-07, of the years 1800 to 2100"
        )
    ]
