"""The counted shifts: stored ones, a file looked at before it is stored, and one by hand."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from municipalities.cooperations.models import Cooperation
from municipalities.doctors import operations, queries, shift_files, shift_presenters
from municipalities.doctors.form_pages import answer_of, form_page
from municipalities.doctors.forms import DAY, ChangeShiftForm, ShiftFileForm, ShiftForm
from municipalities.doctors.models import ShiftCount
from municipalities.doctors.shift_rules import Counts, Key, Row
from municipalities.doctors.shift_words import ROW, of_file
from municipalities.doctors.views import form_methods, managed, person
from municipalities.register.models import Municipality

CONFIRMED_WITHIN_SECONDS = 3600
SHOWN = 500


@require_safe
@login_required
def shifts(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every count, latest first."""
    found = managed(request, cooperation)
    counts = ShiftCount.objects.filter(cooperation=found).select_related("municipality")
    latest = counts.order_by("-starts_date", "municipality__number", "pk")[:SHOWN]
    context = {
        "cooperation": found,
        "columns": shift_presenters.STORED_COLUMNS,
        "rows": shift_presenters.stored_rows(latest),
    }
    return render(request, "municipalities/doctors/shifts.html", context)


@form_methods
@login_required
def shifts_import(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Take a file and show what storing it would do. Nothing is stored here."""
    found = managed(request, cooperation)
    form = answer_of(request, ShiftFileForm)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            participants = queries.participants_by_name(found)
            read = shift_files.read(file.read(), participants=participants)
        except shift_files.UnreadableShifts as error:
            form.add_error("file", of_file(error))
        else:
            return _preview(request, found, read, name=file.name)
    context = {"cooperation": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "municipalities/doctors/shifts_import.html", context, status=status)


@require_POST
@login_required
def shifts_store(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Store what the preview showed. Asking twice does no harm."""
    found = managed(request, cooperation)
    try:
        told = signing.loads(
            request.POST.get("rows", ""),
            salt=_salt(request, found),
            max_age=CONFIRMED_WITHIN_SECONDS,
        )
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Upload the file again."))
        return redirect("shifts_import", cooperation)
    plan = operations.store_shifts(
        cooperation=found,
        rows=[_unpacked(row) for row in told["rows"]],
        source=told["name"],
        by=person(request),
        at=timezone.now(),
    )
    done = {"created": len(plan.created), "updated": len(plan.updated)}
    messages.success(request, _("Stored: %(created)s new, %(updated)s changed.") % done)
    return redirect("shifts", cooperation)


@form_methods
@login_required
def shift_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """One count by hand."""
    found = managed(request, cooperation)
    municipalities = Municipality.objects.filter(participations__cooperation=found).distinct()
    form = answer_of(request, ShiftForm, municipalities=municipalities.order_by("number", "pk"))

    def run() -> None:
        key = Key(form.cleaned_data["municipality"].pk, *form.days.values())
        plan = operations.store_shifts(
            cooperation=found,
            rows=[Row(None, key, form.counts)],
            source=_("by hand"),
            by=person(request),
            at=timezone.now(),
        )
        if plan.refused:
            form.add_error(None, str(ROW[plan.refused[0].code]))

    return form_page(
        request,
        cooperation=found,
        form=form,
        run=run,
        done=_("The shifts are stored."),
        back=reverse("shifts", args=[cooperation]),
        title=_("Shifts of one municipality"),
        submit_label=_("Store"),
        **_above(cooperation),
    )


@form_methods
@login_required
def shift_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Correct a count, with why."""
    found = managed(request, cooperation)
    counts = ShiftCount.objects.visible_to(person(request)).select_related("municipality")
    count = get_object_or_404(counts, cooperation=found, pk=pk)
    initial = {name: getattr(count, name) for name in ("starts_date", *Counts._fields)}
    form = answer_of(
        request, ChangeShiftForm, initial=initial | {"last_day": count.ends_date - DAY}
    )

    def run() -> None:
        operations.change_shifts(
            count=count,
            **form.days,
            counts=form.counts,
            by=person(request),
            at=timezone.now(),
            source=_("by hand"),
        )

    return form_page(
        request,
        cooperation=found,
        form=form,
        run=run,
        done=_("The shifts are stored."),
        back=reverse("shifts", args=[cooperation]),
        title=_("Correct the shifts of %(municipality)s") % {"municipality": count.municipality},
        lead=_("From: %(source)s") % {"source": count.source},
        submit_label=_("Store"),
        history=("shiftcount", count.pk),
        **_above(cooperation),
    )


def _preview(
    request: HttpRequest, found: Cooperation, read: shift_files.ShiftFile, *, name: str
) -> HttpResponse:
    plan = operations.plan_shifts(cooperation=found, rows=read.rows)
    parts = found.participants.values_list("municipality", "municipality__name")
    rows = [[row.line, *_packed(row)] for row in (*plan.created, *plan.updated)]
    payload = {"name": name[:200], "rows": rows}
    context = {
        "cooperation": found,
        "name": name,
        "preview": shift_presenters.preview(
            plan, refused=read.refused, names=dict(parts), today=local_day(timezone.now())
        ),
        "payload": signing.dumps(payload, salt=_salt(request, found), compress=True),
    }
    return render(request, "municipalities/doctors/shifts_preview.html", context)


def _packed(row: Row) -> list:
    key = row.key
    return [key.municipality_id, f"{key.starts_date}", f"{key.ends_date}", *row.counts]


def _unpacked(told: list) -> Row:
    line, municipality_id, starts, ends, *counts = told
    key = Key(municipality_id, date.fromisoformat(starts), date.fromisoformat(ends))
    return Row(line, key, Counts(*counts))


def _salt(request: HttpRequest, found: Cooperation) -> str:
    """What one person has looked at for one cooperation is stored for that by that person."""
    return f"shifts-{found.pk}-{request.user.pk}"


def _above(cooperation: str) -> dict[str, str]:
    return {
        "above_label": _("Counted shifts"),
        "above_url": reverse("shifts", args=[cooperation]),
    }
