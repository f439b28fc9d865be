"""What a command asks for twice is the same object; what differs in anything is not."""

from __future__ import annotations

import pytest

import foedus
from foedus.base.at_hand import keeping, once
from foedus.dossiers import suppose


def test_a_command_reads_and_forecasts_once() -> None:
    with keeping():
        dossier = foedus.read_dossier("tokyo-office")
        found = foedus.forecast(dossier, as_of="2023-07-10", draws=50)
        with keeping():
            assert foedus.read_dossier("tokyo-office") is dossier
        assert foedus.forecast(dossier, "office", "2023-07-10", draws=50) is found
        for other in ({"draws": 51}, {"draws": 50, "seed": 2}, {"draws": 50, "models": ["consensus"]}):
            assert foedus.forecast(dossier, as_of="2023-07-10", **other) is not found
        supposed = suppose(dossier, ["FRA.position=60"])
        after = foedus.forecast(supposed, as_of="2023-07-10", draws=50)
        assert after.probability("no office") < found.probability("no office")
    again = foedus.read_dossier("tokyo-office")
    assert again is not dossier
    assert foedus.forecast(again, as_of="2023-07-10", draws=50).options == found.options


def test_a_failure_is_not_kept() -> None:
    def fails() -> int:
        raise ValueError("no answer")

    with keeping():
        with pytest.raises(ValueError, match="no answer"):
            once("answer", fails)
        assert once("answer", lambda: 42) == 42
