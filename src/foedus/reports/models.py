"""What models say of themselves, as sections."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.base.wording import as_declared
from foedus.issues import ModelCard
from foedus.reports.sections import Section, muted, table


def cards_section(cards: Iterable[ModelCard]) -> Section:
    """Return models, each in a row."""
    rows = [(card.name, card.stage, card.summary) for card in cards]
    listed = table(("model", "stage", "what it says"), rows, widths=(2, 2, 6))
    return Section("models", "", (listed, muted("\n'foedus models NAME' describes one.")))


def card_sections(card: ModelCard) -> tuple[Section, ...]:
    """Return all that one model says of itself, and the numbers that it assumes."""
    rows = [
        ("stage", card.stage),
        ("says", card.summary),
        ("reads", ", ".join(card.inputs)),
        ("claims", ", ".join(card.properties)),
        ("does not keep", ", ".join(card.refuted)),
        ("reading", card.reading),
        ("reference", card.reference + (f", doi:{card.doi}" if card.doi else "")),
        ("checked against", card.oracle),
    ]
    about = Section("model", card.name, (table(("", ""), rows, widths=(2, 8)),), 1)
    if not card.assumptions:
        return (about,)
    title = "assumptions, with the range drawn from where a dossier declares none"
    assumed = [
        (
            assumption.name,
            " or ".join(assumption.choices) or as_declared(assumption.mode, assumption.low, assumption.high),
            assumption.meaning,
        )
        for assumption in card.assumptions
    ]
    return about, Section("assumptions", title, (table(("name", "range", "meaning"), assumed, widths=(2, 3, 5)),))
