"""Notices that a participant leaves: all of them, a new one, one that is cancelled."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib import words as lib_words
from municipalities.agreements import details, leaving, party_presenters
from municipalities.agreements.addressed import answers_for, reader, require_answering
from municipalities.agreements.form_pages import answer_of, form_page
from municipalities.agreements.forms import ReasonForm
from municipalities.agreements.party_forms import NoticeForm
from municipalities.agreements.views import today
from municipalities.cooperations.visible import visible_cooperation


@require_safe
@login_required
def withdrawals(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every notice, and the day that it leads to."""
    visible = visible_cooperation(request, slug=cooperation)
    own = answers_for(request, cooperation=visible.cooperation, visible=visible)
    found = details.withdrawals_of(visible.cooperation)
    context = {
        "cooperation": visible.cooperation,
        "columns": party_presenters.NOTICE_COLUMNS,
        "rows": party_presenters.notice_rows(
            found, cooperation=visible.cooperation, answers_for=own, today=today()
        ),
        "may_write": own is None or bool(own),
    }
    return render(request, "municipalities/agreements/withdrawals.html", context)


@login_required
def withdrawal_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Record a notice; the leaving day follows from the agreement."""
    visible = visible_cooperation(request, slug=cooperation)
    own = answers_for(request, cooperation=visible.cooperation, visible=visible)
    if own is not None and not own:
        raise Http404
    form = answer_of(
        request, NoticeForm, cooperation=visible.cooperation, answers_for=own, today=today()
    )

    def run() -> None:
        leaving.give_notice(by=reader(request), at=timezone.now(), **form.facts)

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The notice is recorded. The list shows the day it leads to."),
        back=reverse("withdrawals", args=[cooperation]),
        title=_("Record a notice of withdrawal"),
        lead=_(
            "A participant may leave with the notice that the agreement sets: one year, unless it"
            " says otherwise (§ 20-8). An earlier day needs the consent of all."
        ),
        submit_label=_("Record the notice"),
        **_above(cooperation),
    )


@login_required
def withdrawal_cancel(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The participant stays after all."""
    visible = visible_cooperation(request, slug=cooperation)
    found = get_object_or_404(
        details.withdrawals_of(visible.cooperation), pk=pk, cancelled_date=None
    )
    require_answering(request, visible=visible, municipality=found.municipality)
    form = answer_of(request, ReasonForm)

    def run() -> None:
        leaving.cancel(withdrawal=found, cancelled_date=today())

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The notice is cancelled. %(municipality)s stays.")
        % {"municipality": found.municipality.name},
        back=reverse("withdrawals", args=[cooperation]),
        title=_("Cancel the notice from %(municipality)s")
        % {"municipality": found.municipality.name},
        lead=_("It was to leave on %(day)s.") % {"day": lib_words.day(found.leaves_date)},
        submit_label=_("Cancel the notice"),
        submit_color="danger",
        **_above(cooperation),
    )


def _above(slug: str) -> dict[str, str]:
    return {"above_label": _("Notices"), "above_url": reverse("withdrawals", args=[slug])}
