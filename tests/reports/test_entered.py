"""What an import, a change and a new name are told by, held against the answers that are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from foedus.coding.changing import RowChanged
from foedus.coding.offers import Conflict, Imported
from foedus.dossiers import new_dossier, read_dossier
from foedus.dossiers.draft import drafted
from foedus.dossiers.extending import OptionDays
from foedus.dossiers.renaming import Renamed
from foedus.reports.begun import begun_section
from foedus.reports.entered import (
    changed_section,
    exported_section,
    imported_section,
    option_notes,
    option_section,
    renamed_section,
)
from foedus.reports.sections import Section, Text

IMPORTED = Imported(
    None,
    statements=("a", "b", "c"),
    concepts=("claim",),
    sources=(),
    unknown={"Ruritania": 2, "Utopia": 1},
    others=4,
    present=("p",),
    corrected=("q", "r"),
    refused=tuple(f"row {number}: bad" for number in range(15)),
    gone=("g",),
    alike=("c",),
    conflicts=(
        Conflict("ours", "theirs", "note", "p4", (("stance", "1", "-1"), ("kind", "direct", "narrated"))),
        Conflict("mine", "yours", "letter", "p5", (("stance", "0", "-1"),)),
    ),
)


def lines(section: Section) -> list[str]:
    return [str(block) for block in section.blocks if isinstance(block, Text)]


def test_an_import_counts_what_is_new_without_what_is_coded_alike() -> None:
    told = lines(imported_section(IMPORTED))
    assert told[0] == "2 candidates, 1 concept and 0 sources added"
    assert "2 statements corrected: q, r" in told
    assert "1 statement of it in statements.csv already, unchanged" in told
    assert "4 of other types, notes and the like left out: no statement can be made of them" in told
    assert told[-1] == "here from an earlier import, and not among the sound rows now: g"


def test_what_was_left_out_is_named_up_to_twelve_rows_and_the_rest_counted() -> None:
    told = lines(imported_section(IMPORTED))
    assert "left out, 2 statements of 'Ruritania': name the actor, --actor \"Ruritania=ID\"" in told
    assert sum(line.startswith("left out: row ") for line in told) == 12
    assert "left out: 3 more, which --json lists" in told


def test_codings_that_differ_stand_under_whose_they_are() -> None:
    table = imported_section(IMPORTED).table()
    assert [[str(cell) for cell in row] for row in table.rows] == [
        ["ours", "theirs", "note p4", "stance", "1", "-1"],
        ["ours", "theirs", "", "kind", "direct", "narrated"],
        ["mine", "yours", "letter p5", "stance", "0", "-1"],
    ]
    assert table.headings == ("here", "merged", "source", "variable", "here", "merged")


def test_an_import_of_nothing_says_so() -> None:
    nothing = Imported(None, (), (), (), {})
    assert lines(imported_section(nothing)) == ["nothing was imported: there is no statement in it"]


def test_a_new_case_is_told_with_what_holds_and_what_is_proposed(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    draft = drafted("Is the base opened?", ("no base", "a base"), ("2026-12-15",))
    seats = new_dossier(folder, "nac", dt.date(2026, 12, 15), draft)
    first, *rest = lines(begun_section(folder, len(seats), draft, read_dossier(folder), 7))
    assert first == f"{folder}/docket.csv was written with 7 steps; run it: foedus replay {folder}"
    assert rest[0] == "status quo: no base (by its words); proposal: a base"
    assert f"made {folder} with 32 members; the claims proposed stand in concepts.csv" in rest


def test_a_change_is_told_with_the_command_that_takes_it_back() -> None:
    found = RowChanged("office", "concepts.csv", {"cues": "old cue"}, {"cues": "new; cues"})
    assert lines(changed_section(found, Path("my case"))) == [
        "office: cues 'old cue' to 'new; cues', in concepts.csv",
        "to take it back: foedus statements 'my case' edit office --set 'cues=old cue'",
        "to read the documents with the new cues: foedus read FILE... --into 'my case'",
    ]
    same = RowChanged("office", "concepts.csv", {}, {})
    assert lines(changed_section(same, Path("case"))) == ["nothing to do: the cells have these values already"]


def test_a_new_name_and_a_written_file_are_told_with_their_numbers() -> None:
    renamed = Renamed("option", "old", "new", "office", {"dossier.yaml": 3, "concepts.csv": 1})
    assert lines(renamed_section(renamed)) == [
        "the option 'old' is called 'new' now, in dossier.yaml (3), concepts.csv (1)"
    ]
    assert lines(exported_section(1, "claim", Path("book.qdc"))) == ["1 claim written to book.qdc"]


def test_an_option_is_told_with_its_days_and_what_they_rest_on() -> None:
    found = OptionDays("office", "a desk", dt.date(2024, 1, 1), None, "a note", "majority", added=True)
    assert lines(option_section(found)) == [
        "'a desk' of office is now an option, on the table since 2024-01-01, decided by majority",
        "  source: a note",
    ]
    assert option_notes(found, Path("case")) == []
    bare = replace(found, source="", added=False, procedure=None)
    assert lines(option_section(bare)) == ["'a desk' of office is on the table since 2024-01-01"]
    [note] = option_notes(bare, Path("case"))
    assert "foedus option case 'a desk' --source" in note
