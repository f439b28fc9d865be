"""The record: what rivals did after acts, counted by classes of acts that were declared before counting.

For other rooms::

    answer_of_record(world, rival, class_or_object, as_of, coincident=False, *, horizon=365) -> RecordAnswer

``class_or_object`` is a group (``alliance-institutional``, ``alliance-material``, ``accession``, ``taiwan``,
``territory``, ``regime``, ``technology``, ``environment``), a class of act (``office`` of an alliance), an object, both
(``visit/taiwan``) or a `foedus.world.Act`. Of the answer:

- ``counts``: kind (none, diplomatic, economic, military, force) to number of acts; ``acts``: how many; ``known_by``.
- ``share(kind)``: `Share` with ``share``, ``low``, ``high`` (5 and 95 %) where the kind was seen; else these
  are None, and ``bound`` and ``words`` say below what it lies ("0 of 19 known by 2023-07-10: below 14.6 % with ...").
- ``draw(rng, n)``: (n, 5) shares for simulations.
- ``nearest``: the ten nearest acts, each with ``answers`` (kind, on, lag, duration, attribution, source).
- ``lag``, ``coercion_lag``, ``length``: days by Kaplan and Meier, with ``q10``, ``median``, ``q90``.
- ``missed``: the shares if none, half or all of the unanswered acts had an answer that was not found.
- ``tested.of("shrunk").log_loss``; ``of("pool")``, ``of("class")`` likewise, and ``brier``.

Ask it twice, with and without ``coincident``, and print both.

    who_helps(world, attack, actors, as_of, *, pull=None, dossier=None) -> tuple[Helper, ...]
    helping(world, attack, actors, pull=None, dossier=None) -> Helping

``attack`` is a `foedus.institutions.obligations.Attack`. Of each helper: ``owes`` (articles that bind it to defend),
``likely`` (a `Share` by kind: fighting, arming, paying, sanctions, speaking; ``pulled_low`` and ``pulled_high`` where a
`Pull` of Washington was declared), ``earlier`` (what it gave in earlier wars), ``said`` (statements of the dossier).
"""

from __future__ import annotations

from foedus.strategy.record.acts import HORIZON, KINDS, ActOnRecord, Record, read_record
from foedus.strategy.record.answer import Comparable, RecordAnswer, SeenAnswer, answer_of_record
from foedus.strategy.record.lags import Days, kaplan_meier
from foedus.strategy.record.posterior import Share, exact_upper_bound
from foedus.strategy.record.reference_class import reference_classes, wanted
from foedus.strategy.record.scoring import Score, Tested, by_time, leave_one_out
from foedus.strategy.record.support import Given, Helper, Helping, Likely, Pull, Said, helping, who_helps

Case = ActOnRecord
"""The name under which these were imported before `foedus.cases.Case` had it."""

__all__ = [
    "HORIZON",
    "KINDS",
    "ActOnRecord",
    "Case",
    "Comparable",
    "Days",
    "Given",
    "Helper",
    "Helping",
    "Likely",
    "Pull",
    "Record",
    "RecordAnswer",
    "Said",
    "Score",
    "SeenAnswer",
    "Share",
    "Tested",
    "answer_of_record",
    "by_time",
    "exact_upper_bound",
    "helping",
    "kaplan_meier",
    "leave_one_out",
    "read_record",
    "reference_classes",
    "wanted",
    "who_helps",
]
