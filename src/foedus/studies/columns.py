"""The columns of a study's results, and what stands in each."""

from __future__ import annotations

COLUMNS: dict[str, str] = {
    "cell": "id of the cell: one forecast, on as many rows as it has options",
    "dossier": "the dossier, by the name of its folder",
    "issue": "id of the issue",
    "body": "id of the body that decides",
    "rule": "its rule on the day of the meeting, in words",
    "as_of": "the day up to which knowledge counts",
    "on": "day of the meeting",
    "meeting": "name of the meeting",
    "reconstruction": "whether as_of lies after the meeting",
    "model": "the model that answers",
    "changes": "what is supposed, each as after --set; blank: the dossier as it stands",
    "draws": "draws of the forecast",
    "seed": "seed of the forecast",
    "option": "label of the option",
    "at": "its place on the scale; blank for options without an order",
    "probability": "that the body decides on it",
    "likeliest": "whether it is the most likely option of the cell",
    "want": "the option by which cells are compared",
    "wanted": "its probability in the cell",
    "mean": "mean of the outcome's place on the scale",
    "median": "its median",
    "q10": "its lower tenth",
    "q90": "its upper tenth",
    "objector": "id of who, of those heard, most often objects to the proposal; blank: nobody",
    "objects": "in what share of the draws it does",
    "note": "what to know of the answer, such as that nothing was traded",
    "problem": "why the cell has no answer; blank: it has one",
    "version": "version of Foedus",
    "inputs_sha256": "hash of all that the dossier says, and of the packaged facts and rules",
}
"""Each column and its meaning; what a study varies has columns of its own, after ``model``."""
