"""How others answer, as a page of its own."""

from __future__ import annotations

from foedus.reports.answers import Told
from foedus.reports.response_charts import response_charts
from foedus.reports.responses import response_sections
from foedus.strategy import Responded


def told_response(response: Responded) -> Told:
    """Return how a rival answers as a page of its own, with its charts."""
    title = f"How would {response.rival_name} answer?"
    return Told(title, response_sections(response), response_charts(response), response.as_of, response.marking)
