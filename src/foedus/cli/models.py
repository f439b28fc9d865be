"""``foedus models``: what each model assumes, needs and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.issues.models import ModelCard


@answering()
def models(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One model; by default all.")] = None,
) -> Reply:
    """List the models, or tell all about one."""
    from foedus.ensembles.mixtures import MIXTURES
    from foedus.forecasts.compose import all_cards, find_card

    mixtures = {card.name: card for card in MIXTURES}
    cards = [mixtures.get(name) or find_card(name)] if name else [*all_cards(), *MIXTURES]
    listed = [
        {
            "name": card.name,
            "stage": card.stage,
            "summary": card.summary,
            "inputs": card.inputs,
            "stochastic": card.stochastic,
            "properties": card.properties,
            "assumptions": [
                {"name": a.name, "meaning": a.meaning, "choices": a.choices}
                if a.choices
                else {"name": a.name, "meaning": a.meaning, "low": a.low, "mode": a.mode, "high": a.high}
                for a in card.assumptions
            ],
            "refuted": card.refuted,
            "reference": card.reference,
            "doi": card.doi or None,
            "reading": card.reading,
            "oracle": card.oracle,
        }
        for card in cards
    ]
    return Reply({"models": listed}, lambda: _show(cards, alone=name is not None))


def _show(cards: Sequence[ModelCard], *, alone: bool) -> None:
    from foedus.cli.tables import console, show

    out = console()
    if not alone:
        show(
            out,
            "",
            ["model", "stage", "what it says"],
            [[card.name, card.stage, card.summary] for card in cards],
        )
        out.print("\n'foedus models NAME' tells all about one.")
        return
    [card] = cards
    rows = [
        ["stage", card.stage],
        ["says", card.summary],
        ["reads", ", ".join(card.inputs)],
        ["claims", ", ".join(card.properties)],
        ["does not keep", ", ".join(card.refuted)],
        ["reading", card.reading],
        ["reference", card.reference + (f", doi:{card.doi}" if card.doi else "")],
        ["checked against", card.oracle],
    ]
    show(out, card.name, ["", ""], rows)
    if card.assumptions:
        out.print("")
        listed_rows = [
            [
                a.name,
                " or ".join(a.choices) if a.choices else f"{a.mode:g} ({a.low:g} to {a.high:g})",
                a.meaning,
            ]
            for a in card.assumptions
        ]
        show(
            out,
            "assumptions, with the range drawn from where a dossier declares none",
            ["name", "range", "meaning"],
            listed_rows,
        )
