"""Who exists and who is bound to whom, on a date: packaged facts, each with its source."""

from foedus.world.events import Amount, Attendance, Claim, Event, Quantity, TextFeature
from foedus.world.records import Actor, Name, Office, Place, Source, Sovereignty
from foedus.world.resolver import Candidate, Resolution
from foedus.world.tables import world_contents
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
from foedus.world.world import World, packaged_world, read_world

__all__ = [
    "Actor",
    "Amount",
    "Attendance",
    "Candidate",
    "Claim",
    "Event",
    "Goal",
    "Instrument",
    "Membership",
    "Name",
    "Office",
    "Partnership",
    "Place",
    "Presence",
    "Quantity",
    "Resolution",
    "Source",
    "Sovereignty",
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
