"""A file of sickness absence, looked at before it is stored."""

from __future__ import annotations

from decimal import Decimal
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
from municipalities.quality.absence import files, operations, previews, queries
from municipalities.quality.absence.files import AbsenceFile, Told
from municipalities.quality.absence.forms import FileForm
from municipalities.quality.absence.views import absence_list
from municipalities.quality.absence.words import CELL, FIELDS, FILE, WORDS
from municipalities.quality.file_words import fault_columns, fault_rows, told_file
from municipalities.quality.files import UnreadableFile
from municipalities.refused import Refused

MANAGE = Permission.MANAGE_QUALITY
CONFIRMED_WITHIN_SECONDS = 3600


@login_required
def absence_import(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Take a file and show what storing it would do. Nothing is stored here."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    form = answer_of(request, FileForm)
    faults: list[list[str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            read = files.read(
                form.cleaned_data["file"].read(),
                units=queries.units_of(visible.cooperation),
                year=form.cleaned_data["year"],
                today=local_day(timezone.now()),
            )
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
        **absence_list(cooperation),
    }
    status = 422 if form.errors else 200
    template = "municipalities/quality/absence/import.html"
    return render(request, template, context, status=status)


@require_POST
@login_required
def absence_import_store(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Store what the preview showed. Asking twice does no harm."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    try:
        given = signing.loads(
            request.POST.get("rows", ""),
            salt=_salt(request, visible.cooperation),
            max_age=CONFIRMED_WITHIN_SECONDS,
        )
        with pghistory.context(reason=_("Imported from %(name)s") % {"name": given["name"]}):
            changes = operations.import_rows(
                cooperation=visible.cooperation,
                rows=[_unpacked(row) for row in given["rows"]],
                file_name=given["name"],
                today=local_day(timezone.now()),
                by=reader(request),
                at=timezone.now(),
            )
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Upload the file again."))
        return redirect("absence_import", cooperation=cooperation)
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
        return redirect("absence_import", cooperation=cooperation)
    messages.success(request, previews.done(changes))
    return redirect("absence", cooperation=cooperation)


def _preview(
    request: HttpRequest, cooperation: Cooperation, *, read: AbsenceFile, form: FileForm
) -> HttpResponse:
    name = form.cleaned_data["file"].name[:200]
    payload = {"name": name, "rows": [_packed(row) for row in read.rows]}
    context = {
        "cooperation": cooperation,
        "name": name,
        "preview": previews.preview(read, cooperation=cooperation),
        "payload": signing.dumps(payload, salt=_salt(request, cooperation), compress=True),
        **absence_list(cooperation.slug),
    }
    return render(request, "municipalities/quality/absence/preview.html", context)


def _packed(row: Told) -> list[Any]:
    return [str(each) if isinstance(each, Decimal) else each for each in row]


def _unpacked(row: list[Any]) -> Told:
    days = [None if each is None else Decimal(each) for each in row[4:]]
    return Told(*row[:4], *days)


def _salt(request: HttpRequest, cooperation: Cooperation) -> str:
    """What one person has looked at is stored for that cooperation by that person."""
    return f"absence-{cooperation.pk}-{reader(request).pk}"
