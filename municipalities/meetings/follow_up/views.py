"""What is to be followed up, across meetings and municipalities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.meetings.follow_up import operations, presenters, queries
from municipalities.meetings.follow_up.forms import (
    ChangeFollowUpForm,
    FilterForm,
    FollowUpForm,
    GiveUpForm,
    ReportForm,
)
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.meetings.follow_up.words import WORDS
from municipalities.meetings.forums.addressed import visible_forum

TEMPLATE = "municipalities/meetings/form.html"
PAGE_ROWS = 50
VIEW, MANAGE = Permission.VIEW_MEETINGS, Permission.MANAGE_MEETINGS


@require_safe
@login_required
def follow_ups(request: HttpRequest, cooperation: str) -> HttpResponse:
    """The list, filtered; `?format=` downloads everything that the filter leaves."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    today = local_day(timezone.now())
    rows = queries.listed(cooperation=visible.cooperation, user=reader(request))
    form = FilterForm(request.GET, cooperation=visible.cooperation, rows=rows, seen=reader(request))
    rows = form.chosen(rows, today=today) if form.is_valid() else rows.none()
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        table = presenters.follow_up_table(rows, slug=cooperation, today=today)
        name = f"{cooperation}-follow-ups"
        return download(table, file_format=request.GET["format"], name=name)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "cooperation": visible.cooperation,
        "form": form,
        "forum": form.cleaned_data.get("forum") if visible.may(MANAGE) else None,
        "page": page,
        "table": presenters.follow_up_table(page, slug=cooperation, today=today),
    }
    status = 422 if form.errors else 200
    return render(
        request, "municipalities/meetings/follow_up/follow_ups.html", context, status=status
    )


@require_safe
@login_required
def meeting_follow_up(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One of them, what was reported, and what the reader can do."""
    visible, found = _visible(request, cooperation, pk)
    reports = found.reports.select_related("reported_by", "meeting").order_by("-reported_at")
    is_open = found.state == FollowUpState.OPEN
    context = {
        "cooperation": visible.cooperation,
        "follow_up": found,
        "facts": presenters.facts(found, today=local_day(timezone.now())),
        "reports": presenters.report_rows(reports, slug=cooperation),
        "may_report": is_open and _may_report(request, visible, found),
        "may_manage": visible.may(MANAGE),
        "is_open": is_open,
    }
    return render(request, "municipalities/meetings/follow_up/follow_up.html", context)


@login_required
def meeting_follow_up_new(request: HttpRequest, cooperation: str, forum: int) -> HttpResponse:
    """Something to be done that comes from no item."""
    found = visible_forum(request, cooperation=cooperation, pk=forum, permission=MANAGE)
    form = answer_of(request, FollowUpForm, forum=found.forum)

    def run() -> str:
        made = operations.agree(
            forum=found.forum, by=reader(request), at=timezone.now(), **form.cleaned_data
        )
        return reverse("meeting_follow_up", args=[cooperation, made.pk])

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The follow-up is agreed. Whoever is responsible is reminded."),
        back=reverse("follow_ups", args=[cooperation]),
        title=_("New follow-up"),
        lead=found.forum.name,
        submit_label=_("Store"),
        template=TEMPLATE,
        **_list(cooperation),
    )


@login_required
def meeting_follow_up_report(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Report what is done."""
    visible, found = _visible(request, cooperation, pk)
    if not _may_report(request, visible, found):
        raise Http404
    form = answer_of(request, ReportForm, follow_up=found)

    def run() -> None:
        operations.report(
            follow_up=found, by=reader(request), at=timezone.now(), **form.cleaned_data
        )

    return _form(
        request,
        visible,
        found,
        form=form,
        run=run,
        done=_("The report is stored."),
        title=_("Report back"),
        submit_label=_("Store"),
    )


@login_required
def meeting_follow_up_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change the deadline, or who is responsible."""
    visible, found = _visible(request, cooperation, pk, permission=MANAGE)
    initial = FollowUpForm.initial_of(found)
    form = answer_of(request, ChangeFollowUpForm, forum=found.forum, initial=initial)

    def run() -> None:
        operations.change(follow_up=found, **form.cleaned_data)

    return _form(
        request,
        visible,
        found,
        form=form,
        run=run,
        done=_("The follow-up is changed."),
        title=_("Change the follow-up"),
        submit_label=_("Store"),
    )


@login_required
def meeting_follow_up_give_up(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """It is not to be done after all."""
    visible, found = _visible(request, cooperation, pk, permission=MANAGE)
    form = answer_of(request, GiveUpForm)

    def run() -> None:
        reason = form.cleaned_data["reason"]
        operations.give_up(follow_up=found, reason=reason, at=timezone.now())

    return _form(
        request,
        visible,
        found,
        form=form,
        run=run,
        done=_("The follow-up is given up."),
        title=_("Give up the follow-up"),
        submit_label=_("Give up"),
    )


@require_POST
@login_required
def meeting_follow_up_reopen(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """It is to be done after all."""
    _seen, found = _visible(request, cooperation, pk, permission=MANAGE)
    operations.reopen(follow_up=found)
    messages.success(request, _("The follow-up is open again."))
    return redirect("meeting_follow_up", cooperation=cooperation, pk=pk)


def _visible(
    request: HttpRequest, cooperation: str, pk: int, *, permission: Permission = VIEW
) -> tuple[Visible, MeetingFollowUp]:
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    rows = queries.listed(cooperation=visible.cooperation, user=reader(request))
    return visible, get_object_or_404(rows, pk=pk)


def _may_report(request: HttpRequest, visible: Visible, found: MeetingFollowUp) -> bool:
    return visible.may(MANAGE) or found.user_id == reader(request).pk


def _form(request: HttpRequest, visible: Visible, found: MeetingFollowUp, **asked) -> HttpResponse:
    slug = visible.cooperation.slug
    return form_page(
        request,
        cooperation=visible.cooperation,
        words=WORDS,
        back=reverse("meeting_follow_up", args=[slug, found.pk]),
        lead=found.text,
        template=TEMPLATE,
        above_label=_("Follow-up"),
        above_url=reverse("meeting_follow_up", args=[slug, found.pk]),
        **_list(slug),
        **asked,
    )


def _list(slug: str) -> dict[str, Any]:
    return {"list_label": _("Follow-ups"), "list_url": reverse("follow_ups", args=[slug])}
