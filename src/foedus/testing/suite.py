"""The conformance suite: what the protocol asks of every model, and what a model's card claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from foedus.base.errors import FoedusError
from foedus.issues import InfluenceModel, Lottery, Movement, Settlement, SettlementModel, Sitting, chances_of
from foedus.issues.checking import check_choice, check_lottery, check_movement, check_settlement
from foedus.issues.sitting import Floats
from foedus.testing.counterexamples import counterexample
from foedus.testing.properties import PROPERTIES, check_property, holds, moves, properties_of, refuse_no_model, settles
from foedus.testing.sittings import random_sitting, sitting_of, some_draws

Model = SettlementModel | InfluenceModel
Check = Callable[[int], None]

_DRAWS = 12


def checks_of(model: Model, counterexamples: Mapping[str, Sitting] | None = None) -> dict[str, Check]:
    """Return every check that a model must pass, by name.

    Parameters
    ----------
    model
        Of either stage.
    counterexamples
        By property that the card names as refuted, a case in which the model does not have it; for a packaged model
        the stored ones are taken.

    Returns
    -------
    dict
        Functions of a seed, which raise ``AssertionError``: give each some seeds, or let Hypothesis draw them.

    Examples
    --------
    >>> from foedus.settlement import MODELS
    >>> checks = checks_of(MODELS["mean"])
    >>> checks["repeatable"](1)
    """
    claims = {f"claims: {name}": partial(_claim, model, name) for name in model.card.properties}
    for name in model.card.refuted:
        claims[f"refutes: {name}"] = partial(_refuted, model, name, (counterexamples or {}).get(name))
    fixed: dict[str, Check] = {
        "card": partial(_card, model),
        "shapes": partial(_shapes, model),
        "repeatable": partial(_repeatable, model),
        "leaves its input alone": partial(_untouched, model),
        "chunks and loops": partial(_chunks, model),
        "names do not matter": partial(_names, model),
        "edges": partial(_edges, model),
    }
    return fixed | claims


def check_model(
    model: Model, seeds: Iterable[int] = range(20), counterexamples: Mapping[str, Sitting] | None = None
) -> int:
    """Run the whole suite on a model.

    Parameters
    ----------
    model
        Your own or a packaged one.
    seeds
        Of the random cases.
    counterexamples
        As for `checks_of`. `foedus.testing.find_counterexample` looks for them.

    Returns
    -------
    int
        How many checks were run.

    Raises
    ------
    AssertionError
        When a check fails; it names the check and the seed.
    FoedusError
        When what the model returns cannot be checked: a wrong type, wrong shapes, a number that is none, or an error
        of its own. It names the check and the seed too.

    Examples
    --------
    >>> from foedus.settlement import MODELS
    >>> check_model(MODELS["mean"], seeds=range(3)) > 30
    True
    """
    refuse_no_model(model)
    count, tried = 0, tuple(seeds)
    for name, check in checks_of(model, counterexamples).items():
        for seed in tried:
            where = f"{model.card.name}, {name}, seed {seed}"
            try:
                check(seed)
            except AssertionError as error:
                raise AssertionError(f"{where}: {error}") from error
            except FoedusError as error:
                raise FoedusError(f"{where}: {error}") from error
            except Exception as error:
                raise FoedusError(f"{where}: the model raised {type(error).__name__}: {error}") from error
            count += 1
    return count


def _refuted(model: Model, name: str, given: Sitting | None, _seed: int) -> None:
    case = given
    if case is None:
        try:
            case = counterexample(model.card.name, name)
        except FoedusError:
            raise AssertionError(
                f"the card says that the model does not have {name!r}, and no counterexample is stored or given; "
                "foedus.testing.find_counterexample looks for one, check_model takes it as counterexamples"
            ) from None
    try:
        check_property(model, name, case)
    except AssertionError:
        return
    raise AssertionError(f"the counterexample to {name!r} does not refute it: the model has the property there")


def duplicates(models: Mapping[str, Model], seeds: Iterable[int] = range(12)) -> list[tuple[str, str]]:
    """Return the pairs of models that give the same outcomes on all random cases: such two count once.

    Parameters
    ----------
    models
        By name, all of one stage: settlement models are compared by where outcomes lie, influence models by where they
        leave everyone.
    seeds
        Of the random cases.

    Examples
    --------
    >>> from foedus.settlement import MODELS
    >>> duplicates({"mean": MODELS["mean"], "again": MODELS["mean"], "compromise": MODELS["compromise"]}, range(3))
    [('mean', 'again')]
    """
    needed = [assumption for model in models.values() for assumption in model.card.assumptions]
    cases = [random_sitting(seed, _DRAWS, needed) for seed in seeds]
    outcomes = {name: np.concatenate([_place(run(model, case)) for case in cases]) for name, model in models.items()}
    return [
        (first, other)
        for first, other in combinations(outcomes, 2)
        if np.allclose(outcomes[first], outcomes[other], atol=1e-6)
    ]


def _place(answer: Settlement | Movement) -> Floats:
    return (answer.private if isinstance(answer, Movement) else answer.outcome).ravel()


def _sitting(model: Model, seed: int) -> Sitting:
    return random_sitting(seed, _DRAWS, model.card.assumptions)


def run(model: Model, sitting: Sitting) -> Settlement | Movement:
    """Return what a model of either stage makes of a sitting.

    Raises
    ------
    FoedusError
        When it returns what the protocol does not know.
    """
    name = model.card.name
    if moves(model):
        return check_movement(name, sitting, model.move(sitting))
    if not settles(model):
        raise AssertionError("a model moves or settles")
    return check_settlement(name, sitting, model.settle(sitting))


def arrays(answer: Settlement | Movement) -> list[np.ndarray[Any, Any]]:
    """Return all arrays of an answer, draws first."""
    if isinstance(answer, Movement):
        return [answer.private, answer.rounds, answer.ended, answer.period]
    flags = [per_issue for per_issue in (answer.objects, answer.reluctant, answer.sole) if per_issue is not None]
    return [answer.choice, answer.outcome, answer.pivotal, *(array for flag in flags for array in flag)]


def _same(first: Settlement | Movement, second: Settlement | Movement) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(arrays(first), arrays(second), strict=True))


def _claim(model: Model, name: str, seed: int) -> None:
    check_property(model, name, _sitting(model, seed))


def _card(model: Model, _seed: int) -> None:
    card = model.card
    stage = "influence" if moves(model) else "settlement"
    holds(card.stage == stage, f"the stage of a model with its methods is {stage}")
    holds(card.summary.endswith("."), "the summary is a sentence")
    holds(card.reference, "a reference, or that there is none")
    holds(card.reading, "which reading of the reference it is")
    holds(card.oracle, "what its numbers are checked against")
    holds(set(card.inputs) <= set(Sitting.__dataclass_fields__), "an input that no sitting has")
    holds(set(card.properties) <= set(PROPERTIES), "a claim that the catalogue does not have")
    open_ = set(properties_of(stage)) - set(card.properties) - set(card.refuted)
    holds(not open_, f"neither claimed nor refuted: {', '.join(sorted(open_))}")
    holds(not set(card.properties) & set(card.refuted), "claimed and refuted")
    for needed in card.assumptions:
        if not needed.choices:
            holds(needed.low <= needed.mode <= needed.high, f"{needed.name}: low, mode and high in order")
            holds(needed.admits(needed.low), f"{needed.name}: its range lies in its domain")
            holds(needed.admits(needed.high), f"{needed.name}: its range lies in its domain")


def _shapes(model: Model, seed: int) -> None:
    sitting = _sitting(model, seed)
    draws = sitting.draws
    answer = run(model, sitting)
    if isinstance(answer, Movement) and moves(model):
        recorded = check_movement(model.card.name, sitting, model.move(sitting, record=True))
        if recorded.trajectory is None:
            raise AssertionError("no trajectory though it was asked for")
        holds(np.array_equal(recorded.trajectory.positions[0], sitting.private), "the trajectory starts elsewhere")
        holds(np.array_equal(recorded.trajectory.positions[-1], answer.private), "the trajectory ends elsewhere")
        return
    if not isinstance(answer, Settlement) or not settles(model):
        raise AssertionError("a model that settles gives a settlement")

    chosen = check_choice(model.card.name, sitting, model.choose(sitting))
    holds(np.array_equal(chosen, answer.choice), "choose and settle disagree")
    for place, chances in enumerate(check_lottery(model.card.name, sitting, chances_of(model, sitting))):
        best = chances[np.arange(draws), chosen[:, place]]
        holds((best >= chances.max(axis=1) - 1e-9).all(), "the choice of a lottery is not its likeliest option")
        if isinstance(model, Lottery):
            expected = chances @ sitting.agendas[place].options
            holds(np.allclose(answer.outcome[:, place], expected, atol=1e-9), "the outcome is not the expected place")


def _repeatable(model: Model, seed: int) -> None:
    sitting = _sitting(model, seed)
    holds(_same(run(model, sitting), run(model, sitting)), "the same sitting gave two answers")
    holds(_same(run(model, sitting), run(model, _sitting(model, seed))), "an equal sitting gave another answer")


def _untouched(model: Model, seed: int) -> None:
    sitting, twin = _sitting(model, seed), _sitting(model, seed)
    run(model, sitting)
    run(model, some_draws(sitting, 0, 1))  # one draw lies in memory as many do not
    for field in ("private", "public", "salience", "capability", "setter", "red_low", "red_high", "committed", "ties"):
        holds(np.array_equal(getattr(sitting, field), getattr(twin, field)), f"it changed {field}")


def _chunks(model: Model, seed: int) -> None:
    """A batch is the loop over its draws, in chunks of whatever size."""
    sitting = _sitting(model, seed)
    whole = arrays(run(model, sitting))
    for size in {1, 1 + seed % _DRAWS}:
        parts = [arrays(run(model, some_draws(sitting, k, k + size))) for k in range(0, _DRAWS, size)]
        for place, expected in enumerate(whole):
            joined = np.concatenate([part[place] for part in parts])
            holds(np.array_equal(joined, expected), f"chunks of {size} give another answer")
        if isinstance(model, Lottery):
            shares = [model.chances(some_draws(sitting, k, k + size)) for k in range(0, _DRAWS, size)]
            for place, chances in enumerate(model.chances(sitting)):
                joined = np.concatenate([share[place] for share in shares])
                holds(np.array_equal(joined, chances), f"chunks of {size} give other probabilities")


def _names(model: Model, seed: int) -> None:
    sitting = _sitting(model, seed)
    renamed = replace(sitting, actors=tuple(f"other-{k}" for k, _ in enumerate(sitting.actors)))
    holds(_same(run(model, renamed), run(model, sitting)), "names matter")


def edge_cases(model: Model) -> dict[str, Sitting]:
    """Return sittings at the edge of what makes sense, by what is special about each."""
    given = {assumption.name: assumption.mode for assumption in model.card.assumptions if not assumption.choices}
    roles = {"commission": 0, "parliament": 0}

    def case(position: list[float], **changes: Any) -> Sitting:
        return sitting_of(position, **{"assumptions": given, "roles": roles, **changes})

    return {
        "one actor": case([70.0]),
        "two actors at the ends": case([0.0, 100.0]),
        "all equal": case([50.0] * 4),
        "all alike but one who cares for nothing": case([50.0, 50.0, 0.0], salience=[1.0, 1.0, 0.0]),
        "zero salience": case([10.0, 60.0, 90.0], salience=0.0),
        "zero capability": case([10.0, 60.0, 90.0], capability=0.0),
        "one actor with capability": case([10.0, 60.0, 90.0], capability=[0.0, 1.0, 0.0]),
        "a status quo that nobody is near": case([80.0, 90.0, 100.0], status_quo=0),
        "the status quo in the middle": case([0.0, 50.0, 100.0], status_quo=1),
        "ties everywhere": case([0.0, 0.0, 100.0, 100.0], salience=0.5),
        "a voice without a seat": case([10.0, 90.0, 40.0], seated=[True, True, False]),
        "twins": case([25.0, 25.0, 75.0, 75.0, 50.0], salience=[1.0, 1.0, 1.0, 1.0, 0.25]),
        "tiny range": case([50.0, 50.0 + 1e-12, 50.0 - 1e-12]),
        "several issues": case([[0.0, 100.0], [100.0, 0.0], [50.0, 50.0]]),  # type: ignore[list-item]
    }


def _edges(model: Model, _seed: int) -> None:
    for name, sitting in edge_cases(model).items():
        answer = run(model, sitting)
        values = answer.private if isinstance(answer, Movement) else answer.outcome
        holds(np.isfinite(values).all(), f"{name}: a number that is none")
        holds(((values >= -1e-9) & (values <= 100.0 + 1e-9)).all(), f"{name}: beyond the scale")
        if name == "all equal" and "unanimity" in model.card.properties:
            holds(np.allclose(values, 50.0), "all equal: somebody or something moved")
