"""The workbench in Chromium: keys, drafts, the line, both themes, a phone. ``make browser`` takes the long path."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.browser.chromium import DESK, PHONE, PROGRAM, Tab, chromium

import foedus
from foedus.base.tables import render_table
from foedus.base.wording import percent
from foedus.coding.intake import read_into
from foedus.coding.journal import read_journal
from foedus.dossiers import apply_scenario, packaged_dossiers
from foedus.evidence import Statement

LONG = bool(os.environ.get("FOEDUS_BROWSER"))
AXE = os.environ.get("FOEDUS_AXE", "")
"""A copy of axe-core's script, for the long path."""

pytestmark = pytest.mark.skipif(not PROGRAM, reason="needs Chromium")
on_the_long_path = pytest.mark.skipif(not LONG, reason="make browser runs it")

CASE = "/c/tokyo-office"
PAGES = (
    "/", "/facts?ask=attack&place=Guam&treaty=nato&on=2023-07-11", CASE, f"{CASE}/documents", f"{CASE}/queue",
    f"{CASE}/search?q=office", f"{CASE}/positions?as_of=2023-07-10", f"{CASE}/positions/FRA?as_of=2023-07-10",
    f"{CASE}/forecast?as_of=2023-07-10", f"{CASE}/others?as_of=2023-07-10", f"{CASE}/system",
    f"{CASE}/system?set=FRA.office=90@2023-05-01", f"{CASE}/game?seat=NOR&from=2023-07-01", f"{CASE}/journal",
    "/c/choice/positions", "/c/choice/positions/HUN", "/c/read/documents/note", "/c/read/queue", "/c/read/system",
    "/c/read/search?q=Norway",
)  # fmt: skip


@dataclass
class Desk:
    """A workbench that runs, with a browser before it."""

    tab: Tab
    base: str
    folder: Path

    def go(self, path: str) -> None:
        self.tab.go(self.base + path)

    def text(self, which: str = "main") -> str:
        return " ".join(str(self.tab.run(f"document.querySelector({which!r}).textContent")).split())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    uvicorn = pytest.importorskip("uvicorn", reason="needs the extra 'serve'")
    import socket

    from foedus.workbench.app import application
    from foedus.workbench.bench import bench_at

    home = tmp_path_factory.mktemp("home")
    folder = home / "tokyo-office"
    shutil.copytree(packaged_dossiers()["tokyo-office"], folder)
    shutil.copytree(packaged_dossiers()["secretary-general-2024"], home / "choice")
    shutil.copytree(folder, home / "read")
    (home / "read" / "docket.csv").unlink()
    (home / "note.txt").write_text("Norway backs an office in Tokyo.\n\nFinland has not decided yet.\n", "utf-8")
    read_into(home / "read", [home / "note.txt"])
    first, *rest = foedus.read_dossier(folder).statements
    candidates = [
        replace(first, id=f"t{number}", status="candidate", certainty=0.9 - number / 100) for number in range(60)
    ]
    (folder / "statements.csv").write_text(render_table(Statement, [first, *rest, *candidates]), "utf-8")
    with contextlib.ExitStack() as stack:
        tab = stack.enter_context(chromium())
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        bench = stack.enter_context(bench_at(home, f"http://{host}", "A. N."))
        settings = uvicorn.Config(application(bench, "k", (host,)), log_level="critical", lifespan="off")
        server = uvicorn.Server(settings)
        runs = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        runs.start()
        tab.look()
        tab.go(f"http://{host}/?key=k")
        yield Desk(tab, f"http://{host}", folder)
        server.should_exit = True
        runs.join(10)


@on_the_long_path
@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_every_page_fits_its_window_in_both_themes_and_complains_of_nothing(desk: Desk, width: int, dark: bool) -> None:
    tab = desk.tab
    tab.look(width, dark=dark)
    for path in PAGES:
        tab.complaints.clear()
        desk.go(path)
        assert tab.run("document.documentElement.scrollWidth <= innerWidth"), path
        red, green, blue = tab.run("getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3)")
        assert (sum(map(float, (red, green, blue))) < 384) == dark, path
        assert tab.complaints == [], path
        if AXE:
            tab.run(f"{Path(AXE).read_text('utf-8')};0")
            assert tab.run("axe.run().then((found) => found.violations.map((one) => one.id))") == [], path


REACH = """(() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  window.toReach = () => [...document.querySelectorAll(all)].filter((e) => e.checkVisibility() && !e.disabled);
  window.reached = new Set();
  window.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    reached.add(target);
    const style = getComputedStyle(target);
    if (style.outlineStyle === "none" && !target.matches(".here")) unseen.push(target.outerHTML.slice(0, 80));
  });
})()"""


@on_the_long_path
@pytest.mark.parametrize("dark", [False, True])
def test_the_keyboard_alone_reaches_everything_on_every_page_and_is_seen(desk: Desk, dark: bool) -> None:
    tab = desk.tab
    tab.look(dark=dark)
    for path in PAGES:
        desk.go(path)
        tab.run(REACH)
        rounds = 0  # the first may begin in the middle, where a page sets the focus
        for _ in range(1500):
            tab.press("Tab")
            rounds += tab.run("document.activeElement === document.body")
            if rounds == 2:
                break
        assert tab.run("toReach().filter((e) => !reached.has(e)).map((e) => e.outerHTML.slice(0, 80))") == [], path
        assert tab.run("unseen") == [], path


@on_the_long_path
def test_a_folder_that_is_dropped_is_read_with_the_folders_in_it(desk: Desk, tmp_path: Path) -> None:
    tab = desk.tab
    folder = tmp_path / "clippings"
    (folder / "older").mkdir(parents=True)
    (folder / "new.txt").write_text("Sweden backs an office in Tokyo.\n", "utf-8")
    (folder / "older" / "old.txt").write_text("Latvia opposes an office in Tokyo.\n", "utf-8")
    tab.look()
    desk.go("/c/read/documents")
    x, y = tab.run("(({ x, y }) => [x + 50, y + 20])(document.getElementById('drop').getBoundingClientRect())")
    tab.drop(x, y, folder)
    tab.wait("document.getElementById('said').textContent === '2 files of the folder are chosen.'")
    tab.run("document.getElementById('drop').requestSubmit()")
    tab.wait("document.getElementById('reading')?.textContent.startsWith('Read 2 documents: 2 candidates found.')")
    assert {"new", "old"} <= foedus.read_dossier(desk.folder.parent / "read").sources.keys()


@on_the_long_path
def test_a_scenario_is_kept_and_says_what_it_comes_to(desk: Desk) -> None:
    tab = desk.tab
    desk.go(f"{CASE}/forecast?as_of=2023-07-10")
    slider = "document.querySelector('#sliders input')"
    tab.run(f"{slider}.focus()")
    for _ in range(40):
        tab.press("ArrowRight")
    tab.wait("document.getElementById('supposing').textContent !== ''")
    tab.wait("!document.getElementById('keep').hidden")
    tab.run("document.querySelector('#keep [name=name]').value = 'Paris gives way'")
    tab.run("window.foedusLeaves = true; document.getElementById('keep').requestSubmit()")
    tab.wait("!window.foedusLeaves && document.readyState === 'complete'")
    tab.run("[...document.querySelectorAll('[data-scenario]')].at(-1).click()")
    tab.wait("document.getElementById('supposing').textContent.startsWith('Supposed: Paris gives way.')")
    shown = tab.run("[...document.querySelectorAll('[data-value]')].map((e) => [e.dataset.value, e.textContent])")
    dossier = foedus.read_dossier(desk.folder)
    moved = apply_scenario(dossier, dossier.settings.scenarios[-1].id)
    found = foedus.forecast(moved, issue="office", as_of="2023-07-10")
    assert dict(shown) == {each.label: percent(each.probability) for each in found.options}


@on_the_long_path
def test_a_coder_decides_on_fifty_statements_by_keyboard(desk: Desk) -> None:
    tab = desk.tab
    tab.look()
    desk.go(f"{CASE}/queue")
    assert desk.text("#left") == "60"
    for number in range(50):
        tab.press("r" if number % 3 == 0 else "a")
    tab.wait("document.getElementById('left').textContent === '10'", 90)
    status = {one.id: one.status for one in foedus.read_dossier(desk.folder).statements}
    assert [status[f"t{number}"] for number in range(50)] == [
        "rejected" if number % 3 == 0 else "accepted" for number in range(50)
    ]
    assert len(read_journal(desk.folder).entries) == 50
    assert desk.text(".candidate.done .outcome") == "rejected:"
    if AXE:
        tab.run(f"{Path(AXE).read_text('utf-8')};0")
        assert tab.run("axe.run().then((found) => found.violations.map((each) => each.id))") == []
    tab.press("u")
    tab.wait("document.getElementById('left').textContent === '11'")


def test_a_statement_changed_meanwhile_stands_beside_what_was_wanted(desk: Desk) -> None:
    tab = desk.tab
    desk.go(f"{CASE}/queue")
    here = tab.run("document.querySelector('.here').dataset.id")
    table = desk.folder / "statements.csv"
    rows = [
        replace(one, stance=-one.stance) if one.id == here else one
        for one in foedus.read_dossier(desk.folder).statements
    ]
    table.write_text(render_table(Statement, rows), "utf-8")
    tab.press("r")
    told = tab.wait("document.querySelector('.told:not(:empty)')?.textContent")
    assert "You saw: against" in told
    assert "It is now: for" in told
    assert "You wanted: to reject it" in told
    tab.run("document.querySelector('.both:not([hidden]) [data-do=anyway]').click()")
    tab.wait("document.querySelector('.both:not([hidden])') === null && !document.querySelector('.told:not(:empty)')")
    tab.wait("document.getElementById('said').textContent.includes('rejected')")
    [found] = [one for one in foedus.read_dossier(desk.folder).statements if one.id == here]
    assert (found.status, found.stance) == ("rejected", 1)


def test_a_point_is_dragged_along_its_line_and_needs_a_note(desk: Desk) -> None:
    tab = desk.tab
    tab.look()
    desk.go(f"{CASE}/positions?as_of=2023-07-10")
    find = "[...document.querySelectorAll('svg.line')].find((one) => one.dataset.to.includes('/ITA?'))"
    tab.run(f"{find}.scrollIntoView({{ block: 'center' }})")
    x, y, width, height = tab.run(
        f"(({{ x, y, width, height }}) => [x, y, width, height])({find}.getBoundingClientRect())"
    )
    middle = y + height / 2
    tab.drag((x + 0.7 * width, middle), (x + 0.5 * width, middle), (x + 0.25 * width, middle))
    tab.wait("document.getElementById('place')?.value === '25' && document.activeElement.name === 'note'")
    tab.type("Telegram 12")
    tab.press("Enter")
    tab.wait("document.querySelector('main').textContent.includes('set by hand. Note: Telegram 12')")
    [row] = [
        one for one in foedus.read_dossier(desk.folder).stakeholders if (one.actor, one.issue) == ("ITA", "office")
    ]
    assert (row.position_mode, row.note) == (25, "Telegram 12")


def test_what_was_typed_is_there_again_until_it_is_sent(desk: Desk) -> None:
    tab = desk.tab
    desk.go(f"{CASE}/positions/DEU?as_of=2023-07-10")
    tab.run("document.querySelector('[name=note]').focus()")
    tab.type("Half a thought")
    tab.wait(f"fetch('{CASE}/draft?draft=position%20DEU%20office').then((one) => one.json()).then((one) => one.kept)")
    desk.go(f"{CASE}/journal")
    desk.go(f"{CASE}/positions/DEU?as_of=2023-07-10")
    tab.wait("document.querySelector('[name=note]').value === 'Half a thought'")
    assert "have not sent it" in desk.text(".kept")
    tab.run("document.querySelector('[name=position]').value = 60")
    tab.run("document.querySelector('form[data-draft]').requestSubmit()")
    tab.wait("document.querySelector('main').textContent.includes('set by hand. Note: Half a thought')")
    assert not tab.run(
        f"fetch('{CASE}/draft?draft=position%20DEU%20office').then((one) => one.json()).then((one) => one.kept)"
    )


def test_the_keyboard_alone_reaches_every_page_from_the_first(desk: Desk) -> None:
    tab = desk.tab
    desk.go(CASE)
    tab.press("Tab")
    assert desk.tab.run("document.activeElement.className") == "skip"
    reached = []
    for _ in range(9):
        tab.press("Tab")
        reached.append(tab.run("document.activeElement.textContent"))
    assert reached == [
        "Cases", "Question", "Documents", "Queue", "Positions", "Forecast", "System", "Facts", "Journal",
    ]  # fmt: skip
    tab.press("Enter")
    tab.wait("document.querySelector('h1')?.textContent === 'Journal'")


@on_the_long_path
def test_a_statement_of_ones_own_is_made_without_a_mouse(desk: Desk, tmp_path: Path) -> None:
    tab = desk.tab
    desk.go(f"{CASE}/queue")
    words = tab.run("document.querySelector('.here').closest('section').querySelector('blockquote').textContent.trim()")
    tab.press("n")
    assert tab.run("document.querySelector('#own [name=quote]').value") == words
    (tmp_path / "note.txt").write_text("Norway backs the office in Tokyo.\n\nFinland has not decided yet.\n", "utf-8")
    read_into(desk.folder, [tmp_path / "note.txt"])
    desk.go(f"{CASE}/documents/note")
    tab.press("j")
    tab.press("j")
    tab.press("Enter")
    assert tab.run("document.activeElement.name") == "actor"
    assert tab.run("document.querySelector('#own [name=quote]').value") == "Finland has not decided yet."
