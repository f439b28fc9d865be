"""The workbench over a socket, as a browser reaches it: who is let in, and what every page does to the files."""

from __future__ import annotations

import dataclasses
import html
import http.client
import json
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import foedus
from foedus.base.days import parse_day
from foedus.base.wording import percent
from foedus.cases.case import case_of
from foedus.coding.deciding import Who, add
from foedus.coding.journal import read_journal
from foedus.dossiers import packaged_dossiers
from foedus.dossiers.changes import suppose
from foedus.dossiers.texts import stored_document
from foedus.evidence import Statement
from foedus.workbench import forecasts
from foedus.workbench.documents import _marked
from foedus.workbench.gate import COOKIE, LARGEST_UPLOAD, mark_of

pytest.importorskip("starlette", reason="needs the extra 'serve'")
uvicorn = pytest.importorskip("uvicorn", reason="needs the extra 'serve'")

KEY = "the-key-of-this-run"
TEXT = (
    "Paris, 12 May 2023\n\nFrance opposes a liaison office in Tokyo, its foreign minister said on Friday. "
    "Germany backs the liaison office, an official said.\n"
)


@dataclass
class Browser:
    """A client that keeps the cookie."""

    port: int
    home: Path
    cookie: str = f"{COOKIE}={KEY}"

    def ask(
        self, path: str, cells: dict[str, str] | None = None, method: str = "", **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Return status, text and headers of an answer."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body, sent = None, {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.port}"}
        if cells is not None:
            body = urllib.parse.urlencode({"mark": mark_of(KEY), **cells})
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method or ("GET" if cells is None else "POST"), path, body, sent)
        answer = link.getresponse()
        data = answer.read()
        link.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, data.decode("utf-8", "replace"), found

    def json(self, path: str, cells: dict[str, str] | None = None) -> dict[str, object]:
        """Return the JSON of an answer."""
        return dict(json.loads(self.ask(path, cells)[1]))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    from foedus.workbench.app import application
    from foedus.workbench.bench import bench_at

    home = tmp_path_factory.mktemp("desk")
    for name in ("tokyo-office", "harbour-compact"):
        shutil.copytree(packaged_dossiers()[name], home / name)
    settings = uvicorn.Config("none", port=0, log_level="critical", lifespan="off")
    listening = settings.bind_socket()
    listening.listen()  # who asks before the server runs then waits, and is not turned away
    port = listening.getsockname()[1]
    with bench_at(home, f"http://127.0.0.1:{port}", "A. N.") as bench:
        settings.app = application(bench, KEY, (f"127.0.0.1:{port}",))
        settings.load()
        server = uvicorn.Server(settings)
        running = threading.Thread(target=lambda: server.run([listening]), daemon=True)
        running.start()
        yield Browser(port, home)
        server.should_exit = True
        running.join(10)
    listening.close()


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be made of few draws, where a test looks at no number of them."""
    monkeypatch.setattr(forecasts, "DRAWS", 400)


def test_who_has_no_key_or_comes_from_elsewhere_is_kept_out(browser: Browser) -> None:
    stranger = Browser(browser.port, browser.home, "")
    assert stranger.ask("/")[0] == 403
    assert stranger.ask("/?key=wrong")[0] == 403
    status, _, headers = stranger.ask(f"/c/tokyo-office/queue?key={KEY}&source=x")
    assert (status, headers["location"]) == (303, "/c/tokyo-office/queue?source=x")
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=strict" in headers["set-cookie"]
    assert browser.ask("/", Host="evil.example")[0] == 421  # a name that somebody has pointed to this machine
    assert browser.ask("/c/tokyo-office/undo", {}, Origin="http://evil.example")[0] == 403
    assert browser.ask("/c/tokyo-office/undo", {}, Sec_Fetch_Site="cross-site")[0] == 403
    assert browser.ask("/c/tokyo-office/undo", {"mark": "guessed"})[0] == 403
    assert browser.ask("/c/tokyo-office/documents", {}, Content_Length=str(LARGEST_UPLOAD + 1))[0] == 413
    assert not read_journal(browser.home / "tokyo-office").entries


@pytest.mark.parametrize(
    "path", ["/static/../bench.py", "/static/%2e%2e/bench.py", "/c/..%2f..%2fetc/queue", "/c/none", "/nowhere"]
)
def test_no_address_leads_to_another_file(browser: Browser, path: str) -> None:
    status, told, _ = browser.ask(path)
    assert status in (404, 422)
    assert "def " not in told


@pytest.mark.usefixtures("few_draws")
def test_every_page_answers_and_lets_a_browser_run_the_workbenchs_own_script_alone(browser: Browser) -> None:
    for case in ("tokyo-office", "harbour-compact"):
        for page in ("", "/documents", "/queue", "/positions?as_of=2023-07-10", "/forecast", "/system", "/journal"):
            status, told, headers = browser.ask(f"/c/{case}{page}")
            assert status == 200, (case, page, told[-600:])
            assert "script-src 'self'" in headers["content-security-policy"]
            assert "unsafe-eval" not in headers["content-security-policy"]
            assert not re.search(r"\son\w+=", told), "a script in a tag"
            assert ("data-from" in told) == ((case, page) == ("tokyo-office", "/forecast")), "how others answer"
    assert "A NATO presence in Tokyo" in browser.ask("/")[1]


def test_a_pasted_text_is_read_and_decided_on_by_whoever_runs_the_workbench(browser: Browser) -> None:
    case, folder = "/c/tokyo-office", browser.home / "tokyo-office"
    assert browser.ask(f"{case}/documents", {"text": TEXT, "name": "Wire <b>report</b>"})[0] == 303
    for _ in range(600):
        told = browser.json(f"{case}/reading")["reading"]
        if not told["goes_on"]:  # type: ignore[index]
            break
        time.sleep(0.1)
    assert told["words"] == "Read 1 document: 2 candidates found."  # type: ignore[index]
    page = browser.ask(f"{case}/queue")[1]
    assert "<b>report" not in page
    seen = dict(re.findall(r'data-id="(\w+)" data-version="(\w+)"', page))
    assert "Wire <b>report</b>" in {one.title for one in foedus.read_dossier(folder).sources.values()}
    [germany] = [one for one in foedus.read_dossier(folder).statements if one.id in seen and one.actor == "DEU"]
    path = f"{case}/statements/{germany.id}"

    stale = browser.json(path, {"action": "accept", "version": "0" * 16})
    assert (stale["done"], stale["changed"]) == (False, True)
    assert not read_journal(folder).entries

    found = browser.json(path, {"action": "accept", "version": seen[germany.id]})
    assert (found["done"], found["number"], found["left"]) == (True, 1, 1)
    [entry] = read_journal(folder).entries
    assert (entry.action, entry.by, entry.changes[0].id) == ("accept", "A. N.", germany.id)

    version = found["now"]["version"]  # type: ignore[index]
    refused = browser.json(path, {"action": "edit", "version": version, "stance": "7"})
    assert not refused["done"]
    assert "stance" in str(refused["words"])
    edited = browser.json(path, {"action": "edit", "version": version, "actor": "Germany", "stance": "-1"})
    assert edited["now"]["stance"] == "against"  # type: ignore[index]

    browser.ask(f"{case}/undo", {})
    browser.ask(f"{case}/undo", {})
    assert [one.action for one in read_journal(folder).entries] == ["accept", "edit", "undo", "undo"]
    assert next(one for one in foedus.read_dossier(folder).statements if one.id == germany.id) == germany
    assert not list(Path(folder).glob("**/*foedus-taken*"))


@pytest.mark.usefixtures("few_draws")
def test_the_forecast_takes_in_how_others_answer_where_the_case_declares_it(browser: Browser) -> None:
    status, told, _ = browser.ask("/c/tokyo-office/others?issue=office&as_of=2023-07-10")
    assert status == 200
    assert "it did so after 29 of 51 comparable acts known by 2023-07-10" in html.unescape(told)
    assert told.count("<svg") == 2 * 4
    status, told, _ = browser.ask("/c/harbour-compact/others")
    assert status == 422
    assert "does not say who may answer" in told


def test_what_is_supposed_is_the_forecast_with_it_and_writes_nothing(browser: Browser) -> None:
    folder = browser.home / "tokyo-office"
    before = {path: path.read_bytes() for path in folder.glob("*.csv")}
    found = browser.json("/c/tokyo-office/supposed?as_of=2023-07-10&set=FRA.position=70")
    changed = suppose(foedus.read_dossier(folder), ["FRA.position=70"], "office")
    expected = foedus.forecast(changed, as_of="2023-07-10", draws=10_000)
    assert [one["label"] for one in found["shares"]] == [one.label for one in expected.options]  # type: ignore[union-attr, index]
    for one, option in zip(found["shares"], expected.options, strict=True):  # type: ignore[call-overload]
        assert one["probability"] == pytest.approx(option.probability, abs=1e-6)
    assert {path: path.read_bytes() for path in folder.glob("*.csv")} == before
    assert "Narnia" in str(browser.json("/c/tokyo-office/supposed?set=Narnia.position=70")["words"])


def test_an_approval_of_a_choice_is_shown_and_set(browser: Browser) -> None:
    folder = browser.home / "harbour-compact"
    issue = next(one for one in foedus.read_dossier(folder).issues if not one.ordered)
    asked = f"issue={issue.id}&as_of=2031-05-01"
    page = html.unescape(browser.ask(f"/c/harbour-compact/positions?{asked}")[1])
    for option in issue.options:
        assert (f'<th class="number">{option.label}</th>' in page) == (option.label != issue.status_quo)
    label = next(one.label for one in issue.options if one.label != issue.status_quo)
    cells = {"option": label, "approval": "80", "note": "a call"}
    assert browser.ask(f"/c/harbour-compact/positions/ARD?{asked}", {**cells, "issue": issue.id})[0] == 303
    given = [one for one in foedus.read_dossier(folder).preferences if one.actor == "ARD" and one.option == label]
    assert [(one.approval_mode, one.note) for one in given][-1:] == [(80, "a call")]
    assert "80 of 100" in html.unescape(browser.ask(f"/c/harbour-compact/positions/ARD?{asked}")[1])


def test_words_selected_in_a_document_become_a_statement_in_their_passage(browser: Browser) -> None:
    folder = browser.home / "tokyo-office"
    dossier = foedus.read_dossier(folder)
    source = next(one for one in dossier.sources.values() if one.file)
    document = stored_document(folder, source)
    assert document is not None
    passage = next(one for one in document.passages if one.end - one.start > 60)
    words = document.text[passage.start : passage.start + 40]
    cells = {
        "source": source.id, "quote": words, "actor": "Norway", "concept": "office",
        "stance": "for", "on": "2023-07-01",
    }  # fmt: skip
    assert browser.ask("/c/tokyo-office/statements", cells)[0] == 303
    [new] = [one for one in foedus.read_dossier(folder).statements if one.actor == "NOR" and one.source == source.id]
    assert (new.passage, new.quote) == (passage.place, words.strip())


def test_a_position_is_set_with_a_note_or_not_at_all(browser: Browser) -> None:
    path, table = "/c/tokyo-office/positions/ITA", browser.home / "tokyo-office" / "stakeholders.csv"
    status, told, _ = browser.ask(path, {"position": "40", "note": " "})
    assert status == 422
    assert "a note that says what the value rests on is missing" in told
    assert "ITA" not in table.read_text("utf-8")
    assert browser.ask(path, {"position": "40", "note": "Telegram 12"})[0] == 303
    [row] = [line for line in table.read_text("utf-8").splitlines() if line.startswith("ITA,")]
    assert ",40," in row
    assert "Telegram 12" in row


def test_a_new_case_is_made_by_answering_questions(browser: Browser) -> None:
    cells = {
        "name": "grain",
        "question": "Would the Council lift the embargo?",
        "body": "eu-council",
        "on": "2027-03-01",
    }
    assert browser.ask("/cases", {**cells, "name": "../grain"})[0] == 422
    assert browser.ask("/cases", cells)[2]["location"] == "/c/grain"
    assert foedus.read_dossier(browser.home / "grain").issue().question == cells["question"]
    assert browser.ask("/cases", cells)[0] == 422


def _begun(browser: Browser, name: str, on: str) -> None:
    cells = {"name": name, "question": "Would the Council open an office?", "body": "nac", "on": on}
    assert browser.ask("/cases", cells)[0] == 303


@pytest.mark.usefixtures("few_draws")
def test_a_case_in_which_nothing_is_entered_says_so_on_every_page(browser: Browser) -> None:
    _begun(browser, "bare", "2027-06-01")
    for page in ("", "/forecast"):
        told = browser.ask(f"/c/bare{page}")[1]
        assert "Nothing has been entered yet: no member's position and no accepted statement." in html.unescape(told)
        assert '<a href="/c/bare/documents">Documents</a>' in told
        assert "Save the brief" not in told
        assert "%" not in told.split("<main")[1].split("What is missing")[0], "a probability from nothing"
    status, told, _ = browser.ask("/c/bare/report.docx")
    assert (status, "nothing has been entered yet" in told) == (422, True)


@pytest.mark.usefixtures("few_draws")
def test_a_case_whose_news_is_later_than_its_last_meeting_is_a_reconstruction(browser: Browser) -> None:
    folder = browser.home / "late"
    _begun(browser, "late", "2023-07-11")
    rows = (folder / "stakeholders.csv").read_text("utf-8").splitlines()
    cells = dict.fromkeys(rows[0].split(","), "") | {
        "actor": "FRA", "issue": foedus.read_dossier(folder).issue().id, "venue": "private", "position_low": "0",
        "position_mode": "0", "position_high": "10", "note": "told in person", "known_on": "2023-07-20",
    }  # fmt: skip
    (folder / "stakeholders.csv").write_text(f"{rows[0]}\n{','.join(cells.values())}\n", "utf-8")
    for page in ("", "/forecast", "/positions"):
        status, told, _ = browser.ask(f"/c/late{page}")
        assert status == 200
        assert "this is a reconstruction of that meeting" in told
        assert "from the day before, ask below for 2023-07-10" in told
    assert "reconstruction" not in browser.ask("/c/late?as_of=2023-07-10")[1].casefold().split("<main")[1]
    assert browser.ask("/c/late/report.docx")[0] == 200


def test_without_a_docket_the_system_page_makes_one(browser: Browser) -> None:
    _begun(browser, "plain", "2027-06-01")
    status, told, _ = browser.ask("/c/plain/system")
    assert status == 200
    assert "Make one from its meetings" in told
    assert browser.ask("/c/plain/docket", {})[0] == 303
    told = html.unescape(browser.ask("/c/plain/system")[1])
    assert "2 steps on 2027-06-01" in told
    assert browser.ask("/c/plain/docket", {})[0] == 422


def test_two_cases_with_one_question_are_told_apart_by_their_folders(browser: Browser) -> None:
    for name in ("one-desk", "other-desk"):
        _begun(browser, name, "2027-06-01")
    told = browser.ask("/")[1]
    for name in ("one-desk", "other-desk"):
        assert f"Folder {name}; North Atlantic Council" in told


def test_another_process_is_told_who_holds_the_dossier(browser: Browser) -> None:
    browser.ask("/c/tokyo-office/queue")
    code = (
        "import sys; from pathlib import Path; from foedus.base.locks import writing\n"
        "with writing(Path(sys.argv[1]), 0.0): pass"
    )
    folder = browser.home / "tokyo-office"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"the workbench at http://127.0.0.1:{browser.port}" in done.stderr


def _quoted(id_: str, status: str) -> Statement:
    some = foedus.read_dossier(packaged_dossiers()["tokyo-office"]).statements[0]
    return dataclasses.replace(some, id=id_, status=status)


def test_overlapping_quotations_are_each_marked() -> None:
    marked = _marked("a <b> c d", [("a <b> c", _quoted("s1", "accepted")), ("c d", _quoted("s2", "candidate"))])
    assert str(marked) == (
        '<mark class="accepted" title="s1">a &lt;b&gt; </mark><mark class="accepted" title="s1 s2">c</mark>'
        '<mark class="candidate" title="s2"> d</mark>'
    )


def test_two_statements_of_one_sentence_share_its_mark() -> None:
    words = "It was vetoed by Russia and Belarus."
    marked = _marked(
        f"{words} So it ended.", [(words, _quoted("s2", "candidate")), (words, _quoted("s1", "candidate"))]
    )
    assert str(marked) == f'<mark class="candidate" title="s2 s1">{words}</mark> So it ended.'


def _rows(page: str) -> list[list[str]]:
    """Return the cells of the rows of a page's tables, headings left out."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in row] for row in cells if row]


def test_a_position_a_salience_and_its_grounds_stand_under_their_headings(browser: Browser) -> None:
    page = browser.ask("/c/tokyo-office/positions?as_of=2023-07-10")[1]
    case = case_of(foedus.read_dossier(browser.home / "tokyo-office"), "office", parse_day("2023-07-10"), None)
    members = sorted(case.members, key=lambda one: (one.stand.private.mode, one.name))
    drawn = re.findall(r'<line x1="([\d.]+)" x2="([\d.]+)" y1="7" y2="7" class="range"/><line x1="([\d.]+)"', page)
    for row, line, member in zip(_rows(page), drawn, members, strict=True):
        stand = member.stand
        assert row[0].startswith(member.name)
        assert ("no seat" in row[0], "committed" in row[0]) == (not member.seated, stand.committed)
        place = stand.private
        assert [float(one) for one in line] == pytest.approx([2 * place.low, 2 * place.high, 2 * place.mode])
        where = f"{place.mode:.0f}" if place.mode >= 10 else f"{place.mode:.2g}"  # as the report spells it
        assert row[2:5] == [where, f"{stand.salience.mode:.2g}", stand.basis]


def test_documents_count_what_is_accepted_and_what_waits(browser: Browser) -> None:
    dossier = foedus.read_dossier(browser.home / "tokyo-office")
    rows = _rows(browser.ask("/c/tokyo-office/documents")[1])
    assert rows
    for title, published, marking, accepted, waiting in rows:
        source = next(one for one in dossier.sources.values() if title.startswith(one.title))
        own = [one.status for one in dossier.statements if one.source == source.id]
        assert (published, marking) == (str(source.published or ""), source.marking)
        assert (int(accepted), int(waiting)) == (own.count("accepted"), own.count("candidate"))


def test_the_queue_and_the_journal_tell_whose_statement_it_is_and_which_way_it_points(browser: Browser) -> None:
    folder = browser.home / "tokyo-office"
    told = {1: "for", -1: "against", 0: "neither"}
    accepted = [one for one in foedus.read_dossier(folder).statements if one.status == "accepted"]
    some = [next(one for one in accepted if one.stance == stance) for stance in told]
    add(folder, [dataclasses.replace(one, id=f"q{one.id}", status="candidate") for one in some], "add", Who("A. N."))
    waiting = [one for one in foedus.read_dossier(folder).statements if one.status == "candidate"]
    page = html.unescape(browser.ask("/c/tokyo-office/queue")[1])
    head = (
        r'data-id="([^"]+)".*?stance">(\w+)</span> <strong class="who">([^<]+)<.*?muted">(\d+) % sure.*?, (\S+)</span>'
    )
    heads = re.findall(head, page, re.DOTALL)
    name = foedus.read_dossier(folder).world.name
    assert {
        (one.id, told[one.stance], name(one.actor), f"{100 * one.certainty:.0f}", str(one.said_on)) for one in waiting
    } == set(heads)
    number, action, by, changes, _ = _rows(browser.ask("/c/tokyo-office/journal")[1])[0]
    last = read_journal(folder).entries[-1]
    assert (number, by.startswith(last.by), action) == (str(last.number), True, last.action)
    for change in last.changes:
        who = next(name(one.actor) for one in waiting if one.id == change.id)
        assert re.search(rf"{re.escape(who)} on “[^”]+” \({change.id}\)", changes)


def test_the_live_forecast_shows_the_shares_and_the_places_of_its_sliders(browser: Browser) -> None:
    page = html.unescape(browser.ask("/c/tokyo-office/forecast?as_of=2023-07-10")[1])
    dossier = foedus.read_dossier(browser.home / "tokyo-office")
    found = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=10_000)
    shown = dict(re.findall(r'data-value="([^"]+)">([^<]+)<', page))
    assert shown == {one.label: percent(one.probability) for one in found.options}
    assert "<svg" in page.split("Who stands where")[1]  # the chart that its legend tells of
    for one in found.known_objectors[:1]:
        place = round(found.case.member(one.actor).stand.private.mode)
        assert f'value="{place}" data-actor="{one.actor}" data-was="{place}"' in page
