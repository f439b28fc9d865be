"""One issue before one meeting, with everyone seated, and the draws of it."""

from foedus.cases.case import Case, Member, case_of, declared, prepare
from foedus.cases.draws import draw
from foedus.cases.options import OptionForecast

__all__ = ["Case", "Member", "OptionForecast", "case_of", "declared", "draw", "prepare"]
