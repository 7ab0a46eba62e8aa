"""Pages about the rules that leave calls out: all of a central, one, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from callstats.exclusions import operations, presenters, queries, words
from callstats.exclusions.forms import ExclusionForm
from callstats.exclusions.models import Exclusion
from callstats.exclusions.rules import ExclusionState
from legevakt.lib.tables import FORMATS, download
from municipalities.models import Central
from municipalities.queries import is_held
from municipalities.rules import Permission

PAGE_ROWS = 25


@require_safe
@login_required
def exclusions(request: HttpRequest, central: str) -> HttpResponse:
    """Every rule of the central, the latest window first, and which indicators honour which."""
    found = visible_central(request, slug=central)
    rules = found.exclusions.select_related("line", "proposed_by", "decided_by")
    page = Paginator(rules.order_by("-starts_at", "-pk"), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    effects = queries.effects(central=found, rules=list(page))
    context = {
        "central": found,
        "page": page,
        "rows": presenters.rule_rows(page, effects=effects),
        "columns": presenters.RULE_COLUMNS,
        "honouring": presenters.honouring_rows(),
        "honouring_columns": presenters.HONOURING_COLUMNS,
        "national": presenters.national_name(),
        "may_propose": holds(request, found, Permission.PROPOSE_EXCLUSIONS),
    }
    return render(request, "callstats/exclusions/exclusions.html", context)


@require_safe
@login_required
def exclusion(request: HttpRequest, central: str, pk: int) -> HttpResponse:
    """One rule: what it says, what it does, and the calls; `?format=` downloads those.

    The calls hour by hour are for those who see the logs: an hour may have one alone.
    """
    rule = visible_rule(request, central=central, pk=pk)
    may_see_calls = holds(request, rule.central, Permission.VIEW_IMPORTS)
    table = presenters.excluded_table(queries.excluded_calls(rule) if may_see_calls else [])
    file_format = request.GET.get("format", "")
    if file_format in FORMATS and may_see_calls:
        return download(table, file_format=file_format, name=f"{central}-exclusion-{pk}")
    if file_format:
        raise Http404
    effects = queries.effects(central=rule.central, rules=[rule])[rule.pk]
    context = {
        "central": rule.central,
        "rule": rule,
        "color": words.COLORS.get(rule.state, "neutral"),
        "facts": presenters.facts(rule),
        "effect_columns": presenters.EFFECT_COLUMNS,
        "effect_rows": presenters.effect_rows(effects),
        "national": presenters.national_name(),
        "revision": presenters.revision_words(queries.published_months(rule)),
        "table": table,
        "may_see_calls": may_see_calls,
        "rows": table.shown,
    }
    return render(
        request, "callstats/exclusions/exclusion.html", context | what_may_be_done(request, rule)
    )


@login_required
def exclusion_new(request: HttpRequest, central: str) -> HttpResponse:
    """Propose a rule; it leaves nothing out before another person approves it."""
    found = visible_central(request, slug=central)
    if not holds(request, found, Permission.PROPOSE_EXCLUSIONS):
        raise Http404
    form = ExclusionForm(request.POST if request.method == "POST" else None, central=found)
    if request.method == "POST" and form.is_valid():
        try:
            rule = operations.propose(
                central=found, **form.facts, by=request.user, at=timezone.now()
            )
        except operations.ExclusionError as error:
            form.add_error(words.field_of(error), words.error(error))
        else:
            messages.success(request, _("The rule is proposed. Another person must approve it."))
            return redirect("exclusion", central=central, pk=rule.pk)
    context = {"form": form, "central": found}
    status = 422 if form.errors else 200
    return render(request, "callstats/exclusions/new.html", context, status=status)


def visible_central(request: HttpRequest, *, slug: str) -> Central:
    """The central, for who may see it; else 404."""
    found = Central.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(found, slug=slug)


def visible_rule(request: HttpRequest, *, central: str, pk: int) -> Exclusion:
    """The rule of the central, for who may see it; else 404."""
    found = Exclusion.objects.visible_to(request.user).select_related(
        "central__cooperation", "line", "proposed_by", "decided_by", "withdrawn_by"
    )
    return get_object_or_404(found, central__slug=central, pk=pk)


def holds(request: HttpRequest, central: Central, permission: Permission) -> bool:
    return is_held(user=request.user, permission=permission, cooperation=central.cooperation)


def what_may_be_done(request: HttpRequest, rule: Exclusion) -> dict[str, bool]:
    """Which buttons the person gets."""
    may_propose = holds(request, rule.central, Permission.PROPOSE_EXCLUSIONS)
    may_approve = holds(request, rule.central, Permission.APPROVE_EXCLUSIONS)
    is_own = rule.proposed_by_id == request.user.pk
    is_open, is_approved = (
        rule.state == state for state in (ExclusionState.PROPOSED, ExclusionState.APPROVED)
    )
    return {
        "may_decide": is_open and may_approve and not is_own,
        "is_own": is_open and is_own,
        "waits": is_open and not is_own and not may_approve,
        "may_withdraw": (is_approved and (may_approve or may_propose)) or (is_open and may_propose),
    }
