"""The deviations of a year, of a month, and from a file; and the lists they are told by."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page, told
from municipalities.quality.deviations import files, operations, presenters, queries
from municipalities.quality.deviations.forms import (
    STATES,
    EntryForm,
    FileForm,
    MonthForm,
    WithdrawForm,
)
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationMonth,
    DeviationSeverity,
    DeviationState,
)
from municipalities.quality.deviations.words import FAULT_WORDS, FILE_WORDS, WORDS
from municipalities.quality.notes.models import NoteSubject
from municipalities.quality.notes.queries import notes_of
from municipalities.refused import Refused

TEMPLATE = "municipalities/quality/form.html"
VIEW, MANAGE = Permission.VIEW_QUALITY, Permission.MANAGE_QUALITY
LISTS: dict[str, type[DeviationCategory] | type[DeviationSeverity]] = {
    "category": DeviationCategory,
    "severity": DeviationSeverity,
}


@require_safe
@login_required
def deviations(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A year month for month; `?format=` downloads the table."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    year = _year(request, default=today.year)
    found = queries.year_of(cooperation=visible.cooperation, year=year)
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        table = presenters.months_table(found)
        name = f"{cooperation}-deviations-{year}"
        return download(table, file_format=request.GET["format"], name=name)
    may_manage = visible.may(MANAGE)
    context = {
        "cooperation": visible.cooperation,
        "year": year,
        "years": sorted({*queries.years_of(visible.cooperation), today.year, today.year - 1}),
        "lead": presenters.lead(found),
        "has_figures": bool(found.reported),
        "table": presenters.months_table(found, slug=cooperation if may_manage else ""),
        "severities": presenters.severities_table(found),
        "states": presenters.states_table(found),
        "spec": presenters.chart(found),
        "chart_columns": [_("Month"), _("Deviations")],
        "chart_rows": presenters.chart_rows(found),
        "notes": notes_of(
            cooperation=visible.cooperation, subject=NoteSubject.DEVIATIONS, year=year
        ),
        "note_subject": NoteSubject.DEVIATIONS.value,
        "may_manage": may_manage,
        "next_month": f"{today:%Y-%m}",
    }
    return render(request, "municipalities/quality/deviations/deviations.html", context)


@login_required
def deviation_month(request: HttpRequest, cooperation: str, month: str) -> HttpResponse:
    """The counts of a month in one state (`?state=`), to be typed."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    day = queries.month_from(month)
    state = request.GET.get("state", DeviationState.NEW)
    if day is None or state not in DeviationState.values:
        raise Http404
    stored = DeviationMonth.objects.filter(cooperation=visible.cooperation, month_date=day).first()
    form = answer_of(request, MonthForm, cooperation=visible.cooperation, state=state, month=stored)

    def run() -> None:
        now = timezone.now()
        operations.report(
            cooperation=visible.cooperation,
            month_date=day,
            counts=form.counts,
            median_days=form.cleaned_data["median_days"],
            reason=form.cleaned_data["reason"],
            today=local_day(now),
            by=reader(request),
            at=now,
        )

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The month is reported."),
        title=_("Deviations of %(month)s") % {"month": presenters.name_of(day)},
        lead=_("An empty field is nought. A month where everything is empty had no deviations."),
        submit_label=_("Report the month"),
        template="municipalities/quality/deviations/month.html",
        month=month,
        state=state,
        states=STATES,
        is_reported=stored is not None,
        has_lists=bool(form.categories),
    )


@login_required
def deviation_month_withdraw(request: HttpRequest, cooperation: str, month: str) -> HttpResponse:
    """The month is not reported after all."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    day = queries.month_from(month)
    stored = get_object_or_404(DeviationMonth, cooperation=visible.cooperation, month_date=day)
    form = answer_of(request, WithdrawForm)

    def run() -> None:
        operations.withdraw(month=stored, reason=form.cleaned_data["reason"])

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The month is not reported any more."),
        title=_("Withdraw %(month)s") % {"month": presenters.name_of(stored.month_date)},
        lead=_("The month is then missing. The history keeps what it said."),
        submit_label=_("Withdraw"),
        submit_color="danger",
    )


@login_required
def deviation_import(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Report every month of a file; what does not fit is named, and nothing is stored."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    today = local_day(timezone.now())
    form = answer_of(request, FileForm, initial={"year": today.year})

    def run() -> None:
        file = form.cleaned_data["file"]
        found = files.read(file.read(), year=form.cleaned_data["year"])
        taken = operations.take_file(
            cooperation=visible.cooperation,
            file=found,
            file_name=file.name[:200],
            today=today,
            by=reader(request),
            at=timezone.now(),
        )
        messages.info(
            request,
            _("%(created)s new, %(updated)s changed, %(unchanged)s unchanged.")
            % {
                "created": taken.created,
                "updated": taken.updated,
                "unchanged": taken.unchanged,
            },
        )

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The file is read."),
        title=_("Deviations from a file"),
        lead=_(
            "One row for each month, category, severity and state with a count, or one column for"
            " each month."
        ),
        submit_label=_("Read the file"),
        errors=(Refused, files.UnreadableDeviations),
        told=_file_told,
    )


@require_safe
@login_required
def deviation_lists(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The categories and severities."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    own = {"cooperation": visible.cooperation}
    context = {
        "cooperation": visible.cooperation,
        "categories": DeviationCategory.objects.filter(**own).order_by("position", "pk"),
        "severities": DeviationSeverity.objects.filter(**own).order_by("position", "pk"),
    }
    return render(request, "municipalities/quality/deviations/lists.html", context)


@require_POST
@login_required
def deviation_lists_usual(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Fill the lists with the usual words."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    operations.take_usual_lists(cooperation=visible.cooperation)
    messages.success(request, _("The lists are filled in. Change them as you wish."))
    return redirect("deviation_lists", cooperation=cooperation)


@login_required
def deviation_entry(request: HttpRequest, cooperation: str, kind: str, pk: int = 0) -> HttpResponse:
    """A new word of a list, or another name, order or end of one."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    if kind not in LISTS:
        raise Http404
    model = LISTS[kind]
    entry = (
        get_object_or_404(model, cooperation=visible.cooperation, pk=pk)
        if pk
        else model(cooperation=visible.cooperation)
    )
    names = ("name", "position", "ends_date")
    form = answer_of(request, EntryForm, initial={name: getattr(entry, name) for name in names})

    def run() -> str:
        for name in names:
            setattr(entry, name, form.cleaned_data[name])
        entry.save()
        return reverse("deviation_lists", args=[cooperation])

    return _form(
        request,
        visible,
        form=form,
        run=run,
        done=_("The list is changed."),
        title=_("A word of the list"),
        submit_label=_("Store"),
    )


@require_POST
@login_required
def deviation_entry_delete(
    request: HttpRequest, cooperation: str, kind: str, pk: int
) -> HttpResponse:
    """Delete a word that no count uses."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    if kind not in LISTS:
        raise Http404
    entry = get_object_or_404(LISTS[kind], cooperation=visible.cooperation, pk=pk)
    try:
        entry.delete()
    except ProtectedError:
        messages.error(request, WORDS["is_used"])
    else:
        messages.success(request, _("The word is deleted."))
    return redirect("deviation_lists", cooperation=cooperation)


def _year(request: HttpRequest, *, default: int) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else default
    if not 1990 <= year <= 2200:
        raise Http404
    return year


def _file_told(error: Refused | files.UnreadableDeviations) -> tuple[str, str]:
    if isinstance(error, Refused):
        return "file", told(error, WORDS)
    sentences = [str(FILE_WORDS[error.code]) % error.facts]
    for each in error.faults[:10]:
        sentences.append(
            _("Row %(row)s, %(column)s: %(why)s.")
            % {"row": each.row, "column": each.column, "why": FAULT_WORDS[each.code]}
        )
    return "file", " ".join(sentences)


def _form(request: HttpRequest, visible: Visible, **asked: Any) -> HttpResponse:
    slug = visible.cooperation.slug
    return form_page(
        request,
        cooperation=visible.cooperation,
        words=WORDS,
        back=reverse("deviations", args=[slug]),
        list_label=_("Deviations"),
        list_url=reverse("deviations", args=[slug]),
        **{"template": TEMPLATE} | asked,
    )
