"""What every command that explains a forecast asks: issue, meeting, day of knowledge, model, draws, seed, marking."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.cli.answering import Reply, with_options
from foedus.cli.options import (
    AsOf,
    HeadlineDraws,
    IssueId,
    MaxMarking,
    OneModel,
    OnMeeting,
    Seed,
    headline_draws,
    opened,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.dossiers import Dossier
    from foedus.forecasts import Forecast
    from foedus.forecasts.choice import Choice
    from foedus.reports.sections import Section

_OPTIONS: dict[str, tuple[Any, Any]] = {
    "issue": (IssueId, None),
    "as_of": (AsOf, None),
    "on": (OnMeeting, None),
    "model": (OneModel, None),
    "draws": (HeadlineDraws, None),
    "seed": (Seed, 1),
    "max_marking": (MaxMarking, None),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that ask for a forecast, as given.

    Attributes
    ----------
    issue, as_of, on, model, draws, seed, max_marking
        As for `foedus.forecast`; ``draws`` is None where the command chooses.
    """

    issue: str | None = None
    as_of: str | None = None
    on: str | None = None
    model: str | None = None
    draws: int | None = None
    seed: int = 1
    max_marking: str | None = None

    @property
    def count(self) -> int:
        """How many draws the forecast takes."""
        return headline_draws(self.draws, self.model)

    def opened(self, folder: Path) -> Dossier:
        """Return a dossier, without what is marked above the marking asked for."""
        return opened(folder, self.max_marking)

    def unanswered(self, folder: Path) -> Reply | None:
        """Return what is answered where nothing has been entered in a dossier; None where something has been."""
        import foedus

        return unanswered(foedus.read_dossier(folder, self.max_marking), self.issue, self.as_of, self.on)

    def is_choice(self, dossier: Dossier) -> bool:
        """Return whether the question has options without an order.

        Raises
        ------
        FoedusError
            When it has, and a model is named.
        """
        return is_choice(dossier, self.issue, (self.model,) if self.model else ())

    def forecast(self, folder: Path) -> Forecast:
        """Return the forecast of a dossier, with the numbers that ``foedus forecast`` gives."""
        import foedus

        models = (self.model,) if self.model else ()
        dossier = self.opened(folder)
        return foedus.forecast(
            dossier, self.issue, self.as_of, self.on, models=models, draws=self.count, seed=self.seed
        )

    def choice(self, dossier: Dossier, most: int | None = None) -> Choice:
        """Return the answer where the options have no order, over at most some draws."""
        from foedus.forecasts.choice import CHOICE_DRAWS, choice

        draws = min(self.draws or CHOICE_DRAWS, most or CHOICE_DRAWS)
        return choice(dossier, self.issue, self.as_of, self.on, draws, self.seed)

    def answer(self, folder: Path) -> Forecast | Choice:
        """Return the forecast, or the choice where the options have no order."""
        dossier = self.opened(folder)
        return self.choice(dossier) if self.is_choice(dossier) else self.forecast(folder)


def is_choice(dossier: Dossier, issue: str | None, models: Sequence[str]) -> bool:
    """Return whether an issue has options without an order; no model may be named for such a choice.

    Raises
    ------
    FoedusError
        When one is named.
    """
    from foedus.base.errors import FoedusError
    from foedus.forecasts.choice import NO_MODEL

    if dossier.issue(issue).ordered:
        return False
    if models:
        raise FoedusError(NO_MODEL)
    return True


def unanswered(dossier: Dossier, issue: str | None, as_of: str | None = None, on: str | None = None) -> Reply | None:
    """Return what every command answers where nothing but priors has been entered; None where something has been.

    Parameters
    ----------
    dossier, issue, as_of, on
        As for `foedus.forecast`.

    Raises
    ------
    FoedusError
        The same in one sentence, where the options have no order.
    """
    from foedus.forecasts.entered import Unanswered, anything_entered

    question = dossier.issue(issue)
    if anything_entered(dossier, question.id):
        return None
    if not question.ordered:
        from foedus.forecasts.choice import refuse_empty

        refuse_empty(dossier, question.id)
    from foedus.cases.case import case_of

    answer = Unanswered(case_of(dossier, question.id, as_of, on))

    def sections() -> list[Section]:
        from foedus.reports.answer import unanswered_sections

        return unanswered_sections(answer)

    return Reply(answer, sections=sections, passes=False)


def unanswered_everywhere(dossier: Dossier) -> Reply | None:
    """Return the same where nothing has been entered on any issue."""
    from foedus.forecasts.entered import anything_entered

    issues = dossier.issues
    if not issues or any(anything_entered(dossier, issue.id) for issue in issues):
        return None
    return unanswered(dossier, issues[0].id)


_Command = Callable[..., Any]


def asking(
    without: Collection[str] = (), draws: Any = HeadlineDraws, default: int | None = None
) -> Callable[[_Command], _Command]:
    """Return a decorator that gives a command these options in place of its parameter ``asked``.

    Such a command is not run on a dossier in which nothing has been entered: `unanswered` answers for it.

    Parameters
    ----------
    without
        Options that the command does not take.
    draws, default
        How ``--draws`` is described and how many they are, where the command has its own number.

    Examples
    --------
    >>> @asking(without=("as_of", "max_marking"))
    ... def told(name: str, asked: Asked) -> str:
    ...     return f"{name}, {asked.issue}, {asked.count}"
    >>> told("mine", issue="office", on=None, model=None, draws=200, seed=1)
    'mine, office, 200'
    """
    options = {name: option_of for name, option_of in _OPTIONS.items() if name not in without} | {
        "draws": (draws, default)
    }

    def decorated(command: _Command) -> _Command:
        @functools.wraps(command)
        def run(*args: Any, **given: Any) -> Any:
            from foedus.base.at_hand import keeping

            asked = Asked(**{name: given.pop(name) for name in options})
            with keeping():
                for folder in (argument for argument in (*args, *given.values()) if isinstance(argument, Path)):
                    empty = asked.unanswered(folder)
                    if empty is not None:
                        return empty
                return command(*args, asked=asked, **given)

        with_options(run, command, options, without=("asked",))
        return run

    return decorated
