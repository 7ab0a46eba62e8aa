"""Why a central's period is below the target, or where it was weak though it met it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from callstats.annotations.queries import Note, seen_by
from callstats.gaps import headlines, presenters
from callstats.gaps.addresses import NoPeriod, address_of, period_of
from callstats.gaps.queries import Gap, gap_of
from callstats.gaps.tables import TABLES
from legevakt.lib.periods import Period, last_complete_month, local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.models import Central
from municipalities.queries import is_held
from municipalities.rules import Permission


@require_safe
@login_required
def why(request: HttpRequest, central: str) -> HttpResponse:
    """The last complete month."""
    month = last_complete_month(local_day(timezone.now()))
    return _page(request, central=_central(request, slug=central), period=month)


@require_safe
@login_required
def why_period(request: HttpRequest, central: str, period: str) -> HttpResponse:
    """A month, a year or a span of months; `?table=hours&format=csv` downloads a table."""
    try:
        months = period_of(period)
    except NoPeriod:
        raise Http404 from None
    return _page(request, central=_central(request, slug=central), period=months)


def _central(request: HttpRequest, *, slug: str) -> Central:
    found = Central.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(found, slug=slug)


def _crumbs(central: Central) -> list[tuple[str, str]]:
    return [
        (_("Overview"), f"{reverse('dashboard')}?cooperation={central.cooperation.slug}"),
        (_("Telephony"), reverse("statistics", args=[central.slug])),
    ]


def _page(request: HttpRequest, *, central: Central, period: Period) -> HttpResponse:
    gap = gap_of(central=central, period=period)
    if "format" in request.GET:
        return _file(gap, table=request.GET.get("table"), file_format=request.GET["format"])
    notes = seen_by(user=request.user, centrals=[central], period=period)
    context = {
        "central": central,
        "title": headlines.title(gap),
        "crumbs": _crumbs(central),
        "figure_link": presenters.figure_link(gap),
        "notes": notes,
        "note_url": _note_url(request, gap, notes=notes),
    }
    return render(request, "callstats/gaps/why.html", context | _explanation(request, gap))


def _explanation(request: HttpRequest, gap: Gap) -> dict:
    if gap.counted.state != "figures":
        may_view_imports = is_held(
            user=request.user,
            permission=Permission.VIEW_IMPORTS,
            cooperation=gap.central.cooperation,
        )
        return {"nothing": presenters.nothing(gap, may_view_imports=may_view_imports)}
    hours, *others = presenters.sections(gap)
    return {
        "card": presenters.card(gap),
        "missing": presenters.missing(gap),
        "sentences": headlines.headline(gap),
        "chart": presenters.chart(gap),
        "hours": hours,
        "sections": others,
        "target": gap.definition.target,
    }


def _note_url(request: HttpRequest, gap: Gap, *, notes: list[Note]) -> str:
    """Where the first note of the period is written, by who may write one."""
    if notes or not is_held(
        user=request.user, permission=Permission.ANNOTATE, cooperation=gap.central.cooperation
    ):
        return ""
    return presenters.note_url(gap)


def _file(gap: Gap, *, table: str | None, file_format: str) -> HttpResponse:
    if table not in TABLES or file_format not in FORMATS:
        raise Http404
    name = f"{gap.central.slug}-{address_of(gap.period)}-{table}"
    return download(TABLES[table](gap), file_format=file_format, name=name)
