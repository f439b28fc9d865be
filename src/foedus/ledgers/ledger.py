"""Recording forecasts, a model's or a person's, in a ledger: see `foedus.ledgers.chain` for how it is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus._version import __version__
from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.forecasts.choice import MODEL, Choice
from foedus.forecasts.result import Forecast
from foedus.ledgers.chain import SUM, Entry, Share, append
from foedus.ledgers.signing import Key, is_key


def record_forecast(path: Path | str, forecast: Forecast, recorded_on: Day) -> Entry:
    """Append a forecast to a ledger, which is checked first and made where there is none.

    Parameters
    ----------
    path
        The ledger.
    forecast
        What `foedus.forecast` returned.
    recorded_on
        The day of recording.

    Raises
    ------
    InputError
        When the ledger has been tampered with, or cannot be written; it stays as it was.
    FoedusError
        When the forecast supposes something.
    """
    if forecast.case.dossier.supposed:
        raise FoedusError("a ledger holds forecasts: leave out --set, or leave out --record")
    about: dict[str, object] = {
        "model": forecast.model,
        "version": forecast.version,
        "seed": forecast.seed,
        "draws": forecast.draws,
        "inputs_sha256": forecast.inputs_sha256,
        "rule": forecast.case.rule.words(),
    }
    if forecast.case.reconstruction:
        about["reconstruction"] = True
    if forecast.case.dossier.max_marking is not None:
        about["max_marking"] = forecast.case.dossier.max_marking
    options = [Share(option.label, option.at, option.probability) for option in forecast.options]
    day = forecast.case.meeting.on
    return _append(
        Path(path),
        "model",
        f"foedus {forecast.model}",
        recorded_on,
        forecast.issue,
        day,
        forecast.as_of,
        options,
        about,
    )


def record_choice(path: Path | str, choice: Choice, recorded_on: Day) -> Entry:
    """Append a choice among options without an order to a ledger; those that are off the table have no chance.

    Parameters
    ----------
    path, recorded_on
        As in `record_forecast`.
    choice
        What `foedus.forecasts.choice.choice` returned.

    Raises
    ------
    InputError, FoedusError
        As `record_forecast`.
    """
    made = choice.choosing
    if made.dossier.supposed:
        raise FoedusError("a ledger holds forecasts: leave out --set, or leave out --record")
    about: dict[str, object] = {
        "model": MODEL,
        "version": __version__,
        "seed": choice.seed,
        "draws": choice.draws,
        "inputs_sha256": made.dossier.inputs_sha256,
        "rule": made.table.rule.words(),
        "method": made.issue.method,
    }
    if made.reconstruction:
        about["reconstruction"] = True
    if made.dossier.max_marking is not None:
        about["max_marking"] = made.dossier.max_marking
    shares = [Share(candidate.label, None, candidate.probability) for candidate in choice.candidates]
    shares += [Share(label, None, 0.0) for label in choice.off_the_table]
    return _append(
        Path(path), "model", f"foedus {MODEL}", recorded_on, made.issue.id, made.meeting.on, made.as_of, shares, about
    )


@dataclass(frozen=True, slots=True)
class Receipt(Recorded):
    """What somebody who recorded a forecast keeps of it.

    Attributes
    ----------
    entry
        As it stands in the ledger.
    ledger
        The file.
    """

    KEYS = "n=entry.n by=entry.by standing=entry.standing sha256=entry.sha256"

    entry: Entry
    ledger: Path


def record_human(
    path: Path | str,
    by: str,
    issue: str,
    on: Day,
    options: Sequence[Share],
    recorded_on: Day,
    as_of: Day | None = None,
    note: str = "",
    key: Key | None = None,
) -> Entry:
    """Append a person's forecast to a ledger.

    Parameters
    ----------
    by
        Who forecasts.
    issue, on
        Id of the issue and day of the meeting.
    options
        Their probabilities sum to 1.
    recorded_on, as_of
        The day of recording, and the day up to which knowledge counts, by default the same. Where it lies after the
        meeting the entry is marked as hindsight.
    note
        Why.
    key
        The author's own, to sign with; see `foedus.ledgers.signing.Key`.

    Raises
    ------
    FoedusError
        When the probabilities are none, knowledge from after the day of recording is claimed, or the ledger has been
        tampered with.

    Examples
    --------
    >>> import tempfile
    >>> from foedus.base.days import parse_day
    >>> from foedus.ledgers.chain import read_ledger
    >>> shares = [Share("no office", 0, 0.9), Share("liaison office", 100, 0.1)]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ledger = Path(folder, "ledger.jsonl")
    ...     entry = record_human(ledger, "A. N.", "office", parse_day("2023-07-11"), shares, parse_day("2023-07-01"))
    ...     read_ledger(ledger)[0].sha256 == entry.sha256
    True
    """
    known = as_of or recorded_on
    if known > recorded_on:
        raise FoedusError(
            f"as of {known}: that day lies after the day of recording, {recorded_on}; name a day up to it"
        )
    about: dict[str, object] = {"note": note}
    if known > on:
        about["hindsight"] = True
    return _append(Path(path), "human", by, recorded_on, issue, on, known, options, about, key)


def _append(
    path: Path,
    kind: str,
    by: str,
    recorded_on: Day,
    issue: str,
    on: Day,
    as_of: Day,
    options: Sequence[Share],
    about: Mapping[str, object],
    key: Key | None = None,
) -> Entry:
    _check_shares(options)
    if not by.strip():
        raise FoedusError("say who forecasts")
    content = {
        "kind": kind,
        "by": by,
        "recorded_on": recorded_on,
        "issue": issue,
        "on": on,
        "as_of": as_of,
        "options": [{"label": option.label, "at": option.at, "probability": option.probability} for option in options],
        "about": about,
    }
    return append(path, content, key)


def _check_shares(options: Sequence[Share]) -> None:
    labels = [option.label.strip().casefold() for option in options]
    if len(options) < 2 or len(set(labels)) < len(labels):
        raise FoedusError("a forecast has at least two options, each named once")
    if any(not (math.isfinite(option.probability) and 0 <= option.probability <= 1) for option in options):
        raise FoedusError("probabilities lie between 0 and 1")
    total = math.fsum(option.probability for option in options)
    if abs(total - 1) > SUM:
        raise FoedusError(f"the probabilities sum to {total:g}; they must sum to 1")
    if any(option.at is not None and not math.isfinite(option.at) for option in options):
        raise FoedusError("the place of an option must be a finite number")
    if len({option.at is None for option in options}) > 1:
        raise FoedusError("either every option has a place, LABEL@PLACE=P, or none has, as persons and places: LABEL=P")


def share_of(words: str) -> Share:
    """Return an option from ``LABEL@PLACE=PROBABILITY``, or ``LABEL=PROBABILITY`` where options have no order.

    Raises
    ------
    FoedusError
        When it is not spelt so.

    Examples
    --------
    >>> share_of("liaison office@100=0.2"), share_of("Mark Rutte=0.7")
    (Share(label='liaison office', at=100.0, probability=0.2), Share(label='Mark Rutte', at=None, probability=0.7))
    """
    named, _, probability = words.rpartition("=")
    label, mark, at = named.rpartition("@")
    try:
        return Share((label if mark else at).strip(), float(at) if mark else None, float(probability))
    except ValueError:
        raise FoedusError(
            f"{words!r}, expected LABEL@PLACE=PROBABILITY such as 'liaison office@100=0.2', or LABEL=PROBABILITY "
            "for persons and places"
        ) from None


def author_of(words: str) -> tuple[str, str]:
    """Return a name and a public key from ``NAME=KEY``.

    Raises
    ------
    FoedusError
        When it is not spelt so.

    Examples
    --------
    >>> author_of("A. N.=3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    ('A. N.', '3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')
    """
    name, _, key = words.partition("=")
    if not name.strip() or not is_key(key):
        raise FoedusError(f"{words!r}, expected NAME=KEY, with the public key that 'foedus record --key' tells")
    return name.strip(), key
