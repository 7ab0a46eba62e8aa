"""Who has delegated to the host's chief executive, and what is missing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.agreements import delegating, details, party_presenters
from municipalities.agreements.addressed import answers_for, reader, require_answering
from municipalities.agreements.form_pages import answer_of, form_page
from municipalities.agreements.models import Delegation
from municipalities.agreements.party_forms import DelegationForm, WithdrawDelegationForm
from municipalities.agreements.views import today
from municipalities.cooperations.visible import Visible, visible_cooperation
from municipalities.register.models import Municipality


@require_safe
@login_required
def delegations(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every participant but the host: the council's instruction, the letter, what is missing."""
    visible = visible_cooperation(request, slug=cooperation)
    found = details.delegations_of(cooperation=visible.cooperation, day=today())
    own = answers_for(request, cooperation=visible.cooperation, visible=visible)
    context = {
        "cooperation": visible.cooperation,
        "columns": party_presenters.DELEGATION_COLUMNS,
        "rows": party_presenters.delegation_rows(
            found, cooperation=visible.cooperation, answers_for=own
        ),
        "progress": party_presenters.delegated(found),
    }
    return render(request, "municipalities/agreements/delegations.html", context)


@login_required
def delegation(request: HttpRequest, cooperation: str, municipality: str) -> HttpResponse:
    """Record or correct the delegation of one participant."""
    visible, participant = _answered_for(request, cooperation, municipality)
    known = _in_force(visible, participant)
    form = answer_of(
        request,
        DelegationForm,
        today=today(),
        initial=DelegationForm.values_of(known) if known else {},
    )

    def run() -> None:
        delegating.record(
            cooperation=visible.cooperation,
            municipality=participant,
            letter=form.kept_document(
                cooperation=visible.cooperation, by=reader(request), at=timezone.now()
            ),
            **form.facts,
        )

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The delegation from %(municipality)s is recorded.")
        % {"municipality": participant.name},
        back=reverse("delegations", args=[cooperation]),
        title=_("Delegation from %(municipality)s") % {"municipality": participant.name},
        lead=_(
            "The council instructs its own chief executive to delegate to the host's chief"
            " executive (§ 20-2)."
        ),
        submit_label=_("Save the delegation"),
        **_above(cooperation),
    )


@login_required
def delegation_withdraw(request: HttpRequest, cooperation: str, municipality: str) -> HttpResponse:
    """End the delegation of one participant."""
    visible, participant = _answered_for(request, cooperation, municipality)
    known = get_object_or_404(
        Delegation, cooperation=visible.cooperation, municipality=participant, withdrawn_date=None
    )
    form = answer_of(request, WithdrawDelegationForm, today=today())

    def run() -> None:
        delegating.withdraw(delegation=known, withdrawn_date=form.cleaned_data["day"])

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The delegation is withdrawn."),
        back=reverse("delegations", args=[cooperation]),
        title=_("Withdraw the delegation from %(municipality)s")
        % {"municipality": participant.name},
        submit_label=_("Withdraw the delegation"),
        submit_color="danger",
        **_above(cooperation),
    )


def _answered_for(request: HttpRequest, slug: str, number: str) -> tuple[Visible, Municipality]:
    """A participant of today other than the host, for who may answer for it; else 404."""
    visible = visible_cooperation(request, slug=slug)
    participants = visible.cooperation.participants.on(today()).select_related("municipality")
    partners = participants.exclude(municipality=visible.cooperation.host_id)
    found = get_object_or_404(partners, municipality__number=number).municipality
    require_answering(request, visible=visible, municipality=found)
    return visible, found


def _in_force(visible: Visible, municipality: Municipality) -> Delegation | None:
    return Delegation.objects.filter(
        cooperation=visible.cooperation, municipality=municipality, withdrawn_date=None
    ).first()


def _above(slug: str) -> dict[str, str]:
    return {"above_label": _("Delegation"), "above_url": reverse("delegations", args=[slug])}
