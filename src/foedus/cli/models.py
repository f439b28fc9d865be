"""``foedus models``: what each model assumes, needs and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def models(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One model; by default all.")] = None,
) -> Reply:
    """List the models, or tell all about one."""
    from foedus.forecasts.compose import cards

    listed = cards(name or "")

    def sections() -> tuple[Section, ...]:
        from foedus.reports.models import card_sections, cards_section

        return (cards_section(listed),) if name is None else card_sections(*listed)

    return Reply({"models": listed}, sections=sections)
