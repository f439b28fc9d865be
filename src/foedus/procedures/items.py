"""One row of a docket: a step of a procedure, dated and sourced."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column
from foedus.evidence import MARKINGS

NOT_ARISEN = "not-arisen"
"""What stands in ``happened`` where in history the question did not come up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of the docket."""

    on: Day = column(cells.day(), "day of the step; it picks the members and the rule")
    matter: str = column(cells.identifier(), "short id of what moves from state to state")
    procedure: str = column(cells.identifier(), "id of the matter's procedure")
    step: str = column(cells.identifier(), "a step of the procedure")
    by: tuple[str, ...] = column(cells.identifiers(), "ids of those who take it, or are asked", blank=())
    issue: str = column(cells.identifier(), "id of the issue by which a decision is forecast", blank="")
    option: str = column(cells.text(500), "label of what is proposed from here on; blank: as before", blank="")
    body: str = column(cells.text(200), "body whose members act, where no issue tells it", blank="")
    treaty: str = column(cells.identifier(), "id of a treaty, for steps about one", blank="")
    place: str = column(cells.text(200), "a place or state, for the cover of a treaty", blank="")
    when: str = column(
        cells.text(500), "matter=state or matter=state|state: arises only where other matters are so", blank=""
    )
    deadline: Day | None = column(cells.day(), "last day of the silence that the step begins", blank=None)
    known_on: Day | None = column(cells.day(), "day on which it became known; blank: on the day itself", blank=None)
    happened: str = column(
        cells.text(500),
        f"what history did: an answer, an option's label or {NOT_ARISEN}; compared and never read by the model",
        blank="",
    )
    source: str = column(cells.identifier(), "id of a source of the dossier or of the world")
    locator: str = column(cells.text(300), "where in the source", blank="")
    verified: bool = column(cells.yes_or_no(), "whether it was read in that source")
    note: str = column(cells.text(1000), "what a reader should know", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may see that it happened", blank="public")

    @property
    def conditions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The matters and states of ``when``."""
        conditions = []
        for part in self.when.split():
            matter, _, states = part.partition("=")
            conditions.append((matter, tuple(states.split("|"))))
        return tuple(conditions)
