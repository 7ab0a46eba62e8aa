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
from municipalities.agreements.details import delegated_on, withdrawals_of
from municipalities.agreements.queries import in_force_within
from municipalities.centrals import queries as centrals
from municipalities.centrals.names import requirement_words, state_words
from municipalities.centrals.queries import served_on
from municipalities.centrals.rows import rows_of as checklist_of
from municipalities.competence import queries as competence
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.queries import services_of
from municipalities.costs.hub.owed import Owed, owed_by
from municipalities.costs.hub.paid import Paid
from municipalities.costs.hub.yearly import YearOfPool, years_of_pools
from municipalities.costs.instalments import queries as instalments
from municipalities.costs.keys import queries as keys
from municipalities.costs.keys.sentence import key_in_words
from municipalities.costs.pools.queries import members_within, shared_by_all
from municipalities.costs.settlements import queries as settlements
from municipalities.decisions import queries as decisions
from municipalities.doctors import queries as doctors
from municipalities.doctors.queries import duty_in
from municipalities.doctors.years import shift_years
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
    prepared_topics,
)
from municipalities.meetings.topics.queries import facts_of, page_of
from municipalities.meetings.year_wheel import queries as wheels
from municipalities.obligations import queries as obligations
from municipalities.quality.absence.hse import hse_between
from municipalities.quality.absence.queries import percents_of as absence_percents
from municipalities.quality.absence.queries import year_of as absence_in
from municipalities.quality.cases import queries as cases
from municipalities.quality.deviations import queries as deviations
from municipalities.quality.deviations.usual import in_active_language as deviation_name
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
    "Paid",
    "PreparedTopic",
    "Todo",
    "YearOfPool",
    "absence_in",
    "absence_percents",
    "agendas",
    "cases",
    "checklist_of",
    "cooperations_where",
    "decisions",
    "delegated_on",
    "deviation_name",
    "deviations",
    "duty_in",
    "facts_of",
    "follow_ups",
    "forums",
    "hearings",
    "held_anywhere",
    "held_on",
    "hse_between",
    "in_force_within",
    "is_held",
    "key_in_words",
    "meetings",
    "members_within",
    "municipalities_acted_for",
    "municipalities_of",
    "needs_second_factor",
    "next_meeting",
    "obligations",
    "owed_by",
    "page_of",
    "people_with",
    "prepared_topics",
    "requirement_words",
    "reviews",
    "served_on",
    "services_of",
    "shared_by_all",
    "shift_years",
    "state_words",
    "todos_of",
    "wheels",
    "withdrawals_of",
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
