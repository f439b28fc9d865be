"""From statements to positions: the documented rule.

A position written by hand wins. Blank means accepted statements. Without those the stated prior holds.

Each accepted statement that was known by the day of the forecast names a target on the scale: where a supporter of
its concept stands, or an opponent. A stance of 0 names none; it is listed and moves nothing. Its weight is

    directness(kind) x certainty x reliability x office x subject x 0.5 ** (age in days / half-life) x venue x speaker

where *reliability* is the source's, *office* belongs to the rank of whoever spoke (`foedus.dossiers.ranks`), *subject*
is 1 for a statement on an option and ``general`` for any other, *venue* is 1, or ``candour`` when a public statement
informs the private position, and *speaker* is 1, or ``succession`` when whoever made it has left the office since
(`foedus.dossiers.succession`): what a predecessor said moves his successor less, and the estimate widens toward the
prior. A statement is on an option where a supporter or an opponent of its concept stands exactly at an option other
than the status quo.

With W the sum of weights and w0 the weight of the prior, the estimate is the prior's triangle and the evidence's
triangle mixed point by point, with share W / (w0 + W) for the evidence. The
evidence's triangle has its mode at the weighted mean m of the targets and reaches ``spread`` plus the weighted mean
deviation of the targets to either side.

Statements conflict when they point to places further apart than twice ``spread``: no one place fits both. They are
then not averaged. The targets fall into camps, each with a triangle of its own, mixed with the prior as above by the
weight of that camp alone, and the estimate is the mixture of these triangles, each with its camp's share of W.

Statements of one actor that point the same way count at the farthest option that one of them names: whoever wants the
whole also accepts a part, and a general remark that agrees makes a refusal no milder; it adds its weight.

A conditional statement is a branch: where its actor would stand if the condition held. It moves nothing unless
``conditions`` in ``dossier.yaml`` declares a probability p; then the estimate is the mixture of where the actor stands
without it, with share 1 - p, and with it, with share p.

A refusal that names a condition (stance -1, signal ``threat``: "will not agree unless ...") is no branch: it holds
until the condition is met, and counts as opposition.

A later statement replaces an earlier one of the same actor on the same concept with another stance, when it comes from
the same or a higher office in the same venue and is no weaker kind of evidence. The earlier one is listed as superseded
and moves nothing. What the actor did, and the withdrawal of an objection, count as from the highest office. A lower
office that differs is a conflict.

A private statement never informs the public position. Members about whom nothing was said take in, at the small weight
``group``, what was said of members at large; a mere guess about them moves nobody.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.base.days import Day
from foedus.base.errors import refuse
from foedus.base.estimates import Estimate
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.ranks import RANKS, rank_of
from foedus.dossiers.records import Concept, Stakeholder
from foedus.dossiers.settings import EvidenceRule, Range
from foedus.dossiers.succession import left_on
from foedus.dossiers.words import WORDS
from foedus.evidence import OWN_WORDS, Statement
from foedus.issues import Issue
from foedus.world import World

BY_HAND = "set by hand"
FROM_STATEMENTS = "statements"
WEAK = "weak evidence only"
FROM_PRIOR = "prior"
PRIOR_AND_GROUP = "prior and what is said of members at large"


_CONDITIONS = 8
"""Most declared conditions that may bear on one actor: each doubles the branches."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one statement does to one position.

    Attributes
    ----------
    statement
        It.
    target
        Where it points, or None where it moves nothing.
    weight
        What it counts for.
    rank
        The rank of whoever spoke; see `foedus.dossiers.ranks.RANKS`.
    probability
        That its condition holds: 1 without one, 0 where none is declared.
    superseded_by
        Id of the later statement that replaces it; empty where none does.
    left
        The day on which its speaker left the office, where that is past; else ``None``.
    general, upward
        Whether it is on no option, and whether it points to the higher end of its concept.
    """

    statement: Statement
    target: float | None
    weight: float
    rank: str = "none"
    probability: float = 1.0
    superseded_by: str = ""
    left: Day | None = None
    general: bool = False
    upward: bool = True


@dataclass(frozen=True, slots=True)
class Camp:
    """Statements that point to about the same place.

    Attributes
    ----------
    at
        The weighted mean of where they point.
    share
        Of the weight of all that the actor's position rests on.
    statements
        Ids, heaviest first.
    """

    at: float
    share: float
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Where an actor would stand if a condition held.

    Attributes
    ----------
    condition
        In the words of the coder.
    statements
        Ids of those that name it.
    probability
        As declared, or None.
    estimate
        The position with these statements counted and no other condition.
    """

    KEYS = "condition statements probability position=estimate(low mode high)"

    condition: str
    statements: tuple[str, ...]
    probability: float | None
    estimate: Estimate


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
        Whether the actor has taken a public position on an option, in its own words or by an account of it: what
        binds is what it stands for or refuses, not who reports it.
    red_line, red_side
        A place on the scale, and whether it bars what is ``above`` or ``below``.
    known
        How much is known of it, from 0 for the prior to 1 for a position by hand: the evidence's share.
    basis
        One of `BY_HAND`, `FROM_STATEMENTS`, `WEAK`, `FROM_PRIOR`, `PRIOR_AND_GROUP`.
    contributions
        Every statement that was weighed for the private position, heaviest first.
    note
        What the analyst wrote.
    camps
        Where the statements point, the heaviest first; more than one is a conflict. Empty for a position by hand.
    branches
        Where the actor would stand under each condition that it has named. Empty for a position by hand.
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
    camps: tuple[Camp, ...] = ()
    branches: tuple[Branch, ...] = ()
    known: float = 1.0


def stand_of(dossier: Dossier, issue: Issue, actor: str, as_of: Day, *, seated: bool) -> Stand:
    """Return where an actor stands on an issue by what was known on a day.

    Parameters
    ----------
    dossier, issue, actor
        The actor may be a member, a voice or an outsider.
    as_of
        Statements and dated rows known later are left out.
    seated
        Whether the actor is a member; what is said of members at large bears on members alone.

    Returns
    -------
    Stand
        With the statements that it rests on.
    """
    rule, prior = dossier.evidence_rule, dossier.prior(issue.id)
    rows = {r.venue: r for r in dossier.stakeholders if r.actor == actor and r.issue == issue.id and _usable(r, as_of)}
    by_hand, aloud = rows.get("private"), rows.get("public")
    every = [s for s in dossier.statements_on(issue.id, as_of) if s.until is None or as_of < s.until]
    own = [s for s in every if s.actor == actor]
    replaced = superseded(own, dossier.world)
    members_at_large = f"{dossier.institutions.body(issue.body).organisation}-members"
    group = []
    if seated and not own:
        group = [s for s in every if s.actor == members_at_large and s.kind != "conjecture"]
    concepts = {c.id: c for c in dossier.concepts if c.issue == issue.id}
    likely = {id_: one.probability for one in dossier.settings.conditions for id_ in one.statements}
    together = [frozenset(one.statements) for one in dossier.settings.conditions]

    def weigh(statements: Iterable[Statement], share: float, *, for_public: bool) -> list[Contribution]:
        found = []
        for statement in statements:
            if for_public and statement.venue == "private":
                continue
            reliability = dossier.sources[statement.source].reliability
            candour = rule.candour if statement.venue == "public" and not for_public else 1.0
            rank = rank_of(statement, dossier.world)
            left = left_on(statement, dossier.world, as_of)
            speaker = 1.0 if left is None else rule.succession
            general = not on_option(concepts[statement.concept], issue)
            subject = rule.general if general else 1.0
            known = share * candour * reliability * rule.office[rank] * subject * speaker
            weight = known * _weight(statement, rule, as_of)
            held = likely.get(statement.id, 0.0) if conditional(statement) else 1.0
            later = replaced.get(statement.id, "")
            upward = _upward(statement, concepts[statement.concept])
            target = _target(statement, concepts[statement.concept]) if held > 0 and not later else None
            found.append(Contribution(statement, target, weight, rank, held, later, left, general, upward))
        return sorted(found, key=lambda c: (-c.weight, c.statement.id))

    private_evidence = weigh(own, 1.0, for_public=False) + weigh(group, rule.group, for_public=False)
    public_evidence = weigh(own, 1.0, for_public=True)
    private = position_by_hand(by_hand, issue)
    camps: tuple[Camp, ...] = ()
    branches: tuple[Branch, ...] = ()
    if private is None:
        private = branched(private_evidence, prior.position, rule, issue, together)
        camps = camps_of(private_evidence, rule, issue)
        branches = _branches(private_evidence, prior.position, rule, issue, concepts, together)
        public_evidence += weigh(group, rule.group, for_public=True)
    public = position_by_hand(aloud, issue)
    if public is None and any(c.target is not None for c in public_evidence):
        public = branched(public_evidence, prior.position, rule, issue, together)
    spoke = any(s.kind != "conjecture" for s in own)
    bound = _committed([s for s in own if s.id not in replaced and on_option(concepts[s.concept], issue)])
    salience = prior.salience_spoke if spoke else prior.salience
    red_line = by_hand.red_line if by_hand else None
    return Stand(
        actor=actor,
        private=private,
        public=public,
        salience=triple(by_hand, "salience") or _as_estimate(salience, _ids(own)),
        capability=triple(by_hand, "capability"),
        committed=(aloud is not None and position_by_hand(aloud, issue) is not None) or bound,
        red_line=red_line,
        red_side=_red_side(red_line, private, issue),
        basis=_basis(by_hand, issue, bool(own), private_evidence),
        contributions=tuple(private_evidence),
        note=" ".join(row.note for row in (by_hand, aloud) if row and row.note),
        camps=camps,
        branches=branches,
        known=_known(by_hand, issue, own, private_evidence, rule),
    )


def on_option(concept: Concept, issue: Issue) -> bool:
    """Tell whether whoever supports a concept, or opposes it, names an option other than the status quo.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> [one.id for one in dossier.concepts if one.issue == "office" and on_option(one, dossier.issue("office"))]
    ['office', 'programme-office']
    """
    places = {option.at for option in issue.options} - {issue.option(issue.status_quo).at}
    return bool(places & {concept.at_support, concept.at_oppose})


def conditional(statement: Statement) -> bool:
    """Tell whether a statement is a branch: it says where its actor would stand if something held.

    A refusal until something is done is none: the actor refuses now.
    """
    return bool(statement.condition) and not (statement.stance < 0 and statement.signal == "threat")


def superseded(statements: Sequence[Statement], world: World) -> dict[str, str]:
    """Return which statements of one actor a later one replaces, with the id of the latest that does.

    Parameters
    ----------
    statements
        Of one actor, all that count.
    world
        The facts: who held which office.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> superseded([one for one in dossier.statements if one.actor == "SWE"], dossier.world)
    {}
    """
    found: dict[str, str] = {}
    for earlier in statements:
        later = [
            one
            for one in statements
            if (one.concept, one.venue) == (earlier.concept, earlier.venue)
            and one.said_on > earlier.said_on
            and one.stance != earlier.stance
            and not conditional(one)
            and (one.kind in OWN_WORDS or earlier.kind not in OWN_WORDS)
            and one.kind != "conjecture"
            and _height(one, world) <= _height(earlier, world)
        ]
        if later:
            found[earlier.id] = max(later, key=lambda one: (one.said_on, one.id)).id
    return found


def _height(statement: Statement, world: World) -> int:
    """Return how high the office is from which it comes, 0 for the highest."""
    if statement.kind == "act" or statement.signal == "withdrawal":
        return 0
    return list(RANKS).index(rank_of(statement, world))


def estimate_from(evidence: Sequence[Contribution], prior: Range, rule: EvidenceRule, issue: Issue) -> Estimate:
    """Return the prior's triangle mixed with the evidence's; see the module's text.

    Parameters
    ----------
    evidence
        Contributions; those without a target move nothing.
    prior
        In the unit of the issue's scale.

    Returns
    -------
    Estimate
        One triangle; where statements conflict, the mixture of one for each camp.
    """
    counted = _corroborated([c for c in evidence if c.target is not None and c.weight > 0])
    total = sum(c.weight for c in counted)
    if total == 0:
        return _as_estimate(prior, ())
    parts = []
    for camp in _camps(counted, rule, issue):
        own = sum(c.weight for c in camp)
        share = own / (rule.prior_weight + own)
        mean, reach = _middle(camp), rule.spread * issue.scale.length + _deviation(camp)
        low, high = max(issue.scale.low, mean - reach), min(issue.scale.high, mean + reach)
        mixed = [(1 - share) * p + share * e for p, e in ((prior.low, low), (prior.mode, mean), (prior.high, high))]
        # rounding may put two values that are equal out of order
        ordered = sorted(min(max(value, issue.scale.low), issue.scale.high) for value in mixed)
        parts.append((own / total, Estimate(ordered[0], ordered[1], ordered[2])))
    ids = tuple(c.statement.id for c in counted)
    return replace(parts[0][1], rests_on=ids) if len(parts) == 1 else Estimate.mixture(parts, ids)


def camps_of(evidence: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> tuple[Camp, ...]:
    """Return where statements point, the heaviest camp first; those under a condition are branches and left out."""
    counted = _corroborated(
        [c for c in evidence if c.target is not None and c.weight > 0 and not conditional(c.statement)]
    )
    total = sum(c.weight for c in counted)
    found = [
        Camp(_middle(camp), sum(c.weight for c in camp) / total, tuple(c.statement.id for c in camp))
        for camp in _camps(counted, rule, issue)
    ]
    return tuple(sorted(found, key=lambda camp: (-camp.share, camp.at)))


def branched(
    evidence: Sequence[Contribution],
    prior: Range,
    rule: EvidenceRule,
    issue: Issue,
    together: Sequence[frozenset[str]] = (),
) -> Estimate:
    """Return the estimate over all declared conditions, each of which holds or not, independently of the others.

    Parameters
    ----------
    evidence, prior, rule, issue
        As in `estimate_from`; a contribution's probability is that of its condition.
    together
        Ids of statements whose conditions hold together.

    Raises
    ------
    InputError
        When more declared conditions bear on one position than can be branched over.
    """
    plain = [c for c in evidence if not conditional(c.statement)]
    groups = [[c for c in evidence if c.statement.id in ids and c.target is not None] for ids in together]
    groups = [group for group in groups if group]
    if len(groups) > _CONDITIONS:
        who = groups[0][0].statement.actor
        raise refuse("dossier.yaml", f"at most {_CONDITIONS} conditions that concern {who}", field="conditions")
    if not groups:
        return estimate_from(plain, prior, rule, issue)
    parts = []
    for held in itertools.product((False, True), repeat=len(groups)):
        chances = [g[0].probability if holds else 1 - g[0].probability for g, holds in zip(groups, held, strict=True)]
        counted = [c for g, holds in zip(groups, held, strict=True) if holds for c in g]
        parts.append((math.prod(chances), estimate_from([*plain, *counted], prior, rule, issue)))
    return Estimate.mixture(parts, tuple(c.statement.id for c in evidence if c.target is not None and c.weight > 0))


def _branches(
    evidence: Sequence[Contribution],
    prior: Range,
    rule: EvidenceRule,
    issue: Issue,
    concepts: Mapping[str, Concept],
    together: Sequence[frozenset[str]],
) -> tuple[Branch, ...]:
    """Return where an actor would stand under each condition that it has named."""
    plain = [c for c in evidence if not conditional(c.statement)]
    groups: dict[object, list[Contribution]] = {}
    for one in evidence:
        target = _target(one.statement, concepts[one.statement.concept])
        if conditional(one.statement) and target is not None:
            key = next((ids for ids in together if one.statement.id in ids), one.statement.condition.casefold())
            groups.setdefault(key, []).append(replace(one, target=target))
    return tuple(
        Branch(
            group[0].statement.condition,
            tuple(c.statement.id for c in group),
            group[0].probability if isinstance(key, frozenset) else None,
            estimate_from([*plain, *group], prior, rule, issue),
        )
        for key, group in groups.items()
    )


def _camps(counted: Sequence[Contribution], rule: EvidenceRule, issue: Issue) -> list[list[Contribution]]:
    """Divide statements where the gap between neighbouring targets is wider than twice the spread."""
    camps: list[list[Contribution]] = []
    last = 0.0
    for one in sorted(counted, key=lambda c: c.target or 0.0):
        target = one.target or 0.0
        if not camps or target - last > 2 * rule.spread * issue.scale.length:
            camps.append([])
        camps[-1].append(one)
        last = target
    return [sorted(camp, key=lambda c: (-c.weight, c.statement.id)) for camp in camps]


def _middle(camp: Sequence[Contribution]) -> float:
    """Return the weighted mean of where statements point, kept between the outermost of them."""
    targets = [c.target or 0.0 for c in camp]
    mean = sum(t * c.weight for t, c in zip(targets, camp, strict=True)) / sum(c.weight for c in camp)
    return min(max(mean, min(targets)), max(targets))


def _corroborated(counted: Sequence[Contribution]) -> list[Contribution]:
    """Return contributions of which those that point the same way count at the farthest option that one names.

    Whoever wants the whole also accepts a part: support for a lesser option, or for the matter in general, makes
    support for a greater one no milder. The same holds of refusals.
    """
    found = []
    for one in counted:
        alike = [c.target or 0.0 for c in counted if not c.general and c.upward == one.upward]
        target = one.target or 0.0
        if alike:
            target = max(target, *alike) if one.upward else min(target, *alike)
        found.append(replace(one, target=target))
    return found


def _deviation(camp: Sequence[Contribution]) -> float:
    mean = _middle(camp)
    return sum(abs((c.target or 0.0) - mean) * c.weight for c in camp) / sum(c.weight for c in camp)


def _usable(row: Stakeholder, as_of: Day) -> bool:
    return row.known_on is None or row.known_on <= as_of


def _weight(statement: Statement, rule: EvidenceRule, as_of: Day) -> float:
    age = max(0, (as_of - statement.said_on).days)
    return float(rule.directness[statement.kind] * statement.certainty * 0.5 ** (age / rule.half_life_days))


def _target(statement: Statement, concept: Concept) -> float | None:
    if statement.stance == 0:
        return None
    return concept.at_support if statement.stance > 0 else concept.at_oppose


def _upward(statement: Statement, concept: Concept) -> bool:
    rising = (concept.at_support or 0.0) >= (concept.at_oppose or 0.0)
    return rising == (statement.stance >= 0)


def _committed(own: Iterable[Statement]) -> bool:
    return any(s.kind != "conjecture" and s.venue == "public" and s.stance != 0 and not conditional(s) for s in own)


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.id for s in statements)


def _as_estimate(declared: Range, rests_on: tuple[str, ...]) -> Estimate:
    return Estimate(declared.low, declared.mode, declared.high, rests_on=rests_on)


def triple(row: Stakeholder | None, field: str) -> Estimate | None:
    """Return the number that a row sets by hand in three cells; None where it leaves it to statements and priors."""
    mode = getattr(row, f"{field}_mode", None)
    if mode is None:
        return None
    low, high = getattr(row, f"{field}_low"), getattr(row, f"{field}_high")
    return Estimate(mode if low is None else low, mode, mode if high is None else high)


def position_by_hand(row: Stakeholder | None, issue: Issue) -> Estimate | None:
    """Return the position that a row sets by hand, by numbers or by a word; None where it sets none."""
    if row is None or not row.words:
        return triple(row, "position")
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


def _known(
    row: Stakeholder | None,
    issue: Issue,
    own: Sequence[Statement],
    evidence: Sequence[Contribution],
    rule: EvidenceRule,
) -> float:
    if position_by_hand(row, issue) is not None:
        return 1.0
    said = {one.id for one in own}
    weight = sum(c.weight for c in evidence if c.target is not None and c.statement.id in said)
    return weight / (rule.prior_weight + weight)


def _basis(row: Stakeholder | None, issue: Issue, own: bool, evidence: Sequence[Contribution]) -> str:
    if position_by_hand(row, issue) is not None:
        return BY_HAND
    placing = [c.statement for c in evidence if c.target is not None]
    if not placing:
        return FROM_PRIOR
    if not own:
        return PRIOR_AND_GROUP
    return FROM_STATEMENTS if any(s.kind != "conjecture" for s in placing) else WEAK
