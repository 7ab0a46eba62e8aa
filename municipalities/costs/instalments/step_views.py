"""The steps of a year's a-konto: made, approved by another, and paid."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from legevakt.lib.words import kroner
from municipalities.access.rules import Permission
from municipalities.costs.form_pages import answer_of, form_page
from municipalities.costs.instalments import forms, operations, presenters, queries, rules
from municipalities.costs.instalments.models import InstalmentPlan, PlanState
from municipalities.costs.instalments.told import REFUSALS, told
from municipalities.costs.keys.addressed import reader
from municipalities.costs.keys.forms import ConfirmForm
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import VisiblePool, visible_year


@login_required
def instalments_make(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """A draft from the budget in force, with its due dates."""
    seen, pool_year = _managed(request, cooperation, pool, year)
    usual = rules.due_dates(year=year, count=queries.instalments_in(pool_year))
    form = answer_of(request, forms.DueDatesForm, usual=usual)
    return _page(
        request,
        seen,
        year,
        form=form,
        run=lambda: operations.prepare(
            pool_year=pool_year, by=reader(request), at=timezone.now(), due_dates=form.due_dates
        ),
        done=_("The instalments are made. Now another has to approve them."),
        title=_("Make the instalments"),
        lead=_("The adopted budget is shared by the key, and each share parted into instalments."),
        submit_label=_("Make the instalments"),
    )


@login_required
def instalments_approve(
    request: HttpRequest, cooperation: str, pool: str, year: int
) -> HttpResponse:
    """The draft holds from now on."""
    seen, pool_year = visible_year(
        request, cooperation=cooperation, pool=pool, year=year, permission=Permission.APPROVE_COSTS
    )
    plan = _plan(request, pool_year, PlanState.DRAFT)
    return _page(
        request,
        seen,
        year,
        form=answer_of(request, ConfirmForm),
        run=lambda: operations.approve(plan=plan, by=reader(request), at=timezone.now()),
        done=_("The instalments are approved. They can be claimed."),
        title=_("Approve the instalments"),
        lead=_("In all %(amount)s kr for %(year)s. From then on the plan is frozen.")
        % {"amount": kroner(plan.amount), "year": year},
        submit_label=_("Approve"),
    )


@login_required
def payment_new(
    request: HttpRequest, cooperation: str, pool: str, year: int, municipality: str
) -> HttpResponse:
    """What one municipality has paid; the first instalment that is not covered is proposed."""
    seen, pool_year = _managed(request, cooperation, pool, year)
    plan = _plan(request, pool_year, PlanState.APPROVED)
    lines = presenters.lines_of(plan)
    line = next((each for each in lines if each.municipality.number == municipality), None)
    if line is None:
        raise Http404
    paid = queries.paid_by(pool_year).get(line.municipality_id, presenters.NOUGHT)
    form = answer_of(
        request,
        forms.PaymentForm,
        today=local_day(timezone.now()),
        initial=_proposed(presenters.next_unpaid(line, paid=paid), year=year),
    )
    facts = {"municipality": line.municipality.name}
    return _page(
        request,
        seen,
        year,
        form=form,
        run=lambda: operations.record_payment(
            pool_year=pool_year,
            municipality=line.municipality,
            by=reader(request),
            at=timezone.now(),
            **form.cleaned_data,
        ),
        done=_("The payment of %(municipality)s is recorded.") % facts,
        title=_("What %(municipality)s has paid") % facts,
        submit_label=_("Record the payment"),
    )


def _proposed(instalment, *, year: int) -> dict:
    if instalment is None:
        return {}
    return {
        "amount": instalment.amount,
        "paid_date": instalment.due_date,
        "reference": rules.reference(year=year, number=instalment.number),
    }


@login_required
def payments_all(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int
) -> HttpResponse:
    """Everybody has paid an instalment."""
    seen, pool_year = _managed(request, cooperation, pool, year)
    plan = _plan(request, pool_year, PlanState.APPROVED)
    days = presenters.due_days(plan)
    if number not in days:
        raise Http404
    form = answer_of(
        request,
        forms.PaidForm,
        today=local_day(timezone.now()),
        initial={"paid_date": days[number]},
    )
    return _page(
        request,
        seen,
        year,
        form=form,
        run=lambda: operations.record_all_paid(
            plan=plan, number=number, by=reader(request), at=timezone.now(), **form.cleaned_data
        ),
        done=_("Everybody is recorded as having paid instalment %(number)s.") % {"number": number},
        title=_("Everybody has paid instalment %(number)s") % {"number": number},
        lead=_(
            "Each municipality is recorded with its instalment. Who is recorded with it already is"
            " not recorded twice."
        ),
        submit_label=_("Record the payments"),
    )


def _managed(
    request: HttpRequest, cooperation: str, pool: str, year: int
) -> tuple[VisiblePool, PoolYear]:
    return visible_year(
        request, cooperation=cooperation, pool=pool, year=year, permission=Permission.MANAGE_COSTS
    )


def _plan(request: HttpRequest, pool_year: PoolYear, state: PlanState) -> InstalmentPlan:
    plans = InstalmentPlan.objects.visible_to(reader(request))
    plan = get_object_or_404(plans, pool_year=pool_year, state=state)
    plan.pool_year = pool_year
    return plan


def _page(request: HttpRequest, seen: VisiblePool, year: int, *, run, **told_so) -> HttpResponse:
    """A form about the year's instalments, back on their page afterwards."""

    def and_back() -> None:
        run()

    back = reverse("instalments", args=[seen.cooperation.slug, seen.pool.slug, year])
    return form_page(
        request,
        cooperation=seen.cooperation,
        run=and_back,
        told=partial(told, pool=seen.pool),
        refusals=REFUSALS,
        back=back,
        above_label=_("Instalments for %(year)s") % {"year": year},
        above_url=back,
        list_label=seen.pool.name,
        list_url=reverse("pool", args=[seen.cooperation.slug, seen.pool.slug]),
        **told_so,
    )
