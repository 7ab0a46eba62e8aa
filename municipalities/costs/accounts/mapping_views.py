"""Mappings: which heading of a file is which field, and which rows belong to which pool."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.accounts import forms, headings
from municipalities.costs.accounts.errors import UnreadableAccounts
from municipalities.costs.accounts.models import AccountsMapping
from municipalities.costs.accounts.words import FIELDS, REFUSALS, told
from municipalities.costs.form_pages import answer_of, form_page
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.queries import pools_of

TEMPLATE = "municipalities/costs/accounts/mapping.html"


@require_safe
@login_required
def accounts_mappings(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every mapping of the cooperation."""
    found = _managed(request, cooperation)
    context = {
        "cooperation": found,
        "mappings": [
            {
                "name": each.name,
                "url": reverse("accounts_mapping", args=[cooperation, each.pk]),
                "columns": ", ".join(
                    f"{FIELDS[name]}: {heading}" for name, heading in each.columns.items()
                ),
            }
            for each in found.accounts_mappings.order_by("name")
        ],
    }
    return render(request, "municipalities/costs/accounts/mappings.html", context)


@login_required
def accounts_mapping_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A new mapping; a sample file fills in the headings."""
    found = _managed(request, cooperation)
    return _page(request, found, mapping=AccountsMapping(cooperation=found))


@login_required
def accounts_mapping(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change a mapping; files that are taken in stay as they are."""
    found = _managed(request, cooperation)
    return _page(
        request, found, mapping=get_object_or_404(AccountsMapping, cooperation=found, pk=pk)
    )


def _page(request: HttpRequest, found: Cooperation, *, mapping: AccountsMapping) -> HttpResponse:
    pools = pools_of(cooperation=found, user=reader(request))
    initial = forms.MappingForm.initial_of(mapping)
    is_sample = request.method == "POST" and "guess" in request.POST
    sample = forms.SampleForm(
        request.POST if is_sample else None, request.FILES if is_sample else None
    )
    if is_sample:
        initial |= _guessed(sample)
        form = forms.MappingForm(pools=pools, initial=initial)
        context = _words(found, is_new=mapping.pk is None)
        context |= {"form": form, "sample": sample, "cooperation": found}
        status = 422 if sample.errors else 200
        return render(request, TEMPLATE, context, status=status)
    form = answer_of(request, forms.MappingForm, pools=pools, initial=initial)

    def run() -> None:
        told_so = form.cleaned_data
        mapping.name, mapping.columns = told_so["name"], told_so["columns"]
        mapping.selection = told_so["selection"]
        mapping.is_revenue_positive = told_so["is_revenue_positive"]
        mapping.save()

    return form_page(
        request,
        cooperation=found,
        form=form,
        run=run,
        told=told,
        refusals=REFUSALS,
        done=_("The mapping is saved. Files can be read by it."),
        template=TEMPLATE,
        sample=sample,
        **_words(found, is_new=mapping.pk is None),
    )


def _guessed(sample: forms.SampleForm) -> dict[str, str]:
    """The headings of the file, for the fields that can be known by them."""
    if not sample.is_valid():
        return {}
    try:
        rows = headings.rows_of(sample.cleaned_data["sample"].read())
    except UnreadableAccounts as error:
        sample.add_error("sample", told(error))
        return {}
    guessed = headings.guessed(rows)
    if not guessed:
        sample.add_error("sample", _("No heading of the file is known. Write them below."))
    return {f"column_{name}": heading for name, heading in guessed.items()}


def _words(found: Cooperation, *, is_new: bool) -> dict[str, Any]:
    address = reverse("accounts_mappings", args=[found.slug])
    return {
        "title": _("A new mapping") if is_new else _("Change the mapping"),
        "submit_label": _("Save the mapping"),
        "back": address,
        "list_label": _("Mappings of accounts files"),
        "list_url": address,
    }


def _managed(request: HttpRequest, cooperation: str) -> Cooperation:
    return visible_cooperation(
        request, slug=cooperation, permission=Permission.MANAGE_COSTS
    ).cooperation
