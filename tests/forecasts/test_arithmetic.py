"""The count of the rule: checked against what the rule says of each coalition; both cases are under consensus."""

from __future__ import annotations

import foedus
from foedus.base.answers import recorded
from foedus.dossiers import packaged_dossiers
from foedus.forecasts.arithmetic import arithmetic


def test_the_count_agrees_with_the_rule_for_every_single_turn() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["emissions-1994"])
    case = foedus.forecast(dossier, draws=50).case
    found = arithmetic(case)
    parts = case.seating.voters | case.rule.outsiders()
    assert sorted((*found.in_favour, *found.against, *found.unknown)) == sorted(parts)
    assert found.enough == (case.seating.wins(found.in_favour).value == "yes")
    for count in found.counts:
        held = (
            len(found.in_favour)
            if count.weights == "members"
            else sum(case.seating.weights[count.weights][actor] for actor in found.in_favour)
        )
        assert (count.in_favour, count.margin) == (held, held - count.needed)
        assert found.enough <= (count.margin >= 0)
    for actor in parts:
        turned = case.seating.wins(set(found.in_favour) ^ {actor}).value == "yes"
        assert (actor in found.swings) == (turned != found.enough and (actor in found.in_favour) == found.enough)


def test_one_refusal_blocks_consensus() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    answer = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=50)
    told = recorded(answer.arithmetic)
    assert isinstance(told, dict)
    assert told["against"] == ["FRA"]
    assert (told["enough"], told["blocked"], told["counts"]) == (False, True, [])
