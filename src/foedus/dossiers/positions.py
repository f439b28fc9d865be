"""From statements to positions: the documented rule.

A position written by hand wins. Blank means accepted statements. Without those the stated prior holds.

Each accepted statement that was known by the day of the forecast names a target on the scale: where a supporter of
its concept stands, or an opponent. A stance of 0 and a conditional statement name none; they are listed and move
nothing. Its weight is

    directness(kind) x certainty x reliability of the source x 0.5 ** (age in days / half-life) x venue

where *venue* is 1, or ``candour`` when a public statement informs the private position. With W the sum of weights and
w0 the weight of the prior, the estimate is the prior's triangle and the evidence's triangle mixed point by point,
with share W / (w0 + W) for the evidence. The evidence's triangle has its mode at the weighted mean m of the targets and
reaches ``spread`` plus the weighted mean deviation of the targets to either side.

A private statement never informs the public position. Members about whom nothing was said take in, at the small weight
``group``, what was said of members at large; a mere guess about them moves nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.records import Concept, Stakeholder
from foedus.dossiers.settings import EvidenceRule, Range
from foedus.dossiers.words import WORDS
from foedus.evidence import OWN_WORDS, Statement
from foedus.issues import Issue

BY_HAND = "set by hand"
FROM_STATEMENTS = "statements"
WEAK = "weak evidence only"
FROM_PRIOR = "prior"
PRIOR_AND_GROUP = "prior and what is said of members at large"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one statement does to one position."""

    statement: Statement
    target: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one actor stands on one issue, as estimated on a day.

    Attributes
    ----------
    private, public
        Positions on the scale; ``public`` is None where nothing sets it apart from the private one.
    salience
        0 to 1.
    capability
        Set by hand, or None to be taken from the world's measure.
    committed
        Whether the actor itself has taken a public position.
    red_line, red_side
        A place on the scale, and whether it bars what is ``above`` or ``below``.
    basis
        One of `BY_HAND`, `FROM_STATEMENTS`, `WEAK`, `FROM_PRIOR`, `PRIOR_AND_GROUP`.
    contributions
        Every statement that was weighed for the private position, heaviest first.
    note
        What the analyst wrote.
    """

    actor: str
    private: Estimate
    public: Estimate | None
    salience: Estimate
    capability: Estimate | None
    committed: bool
    red_line: float | None
    red_side: str
    basis: str
    contributions: tuple[Contribution, ...]
    note: str


def stand_of(
    dossier: Dossier, issue: Issue, actor: str, as_of: Day, *, seated: bool, max_marking: int | None = None
) -> Stand:
    """Return where an actor stands on an issue by what was known on a day.

    Parameters
    ----------
    dossier, issue, actor
        The actor may be a member, a voice or an outsider.
    as_of
        Statements and dated rows known later are left out.
    seated
        Whether the actor is a member; what is said of members at large bears on members alone.
    max_marking
        Statements marked above this rank are left out; see `foedus.evidence.marking_rank`.

    Returns
    -------
    Stand
        With the statements that it rests on.
    """
    rule, prior = dossier.evidence_rule, dossier.prior(issue.id)
    rows = {r.venue: r for r in dossier.stakeholders if r.actor == actor and r.issue == issue.id and _usable(r, as_of)}
    by_hand, aloud = rows.get("private"), rows.get("public")
    every = [s for s in dossier.statements_on(issue.id, as_of, max_marking) if s.until is None or as_of < s.until]
    own = [s for s in every if s.actor == actor]
    members_at_large = f"{dossier.institutions.body(issue.body).organisation}-members"
    group = []
    if seated and not own:
        group = [s for s in every if s.actor == members_at_large and s.kind != "conjecture"]
    concepts = {c.id: c for c in dossier.concepts if c.issue == issue.id}

    def weigh(statements: Iterable[Statement], share: float, *, for_public: bool) -> list[Contribution]:
        found = []
        for statement in statements:
            if for_public and statement.venue == "private":
                continue
            reliability = dossier.sources[statement.source].reliability
            candour = rule.candour if statement.venue == "public" and not for_public else 1.0
            weight = share * candour * reliability * _weight(statement, rule, as_of)
            found.append(Contribution(statement, _target(statement, concepts[statement.concept]), weight))
        return sorted(found, key=lambda c: (-c.weight, c.statement.id))

    private_evidence = weigh(own, 1.0, for_public=False) + weigh(group, rule.group, for_public=False)
    public_evidence = weigh(own, 1.0, for_public=True)
    private = _by_hand_position(by_hand, issue)
    if private is None:
        private = estimate_from(private_evidence, prior.position, rule, issue)
        public_evidence += weigh(group, rule.group, for_public=True)
    public = _by_hand_position(aloud, issue)
    if public is None and any(c.target is not None for c in public_evidence):
        public = estimate_from(public_evidence, prior.position, rule, issue)
    spoke = any(s.kind in OWN_WORDS for s in own)
    salience = prior.salience_spoke if spoke else prior.salience
    red_line = by_hand.red_line if by_hand else None
    return Stand(
        actor=actor,
        private=private,
        public=public,
        salience=_triple(by_hand, "salience") or _as_estimate(salience, _ids(own)),
        capability=_triple(by_hand, "capability"),
        committed=(aloud is not None and _by_hand_position(aloud, issue) is not None) or _committed(own),
        red_line=red_line,
        red_side=_red_side(red_line, private, issue),
        basis=_basis(by_hand, issue, own, group),
        contributions=tuple(private_evidence),
        note=" ".join(row.note for row in (by_hand, aloud) if row and row.note),
    )


def estimate_from(evidence: Sequence[Contribution], prior: Range, rule: EvidenceRule, issue: Issue) -> Estimate:
    """Return the prior's triangle mixed with the evidence's; see the module's text.

    Parameters
    ----------
    evidence
        Contributions; those without a target move nothing.
    prior
        In the unit of the issue's scale.
    """
    counted = [(c.target, c.weight, c.statement.id) for c in evidence if c.target is not None and c.weight > 0]
    total = sum(weight for _, weight, _ in counted)
    if total == 0:
        return _as_estimate(prior, ())
    mean = sum(target * weight for target, weight, _ in counted) / total
    mean = min(max(mean, min(target for target, _, _ in counted)), max(target for target, _, _ in counted))
    deviation = sum(abs(target - mean) * weight for target, weight, _ in counted) / total
    reach = rule.spread * issue.scale.length + deviation
    low, high = max(issue.scale.low, mean - reach), min(issue.scale.high, mean + reach)
    share = total / (rule.prior_weight + total)
    mixed = [(1 - share) * p + share * e for p, e in ((prior.low, low), (prior.mode, mean), (prior.high, high))]
    # rounding may put two values that are equal out of order
    ordered = sorted(min(max(value, issue.scale.low), issue.scale.high) for value in mixed)
    return Estimate(ordered[0], ordered[1], ordered[2], rests_on=tuple(statement_id for _, _, statement_id in counted))


def _usable(row: Stakeholder, as_of: Day) -> bool:
    return row.known_on is None or row.known_on <= as_of


def _weight(statement: Statement, rule: EvidenceRule, as_of: Day) -> float:
    age = max(0, (as_of - statement.said_on).days)
    return float(rule.directness[statement.kind] * statement.certainty * 0.5 ** (age / rule.half_life_days))


def _target(statement: Statement, concept: Concept) -> float | None:
    if statement.condition or statement.stance == 0:
        return None
    return concept.at_support if statement.stance > 0 else concept.at_oppose


def _committed(own: Iterable[Statement]) -> bool:
    return any(s.kind in OWN_WORDS and s.venue == "public" and s.stance != 0 and not s.condition for s in own)


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.id for s in statements)


def _as_estimate(declared: Range, rests_on: tuple[str, ...]) -> Estimate:
    return Estimate(declared.low, declared.mode, declared.high, rests_on=rests_on)


def _triple(row: Stakeholder | None, field: str) -> Estimate | None:
    mode = getattr(row, f"{field}_mode", None)
    if mode is None:
        return None
    low, high = getattr(row, f"{field}_low"), getattr(row, f"{field}_high")
    return Estimate(mode if low is None else low, mode, mode if high is None else high)


def _by_hand_position(row: Stakeholder | None, issue: Issue) -> Estimate | None:
    if row is None or not row.words:
        return _triple(row, "position")
    start, end = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    low, mode, high = sorted(start + share * (end - start) for share in WORDS[row.words])
    return Estimate(low, mode, high)


def _red_side(red_line: float | None, private: Estimate, issue: Issue) -> str:
    """A red line bars what lies beyond it from where its actor stands; on the line itself, away from the status quo."""
    if red_line is None:
        return ""
    if private.mode == red_line:
        return "above" if red_line >= issue.option(issue.status_quo).at else "below"
    return "above" if private.mode < red_line else "below"


def _basis(row: Stakeholder | None, issue: Issue, own: Sequence[Statement], group: Sequence[Statement]) -> str:
    if _by_hand_position(row, issue) is not None:
        return BY_HAND
    placing = [s for s in own if s.stance != 0 and not s.condition]
    if any(s.kind != "conjecture" for s in placing):
        return FROM_STATEMENTS
    if placing:
        return WEAK
    return PRIOR_AND_GROUP if any(s.stance != 0 and not s.condition for s in group) else FROM_PRIOR
