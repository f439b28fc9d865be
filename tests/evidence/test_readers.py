"""Reading: every format, every encoding, and files that mean harm."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.documents import Document, Refusal, passage_id
from foedus.evidence.readers import document_of, limits, read_documents
from foedus.evidence.readers.apart import read_apart
from foedus.evidence.readers.encodings import decode

STORY = (
    "A Harbour for the Northern League\n\nBy Ana Lind and Bo Berg\n\n12 March 2021\n\n"
    "The council met on Monday and said that the harbour was not on its list.\n\n"
    "\u201cWe have other plans,\u201d the chair told reporters.\n\nLeave a Reply\n\n4 + 3 =\n"
)
PAGE = """<html><head><title>A Harbour for the League</title><meta name="author" content="Ana Lind">
<meta property="og:site_name" content="The Northern Post"><meta property="article:published_time" content="2021-03-12">
</head><body><nav>Home News Sport</nav><article><h1>A Harbour for the League</h1>
<p>The council met on Monday and said that the harbour was not on its list, which surprised the press.</p>
<p>Its chair told reporters that other plans would be heard first, and that nobody had asked for a vote so far.</p>
</article><footer>Share this page</footer></body></html>"""


def make_pdf(lines: list[str], *, kids: str = "[3 0 R]") -> bytes:
    """Return a PDF of one page, written by hand."""
    words = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {words} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count 1 >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 7 0 R >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Title (A Harbour) /Author (Ana Lind) /CreationDate (D:20210312090000Z) >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 6 0 R >> >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 8\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 8 /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def make_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "A Harbour", "Ana Lind"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def test_plain_text_keeps_its_offsets_and_sets_furniture_aside() -> None:
    document = document_of("story.txt", STORY.encode())
    assert document.text == STORY
    assert (document.title, document.author) == ("A Harbour for the Northern League", "Ana Lind; Bo Berg")
    assert (str(document.published), document.language) == ("2021-03-12", "en")
    assert [one.furniture for one in document.passages] == [
        *("title", "byline", "", "", "", "reply form", "sum to solve"),
    ]
    assert [one.place for one in document.body] == ["p3", "p4", "p5"]
    assert all(STORY[one.start : one.end] == STORY[one.start : one.end].strip() for one in document.passages)
    assert document.passage_at(STORY.index("other plans")).place == "p5"


def test_a_passage_has_one_id_wherever_it_stands() -> None:
    first = document_of("a.txt", b"One passage.\nThe other passage is here.")
    second = document_of("b.txt", "Before.\r\n\r\nThe  other\u00a0passage is here.\r\n".encode())
    assert first.passages[1].id == second.passages[1].id == passage_id("The other passage is here.")
    assert first.passages[0].id != first.passages[1].id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso8859-2"])
def test_encodings(encoding: str) -> None:
    text = (
        "Der Präsident erklärte, dass Österreich über die Größe des Büros später entscheide. "
        "Für die Länder wäre es schön, hörte man häufig; natürlich müsse man zunächst prüfen.\n"
    ) * 4
    assert decode(text.encode(encoding)).text == text


@given(st.text(max_size=300))
def test_utf8_is_read_as_it_stands(text: str) -> None:
    text = text.replace("\0", "").lstrip("\ufeff")
    assert decode(text.encode("utf-8", "ignore")).text == text.encode("utf-8", "ignore").decode()


def test_markdown_loses_its_markup_and_gives_its_front_matter() -> None:
    data = b"---\ntitle: A Harbour\nauthor: Ana Lind\ndate: 2021-03-12\n---\n# Harbour\n\nThe **council** met\nin [town](http://x.y).\n"
    document = document_of("story.md", data)
    assert document.text.strip() == "Harbour\n\nThe council met in town."
    assert (document.title, document.author, str(document.published)) == ("A Harbour", "Ana Lind", "2021-03-12")


def test_html_gives_the_main_text_and_what_the_page_says_of_itself() -> None:
    document = document_of("story.html", PAGE.encode())
    assert "harbour was not on its list" in document.text
    assert "Share this page" not in document.text
    assert (document.author, document.outlet, str(document.published)) == (
        *("Ana Lind", "The Northern Post", "2021-03-12"),
    )
    assert document.title.startswith("A Harbour")


def test_pdf_and_word() -> None:
    pdf = document_of("story.pdf", make_pdf(["The council met on Monday.", "It voted later."]))
    assert "The council met on Monday." in pdf.text
    assert (pdf.title, pdf.author) == ("A Harbour", "Ana Lind")
    assert pdf.published is None  # its properties give the day on which the file was made, not that of publication
    word = document_of("story.docx", make_docx("The council met.", "It voted later."))
    assert word.text == "The council met.\nIt voted later."
    assert (word.title, word.author) == ("A Harbour", "Ana Lind")


def test_folders_and_archives_are_walked_and_the_same_bytes_are_given_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b.txt").write_text("The second text of the folder is this.")
    (tmp_path / "a.txt").write_text("The first text of the folder is this.")
    (tmp_path / ".hidden.txt").write_text("No.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "c.zip").write_bytes(
        make_zip(a__txt=b"The first text of the folder is this.", d__md=b"# Third\n\nText.")
    )
    found = list(read_documents([tmp_path, tmp_path / "a.txt"]))
    assert [Path(one.name).name for one in found] == ["a.txt", "d.md", "b.txt"]
    assert all(isinstance(one, Document) for one in found)


def bomb() -> bytes:
    return make_zip(big__txt=b"a" * (8 * 2**20))


def declared_bomb() -> bytes:
    """A zip whose directory says less than it holds."""
    data = bytearray(make_zip(big__txt=b"a" * (3 * 2**20)))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.zip", bomb(), "zip bomb"),
        ("bomb.docx", bomb(), "zip bomb"),
        ("broken.zip", b"PK\x03\x04nothing", "zip"),
        ("broken.docx", b"PK\x03\x04nothing", "no sound Word document"),
        ("nested.zip", make_zip(inner__zip=make_zip(a__txt=b"a")), "inside an archive"),
        ("loop.pdf", make_pdf(["x"], kids="[2 0 R]"), "loops|no sound PDF"),
        ("no.pdf", b"hello", "is no PDF"),
        ("cut.pdf", make_pdf(["hello"])[:200], "no sound PDF|holds no text"),
        ("scan.pdf", make_pdf([""]), "holds no text"),
        ("line.txt", b"a" * (limits.LONGEST_LINE + 1), "line 1 has 2,000,001 characters"),
        ("binary.txt", b"\x00\x01\x02\xff" * 50, "no text"),
        ("empty.txt", b" \n ", "holds no text"),
        ("deep.html", b"<div>" * 100_000, "nests elements deeper|no article"),
        ("menu.html", b"<html><body></body></html>", "no article"),
        ("table.xls", b"x", "of no format that is read"),
    ],
)
def test_what_means_harm_is_refused_by_name_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("The council met and said no.")
    found = list(read_documents([tmp_path / name, tmp_path / "good.txt"]))
    assert [type(one) for one in found] == [Refusal, Document]
    assert name in found[0].name
    assert any(part in found[0].reason for part in reason.split("|")), found[0].reason


def test_a_zip_that_understates_its_size_is_not_unpacked_beyond_it(tmp_path: Path) -> None:
    (tmp_path / "liar.zip").write_bytes(declared_bomb())
    [found] = read_documents([tmp_path / "liar.zip"])
    assert isinstance(found, Refusal) or len(found.text) <= 100


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.evidence.readers.limits.LARGEST_FILE", 100)
    (tmp_path / "large.txt").write_text("a" * 101)
    [found] = read_documents([tmp_path / "large.txt"])
    assert isinstance(found, Refusal)
    assert "at most 0 MB are read" in found.reason


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(ValueError, match="given up after 0 seconds"):
        read_apart(".pdf", make_pdf(["hello"]), seconds=0.0)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    [found] = read_documents([tmp_path / "none.txt"])
    assert str(found) == f"{tmp_path / 'none.txt'}: the file is missing"


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".docx", ".zip"]))
def test_no_bytes_break_the_reader(data: bytes, suffix: str) -> None:
    try:
        document = document_of(f"x{suffix}", data)
    except ValueError:
        return
    for passage in document.passages:
        assert document.text[passage.start : passage.end].strip()


def test_deflate_streams_of_a_pdf_are_read() -> None:
    plain = make_pdf(["Compressed words."])
    body = plain[plain.index(b"stream\n") + 7 : plain.index(b"\nendstream")]
    packed = zlib.compress(body)
    data = plain.replace(
        b"<< /Length %d >>" % len(body), b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
    ).replace(body, packed)
    assert "Compressed words." in document_of("x.pdf", data).text


def test_fields_at_the_head_of_a_plain_text_name_it_and_are_not_coded() -> None:
    words = (
        "Title: ASEAN ministers split over Myanmar seat\nSource: BenarNews\nAuthor: Ana Lind\nDate: 14 October 2021\n\n"
        "Malaysia said on Thursday that the general should stay away.\n"
    )
    read = document_of("note.txt", words.encode())
    assert (read.title, read.author, read.outlet) == (
        "ASEAN ministers split over Myanmar seat",
        "Ana Lind",
        "BenarNews",
    )
    assert str(read.published) == "2021-10-14"
    coded = [read.text[one.start : one.end] for one in read.passages if not one.furniture]
    assert coded == ["Malaysia said on Thursday that the general should stay away."]
    assert read.text == words


def test_a_line_by_itself_is_the_text_and_no_title() -> None:
    line = "Norway said that the liaison office in Tokyo should open"
    alone = document_of("note.txt", line.encode())
    assert (alone.title, [one.furniture for one in alone.passages]) == ("", [""])
    headed = document_of("note.txt", f"{line}\n\nThe minister met reporters on Monday.".encode())
    assert headed.title == line


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 200_000 + "b\n",
        "# a" + " #" * 100_000 + "b\n",
        "<!--" * 50_000,
        "```\n" * 1 + "\n``" * 50_000,
        "- " * 50_000 + "x",
        "[" * 50_000,
        "**a" * 20_000,
        " " * 100_000 + "x",
    ],
)
def test_the_time_for_markdown_grows_with_the_text(text: str) -> None:
    assert document_of("x.md", text.encode()).text  # a pattern that backtracks takes minutes


def test_code_and_comments_of_markdown_are_taken_out() -> None:
    text = b"# A heading #\n\nOne.\n\n```\ncode\n```\n\n<!-- no -->Two.\n\n## Sub\n```x\n"
    assert document_of("x.md", text).text.split() == ["A", "heading", "One.", "Two.", "Sub", "```x"]


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_word(body: str, notes: str = "") -> bytes:
    """Return a Word document from the XML of its body and its footnotes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
        if notes:
            archive.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{_WORD}">{notes}</w:footnotes>')
    return out.getvalue()


def run_of(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_word_is_read_as_accepted() -> None:
    body = (
        f"<w:p>{run_of('It should ')}<w:ins>{run_of('not ')}</w:ins>"
        f"<w:del><w:r><w:delText>surely </w:delText></w:r></w:del><w:moveFrom>{run_of('soon ')}</w:moveFrom>"
        f"{run_of('open')}<w:moveTo>{run_of(' now')}</w:moveTo>{run_of('.')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run_of('A cell.')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run_of('A cell that is gone.')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:sdt><w:sdtContent><w:p>{run_of('A control.')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run_of('Before a box.')}<w:r><w:pict><w:txbxContent><w:p>{run_of('In the box.')}</w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run_of('Joined ')}</w:p><w:p>{run_of('lines.')}</w:p>"
    )
    notes = f"<w:footnote w:type='separator'><w:p/></w:footnote><w:footnote><w:p>{run_of('A note.')}</w:p></w:footnote>"
    assert document_of("x.docx", make_word(body, notes)).text.split("\n") == [
        *(
            "It should not open now.",
            "A cell.",
            "A control.",
            "Before a box.",
            "In the box.",
            "Joined lines.",
            "A note.",
        ),
    ]


def test_a_cell_said_to_span_two_thousand_million_columns_takes_no_memory() -> None:
    body = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>"
        f"<w:p>{run_of('Norway')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert document_of("x.docx", make_word(body)).text == "Norway"


def test_struck_words_are_left_out_and_tables_kept() -> None:
    page = PAGE.replace("was not on", "was <del class='x'>nev<b>er</b></del><s>not</S > on").replace(
        "</article>",
        "<table><tr><td>Ten</td><td>A cell of the table says that it should open.</td></tr></table></article>",
    )
    text = document_of("x.html", page.encode()).text
    assert "was on its list" in " ".join(text.split())
    assert "A cell of the table" in text


def test_control_characters_do_not_enter_a_document() -> None:
    document = document_of("x.txt", "A \x1b[31mharbour\x07 for all of us\u2028It was said.\x85Later.\n".encode())
    assert not {"\x1b", "\x07", "\u2028", "\x85"} & set(document.text + document.title)
    assert [document.text[one.start : one.end] for one in document.passages][1:] == ["It was said.", "Later."]


def test_a_stray_byte_leaves_the_rest_in_utf8() -> None:
    data = "Norway’s minister said: “We support it – fully”.".encode() + b" Caf\xe9."
    assert decode(data).text == "Norway’s minister said: “We support it – fully”. Caf\ufffd."
    assert decode("Norway’s view".encode() + b" \x96 none").text == "Norway’s view \ufffd none"


def test_a_name_that_is_not_utf8_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(odd)).write_text("Italy said no.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (tmp_path / "good.txt").write_text("The council met and said no.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = {Path(one.name).name: one for one in read_documents([tmp_path])}
    assert {name for name, one in found.items() if isinstance(one, Refusal)} == {
        *("caf\\xe9.txt", "pipe.txt", "loop.txt"),
    }
    assert isinstance(found["good.txt"], Document)
