"""The months that wait for the reader of the overview: to be checked, or to be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.models import PeriodState
from callstats.queries import Waiting, name_of, waiting_months
from legevakt.lib import words
from reporting.dashboard.queries import VisibleCooperation


@dataclass(frozen=True)
class Task:
    """What waits for the reader, and where it is done."""

    text: str
    url: str
    link: str


def waiting_tasks(chosen: VisibleCooperation, *, today: date) -> list[Task]:
    """One for each central and step, for what the reader may do."""

    def found(state: PeriodState) -> list[Waiting]:
        return waiting_months(cooperation=chosen.cooperation, state=state, before=today)

    tasks: list[Task] = []
    if chosen.may_check_figures:
        tasks += [_task(each, _to_check(each)) for each in found(PeriodState.OPEN)]
    if chosen.may_publish_figures:
        tasks += [_task(each, _to_publish(each)) for each in found(PeriodState.CHECKED)]
    return tasks


def _task(waiting: Waiting, text: str) -> Task:
    if waiting.months > 1:
        url = reverse("central_periods", args=[waiting.central.slug])
        return Task(text=text, url=url, link=_("See the months"))
    url = reverse("period", args=[waiting.central.slug, name_of(waiting.newest)])
    if waiting.revision > 1:
        url += f"?revision={waiting.revision}"
    return Task(text=text, url=url, link=_("See the figures"))


def _to_check(waiting: Waiting) -> str:
    if waiting.months == 1:
        return _("%(central)s: %(month)s waits for you to check it.") % _names(waiting)
    return ngettext(
        "%(central)s: %(month)s and %(count)s earlier month wait for you to check them.",
        "%(central)s: %(month)s and %(count)s earlier months wait for you to check them.",
        waiting.months - 1,
    ) % _names(waiting)


def _to_publish(waiting: Waiting) -> str:
    if waiting.months == 1:
        return _("%(central)s: %(month)s is checked, and waits for you to publish it.") % _names(
            waiting
        )
    return ngettext(
        "%(central)s: %(month)s and %(count)s earlier month wait for you to publish them.",
        "%(central)s: %(month)s and %(count)s earlier months wait for you to publish them.",
        waiting.months - 1,
    ) % _names(waiting)


def _names(waiting: Waiting) -> dict[str, str]:
    return {
        "central": waiting.central.name,
        "month": words.month_name(waiting.newest),
        "count": words.number(waiting.months - 1),
    }
