"""What each statement counts for, and where it points: see `foedus.dossiers.positions`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.dossiers.bearing import conditional, names, on_option, option_named, points_up, superseded, target_of
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.ranks import rank_of
from foedus.dossiers.records import Concept
from foedus.dossiers.settings import EvidenceRule
from foedus.dossiers.stands import Contribution
from foedus.dossiers.succession import left_on
from foedus.evidence import MARKINGS, Statement
from foedus.issues import Issue


@dataclass(frozen=True, slots=True)
class Weighing:
    """How statements on one issue are weighed on a day.

    Attributes
    ----------
    dossier, issue, as_of
        Where they stand, what they bear on, and the day.
    """

    dossier: Dossier
    issue: Issue
    as_of: Day

    @property
    def concepts(self) -> dict[str, Concept]:
        """The claims on the issue, by id."""
        return {concept.id: concept for concept in self.dossier.concepts if concept.issue == self.issue.id}

    def weigh(self, statements: Iterable[Statement], share: float, *, for_public: bool) -> list[Contribution]:
        """Return what each statement does to a position, heaviest first.

        Parameters
        ----------
        statements
            Of one actor or of several; a later one of an actor replaces its earlier ones.
        share
            What each counts for, of what it would count for as the actor's own.
        for_public
            Whether the public position is asked about, on which nothing is heard but what was said aloud.
        """
        rule, issue, concepts = self.dossier.evidence_rule, self.issue, self.concepts
        listed = [statement for statement in statements if not for_public or said_aloud(self.dossier, statement)]
        replaced = self.replaced(listed)
        likely = {
            id_: condition.probability for condition in self.dossier.settings.conditions for id_ in condition.statements
        }
        still = issue.option(issue.status_quo).at
        contributions = []
        for statement in listed:
            concept = concepts[statement.concept]
            candour = rule.candour if statement.venue == "public" and not for_public else 1.0
            rank, left = rank_of(statement, self.dossier.world), left_on(statement, self.dossier.world, self.as_of)
            general = not on_option(concept, issue)
            known = share * candour * self.dossier.sources[statement.source].reliability * rule.office[rank]
            known *= (rule.general if general else 1.0) * (1.0 if left is None else rule.succession)
            held = likely.get(statement.id, 0.0) if conditional(statement) else 1.0
            later = replaced.get(statement.id, "")
            wants, refuses = names(statement, concept, issue)
            contributions.append(
                Contribution(
                    statement=statement,
                    target=target_of(statement, concept, issue) if held > 0 and not later else None,
                    weight=known * _weight(statement, rule, self.as_of),
                    rank=rank,
                    probability=held,
                    superseded_by=later,
                    left=left,
                    general=general,
                    upward=points_up(statement, concept) if wants is None else wants > still,
                    wants=wants,
                    refuses=refuses,
                    about=option_named(statement, concept, issue),
                )
            )
        return sorted(contributions, key=lambda c: (-c.weight, c.statement.id))

    def replaced(self, statements: Iterable[Statement]) -> dict[str, str]:
        """Return which statements a later one of the same actor replaces, with its id."""
        of: dict[str, list[Statement]] = {}
        for statement in statements:
            of.setdefault(statement.actor, []).append(statement)
        replaced_by = {id_: later for own in of.values() for id_, later in superseded(own, self.dossier.world).items()}
        left = self.dossier.left_for_another
        return replaced_by | {
            statement.id: left[statement.id] for own in of.values() for statement in own if statement.id in left
        }


_REPORT = re.compile(
    r"\b(?:telegrams?|cablegrams?|cables?|diptels?|d[\u00e9e]marches?|notes?|non-papers?|e-?mails?|letters?|phone"
    r"|told (?:us|me)|calls? (?:with|from|to)|talks? with|conversations?|colleagues?|own views?|desk|confiden\w+"
    r"|internal|read-?outs?|briefings?)\b|^(?:a )?(?:call|talk|view|report)s?$|\b(?:embassy|mission)(?: in \w+)?$"
    r"|^[\w.-]*[a-z][\w.-]* \d{1,4}$|^[a-z]{1,4}-?\d+$",
    re.IGNORECASE,
)
"""Titles of what others do not read: 'Telegram 12', 'Prague 41', 'T9', 'a colleague's view'."""

_TOLD_US = re.compile(r"\b(?:told|tells|informed|confided (?:in|to)) (?:us|me|our)\b|\bin confidence\b", re.IGNORECASE)
"""Words of a statement that was made to us."""


def said_aloud(dossier: Dossier, statement: Statement) -> bool:
    """Tell whether others heard a statement: it is public, and not in a report that others do not read.

    What a telegram or a colleague reports tells what an actor wants. Only an act is known to the others at the table
    whoever reports it. What was entered by hand is marked ``internal`` by itself: it is public where its source is by
    its title no telegram, note or talk, such as a newspaper, and its words are not "told us".

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import read_dossier
    >>> dossier = read_dossier("tokyo-office")
    >>> word = next(one for one in dossier.statements if one.venue == "public" and one.kind == "direct")
    >>> [said_aloud(dossier, one) for one in (word, replace(word, marking="internal"), replace(word, venue="private"))]
    [True, True, False]
    """
    if statement.venue == "private":
        return False
    source = dossier.sources[statement.source]
    marking = max(MARKINGS.index(statement.marking), MARKINGS.index(source.marking))
    to_us = _REPORT.search(source.title) or any(
        _TOLD_US.search(words) for words in (statement.quote, statement.paraphrase)
    )
    reported = marking > 1 or (marking == 1 and bool(to_us))
    return statement.kind == "act" or not reported


def _weight(statement: Statement, rule: EvidenceRule, as_of: Day) -> float:
    age = max(0, (as_of - statement.said_on).days)
    return float(rule.directness[statement.kind] * statement.certainty * 0.5 ** (age / rule.half_life_days))
