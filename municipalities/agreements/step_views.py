"""The steps of a version: sent, adopted by each, taken back, put in force, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access.rules import Permission
from municipalities.agreements import details, operations, presenters
from municipalities.agreements.addressed import (
    VisibleVersion,
    reader,
    require_answering,
    visible_version,
)
from municipalities.agreements.form_pages import answer_of, form_page
from municipalities.agreements.forms import (
    ConfirmForm,
    DissolveForm,
    InForceForm,
    ReasonForm,
    TakeBackForm,
)
from municipalities.agreements.models import VersionState
from municipalities.agreements.party_forms import AdoptionForm, GovernorForm
from municipalities.agreements.queries import address_of
from municipalities.agreements.views import today
from municipalities.obligations.coming_into_force import put_in_force
from municipalities.obligations.ending import dissolve


@login_required
def agreement_send(request: HttpRequest, cooperation: str, pk: int, number: int) -> HttpResponse:
    """Send the draft to those who adopt it; from then on it is frozen."""
    visible = _managed(request, cooperation, pk, number, VersionState.DRAFT)

    def run() -> None:
        operations.send(version=visible.version, at=timezone.now())

    return _page(
        request,
        visible,
        form=answer_of(request, ConfirmForm),
        run=run,
        done=_("The version is sent for adoption. Record what each municipality decides."),
        title=_("Send the version for adoption"),
        lead=_(
            "From then on the text, its facts and its parties are frozen, and everybody who takes"
            " part can read it. To change it you take it back, and send a new version."
        ),
        submit_label=_("Send for adoption"),
    )


@login_required
def agreement_adoption(
    request: HttpRequest, cooperation: str, pk: int, number: int, municipality: str
) -> HttpResponse:
    """What one party decided; correcting it while the version waits."""
    visible = visible_version(request, slug=cooperation, pk=pk, number=number)
    parties = visible.version.parties.select_related("municipality")
    party = get_object_or_404(parties, municipality__number=municipality).municipality
    require_answering(request, visible=visible, municipality=party)
    _require_state(visible, VersionState.SENT)
    known = visible.version.adoptions.filter(municipality=party).first()
    form = answer_of(
        request,
        AdoptionForm,
        today=today(),
        initial=AdoptionForm.values_of(known) if known else {},
    )

    def run() -> None:
        operations.record_adoption(
            version=visible.version,
            municipality=party,
            by=reader(request),
            at=timezone.now(),
            **form.facts,
        )

    return _page(
        request,
        visible,
        form=form,
        run=run,
        done=_("The decision of %(municipality)s is recorded.") % {"municipality": party.name},
        title=_("What %(municipality)s decided") % {"municipality": party.name},
        lead=_("You can correct it until the version is in force."),
        submit_label=_("Save the decision"),
    )


@login_required
def agreement_take_back(
    request: HttpRequest, cooperation: str, pk: int, number: int
) -> HttpResponse:
    """Drop a version that waits, and go on with its text in a new draft."""
    visible = _managed(request, cooperation, pk, number, VersionState.SENT)
    form = answer_of(request, TakeBackForm, initial={"dated_date": today()})

    def run() -> str:
        dated_date = form.cleaned_data["dated_date"]
        made = operations.take_back(
            version=visible.version, dated_date=dated_date, by=reader(request), at=timezone.now()
        )
        return address_of(made)

    return _page(
        request,
        visible,
        form=form,
        run=run,
        done=_("The version is taken back. This is the new draft, with the same text."),
        title=_("Take the version back"),
        lead=_("It is dropped, and what has been decided about it does not count for the next."),
        submit_label=_("Take it back"),
        submit_color="danger",
    )


@login_required
def agreement_drop(request: HttpRequest, cooperation: str, pk: int, number: int) -> HttpResponse:
    """Give up a draft."""
    visible = _managed(request, cooperation, pk, number, VersionState.DRAFT)

    def run() -> None:
        operations.drop(version=visible.version)

    return _page(
        request,
        visible,
        form=answer_of(request, ReasonForm),
        run=run,
        done=_("The draft is dropped."),
        title=_("Drop the draft"),
        lead=_(
            "Those who manage the agreement can still read it, but it cannot be taken up again."
        ),
        submit_label=_("Drop it"),
        submit_color="danger",
    )


@login_required
def agreement_put_in_force(
    request: HttpRequest, cooperation: str, pk: int, number: int
) -> HttpResponse:
    """From which day the version holds; the earlier one is replaced on that day."""
    visible = _managed(request, cooperation, pk, number, VersionState.SENT)
    last = details.last_adopted_date(visible.version)
    form = answer_of(request, InForceForm, initial={"day": last})

    def run() -> None:
        put_in_force(
            version=visible.version,
            in_force_from=form.cleaned_data["day"],
            by=reader(request),
            at=timezone.now(),
        )

    return _page(
        request,
        visible,
        form=form,
        run=run,
        done=_("The version is put in force."),
        title=_("Put the version in force"),
        lead=presenters.progress(visible.version) + ".",
        submit_label=_("Put in force"),
    )


@login_required
def agreement_dissolve(
    request: HttpRequest, cooperation: str, pk: int, number: int
) -> HttpResponse:
    """End the agreement, when all agree."""
    visible = _managed(request, cooperation, pk, number, VersionState.IN_FORCE)
    form = answer_of(request, DissolveForm)

    def run() -> None:
        dissolve(version=visible.version, ended_date=form.cleaned_data["day"])

    return _page(
        request,
        visible,
        form=form,
        run=run,
        done=_("The agreement is ended."),
        title=_("End the agreement"),
        lead=_(
            "All parties together can end it from any day (§ 20-8). From that day nothing is due"
            " by it; the evidence that is handed in stays."
        ),
        submit_label=_("End the agreement"),
        submit_color="danger",
    )


@login_required
def agreement_governor(
    request: HttpRequest, cooperation: str, pk: int, number: int
) -> HttpResponse:
    """When the county governor was told that the cooperation is established."""
    visible = _managed(
        request, cooperation, pk, number,
        VersionState.IN_FORCE, VersionState.REPLACED, VersionState.ENDED,
    )  # fmt: skip
    form = answer_of(
        request, GovernorForm, today=today(), initial=GovernorForm.values_of(visible.version)
    )

    def run() -> None:
        operations.orient_governor(version=visible.version, **form.cleaned_data)

    return _page(
        request,
        visible,
        form=form,
        run=run,
        done=_("It is recorded that the county governor is oriented."),
        title=_("The county governor oriented"),
        lead=_("The host tells the county governor that the cooperation is established (§ 20-4)."),
        submit_label=_("Save"),
    )


def _managed(
    request: HttpRequest, slug: str, pk: int, number: int, *states: VersionState
) -> VisibleVersion:
    """The version, for who manages agreements, while it is in one of the states; else 404."""
    visible = visible_version(
        request, slug=slug, pk=pk, number=number, permission=Permission.MANAGE_AGREEMENT
    )
    _require_state(visible, *states)
    return visible


def _require_state(visible: VisibleVersion, *states: VersionState) -> None:
    if visible.version.state not in states:
        raise Http404


def _page(
    request: HttpRequest, visible: VisibleVersion, *, form: forms.Form, **told: Any
) -> HttpResponse:
    back = address_of(visible.version)
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        back=back,
        above_label=presenters.version_name(visible.version),
        above_url=back,
        **told,
    )
