"""The year of sickness absence, and a unit's quarter that is typed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.absence import operations, presenters, queries
from municipalities.quality.absence.files import Told
from municipalities.quality.absence.forms import AbsenceForm, ChangeAbsenceForm, ReasonForm
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.absence.rules import asked_for_by
from municipalities.quality.absence.words import WORDS
from municipalities.quality.deviations.models import FiguresSource
from municipalities.quality.notes.marks import marks
from municipalities.quality.notes.models import NoteSubject
from municipalities.quality.years import chosen_year

VIEW, MANAGE = Permission.VIEW_QUALITY, Permission.MANAGE_QUALITY
TEMPLATE = "municipalities/quality/form.html"


@require_safe
@login_required
def absence(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A year's quarters beside the year before; `?format=` downloads what is shown."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    years = queries.years_of(cooperation=visible.cooperation, today=today)
    year = chosen_year(request, years=years, today=today)
    found = queries.year_of(cooperation=visible.cooperation, year=year, today=today)
    table = presenters.absence_table(found)
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        name = f"{cooperation}-sickness-absence-{year}"
        return download(table, file_format=request.GET["format"], name=name)
    may_manage = visible.may(MANAGE)
    context = {
        "cooperation": visible.cooperation,
        "year": year,
        "years": [(str(each), f"?year={each}", each == year) for each in years],
        "lead": presenters.lead(found),
        "table": table,
        "has_figures": any(found.quarters.values()),
        "chart": presenters.chart(found),
        "chart_table": presenters.chart_table(found),
        "chart_summary": presenters.chart_summary(found),
        "notes": marks(found.notes),
        "note_subject": NoteSubject.ABSENCE.value,
        "how_hidden": presenters.how_hidden(),
        "may_manage": may_manage,
        "rows": _row_links(visible.cooperation, year) if may_manage else [],
    }
    return render(request, "municipalities/quality/absence/year.html", context)


@login_required
def absence_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Type a unit's quarter."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    year, quarter, _due = asked_for_by(local_day(timezone.now()))
    initial = {
        "year": request.GET.get("year", year),
        "quarter": request.GET.get("quarter", quarter),
    }
    form = answer_of(request, AbsenceForm, initial=initial)

    def run() -> None:
        names = ("year", "quarter", "unit")
        told = form.told(**{name: form.cleaned_data[name] for name in names})
        _record(request, visible.cooperation, told, is_first=True)

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The quarter is stored."),
        back=reverse("absence", args=[cooperation]),
        title=_("Sickness absence of a unit in a quarter"),
        lead=_("Sums of the whole unit, in working days. Nothing about people is stored."),
        submit_label=_("Store"),
        template=TEMPLATE,
        **absence_list(cooperation),
    )


@login_required
def absence_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change the days of a unit's quarter, and say why."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    stored = get_object_or_404(visible.cooperation.sickness_absence, pk=pk)
    initial = operations.as_told(stored)._asdict()
    form = answer_of(request, ChangeAbsenceForm, initial=initial)
    key = {"year": stored.year, "quarter": stored.quarter, "unit": stored.unit}
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=lambda: _record(request, visible.cooperation, form.told(**key)),
        words=WORDS,
        done=_("The quarter is stored."),
        back=_year_address(cooperation, stored.year),
        title=_name(stored),
        submit_label=_("Store"),
        template=TEMPLATE,
        **absence_list(cooperation),
    )


@login_required
def absence_remove(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The unit has then not reported the quarter."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    stored = get_object_or_404(visible.cooperation.sickness_absence, pk=pk)
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=answer_of(request, ReasonForm),
        run=lambda: operations.remove(absence=stored),
        words=WORDS,
        done=_("It is removed, and is shown as not reported."),
        back=_year_address(cooperation, stored.year),
        title=_("Remove %(name)s") % {"name": _name(stored)},
        submit_label=_("Remove"),
        submit_color="danger",
        template=TEMPLATE,
        **absence_list(cooperation),
    )


def absence_list(cooperation: str) -> dict[str, str]:
    """Where the pages under the year lie."""
    return {"list_label": _("Sickness absence"), "list_url": reverse("absence", args=[cooperation])}


def _record(
    request: HttpRequest, cooperation: Cooperation, told: Told, *, is_first: bool = False
) -> None:
    now = timezone.now()
    operations.record(
        cooperation=cooperation,
        told=told,
        source=FiguresSource.TYPED,
        is_first=is_first,
        today=local_day(now),
        by=reader(request),
        at=now,
    )


def _row_links(cooperation: Cooperation, year: int) -> list[tuple[str, str, str]]:
    """Each stored row of the year, where it is changed and where removed."""
    rows = cooperation.sickness_absence.filter(year=year).order_by("quarter", "unit")
    return [
        (
            _name(each),
            reverse("absence_change", args=[cooperation.slug, each.pk]),
            reverse("absence_remove", args=[cooperation.slug, each.pk]),
        )
        for each in rows
    ]


def _name(stored: SicknessAbsence) -> str:
    return _("%(unit)s, quarter %(quarter)s, %(year)s") % {
        "unit": stored.unit,
        "quarter": stored.quarter,
        "year": stored.year,
    }


def _year_address(cooperation: str, year: int) -> str:
    return f"{reverse('absence', args=[cooperation])}?year={year}"
