"""Where the packaged bodies lie: those of one organisation together, so that one folder tells its bodies."""

from __future__ import annotations

from foedus.institutions import packaged_institutions
from foedus.institutions.body_power import power
from foedus.institutions.packaged import bodies_beside


def test_all_bodies_of_an_organisation_lie_in_one_folder() -> None:
    bodies = packaged_institutions().bodies
    for body, own in bodies.items():
        alike = {other for other in bodies if bodies[other].organisation == own.organisation}
        assert alike <= set(bodies_beside(body))


def test_the_council_of_the_oas_had_34_seats_while_a_delegate_of_the_assembly_of_venezuela_voted() -> None:
    # 25 for, 8 abstaining and 1 absent on 21 April 2022 (EFE of that day)
    for day, seats, told in (("2022-04-21", 34, True), ("2023-06-01", 33, False)):
        found = power("oas-permanent-council", day)
        assert found.power is not None
        assert (len(found.power.members), any("Venezuela" in note for note in found.notes)) == (seats, told)
