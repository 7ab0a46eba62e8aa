"""The report of a year after a tertial, the controller's forecast, and the year's closing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.tables import FORMATS, download
from legevakt.lib.words import kroner
from municipalities.costs.accounts import forms, operations, presenters, queries
from municipalities.costs.accounts.reports import Report, latest_tertial, report_of
from municipalities.costs.accounts.sending import CODES, hand_in_report
from municipalities.costs.accounts.tertials import NET, TERTIALS, figures
from municipalities.costs.accounts.words import told
from municipalities.costs.accounts.year_pages import address, managed_year, place, year_form
from municipalities.costs.errors import Refused
from municipalities.costs.form_pages import answer_of
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import visible_year
from municipalities.costs.tables import with_headings


@require_safe
@login_required
def cost_report(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Budget, accounts, deviation and forecast after `?up_to=` months."""
    seen, pool_year = visible_year(request, cooperation=cooperation, pool=pool, year=year)
    report = report_of(pool_year=pool_year, up_to=_up_to(request, pool_year))
    chosen = queries.names_chosen(seen.pool.cooperation_id)
    tables = {
        "report": presenters.by_treatment(report),
        "arts": presenters.by_art(report, chosen=chosen),
    }
    if "format" in request.GET:
        return _file(request, tables, name=f"{pool}-{year}-{report.up_to}")
    main_rows = presenters.shown(tables["report"])
    context = place(seen, pool_year) | {
        "report": report,
        "tertials": TERTIALS,
        "main": tables["report"],
        "main_rows": main_rows,
        "main_labelled": with_headings(tables["report"].headings, main_rows),
        "arts": tables["arts"],
        "arts_labelled": with_headings(tables["arts"].headings, presenters.shown(tables["arts"])),
        "lead": presenters.told(report) if report.is_complete else "",
        "chart": presenters.chart(report),
        "comments": presenters.comments(report),
        "may_be_sent": report.is_complete and report.up_to in CODES,
    }
    return render(request, "municipalities/costs/accounts/report.html", context)


def _up_to(request: HttpRequest, pool_year: PoolYear) -> int:
    asked = request.GET.get("up_to", "")
    known = {str(each): each for each in TERTIALS}
    return known.get(asked) or latest_tertial(pool_year)


def _file(request: HttpRequest, tables: dict, *, name: str) -> HttpResponse:
    table, file_format = request.GET.get("table", "report"), request.GET["format"]
    if table not in tables or file_format not in FORMATS:
        raise Http404
    return download(tables[table], file_format=file_format, name=f"{name}-{table}")


@require_POST
@login_required
def cost_report_send(
    request: HttpRequest, cooperation: str, pool: str, year: int, up_to: int
) -> HttpResponse:
    """The report is ready for the partners: it shows that the agreement is kept."""
    _seen, pool_year = managed_year(request, cooperation, pool, year)
    report = _report(pool_year, up_to, among=CODES)
    page = f"{address('cost_report', pool_year)}?up_to={up_to}"
    title = _("Economy report of %(pool)s %(year)s after %(months)s months") % {
        "pool": pool_year.pool.name,
        "year": year,
        "months": up_to,
    }
    try:
        hand_in_report(report=report, title=title, path=page, by=reader(request), at=timezone.now())
    except Refused as error:
        messages.error(request, told(error))
    else:
        messages.success(request, _("The report is handed in among the obligations."))
    return redirect(page)


@login_required
def forecast(
    request: HttpRequest, cooperation: str, pool: str, year: int, up_to: int
) -> HttpResponse:
    """The controller's own forecast after a tertial."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    report = _report(pool_year, up_to, among=TERTIALS)
    form = answer_of(
        request,
        forms.ForecastForm,
        expected=_expected(report),
        initial=forms.ForecastForm.initial_of(report.forecasts),
    )
    page = f"{address('cost_report', pool_year)}?up_to={up_to}"

    def run() -> str:
        operations.write_forecast(
            pool_year=pool_year,
            up_to_month=up_to,
            amounts=form.amounts,
            by=reader(request),
            at=timezone.now(),
        )
        return page

    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=run,
        back="cost_report",
        done=_("The forecast is saved."),
        title=_("Forecast after %(months)s months") % {"months": up_to},
        lead=_("Write only what you expect to end otherwise, and why. Partners read it."),
        submit_label=_("Save the forecast"),
    )


def _expected(report: Report) -> dict[str, str]:
    """Treatment → accounts and the rest of the budget; own revenue without a minus."""
    usual = {
        name: figures(
            budget=report.by_treatment[name].budget,
            accounts=report.by_treatment[name].accounts,
            up_to=report.up_to,
        ).forecast
        for name in NET
    }
    usual["own_revenue"] = -usual["own_revenue"]
    return {name: kroner(amount) for name, amount in usual.items()}


def _report(pool_year: PoolYear, up_to: int, *, among) -> Report:
    if up_to not in among:
        raise Http404
    return report_of(pool_year=pool_year, up_to=up_to)


@login_required
def year_close(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """The accounts are final."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    return year_form(
        request,
        seen,
        pool_year,
        form=answer_of(request, forms.ConfirmForm),
        run=lambda: operations.close_year(
            pool_year=pool_year, by=reader(request), at=timezone.now()
        ),
        back="accounts",
        done=_("The year is closed. Next: make the final settlement."),
        title=_("Close the accounts of %(year)s") % {"year": year},
        lead=_(
            "From then on no accounts can be taken in for the year, and it can be settled finally."
            " Close it when the host's accounts are given off."
        ),
        submit_label=_("Close the year"),
    )


@login_required
def year_reopen(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """The accounts were not final after all."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    form = answer_of(request, forms.ReasonForm)
    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=lambda: operations.reopen_year(
            pool_year=pool_year, why=form.cleaned_data["reason"], by=reader(request)
        ),
        back="accounts",
        done=_("The year is open. Take in the newer accounts, and close it again."),
        title=_("Reopen the accounts of %(year)s") % {"year": year},
        lead=_(
            "An approved settlement is not changed by it. What the newer accounts change is settled"
            " by a correction."
        ),
        submit_label=_("Reopen the year"),
        submit_color="danger",
    )
