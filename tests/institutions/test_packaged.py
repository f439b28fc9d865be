"""Where the packaged bodies lie: those of one organisation together, so that one folder tells its bodies."""

from __future__ import annotations

from foedus.institutions import packaged_institutions
from foedus.institutions.packaged import bodies_beside


def test_all_bodies_of_an_organisation_lie_in_one_folder() -> None:
    bodies = packaged_institutions().bodies
    for body, own in bodies.items():
        alike = {other for other in bodies if bodies[other].organisation == own.organisation}
        assert alike <= set(bodies_beside(body))
