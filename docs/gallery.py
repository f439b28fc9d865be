"""The pictures of the gallery, each made by a function that the page shows beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import foedus
from foedus.dossiers import packaged_dossiers
from foedus.reports.saving import save_chart
from foedus.reports.vega import Chart

WIDTH = 690


def options() -> Chart:
    """Draw how likely each option was on the day before Vilnius."""
    from foedus.reports.charts import options_chart

    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    forecast = foedus.forecast(dossier, "office", "2023-07-10", draws=1_000)
    return options_chart(forecast, WIDTH)


def members() -> Chart:
    """Draw where each member stands, and who objects."""
    from foedus.reports.charts import members_chart

    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    forecast = foedus.forecast(dossier, "office", "2023-07-10", draws=1_000)
    return members_chart(forecast, WIDTH)


def camps() -> Chart:
    """Draw the camps on the nature restoration law, by what members said."""
    from foedus.networks.answer import Asked, network_of
    from foedus.reports.networks import network_chart

    dossier = foedus.read_dossier(packaged_dossiers()["nature-law-2024"])
    answer = network_of(dossier, dossier.title, Asked("congruence", "actors"), None, "organization")
    return network_chart(answer, WIDTH)


def forums() -> Chart:
    """Draw where France would put the question."""
    from foedus.reports.forum_charts import forums_chart

    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    return forums_chart(foedus.forum(dossier, "FRA", draws=200), WIDTH)


PICTURES: tuple[Callable[[], Chart], ...] = (options, members, camps, forums)


def write(folder: Path) -> None:
    """Write every picture that is not there yet."""
    folder.mkdir(exist_ok=True)
    for make in PICTURES:
        target = folder / f"{make.__name__}.svg"
        if not target.exists():
            save_chart(make(), target)
