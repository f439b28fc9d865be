"""Only the headline of a forecast, for views that follow every change of an input."""

from __future__ import annotations

from foedus.base.days import Day
from foedus.cases.case import checked_case
from foedus.dossiers import Dossier
from foedus.forecasts.answering import answering
from foedus.forecasts.sweeps import option_shares, sample


def quick_shares(
    dossier: Dossier, issue: str | None = None, as_of: Day | None = None, draws: int = 2_000, seed: int = 1
) -> dict[str, float]:
    """Return the probability of each option by label: those of `foedus.forecast` with as many draws, and nothing else.

    Parameters
    ----------
    dossier, issue, as_of, draws, seed
        As for `foedus.forecast`.

    Raises
    ------
    FoedusError
        As `foedus.forecast`.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["emissions-1994"])
    >>> answer = foedus.forecast(dossier, draws=500)
    >>> quick_shares(dossier, draws=500) == {option.label: option.probability for option in answer.options}
    True
    """
    case = checked_case(dossier, dossier.issue(issue), as_of, None)
    model = answering(case)
    shares = option_shares(model, sample(case, model, seed, draws))
    return {option.label: float(share) for option, share in zip(case.issue.options, shares, strict=True)}
