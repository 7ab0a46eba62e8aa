"""What other apps may read of this one."""

from __future__ import annotations

from datetime import date

from municipalities import todo
from municipalities.access.models import User
from municipalities.access.permissions import cooperations_where, held_anywhere, held_on, is_held
from municipalities.access.queries import (
    municipalities_acted_for,
    municipalities_of,
    needs_second_factor,
    people_with,
)
from municipalities.access.words import ROLE_NAMES
from municipalities.agreements import queries as agreements
from municipalities.centrals import queries as centrals
from municipalities.competence import queries as competence
from municipalities.cooperations.models import Cooperation
from municipalities.costs.hub.owed import Owed, owed_by
from municipalities.costs.instalments import queries as instalments
from municipalities.costs.keys import queries as keys
from municipalities.costs.settlements import queries as settlements
from municipalities.decisions import queries as decisions
from municipalities.doctors import queries as doctors
from municipalities.hearings import queries as hearings
from municipalities.meetings.agenda import queries as agendas
from municipalities.meetings.follow_up import queries as follow_ups
from municipalities.meetings.meeting import queries as meetings
from municipalities.meetings.meeting.queries import next_meeting
from municipalities.meetings.minutes import queries as minutes
from municipalities.meetings.topics.prepared import (
    Asked,
    Chart,
    Facts,
    Figure,
    Page,
    PreparedTopic,
    prepared_topics,
)
from municipalities.meetings.topics.queries import facts_of, page_of
from municipalities.obligations import queries as obligations
from municipalities.quality.cases import queries as cases
from municipalities.quality.review import queries as reviews
from municipalities.todo import Todo

__all__ = [
    "ROLE_NAMES",
    "Asked",
    "Chart",
    "Facts",
    "Figure",
    "Owed",
    "Page",
    "PreparedTopic",
    "Todo",
    "cooperations_where",
    "facts_of",
    "held_anywhere",
    "held_on",
    "is_held",
    "municipalities_acted_for",
    "municipalities_of",
    "needs_second_factor",
    "next_meeting",
    "owed_by",
    "page_of",
    "people_with",
    "prepared_topics",
    "todos_of",
]

ROOMS = (
    agreements,
    obligations,
    decisions,
    hearings,
    centrals,
    competence,
    doctors,
    keys,
    instalments,
    settlements,
    meetings,
    agendas,
    minutes,
    follow_ups,
    cases,
    reviews,
)


def todos_of(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """What of the record waits for the user, the earliest first. At most two queries a room."""
    rooms = [room.waiting_for for room in ROOMS]
    return todo.in_order(rooms, cooperation=cooperation, user=user, today=today)
