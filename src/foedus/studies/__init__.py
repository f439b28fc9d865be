"""One question asked many times over: dossiers, days, models and what is supposed, every combination once."""

from foedus.studies.plan import Cell, Study, read_study
from foedus.studies.running import StudyAnswer, run_study

__all__ = ["Cell", "Study", "StudyAnswer", "read_study", "run_study"]
