"""The budget of a pool's year: seen by all who share it, written and adopted by the controller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.words import day, kroner
from municipalities.access.rules import Permission
from municipalities.costs.accounts import budgeting, files, forms, presenters, queries
from municipalities.costs.accounts.models import Budget, BudgetLine, BudgetState, Treatment
from municipalities.costs.accounts.words import art_name, function_name, told
from municipalities.costs.accounts.year_pages import address, managed_year, place, year_form
from municipalities.costs.errors import Refused
from municipalities.costs.form_pages import answer_of
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import VisiblePool, visible_year


@require_safe
@login_required
def budget(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """The budget in force and those before it; a draft for who sees the host's accounts."""
    seen, pool_year = visible_year(request, cooperation=cooperation, pool=pool, year=year)
    budgets = pool_year.budgets.order_by("-number")
    if not seen.may(Permission.VIEW_ALL_COSTS):
        budgets = budgets.exclude(state=BudgetState.DRAFT)
    practice = _Practice.of(seen)
    prefetched = budgets.prefetch_related("lines")
    shown = [_shown(each, practice, pool_year=pool_year) for each in prefetched]
    context = place(seen, pool_year) | {
        "draft": next((each for each in shown if each["is_draft"]), None),
        "adopted": [each for each in shown if not each["is_draft"]],
    }
    return render(request, "municipalities/costs/accounts/budget.html", context)


@dataclass(frozen=True)
class _Practice:
    """How the cooperation names and counts arts, and whether the reader changes a draft."""

    names: Mapping[str, str]
    treatments: Mapping[str, str]
    may_change: bool

    @classmethod
    def of(cls, seen: VisiblePool) -> _Practice:
        return cls(
            names=queries.names_chosen(seen.pool.cooperation_id),
            treatments=queries.treatments_of(seen.pool.cooperation_id),
            may_change=seen.may(Permission.MANAGE_COSTS),
        )


def _shown(budget: Budget, practice: _Practice, *, pool_year: PoolYear) -> dict:
    is_draft = budget.state == BudgetState.DRAFT
    treatments = practice.treatments
    lines = sorted(budget.lines.all(), key=lambda each: (each.function, each.art, each.text))
    return {
        "number": budget.number,
        "is_draft": is_draft,
        "adopted": day(budget.adopted_date) if budget.adopted_date else "",
        "case_number": budget.case_number,
        "changes": budget.changes,
        "sums": presenters.sums_pairs(queries.sums_of_lines(lines, chosen=treatments)),
        "lines": [
            {
                "function": function_name(line.function),
                "art": art_name(line.art, chosen=practice.names),
                "treatment": Treatment(treatments.get(line.art, Treatment.RUNNING)).label,
                "text": line.text or "–",
                "amount": kroner(line.amount),
                "url": address("budget_line", pool_year, line.pk)
                if is_draft and practice.may_change
                else "",
            }
            for line in lines
        ],
    }


@login_required
def budget_draft(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Begin a budget; where one is adopted, say what is changed."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    is_revised = queries.budget_in_force(pool_year) is not None
    form = answer_of(request, forms.ChangesForm if is_revised else forms.ConfirmForm)
    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=lambda: budgeting.draft_budget(
            pool_year=pool_year,
            by=reader(request),
            at=timezone.now(),
            changes=form.cleaned_data.get("changes", ""),
        ),
        back="budget",
        done=_("The draft is made. Write its lines, or take them from a file."),
        title=_("Revise the budget") if is_revised else _("A new budget"),
        lead=_("The adopted budget holds until the revised one is adopted.") if is_revised else "",
        submit_label=_("Make the draft"),
    )


@login_required
def budget_line_new(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """One more line of the draft."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    draft = _draft(pool_year)
    form = answer_of(request, forms.BudgetLineForm, arts=_arts(seen))
    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=lambda: budgeting.write_line(budget=draft, **form.cleaned_data),
        back="budget",
        done=_("The line is saved."),
        title=_("A line of the budget"),
        submit_label=_("Save"),
    )


@login_required
def budget_line(
    request: HttpRequest, cooperation: str, pool: str, year: int, pk: int
) -> HttpResponse:
    """Change a line of the draft, or take it out."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    draft = _draft(pool_year)
    line = get_object_or_404(BudgetLine, budget=draft, pk=pk)
    line.budget = draft
    if "remove" in request.POST:
        budgeting.remove_line(line=line)
        messages.success(request, _("The line is taken out."))
        return redirect(address("budget", pool_year))
    form = answer_of(
        request,
        forms.BudgetLineForm,
        arts=_arts(seen),
        initial=forms.BudgetLineForm.initial_of(line),
    )
    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=lambda: budgeting.write_line(budget=draft, line=line, **form.cleaned_data),
        back="budget",
        done=_("The line is saved."),
        title=_("A line of the budget"),
        submit_label=_("Save"),
        template="municipalities/costs/accounts/budget_line.html",
    )


@login_required
def budget_import(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """The lines of the draft from the budget column of a file."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    draft = _draft(pool_year)
    mappings = seen.cooperation.accounts_mappings.order_by("name")
    form = answer_of(request, forms.BudgetFileForm, mappings=mappings)

    def run() -> None:
        mapping = form.cleaned_data["mapping"]
        how = files.Reading(
            pool=pool,
            year=year,
            columns=mapping.columns,
            selection=mapping.selection,
            treatments=queries.treatments_of(seen.pool.cooperation_id),
            is_revenue_positive=mapping.is_revenue_positive,
            value="budget",
        )
        read = files.read(form.cleaned_data["file"].read(), how=how)
        budgeting.fill_budget(budget=draft, lines=read.lines)

    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=run,
        back="budget",
        done=_("The draft has the lines of the file. Look at its sums."),
        title=_("Take the budget from a file"),
        lead=_("The lines that the draft has are replaced."),
        submit_label=_("Take in the file"),
    )


@login_required
def budget_adopt(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """The host's council has adopted the draft."""
    seen, pool_year = managed_year(request, cooperation, pool, year)
    draft = _draft(pool_year)
    form = answer_of(request, forms.AdoptForm)
    return year_form(
        request,
        seen,
        pool_year,
        form=form,
        run=lambda: budgeting.adopt_budget(budget=draft, at=timezone.now(), **form.cleaned_data),
        back="budget",
        done=_("The budget is adopted. The instalments can be made."),
        title=_("The budget is adopted"),
        lead=_("From then on it cannot be changed, only revised by a new one."),
        submit_label=_("Record the adoption"),
    )


@require_POST
@login_required
def budget_drop(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Throw the draft away."""
    _seen, pool_year = managed_year(request, cooperation, pool, year)
    try:
        budgeting.drop_budget(budget=_draft(pool_year))
    except Refused as error:
        messages.error(request, told(error))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect(address("budget", pool_year))


def _draft(pool_year: PoolYear) -> Budget:
    found = get_object_or_404(pool_year.budgets, state=BudgetState.DRAFT)
    found.pool_year = pool_year
    return found


def _arts(seen: VisiblePool) -> list[tuple[str, str]]:
    chosen = queries.names_chosen(seen.pool.cooperation_id)
    known = queries.treatments_of(seen.pool.cooperation_id)
    return [(art, art_name(art, chosen=chosen)) for art in sorted(known)]
