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
from municipalities.agreements import queries as agreements
from municipalities.centrals import queries as centrals
from municipalities.competence import queries as competence
from municipalities.cooperations.models import Cooperation
from municipalities.costs.hub.owed import Owed, owed_by
from municipalities.costs.hub.paid import Paid
from municipalities.costs.hub.yearly import YearOfPool, years_of_pools
from municipalities.costs.instalments import queries as instalments
from municipalities.costs.keys import queries as keys
from municipalities.costs.keys.sentence import key_in_words
from municipalities.costs.settlements import queries as settlements
from municipalities.decisions import queries as decisions
from municipalities.doctors import queries as doctors
from municipalities.hearings import queries as hearings
from municipalities.meetings.agenda import queries as agendas
from municipalities.meetings.follow_up import queries as follow_ups
from municipalities.meetings.forums import queries as forums
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
)
from municipalities.meetings.year_wheel import queries as wheels
from municipalities.obligations import queries as obligations
from municipalities.quality.cases import queries as cases
from municipalities.quality.deviations import queries as deviations
from municipalities.quality.review import queries as reviews
from municipalities.todo import Todo

__all__ = [
    "Asked",
    "Chart",
    "Facts",
    "Figure",
    "Owed",
    "Page",
    "Paid",
    "PreparedTopic",
    "Todo",
    "YearOfPool",
    "agendas",
    "cases",
    "cooperations_where",
    "decisions",
    "deviations",
    "follow_ups",
    "forums",
    "hearings",
    "held_anywhere",
    "held_on",
    "is_held",
    "key_in_words",
    "meetings",
    "municipalities_acted_for",
    "municipalities_of",
    "needs_second_factor",
    "next_meeting",
    "obligations",
    "owed_by",
    "people_with",
    "reviews",
    "todos_of",
    "wheels",
    "years_of_pools",
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
