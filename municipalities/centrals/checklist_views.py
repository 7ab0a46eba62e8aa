"""The pages of a central's checklist."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.refusals import told_in
from legevakt.lib.tables import FORMATS, download
from municipalities.centrals import check_forms, checking, checklist_presenters
from municipalities.centrals.check_forms import CheckForm, PlanForm
from municipalities.centrals.models import Central, CheckResult
from municipalities.centrals.names import row_title
from municipalities.centrals.presenters import standing, tags_of
from municipalities.centrals.requirements import retrieved_on
from municipalities.centrals.rows import Row, checks_of, rows_of
from municipalities.centrals.states import states_of
from municipalities.centrals.visible import VisibleCentral, visible_central
from municipalities.centrals.words import CHECKED


@require_safe
@login_required
def checklist(request: HttpRequest, cooperation: str, central: str) -> HttpResponse:
    """Every requirement and where it stands; with `?format=` the same as a file."""
    visible = visible_central(request, cooperation=cooperation, central=central)
    rows = rows_of(central=visible.central, today=visible.today)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in checklist_presenters.SHOWN else "all"
    _label, fits = checklist_presenters.SHOWN[chosen]
    lines = checklist_presenters.lines(
        filter(fits, rows), central=visible.central, cooperation=visible.cooperation
    )
    file_format = request.GET.get("format", "")
    if file_format in FORMATS:
        table = checklist_presenters.table(lines, central=visible.central)
        name = f"{central}-checklist-{visible.today}"
        return download(table, file_format=file_format, name=name)
    context = visible.context | {
        "standing": _standing(visible),
        "filters": checklist_presenters.filters(rows, chosen=chosen),
        "chosen": chosen,
        "columns": checklist_presenters.COLUMNS,
        "lines": lines,
        "has_numbers": any(row.number for row in rows),
        "retrieved_on": retrieved_on(),
    }
    return render(request, "municipalities/centrals/checklist.html", context)


@require_safe
@login_required
def requirement(request: HttpRequest, cooperation: str, central: str, row: str) -> HttpResponse:
    """A row of the checklist: what is checked, the plan, and every check."""
    visible = visible_central(request, cooperation=cooperation, central=central)
    found = visible.row(row)
    context = _row_context(visible, found) | {
        "tags": tags_of(found),
        "facts": checklist_presenters.facts(found),
        "checks": checklist_presenters.check_lines(checks_of(found.plan_id)),
    }
    return render(request, "municipalities/centrals/requirement.html", context)


@login_required
def requirement_check(
    request: HttpRequest, cooperation: str, central: str, row: str
) -> HttpResponse:
    """Record a check."""
    visible = visible_central(request, cooperation=cooperation, central=central, to_manage=True)
    found = visible.row(row)
    own = set(visible.central.numbers.values_list("number", flat=True))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CheckForm(*posted, today=visible.today, own_numbers=own)
    if form.is_bound and form.is_valid():
        _record(request, visible, row=found, form=form)
        messages.success(request, _("The check is recorded."))
        return redirect("central_requirement", cooperation, central, row)
    return _form_page(request, visible, row=found, form=form, heading=_("Record a check"))


@login_required
def requirement_plan(
    request: HttpRequest, cooperation: str, central: str, row: str
) -> HttpResponse:
    """Who looks after the row, and how often."""
    visible = visible_central(request, cooperation=cooperation, central=central, to_manage=True)
    found = visible.row(row)
    form = PlanForm(request.POST if request.method == "POST" else None, row=found)
    if form.is_bound and form.is_valid():
        with told_in(form, check_forms.WORDS):
            checking.plan(
                central=visible.central,
                requirement=found.requirement,
                number=found.number,
                **form.facts,
            )
    if form.is_bound and form.is_valid():
        messages.success(request, _("The plan is changed."))
        return redirect("central_requirement", cooperation, central, row)
    return _form_page(request, visible, row=found, form=form, heading=_("Change the plan"))


def _record(request, visible: VisibleCentral, *, row: Row, form: CheckForm) -> None:
    told, at = form.cleaned_data, timezone.now()
    checking.record(
        central=visible.central,
        requirement=row.requirement,
        number=row.number,
        result=CheckResult(told["result"]),
        checked_date=told["checked_date"],
        evidence=told["evidence"],
        document=form.kept_document(cooperation=visible.cooperation, by=request.user, at=at),
        by=request.user,
        at=at,
    )


def _standing(visible: VisibleCentral):
    centrals = Central.objects.filter(pk=visible.central.pk)
    return standing(states_of(centrals=centrals, today=visible.today)[visible.central])


def _row_context(visible: VisibleCentral, row: Row) -> dict:
    return visible.context | {
        "row": row,
        "title": row_title(row.requirement, row.number),
        "checked": CHECKED[row.requirement.key],
    }


def _form_page(
    request: HttpRequest, visible: VisibleCentral, *, row: Row, form, heading: str
) -> HttpResponse:
    context = _row_context(visible, row) | {"form": form, "heading": heading}
    status = 422 if form.errors else 200
    return render(request, "municipalities/centrals/row_form.html", context, status=status)
