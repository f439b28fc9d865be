"""A third of the acts coded again, and how far the two codings agree.

The second time the coder saw of each act its words, its place and what was done or said in answer, and neither class,
object, kind nor attribution. One program coded both times, and had written those words: the agreement tells whether the
code book settles an act once it is put in words, and not how two people would differ over the same pages.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from foedus.base import cells
from foedus.base.errors import Problems
from foedus.base.tables import column, read_table
from foedus.evidence.agreement import cohens_kappa, krippendorffs_alpha
from foedus.strategy.record.acts import BROAD, KINDS
from foedus.world import World
from foedus.world.acts import ATTRIBUTIONS, CLASSES, OBJECTS

FILE = Path(__file__).parent / "second_pass.csv"

VARIABLES = ("class", "object", "kind", "attribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCoding:
    """What the second pass made of one act."""

    act: str = column(cells.identifier(), "id in acts.csv")
    act_class: str = column(cells.choice(*CLASSES), "what kind of act", name="class")
    object: str = column(cells.choice(*OBJECTS), "what it is about")
    kind: str = column(cells.choice(*KINDS), "the gravest answer, of whatever attribution")
    attribution: str = column(cells.choice(*ATTRIBUTIONS), "how that is tied to the act; blank: no answer", blank="")


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """How far both passes agree on one variable.

    Attributes
    ----------
    variable, units, agreed
        Its name, how many acts both coded, and how many alike.
    alpha, kappa
        Krippendorff's and Cohen's coefficients; None where nothing varies.
    """

    variable: str
    units: int
    agreed: int
    alpha: float | None
    kappa: float | None


def second_pass(world: World) -> tuple[SecondCoding, ...]:
    """Return the second coding.

    Raises
    ------
    InputError
        When a row is malformed, or codes an act that the world does not have.
    """
    problems, rows = Problems(FILE.name), read_table(FILE, SecondCoding, name=FILE.name)
    for row in rows:
        if row.record.act not in world.acts:
            problems.add("the id of an act", where=row.where, field="act", value=row.record.act)
    problems.raise_if_any()
    return tuple(row.record for row in rows)


def second_pass_agreement(world: World) -> tuple[VariableAgreement, ...]:
    """Compare the second coding with the table, variable by variable.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> [compared.variable for compared in second_pass_agreement(packaged_world())]
    ['class', 'object', 'kind', 'attribution']
    """
    pairs: dict[str, list[tuple[Hashable, Hashable]]] = {name: [] for name in VARIABLES}
    for second in second_pass(world):
        act = world.acts[second.act]
        rows = [answer for answer in world.answers if answer.act == act.id and answer.actor in act.addressed_to]
        gravest = max(rows, key=lambda row: KINDS.index(BROAD[row.kind]), default=None)
        pairs["class"].append((act.act_class, second.act_class))
        pairs["object"].append((act.object, second.object))
        pairs["kind"].append(("none" if gravest is None else BROAD[gravest.kind], second.kind))
        if gravest is not None and second.attribution:
            pairs["attribution"].append((gravest.attribution, second.attribution))
    return tuple(
        VariableAgreement(
            name,
            len(both),
            sum(first == other for first, other in both),
            krippendorffs_alpha(list(zip(*both, strict=True))),
            cohens_kappa(both),
        )
        for name, both in pairs.items()
    )


def agreement_in_words(world: World) -> str:
    """Return the agreement as a table for people."""
    twice = f"{len(second_pass(world))} of {len(world.acts)} acts coded twice, by one program"
    lines = [
        f"{twice}; the second time without class, object, kind and attribution.",
        f"{'variable':12} {'acts':>5} {'equal':>6} {'alpha':>6} {'kappa':>6}",
    ]
    for compared in second_pass_agreement(world):
        told = " ".join(
            f"{'' if value is None else format(value, '.2f'):>6}" for value in (compared.alpha, compared.kappa)
        )
        lines.append(f"{compared.variable:12} {compared.units:5} {compared.agreed:6} {told}")
    return "\n".join(lines)
