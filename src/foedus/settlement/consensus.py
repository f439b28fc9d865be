"""The consensus model: silence is assent, an objection stops, and opposing a crowd costs something.

For one issue, with scale length R, status quo q, and for member i a private position x_i and a salience s_i:

- net disutility of option x:     d_i(x) = s_i (|x - x_i| - |q - x_i|) / R
- backers of x:                   members whose public position is nearer to x than to q
- b_i(x):                         the smaller of the backers' share of heads and of capability, i itself not counted
                                  as a backer and yet part of the base
- peer pressure:                  k_i(x) = kappa max(0, (b_i - tau) / (1 - tau))
- r_i(x):                         what it costs i to cross its red line or its own public commitment
- p_i:                            what i is paid if anything but q is adopted; 0 unless a lever pays it
- i objects to x when             d_i(x) + r_i(x) > k_i(x) + p_i, unless it abstains

An option is adoptable when no member objects and every outsider whose consent is needed prefers it to the status
quo or is indifferent. Among the adoptable options and q a named rule selects; q wins unless another is strictly better:

- agenda-setter:   the option nearest to what the agenda setter wants
- weighted-gains:  the largest sum of -c_i d_i(x), with c_i the capability
- nash-product:    the largest product of (k_i(x) + p_i - d_i(x) - r_i(x)) ** (c_i s_i), what members keep by not
                   objecting

Arrays here are turned round, options first and draws last, (K, N, D): sums over members then run along the draws,
which is what makes them fast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.issues.deciding import in_favour, on_option, winning
from foedus.issues.models import Assumption, ModelCard, Settlement, joined
from foedus.issues.sitting import Agenda, Flags, Floats, Sitting, blocks

SELECTIONS = ("agenda-setter", "weighted-gains", "nash-product")

_CARD = ModelCard(
    name="consensus",
    stage="settlement",
    summary="An option passes when nobody objects; a member objects when the option hurts it more than isolation does.",
    caution="Its pressure and red lines are assumptions that no data have settled.",
    inputs=(
        "private",
        "public",
        "salience",
        "capability",
        "committed",
        "red_low",
        "red_high",
        "outsiders",
        "setter",
        "paid",
    ),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "respects the rule",
        "unanimity at zero pressure",
    ),
    assumptions=(
        Assumption(
            "kappa",
            "peer pressure on a member that alone resists a unanimous rest",
            0.0,
            0.3,
            1.0,
            (0.0, 2.0),
        ),
        Assumption("tau", "share of backers at which pressure sets in", 0.5, 0.6, 0.9, (0.5, 1.0), top_excluded=True),
        Assumption("red_line_cost", "cost of crossing one's red line or public commitment", 0.0, 0.3, 1.0, (0.0, 2.0)),
        Assumption(
            "red_line_slack",
            "how far beyond a stated red line the real one lies, as a share of the scale",
            -0.1,
            0.0,
            0.1,
            (-1.0, 1.0),
        ),
        Assumption("selection", "which rule picks among adoptable options", choices=SELECTIONS),
    ),
    reference=(
        "Foedus, defined in its documentation; no published source. Compare the costly reference point of Franchino "
        "and Mariotto (2022), doi:10.1017/psrm.2021.26"
    ),
    reading=(
        "Net disutility, backers, pressure and red lines exactly as the docs define them; a red line and a public "
        "commitment cost the same and are not added up."
    ),
    oracle="hand-worked cases and brute force over members; no published numbers",
    refuted=(
        "unanimity",
        "monotone",
        "Pareto",
        "individually rational",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
)


@dataclass(frozen=True, slots=True)
class Consensus:
    """The consensus model; see its card and the module's text."""

    card: ModelCard = _CARD

    def settle(self, sitting: Sitting) -> Settlement:
        """Return what is adopted in each draw, who objects, and whose objection decides."""
        return joined([_settled(part) for part in blocks(sitting)])

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return what is adopted in each draw; shape (D, I)."""
        return np.concatenate([_chosen(part) for part in blocks(sitting)])


def _chosen(sitting: Sitting) -> NDArray[np.intp]:
    seats = np.flatnonzero(sitting.seated)
    return np.stack([choose(_View.of(sitting, place, seats)) for place in range(len(sitting.agendas))], axis=1)


def _settled(sitting: Sitting) -> Settlement:
    seats = np.flatnonzero(sitting.seated)
    choices, outcomes = [], []
    objects: list[Flags] = []
    reluctant: list[Flags] = []
    sole: list[Flags] = []
    pivotal = np.zeros(sitting.private.shape, dtype=np.bool_)
    for place, agenda in enumerate(sitting.agendas):
        view = _View.of(sitting, place, seats)
        choice = choose(view)
        without_member, without_outsider = choose_without_each(view)
        pivotal[:, seats, place] = (without_member != choice).T
        pivotal[:, list(sitting.outsiders[place]), place] |= (without_outsider != choice).T
        choices.append(choice)
        outcomes.append(agenda.options[choice])
        asked = np.array(sitting.outsiders[place], dtype=np.intp)
        nobody = np.zeros_like(view.consents)
        for collected, of_members, of_outsiders in (
            (objects, view.objects, ~view.consents),
            (reluctant, view.reluctant, nobody),
            (sole, *view.sole),
        ):
            everyone = np.zeros((sitting.draws, len(sitting.actors), len(agenda.options)), dtype=np.bool_)
            everyone[:, seats, :] = of_members.T
            everyone[:, asked, :] = of_outsiders.T
            collected.append(everyone)
    return Settlement(
        np.stack(choices, axis=1), np.stack(outcomes, axis=1), tuple(objects), tuple(reluctant), tuple(sole), pivotal
    )


_OUTVOTED = 1e-9
"""What whoever is outvoted is taken to gain: next to nothing, so that it weighs against an option and stops none."""


@dataclass(frozen=True, slots=True)
class _View:
    """One issue of a sitting, N members only.

    Attributes
    ----------
    disutility, surplus
        d_i(x), and k_i(x) - d_i(x) - r_i(x), which is negative where i objects; shape (K, N, D).
    objects
        Who objects to what; shape (K, N, D).
    consents
        Which outsiders consent to what; shape (K, O, D).
    capability, weight
        Capability, and capability times salience; shape (N, D).
    setter
        What the agenda setter wants; shape (D,).
    selection
        Index into ``SELECTIONS``; shape (D,).
    fails
        Which options that are put to a vote, by a procedure of their own, lack the votes; shape (K, D). Nobody's
        objection stops such an option.
    """

    agenda: Agenda
    disutility: Floats
    surplus: Floats
    objects: Flags
    consents: Flags
    capability: Floats
    weight: Floats
    setter: Floats
    selection: Floats
    fails: Flags

    @classmethod
    def of(cls, sitting: Sitting, place: int, seats: NDArray[np.intp]) -> _View:
        """Work out who would be hurt, pressed and bound by each option."""
        agenda, given = sitting.agendas[place], sitting.assumptions
        salience = _turned(sitting.salience, seats, place)
        capability = np.ascontiguousarray(sitting.capability[:, seats].T)
        disutility = net_disutility(_turned(sitting.private, seats, place), salience, agenda)
        preference = public_preference(_turned(sitting.public, seats, place), agenda)
        if sitting.away:
            preference[:, ~sitting.voting[seats]] = 0.0
        absent = {k: ~sitting.voting_on(place, k)[seats] for k in (sitting.away_on[place] if sitting.away_on else ())}
        for option, aside in absent.items():
            preference[option, aside] = 0.0
        pressure = peer_pressure(preference < 0, capability, given["kappa"], given["tau"])
        surplus = pressure - disutility - _crossing_cost(sitting, place, seats, preference)
        if sitting.paid is not None:
            surplus += _turned(sitting.paid, seats, place)
        weight = capability * salience
        if sitting.away:  # who abstains stops nothing, presses nobody and wins nothing
            aside = ~sitting.voting[seats]
            disutility[:, aside], surplus[:, aside], weight[aside] = 0.0, 0.0, 0.0
        for option, aside in absent.items():  # nor on the option on which it abstains: its factor of a product is 1
            disutility[option, aside], surplus[option, aside] = 0.0, 1.0
        surplus[agenda.status_quo] = 0.0
        objects, fails = surplus < 0, np.zeros((len(agenda.options), sitting.draws), dtype=np.bool_)
        for option in sitting.apart[place] if sitting.apart else ():
            fails[option] = ~winning(on_option(sitting, place, option), in_favour(sitting, place, option))
            objects[option] = False
            surplus[option] = np.maximum(surplus[option], _OUTVOTED)
        return cls(
            agenda,
            disutility,
            surplus,
            objects,
            consent(sitting, place),
            capability,
            weight,
            sitting.setter[:, place],
            given["selection"],
            fails,
        )

    @property
    def adoptable(self) -> Flags:
        """What nobody stops: no member objects, every outsider consents, and what is voted on has the votes; (K, D)."""
        return np.asarray(~self.objects.any(axis=1) & self.consents.all(axis=1) & ~self.fails)

    @property
    def reluctant(self) -> Flags:
        """Who is hurt and does not object; shape (K, N, D)."""
        return (self.disutility > 0) & ~self.objects

    @property
    def sole(self) -> tuple[Flags, Flags]:
        """Whose objection, or refusal, alone stands in the way; shapes (K, N, D) and (K, O, D)."""
        refuses = ~self.consents
        alone = self.objects.sum(axis=1) + refuses.sum(axis=1) == 1
        return self.objects & alone[:, None, :], refuses & alone[:, None, :]


def _turned(values: Floats, actors: NDArray[np.intp], place: int) -> Floats:
    """Return one issue of a (D, A, I) array for some actors, draws last; shape (len(actors), D)."""
    return np.ascontiguousarray(values[:, actors, place].T)


def net_disutility(private: Floats, salience: Floats, agenda: Agenda) -> Floats:
    """Return d_i(x), what each option costs each member over the status quo.

    Parameters
    ----------
    private, salience
        Shape (N, D).

    Returns
    -------
    Floats
        Shape (K, N, D), in [-1, 1]; positive where the member would rather keep the status quo.
    """
    status_quo = agenda.options[agenda.status_quo]
    cost = np.abs(agenda.options[:, None, None] - private)
    cost -= np.abs(status_quo - private)
    cost *= salience / agenda.length
    return cost


def public_preference(public: Floats, agenda: Agenda) -> Floats:
    """Return how much farther than the status quo each option lies from what each member says it wants.

    Parameters
    ----------
    public
        Shape (N, D).

    Returns
    -------
    Floats
        Shape (K, N, D), in the scale's unit; negative for backers.
    """
    status_quo = agenda.options[agenda.status_quo]
    farther = np.abs(agenda.options[:, None, None] - public)
    farther -= np.abs(status_quo - public)
    return farther


def peer_pressure(backing: Flags, capability: Floats, kappa: Floats, tau: Floats) -> Floats:
    """Return k_i(x), what it costs each member to stand in the way.

    Parameters
    ----------
    backing
        Who backs what; shape (K, N, D).
    capability
        Shape (N, D). Where nobody has any, no share of it can press.
    kappa, tau
        Shape (D,).

    Returns
    -------
    Floats
        Shape (K, N, D).
    """
    counted = backing.astype(np.float64)
    strength = counted * capability
    total = capability.sum(axis=0)
    share = _others(counted)
    share /= len(capability)
    by_capability = _others(strength)
    by_capability /= np.where(total > 0, total, 1.0)
    np.minimum(share, by_capability, out=share)
    share -= tau
    share *= kappa / (1.0 - tau)
    return np.maximum(share, 0.0, out=share)


def _others(values: Floats) -> Floats:
    """Return, for each member, the sum over all the others; shape (K, N, D)."""
    return np.asarray(values.sum(axis=1, keepdims=True) - values)


def crossings(
    preference: Floats, committed: Flags, red_low: Floats, red_high: Floats, slack: Floats, agenda: Agenda
) -> Flags:
    """Return which options would have a member cross its red line or its own public commitment.

    Parameters
    ----------
    preference
        What `public_preference` returns; shape (K, N, D). An option farther than the status quo crosses a commitment.
    committed, red_low, red_high
        Shape (N,).
    slack
        How far the real red line lies beyond the stated one, in the scale's unit; shape (D,).

    Returns
    -------
    Flags
        Shape (K, N, D).
    """
    crossed = (preference > 0) & committed[:, None]
    if np.isfinite(red_high).any() or np.isfinite(red_low).any():
        options = agenda.options[:, None, None]
        crossed |= (options > red_high[:, None] + slack) | (options < red_low[:, None] - slack)
    return crossed


def consent(sitting: Sitting, place: int) -> Flags:
    """Return which outsiders accept which options: those that do not hurt them; shape (K, O, D).

    No pressure reaches an outsider, and its own red line and commitment bind it as they bind a member.
    """
    agenda = sitting.agendas[place]
    asked = np.array(sitting.outsiders[place], dtype=np.intp)
    hurt = net_disutility(_turned(sitting.private, asked, place), _turned(sitting.salience, asked, place), agenda)
    preference = public_preference(_turned(sitting.public, asked, place), agenda)
    cost = hurt + _crossing_cost(sitting, place, asked, preference)
    consents = cost <= (0.0 if sitting.paid is None else _turned(sitting.paid, asked, place))
    consents[agenda.status_quo] = True
    return consents


def _crossing_cost(sitting: Sitting, place: int, actors: NDArray[np.intp], preference: Floats) -> Floats:
    """Return r_i(x) for some of the actors; shape (K, len(actors), D)."""
    agenda, given = sitting.agendas[place], sitting.assumptions
    crossed = crossings(
        preference,
        sitting.committed[actors, place],
        sitting.red_low[actors, place],
        sitting.red_high[actors, place],
        given["red_line_slack"] * agenda.length,
        agenda,
    )
    return crossed * given["red_line_cost"]


def feasible(sitting: Sitting, place: int) -> Flags:
    """Return which options nobody stops: no member objects, and every outsider who is asked consents.

    The status quo always stands.

    Parameters
    ----------
    sitting
        D draws, with the assumptions of the consensus model.
    place
        Index of the issue.

    Returns
    -------
    Flags
        Shape (D, K).
    """
    view = _View.of(sitting, place, np.flatnonzero(sitting.seated))
    adoptable = view.adoptable
    adoptable[sitting.agendas[place].status_quo] = True
    return adoptable.T


def choose(view: _View) -> NDArray[np.intp]:
    """Return the index of the option adopted in each draw; shape (D,)."""
    return _pick(view.adoptable, _scores(view, _log_nash(view)), view.agenda)


def choose_without_each(view: _View) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return what would be adopted if each member raised no objection, and if each outsider were not asked.

    Returns
    -------
    tuple
        Indices of options; shapes (N, D) and (O, D).
    """
    objects, consents = view.objects, view.consents
    others_object = _others(objects.astype(np.float64)) > 0
    has_votes = ~view.fails[:, None, :]
    adoptable = ~others_object & consents.all(axis=1, keepdims=True) & has_votes
    members = _pick(adoptable, _scores(view, _log_nash_without_each(view)), view.agenda)
    refused = ~consents
    others_refuse = _others(refused.astype(np.float64)) > 0
    adoptable = ~others_refuse & ~objects.any(axis=1, keepdims=True) & has_votes
    outsiders = _pick(adoptable, _scores(view, _log_nash(view)[:, None, :]), view.agenda)
    return members, outsiders


def _pick(adoptable: Flags, scores: Floats, agenda: Agenda) -> NDArray[np.intp]:
    """Return the best adoptable option over the first axis; the status quo comes first and so wins every tie."""
    adoptable[agenda.status_quo] = True
    order = agenda.by_distance
    masked = np.where(adoptable, scores, -np.inf)[order]
    return np.asarray(order[np.argmax(masked, axis=0)])


def _scores(view: _View, log_nash: Floats) -> Floats:
    """Return how good the selection rule of each draw finds each option; the shape of ``log_nash``, (K, ..., D)."""
    shape = (len(log_nash), *(1,) * (log_nash.ndim - 2), log_nash.shape[-1])
    nearness = -np.abs(view.agenda.options[:, None] - view.setter).reshape(shape)
    gains = -(view.capability * view.disutility).sum(axis=1).reshape(shape)
    rule = view.selection
    return np.where(rule == 0, nearness, np.where(rule == 1, gains, log_nash))


def _log_nash(view: _View) -> Floats:
    """Return the log of the product of surpluses k_i - d_i - r_i, each to the power c_i s_i; shape (K, D)."""
    asked = view.selection == SELECTIONS.index("nash-product")  # where another rule selects, nothing reads it
    terms, zero = _log_nash_terms(view.surplus[:, :, asked], view.weight[:, asked])
    log_product = np.zeros((len(view.surplus), len(asked)))
    log_product[:, asked] = np.where(zero.any(axis=1), -np.inf, terms.sum(axis=1))
    return log_product


def _log_nash_without_each(view: _View) -> Floats:
    """Return the same with each member in turn left out where it objects; shape (K, N, D).

    A member that objects to nothing has nothing to withdraw, and leaves the product as it is.
    """
    terms, zero = _log_nash_terms(view.surplus, view.weight)
    kept_terms, kept_zero = np.where(view.objects, 0.0, terms), zero & ~view.objects
    others_zero = _others(zero.astype(np.float64)) > 0
    return np.where(others_zero | kept_zero, -np.inf, _others(terms) + kept_terms)


def _log_nash_terms(surplus: Floats, weight: Floats) -> tuple[Floats, Flags]:
    """Return the members' terms of the log and which factors are zero; shapes (K, N, D)."""
    positive = surplus > 0
    terms = np.zeros_like(surplus)
    np.log(surplus, out=terms, where=positive)
    terms *= weight
    return terms, ~positive & (weight > 0)


CONSENSUS = Consensus()
