"""Constructions in many wordings: who echoes another, exceptions, conditions, changes, judged blockades, answers."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from foedus.dossiers import Dossier
from foedus.evidence.coder import code
from foedus.evidence.readers import document_of

OFFICE = "the liaison office in Tokyo"
"""What X stands for in the texts below."""

TEXTS = {
    "echoes": [
        ("Spain likes the idea of X; Portugal does not.", {"ESP": 1, "PRT": -1}),
        ("Spain is for X and Portugal against.", {"ESP": 1, "PRT": -1}),
        ("Spain opposes X. Not so Portugal.", {"ESP": -1, "PRT": 1}),
        ("Spain opposes X. So does Portugal.", {"ESP": -1, "PRT": -1}),
        ("Spain supports X. Portugal begs to differ.", {"ESP": 1, "PRT": -1}),
        ("Thirty allies signed off on X. The odd one out is Belgium.", {"BEL": -1}),
    ],
    "exceptions": [
        ("Everyone at the table wanted X, France excepted.", {"FRA": -1}),
        ("Had it not been for France, X would have been approved.", {"FRA": -1}),
        ("One ally alone refused to back X, and that was Belgium.", {"BEL": -1}),
        ("No minister has said so, but New Zealand is against X.", {"NZL": -1}),
        ("No capital has fought X as stubbornly as Vilnius.", {"LTU": -1}),
        ("Few governments have pushed harder for X than Lithuania's.", {"LTU": 1}),
    ],
    "conditions": [
        ("As long as the embargo stands, Turkey will block X.", {"TUR": -1}),
        ("Turkey makes its consent to X conditional on an end of the embargo.", {"TUR": -1}),
        ("Not before the embargo is lifted will Turkey accept X.", {"TUR": -1}),
        ("Ankara is prepared to let X go ahead in return for an end of the embargo.", {"TUR": 1}),
    ],
    "changes": [
        ("Ankara has buried its objections to X.", {"TUR": 1}),
        ("Turkey gave up the veto with which it had blocked X.", {"TUR": 1}),
        ("Turkey, once an advocate of X, has turned against it.", {"TUR": -1}),
        ("Turkey's opposition to X has evaporated.", {"TUR": 1}),
        ("In 2019 Greece blocked X. Today it is among those who want it.", {"GRC": 1}),
        ("Under its old government Greece was against X; the present one is for it.", {"GRC": 1}),
    ],
    "judged": [
        ("Berlin reproached Paris with holding up X.", {"DEU": 1, "FRA": -1}),
        ("It was shameful that one capital should block X, the German chancellor said.", {"DEU": 1}),
        ("Germany welcomed the failure of X.", {"DEU": -1}),
        ("Germany regrets that X has been put off.", {"DEU": 1}),
        ("The German chancellor called on Paris to stop obstructing X.", {"DEU": 1, "FRA": -1}),
    ],
    "negation": [
        ("The Dutch see no reason why NATO should open X.", {"NLD": -1}),
        ("The Netherlands is anything but enthusiastic about X.", {"NLD": -1}),
        ("The Netherlands sees no merit whatever in X.", {"NLD": -1}),
        ("Two elections have not dented Canada's commitment to X.", {"CAN": 1}),
        ("The Dutch prime minister could not bring himself to support X.", {"NLD": -1}),
        ("The Netherlands could not be more in favour of X.", {"NLD": 1}),
    ],
    "undecided": [
        ("Prague will neither back nor block X.", {"CZE": 0}),
        ("Prague wants the mandate of X clarified before it decides.", {"CZE": 0}),
        ("The Czech Republic has yet to endorse X.", {"CZE": 0}),
    ],
    "what it rests on": [
        ("X can count on Denmark's vote.", {"DNK": 1}),
        ("X foundered on Denmark's resistance.", {"DNK": -1}),
        ("An end of X is what Denmark wants.", {"DNK": -1}),
        ("Norway gave X short shrift.", {"NOR": -1}),
        ("Norway wants X scrapped.", {"NOR": -1}),
        ("Norway said X was a folly and ought to be scrapped.", {"NOR": -1}),
        ("In Bratislava the government regards X as a folly.", {"SVK": -1}),
    ],
    "answers": [
        ('"Not on our watch," the Maltese foreign minister said when X was mentioned.', {"MLT": -1}),
        ('"Count us in," the Maltese foreign minister said of X.', {"MLT": 1}),
        ('"Let them open it," was the plea of Malta when X was debated.', {"MLT": 1}),
        ('Malta was asked about X. "Our answer is no," its foreign minister said.', {"MLT": -1}),
    ],
    "no stance": [
        ("Analysts expect Estonia to support X.", {}),
        ("The German foreign ministry brushed aside a story which had it that Berlin was against X.", {}),
        ("Nobody should take it for granted that Estonia would veto X.", {}),
        ("Were Estonia to oppose X, the plan would die.", {}),
        ("OSLO (Reuters) -- Analysts discussed X.", {}),
    ],
}
"""Sentences by construction, with who takes which side."""


@pytest.mark.parametrize("kind", TEXTS)
def test_a_construction_in_other_words(kind: str, tokyo: Dossier) -> None:
    wrong = []
    for text, expected in TEXTS[kind]:
        document = document_of("note.txt", f"{text.replace('X', OFFICE)}\n".encode())
        found = code(dataclasses.replace(document, language="en"), tokyo.world, tokyo.concepts, on=dt.date(2024, 7, 1))
        got = {one.actor: one.stance for one in found if one.concept == "office" and len(one.actor) == 3}
        if got != expected:
            wrong.append((text, got))
    assert wrong == []
