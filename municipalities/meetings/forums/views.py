"""The forums of a cooperation, one of them, and its members."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.words import number
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.meetings.agenda.presenters import shown_coverage
from municipalities.meetings.agenda.queries import coverage_of
from municipalities.meetings.follow_up.presenters import follow_up_table
from municipalities.meetings.follow_up.queries import open_of
from municipalities.meetings.forums import operations, presenters, queries
from municipalities.meetings.forums.addressed import visible_forum
from municipalities.meetings.forums.forms import (
    ChangeMemberForm,
    EndForm,
    ForumForm,
    MemberForm,
)
from municipalities.meetings.forums.words import WORDS
from municipalities.meetings.meeting.presenters import meeting_table
from municipalities.meetings.meeting.queries import meetings_of

TEMPLATE = "municipalities/meetings/form.html"
MANAGE = Permission.MANAGE_MEETINGS


@require_safe
@login_required
def forums(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every forum that the reader may see, and with whom no bilateral meeting is held yet."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_MEETINGS)
    now = timezone.now()
    year = local_day(now).year
    found = queries.forums_of(
        cooperation=visible.cooperation, user=reader(request), now=now, year=year
    )
    context = {
        "cooperation": visible.cooperation,
        "table": presenters.forum_table(found, slug=cooperation, year=year),
        "missing": [each.name for each in queries.without_meeting(found)],
        "without_forum": _without_forum(visible, day=local_day(now)),
        "year": str(year),
        "may_manage": visible.may(MANAGE),
    }
    return render(request, "municipalities/meetings/forums/forums.html", context)


@require_POST
@login_required
def forums_set_up(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Make the forums of the agreement principles."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    made = operations.set_up(cooperation=visible.cooperation, at=timezone.now())
    told = ngettext(
        "%(count)s forum is set up. Look through its members.",
        "%(count)s forums are set up. Look through their members.",
        len(made),
    )
    messages.success(request, told % {"count": number(len(made))})
    return redirect("forums", cooperation=cooperation)


@require_safe
@login_required
def forum(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What the forum is, its meetings, its minimum topics this year, and its members."""
    found = visible_forum(request, cooperation=cooperation, pk=pk)
    today = local_day(timezone.now())
    members = queries.members_on(forum=found.forum, day=today)
    may_manage = found.may(MANAGE)
    context = {
        "cooperation": found.cooperation,
        "forum": found.forum,
        "facts": presenters.facts(
            found.forum, topics=queries.minimum_topics(forum=found.forum, day=today)
        ),
        "meetings": meeting_table(meetings_of(forum=found.forum), slug=cooperation),
        "coverage": shown_coverage(
            coverage_of(forum=found.forum, year=today.year, today=today), slug=cooperation
        ),
        "year": str(today.year),
        "open": follow_up_table(
            open_of(forum=found.forum),
            slug=cooperation,
            today=today,
            caption=_("Follow-ups that are open"),
        ),
        "members": presenters.member_table(members, slug=cooperation, may_manage=may_manage),
        "may_manage": may_manage and found.forum.ends_date is None,
        "may_propose": found.may(Permission.PROPOSE_ITEMS),
    }
    return render(request, "municipalities/meetings/forums/forum.html", context)


@login_required
def forum_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Another forum."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    form = answer_of(
        request,
        ForumForm,
        cooperation=visible.cooperation,
        initial={"starts_date": local_day(timezone.now()), "language": "nn"},
    )

    def run() -> str:
        made = operations.found(cooperation=visible.cooperation, **form.facts)
        return reverse("forum", args=[cooperation, made.pk])

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The forum is set up. Add its members."),
        back=reverse("forums", args=[cooperation]),
        title=_("New forum"),
        submit_label=_("Set up the forum"),
        template=TEMPLATE,
    )


@login_required
def forum_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change what the forum is."""
    found = visible_forum(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(request, ForumForm, cooperation=found.cooperation, instance=found.forum)

    def run() -> None:
        operations.change(forum=found.forum, **form.facts)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The forum is changed."),
        back=reverse("forum", args=[cooperation, pk]),
        title=_("Change the forum"),
        submit_label=_("Store"),
        template=TEMPLATE,
        **_above(found),
    )


@login_required
def forum_end(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """The forum meets no more from a day."""
    found = visible_forum(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(request, EndForm)

    def run() -> None:
        operations.change(forum=found.forum, ends_date=form.cleaned_data["ends_date"])

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The forum ends. Its meetings and minutes stay."),
        back=reverse("forum", args=[cooperation, pk]),
        title=_("End the forum"),
        lead=_("Its meetings and minutes stay."),
        submit_label=_("End"),
        submit_color="danger",
        template=TEMPLATE,
        **_above(found),
    )


@login_required
def forum_member_new(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Another member."""
    found = visible_forum(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    form = answer_of(
        request,
        MemberForm,
        forum=found.forum,
        initial={"starts_date": local_day(timezone.now())},
    )

    def run() -> None:
        operations.add_member(forum=found.forum, **form.cleaned_data)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The member is added, and is called to meetings that are planned from now on."),
        back=reverse("forum", args=[cooperation, pk]),
        title=_("Add a member"),
        submit_label=_("Add"),
        template=TEMPLATE,
        **_above(found),
    )


@login_required
def forum_member(request: HttpRequest, cooperation: str, pk: int, member: int) -> HttpResponse:
    """Change a member's duty."""
    found = visible_forum(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    who = get_object_or_404(found.forum.members.select_related("user"), pk=member)
    initial = {"duty": who.duty, "municipality": who.municipality_id}
    form = answer_of(request, ChangeMemberForm, forum=found.forum, initial=initial)

    def run() -> None:
        operations.change_member(member=who, **form.cleaned_data)

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The member is changed."),
        back=reverse("forum", args=[cooperation, pk]),
        title=_("Member: %(name)s") % {"name": who},
        submit_label=_("Store"),
        template="municipalities/meetings/forums/member.html",
        member=who,
        forum=found.forum,
        **_above(found),
    )


@login_required
def forum_member_end(request: HttpRequest, cooperation: str, pk: int, member: int) -> HttpResponse:
    """The member is not called from a day."""
    found = visible_forum(request, cooperation=cooperation, pk=pk, permission=MANAGE)
    who = get_object_or_404(found.forum.members.select_related("user"), pk=member)
    form = answer_of(request, EndForm, initial={"ends_date": local_day(timezone.now())})

    def run() -> None:
        operations.end_member(member=who, on=form.cleaned_data["ends_date"])

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The member is not called to meetings that are planned from now on."),
        back=reverse("forum", args=[cooperation, pk]),
        title=_("Member leaves: %(name)s") % {"name": who},
        submit_label=_("Store"),
        template=TEMPLATE,
        **_above(found),
    )


def _without_forum(visible: Visible, *, day: date) -> list[str]:
    if not visible.may(MANAGE):
        return []
    found = queries.without_forum(cooperation=visible.cooperation, day=day)
    return [each.name for each in found]


def _above(found) -> dict[str, Any]:
    slug = found.cooperation.slug
    return {
        "list_label": _("Forums"),
        "list_url": reverse("forums", args=[slug]),
        "above_label": found.forum.name,
        "above_url": reverse("forum", args=[slug, found.forum.pk]),
    }
