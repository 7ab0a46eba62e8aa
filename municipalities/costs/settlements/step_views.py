"""The steps of a settlement: prepared, sent for comment, commented, approved; or dropped."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.costs.form_pages import answer_of, form_page
from municipalities.costs.keys.addressed import reader
from municipalities.costs.keys.forms import ReasonForm
from municipalities.costs.pools.queries import VisiblePool, visible_year
from municipalities.costs.settlements import forms, operations, queries, tasks
from municipalities.costs.settlements.addressed import (
    VisibleSettlement,
    answering,
    visible_settlement,
)
from municipalities.costs.settlements.models import (
    Settlement,
    SettlementKind,
    SettlementState,
)
from municipalities.costs.settlements.presenters import address_of, name_of
from municipalities.costs.settlements.told import REFUSALS, told

TO_COMMENT = timedelta(weeks=2)
State = SettlementState


@login_required
def settlement_prepare(
    request: HttpRequest, cooperation: str, pool: str, year: int
) -> HttpResponse:
    """A draft from the latest accounts."""
    seen, pool_year = visible_year(
        request, cooperation=cooperation, pool=pool, year=year, permission=Permission.MANAGE_COSTS
    )
    usual = SettlementKind.FINAL if pool_year.is_closed else SettlementKind.PRELIMINARY
    form = answer_of(request, forms.PrepareForm, initial={"kind": usual})

    def run() -> str:
        made = operations.prepare(
            pool_year=pool_year,
            kind=SettlementKind(form.cleaned_data["kind"]),
            by=reader(request),
            at=timezone.now(),
        )
        return address_of(made)

    return _form_page(
        request,
        seen,
        form=form,
        run=run,
        back=reverse("settlements", args=[cooperation, pool, year]),
        done=_("The settlement is prepared. Read it, and send it to the municipalities."),
        title=_("Prepare a settlement"),
        lead=_("It is made from the latest accounts. A draft that is there is made anew."),
        submit_label=_("Prepare the settlement"),
    )


@login_required
def settlement_correct(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int
) -> HttpResponse:
    """A draft that corrects an approved settlement."""
    seen = _managed(request, cooperation, pool, year, number, State.APPROVED)
    old = seen.settlement
    begun = old.corrections.filter(state=State.DRAFT).first()
    form = answer_of(request, forms.CorrectForm, initial={"reason": begun.reason if begun else ""})

    def run() -> str:
        made = operations.prepare(
            pool_year=old.pool_year,
            kind=SettlementKind(old.kind),
            corrects=old,
            reason=form.cleaned_data["reason"],
            by=reader(request),
            at=timezone.now(),
        )
        return address_of(made)

    return _form_page(
        request,
        seen,
        form=form,
        run=run,
        back=address_of(old),
        done=_("The correction is prepared. Read it, and send it to the municipalities."),
        title=_("Correct the settlement"),
        lead=_(
            "The approved settlement stays as it is. The correction is made from the latest"
            " accounts, and claims or pays back the difference."
        ),
        submit_label=_("Prepare the correction"),
        above_label=name_of(old),
        above_url=address_of(old),
    )


@login_required
def settlement_send(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int
) -> HttpResponse:
    """Ask the municipalities to verify the draft."""
    seen = _managed(request, cooperation, pool, year, number, State.DRAFT)
    until = local_day(timezone.now()) + TO_COMMENT
    form = answer_of(request, forms.SendForm, initial={"comments_until": until})

    def run() -> None:
        operations.send(settlement=seen.settlement, at=timezone.now(), **form.cleaned_data)
        tasks.tell_soon()

    return _page(
        request,
        seen,
        form=form,
        run=run,
        done=_("The settlement is sent. The directors of the municipalities are told by e-mail."),
        title=_("Send the settlement for comment"),
        lead=_("From then on its figures are frozen, and everybody who shares it can read it."),
        submit_label=_("Send for comment"),
    )


@login_required
def settlement_comment(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int, municipality: str
) -> HttpResponse:
    """What one's own municipality says of it."""
    seen = visible_settlement(
        request,
        cooperation=cooperation,
        pool=pool,
        year=year,
        number=number,
        states=(State.SENT,),
    )
    party = answering(request, seen, number=municipality)
    form = answer_of(request, forms.CommentForm)
    facts = {"municipality": party.name}
    return _page(
        request,
        seen,
        form=form,
        run=lambda: operations.comment(
            settlement=seen.settlement,
            municipality=party,
            by=reader(request),
            at=timezone.now(),
            **form.facts,
        ),
        done=_("The answer of %(municipality)s is recorded.") % facts,
        title=_("What %(municipality)s says of the settlement") % facts,
        lead=_("It can be changed until the settlement is approved. The last answer counts."),
        submit_label=_("Save the answer"),
    )


@login_required
def settlement_approve(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int
) -> HttpResponse:
    """Freeze it; what is objected and who has not answered is shown first."""
    seen = visible_settlement(
        request,
        cooperation=cooperation,
        pool=pool,
        year=year,
        number=number,
        permission=Permission.APPROVE_COSTS,
        states=(State.SENT,),
    )
    said = queries.said_of(seen.settlement, lines=queries.lines_of(seen.settlement))
    objections = [each for each in said if each.objects]
    silent = [each.municipality.name for each in said if each.latest is None]
    form = answer_of(request, forms.ApproveForm, is_agreed=not objections and not silent)

    def run() -> None:
        operations.approve(settlement=seen.settlement, by=reader(request), at=timezone.now())
        tasks.tell_soon()

    return _page(
        request,
        seen,
        form=form,
        run=run,
        done=_("The settlement is approved. Now what is left can be claimed."),
        title=_("Approve the settlement"),
        lead=_("From then on it cannot be changed, only corrected by a new one that names it."),
        submit_label=_("Approve"),
        template="municipalities/costs/settlements/approve.html",
        objections=objections,
        silent=", ".join(silent),
    )


@login_required
def settlement_drop(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int
) -> HttpResponse:
    """Give up a settlement that is not approved."""
    seen = _managed(request, cooperation, pool, year, number, State.DRAFT, State.SENT)
    form = answer_of(request, ReasonForm)
    return _page(
        request,
        seen,
        form=form,
        run=lambda: operations.drop(
            settlement=seen.settlement, why=form.cleaned_data["reason"], by=reader(request)
        ),
        done=_("The settlement is dropped."),
        title=_("Drop the settlement"),
        lead=_("It stays to be read with its comments, but cannot be taken up again."),
        submit_label=_("Drop the settlement"),
        submit_color="danger",
    )


def _managed(
    request: HttpRequest,
    cooperation: str,
    pool: str,
    year: int,
    number: int,
    *states: SettlementState,
) -> VisibleSettlement:
    return visible_settlement(
        request,
        cooperation=cooperation,
        pool=pool,
        year=year,
        number=number,
        permission=Permission.MANAGE_COSTS,
        states=states,
    )


def _page(request: HttpRequest, seen: VisibleSettlement, *, run, **told_so) -> HttpResponse:
    """A form about the settlement, back on its page afterwards."""

    def and_back() -> None:
        run()

    found: Settlement = seen.settlement
    back = address_of(found)
    return _form_page(
        request,
        seen,
        run=and_back,
        back=back,
        above_label=name_of(found),
        above_url=back,
        **told_so,
    )


def _form_page(request: HttpRequest, seen: VisiblePool, **told_so) -> HttpResponse:
    return form_page(
        request,
        cooperation=seen.cooperation,
        told=partial(told, pool=seen.pool),
        refusals=REFUSALS,
        list_label=seen.pool.name,
        list_url=reverse("pool", args=[seen.cooperation.slug, seen.pool.slug]),
        **told_so,
    )
