"""The steps of a key: drafted, written, sent, adopted by each, dropped; and usage given."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.form_pages import answer_of, form_page
from municipalities.costs.keys import forms, operations
from municipalities.costs.keys.addressed import VisibleKey, answering, reader, visible_key
from municipalities.costs.keys.models import KeyState, UsageMeasure
from municipalities.costs.keys.presenters import address_of, name_of
from municipalities.costs.keys.usage import receive
from municipalities.costs.keys.words import REFUSALS, told
from municipalities.costs.pools.models import PoolMember
from municipalities.costs.pools.queries import visible_pool
from municipalities.register.models import Municipality


@login_required
def key_new(request: HttpRequest, cooperation: str, pool: str) -> HttpResponse:
    """A draft of the next version."""
    seen = visible_pool(
        request, cooperation=cooperation, pool=pool, permission=Permission.MANAGE_COSTS
    )
    form = answer_of(request, forms.DraftForm)

    def run() -> str:
        made = operations.draft(
            pool=seen.pool,
            valid_from=form.cleaned_data["valid_from"],
            by=reader(request),
            at=timezone.now(),
        )
        return address_of(made, "key_write")

    return form_page(
        request,
        cooperation=seen.cooperation,
        form=form,
        run=run,
        told=told,
        refusals=REFUSALS,
        done=_("The draft is made. Say what it shares by."),
        back=reverse("keys", args=[cooperation, pool]),
        title=_("A new version of the key"),
        lead=_("It begins with the terms of the key that holds, and you change them."),
        submit_label=_("Make the draft"),
        list_label=seen.pool.name,
        list_url=reverse("pool", args=[cooperation, pool]),
    )


@login_required
def key_write(request: HttpRequest, cooperation: str, pool: str, number: int) -> HttpResponse:
    """The parts and terms of a draft."""
    seen = _managed(request, cooperation, pool, number, KeyState.DRAFT)
    members = Municipality.objects.filter(pk__in=seen.pool.members.values("municipality"))
    form = answer_of(
        request,
        forms.TermsForm,
        municipalities=members.order_by("number", "pk"),
        initial=forms.TermsForm.initial_of(seen.key),
    )
    return _page(
        request,
        seen,
        form=form,
        run=lambda: operations.write(key=seen.key, parts=form.parts, terms=form.terms),
        done=_("The draft is saved."),
        title=_("What the key shares by"),
        lead=_("The parts must sum to 100 per cent before the key can be sent to the councils."),
        submit_label=_("Save the draft"),
    )


@login_required
def key_send(request: HttpRequest, cooperation: str, pool: str, number: int) -> HttpResponse:
    """Send the draft to the councils."""
    seen = _managed(request, cooperation, pool, number, KeyState.DRAFT)
    return _page(
        request,
        seen,
        form=answer_of(request, forms.ConfirmForm),
        run=lambda: operations.send(key=seen.key, at=timezone.now()),
        done=_("The key is sent. Record what each council decides."),
        title=_("Send the key to the councils"),
        lead=_("From then on it is frozen, and everybody who shares the costs can read it."),
        submit_label=_("Send to the councils"),
    )


@login_required
def key_adoption(
    request: HttpRequest, cooperation: str, pool: str, number: int, municipality: str
) -> HttpResponse:
    """What one council decided."""
    seen = visible_key(
        request, cooperation=cooperation, pool=pool, number=number, state=KeyState.SENT
    )
    party = answering(request, seen, number=municipality)
    form = answer_of(request, forms.KeyAdoptionForm, today=local_day(timezone.now()))
    return _page(
        request,
        seen,
        form=form,
        run=lambda: operations.record_adoption(
            key=seen.key,
            municipality=party,
            by=reader(request),
            at=timezone.now(),
            **form.facts,
        ),
        done=_("The decision of %(municipality)s is recorded.") % {"municipality": party.name},
        title=_("What %(municipality)s decided") % {"municipality": party.name},
        lead=_("When every council has adopted the key, it holds from its first day."),
        submit_label=_("Save the decision"),
    )


@login_required
def key_drop(request: HttpRequest, cooperation: str, pool: str, number: int) -> HttpResponse:
    """Give up a key that is not adopted."""
    seen = _managed(request, cooperation, pool, number)
    form = answer_of(request, forms.ReasonForm)
    return _page(
        request,
        seen,
        form=form,
        run=lambda: operations.drop(
            key=seen.key, why=form.cleaned_data["reason"], by=reader(request)
        ),
        done=_("The key is dropped."),
        title=_("Drop the key"),
        lead=_("The key stays to be read, but cannot be taken up again."),
        submit_label=_("Drop the key"),
        submit_color="danger",
    )


@login_required
def usage_write(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Give a year's usage of each municipality."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_COSTS)
    members = PoolMember.objects.filter(pool__cooperation=visible.cooperation)
    form = answer_of(
        request,
        forms.UsageForm,
        municipalities=Municipality.objects.filter(pk__in=members.values("municipality")).order_by(
            "number", "pk"
        ),
    )

    def run() -> None:
        told_so = form.cleaned_data
        receive(
            cooperation=visible.cooperation,
            measure=UsageMeasure(told_so["measure"]),
            year=told_so["year"],
            counts=form.counts,
            source=told_so["source"],
            at=timezone.now(),
        )

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        told=told,
        done=_("The usage is saved."),
        back=reverse("usage", args=[cooperation]),
        title=_("Give usage"),
        lead=_("Calls come by themselves from the call statistics once a year is complete."),
        submit_label=_("Save the usage"),
    )


def _managed(
    request: HttpRequest, cooperation: str, pool: str, number: int, state: KeyState | None = None
) -> VisibleKey:
    return visible_key(
        request,
        cooperation=cooperation,
        pool=pool,
        number=number,
        permission=Permission.MANAGE_COSTS,
        state=state,
    )


def _page(request: HttpRequest, seen: VisibleKey, *, run, **told_so) -> HttpResponse:
    """A form about the key, back on the key's page afterwards."""

    def and_back() -> None:
        run()

    return form_page(
        request,
        cooperation=seen.cooperation,
        run=and_back,
        told=told,
        refusals=REFUSALS,
        back=address_of(seen.key),
        above_label=name_of(seen.key),
        above_url=address_of(seen.key),
        list_label=seen.pool.name,
        list_url=reverse("pool", args=[seen.cooperation.slug, seen.pool.slug]),
        **told_so,
    )
