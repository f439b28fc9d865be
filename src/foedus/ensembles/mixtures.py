"""What the ensemble and the learned distribution say of themselves: they answer, and are no models of either stage."""

from __future__ import annotations

from foedus.ensembles.mixing import PARTS
from foedus.issues import ModelCard

ENSEMBLE_CARD = ModelCard(
    name="ensemble",
    stage="settlement",
    summary="Models mixed by weights learned from backtests; it answers by default where no consensus is asked for.",
    caution=(
        "It has no objections of its own, and its weights hold only for cases like those that they were learned from."
    ),
    inputs=("private", "public", "salience", "capability", "setter", "seated", "committed", "red_low", "red_high"),
    stochastic=False,
    properties=(),
    assumptions=(),
    reference="Jacobs, Jordan, Nowlan and Hinton (1991), Adaptive mixtures of local experts",
    doi="10.1162/neco.1991.3.1.79",
    reading=(
        f"A linear pool of {', '.join(PARTS)}, weights by kind of rule, shrunk towards those of all "
        "decisions. Under consensus and unanimity, if any member blocks an option in a draw, nothing "
        "changes in that draw, in every part."
    ),
    oracle="cross-validated scores, which each forecast states",
)

LEARNED_CARD = ModelCard(
    name="learned",
    stage="settlement",
    summary="A distribution over the scale, fitted to decisions of the Council of the European Union.",
    caution="It explains nothing: it knows where outcomes tended to lie, but not why.",
    inputs=("private", "salience", "capability", "setter", "seated"),
    stochastic=False,
    properties=(),
    assumptions=(),
    reference="none: fitted here, on coded decisions of the Council",
    reading="docs/learned.md says what the fit uses; it is part of the ensemble and cannot be asked for alone.",
    oracle="cross-validated scores over whole proposals",
)

MIXTURES = (ENSEMBLE_CARD, LEARNED_CARD)
"""Both, in the order in which they are listed."""
