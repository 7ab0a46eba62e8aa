"""The files of claims: invoice basis, its sums, and electronic invoices that break no rule."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.tables import FORMATS, Table, download
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.invoicing import basis, presenters, queries
from municipalities.costs.invoicing.checking import RulesBroken, checked
from municipalities.costs.invoicing.chosen import Chosen, chosen
from municipalities.costs.invoicing.ubl import document
from municipalities.costs.invoicing.writing import Written, details_of_host, entries, written
from municipalities.costs.keys.addressed import reader

FILES_ARE_FOR = Permission.VIEW_ALL_COSTS


@require_safe
@login_required
def claims_file(request: HttpRequest, cooperation: str, table: str) -> HttpResponse:
    """The chosen claims as `basis`, its `sums` or the `internal` posting, in CSV or XLSX.

    Where one of them has a fault there is no file: a basis that lacks a row looks complete.
    """
    visible = visible_cooperation(request, slug=cooperation, permission=FILES_ARE_FOR)
    file_format = request.GET.get("format", "xlsx")
    found = chosen(request, cooperation=visible.cooperation)
    if file_format not in FORMATS or table not in TABLES or not found.claims:
        raise Http404
    made = written(found.claims, cooperation=visible.cooperation)
    if any(each.fault for each in made):
        return _refused(request, found, faults=[presenters.fault_of(each) for each in made])
    return download(
        TABLES[table](made, found, visible.cooperation),
        file_format=file_format,
        name=f"{cooperation}-{table}-{found.name}",
    )


def _basis(made: Sequence[Written], _found: Chosen, cooperation: Cooperation) -> Table:
    return basis.invoice_basis(entries(made, of_host=details_of_host(cooperation)))


def _sums(made: Sequence[Written], _found: Chosen, cooperation: Cooperation) -> Table:
    return basis.sums(entries(made, of_host=details_of_host(cooperation)))


def _internal(_made: Sequence[Written], found: Chosen, cooperation: Cooperation) -> Table:
    own = queries.of_host_in(found.claims, cooperation=cooperation)
    return presenters.internal(own, of_host=details_of_host(cooperation))


TABLES = {"basis": _basis, "sums": _sums, "internal": _internal}


@require_safe
@login_required
def claims_zip(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The chosen claims as electronic invoices, packed; all or none."""
    visible = visible_cooperation(request, slug=cooperation, permission=FILES_ARE_FOR)
    found = chosen(request, cooperation=visible.cooperation)
    if not found.claims:
        raise Http404
    made = written(found.claims, cooperation=visible.cooperation)
    invoices, faults = _invoices(made)
    if faults:
        return _refused(request, found, faults=faults)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in invoices.items():
            archive.writestr(name, content)
    return _attached(
        packed.getvalue(), name=f"{cooperation}-ehf-{found.name}.zip", kind="application/zip"
    )


@require_safe
@login_required
def claim_xml(request: HttpRequest, cooperation: str, number: int) -> HttpResponse:
    """One claim as an electronic invoice or credit note."""
    visible = visible_cooperation(request, slug=cooperation, permission=FILES_ARE_FOR)
    found = queries.claims_of(cooperation=visible.cooperation, user=reader(request), number=number)
    if not found:
        raise Http404
    invoices, faults = _invoices(written(found, cooperation=visible.cooperation))
    if faults:
        return _refused(request, None, faults=faults)
    (name, content), *_others = invoices.items()
    return _attached(content, name=name, kind="application/xml")


def _invoices(made: Sequence[Written]) -> tuple[dict[str, bytes], list[str]]:
    """File name → electronic invoice, and what is wrong with those that cannot be one."""
    invoices: dict[str, bytes] = {}
    faults = [presenters.fault_of(each) for each in made if each.fault]
    for each in made:
        if each.document is None:
            continue
        try:
            invoices[f"{each.document.id}.xml"] = checked(document(each.document))
        except RulesBroken as error:
            faults += [_broken(each.document.id, finding.rule) for finding in error.findings]
    return invoices, faults


def _broken(number: str, rule: str) -> str:
    told = _(
        "%(number)s breaks rule %(rule)s of electronic invoices. Use the invoice basis instead,"
        " and tell whoever runs this installation."
    )
    return told % {"number": number, "rule": rule}


def _refused(request: HttpRequest, found: Chosen | None, *, faults: Sequence[str]) -> HttpResponse:
    """Back to the claims, where each fault is told with where it is mended."""
    messages.error(
        request, _("The file could not be made. Mend what is missing first; it is told below.")
    )
    for fault in dict.fromkeys(filter(None, faults)):
        messages.error(request, fault)
    address = reverse("claims", args=[request.resolver_match.kwargs["cooperation"]])  # type: ignore[union-attr]
    return redirect(f"{address}?{found.query}" if found else address)


def _attached(content: bytes, *, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
