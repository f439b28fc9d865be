"""Page furniture, languages and days that a text names."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.days import parse_day
from foedus.evidence.calendar import find_days
from foedus.evidence.furniture import furniture_of
from foedus.evidence.languages import language_of

TUESDAY = parse_day("2022-11-22")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Leave a Reply", "reply form"),
        ("Post new comment", "reply form"),
        ("Required fields are marked *", "reply form"),
        ("7 + 5 =", "sum to solve"),
        ("Solve this simple math problem.", "sum to solve"),
        ("Facebook | Twitter | Email", "share buttons"),
        ("Share this:", "share buttons"),
        ("Back to top", "page control"),
        ("Related Articles", "links to other pages"),
        ("Subscribe to our newsletter", "subscription"),
        ("Photo: Ministry of Ports", "notice"),
        ("All rights reserved.", "notice"),
        ("Ana Lind is a senior fellow at the Harbour Institute.", "note on the author"),
        ("The harbour is not on the list, the chair said.", ""),
        ("Share prices fell when the minister spoke of the harbour and of what it would cost.", ""),
        ("Read more carefully, the treaty says nothing of harbours, which is why the council did not meet.", ""),
    ],
)
def test_furniture_is_told_from_text(line: str, kind: str) -> None:
    assert furniture_of([line]) == [kind]


def test_a_tail_of_furniture_is_set_aside_as_a_whole() -> None:
    lines = ["The council met."] * 8 + ["About the authors:", "Bo Berg", "Other words of no kind"]
    assert furniture_of(lines)[8:] == ["note on the author", "after the article", "after the article"]
    assert furniture_of(["About the authors:", *["The council met."] * 8])[1:] == [""] * 8


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met and said that it would not vote on the harbour.", "en"),
        ("Le conseil s'est réuni et il a dit que le port n'est pas dans la liste des projets.", "fr"),
        ("Der Rat hat getagt und gesagt, dass der Hafen nicht auf der Liste steht.", "de"),
        ("El consejo se reunió y dijo que el puerto no está en la lista de los proyectos.", "es"),
        ("Il consiglio si è riunito e ha detto che il porto non è nella lista dei progetti.", "it"),
        ("De raad is bijeengekomen en zei dat de haven niet op de lijst van het project staat.", "nl"),
        ("Rada spotkała się i powiedziała, że port nie jest na liście, ale to się zmieni.", "pl"),
        ("Konsey toplandı ve bir liman için plan olmadığını daha sonra çok açık söyledi.", "tr"),
        ("Совет собрался и сказал, что порта нет в списке.", "ru"),
        ("Рада зібралася і сказала, що порту немає в її списку.", "uk"),
        ("理事会は会合を開き、港はリストにないと述べた。", "ja"),
        ("이사회는 항구가 목록에 없다고 말했다.", "ko"),
        ("理事会开会表示港口不在名单上。", "zh"),
        ("Το συμβούλιο συνεδρίασε.", "el"),
        ("12 34 56", "und"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Tuesday", "2022-11-22", "2022-11-22"),
        ("last Tuesday", "2022-11-15", "2022-11-15"),
        ("on Monday", "2022-11-21", "2022-11-21"),
        ("next Friday", "2022-11-25", "2022-11-25"),
        ("yesterday", "2022-11-21", "2022-11-21"),
        ("last week", "2022-11-14", "2022-11-20"),
        ("this week", "2022-11-21", "2022-11-22"),
        ("last month", "2022-10-01", "2022-10-31"),
        ("last year", "2021-01-01", "2021-12-31"),
        ("two years ago", "2020-01-01", "2020-12-31"),
        ("ten days ago", "2022-11-12", "2022-11-12"),
        ("three months ago", "2022-08-01", "2022-08-31"),
        ("last June", "2022-06-01", "2022-06-30"),
        ("in December", "2021-12-01", "2021-12-31"),
        ("on 4 July", "2022-07-04", "2022-07-04"),
        ("on July 4 and 5, 2020", "2020-07-04", "2020-07-05"),
        ("4-5 July 2020", "2020-07-04", "2020-07-05"),
        ("2020-07-04", "2020-07-04", "2020-07-04"),
        ("late March 2021", "2021-03-21", "2021-03-31"),
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("last summer", "2022-06-01", "2022-08-31"),
    ],
)
def test_days_are_resolved_against_the_day_of_the_document(words: str, first: str, last: str) -> None:
    [found] = find_days(f"It was said {words}, we hear.", TUESDAY)
    assert (str(found.first), str(found.day)) == (first, last)


def test_without_a_day_of_the_document_only_full_days_are_found() -> None:
    assert [str(one.day) for one in find_days("on Tuesday, last year, 3 May 2020")] == ["2020-05-03"]


def test_no_calendar_has_that_day() -> None:
    assert find_days("on 31 February 2020", TUESDAY) == ()


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)), st.text(max_size=60))
def test_a_found_day_stands_where_it_says(on: dt.date, text: str) -> None:
    for found in find_days(f"{text} last week {text}", on):
        assert found.first <= found.day
        assert f"{text} last week {text}"[found.start : found.end] == found.words
