"""Decisions that concern the legevakt, a topic of the minimum agenda: those since the last meeting.

Of all the municipalities, political and administrative. What is exempt from public disclosure is
counted, and not told: minutes are read by more than the register.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.decisions.models import Decision, Level
from municipalities.hearings.models import Hearing
from municipalities.meetings.topics.prepared import Asked, Facts, Page, PreparedTopic


def facts(asked: Asked) -> dict[str, Any]:
    """The decisions of the days, the oldest first, and the hearings that are open."""
    rows = Decision.objects.filter(
        cooperation=asked.cooperation,
        decided_date__gte=asked.since,
        decided_date__lt=asked.until,
    ).select_related("municipality")
    missing = Count("notifications", filter=Q(notifications__read_at__isnull=True))
    told = rows.filter(is_exempt=False).annotate(missing=missing)
    return {
        "cooperation": asked.cooperation.slug,
        "from": asked.since.isoformat(),
        "to": asked.until.isoformat(),
        "decisions": [_decision(each) for each in told.order_by("decided_date", "pk")],
        "exempt": rows.filter(is_exempt=True).count(),
        "hearings": [
            {"title": each.title, "deadline": each.deadline_date.isoformat()}
            for each in Hearing.objects.filter(
                cooperation=asked.cooperation, closed_at__isnull=True
            ).order_by("deadline_date", "pk")
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
        tables=tuple(each for each in (_decisions(facts), _hearings(facts)) if each.rows),
        notes=tuple(_notes(facts)),
        url=reverse("decisions", args=[facts["cooperation"]]),
        link_label=_("To the decisions"),
    )


def _decision(decision: Any) -> dict[str, Any]:
    return {
        "title": decision.title,
        "municipality": decision.municipality.name,
        "level": decision.level,
        "body": decision.body,
        "case_number": decision.case_number,
        "decided": decision.decided_date.isoformat(),
        "missing_receipts": decision.missing,
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
                    each["missing_receipts"],
                )
            )
            for each in facts["decisions"]
        ),
    )


def _hearings(facts: Facts) -> Table:
    return Table(
        caption=_("Open hearings"),
        headings=(_("Hearing"), _("To be answered by")),
        rows=tuple(Row((each["title"], _day(each["deadline"]))) for each in facts["hearings"]),
    )


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
