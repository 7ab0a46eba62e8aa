"""Claims: what can be claimed now, what is claimed, and the files of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, visible_cooperation
from municipalities.costs.form_pages import answer_of, form_page
from municipalities.costs.invoicing import operations, presenters, queries, rules
from municipalities.costs.invoicing.batches import Batch
from municipalities.costs.invoicing.chosen import Chosen, chosen
from municipalities.costs.invoicing.forms import ClaimsForm
from municipalities.costs.invoicing.told import REFUSALS, told
from municipalities.costs.invoicing.writing import details_of_host, written
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.queries import visible_year

CLAIMS_NEW = "municipalities/costs/invoicing/claims_new.html"


@require_safe
@login_required
def claims(request: HttpRequest, cooperation: str) -> HttpResponse:
    """What can be claimed now, and the claims of a year with their files."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    found = chosen(request, cooperation=visible.cooperation)
    may_manage = visible.may(Permission.MANAGE_COSTS)
    context = {
        "cooperation": visible.cooperation,
        "claimable": [
            presenters.shown_claimable(each, cooperation=visible.cooperation, may_claim=may_manage)
            for each in queries.claimable(cooperation=visible.cooperation, user=reader(request))
        ],
        "chosen": found,
        **_claimed(found, visible=visible),
        "may_manage": may_manage,
    }
    return render(request, "municipalities/costs/invoicing/claims.html", context)


def _claimed(found: Chosen, *, visible: Visible) -> dict:
    """The chosen claims, and the host's own part of the same."""
    may_download = visible.may(Permission.VIEW_ALL_COSTS)
    may_mend = visible.may(Permission.MANAGE_COSTS)
    own = queries.of_host_in(found.claims, cooperation=visible.cooperation) if may_download else []
    of_host = details_of_host(visible.cooperation)
    return {
        "claims": [
            presenters.shown_claim(each, may_download=may_download, may_mend=may_mend)
            for each in written(found.claims, cooperation=visible.cooperation)
        ],
        "internal": presenters.internal(own, of_host=of_host) if own else None,
        "may_download": may_download,
    }


@login_required
def claims_new(
    request: HttpRequest, cooperation: str, pool: str, year: int, batch: str
) -> HttpResponse:
    """Make the claims of an instalment or a settlement."""
    seen, pool_year = visible_year(
        request,
        cooperation=cooperation,
        pool=pool,
        year=year,
        permission=Permission.MANAGE_COSTS,
    )
    found = _claimable(request, seen.cooperation, pool_year=pool_year, batch=Batch.parsed(batch))
    today = local_day(timezone.now())
    due = found.due_date if found.due_date and found.due_date >= today else None
    initial = {"issue_date": today, "due_date": due or rules.due_date(issue_date=today)}
    form = answer_of(request, ClaimsForm, initial=initial)
    address = reverse("claims", args=[cooperation])

    def run() -> str:
        operations.make_claims(
            pool_year=pool_year,
            batch=found.batch,
            by=reader(request),
            at=timezone.now(),
            **form.cleaned_data,
        )
        return f"{address}?year={year}&pool={pool}&batch={found.batch}"

    return form_page(
        request,
        cooperation=seen.cooperation,
        form=form,
        run=run,
        told=told,
        refusals=REFUSALS,
        done=_("The claims are made. Now fetch the files."),
        back=address,
        title=_("Claim: %(text)s") % {"text": presenters.text_of(found.rows[0])},
        lead=_lead(len(found.rows)),
        submit_label=_("Make the claims"),
        above_label=_("Claims"),
        above_url=address,
        template=CLAIMS_NEW,
        columns=[_("Municipality"), _("Kroner")],
        rows=presenters.owed_rows(found),
        billing_url=reverse("billing", args=[cooperation]),
    )


def _claimable(request: HttpRequest, cooperation, *, pool_year, batch: Batch | None):
    """What is left to claim of the batch; 404 where nothing is."""
    for each in queries.claimable(cooperation=cooperation, user=reader(request)):
        if each.pool_year.pk == pool_year.pk and each.batch == batch:
            return each
    raise Http404


def _lead(count: int) -> str:
    told_so = ngettext(
        "%(count)s municipality is claimed; the host is not, it posts its own part.",
        "%(count)s municipalities are claimed; the host is not, it posts its own part.",
        count,
    )
    return told_so % {"count": count}
