"""The year of deviations, and a month that is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import FORMATS, download
from legevakt.lib.words import month_name
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.deviations import operations, presenters, queries
from municipalities.quality.deviations.forms import MonthForm, ReasonForm
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationMonth,
    DeviationSeverity,
    FiguresSource,
)
from municipalities.quality.deviations.rules import is_over
from municipalities.quality.deviations.words import WORDS
from municipalities.quality.notes.marks import marks
from municipalities.quality.notes.models import NoteSubject
from municipalities.quality.years import chosen_year

VIEW, MANAGE = Permission.VIEW_QUALITY, Permission.MANAGE_QUALITY
TEMPLATE = "municipalities/quality/form.html"


@require_safe
@login_required
def deviations(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A year's tables and curve; `?table=` and `?format=` download one of them."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    years = queries.years_of(cooperation=visible.cooperation, today=today)
    year = chosen_year(request, years=years, today=today)
    found = queries.year_of(cooperation=visible.cooperation, year=year, today=today)
    tables = presenters.tables(found)
    if "format" in request.GET:
        name = request.GET.get("table", "")
        if name not in tables or request.GET["format"] not in FORMATS:
            raise Http404
        return download(
            tables[name],
            file_format=request.GET["format"],
            name=f"{cooperation}-deviations-{name}-{year}",
        )
    context = {
        "cooperation": visible.cooperation,
        "year": year,
        "years": [(str(each), f"?year={each}", each == year) for each in years],
        "lead": presenters.lead(found),
        "tables": tables,
        "has_figures": any(each.is_reported for each in found.months),
        "chart": presenters.chart(found),
        "chart_table": presenters.chart_table(found),
        "chart_summary": presenters.chart_summary(found),
        "notes": marks(found.notes),
        "note_subject": NoteSubject.DEVIATIONS.value,
        "may_manage": visible.may(MANAGE),
        "months": _month_links(visible.cooperation, found) if visible.may(MANAGE) else [],
    }
    return render(request, "municipalities/quality/deviations/year.html", context)


@login_required
def deviation_month(request: HttpRequest, cooperation: str, year: int, month: int) -> HttpResponse:
    """Type the counts of a month, or that it had none; change them, with why."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    first, today = _month(year, month), local_day(timezone.now())
    if not is_over(first, today=today):
        raise Http404
    stored = visible.cooperation.deviation_months.filter(month_date=first).first()
    form = _month_form(request, visible.cooperation, first, stored)

    def run() -> None:
        operations.record_month(
            cooperation=visible.cooperation,
            month=first,
            counts=form.counts,
            median_days=form.cleaned_data["median_days"],
            source=FiguresSource.TYPED,
            today=today,
            by=reader(request),
            at=timezone.now(),
        )

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The month is stored."),
        back=_year_address(cooperation, year),
        title=_("Deviations in %(month)s") % {"month": _name(first)},
        submit_label=_("Store the month"),
        template="municipalities/quality/deviations/month.html",
        stored=stored,
        remove_url=reverse("deviation_month_remove", args=[cooperation, year, month]),
        **deviations_list(cooperation),
    )


@login_required
def deviation_month_remove(
    request: HttpRequest, cooperation: str, year: int, month: int
) -> HttpResponse:
    """Make the month one that is not reported."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    first = _month(year, month)
    stored = get_object_or_404(visible.cooperation.deviation_months, month_date=first)
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=answer_of(request, ReasonForm),
        run=lambda: operations.remove_month(month=stored),
        words=WORDS,
        done=_("The month is removed, and is shown as not reported."),
        back=_year_address(cooperation, year),
        title=_("Remove the deviations of %(month)s") % {"month": _name(first)},
        lead=_(
            "All its counts are removed. The month is then missing, which is not the same as 0."
        ),
        submit_label=_("Remove"),
        submit_color="danger",
        template=TEMPLATE,
        **deviations_list(cooperation),
    )


def deviations_list(cooperation: str) -> dict[str, Any]:
    """Where the pages under the year lie."""
    return {"list_label": _("Deviations"), "list_url": reverse("deviations", args=[cooperation])}


def _month_form(
    request: HttpRequest, cooperation: Cooperation, first: date, stored: DeviationMonth | None
) -> MonthForm:
    counts = operations.counts_of(stored) if stored else {}
    return answer_of(
        request,
        MonthForm,
        categories=queries.offered(
            DeviationCategory,
            cooperation=cooperation,
            month=first,
            used={category for category, _severity, _state in counts},
        ),
        severities=queries.offered(
            DeviationSeverity,
            cooperation=cooperation,
            month=first,
            used={severity for _category, severity, _state in counts if severity},
        ),
        counts=counts,
        is_reported=stored is not None,
        initial={"median_days": stored.median_days if stored else None},
    )


def _month_links(
    cooperation: Cooperation, found: queries.DeviationYear
) -> list[tuple[str, str, str]]:
    """Each month, what can be done with it, and where."""
    return [
        (
            presenters.name_of_month(each.month),
            _("Change") if each.is_reported else pgettext("what to do", "Report"),
            reverse("deviation_month", args=[cooperation.slug, each.month.year, each.month.month]),
        )
        for each in found.months
    ]


def _month(year: int, month: int) -> date:
    if not 2000 <= year <= 2100 or not 1 <= month <= 12:
        raise Http404
    return date(year, month, 1)


def _name(first: date) -> str:
    return month_name(Period.month(first.year, first.month))


def _year_address(cooperation: str, year: int) -> str:
    return f"{reverse('deviations', args=[cooperation])}?year={year}"
