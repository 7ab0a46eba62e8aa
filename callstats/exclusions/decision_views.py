"""Deciding on a rule; the figures of its months are computed again after that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from callstats.exclusions import operations, words
from callstats.exclusions.forms import WithdrawForm
from callstats.exclusions.models import Exclusion
from callstats.exclusions.queries import months_of
from callstats.exclusions.rules import ExclusionState
from callstats.exclusions.views import holds, visible_rule
from callstats.periods.tasks import compute_month
from legevakt.lib.nudging import nudge
from municipalities.rules import Permission

DECIDES = (Permission.APPROVE_EXCLUSIONS,)
WITHDRAWS = (Permission.APPROVE_EXCLUSIONS, Permission.PROPOSE_EXCLUSIONS)


@require_POST
@login_required
def exclusion_approve(request: HttpRequest, central: str, pk: int) -> HttpResponse:
    """Leave the calls out, where an indicator honours that."""
    rule = _rule(request, central=central, pk=pk, permissions=DECIDES)
    done = _("The rule is approved. The figures that honour it are computed again.")
    return _decide(request, rule, operation=operations.approve, done=done)


@require_POST
@login_required
def exclusion_refuse(request: HttpRequest, central: str, pk: int) -> HttpResponse:
    """Turn the rule down; nothing is left out."""
    rule = _rule(request, central=central, pk=pk, permissions=DECIDES)
    done = _("The rule is not approved. It leaves nothing out.")
    return _decide(request, rule, operation=operations.refuse, done=done)


@login_required
def exclusion_withdraw(request: HttpRequest, central: str, pk: int) -> HttpResponse:
    """GET asks why, POST ends the rule; its calls count everywhere again."""
    rule = _rule(request, central=central, pk=pk, permissions=WITHDRAWS)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _("The rule is withdrawn. Its calls count everywhere.")
        operation = partial(operations.withdraw, reason=form.cleaned_data["reason"])
        return _decide(request, rule, operation=operation, done=done)
    if rule.state not in (ExclusionState.PROPOSED, ExclusionState.APPROVED):
        messages.error(request, words.error(operations.AlreadyDecided()))
        return redirect("exclusion", central=rule.central.slug, pk=rule.pk)
    context = {"central": rule.central, "rule": rule, "form": form}
    status = 422 if form.errors else 200
    return render(request, "callstats/exclusions/withdraw.html", context, status=status)


def _rule(
    request: HttpRequest, *, central: str, pk: int, permissions: tuple[Permission, ...]
) -> Exclusion:
    """The rule, for who holds one of the permissions; else 404."""
    rule = visible_rule(request, central=central, pk=pk)
    if not any(holds(request, rule.central, each) for each in permissions):
        raise Http404
    return rule


def _decide(
    request: HttpRequest, rule: Exclusion, *, operation: Callable[..., Exclusion], done: str
) -> HttpResponse:
    try:
        operation(exclusion=rule, by=request.user, at=timezone.now())
    except operations.ExclusionError as error:
        messages.error(request, words.error(error))
    else:
        messages.success(request, done)
        for month in months_of(rule):
            first = month.starts_on
            nudge(compute_month, central_id=rule.central_id, year=first.year, month=first.month)
    return redirect("exclusion", central=rule.central.slug, pk=rule.pk)
