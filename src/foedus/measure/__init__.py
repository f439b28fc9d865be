"""How alike states are: ideal points and agreement from votes, alliances and memberships they share."""

from foedus.measure.ideal_points import IdealPoints, ideal_points
from foedus.measure.overlap import Overlap, overlap
from foedus.measure.packaged import Measures, packaged_measures
from foedus.measure.profile import AllStates, Near, Profile, measure, measure_all
from foedus.measure.similarity import agreement, chance_corrected
from foedus.measure.votes import Votes, read_votes

__all__ = [
    "AllStates",
    "IdealPoints",
    "Measures",
    "Near",
    "Overlap",
    "Profile",
    "Votes",
    "agreement",
    "chance_corrected",
    "ideal_points",
    "measure",
    "measure_all",
    "overlap",
    "packaged_measures",
    "read_votes",
]
