"""What a game says of itself: the question that it answers, where its formulas come from, and how they were checked."""

from __future__ import annotations

from dataclasses import dataclass

CHECKED = {
    "paper": "checked against the paper",
    "implementation": "checked against the values of a published implementation",
    "derived": "derived here from the game's tree",
    "memory": "payoffs from memory, not checked against the paper",
}
"""How far a formula was checked."""


@dataclass(frozen=True, slots=True)
class GameCard:
    """A game in words.

    A card names no country: types such as a greedy or a fearful state belong to the game, actors have statements.

    Attributes
    ----------
    name
        By which ``--model`` picks it.
    question
        What it answers.
    players
        Who moves, in order.
    decides
        The parameter on which its verdict hangs.
    reference
        Where it was published, with its DOI.
    checked
        A key of `CHECKED`.
    caution
        What it leaves out.
    """

    KEYS = "name question players decides reference checked caution"

    name: str
    question: str
    players: str
    decides: str
    reference: str
    checked: str
    caution: str

    def __post_init__(self) -> None:
        if self.checked not in CHECKED:
            raise ValueError(f"{self.name}: checked is one of {', '.join(CHECKED)}; got {self.checked!r}")
