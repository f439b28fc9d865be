"""Every page of the workbench by what assistive technology needs: names, headings, landmarks, contrast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.workbench.conftest import Desk

from foedus.reports.html import asset

PAGES = (
    "/", "/facts", "/facts?ask=bound&actor=Japan&on=2023-07-11", "/c/tokyo-office", "/c/tokyo-office/documents",
    "/c/tokyo-office/queue", "/c/tokyo-office/positions", "/c/tokyo-office/positions/FRA?as_of=2023-07-10",
    "/c/tokyo-office/forecast?as_of=2023-07-10", "/c/tokyo-office/system",
    "/c/tokyo-office/game?seat=NOR&from=2023-07-01", "/c/tokyo-office/journal", "/c/nowhere",
)  # fmt: skip


class Outline(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.nameless: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        named = "aria-label" in given or "aria-labelledby" in given
        labelled = named or any(name == "label" for name, _ in self.open)
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden" and not labelled:
            self.nameless.append(f"{tag} {given}")
        if tag == "svg" and not (named or any("aria-label" in one for _, one in self.open)):
            self.nameless.append(f"svg {given}")
        if tag not in {"input", "meta", "link", "br", "option"}:
            self.open.append((tag, given))
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self.open):
            name, given = self.open.pop()
            said = self.words.pop()
            if self.words:
                self.words[-1] += said
            asked = name in {"button", "a", "summary", "h1", "h2", "h3", "th", "label"}
            if asked and not said.strip() and "aria-label" not in given:
                self.nameless.append(f"{name} {given}")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self.words:
            self.words[-1] += data


@pytest.fixture
def pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    from foedus.workbench import forecasts

    monkeypatch.setattr(forecasts, "DRAWS", 200)
    return {path: desk.ask(path)[1] for path in PAGES}


def test_everything_has_a_name_and_headings_go_down_step_by_step(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        found = Outline(text)
        assert not found.nameless, (path, found.nameless[:3])
        assert found.headings.count(1) == 1, (path, found.headings)
        assert all(after - before <= 1 for before, after in pairwise(found.headings)), (path, found.headings)
        assert [found.tags.count(one) for one in ("main", "nav", "title")] == [1, 1, 1], path
        assert len(found.ids) == len(set(found.ids)), (path, sorted(found.ids))
        assert '<html lang="en">' in text
        assert 'class="skip" href="#main"' in text


def _palettes() -> Iterator[dict[str, str]]:
    """Yield the colours of the style sheet: light, dark, and those that paper changes."""
    for block in re.findall(r":root \{(.*?)\}", asset("page.css"), re.DOTALL):
        found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        if found:
            yield found


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_their_ground_in_both_themes() -> None:
    screen, dark_screen, printed = _palettes()
    for colours in (screen, dark_screen, screen | printed):
        for ground in ("paper", "panel"):
            for ink in ("ink", "muted", "accept", "object", "flag"):
                dark, light = sorted(_luminance(colours[one]) for one in (ground, ink))
                ratio = (light + 0.05) / (dark + 0.05)  # WCAG 2.2, success criterion 1.4.3
                assert ratio >= 4.5, (ground, ink, round(ratio, 2))
