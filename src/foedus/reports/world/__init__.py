"""What is known of the world, told: each function returns a page, that is an answer as JSON and as sections."""

from foedus.reports.world.actor import show
from foedus.reports.world.acts import Wanted, act, acts
from foedus.reports.world.audit import audit
from foedus.reports.world.belonging import groupings, instruments, members, partners, presences
from foedus.reports.world.bodies import bodies
from foedus.reports.world.happenings import amounts, claims, event, events, timeline
from foedus.reports.world.names import offices, places, resolve
from foedus.reports.world.page import Page
from foedus.reports.world.treaties import treaties

__all__ = [
    "Page",
    "Wanted",
    "act",
    "acts",
    "amounts",
    "audit",
    "bodies",
    "claims",
    "event",
    "events",
    "groupings",
    "instruments",
    "members",
    "offices",
    "partners",
    "places",
    "presences",
    "resolve",
    "show",
    "timeline",
    "treaties",
]
