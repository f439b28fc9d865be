"""Where one actor stands on one issue, and all that this rests on."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day, day_in_words
from foedus.base.estimates import Estimate
from foedus.cases import Case, Member
from foedus.cases.case import checked_case
from foedus.cases.choices import Choosing, choosing
from foedus.dossiers import Contribution, Dossier
from foedus.dossiers.bearing import conditional
from foedus.dossiers.said import clause, what_was_said, who_said
from foedus.evidence import CONSENT
from foedus.explain.levers import actor_of


@dataclass(frozen=True, slots=True)
class Standing(Recorded):
    """Where one actor stands.

    Attributes
    ----------
    case, member
        The issue before its meeting, and the actor at the table.
    """

    KEYS = (
        "issue=case.issue.id as_of=case.as_of on=case.meeting.on actor=member.actor name=member.name "
        "seated=member.seated basis=member.stand.basis position=member.stand.private(low mode high) "
        "nearest_option=nearest public_position=says(low mode high) "
        "salience=member.stand.salience(low mode high) capability=member.capability(low mode high) "
        "committed=member.stand.committed abstains=member.stand.abstains abstains_on red_line=member.stand.red_line "
        "note=member.stand.note "
        "measured=member.stand.measured? statements "
        "conditions=member.stand.branches(condition probability position=estimate(low mode high))"
    )

    case: Case
    member: Member

    @property
    def abstains_on(self) -> tuple[str, ...]:
        """Labels of the options on which it abstains."""
        return tuple(option.label for option in self.case.issue.options if option.at in self.member.stand.abstains_on)

    @property
    def spoke(self) -> bool:
        """Whether it has itself said anything of this, or its public position is set by hand."""
        stand = self.member.stand
        return stand.says_by_hand or any(c.statement.actor == stand.actor for c in stand.contributions)

    @property
    def says(self) -> Estimate | None:
        """What it says aloud; None where it has said nothing, whatever its groups or others say of it."""
        return self.member.stand.public if self.spoke else None

    def option_near(self, place: float) -> str:
        """Return the label of the option nearest to a place; one as near to the status quo wins."""
        still = self.case.issue.option(self.case.issue.status_quo).at
        return min(self.case.issue.options, key=lambda option: (abs(option.at - place), abs(option.at - still))).label

    def share(self, contribution: Contribution) -> float:
        """Return which share of the weight of all that places the actor one statement has."""
        total = sum(other.weight for other in self.member.stand.contributions if other.target is not None)
        return contribution.weight / total if total and contribution.target is not None else 0.0

    def effect(self, contribution: Contribution) -> str:
        """Return in words what a statement does to the position."""
        statement = contribution.statement
        if contribution.superseded_by:
            later = next(o for o in self.case.dossier.statements if o.id == contribution.superseded_by)
            return f"replaced by a later one, of {day_in_words(later.said_on)}"
        if conditional(statement) and contribution.probability == 0:
            return f"does not count yet: it applies {clause(statement.condition)}"
        if contribution.target is None:
            return self._aside(contribution)
        if contribution.abstains:
            return f"an abstention: its vote is on neither side, and it stands halfway, at {contribution.target:g}"
        if self.member.stand.unclear and contribution.refuses is not None:
            refused = self.option_near(contribution.refuses)
            return f"refuses {refused!r} and does not tell whether it wants less or more: half counts on each side"
        left = f"; the speaker left office on {contribution.left}, so it counts for less" if contribution.left else ""
        consents = statement.signal == CONSENT and statement.stance > 0
        near = self.option_near(contribution.target)
        if not self.case.dossier.issue(self.case.issue.id).ordered:  # who is against one of several wants not nobody
            near = "for it" if near == self.case.issue.proposal else "against it"
        if consents:
            near = "just past indifference: consent, not support" if contribution.wants is None else f"{near}: consent"
        place = f"points to {contribution.target:g}, {near}"
        return f"{place}{self._read(contribution)}{left}"

    def _aside(self, contribution: Contribution) -> str:
        """Return in words why a statement does not tell where the actor stands."""
        if contribution.abstains and contribution.about in self.member.stand.abstains_on:
            return "an abstention: its vote on this option is on neither side; it says nothing of other options"
        aside = "an abstention, outweighed by what it says for or against" if contribution.abstains else ""
        if self.member.stand.abstains and contribution.statement.stance != 0:
            aside = "outweighed by its abstention"
        return f"{aside or 'neither for nor against'}: moves nothing"

    def _read(self, contribution: Contribution) -> str:
        """Return why a refusal does not point to the status quo; empty where it does."""
        issue, refuses, target = self.case.issue, contribution.refuses, contribution.target
        still, wants = issue.option(issue.status_quo).at, contribution.wants
        if wants is not None and target is not None and abs(target - still) < abs(wants - still):
            return f": for '{self.option_near(wants)}', but short of it, since it refuses what goes further"
        if refuses is None or target is None or target == still:
            return ""
        option = next(listed.label for listed in issue.options if listed.at == refuses)
        more = abs(target - still) > abs(refuses - still)
        if not more:
            return f": it refuses '{option}' and is for less"
        half = f"where votes are counted, it votes against '{option}' in half of the draws"
        return f": it refuses '{option}' and is for more; {half}"

    @property
    def nearest(self) -> str:
        """Label of the option nearest to the position."""
        return self.option_near(self.member.stand.private.mode)

    @property
    def statements(self) -> list[dict[str, object]]:
        """What was said, and what each statement does."""
        dossier = self.case.dossier
        return [
            {
                "id": contribution.statement.id,
                "said_on": contribution.statement.said_on,
                "known_on": dossier.known_on(contribution.statement),
                "who": who_said(dossier, contribution.statement),
                "words": what_was_said(dossier, contribution.statement),
                "points_to": contribution.target,
                "share": self.share(contribution),
                "effect": self.effect(contribution),
                "source": contribution.statement.source,
                "passage": contribution.statement.passage,
            }
            for contribution in self.member.stand.contributions
        ]


def standing(
    dossier: Dossier, actor: str, issue: str | None = None, as_of: Day | None = None, on: str | None = None
) -> Standing:
    """Return where an actor stands, with all that this rests on.

    Parameters
    ----------
    dossier
        What `foedus.read_dossier` returned.
    actor
        Somebody at the table, by id or name.
    issue, as_of, on
        As in `foedus.forecast`.

    Raises
    ------
    FoedusError
        When the issue or the meeting is unknown, or nobody at the table goes by that name.

    Examples
    --------
    >>> import foedus
    >>> answer = standing(foedus.read_dossier("tokyo-office"), "France")
    >>> answer.member.actor, answer.option_near(answer.member.stand.private.mode)
    ('FRA', 'no office')
    """
    case = checked_case(dossier, dossier.issue(issue), as_of, on)
    return Standing(case, case.member(actor_of(case, actor)))


@dataclass(frozen=True, slots=True)
class Approvals(Recorded):
    """Whom one actor approves of on a choice without an order.

    Attributes
    ----------
    choosing
        The choice before its meeting.
    options
        For each option that changes something, by label: where the actor stands between the status quo and it.
    """

    KEYS = (
        "issue=choosing.issue.id as_of=choosing.as_of on=choosing.meeting.on actor=first.member.actor "
        "name=first.member.name options=standings"
    )

    choosing: Choosing
    options: dict[str, Standing]

    @property
    def first(self) -> Standing:
        """Where the actor stands on the first of the options."""
        return next(iter(self.options.values()))

    @property
    def standings(self) -> list[dict[str, object]]:
        """A standing for each option, with its label."""
        return [{"label": label, **option.as_answer()} for label, option in self.options.items()]


def approvals(
    dossier: Dossier, actor: str, issue: str | None = None, as_of: Day | None = None, on: str | None = None
) -> Approvals:
    """Return whom an actor approves of, option by option, with all that this rests on.

    Parameters
    ----------
    dossier, actor, issue, as_of, on
        As in `standing`; the options of the issue have no order.

    Examples
    --------
    >>> import foedus
    >>> answer = approvals(foedus.read_dossier("secretary-general-2024"), "Hungary", as_of=None, on="Washington 2024")
    >>> [(label, round(each.member.stand.private.mode)) for label, each in answer.options.items()]
    [('Mark Rutte', 96)]
    """
    made = choosing(dossier, issue, as_of, on)
    who = actor_of(made.table, actor)
    return Approvals(made, {label: Standing(case, case.member(who)) for label, case in made.cases.items()})
