"""What the cooperation's centrals tell today: how they stand, what waits, whom they serve."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central, ServedMunicipality
from municipalities.centrals.states import ChecklistState, states_of
from municipalities.cooperations.models import Cooperation
from municipalities.todo import Todo


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> ChecklistState:
    """The state of all the cooperation's checklists together. Two queries."""
    centrals = Central.objects.visible_to(user).filter(cooperation=cooperation)
    states = states_of(centrals=centrals, today=today)
    return sum(states.values(), start=ChecklistState())


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """At most two sentences a central, for who keeps its checklist. Two queries."""
    kept = permissions.cooperations_where(user=user, permission=Permission.MANAGE_CENTRAL)
    centrals = Central.objects.counted().filter(cooperation=cooperation, cooperation__in=kept)
    found = []
    for central, state in states_of(centrals=centrals, today=today).items():
        found += _todos(central=central, cooperation=cooperation, state=state)
    return found


def served_on(*, central: Central, day: date) -> QuerySet[ServedMunicipality]:
    """The municipalities that the central answers for on the day, by number."""
    return (
        central.served.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
        .select_related("municipality")
        .order_by("municipality__number", "area", "pk")
    )


def _todos(*, central: Central, cooperation: Cooperation, state: ChecklistState) -> list[Todo]:
    url = reverse("central_checklist", args=[cooperation.slug, central.slug])
    found = []
    if state.late or state.soon:
        text = ngettext(
            "%(count)s check of %(central)s is due or late",
            "%(count)s checks of %(central)s are due or late",
            state.late + state.soon,
        )
        told = text % {"count": state.late + state.soon, "central": central.name}
        found.append(Todo(text=told, url=f"{url}?show=due", due_date=state.due_date))
    if state.never:
        text = ngettext(
            "%(count)s requirement of %(central)s has never been checked",
            "%(count)s requirements of %(central)s have never been checked",
            state.never,
        )
        told = text % {"count": state.never, "central": central.name}
        found.append(Todo(text=told, url=f"{url}?show=never"))
    return found
