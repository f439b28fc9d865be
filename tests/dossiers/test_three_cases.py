"""Three packaged cases of 2024 and of nowhere: sourced and dated, and what the pages say of them."""

from __future__ import annotations

import datetime as dt

import pytest

import foedus
from foedus.dossiers import Dossier
from foedus.forecasts.choice import choice
from foedus.institutions import seat

REAL = ("secretary-general-2024", "nature-law-2024")


@pytest.mark.parametrize("name", REAL)
def test_statements_are_paraphrased_sourced_and_dated_twice(name: str) -> None:
    dossier = foedus.read_dossier(name)
    last = max(meeting.on for issue in dossier.issues for meeting in issue.meetings)
    for one in dossier.statements:
        assert one.paraphrase
        assert not one.quote
        assert one.said_on <= dossier.known_on(one) <= last
    assert [one.id for one in dossier.sources.values() if "https://" not in one.note] == []


def adopted(dossier: Dossier, against: str, abstaining: str = "") -> bool:
    body, day = dossier.institutions.body("eu-council"), dt.date(2024, 6, 17)
    table = seat(body, dossier.world, day)
    game = table.game()
    return bool(game.wins(set(game.members) - {*against.split(), *abstaining.split()}))


def test_austria_was_decisive_on_the_nature_law() -> None:
    dossier = foedus.read_dossier("nature-law-2024")
    assert adopted(dossier, "FIN ITA HUN NLD POL SWE", "BEL")
    assert not adopted(dossier, "FIN ITA HUN NLD POL SWE", "BEL AUT")


def test_hungary_alone_stood_in_the_way_until_june() -> None:
    dossier = foedus.read_dossier("secretary-general-2024")
    may = choice(dossier, as_of="2024-05-31", on="Washington 2024", draws=1000)
    first = next(one for one in may.against if one.option == "Mark Rutte")
    assert (first.actor, first.probability > 0.9, first.sole > 0.5) == ("HUN", True, True)
    june = choice(dossier, as_of="2024-06-18", on="Washington 2024", draws=1000)
    assert may.probability("Mark Rutte") < 0.3
    assert june.probability("Mark Rutte") > 0.8
    assert choice(dossier, as_of="2024-06-20", on="Washington 2024", draws=500).probability("Klaus Iohannis") == 0


def test_nine_of_thirteen_votes_and_more_than_three_members_make_a_work() -> None:
    dossier = foedus.read_dossier("harbour-compact")
    body, day = dossier.institutions.body("harbour-council"), dt.date(2031, 6, 2)
    game = seat(body, dossier.world, day, "works").game()
    votes = {"ARD": 4, "BEM": 3, "COV": 2, "DUN": 2, "ELN": 1, "FEN": 1}
    members = sorted(votes)
    for mask in range(2 ** len(members)):
        coalition = {one for n, one in enumerate(members) if mask >> n & 1}
        assert game.wins(coalition) == (sum(votes[one] for one in coalition) >= 9 and len(coalition) > 3)
