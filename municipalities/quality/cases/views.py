"""Complaints of a year, and the report of a quarter."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.cases import forms, operations, presenters, queries
from municipalities.quality.cases.addressed import MANAGE, VIEW, YEARS, asked_year
from municipalities.quality.cases.rules import QUARTERS, has_begun
from municipalities.quality.cases.words import WORDS
from municipalities.quality.notes.marks import marks
from municipalities.quality.notes.models import NoteSubject
from municipalities.quality.notes.queries import notes_of

FOLDER = "municipalities/quality/cases"


@require_safe
@login_required
def complaints(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A year by quarter and kind; `?format=` downloads the table."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    year = asked_year(request, default=today.year)
    found = queries.complaints_of(cooperation=visible.cooperation, year=year)
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        table = presenters.table(found, today=today)
        name = f"{cooperation}-complaints-{year}"
        return download(table, file_format=request.GET["format"], name=name)
    may_manage = visible.may(MANAGE)
    notes = notes_of(
        cooperation=visible.cooperation, subject=NoteSubject.COMPLAINTS, days=Period.year(year)
    )
    context = {
        "cooperation": visible.cooperation,
        "year": year,
        "years": sorted({*queries.years_of(visible.cooperation), today.year, today.year - 1}),
        "lead": presenters.lead(found),
        "outcome": presenters.outcome(found),
        "has_figures": bool(found.cells),
        "table": presenters.table(found, today=today, slug=cooperation if may_manage else ""),
        "spec": presenters.chart([found], notes=notes, today=today),
        "chart_table": presenters.chart_table([found], notes=notes, today=today),
        "notes": marks(notes),
        "note_subject": NoteSubject.COMPLAINTS.value,
        "may_manage": may_manage,
    }
    return render(request, f"{FOLDER}/complaints.html", context)


@login_required
def complaint_report(
    request: HttpRequest, cooperation: str, year: int, quarter: int
) -> HttpResponse:
    """The counts of a quarter, in a grid."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    now = timezone.now()
    is_known = year in YEARS and quarter in QUARTERS
    if not is_known or not has_begun(year=year, quarter=quarter, today=local_day(now)):
        raise Http404
    asked = {"cooperation": visible.cooperation, "year": year, "quarter": quarter}
    form = answer_of(request, forms.ComplaintsForm, reported=queries.counts_of(**asked))

    def run() -> None:
        reason = form.cleaned_data.get("reason", "")
        operations.report(**asked, counts=form.counts, by=reader(request), at=now, reason=reason)

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The quarter is reported."),
        back=f"{reverse('complaints', args=[cooperation])}?year={year}",
        title=_("Complaints, %(quarter)s")
        % {"quarter": presenters.quarter_name(year=year, quarter=quarter)},
        lead=_("Write 0 where none came. An empty row is missing, not nought."),
        submit_label=_("Report the quarter"),
        template=f"{FOLDER}/report.html",
        list_label=_("Complaints"),
        list_url=reverse("complaints", args=[cooperation]),
        headings=[str(each) for each in forms.HEADINGS.values()],
    )
