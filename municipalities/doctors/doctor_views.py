"""The doctors whose duty is kept, for who runs the duty and who decides on exemptions."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.doctors import exempting, exemption_presenters, queries
from municipalities.doctors.exemption_forms import DAY, DoctorForm, EndDoctorForm
from municipalities.doctors.form_pages import answer_of, form_page
from municipalities.doctors.models import Doctor, ExemptionState
from municipalities.doctors.views import form_methods, person


@require_safe
@login_required
def doctor_list(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The doctors that the reader may see, and what exemption each has."""
    found = _where_doctors_are_seen(request, cooperation)
    doctors = Doctor.objects.visible_to(person(request)).filter(cooperation=found)
    rows = doctors.select_related("municipality").prefetch_related("exemptions")
    context = {
        "cooperation": found,
        "columns": exemption_presenters.DOCTOR_COLUMNS,
        "rows": exemption_presenters.doctor_rows(
            rows.order_by("municipality__number", "name", "pk"), today=today()
        ),
        "by_law": exemption_presenters.by_law(),
    }
    return render(request, "municipalities/doctors/doctor_list.html", context)


@form_methods
@login_required
def doctor_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A doctor of a municipality whose doctors the reader sees."""
    found = _where_doctors_are_seen(request, cooperation)
    municipalities = queries.municipalities_seen(cooperation=found, user=person(request))
    form = answer_of(request, DoctorForm, municipalities=municipalities)
    return form_page(
        request,
        cooperation=found,
        form=form,
        run=lambda: exempting.add_doctor(cooperation=found, **form.cleaned_data),
        done=_("The doctor is added."),
        back=reverse("doctor_list", args=[cooperation]),
        title=_("Add a doctor"),
        lead=_(
            "The name and the contract alone. What is here is seen by few, and its history kept."
        ),
        submit_label=_("Add"),
        **above(found),
    )


@require_safe
@login_required
def doctor(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """A doctor, and every exemption."""
    found = visible_doctor(request, cooperation, pk)
    exemptions = found.exemptions.order_by("-starts_date", "-pk")
    context = {
        "cooperation": found.cooperation,
        "doctor": found,
        "contract": exemption_presenters.contract(found),
        "columns": exemption_presenters.EXEMPTION_COLUMNS,
        "rows": [exemption_presenters.exemption_row(each) for each in exemptions],
        "has_ended": found.ends_date is not None,
    }
    return render(request, "municipalities/doctors/doctor.html", context)


@form_methods
@login_required
def doctor_end(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The contract's last day; which exemptions end with it is told."""
    found = visible_doctor(request, cooperation, pk)
    form = answer_of(request, EndDoctorForm)
    given = found.exemptions.filter(state=ExemptionState.GRANTED).order_by("starts_date", "pk")

    def run() -> None:
        exempting.end_doctor(doctor=found, ends_date=form.cleaned_data["last_day"] + DAY)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        done=_("The contract's end is stored."),
        back=reverse("doctor", args=[cooperation, pk]),
        title=_("The contract of %(name)s ends") % {"name": found.name},
        lead=exemption_presenters.ends_with_contract(given, today=today()),
        submit_label=_("Store"),
        **above(found.cooperation),
    )


def _where_doctors_are_seen(request: HttpRequest, slug: str) -> Cooperation:
    visible = visible_cooperation(request, slug=slug)
    if not (visible.may(Permission.MANAGE_DUTY) or visible.may(Permission.DECIDE_EXEMPTIONS)):
        raise Http404
    return visible.cooperation


def visible_doctor(request: HttpRequest, slug: str, pk: int) -> Doctor:
    """The doctor, for who may see it; else 404."""
    doctors = Doctor.objects.visible_to(person(request)).select_related(
        "cooperation", "municipality"
    )
    return get_object_or_404(doctors, cooperation__slug=slug, pk=pk)


def above(cooperation: Cooperation) -> dict[str, str]:
    """The list that a page on a doctor lies under."""
    return {
        "above_label": _("Doctors and exemptions"),
        "above_url": reverse("doctor_list", args=[cooperation.slug]),
    }


def today() -> date:
    """The day in Oslo."""
    return local_day(timezone.now())
