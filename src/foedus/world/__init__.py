"""Who exists and who is bound to whom, on a date: packaged facts, each with its source."""

from foedus.world.acts import Act, Answer, Exposure, Hostility, Search, Support
from foedus.world.events import Amount, Attendance, Claim, Event, Quantity, TextFeature
from foedus.world.loading import world_contents
from foedus.world.packaged import packaged_world, read_world
from foedus.world.records import Actor, Name, Office, Place, Source, Sovereignty
from foedus.world.resolver import Candidate, Resolution
from foedus.world.ties import (
    Goal,
    Instrument,
    Membership,
    Partnership,
    Presence,
    Suspension,
    Treaty,
    TreatyArticle,
    TreatyParty,
)
from foedus.world.world import World

__all__ = [
    "Act",
    "Actor",
    "Amount",
    "Answer",
    "Attendance",
    "Candidate",
    "Claim",
    "Event",
    "Exposure",
    "Goal",
    "Hostility",
    "Instrument",
    "Membership",
    "Name",
    "Office",
    "Partnership",
    "Place",
    "Presence",
    "Quantity",
    "Resolution",
    "Search",
    "Source",
    "Sovereignty",
    "Support",
    "Suspension",
    "TextFeature",
    "Treaty",
    "TreatyArticle",
    "TreatyParty",
    "World",
    "packaged_world",
    "read_world",
    "world_contents",
]
