"""On which statements a choice among options without an order rests, for its page and its brief in Word."""

from __future__ import annotations

from dataclasses import replace

from foedus.base.days import on_day
from foedus.base.wording import and_
from foedus.dossiers.said import where_said
from foedus.explain.choice import CHANGES, CHOICE_SWEEP, ChoiceEvidence, choice_evidence
from foedus.explain.evidence import Effect
from foedus.forecasts.choice import Choice
from foedus.reports.explanations import LISTED, effects_section
from foedus.reports.numbers import share
from foedus.reports.sections import Section, Text, text

_NAMED = 3
"""Statements, and actors, that are named."""
_EASY = 60
"""Statements up to which each takes `CHOICE_SWEEP` draws; beyond, as many draws in all are shared out."""
_FEWEST = 256


def weighed_evidence(choice: Choice) -> ChoiceEvidence:
    """Return what each statement does to the likeliest outcome, on fewer draws where there are many statements."""
    known = len(choice.choosing.dossier.statements_on(choice.choosing.issue.id, choice.choosing.as_of))
    return choice_evidence(choice, draws=max(_FEWEST, min(CHOICE_SWEEP, CHOICE_SWEEP * _EASY // max(1, known))))


def turning(evidence: ChoiceEvidence) -> list[Effect]:
    """Return the statements without which another outcome would be the likeliest, the weightiest first."""
    return [effect for effect in evidence.effects if effect.change == "dropped" and effect.flips]


def without_it(evidence: ChoiceEvidence) -> list[Text]:
    """Return a line for each statement without which another outcome would be the likeliest."""
    dossier = evidence.choice.choosing.dossier
    said = {statement.id: statement for statement in dossier.statements}
    lines = []
    for effect in turning(evidence)[:_NAMED]:
        statement = said[effect.statement]
        where = f"{where_said(dossier, statement)}, {on_day(statement.said_on).removeprefix('on ')}"
        told = f"without what {dossier.world.name(effect.actor)} said ({where}), {effect.likeliest!r} would be the "
        told += f"likeliest, and {evidence.option!r} at"
        told = told.replace("{", "(").replace("}", ")")
        lines.append(text(f"{told} {{}} instead of {{}}", share(effect.after), share(effect.before)))
    return lines


def evidence_of_choice(evidence: ChoiceEvidence) -> Section | None:
    """Return what each statement does to the likeliest outcome; None where nobody has said anything that counts."""
    if not evidence.effects:
        return None
    dossier = evidence.choice.choosing.dossier
    return effects_section(dossier, evidence.effects, evidence.option, evidence.draws, CHANGES, LISTED)


def with_whom_it_turns(uncertain: Section | None, evidence: ChoiceEvidence) -> Section | None:
    """Return where the uncertainty comes from, with those first on whose words the answer turns.

    Whoever has spoken clearly hardly varies between the draws, so no share of the variance is its own; that its words
    may be wrong, or taken back, is the larger uncertainty.
    """
    names = evidence.choice.choosing.dossier.world.name
    whose = list(dict.fromkeys(names(effect.actor) for effect in turning(evidence)))
    if not whose:
        return uncertain
    first = f"First of all from whether the words of {and_(whose[:_NAMED])} hold: without them another outcome would be"
    told = text("{}", f"{first} the likeliest.{' The table takes all words as they stand.' if uncertain else ''}")
    if uncertain is None:
        return Section("uncertainty", "Where the uncertainty comes from", (told,), 3)
    return replace(uncertain, blocks=(told, *uncertain.blocks))


def of_the_silent(choice: Choice, name: str) -> bool:
    """Tell whether an input is the approval of one of the silent members, who are alike: it tells nobody apart."""
    actor = name.partition(".")[0]
    return any(seat.actor == actor and not choice.choosing.heard(actor) for seat in choice.choosing.table.seats)
