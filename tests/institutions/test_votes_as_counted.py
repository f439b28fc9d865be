"""Votes of which only the counts were published: the rule gives what was announced, whoever voted how."""

from __future__ import annotations

import pytest

from foedus.base.days import parse_day
from foedus.institutions import packaged_institutions, seat
from foedus.world import packaged_world

COUNTED = [
    # Kosovo in UNESCO: 92 for, 50 against, 29 abstaining, 95 needed (Reuters, 9 November 2015)
    ("unesco", "two-thirds", "2015-11-09", 195, 92, 50, "no"),
    ("unesco", "two-thirds", "2015-11-09", 195, 95, 47, "yes"),
    # Palestine in UNESCO: 107 for, 14 against, 52 abstaining (31 October 2011); South Sudan joined on 27 October
    ("unesco", "two-thirds", "2011-10-31", 194, 107, 14, "yes"),
    # Syria's vote in the OPCW: 87 for, 15 against, 34 abstaining, of 193 (AFP, 21 April 2021)
    ("opcw", "substance", "2021-04-21", 193, 87, 15, "yes"),
    # The net-zero framework: 63 to 16, of 176 (11 April 2025); its adjournment: 57 to 49 (17 October 2025)
    ("imo", "majority", "2025-04-11", 176, 63, 16, "yes"),
    ("imo", "majority", "2025-10-17", 176, 57, 49, "yes"),
    ("imo", "marpol-amendment", "2025-10-17", 176, 57, 49, "no"),
    # ENGINE, 16 October 2025: with 64 voting the framework is blocked once 15 of 57 in favour turn
    ("imo", "marpol-amendment", "2025-10-17", 176, 42, 22, "no"),
    ("imo", "marpol-amendment", "2025-10-17", 176, 43, 21, "yes"),
    # The pandemic agreement: 124 to 0, 11 abstaining, of 194 (World Health Organization, 20 May 2025)
    ("who", "important-questions", "2025-05-19", 194, 124, 0, "yes"),
    # The Board of Governors: 20 to 2, 12 abstaining (AP, 5 June 2024); 19 to 3, 11 abstaining (AP, 12 June 2025)
    ("iaea", "majority", "2024-06-05", 35, 20, 2, "yes"),
    ("iaea", "majority", "2025-06-12", 35, 19, 3, "yes"),
    ("iaea", "two-thirds", "2025-06-12", 35, 19, 10, "no"),
]


@pytest.mark.parametrize(("body", "procedure", "day", "members", "favour", "against", "adopted"), COUNTED)
def test_as_announced(
    body: str, procedure: str, day: str, members: int, favour: int, against: int, adopted: str
) -> None:
    council = seat(packaged_institutions().body(body), packaged_world(), parse_day(day), procedure)
    voters = sorted(council.members)
    assert len(voters) == members
    noes, away = voters[:against], voters[against + favour :]
    assert council.decide(council.ballot(against=noes, abstaining=away)).value == adopted


@pytest.mark.parametrize(
    ("body", "day", "members"),
    [
        ("iaea", "2022-01-10", 35),
        ("iaea", "2023-01-10", 35),
        ("iaea", "2026-01-10", 35),
        ("hrc", "2023-05-01", 47),
        ("hrc", "2024-05-01", 47),
        ("hrc", "2025-05-01", 47),
        ("hrc", "2026-05-01", 47),
        ("au-psc", "2023-08-14", 15),
        ("au-psc", "2024-08-14", 15),
        ("au-psc", "2026-08-14", 15),
        ("imo", "2024-01-01", 175),
        ("who", "2026-01-22", 193),
        ("unesco", "2020-01-01", 193),
        ("unesco", "2024-01-01", 194),
        ("npt", "2022-08-26", 191),
        ("unfccc", "2024-11-20", 198),
        ("atcm", "2024-05-01", 29),
        ("wassenaar", "2024-12-01", 42),
        ("celac", "2022-01-01", 32),
        ("celac", "2024-01-01", 33),
        ("opec", "2024-06-01", 12),
        ("opec+", "2024-06-01", 22),
        ("opec+", "2021-12-10", 23),
    ],
)
def test_as_many_seats_as_were_published(body: str, day: str, members: int) -> None:
    assert len(packaged_institutions().body(body).seats(packaged_world(), parse_day(day))) == members
