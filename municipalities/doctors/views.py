"""The page of the duty, what the agreement says of it, and how it is divided."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, Table, download
from legevakt.lib.words import percent
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.doctors import operations, presenters, queries
from municipalities.doctors.form_pages import answer_of, form_page
from municipalities.doctors.forms import SharesForm, TermsForm
from municipalities.doctors.models import Decider
from municipalities.doctors.shares import shares_by_population
from municipalities.register.models import Municipality

form_methods = require_http_methods(["GET", "HEAD", "POST"])
TABLES = {"duties": presenters.duties_table, "shifts": presenters.shifts_table}


@require_safe
@login_required
def doctors(request: HttpRequest, cooperation: str) -> HttpResponse:
    """What was agreed of the duty and whether it is kept; `?table=` and `?format=` download."""
    visible = visible_cooperation(request, slug=cooperation)
    found, today = visible.cooperation, local_day(timezone.now())
    told = queries.years_with_shifts(cooperation=found, today=today)
    years = sorted({*told, today.year}, reverse=True)
    year = _year(request, years, usual=told[0] if told else today.year)
    duty = queries.duty_in(cooperation=found, year=year, today=today, user=request.user)
    if "format" in request.GET:
        return _download(request, {name: make(duty) for name, make in TABLES.items()}, duty)
    context = {
        "cooperation": found,
        "years": years,
        "year": year,
        "terms": presenters.said(queries.terms_of(found)),
        "cards": presenters.cards(duty),
        "warnings": presenters.warnings(duty),
        "has_shares": duty.share_sum is not None,
        "has_shifts": duty.counts is not None,
        "duties": presenters.duties_table(duty),
        "shifts": presenters.shifts_table(duty),
        "chart": presenters.coverage_chart(duty),
        "summary": presenters.coverage_summary(duty),
        "may_manage": visible.may(Permission.MANAGE_DUTY),
        "may_see_doctors": visible.may(Permission.MANAGE_DUTY)
        or visible.may(Permission.DECIDE_EXEMPTIONS),
    }
    return render(request, "municipalities/doctors/duty.html", context)


@form_methods
@login_required
def duty_terms(request: HttpRequest, cooperation: str) -> HttpResponse:
    """What the agreement says of the duty."""
    found = managed(request, cooperation)
    terms = queries.terms_of(found)
    form = answer_of(request, TermsForm, initial=TermsForm.initial_of(terms))

    def run() -> None:
        told = form.cleaned_data
        operations.set_terms(
            cooperation=found,
            decider=Decider(told["decider"]),
            consulted=told["consulted"],
            undelivered=told["undelivered"],
        )

    return form_page(
        request,
        cooperation=found,
        form=form,
        run=run,
        done=_("What the agreement says is stored."),
        back=reverse("doctors", args=[cooperation]),
        title=_("What the agreement says of the duty"),
        lead=_("Write it as it stands in the agreement between the administrations."),
        submit_label=_("Store"),
        history=("dutyterms", terms.pk),
    )


@form_methods
@login_required
def duty_shares(request: HttpRequest, cooperation: str) -> HttpResponse:
    """How the duty is divided from a day; `?suggest=` fills in by inhabitants."""
    found = managed(request, cooperation)
    day = parse_day(request.GET.get("valid_from")) or local_day(timezone.now())
    municipalities = _taking_part(found, day)
    initial, lacking = _shares_before(found, municipalities, request=request, day=day)
    form = answer_of(request, SharesForm, municipalities=municipalities, initial=initial)

    def run() -> None:
        try:
            operations.set_shares(
                cooperation=found, owes=form.owes, valid_from=form.cleaned_data["valid_from"]
            )
        except operations.SharesNotWhole as error:
            told = _("The shares sum to %(sum)s. Change them until they sum to 100 %%.")
            form.add_error(None, told % {"sum": percent(error.total)})

    return form_page(
        request,
        cooperation=found,
        form=form,
        run=run,
        done=_("The duty is divided anew."),
        back=reverse("doctors", args=[cooperation]),
        title=_("Divide the duty"),
        submit_label=_("Store"),
        template="municipalities/doctors/shares.html",
        day=day,
        lacking=lacking,
        is_suggested="suggest" in request.GET and not lacking,
    )


def managed(request: HttpRequest, slug: str) -> Cooperation:
    """The cooperation, for who runs its duty; else 404."""
    return visible_cooperation(request, slug=slug, permission=Permission.MANAGE_DUTY).cooperation


def person(request: HttpRequest) -> User:
    """Who is logged in."""
    return request.user


def parse_day(text: str | None) -> date | None:
    """A day of an address; None for what is none."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _year(request: HttpRequest, years: list[int], *, usual: int) -> int:
    """The asked year, the usual one where none is asked; 404 for any other."""
    asked = request.GET.get("year", str(usual))
    if asked not in map(str, years):
        raise Http404
    return int(asked)


def _download(request: HttpRequest, tables: dict[str, Table], duty) -> HttpResponse:
    table, file_format = request.GET.get("table"), request.GET["format"]
    if table not in tables or file_format not in FORMATS:
        raise Http404
    return download(tables[table], file_format=file_format, name=f"duty-{table}-{duty.year}")


def _taking_part(found: Cooperation, day: date) -> list[Municipality]:
    taking_part = found.participants.on(day).select_related("municipality")
    return [each.municipality for each in taking_part]


def _shares_before(
    found: Cooperation, municipalities: list[Municipality], *, request: HttpRequest, day: date
) -> tuple[dict, list[str]]:
    """(what the form begins with, the municipalities whose inhabitants are not known)."""
    initial = {"valid_from": day}
    for share in queries.shares_on(found, day):
        initial[f"posts_{share.municipality_id}"] = share.posts
        initial[f"share_{share.municipality_id}"] = share.share_percent
    if "suggest" not in request.GET:
        return initial, []
    inhabitants = queries.inhabitants_on(cooperation=found, day=day)
    lacking = [each.name for each in municipalities if each.pk not in inhabitants]
    suggested = {} if lacking else shares_by_population(inhabitants)
    return initial | {f"share_{pk}": share for pk, share in suggested.items()}, lacking
