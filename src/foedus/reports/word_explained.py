"""The parts of a Word brief that tell why, and what would change it."""

from __future__ import annotations

from docx.document import Document

from foedus.forecasts import Forecast
from foedus.reports.explained import (
    INDEX_DRAWS,
    Explanation,
    evidence_rows,
    index_rows,
    lever_rows,
    line_rows,
    scenario_rows,
)
from foedus.reports.word_tables import write_table


def write_levers(document: Document, forecast: Forecast, explained: Explanation) -> None:
    """Write what would lift the proposal past one half."""
    found = lever_rows(forecast, explained)
    if found is None:
        return
    document.add_heading(f"What would lift {forecast.case.issue.proposal} past 50 %", level=3)
    write_table(
        document,
        ["who", "input", "from", "to", "option lifted", "probability", "size", "reached"],
        [[str(value) for value in row.values()] for row in found["rows"]],
        [1.5, 1.9, 1.1, 1.1, 2.3, 2.3, 1.0, 1.6],
    )
    document.add_paragraph(
        f"The smallest changes, each of one input of {found['who']} or of an option ({found['draws']} draws, the same "
        f"before and after; a standard error of at most {found['error']} points). Size is a share of the input's "
        "range; settling for another option adds its distance on the scale."
    )


def write_scenarios(document: Document, explained: Explanation) -> None:
    """Write the dossier's scenarios side by side."""
    found = scenario_rows(explained)
    if found is None:
        return
    document.add_heading("Scenarios that the dossier names", level=3)
    rows = [
        [row["title"], *(f"{cell['share']}\n{cell['apart']}".strip() for cell in row["cells"])] for row in found["rows"]
    ]
    write_table(document, ["scenario", *found["options"]], rows, [2.0, *(1.2 for _ in found["options"])])
    document.add_paragraph(
        "Below each probability the difference from the forecast in percentage points and its standard error over "
        f"{found['draws']} pairs of draws."
    )


def write_evidence(document: Document, forecast: Forecast, explained: Explanation) -> None:
    """Write which statements carry the answer, what is most worth learning, and where the uncertainty comes from."""
    found = evidence_rows(forecast, explained)
    if found is not None:
        document.add_heading("Which evidence carries the answer", level=2)
        verdict = document.add_paragraph()
        verdict.add_run(found["verdict"]).bold = True
        verdict.paragraph_format.keep_with_next = True
        rows = [
            [row["id"], row["who"], row["dropped"], row["reversed"], row["flips"], row["words"]]
            for row in [*found["rows"], *found["rest"]]
        ]
        headings = ["statement", "who", "left out", "opposite", "turns the answer to", "what was said"]
        write_table(document, headings, rows, [1.8, 2.2, 1.3, 1.7, 2.2, 4.0])
        document.add_paragraph(
            f"Probability of {found['option']}, {found['usual']} as it stands, when one statement is left out, or "
            f"taken for its opposite ({found['draws']} draws, the same before and after; a standard error of at most "
            f"{found['error']} points)."
        )
        if not forecast.case.reconstruction:
            _write_learning(document, found["learning"], found["noise"])
    indices = index_rows(forecast, explained)
    if indices:
        document.add_heading("Where the uncertainty comes from", level=3)
        headings = ["input", "share of the outcome's variance", "90 % interval"]
        write_table(document, headings, [[row["name"], row["share"], row["interval"]] for row in indices])
        document.add_paragraph(
            "First-order Sobol indices: what each input explains by itself, from "
            f"{min(INDEX_DRAWS, forecast.draws):,} of the forecast's own draws; intervals are bootstrapped."
        )


def _write_learning(document: Document, rows: list[dict[str, str]], noise: str) -> None:
    if not rows:
        document.add_paragraph(
            "To learn any one actor's position better would change little: none saves more of the Brier score than "
            f"shows by chance ({noise})."
        )
        return
    document.add_heading("Whose position is most worth learning", level=3)
    headings = ["to know for certain", "more often right", "Brier score saved"]
    write_table(document, headings, [[row["name"], f"{row['hits']} points", row["brier"]] for row in rows])
    document.add_paragraph(f"Inputs that save less than {noise} are left out: so much shows by chance.")


def write_line(document: Document, forecast: Forecast, explained: Explanation) -> None:
    """Write the forecast as of each day on which something became known."""
    found = line_rows(forecast, explained)
    if found is None:
        return
    rows = []
    for row in found["rows"]:
        news = [
            " ".join(
                part for part in (one["statement"], one["words"], f"({one['effect']})" if one["effect"] else "") if part
            )
            for one in row["news"]
        ]
        more = [f"and {row['more']} more"] if row["more"] else []
        day = f"{row['day']}, after the meeting" if row["later"] else str(row["day"])
        told = "; ".join([*news, *more]) or "nothing yet: the prior alone"
        rows.append([str(row["number"] or ""), day, row["share"], row["moved"], row["aged"], told])
    headings = ["", "day", found["option"], "moved", "aged", "what became known, with its effect"]
    write_table(document, headings, rows, [0.5, 2.2, 1.3, 1.4, 1.2, 5.6])
    document.add_paragraph(
        "Each row is the forecast of this meeting that could have been made on its day: nothing known later is in it. "
        f"Changes are percentage points of {found['option']}; aged is the part that came without news. "
        f"{found['draws']:,} draws a day, the same for all, a standard error of at most {found['error']} points."
    )
