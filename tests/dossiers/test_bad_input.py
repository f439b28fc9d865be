"""Bad input, one kind a case: what is said of it, and that nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from foedus.base.errors import InputError, Problem
from foedus.base.files import TEXT_LIMIT
from foedus.cli import main
from foedus.dossiers import read_dossier
from foedus.forecasts import find_gaps

STAKEHOLDERS = (
    "actor,issue,venue,position_low,position_mode,position_high,salience_low,salience_mode,salience_high,"
    "capability_low,capability_mode,capability_high,red_line,words,note,known_on\n"
)


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the only place in a file where some text stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by name; a huge one is known by its size."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if path.stat().st_size < 10**7
        else b"%d" % path.stat().st_size
        for path in files
    }


def checked(folder: Path) -> None:
    """What ``foedus check`` does: read, then look for gaps."""
    find_gaps(read_dossier(folder))


def refusal(folder: Path) -> Problem:
    before = contents(folder)
    with pytest.raises(InputError) as caught:
        checked(folder)
    assert contents(folder) == before
    (problem,) = caught.value.problems
    return problem


def stakeholder(*cells: str) -> str:
    return STAKEHOLDERS + ",".join(cells) + "\n"


ROW = "jt01,jt,p9,,FRA,,,office,-1,,narrated,public,2023-06-20,,,"

CELLS: dict[str, tuple[str, str, str, Problem]] = {
    "a wrong column": (
        "statements.csv",
        ",marking,paraphrase,",
        ",marking,parafrase,",
        Problem("statements.csv", "did you mean 'paraphrase'", "row 1", "heading", "parafrase"),
    ),
    "an unknown actor": (
        "statements.csv",
        ROW,
        ROW.replace("FRA", "France"),
        Problem("statements.csv", "the id of an actor of the world; did you mean FRA", "row 2", "actor", "France"),
    ),
    "an unknown concept": (
        "statements.csv",
        ROW,
        ROW.replace("office", "bureau"),
        Problem("statements.csv", "the id of a row of concepts.csv", "row 2", "concept", "bureau"),
    ),
    "an unknown source": (
        "statements.csv",
        ROW,
        ROW.replace(",jt,", ",jtt,"),
        Problem("statements.csv", "the id of a row of sources.csv", "row 2", "source", "jtt"),
    ),
    "a stance off the scale": (
        "statements.csv",
        ROW,
        ROW.replace("-1", "-2"),
        Problem("statements.csv", "-1, 0 or 1", "row 2", "stance", "-2"),
    ),
    "said after it was known": (
        "statements.csv",
        ROW,
        ROW.replace("2023-06-20", "2023-06-21"),
        Problem("statements.csv", "a day up to 2023-06-20, when it became known", "row 2", "said_on", "2023-06-21"),
    ),
    "over before it was said": (
        "statements.csv",
        ROW,
        ROW.replace("2023-06-20,,,", "2023-06-20,2023-06-20,,"),
        Problem("statements.csv", "a day after 2023-06-20", "row 2", "until", "2023-06-20"),
    ),
    "a statement twice": (
        "statements.csv",
        "jt02,jt,p9,",
        "jt01,jt,p9,",
        Problem("statements.csv", "each id once; it stands in row 2 already", "row 3", "", "jt01"),
    ),
    "a hash that is none": (
        "sources.csv",
        "b12ed108d9513fc131bd37bbb2ace5a963ad044cb0fc2079c6ac21e0f7835205",
        "B12ED108",
        Problem("sources.csv", "64 hexadecimal digits in lower case", "row 2", "sha256", "B12ED108"),
    ),
    "known before it was published": (
        "sources.csv",
        "2023-06-20,2023-06-20",
        "2023-06-21,2023-06-20",
        Problem("sources.csv", "a day from 2023-06-21, the day of publication, on", "row 2", "known", "2023-06-20"),
    ),
    "a document outside the folder": (
        "sources.csv",
        "835205,,public",
        "835205,../../passwords.txt,public",
        Problem("sources.csv", "a file inside documents/", "row 2", "file", "../../passwords.txt"),
    ),
    "a supporter off the scale": (
        "concepts.csv",
        "station in Asia,office,100,0",
        "station in Asia,office,101,0",
        Problem("concepts.csv", "a place on the scale of 'office', from 0 to 100", "row 2", "at_support", "101"),
    ),
    "a concept for an issue that is not there": (
        "concepts.csv",
        "station in Asia,office,100,0",
        "station in Asia,bureau,100,0",
        Problem("concepts.csv", "the id of an issue: office, text", "row 2", "issue", "bureau"),
    ),
    "a concept without its places": (
        "concepts.csv",
        "station in Asia,office,100,0",
        "station in Asia,office,100,",
        Problem(
            "concepts.csv",
            "is blank: where does an opponent stand? 'foedus check DIR --fill' writes 0, the place of 'no office'",
            "row 2",
            "at_oppose",
        ),
    ),
}

HOLDERS: dict[str, tuple[str, Problem]] = {
    "an unknown stakeholder": (
        stakeholder("FRAU", "office"),
        Problem("stakeholders.csv", "did you mean FRA", "row 2", "actor", "FRAU"),
    ),
    "a position off the scale": (
        stakeholder("FRA", "office", "", "", "130"),
        Problem("stakeholders.csv", "a place on the scale of 'office', from 0 to 100", "row 2", "position_mode", "130"),
    ),
    "low above mode": (
        stakeholder("FRA", "office", "", "60", "50", "90"),
        Problem("stakeholders.csv", "at most the mode, 50", "row 2", "position_low", "60"),
    ),
    "high below mode": (
        stakeholder("FRA", "office", "", "", "", "", "", "0.5", "0.4"),
        Problem("stakeholders.csv", "at least the mode, 0.5", "row 2", "salience_high", "0.4"),
    ),
    "low and high without mode": (
        stakeholder("FRA", "office", "", "60", "", "50"),
        Problem("stakeholders.csv", "is blank; a low or high value needs a mode", "row 2", "position_mode"),
    ),
    "a salience above one": (
        stakeholder("FRA", "office", "", "", "", "", "", "1.5"),
        Problem("stakeholders.csv", "a number from 0 to 1", "row 2", "salience_mode", "1.5"),
    ),
    "a stakeholder twice": (
        stakeholder("FRA", "office") + "DEU,office\nFRA,office\n",
        Problem(
            "stakeholders.csv",
            "each actor, issue and venue once; it stands in row 2 already",
            "row 4",
            "",
            "FRA, office, private",
        ),
    ),
    "a red line for a voice without seat": (
        stakeholder("CHN", "office", *[""] * 10, "50"),
        Problem("stakeholders.csv", "no red line: CHN has a voice and no seat", "row 2", "red_line", "50"),
    ),
    "a word and a position": (
        stakeholder("FRA", "office", "", "", "10", *[""] * 8, "opposed"),
        Problem("stakeholders.csv", "a word or a position, not both", "row 2", "words", "opposed"),
    ),
    "a word that is none": (
        stakeholder("FRA", "office", *[""] * 11, "furious"),
        Problem(
            "stakeholders.csv",
            "one of opposed, reluctant, abstains, open, supportive, champion",
            "row 2",
            "words",
            "furious",
        ),
    ),
    "a stakeholder on no issue": (
        stakeholder("FRA", "bureau"),
        Problem("stakeholders.csv", "the id of an issue: office, text", "row 2", "issue", "bureau"),
    ),
}

SETTINGS: dict[str, tuple[str, str, Problem]] = {
    "a meeting in 1948": (
        "- {on: 2022-06-29, name: Madrid 2022, ",
        "- {on: 1948-03-17, name: Brussels 1948, ",
        Problem(
            "dossier.yaml",
            "the North Atlantic Council did not exist on 1948-03-17",
            "line 40",
            "issues.0.meetings.0.on",
            "1948-03-17",
        ),
    ),
    "meetings out of order": (
        "- {on: 2022-06-29, name: Madrid 2022, ",
        "- {on: 2023-12-31, name: Madrid 2022, ",
        Problem("dossier.yaml", "meetings in order of date", "line 41", "issues.0.meetings.1.on", "2023-07-11"),
    ),
    "a newer schema": (
        "foedus: 1\n",
        "foedus: 3\n",
        Problem("dossier.yaml", "2: this dossier was written by a newer Foedus", "line 3", "foedus", "3"),
    ),
    "no schema": (
        "foedus: 1\n",
        "",
        Problem("dossier.yaml", "is missing", "", "foedus"),
    ),
    "an unknown option as status quo": (
        "status_quo: no office",
        "status_quo: nothing",
        Problem(
            "dossier.yaml",
            "the label of an option: no office, liaison officer",
            "line 15",
            "issues.0.status_quo",
            "nothing",
        ),
    ),
    "an unknown option as proposal": (
        "proposal: liaison office\n",
        "proposal: an embassy\n",
        Problem(
            "dossier.yaml",
            "the label of an option: no office, liaison officer",
            "line 33",
            "issues.0.proposal",
            "an embassy",
        ),
    ),
    "the status quo as proposal": (
        "proposal: liaison office\n",
        "proposal: no office\n",
        Problem("dossier.yaml", "an option other than the status quo", "line 33", "issues.0.proposal", "no office"),
    ),
    "an option off the scale": (
        "at: 33\n",
        "at: 133\n",
        Problem("dossier.yaml", "a place on the scale from 0 to 100", "line 23", "issues.0.options.1.at", "133"),
    ),
    "two options in one place": (
        "at: 33\n",
        "at: 0\n",
        Problem("dossier.yaml", "a place where no other option stands", "line 23", "issues.0.options.1.at", "0"),
    ),
    "the consent of a member": (
        "- consent_of: JPN",
        "- consent_of: FRA",
        Problem(
            "dossier.yaml",
            "an actor without a seat in the North Atlantic Council",
            "line 35",
            "issues.0.rule_additions.0.consent_of",
            "FRA",
        ),
    ),
    "the consent of nobody": (
        "- consent_of: JPN",
        "- consent_of: Japan",
        Problem(
            "dossier.yaml",
            "the id of an actor of the world; did you mean JPN",
            "line 35",
            "issues.0.rule_additions.0.consent_of",
            "Japan",
        ),
    ),
    "an unknown body": (
        "body: nac\n    # The options",
        "body: nacc\n    # The options",
        Problem(
            "dossier.yaml", "no body 'nacc'; did you mean 'nac' (North Atlantic Council)?", "line 12", "issues.0.body"
        ),
    ),
    "a key that is not known": (
        "proposal: liaison office\n",
        "proposal: liaison office\n    colour: red\n",
        Problem("dossier.yaml", "no such key here", "line 34", "issues.0.colour", "red"),
    ),
    "a prior out of order": (
        "position: {low: 30, mode: 70, high: 100}",
        "position: {low: 30, mode: 20, high: 100}",
        Problem(
            "dossier.yaml", "low, mode, high in this order; found 30, 20, 100", "line 46", "issues.0.priors.position"
        ),
    ),
    "a prior off the scale": (
        "position: {low: 30, mode: 70, high: 100}",
        "position: {low: 30, mode: 70, high: 110}",
        Problem(
            "dossier.yaml", "places on the scale from 0 to 100", "line 46", "issues.0.priors.position", "30 to 110"
        ),
    ),
    "an unknown voice": (
        "voices: [JPN, CHN, SWE, nato]",
        "voices: [JPN, CHN, SWEE, nato]",
        Problem(
            "dossier.yaml", "the id of an actor of the world; did you mean SWE", "line 68", "issues.1.voices.2", "SWEE"
        ),
    ),
    "a page on a meeting that is not there": (
        "as_of: 2023-07-10, on: Vilnius 2023",
        "as_of: 2023-07-10, on: Riga 2006",
        Problem("dossier.yaml", "no meeting 'Riga 2006'", "line 142", "pages.0.on"),
    ),
    "a half-life of no days": (
        "foedus: 1\n",
        "foedus: 1\nevidence: {half_life_days: 0}\n",
        Problem("dossier.yaml", "a number above 0", "line 4", "evidence.half_life_days", "0"),
    ),
    "tau out of range": (
        "tau: {low: 0.5, mode: 0.6, high: 0.9,",
        "tau: {low: 0.5, mode: 0.6, high: 1.9,",
        Problem("dossier.yaml", "a number of at least 0.5 and below 1", "line 130", "assumptions.tau", "0.5 to 1.9"),
    ),
    "an unknown assumption": (
        "  tau: {",
        "  tauu: {",
        Problem("dossier.yaml", "tau", "line 130", "assumptions", "tauu"),
    ),
    "a day that no calendar has": (
        "- {on: 2025-06-24, name",
        "- {on: 2025-06-31, name",
        Problem("dossier.yaml", "a day that the calendar has", "line 43", "", "2025-06-31"),
    ),
}


def assert_told(found: Problem, told: Problem) -> None:
    assert (found.file, found.where, found.field) == (told.file, told.where, told.field)
    assert told.expected in found.expected
    if told.value is not None:
        assert found.value == told.value


@pytest.mark.parametrize("case", CELLS)
def test_a_bad_cell(tokyo_copy: Path, case: str) -> None:
    file, old, new, told = CELLS[case]
    spoil(tokyo_copy, file, old, new)
    assert_told(refusal(tokyo_copy), told)


@pytest.mark.parametrize("case", HOLDERS)
def test_a_bad_stakeholder(tokyo_copy: Path, case: str) -> None:
    text, told = HOLDERS[case]
    (tokyo_copy / "stakeholders.csv").write_text(text)
    assert_told(refusal(tokyo_copy), told)


@pytest.mark.parametrize("case", SETTINGS)
def test_bad_settings(tokyo_copy: Path, case: str) -> None:
    old, new, told = SETTINGS[case]
    path = tokyo_copy / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert_told(refusal(tokyo_copy), told)


def bomb(folder: Path) -> None:
    lines = ["foedus: 1", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (folder / "dossier.yaml").write_text("\n".join(lines))


def oversize(folder: Path) -> None:
    with (folder / "statements.csv").open("ab") as stream:
        stream.truncate(TEXT_LIMIT + 1)


FILES: dict[str, tuple[Callable[[Path], object], Problem]] = {
    "no dossier.yaml": (
        lambda folder: (folder / "dossier.yaml").unlink(),
        Problem("dossier.yaml", "the file is missing; 'foedus new DIR'"),
    ),
    "an empty dossier.yaml": (
        lambda folder: (folder / "dossier.yaml").write_text(""),
        Problem("dossier.yaml", "expected a mapping of keys to values at the top level"),
    ),
    "a picture as statements.csv": (
        lambda folder: (folder / "statements.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        Problem("statements.csv", "found a binary file", "line 1"),
    ),
    "a folder as statements.csv": (
        lambda folder: ((folder / "statements.csv").unlink(), (folder / "statements.csv").mkdir()),
        Problem("statements.csv", "a file inside the dossier: it is a folder"),
    ),
    "statements.csv in another encoding": (
        lambda folder: (folder / "statements.csv").write_bytes(
            (folder / "statements.csv").read_text("utf-8").encode("latin-1", "replace")
        ),
        Problem("statements.csv", "expected text in UTF-8; save it as UTF-8", "line 72"),
    ),
    "an empty statements.csv": (
        lambda folder: (folder / "statements.csv").write_text(""),
        Problem("statements.csv", "is empty; expected a heading row: id,source,passage,"),
    ),
    "a bomb of aliases": (
        bomb,
        Problem("dossier.yaml", "anchors and aliases (&name, *name) are not accepted", "line 2"),
    ),
    "a table over the limit": (oversize, Problem("statements.csv", "at most 64 MB are read")),
}


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file(tokyo_copy: Path, case: str) -> None:
    damage, told = FILES[case]
    damage(tokyo_copy)
    found = refusal(tokyo_copy)
    assert Path(found.file).name == told.file
    assert told.expected in found.expected
    if case != "statements.csv in another encoding":
        assert (found.where, found.field, found.value) == (told.where, told.field, told.value)
    else:
        assert re.fullmatch(r"line \d+", found.where)


def test_no_folder_and_a_file_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such folder; 'foedus new .*none' makes a dossier"):
        read_dossier(tmp_path / "none")
    for near in ("nature-law", "nature-lw-2024"):
        with pytest.raises(InputError, match=r"did you mean the packaged dossier nature-law-2024\?"):
            read_dossier(near)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file; name the folder that holds"):
        read_dossier(tmp_path / "file")


def test_every_error_between_the_tables_at_once(tokyo_copy: Path) -> None:
    spoil(tokyo_copy, "statements.csv", ROW, ROW.replace("FRA", "FRAU").replace("2023-06-20", "2023-06-21"))
    spoil(tokyo_copy, "concepts.csv", "station in Asia,office,100,0", "station in Asia,office,101,-1")
    (tokyo_copy / "stakeholders.csv").write_text(stakeholder("CHN", "office", *[""] * 10, "50"))
    with pytest.raises(InputError) as caught:
        read_dossier(tokyo_copy)
    assert [(p.file, p.where, p.field) for p in caught.value.problems] == [
        ("concepts.csv", "row 2", "at_support"),
        ("concepts.csv", "row 2", "at_oppose"),
        ("stakeholders.csv", "row 2", "red_line"),
        ("statements.csv", "row 2", "actor"),
        ("statements.csv", "row 2", "said_on"),
    ]


def test_a_document_whose_bytes_have_changed(tokyo_copy: Path) -> None:
    spoil(tokyo_copy, "sources.csv", "835205,,public", "835205,jt.txt,public")
    (tokyo_copy / "documents").mkdir(exist_ok=True)
    (tokyo_copy / "documents" / "jt.txt").write_text("another text")
    assert_told(refusal(tokyo_copy), Problem("sources.csv", "its bytes have changed", "row 2", "file", "jt.txt"))


def test_a_document_with_a_name_that_no_file_system_takes(tokyo_copy: Path) -> None:
    (tokyo_copy / "documents").mkdir(exist_ok=True)
    spoil(tokyo_copy, "sources.csv", "835205,,public", f"835205,{'x' * 300},public")
    fields = []
    try:
        read_dossier(tokyo_copy)  # as good as a document that is not there
    except InputError as error:
        fields = [problem.field for problem in error.problems]
    assert fields in ([], ["file"])


@pytest.mark.parametrize("place", ["foedus: 1\n", "at: 33\n"])
def test_a_number_too_long_to_print(tokyo_copy: Path, place: str) -> None:
    key = place.partition(":")[0]
    path = tokyo_copy / "dossier.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(place, f"{key}: 0x{'f' * 5000}\n", 1), encoding="utf-8")
    assert refusal(tokyo_copy).file == "dossier.yaml"


def test_true_is_not_version_one(tokyo_copy: Path) -> None:
    spoil(tokyo_copy, "dossier.yaml", "foedus: 1\n", "foedus: true\n")
    assert refusal(tokyo_copy).field == "foedus"


def test_labels_that_differ_in_case_alone_are_the_same(tokyo_copy: Path) -> None:
    """Options are looked up without regard to case, so two such labels could not be told apart."""
    spoil(tokyo_copy, "dossier.yaml", "- label: programme office\n", "- label: Liaison Office\n")
    problem = refusal(tokyo_copy)
    assert problem.field in {"issues.0.options.2.label", "issues.0.options.3.label"}


def test_an_assumption_out_of_order_is_told_once_in_plain_words(tokyo_copy: Path) -> None:
    spoil(tokyo_copy, "dossier.yaml", "kappa: {low: 0, mode: 0.3, high: 1,", "kappa: {low: 0, mode: 3, high: 1,")
    assert_told(
        refusal(tokyo_copy),
        Problem("dossier.yaml", "low, mode, high in this order; found 0, 3, 1", "line 129", "assumptions.kappa"),
    )


# Through the command.


Check = Callable[[Path], SimpleNamespace]


@pytest.fixture
def run_check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Run ``foedus check`` in this process."""

    def run(folder: Path) -> SimpleNamespace:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["check", str(folder)])
        told = capsys.readouterr()
        return SimpleNamespace(returncode=left.value.code or 0, stdout=told.out, stderr=told.err)

    return run


def test_the_command_on_a_sound_dossier(run_check: Check, tokyo_copy: Path) -> None:
    before = contents(tokyo_copy)
    done = run_check(tokyo_copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(tokyo_copy) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "statements.csv",
            ROW,
            ROW.replace("FRA", "Frence"),
            r"statements\.csv, row 2, actor: 'Frence', expected .*did you mean FRA",
        ),
        (
            "dossier.yaml",
            "foedus: 1\n",
            "foedus: 9\n",
            r"dossier\.yaml, line 3, foedus: '9', expected 2: .* newer Foedus",
        ),
        (
            "dossier.yaml",
            "high: 0.9, note",
            "high: 1.9, note",
            r"dossier\.yaml, .*assumptions\.tau: '0\.5 to 1\.9', expected a number",
        ),
    ],
)
def test_the_command_refuses_with_status_2(
    run_check: Check, tokyo_copy: Path, file: str, old: str, new: str, message: str
) -> None:
    spoil(tokyo_copy, file, old, new)
    before = contents(tokyo_copy)
    done = run_check(tokyo_copy)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.search(message, done.stderr)
    assert "Traceback" not in done.stderr
    assert contents(tokyo_copy) == before


def test_the_command_without_a_dossier(run_check: Check, tmp_path: Path) -> None:
    done = run_check(tmp_path)
    assert done.returncode == 2
    assert "dossier.yaml: the file is missing" in done.stderr
    assert list(tmp_path.iterdir()) == []
