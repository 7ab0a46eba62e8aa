"""Whom the host invoices: the details of each municipality, and what they lack."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.form_pages import form_page
from municipalities.costs.invoicing import presenters
from municipalities.costs.invoicing.forms import HostForm, PayerForm
from municipalities.costs.invoicing.models import BillingDetails
from municipalities.costs.invoicing.org_numbers import KNOWN
from municipalities.costs.invoicing.queries import Billed, billed_of
from municipalities.costs.invoicing.told import REFUSALS, told

SERIES = "LV"


@require_safe
@login_required
def billing(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every municipality, and what is missing before it can be invoiced."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    may_manage = visible.may(Permission.MANAGE_COSTS)
    context = {
        "cooperation": visible.cooperation,
        "rows": [
            presenters.billed_row(each, slug=cooperation, may_manage=may_manage)
            for each in billed_of(visible.cooperation)
        ],
        "may_manage": may_manage,
    }
    return render(request, "municipalities/costs/invoicing/billing.html", context)


@login_required
def billing_change(request: HttpRequest, cooperation: str, number: str) -> HttpResponse:
    """The details of one municipality; the host has more of them."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_COSTS)
    billed = _billed(visible.cooperation, number)
    form_class = HostForm if billed.is_host else PayerForm
    details = billed.details or _proposed(visible.cooperation, billed)
    form = form_class(request.POST or None, instance=details)

    def run() -> None:
        form.save()

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,  # type: ignore[arg-type]
        run=run,
        told=told,
        refusals=REFUSALS,
        done=_("The billing details are saved."),
        back=reverse("billing", args=[cooperation]),
        title=_("Billing details of %(municipality)s") % {"municipality": billed.municipality.name},
        lead=_lead(billed),
        submit_label=_("Save"),
        above_label=_("Whom to invoice"),
        above_url=reverse("billing", args=[cooperation]),
    )


def _billed(cooperation: Cooperation, number: str) -> Billed:
    """By municipality number: the one that took part last, where it is used anew."""
    found = [each for each in billed_of(cooperation) if each.municipality.number == number]
    if not found:
        raise Http404
    return found[-1]


def _proposed(cooperation: Cooperation, billed: Billed) -> BillingDetails:
    return BillingDetails(
        cooperation=cooperation,
        municipality=billed.municipality,
        org_number=KNOWN.get(billed.municipality.number, ""),
        series=SERIES if billed.is_host else "",
    )


def _lead(billed: Billed) -> str:
    if billed.is_host:
        return _(
            "The host sends the invoices. Its account, its numbers and what is said of VAT stand"
            " on all of them."
        )
    if billed.details is None and billed.municipality.number in KNOWN:
        return _("The organisation number is proposed. Check it in Enhetsregisteret.")
    return _("Ask the municipality which reference it wants on its invoices.")
