"""Decisions that concern the legevakt, a topic of the minimum agenda: those since the last meeting.

Of all the municipalities, political and administrative. What is exempt from public disclosure is
counted, and not told: minutes are read by more than the register.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from legevakt.lib.periods import DAY, Period
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.decisions.models import Decision, Level, Notification
from municipalities.hearings.models import Hearing
from municipalities.meetings.topics.prepared import Asked, Facts, Figure, Page, PreparedTopic


def facts(asked: Asked) -> dict[str, Any]:
    """The decisions of the days, the oldest first, and the hearings that are open.

    One that was decided before but registered in the days is among them: no meeting has seen it.
    Four queries.
    """
    days = Period(asked.since, asked.until)
    decided = Q(decided_date__gte=days.starts_on, decided_date__lt=days.ends_on)
    registered = Q(registered_at__gte=days.starts_at, registered_at__lt=days.ends_at)
    rows = Decision.objects.filter(decided | registered, cooperation=asked.cooperation)
    told = rows.filter(is_exempt=False).select_related("municipality")
    waiting = _waiting(told, day=asked.until - DAY)
    return {
        "cooperation": asked.cooperation.slug,
        "from": asked.since.isoformat(),
        "to": asked.until.isoformat(),
        "decisions": [
            _decision(each, waiting=waiting.get(each.pk, []))
            for each in told.order_by("decided_date", "pk")
        ],
        "exempt": rows.filter(is_exempt=True).count(),
        "hearings": [
            {
                "title": each.title,
                "deadline": each.deadline_date.isoformat(),
                "answered": each.answered,
                "asked": each.asked,
            }
            for each in _open_hearings(asked)
        ],
    }


def page(facts: Facts) -> Page:
    """How many, and which."""
    count = len(facts["decisions"]) + facts["exempt"]
    lead = ngettext(
        "%(count)s decision on the legevakt is registered since %(day)s.",
        "%(count)s decisions on the legevakt are registered since %(day)s.",
        count,
    ) % {"count": number(count), "day": _day(facts["from"])}
    return Page(
        lead=lead,
        figures=_figures(facts),
        tables=tuple(each for each in (_decisions(facts), _hearings(facts)) if each.rows),
        notes=tuple(_notes(facts)),
        url=reverse("decisions", args=[facts["cooperation"]]),
        link_label=_("To the decisions"),
    )


def _figures(facts: Facts) -> tuple[Figure, ...]:
    """What waits for somebody: receipts, and answers in hearings."""
    missing = sum(each["missing_receipts"] for each in facts["decisions"])
    hearings = len(facts["hearings"])
    return (
        Figure(label=_("Receipts that are missing"), value=number(missing)),
        Figure(label=_("Open hearings"), value=number(hearings)),
    )


def _open_hearings(asked: Asked) -> QuerySet[Any]:
    answered = Count("answers", filter=Q(answers__answered_at__isnull=False))
    rows = Hearing.objects.filter(cooperation=asked.cooperation, closed_at__isnull=True)
    rows = rows.annotate(answered=answered, asked=Count("answers"))
    return rows.order_by("deadline_date", "pk")


def _waiting(decisions: QuerySet[Decision], *, day: date) -> dict[int, list[str]]:
    """Decision → the municipalities that have not confirmed it; none that have left."""
    rows = Notification.objects.waited_for(day).filter(decision__in=decisions)
    found: dict[int, list[str]] = {}
    for pk, name in rows.order_by("municipality__number").values_list(
        "decision", "municipality__name"
    ):
        found.setdefault(pk, []).append(name)
    return found


def _decision(decision: Decision, *, waiting: list[str]) -> dict[str, Any]:
    return {
        "title": decision.title,
        "municipality": decision.municipality.name,
        "level": decision.level,
        "body": decision.body,
        "case_number": decision.case_number,
        "decided": decision.decided_date.isoformat(),
        "missing_receipts": len(waiting),
        "missing_from": waiting,
    }


def _decisions(facts: Facts) -> Table:
    return Table(
        caption=_("Decisions"),
        headings=(
            _("Title"),
            _("Decided on"),
            _("Municipality"),
            _("Level"),
            _("Decided by"),
            _("Case number"),
            _("Receipts that are missing"),
        ),
        rows=tuple(
            Row(
                (
                    each["title"],
                    _day(each["decided"]),
                    each["municipality"],
                    str(Level(each["level"]).label),
                    each["body"],
                    each["case_number"],
                    _receipts(each),
                )
            )
            for each in facts["decisions"]
        ),
        text_columns="all",
    )


def _receipts(decision: Mapping[str, Any]) -> str:
    """Who has not confirmed; facts without their names have the number alone."""
    if not decision["missing_receipts"]:
        return pgettext("receipts", "none")
    return ", ".join(decision.get("missing_from", ())) or number(decision["missing_receipts"])


def _hearings(facts: Facts) -> Table:
    return Table(
        caption=_("Open hearings"),
        headings=(_("Hearing"), _("To be answered by"), _("Answers")),
        rows=tuple(
            Row((each["title"], _day(each["deadline"]), _answers(each)))
            for each in facts["hearings"]
        ),
    )


def _answers(hearing: Mapping[str, Any]) -> str:
    if "asked" not in hearing:
        return "–"
    told = {"part": number(hearing["answered"]), "whole": number(hearing["asked"])}
    return _("%(part)s of %(whole)s") % told


def _notes(facts: Facts) -> list[str]:
    if not facts["exempt"]:
        return []
    told = ngettext(
        "%(count)s of them is exempt from public disclosure, and stands in the register alone.",
        "%(count)s of them are exempt from public disclosure, and stand in the register alone.",
        facts["exempt"],
    )
    return [told % {"count": number(facts["exempt"])}]


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


TOPIC = PreparedTopic(
    code="decisions",
    title=gettext_lazy("Decisions on the legevakt"),
    covers=("Political and administrative decisions that concern the legevakt",),
    facts=facts,
    page=page,
)
