"""The sickness absence of a year, typed or from a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page, told
from municipalities.quality.absence import files, operations, presenters, queries
from municipalities.quality.file_words import FILE
from municipalities.quality.notes.models import NoteSubject
from municipalities.quality.notes.queries import notes_of
from municipalities.refused import Refused

VIEW, MANAGE = Permission.VIEW_QUALITY, Permission.MANAGE_QUALITY
WORDS = {
    "quarter_has_not_ended": gettext_lazy(
        "Quarter %(quarter)s of %(year)s has not ended. Report it when it has."
    ),
    "more_lost_than_agreed": gettext_lazy(
        "%(unit)s: more days are lost than were agreed. Correct one of them."
    ),
    "short_and_long_together": gettext_lazy(
        "%(unit)s: tell both short and long absence, or neither."
    ),
    "split_does_not_add_up": gettext_lazy(
        "%(unit)s: short and long absence must be certified and self-certified together."
    ),
}
FILE_WORDS = {
    **FILE,
    "no_headings": gettext_lazy(
        "No row of headings was found. Use year, quarter, unit, employees, agreed, certified and"
        " self-certified days (and short and long, if you wish)."
    ),
    "missing_column": gettext_lazy("These columns are missing: %(columns)s."),
    "no_rows": gettext_lazy("The file has no rows under its headings."),
    "bad_cell": gettext_lazy("Row %(row)s: %(column)s cannot be read. Nothing is stored."),
}


def _days(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=9_999_999, decimal_places=2, **options
    )


class AbsenceForm(forms.Form):
    """A unit's quarter."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2200)
    quarter = forms.TypedChoiceField(
        label=gettext_lazy("Quarter"), coerce=int, choices=[(n, str(n)) for n in range(1, 5)]
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=80)
    employees = forms.IntegerField(label=gettext_lazy("Employees"), min_value=0, max_value=30_000)
    agreed = _days(gettext_lazy("Agreed working days"))
    certified = _days(gettext_lazy("Lost days, certified by a doctor"))
    self_certified = _days(gettext_lazy("Lost days, self-certified"))
    short = _days(gettext_lazy("Of all lost days: absence of 1–16 days"), required=False)
    long = _days(gettext_lazy("Of all lost days: absence of 17 days and more"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is changed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only where the quarter was reported before."),
    )


class FileForm(forms.Form):
    """A file of absence."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV, XLSX or ODS with a row for each unit and quarter."),
    )


@require_safe
@login_required
def absence(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The quarters of a year and of the year before; `?format=` downloads the table."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    year = _year(request, default=today.year)
    found = queries.quarters_of(
        cooperation=visible.cooperation,
        quarters=[(each, n) for each in (year - 1, year) for n in range(1, 5)],
    )
    table = presenters.table([each for each in found if each.year == year])
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        name = f"{cooperation}-absence-{year}"
        return download(table, file_format=request.GET["format"], name=name)
    context = {
        "cooperation": visible.cooperation,
        "year": year,
        "years": sorted({*queries.years_of(visible.cooperation), today.year, today.year - 1}),
        "lead": presenters.lead(found),
        "has_figures": any(each.is_reported for each in found),
        "table": table,
        "spec": presenters.chart(found),
        "chart_columns": [_("Quarter"), _("Certified by a doctor"), _("Self-certified")],
        "chart_rows": presenters.chart_rows(found),
        "hidden": presenters.notes(),
        "notes": notes_of(cooperation=visible.cooperation, subject=NoteSubject.ABSENCE, year=year),
        "note_subject": NoteSubject.ABSENCE.value,
        "may_manage": visible.may(MANAGE),
    }
    return render(request, "municipalities/quality/absence/absence.html", context)


@login_required
def absence_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Report a unit's quarter, or correct one."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    today = local_day(timezone.now())
    (last,) = queries.ended_quarters(until=today, count=1)
    form = answer_of(request, AbsenceForm, initial={"year": last[0], "quarter": last[1]})

    def run() -> None:
        operations.report(
            cooperation=visible.cooperation,
            today=today,
            by=reader(request),
            at=timezone.now(),
            **form.cleaned_data,
        )

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The quarter is reported."),
        title=_("Report sickness absence"),
        submit_label=_("Report"),
    )


@login_required
def absence_import(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Report every row of a file."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    form = answer_of(request, FileForm)

    def run() -> None:
        file = form.cleaned_data["file"]
        now = timezone.now()
        count = operations.take_file(
            cooperation=visible.cooperation,
            rows=files.read(file.read()),
            file_name=file.name[:200],
            today=local_day(now),
            by=reader(request),
            at=now,
        )
        text = ngettext("%(count)s row is taken.", "%(count)s rows are taken.", count)
        messages.info(request, text % {"count": count})

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The file is read."),
        title=_("Sickness absence from a file"),
        submit_label=_("Read the file"),
        errors=(Refused, files.UnreadableAbsence),
        told=_file_told,
    )


def _file_told(error: Refused | files.UnreadableAbsence) -> tuple[str, str]:
    if isinstance(error, Refused):
        return "file", told(error, WORDS)
    return "file", str(FILE_WORDS[error.code]) % error.facts


def _year(request: HttpRequest, *, default: int) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else default
    if not 1990 <= year <= 2200:
        raise Http404
    return year


def _form(request: HttpRequest, visible: Visible, **asked: Any) -> HttpResponse:
    slug = visible.cooperation.slug
    return form_page(
        request,
        cooperation=visible.cooperation,
        words=WORDS,
        back=reverse("absence", args=[slug]),
        list_label=_("Sickness absence"),
        list_url=reverse("absence", args=[slug]),
        template="municipalities/quality/form.html",
        **asked,
    )
