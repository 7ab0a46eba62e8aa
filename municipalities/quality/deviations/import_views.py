"""A file of deviations, looked at before it is stored."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from typing import Any

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, told
from municipalities.quality.deviations import files, operations, previews
from municipalities.quality.deviations.forms import FileForm
from municipalities.quality.deviations.models import DeviationCategory, DeviationSeverity
from municipalities.quality.deviations.taken import Counted
from municipalities.quality.deviations.views import deviations_list
from municipalities.quality.deviations.words import CELL, FIELDS, FILE, WORDS
from municipalities.quality.file_words import fault_columns, fault_rows, told_file
from municipalities.quality.files import UnreadableFile
from municipalities.refused import Refused

MANAGE = Permission.MANAGE_QUALITY
CONFIRMED_WITHIN_SECONDS = 3600


@login_required
def deviation_import(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Take a file and show what storing it would do. Nothing is stored here."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    form = answer_of(request, FileForm)
    faults: list[list[str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form, cooperation=visible.cooperation)
        except UnreadableFile as error:
            form.add_error("file", told_file(error, words=FILE, fields=FIELDS))
            faults = fault_rows(error.faults, words=CELL)
        else:
            return _preview(request, visible.cooperation, read=read, form=form)
    context = {
        "cooperation": visible.cooperation,
        "form": form,
        "faults": faults,
        "fault_columns": fault_columns(),
        "headings": previews.headings(),
        **deviations_list(cooperation),
    }
    status = 422 if form.errors else 200
    template = "municipalities/quality/deviations/import.html"
    return render(request, template, context, status=status)


@require_POST
@login_required
def deviation_import_store(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Store what the preview showed. Asking twice does no harm."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    try:
        given = signing.loads(
            request.POST.get("rows", ""),
            salt=_salt(request, visible.cooperation),
            max_age=CONFIRMED_WITHIN_SECONDS,
        )
        with pghistory.context(reason=_("Imported from %(name)s") % {"name": given["name"]}):
            changes = operations.import_months(
                cooperation=visible.cooperation,
                months=_unpacked(given["months"]),
                categories=given["categories"],
                severities=given["severities"],
                file_name=given["name"],
                today=local_day(timezone.now()),
                by=reader(request),
                at=timezone.now(),
            )
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Upload the file again."))
        return redirect("deviation_import", cooperation=cooperation)
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
        return redirect("deviation_import", cooperation=cooperation)
    messages.success(request, previews.done(changes))
    return redirect("deviations", cooperation=cooperation)


def _read(form: FileForm, *, cooperation: Cooperation) -> files.DeviationFile:
    how = files.Reading(
        categories=_names(DeviationCategory, cooperation),
        severities=_names(DeviationSeverity, cooperation),
        today=local_day(timezone.now()),
        year=form.cleaned_data["year"],
        state=form.cleaned_data["state"],
        is_added=form.cleaned_data["is_added"],
    )
    return files.read(form.cleaned_data["file"].read(), how=how)


def _preview(
    request: HttpRequest, cooperation: Cooperation, *, read: files.DeviationFile, form: FileForm
) -> HttpResponse:
    name = form.cleaned_data["file"].name[:200]
    payload = {
        "name": name,
        "months": {
            month.isoformat(): [astuple(each) for each in rows]
            for month, rows in read.months.items()
        },
        "categories": read.new_categories,
        "severities": read.new_severities,
    }
    context = {
        "cooperation": cooperation,
        "name": name,
        "preview": previews.preview(read, cooperation=cooperation),
        "payload": signing.dumps(payload, salt=_salt(request, cooperation), compress=True),
        **deviations_list(cooperation.slug),
    }
    return render(request, "municipalities/quality/deviations/preview.html", context)


def _names(kind: Any, cooperation: Cooperation) -> list[str]:
    return list(kind.objects.filter(cooperation=cooperation).values_list("name", flat=True))


def _unpacked(months: dict[str, list[list[Any]]]) -> dict[date, list[Counted]]:
    return {
        date.fromisoformat(month): [Counted(*row) for row in rows] for month, rows in months.items()
    }


def _salt(request: HttpRequest, cooperation: Cooperation) -> str:
    """What one person has looked at is stored for that cooperation by that person."""
    return f"deviations-{cooperation.pk}-{reader(request).pk}"
