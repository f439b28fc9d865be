"""Who exists and who is bound to whom, on a date: packaged facts, each with its source."""

from foedus.world.records import Actor, Membership, Name, Presence, Quantity, Source
from foedus.world.world import World, packaged_world, read_world, world_contents

__all__ = [
    "Actor",
    "Membership",
    "Name",
    "Presence",
    "Quantity",
    "Source",
    "World",
    "packaged_world",
    "read_world",
    "world_contents",
]
