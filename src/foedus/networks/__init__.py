"""Networks of who says what: who speaks of which claim, who agrees with whom, and how camps form over time."""

from foedus.networks.camps import Camps, backbone, camps, communities, core
from foedus.networks.exporting import edge_list, graph_of, graphml
from foedus.networks.matrices import (
    NORMALISATIONS,
    RELATIONS,
    TWO_MODE,
    TWO_MODE_NORMALISATIONS,
    Network,
    one_mode,
    two_mode,
)
from foedus.networks.said import Said, said_in, said_in_project
from foedus.networks.windows import Window, windows

__all__ = [
    "NORMALISATIONS",
    "RELATIONS",
    "TWO_MODE",
    "TWO_MODE_NORMALISATIONS",
    "Camps",
    "Network",
    "Said",
    "Window",
    "backbone",
    "camps",
    "communities",
    "core",
    "edge_list",
    "graph_of",
    "graphml",
    "one_mode",
    "said_in",
    "said_in_project",
    "two_mode",
    "windows",
]
