"""Documents as they come into a dossier: batches, other languages, old readings, encodings, days of two readings."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from foedus.base.days import parse_day
from foedus.base.hashes import sha256
from foedus.base.tables import render_table
from foedus.cli import main
from foedus.coding.intake import Wishes, coder_for_other_languages, read_into
from foedus.dossiers import read_dossier
from foedus.dossiers.texts import stored_documents
from foedus.evidence import Source, Statement
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coders import Coded
from foedus.evidence.documents import Document
from foedus.evidence.guard import guard

DAY = parse_day("2024-07-10")
WISHES = Wishes(known=DAY)
MORE = " ".join(
    f"The ministers spoke about {what} for an hour." for what in ("fish", "the weather", "trains", "a lake")
)
OSLO = f"Norway said on Monday that the liaison office in Tokyo should open, and that it would not say so again. {MORE}"
ROME = "Italy opposes the liaison office in Tokyo, its minister said in Rome, and others would come to do so too."
BATCH = "\n".join(
    f"Title: {title}\nDate: {day}\nSource: {outlet}\n{text}\n"
    for title, day, outlet, text in (
        ("Oslo agrees", "5 June 2023", "Aftenposten", OSLO),
        ("Oslo says yes", "6 June 2023", "E24", OSLO),
        ("Oslo agrees", "5 June 2023", "Aftenposten", OSLO),
        ("Rome does not", "03/04/2023", "La Stampa", ROME),
    )
)
POLISH = "Premier Polski powiedział, że biuro łącznikowe w Tokio nie powinno zostać otwarte przed szczytem."


@dataclasses.dataclass(frozen=True)
class Polyglot:
    """A coder that reads any language, and finds Poland against the office."""

    name: str = "lm:polyglot"
    sends: bool = False

    def code(self, document: Document, *_args: object, **_options: object) -> Coded:
        first = document.body[0]
        words = document.text[first.start : first.end]
        one = Candidate(
            document=document.id, passage=first.place, passage_id=first.id, start=first.start, end=first.end,
            quote=words, actor="POL", person="", office="", concept="office", stance=-1, condition="", kind="indirect",
            venue="public", said_on=None, known_on=None, reporter="", certainty=0.8, rule="answer", hedged=False,
            prediction=False, doubts=(),
        )  # fmt: skip
        return Coded((one,))


def test_a_batch_becomes_one_source_an_article_and_duplicates_count_once(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "press.txt").write_text(BATCH)
    intake = read_into(empty, [tmp_path / "press.txt"])
    dossier = read_dossier(empty)
    assert [(one.source, one.status, one.original) for one in intake.documents] == [
        ("press-1", "new", ""),
        ("press-2", "new", "press-1"),
        ("press-1", "same text", ""),
        ("press-4", "new", ""),
    ]
    assert {(one.id, one.outlet, str(one.known)) for one in dossier.sources.values()} == {
        ("press-1", "Aftenposten", "2023-06-05"),
        ("press-2", "E24", "2023-06-06"),
        ("press-4", "La Stampa", "2023-04-03"),
    }
    assert {(one.source, one.actor, one.stance) for one in dossier.statements} == {
        ("press-1", "NOR", 1),
        ("press-4", "ITA", -1),
    }
    guard(dossier.statements, stored_documents(empty, dossier.sources.values()))
    before = (empty / "sources.csv").read_text(), (empty / "statements.csv").read_text()
    again = read_into(empty, [tmp_path / "press.txt"])
    assert {one.status for one in again.documents} == {"known", "same text"}
    assert ((empty / "sources.csv").read_text(), (empty / "statements.csv").read_text()) == before


def test_another_language_is_coded_by_whoever_reads_it_or_named_with_what_to_do(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "pl.txt").write_text(POLISH)
    (tmp_path / "en.txt").write_text(OSLO)
    alone = read_into(empty, [tmp_path / "pl.txt", tmp_path / "en.txt"], WISHES)
    [told, _] = alone.documents
    assert told.uncoded.startswith("the text is in Polish, which the coder rules does not read")
    assert "FOEDUS_LM_MODEL" in told.uncoded
    both = read_into(empty, [tmp_path / "pl.txt", tmp_path / "en.txt"], dataclasses.replace(WISHES, other=Polyglot()))
    assert [(one.source, one.status, one.coder) for one in both.documents] == [
        ("pl", "coded again", "lm:polyglot"),
        ("en", "known", ""),
    ]
    dossier = read_dossier(empty)
    assert {(one.actor, one.stance, one.coder) for one in dossier.statements} == {
        ("NOR", 1, "rules"),
        ("POL", -1, "lm:polyglot"),
    }
    assert [one.coded.split(" ")[0] for one in dossier.sources.values()] == ["lm:polyglot", "rules"]


def test_a_language_model_that_is_named_and_cannot_be_used_is_told(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_LM_MODEL", "some-model")
    monkeypatch.setenv("FOEDUS_LM_CACHE", str(tmp_path / "nowhere"))
    monkeypatch.setattr("foedus.evidence.language_model._installed", lambda: False)
    (tmp_path / "pl.txt").write_text(POLISH)
    wishes = dataclasses.replace(WISHES, other=coder_for_other_languages())
    [told] = read_into(empty, [tmp_path / "pl.txt"], wishes).documents
    assert told.uncoded == "the coder lm is an extra that is not installed; install it with: pip install 'foedus[lm]'"
    monkeypatch.delenv("FOEDUS_LM_MODEL")
    assert coder_for_other_languages() is None


def test_a_marked_batch_is_sent_to_nobody(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "press.txt").write_text(BATCH)
    wishes = dataclasses.replace(WISHES, coder=Polyglot(sends=True), marking="restricted")
    intake = read_into(empty, [tmp_path / "press.txt"], wishes)
    assert intake.statements == ()
    assert all("nothing of it was sent" in one.uncoded for one in intake.documents if one.status == "new")


def test_what_an_earlier_version_read_line_by_line_keeps_its_passages(empty: Path, tmp_path: Path) -> None:
    text = (
        "A note on the plan\n\nNorway said that the liaison office in Tokyo should\nopen, and that it\nwould say so.\n"
    )
    (empty / "documents").mkdir()
    (empty / "documents" / "old.txt").write_text(text)
    sha = sha256(text.encode())
    source = Source(id="old", title="Old", outlet="x", known=DAY, sha256=sha, file="old.txt")
    statement = Statement(
        id="old-1", source="old", passage="p4", quote="would say so", actor="NOR", concept="office", stance=1,
        kind="indirect", venue="public", said_on=DAY, coder="me",
    )  # fmt: skip
    (empty / "sources.csv").write_text(render_table(Source, [source]))
    (empty / "statements.csv").write_text(render_table(Statement, [statement]))
    read_into(empty, [empty / "documents" / "old.txt"], WISHES)
    dossier = read_dossier(empty)
    guard(dossier.statements, stored_documents(empty, dossier.sources.values()))
    assert not (empty / "documents" / "old.txt.txt").exists()
    assert {one.passage for one in dossier.statements} >= {"p4"}


def test_the_encoding_and_the_language_that_the_user_names(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pl.txt").write_bytes(POLISH.encode("cp1250"))
    with pytest.raises(SystemExit) as end:
        main(["read", str(tmp_path / "pl.txt"), "--into", str(empty), "--known", "2024-07-10"])
    assert end.value.code in (0, None)
    out = " ".join(capsys.readouterr().out.split())
    assert "To be checked" in out
    assert "pl: its encoding is not stated and was taken for cp1250 (Polish); --encoding NAME decides" in out
    [source] = read_dossier(empty).sources.values()
    assert "taken for cp1250" in source.note
    with pytest.raises(SystemExit):
        main(["read", str(tmp_path / "pl.txt"), "--into", str(empty), "--encoding", "iso8859-2"])
    assert (empty / "documents" / "pl.txt.txt").read_text() == POLISH.encode("cp1250").decode("iso8859-2")
    [source] = read_dossier(empty).sources.values()
    assert source.note == ""
    with pytest.raises(SystemExit) as end:
        main(["read", str(tmp_path / "pl.txt"), "--into", str(empty), "--encoding", "martian"])
    assert end.value.code == 2
    assert "no encoding 'martian'; there are utf-8, cp1250" in capsys.readouterr().err
    settings = empty / "dossier.yaml"
    settings.write_text(settings.read_text().replace("foedus: 1\n", "foedus: 1\nlanguage: cs\n", 1))
    (tmp_path / "short.txt").write_text("Norway to veto a Tokyo office.")
    assert read_into(empty, [tmp_path / "short.txt"], Wishes(coder=Polyglot())).documents[0].language == "cs"


def test_a_day_of_two_readings_is_mended_by_the_user(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(f"A note on the plan\n\n03/04/2023\n\n{OSLO}\n")
    intake = read_into(empty, [tmp_path / "note.txt"], Wishes(coder=Polyglot()))
    [told] = intake.documents
    assert (str(told.day), told.dated) == ("2023-04-03", False)
    assert told.doubts == ("its day 03/04/2023 is 4 March 2023 or 3 April 2023; --published DAY decides",)
    read_into(empty, [tmp_path / "note.txt"], Wishes(coder=Polyglot(), published=parse_day("2023-03-04")))
    [source] = read_dossier(empty).sources.values()
    assert (str(source.published), str(source.known), source.note) == ("2023-03-04", "2023-03-04", "")
