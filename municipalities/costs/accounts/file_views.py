"""Accounts files of a year, looked at before they are taken in."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.words import moment, number
from municipalities.costs.accounts import files, forms, operations, queries
from municipalities.costs.accounts.errors import UnreadableAccounts
from municipalities.costs.accounts.files import AccountsFile, Line
from municipalities.costs.accounts.models import AccountsMapping
from municipalities.costs.accounts.previews import preview
from municipalities.costs.accounts.reports import report_of
from municipalities.costs.accounts.words import fault_row, told
from municipalities.costs.accounts.year_pages import address, managed_year, place
from municipalities.costs.errors import Refused
from municipalities.costs.form_pages import answer_of
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import VisiblePool, visible_year
from municipalities.costs.tables import with_headings

CONFIRMED_WITHIN_SECONDS = 3600


@require_safe
@login_required
def accounts(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Every accounts file of the year, latest first, and whether the year is closed."""
    seen, pool_year = visible_year(request, cooperation=cooperation, pool=pool, year=year)
    rows = [
        [
            str(each.number),
            str(each.up_to_month),
            each.file_name,
            moment(each.imported_at),
            number(each.rows_read),
            number(each.rows_left_out),
        ]
        for each in pool_year.accounts.order_by("-number")
    ]
    columns = [
        _("Number"),
        _("Up to and with month"),
        _("File"),
        _("Taken in"),
        _("Rows in the file"),
        _("Rows left out"),
    ]
    context = place(seen, pool_year) | {
        "labelled": with_headings(columns, rows),
        "columns": columns,
    }
    return render(request, "municipalities/costs/accounts/accounts.html", context)


@login_required
def accounts_import(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Take a file and show what storing it would do. Nothing is stored here."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    mappings = AccountsMapping.objects.filter(cooperation=seen.cooperation).order_by("name")
    form = answer_of(request, forms.AccountsFileForm, mappings=mappings)
    faults: list[list[str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form, seen=seen, year=year)
        except UnreadableAccounts as error:
            form.add_error("file", told(error))
            faults = [fault_row(each) for each in error.faults]
        else:
            return _preview(request, seen, pool_year, read=read, form=form)
    context = place(seen, pool_year) | {
        "form": form,
        "has_mappings": mappings.exists(),
        "faults": faults,
        "fault_columns": [_("Row"), _("Column"), _("In the file"), _("What to do")],
    }
    status = 422 if form.errors else 200
    return render(
        request, "municipalities/costs/accounts/accounts_import.html", context, status=status
    )


def _read(form: forms.AccountsFileForm, *, seen: VisiblePool, year: int) -> AccountsFile:
    mapping = form.cleaned_data["mapping"]
    how = files.Reading(
        pool=seen.pool.slug,
        year=year,
        columns=mapping.columns,
        selection=mapping.selection,
        treatments=queries.treatments_of(seen.pool.cooperation_id),
        is_revenue_positive=mapping.is_revenue_positive,
        up_to_month=form.cleaned_data["up_to_month"],
    )
    return files.read(form.cleaned_data["file"].read(), how=how)


def _preview(
    request: HttpRequest,
    seen: VisiblePool,
    pool_year: PoolYear,
    *,
    read: AccountsFile,
    form: forms.AccountsFileForm,
) -> HttpResponse:
    latest = queries.accounts_in_force(pool_year)
    up_to, name = form.cleaned_data["up_to_month"], form.cleaned_data["file"].name
    payload = {
        "name": name[:200],
        "up_to": up_to,
        "rows_read": read.rows_read,
        "left_out": dict(read.left_out),
        "lines": [_packed(line) for line in read.lines],
    }
    before = report_of(pool_year=pool_year, up_to=latest.up_to_month if latest else 12)
    context = place(seen, pool_year) | {
        "name": name,
        "up_to": up_to,
        "preview": preview(
            read, before=before, chosen=queries.names_chosen(seen.pool.cooperation_id)
        ),
        "is_there": latest is not None
        and (latest.digest, latest.up_to_month) == (operations.digest_of(read.lines), up_to),
        "payload": signing.dumps(payload, salt=_salt(request, pool_year), compress=True),
    }
    return render(request, "municipalities/costs/accounts/accounts_preview.html", context)


@require_POST
@login_required
def accounts_store(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Take in what the preview showed. Asking twice does no harm."""
    _seen, pool_year = managed_year(request, cooperation, pool, year)
    try:
        given = signing.loads(
            request.POST.get("rows", ""),
            salt=_salt(request, pool_year),
            max_age=CONFIRMED_WITHIN_SECONDS,
        )
        _accounts, is_new = operations.import_accounts(
            pool_year=pool_year,
            read=AccountsFile(
                lines=tuple(_unpacked(row) for row in given["lines"]),
                rows_read=given["rows_read"],
                left_out=given["left_out"],
            ),
            up_to_month=given["up_to"],
            file_name=given["name"],
            by=reader(request),
            at=timezone.now(),
        )
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Upload the file again."))
        return redirect(address("accounts_import", pool_year))
    except Refused as error:
        messages.error(request, told(error))
        return redirect(address("accounts", pool_year))
    done = _("The accounts are taken in.") if is_new else _("The accounts were taken in already.")
    messages.success(request, done)
    return redirect(address("cost_report", pool_year))


def _packed(line: Line) -> list:
    return [str(each) if isinstance(each, Decimal) else each for each in asdict(line).values()]


def _unpacked(row: list) -> Line:
    told_so = dict(zip(Line.__dataclass_fields__, row, strict=True))
    return Line(**told_so | {"amount": Decimal(told_so["amount"])})


def _salt(request: HttpRequest, pool_year: PoolYear) -> str:
    """What one person has looked at for one year is stored for that year by that person."""
    return f"accounts-{pool_year.pk}-{reader(request).pk}"
