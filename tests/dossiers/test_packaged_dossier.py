"""The packaged dossier on Tokyo: sound, sourced, and the same after a round trip."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from foedus.base.characters import forbidden
from foedus.base.errors import FoedusError, InputError
from foedus.dossiers import Dossier, copy_packaged, new_dossier, packaged_dossiers, read_dossier, write_dossier
from foedus.evidence import Source


def test_forty_accepted_statements_at_least(tokyo: Dossier) -> None:
    assert sum(statement.status == "accepted" for statement in tokyo.statements) >= 40


def test_five_sources_each_with_the_hash_of_its_bytes(tokyo: Dossier) -> None:
    assert len(tokyo.sources) == 5
    assert all(re.fullmatch(r"[0-9a-f]{64}", source.sha256) for source in tokyo.sources.values())
    assert len({source.sha256 for source in tokyo.sources.values()}) == 5


def test_every_statement_names_its_passage(tokyo: Dossier) -> None:
    assert [s.id for s in tokyo.statements if not re.fullmatch(r"p[1-9]\d*", s.passage)] == []


def test_no_quotation_and_always_a_paraphrase(tokyo: Dossier) -> None:
    assert [s.id for s in tokyo.statements if s.quote or not s.paraphrase] == []


def test_concepts_actors_and_sources_resolve(tokyo: Dossier) -> None:
    assert {s.concept for s in tokyo.statements} <= {c.id for c in tokyo.concepts}
    assert {s.actor for s in tokyo.statements} <= tokyo.world.actors.keys()
    assert {s.source for s in tokyo.statements} <= tokyo.sources.keys()
    assert {c.issue for c in tokyo.concepts} - {""} == {issue.id for issue in tokyo.issues}


def test_ids_are_unique(tokyo: Dossier) -> None:
    ids = [s.id for s in tokyo.statements]
    assert len(ids) == len(set(ids))


def test_only_one_article_had_appeared_before_vilnius(tokyo: Dossier) -> None:
    assert [s.id for s in tokyo.sources.values() if s.known < dt.date(2023, 7, 11)] == ["jt"]


def test_the_questions(tokyo: Dossier) -> None:
    assert [issue.id for issue in tokyo.issues] == ["office", "text", "invitation", "programme"]
    office = tokyo.issue("office")
    assert [(o.label, o.at) for o in office.options] == [
        ("no office", 0),
        ("liaison officer", 33),
        ("programme office", 67),
        ("liaison office", 100),
    ]
    assert [rule.words() for rule in office.additions] == ["consent of JPN"]
    assert tokyo.issue("text").additions == ()
    assert tokyo.issue() is office


def test_an_unknown_issue(tokyo: Dossier) -> None:
    with pytest.raises(FoedusError, match="no issue 'embassy'; the dossier's issues are office, text"):
        tokyo.issue("embassy")


def test_options_and_meetings_by_name(tokyo: Dossier) -> None:
    office = tokyo.issue("office")
    assert office.option(" Liaison Office ").at == 100
    assert office.meeting("vilnius").on == office.meeting("2023-07-11").on == dt.date(2023, 7, 11)
    with pytest.raises(FoedusError, match="more than one meeting '20'"):
        office.meeting("20")
    with pytest.raises(FoedusError, match="no meeting 'Riga'"):
        office.meeting("Riga")
    with pytest.raises(FoedusError, match="no option 'embassy'; its options are 'no office'"):
        office.option("embassy")


@pytest.mark.parametrize(
    ("as_of", "name"),
    [
        ("2022-01-01", "Madrid 2022"),
        ("2022-06-29", "Madrid 2022"),
        ("2022-06-30", "Vilnius 2023"),
        ("2023-07-11", "Vilnius 2023"),
        ("2023-07-12", "Washington 2024"),
        ("2024-07-11", "The Hague 2025"),
    ],
)
def test_the_next_meeting(tokyo: Dossier, as_of: str, name: str) -> None:
    assert tokyo.issue("office").next_meeting(dt.date.fromisoformat(as_of)).name == name


def test_a_meeting_that_was_not_yet_announced_is_not_the_next(tokyo: Dossier) -> None:
    office = tokyo.issue("office")
    hague = next(m for m in office.meetings if m.name == "The Hague 2025")
    only = dataclasses.replace(office, meetings=(hague,))
    assert only.next_meeting(dt.date(2024, 5, 24)) is hague
    with pytest.raises(FoedusError, match="no meeting"):
        only.next_meeting(dt.date(2024, 5, 23))


def test_no_meeting_is_left(tokyo: Dossier) -> None:
    with pytest.raises(
        FoedusError, match="no meeting on or after 2026-01-01: the last, 'The Hague 2025' of 2025-06-24, is past"
    ):
        tokyo.issue("office").next_meeting(dt.date(2026, 1, 1))


def test_the_fingerprint_changes_with_what_is_said_and_not_with_how(tokyo: Dossier, tokyo_copy: Path) -> None:
    assert read_dossier(tokyo_copy).inputs_sha256 == tokyo.inputs_sha256
    changes = {
        "dossier.yaml": ("kappa: {low: 0,", "kappa: {low: 0.01,"),
        "concepts.csv": (",100,0", ",99,0"),
        "sources.csv": ("Gabriel Dominguez", "Someone else"),
        "statements.csv": ("narrated", "direct"),
        "world/actors.csv": ("An Indo-Pacific partner", "Another partner"),
        "world/sources.csv": ("who speaks in them", "who speaks"),
    }
    seen = {tokyo.inputs_sha256}
    for name, (old, new) in changes.items():
        path = tokyo_copy / name
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new, 1), "utf-8")
        seen.add(read_dossier(tokyo_copy).inputs_sha256)
        path.write_text(text, "utf-8")
    assert len(seen) == 1 + len(changes)
    for name in ("stakeholders.csv", "statements.csv"):
        path = tokyo_copy / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (tokyo_copy / "dossier.yaml").write_text((tokyo_copy / "dossier.yaml").read_text("utf-8") + "# mine\n", "utf-8")
    (tokyo_copy / "notes.txt").write_text("mine")
    assert read_dossier(tokyo_copy).inputs_sha256 == tokyo.inputs_sha256


_OF_NO_PLACE = ("folder", "settings_text", "lines")


def test_reading_writing_and_reading_again_loses_nothing(tokyo: Dossier, tmp_path: Path) -> None:
    write_dossier(tokyo, tmp_path / "one")
    once = read_dossier(tmp_path / "one")
    write_dossier(once, tmp_path / "two")
    for field in dataclasses.fields(Dossier):
        if field.name not in _OF_NO_PLACE:
            assert getattr(once, field.name) == getattr(tokyo, field.name), field.name
    assert once.settings_text == tokyo.settings_text
    files = [
        sorted(p.relative_to(tmp_path / n) for p in (tmp_path / n).rglob("*") if p.is_file()) for n in ("one", "two")
    ]
    assert files[0] == files[1]
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files[0])


def test_a_spreadsheet_with_semicolons_and_decimal_commas_changes_nothing(tokyo: Dossier, tokyo_copy: Path) -> None:
    import csv
    import io

    for name in ("statements.csv", "sources.csv", "concepts.csv"):
        rows = list(csv.reader(io.StringIO((tokyo_copy / name).read_text(), newline="")))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerows([[c.replace(".", ",") if re.fullmatch(r"\d+\.\d+", c) else c for c in row] for row in rows])
        (tokyo_copy / name).write_bytes(out.getvalue().encode("utf-8-sig"))
    back = read_dossier(tokyo_copy)
    assert (back.statements, back.sources, back.concepts) == (tokyo.statements, tokyo.sources, tokyo.concepts)


_CHARACTERS = st.characters(codec="utf-8").filter(lambda one: not forbidden(one))
_CELL = st.text(_CHARACTERS, min_size=1, max_size=20).map(str.strip)


_SOURCES = st.builds(
    Source,
    id=st.just("extra"),
    title=_CELL.filter(bool),
    outlet=_CELL.filter(bool),
    note=_CELL,
    reliability=st.floats(0, 1),
    known=st.dates(),
)


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])  # a failing folder is not worth shrinking
@given(extra=_SOURCES)
def test_any_source_survives_a_round_trip(tmp_path_factory: pytest.TempPathFactory, extra: Source) -> None:
    folder = tmp_path_factory.getbasetemp() / "round-trip"
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    write_dossier(dataclasses.replace(dossier, sources={**dossier.sources, "extra": extra}), folder)
    assert read_dossier(folder).sources["extra"] == extra


def test_a_copy_never_overwrites_edits(tmp_path: Path) -> None:
    assert copy_packaged("tokyo-office", tmp_path / "t") == []
    path = tmp_path / "t" / "concepts.csv"
    path.write_text(path.read_text() + "mine,My own claim,,,,\n")
    (tmp_path / "t" / "stakeholders.csv").unlink()
    edited = path.read_bytes()
    assert copy_packaged("tokyo-office", tmp_path / "t") == ["concepts.csv"]
    assert path.read_bytes() == edited
    assert not (tmp_path / "t" / "stakeholders.csv").exists()  # deleting is an edit too


def test_an_interrupted_copy_is_finished(tmp_path: Path) -> None:
    copy_packaged("tokyo-office", tmp_path / "t")
    for name in ("dossier.yaml", "statements.csv"):  # the settings are written last
        (tmp_path / "t" / name).unlink()
    assert copy_packaged("tokyo-office", tmp_path / "t") == []
    assert (tmp_path / "t" / "statements.csv").exists()


def test_a_copy_leaves_another_dossier_alone(tmp_path: Path) -> None:
    new_dossier(tmp_path / "mine", "nac", dt.date(2027, 1, 15))
    before = sorted(path.name for path in (tmp_path / "mine").rglob("*"))
    copy_packaged("tokyo-office", tmp_path / "mine")
    assert sorted(path.name for path in (tmp_path / "mine").rglob("*")) == before


def test_a_copy_into_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(InputError, match="holds other files and no dossier"):
        copy_packaged("tokyo-office", tmp_path)
    with pytest.raises(InputError, match="is a file"):
        copy_packaged("tokyo-office", tmp_path / "thesis.doc")
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_new_dossier_has_everyone_with_a_seat(tmp_path: Path) -> None:
    members = new_dossier(tmp_path / "new", "nac", dt.date(2023, 7, 11))
    dossier = read_dossier(tmp_path / "new")
    assert len(members) == 31
    assert [row.actor for row in dossier.stakeholders] == members
    assert [m.on for m in dossier.issues[0].meetings] == [dt.date(2023, 7, 11)]


def test_a_new_dossier_needs_an_empty_folder_and_a_body_that_exists(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(InputError, match="is not empty"):
        new_dossier(tmp_path, "nac", dt.date(2023, 7, 11))
    with pytest.raises(FoedusError, match="did not exist on 1948-01-01"):
        new_dossier(tmp_path / "new", "nac", dt.date(1948, 1, 1))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "left", [".concepts.csv.foedus-part", ".concepts.csv.7yzfon_9", "documents/.brief-jt.md.foedus-part"]
)
def test_a_copy_that_was_killed_is_made_again_and_leaves_no_temporary_file(tmp_path: Path, left: str) -> None:
    (tmp_path / "t" / "documents").mkdir(parents=True)
    (tmp_path / "t" / left).write_text("half")
    assert copy_packaged("tokyo-office", tmp_path / "t") == []
    assert not (tmp_path / "t" / left).exists()
    (tmp_path / "u").mkdir()
    (tmp_path / "u" / ".thesis.csv.7yzfon_9").write_text("mine")
    with pytest.raises(InputError, match="holds other files"):
        copy_packaged("tokyo-office", tmp_path / "u")


def test_a_new_dossier_that_was_killed_is_made_again(tmp_path: Path) -> None:
    new_dossier(tmp_path / "new", "nac", dt.date(2023, 7, 11))
    whole = {path.name: path.read_bytes() for path in (tmp_path / "new").glob("[!.]*")}
    (tmp_path / "new" / "dossier.yaml").unlink()
    (tmp_path / "new" / ".dossier.yaml.foedus-part").write_text("half")
    new_dossier(tmp_path / "new", "nac", dt.date(2023, 7, 11))
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").glob("[!.]*")} == whole
    (tmp_path / "new" / "dossier.yaml").unlink()
    with (tmp_path / "new" / "sources.csv").open("a") as out:
        out.write("mine,,,,\n")
    with pytest.raises(InputError, match="is not empty"):
        new_dossier(tmp_path / "new", "nac", dt.date(2023, 7, 11))
