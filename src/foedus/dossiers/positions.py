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

What an actor is for and what it refuses are read together. Whoever is for an option and refuses one short of it wants
more, and is no friend of the status quo: the refusal moves no position. Where votes are counted, its vote on the
lesser option is against it in half of the draws (`foedus.cases.holding_out`). Whoever is for an option and
refuses one beyond it does not contradict itself: it prefers the first to the status quo, and the status quo to the
second, so it stands between half the way to the first and half the way to the second, and as near to the first as
``spread`` allows. Only a yes and a no to the same option conflict. A place set by hand exactly at an option is read as
a yes to it. Whoever has only refused an option short of another may want less or more: half of its weight counts at the
status quo, half is shared by the options beyond, and it is bound by nothing.

A conditional statement is a branch: where its actor would stand if the condition held. It moves nothing unless
``conditions`` in ``dossier.yaml`` declares a probability p; then the estimate is the mixture of where the actor stands
without it, with share 1 - p, and with it, with share p.

A refusal that names a condition (stance -1, signal ``threat``: "will not agree unless ...") is no branch: it holds
until the condition is met, and counts as opposition.

An abstention (stance 0, signal ``abstention``) belongs to the option on which it was said. Its actor abstains on that
option where it outweighs what the actor says for and against it: its vote on that option then stands on neither side,
in every draw, and the rule of the body says what that does. On other options its other words hold, and without any it
stands where a silent member would. Who abstains on every option stands halfway between supporters and opponents. An
abstention that is outweighed moves nothing. Who will not stand in the way (stance 1,
signal ``consent``) consents and does not support: it stands just on the side of the option, and has declared no vote.

A later statement replaces an earlier one of the same actor on the same concept with another stance, when it comes from
the same or a higher office in the same venue and is no weaker kind of evidence; a refusal that is told also replaces a
yes that was only passed on (kind ``indirect``). The earlier one is listed as superseded and moves nothing. What the
actor did, and the withdrawal of an objection, count as from the highest office; but how it says it will vote and how it
voted before are told alike, so that a later abstention replaces a vote, and a later word for or against an abstention.
A lower office that differs is a conflict.

A private statement never informs the public position, nor does one that is marked or stands in a marked source, unless
it is an act (`foedus.dossiers.weighing.said_aloud`). Members about whom nothing was said take in, at the small weight
``group``, what was said of members at large; a mere guess about them moves nobody. They also take in what a group said
to which they belonged on that day: at the weight ``spoken_for`` where the law binds them to it, else at the weight
``belongs`` (`foedus.dossiers.spoken`). With W the weight of what its groups said, the member stands with them with
probability W / (w0 + W), and else where it stands without them. A member's own words leave all of that aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.dossiers.at_large import shares_of_silent, tells_number
from foedus.dossiers.bearing import conditional, on_option, points_up
from foedus.dossiers.by_hand import position_by_hand, triple, usable
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.estimating import branched, branches_of, camps_of
from foedus.dossiers.records import Stakeholder
from foedus.dossiers.settings import EvidenceRule, Prior, Range
from foedus.dossiers.silence import reports_silence
from foedus.dossiers.spoken import heard_through
from foedus.dossiers.stands import (
    BY_HAND,
    FROM_PRIOR,
    FROM_STATEMENTS,
    PRIOR_AND_GROUP,
    SPOKEN_FOR,
    WEAK,
    Branch,
    Camp,
    Contribution,
    Stand,
)
from foedus.dossiers.weighing import Weighing, said_aloud
from foedus.dossiers.words import ABSTAINS
from foedus.dossiers.yes_and_no import as_counted, holding_out, holding_to_refusals, unclear, unconditional
from foedus.evidence import CONSENT, Statement
from foedus.issues import Issue
from foedus.measure.leaning import Lean


def stand_of(
    dossier: Dossier, issue: Issue, actor: str, as_of: Day, *, seated: bool, measured: Lean | None = None
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
    measured
        What its votes tell, to be the prior in place of the stated one.

    Returns
    -------
    Stand
        With the statements that it rests on.
    """
    rule, stated = dossier.evidence_rule, dossier.prior(issue.id)
    prior = stated if measured is None else measured_prior(stated, measured, issue)
    rows = {r.venue: r for r in dossier.stakeholders if r.actor == actor and r.issue == issue.id and usable(r, as_of)}
    by_hand, aloud = rows.get("private"), rows.get("public")
    every = [s for s in dossier.statements_on(issue.id, as_of) if s.until is None or as_of < s.until]
    own = [s for s in every if s.actor == actor]
    scale = Weighing(dossier, issue, as_of)
    concepts = scale.concepts
    organisation = dossier.institutions.body(issue.body).organisation
    lawful, loose = ([], []) if own or not seated else _heard(dossier, organisation, every, actor)
    spoke = bool(own) or actor in dossier.backing_others
    numbers = {} if spoke or not seated else shares_of_silent(dossier, issue, organisation, every, as_of)
    together = [frozenset(condition.statements) for condition in dossier.settings.conditions]

    def weighed(*, for_public: bool) -> list[Contribution]:
        said = scale.weigh(own, 1.0, for_public=for_public)
        if for_public and by_hand_private:
            return said
        for statements, share in ((lawful, rule.spoken_for), *loose):
            said += scale.weigh(statements, share, for_public=for_public)
        told = scale.weigh([s for s in every if s.id in numbers], 1.0, for_public=for_public)
        return said + [replace(c, weight=_outweighing(numbers[c.statement.id], rule)) for c in told]

    by_hand_private = position_by_hand(by_hand, issue) is not None
    private_evidence = weighed(for_public=False)
    abstains_on = _abstains_on(by_hand, issue, [c for c in private_evidence if c.statement in (*own, *lawful)])
    private_evidence = _with_votes(private_evidence, abstains_on, issue)
    public_evidence = _with_votes(weighed(for_public=True), abstains_on, issue)
    private = position_by_hand(by_hand, issue)
    if private is not None:
        private = holding_to_refusals(private, private_evidence, rule, issue)
    camps: tuple[Camp, ...] = ()
    branches: tuple[Branch, ...] = ()
    if private is None:
        private = _placed(private_evidence, actor, organisation, prior.position, rule, issue, together)
        camps = camps_of(private_evidence, rule, issue)
        branches = branches_of(private_evidence, prior.position, rule, issue, concepts, together)
    public = position_by_hand(aloud, issue)
    if public is None and any(c.target is not None for c in public_evidence):
        public = _placed(public_evidence, actor, organisation, prior.position, rule, issue, together)
    sideless: frozenset[str] = frozenset()
    firm = [c for c in private_evidence if c.target is not None and c.statement.kind != "conjecture"]
    if not by_hand_private and not any(c.wants is not None for c in firm):
        sideless = unclear(unconditional(private_evidence), issue)
    spoke = any(s.kind != "conjecture" and not reports_silence(s) for s in own)
    aloud_by_hand = position_by_hand(aloud, issue) is not None
    binds = not sideless and _bound(scale, own)
    told = [c for c in private_evidence if c.statement in own and c.statement.venue == "public"]
    declared_for, declared_against = _declared(told if binds else ())
    if aloud_by_hand:
        declared_for = declared_against = _places(issue)
    salience = prior.salience_spoke if spoke else prior.salience
    red_line = by_hand.red_line if by_hand else None
    return Stand(
        actor=actor,
        private=private,
        public=public,
        salience=triple(by_hand, "salience") or _as_estimate(salience, _ids(own)),
        capability=triple(by_hand, "capability"),
        committed=aloud_by_hand or (binds and _bound(scale, [s for s in own if said_aloud(dossier, s)])),
        red_line=red_line,
        red_side=_red_side(red_line, private, issue),
        basis=_basis(by_hand, issue, own, lawful, private_evidence),
        contributions=tuple(as_counted(private_evidence, rule, issue)),
        note=" ".join(row.note for row in (by_hand, aloud) if row and row.note),
        camps=camps,
        branches=branches,
        known=_known(by_hand, issue, own, private_evidence, rule),
        measured=measured,
        abstains_on=abstains_on,
        unclear=tuple(
            sorted({c.refuses for c in private_evidence if c.statement.id in sideless and c.refuses is not None})
        ),
        declared_for=declared_for,
        declared_against=declared_against,
        holds_out=() if by_hand_private else holding_out(unconditional(private_evidence), issue),
        says_by_hand=aloud_by_hand,
    )


def measured_prior(stated: Prior, measured: Lean, issue: Issue) -> Prior:
    """Return the prior that votes give a silent actor: its position from them, its salience moved by them.

    Parameters
    ----------
    stated
        What is stated for the issue: how much a silent actor cares was learned from nobody that kept silent.
    measured
        What the actor's votes tell.
    issue
        Its status quo and proposal are the ends of the way.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> lean = Lean(2019, ("GBR",), ("FRA",), 0.1, 0.8, 50.0, 60.0, 20.0, 0.0, "public")
    >>> at = measured_prior(dossier.prior("office"), lean, dossier.issue("office")).position
    >>> round(at.low), round(at.mode), round(at.high)
    (11, 69, 100)
    """
    start, way = issue.option(issue.status_quo).at, issue.option(issue.proposal).at - issue.option(issue.status_quo).at
    low, mode, high = sorted(start + way * place / 100 for place in measured.triangle)
    cares = {
        part: min(max(getattr(stated.salience, part) + measured.salience, 0.0), 1.0) for part in ("low", "mode", "high")
    }
    return stated.model_copy(update={"position": Range(low=low, mode=mode, high=high), "salience": Range(**cares)})


def _bound(scale: Weighing, statements: Sequence[Statement]) -> bool:
    """Tell whether words bind an actor: a refusal of an option, or support for one that no word contradicts.

    Without the second half, who supports an option and also speaks against the matter would be bound, by its support,
    to refuse wherever its words against are taken to count.
    """
    issue, concepts, replaced = scale.issue, scale.concepts, scale.replaced(statements)
    own = [s for s in statements if s.id not in replaced]
    rising = issue.option(issue.proposal).at >= issue.option(issue.status_quo).at
    said = [s for s in own if s.kind != "conjecture" and s.venue == "public" and s.stance != 0 and not conditional(s)]
    ahead = {s.id: points_up(s, concepts[s.concept]) == rising for s in said}
    binding = [s for s in said if on_option(concepts[s.concept], issue) and s.signal != CONSENT]
    return any(not ahead[s.id] for s in binding) or (bool(binding) and all(ahead.values()))


def _places(issue: Issue) -> tuple[float, ...]:
    """Return the places of the options other than the status quo."""
    still = issue.option(issue.status_quo).at
    return tuple(sorted({option.at for option in issue.options} - {still}))


def _abstains_on(row: Stakeholder | None, issue: Issue, evidence: Sequence[Contribution]) -> tuple[float, ...]:
    """Return on which options an actor abstains: on all if so set by hand, or where that outweighs its yes and no."""
    if position_by_hand(row, issue) is not None:
        return _places(issue) if row is not None and row.words == ABSTAINS else ()
    said = [c for c in unconditional(evidence) if c.statement.kind != "conjecture" and c.about is not None]

    def abstains(place: float) -> bool:
        here = [c for c in said if c.about == place]
        return sum(c.weight if c.abstains else -c.weight for c in here) > 0 and any(c.abstains for c in here)

    return tuple(place for place in _places(issue) if abstains(place))


def _with_votes(said: Sequence[Contribution], abstains_on: Sequence[float], issue: Issue) -> list[Contribution]:
    """Return contributions, of which an abstention that is outweighed moves nothing, nor does what it outweighs.

    Halfway is no place to stand for who votes: a camp there would vote for in half of its draws. Nor does who abstains
    stand where it has half spoken for or against: a word against that is outweighed would draw it towards the prior.
    Who abstains on one option of several is not halfway either: of the others it has said nothing by that.
    """
    on_all = bool(abstains_on) and set(abstains_on) == set(_places(issue))

    def counts(contribution: Contribution) -> bool:
        if contribution.abstains or on_all:
            return on_all and (contribution.abstains or conditional(contribution.statement))
        return conditional(contribution.statement) or contribution.about not in abstains_on

    return [contribution if counts(contribution) else replace(contribution, target=None) for contribution in said]


def _declared(said: Sequence[Contribution]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return for and against which options an actor has declared its vote, to all or to us: not where it said both."""
    firm = [c for c in unconditional(said) if c.statement.kind != "conjecture" and c.statement.signal != CONSENT]
    yes = {c.wants for c in firm if c.wants is not None}
    no = {c.refuses for c in firm if c.refuses is not None}
    return tuple(sorted(yes - no)), tuple(sorted(no - yes))


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.id for s in statements)


def _as_estimate(declared: Range, rests_on: tuple[str, ...]) -> Estimate:
    return Estimate(declared.low, declared.mode, declared.high, rests_on=rests_on)


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
    said = {statement.id for statement in own}
    weight = sum(c.weight for c in evidence if c.target is not None and c.statement.id in said)
    return weight / (rule.prior_weight + weight)


def _heard(
    dossier: Dossier, organisation: str, every: Sequence[Statement], actor: str
) -> tuple[list[Statement], list[tuple[list[Statement], float]]]:
    """Return what bears on a member without words of its own: what binds it, and the rest with what it counts for."""
    rule = dossier.evidence_rule
    at_large = [
        s for s in every if s.actor == f"{organisation}-members" and s.kind != "conjecture" and not tells_number(s)
    ]
    lawful, loose = heard_through(every, dossier.world, actor, organisation)
    return lawful, [(at_large, rule.group), (loose, rule.belongs)]


def _placed(
    evidence: Sequence[Contribution],
    actor: str,
    organisation: str,
    prior: Range,
    rule: EvidenceRule,
    issue: Issue,
    together: Sequence[frozenset[str]],
) -> Estimate:
    """Return where an actor stands: with what a group of it said in the share that this is worth, else on its own.

    A member follows its group or does not. Halfway between the group and the prior it would do neither, and all members
    of a group would do so at once. Likewise it is one of so many members that take a side, or is not.
    """
    large = f"{organisation}-members"
    told = [c for c in evidence if c.statement.actor == large and tells_number(c.statement) and c.target is not None]
    if told and actor != large:
        rest = _placed([c for c in evidence if c not in told], actor, organisation, prior, rule, issue, together)
        parts = [(c.weight / (rule.prior_weight + c.weight), float(c.target or 0.0), c.statement.id) for c in told]
        others = max(0.0, 1 - sum(share for share, _, _ in parts))
        sides = [(share, Estimate(at, at, at, rests_on=(id_,))) for share, at, id_ in parts]
        return Estimate.mixture([*sides, (others, rest)], (*(id_ for _, _, id_ in parts), *rest.rests_on))
    groups = [c for c in evidence if c.statement.actor not in {actor, large}]
    alone = branched([c for c in evidence if c not in groups], prior, rule, issue, together)
    weight = sum(c.weight for c in groups if c.target is not None)
    if weight == 0:
        return alone
    share, ids = weight / (rule.prior_weight + weight), tuple(c.statement.id for c in groups if c.target is not None)
    surely = rule.model_copy(update={"prior_weight": 0.0})
    with_them = branched(groups, prior, surely, issue, together)
    return Estimate.mixture([(share, with_them), (1 - share, alone)], (*ids, *alone.rests_on))


_SURE = 1e6
"""What outweighs any prior, in weights of it."""


def _outweighing(share: float, rule: EvidenceRule) -> float:
    """Return the weight beside which the prior has what a share leaves."""
    return rule.prior_weight * min(share / max(1 - share, 1 / _SURE), _SURE)


def _basis(
    row: Stakeholder | None,
    issue: Issue,
    own: Sequence[Statement],
    lawful: Sequence[Statement],
    evidence: Sequence[Contribution],
) -> str:
    if position_by_hand(row, issue) is not None:
        return BY_HAND
    placing = [c.statement for c in evidence if c.target is not None]
    if not placing:
        return FROM_PRIOR
    if not own:
        return SPOKEN_FOR if any(s in lawful for s in placing) else PRIOR_AND_GROUP
    return FROM_STATEMENTS if any(s.kind != "conjecture" for s in placing) else WEAK
