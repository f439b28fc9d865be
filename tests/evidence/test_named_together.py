"""States named together and spoken of by their number, pairs in one word, who votes with whom, speech without marks.

The oracle is the plain meaning of each text, written down before the rules ran on it.
"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

FUND = SimpleNamespace(
    id="fund", text="The European Union should set up a recovery fund.", cues="recovery fund; joint borrowing"
)
WHALING = SimpleNamespace(
    id="whaling", text="Commercial whaling should be allowed again.", cues="commercial whaling; resume whaling"
)
CASES = [
    ("Austria, Denmark and Sweden met on Monday. The three countries reject the recovery fund.", "AUT- DNK- SWE-"),
    ("Hungary and Poland were there. The two blocked the recovery fund.", "HUN- POL-"),
    ("Hungary and Poland were there. The recovery fund was vetoed by the two countries.", "HUN- POL-"),
    ("Hungary and Poland were there. The two other countries are against the recovery fund.", ""),
    ("Hungary and Poland were there. Two countries are against the recovery fund.", ""),
    ("Hungary, Poland and Spain were there. Both governments are against the recovery fund.", ""),
    ("The Franco-German proposal for a recovery fund was criticised by Austria.", "FRA+ DEU+ AUT-"),
    ("A Polish-Hungarian veto of the recovery fund looms.", "POL- HUN-"),
    ("The recovery fund is a Franco-German proposal.", "FRA+ DEU+"),
    ("The recovery fund is not a German proposal.", ""),
    ("The agreement between France and Germany on a recovery fund faces resistance.", "FRA+ DEU+"),
    ("There is no agreement between France and Germany on the recovery fund.", ""),
    ("Joint borrowing is a red line for Hungary.", "HUN-"),
    ("Joint borrowing remains a priority for Spain.", "ESP+"),
    ("Joint borrowing is a gift for Poland.", ""),
    ("The recovery fund was discussed. Austria voted against the plan, backed by Malta and Cyprus, as well as Finland.",
     "AUT- MLT- CYP- FIN-"),
    ("The recovery fund, backed by Malta and Finland, failed.", "MLT+ FIN+"),
    ("Italy wants to move the vote on the recovery fund to January.", "ITA-"),
    ("In a shift from its earlier position to support the recovery fund, Malta voted no.", "MLT-"),
    ("The ministers met. Malta discussed setting up a recovery fund with Italy.", ""),
    ("BRUSSELS \u2022 Foreign ministers of the member states discussed the recovery fund.", ""),
    ("There are good reasons to reject the recovery fund, Denmark's minister said.", "DNK-"),
    ("There are many reasons for a recovery fund, France said.", "FRA+"),
    ("There are arguments for and against a recovery fund, Spain said.", ""),
    ("Italy's minister, Anna Rossi, whose country has been proposing a recovery fund since March, was there.", "ITA+"),
    (
        "A recovery fund is not acceptable. It would cost us too much, said the Dutch finance minister.",
        "NLD-",
    ),
]  # fmt: skip
RECORDS = [
    (
        """The recovery fund was adopted by a recorded vote, as follows:

In favour: Italy, France, Poland.

Against: Denmark, Democratic People's Republic of Korea.

Abstaining: Belgium, Spain.
""",
        "ITA+ FRA+ POL+ DNK- PRK- BEL0 ESP0",
    ),
    (
        """Vote on the fund

The Council voted on the recovery fund.
In favour (3): Italy, France, Poland
Against (1): Denmark
Abstained: Belgium, Spain
""",
        "ITA+ FRA+ POL+ DNK- BEL0 ESP0",
    ),
    (
        "The recovery fund was adopted. For: Italy and France; against: Denmark; abstentions: Belgium, Spain.",
        "ITA+ FRA+ DNK- BEL0 ESP0",
    ),
    ("The recovery fund matters for two countries: Italy and France.", ""),
]
WHALES = [
    ("Japan wants to end the moratorium on commercial whaling.", "JPN+"),
    ("Australia called for a halt to commercial whaling.", "AUS-"),
    ("Japan's attempt to resume whaling was defeated.", "JPN+"),
    ("A proposal by Japan to resume commercial whaling was defeated.", "JPN+"),
    ("Japan's bid to resume whaling was defeated by Brazil.", "JPN+ BRA-"),
    ("Japan's support for commercial whaling was withdrawn.", "JPN-"),
    ("Brazil spoke of commercial whaling. Pro-whaling Japan left the room.", ""),
]


@pytest.mark.parametrize(
    ("concept", "text", "expected"),
    [(FUND, *case) for case in [*CASES, *RECORDS]] + [(WHALING, *case) for case in WHALES],
)
def test_who_is_on_which_side(concept: SimpleNamespace, text: str, expected: str) -> None:
    document = dataclasses.replace(document_of("text.txt", text.encode()), language="en")
    found = {
        f"{candidate.actor}{'-0+'[candidate.stance + 1]}"
        for candidate in code(document, packaged_world(), [concept], on=None)
    }
    assert found == set(expected.split())
