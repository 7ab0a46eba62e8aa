"""Items that participants propose, and what becomes of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.words import moment
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page, told
from municipalities.meetings.agenda import operations, presenters, queries
from municipalities.meetings.agenda.forms import DeclineForm, ProposalForm, SupportForm, TakeForm
from municipalities.meetings.agenda.models import Proposal, ProposalState
from municipalities.meetings.agenda.words import WORDS
from municipalities.meetings.forums.addressed import VisibleForum, visible_forum
from municipalities.meetings.meeting.models import MeetingState
from municipalities.refused import Refused

TEMPLATE = "municipalities/meetings/form.html"
MANAGE, PROPOSE = Permission.MANAGE_MEETINGS, Permission.PROPOSE_ITEMS


@require_safe
@login_required
def proposals(request: HttpRequest, cooperation: str) -> HttpResponse:
    """What is proposed in the forums that the reader sees."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_MEETINGS)
    rows = queries.proposals_of(cooperation=visible.cooperation, user=reader(request))
    context = {
        "cooperation": visible.cooperation,
        "table": presenters.proposal_table(rows, slug=cooperation),
        "may_propose": visible.may(PROPOSE),
    }
    return render(request, "municipalities/meetings/agenda/proposals.html", context)


@require_safe
@login_required
def proposal(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One of them, who demands it, and what the reader can do about it."""
    visible, found = _visible(request, cooperation, pk)
    supports = found.supports.select_related("municipality").order_by("municipality__number")
    supporters = [each.municipality for each in supports]
    own = _acted_for(request, found).exclude(pk__in=[each.pk for each in supporters])
    is_open = found.state == ProposalState.OPEN
    participants = queries.participants_of(found.forum, day=local_day(timezone.now()))
    context = {
        "cooperation": visible.cooperation,
        "proposal": found,
        "facts": presenters.proposal_facts(found, supporters=[each.name for each in supporters]),
        "third": presenters.third(
            supporters=sum(each.pk in participants for each in supporters),
            participants=len(participants),
        )
        if found.forum.may_demand and is_open
        else "",
        "may_manage": visible.may(MANAGE) and is_open,
        "may_support": is_open and found.forum.may_demand and own.exists(),
        "may_withdraw": is_open
        and _acted_for(request, found).filter(pk=found.municipality_id).exists(),
    }
    return render(request, "municipalities/meetings/agenda/proposal.html", context)


@login_required
def proposal_new(request: HttpRequest, cooperation: str, forum: int) -> HttpResponse:
    """Propose an item for the forum's next meeting."""
    found = visible_forum(request, cooperation=cooperation, pk=forum, permission=PROPOSE)
    acted_for = _acted_for_in(request, found)
    if not acted_for.exists():
        raise Http404
    form = answer_of(request, ProposalForm, municipalities=acted_for)

    def run() -> str:
        now = timezone.now()
        facts = {name: form.cleaned_data[name] for name in ("municipality", "title", "text")}
        document = form.kept_document(cooperation=found.cooperation, by=reader(request), at=now)
        made = operations.propose(
            forum=found.forum, document=document, by=reader(request), at=now, **facts
        )
        return reverse("proposal", args=[cooperation, made.pk])

    return form_page(
        request,
        cooperation=found.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The item is proposed. You are told here what becomes of it."),
        back=reverse("forum", args=[cooperation, forum]),
        title=_("Propose an item"),
        lead=_in_time(found),
        submit_label=_("Propose"),
        template=TEMPLATE,
        list_label=_("Forums"),
        list_url=reverse("forums", args=[cooperation]),
        above_label=found.forum.name,
        above_url=reverse("forum", args=[cooperation, forum]),
    )


@login_required
def proposal_take(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Put it on the agenda of a meeting."""
    visible, found = _visible(request, cooperation, pk, permission=MANAGE)
    meetings = found.forum.meetings.filter(
        state=MeetingState.PLANNED, starts_at__gt=timezone.now()
    ).order_by("starts_at")
    form = answer_of(request, TakeForm, meetings=meetings, initial={"meeting": meetings.first()})

    def run() -> str:
        meeting = form.cleaned_data["meeting"]
        operations.take(proposal=found, meeting=meeting, by=reader(request), at=timezone.now())
        return reverse("agenda", args=[cooperation, meeting.pk])

    lead = "" if meetings else _("The forum has no planned meeting with an open agenda. Plan one.")
    return _form(
        request,
        visible,
        found,
        form=form,
        run=run,
        done=_("The item is on the agenda."),
        title=_("Put on an agenda: %(title)s") % {"title": found.title},
        lead=lead,
        submit_label=_("Put on the agenda"),
    )


@login_required
def proposal_decline(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Say why it is not taken up."""
    visible, found = _visible(request, cooperation, pk, permission=MANAGE)
    form = answer_of(request, DeclineForm)

    def run() -> None:
        operations.decline(
            proposal=found,
            answer=form.cleaned_data["answer"],
            by=reader(request),
            at=timezone.now(),
        )

    return _form(
        request,
        visible,
        found,
        form=form,
        run=run,
        done=_("The answer is stored."),
        title=_("Not taken up: %(title)s") % {"title": found.title},
        lead="",
        submit_label=_("Store the answer"),
    )


@login_required
def proposal_support(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Demand it on behalf of a municipality."""
    visible, found = _visible(request, cooperation, pk, permission=PROPOSE)
    form = answer_of(request, SupportForm, municipalities=_acted_for(request, found))

    def run() -> None:
        operations.support(
            proposal=found,
            municipality=form.cleaned_data["municipality"],
            by=reader(request),
            at=timezone.now(),
        )

    return _form(
        request,
        visible,
        found,
        form=form,
        run=run,
        done=_("Your municipality demands the item."),
        title=_("Demand: %(title)s") % {"title": found.title},
        lead=_("When a third of the participants demand an item, it must be on the agenda."),
        submit_label=_("Demand the item"),
    )


@require_POST
@login_required
def proposal_withdraw(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Who proposed it does not want it any more."""
    _seen, found = _visible(request, cooperation, pk, permission=PROPOSE)
    if not _acted_for(request, found).filter(pk=found.municipality_id).exists():
        raise Http404
    try:
        operations.withdraw(proposal=found, by=reader(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, told(refused, WORDS))
    else:
        messages.success(request, _("The proposed item is withdrawn."))
    return redirect("proposal", cooperation=cooperation, pk=pk)


def _visible(
    request: HttpRequest,
    cooperation: str,
    pk: int,
    *,
    permission: Permission = Permission.VIEW_MEETINGS,
) -> tuple[Visible, Proposal]:
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    rows = Proposal.objects.visible_to(reader(request)).select_related(
        "forum__cooperation__host", "municipality", "item__meeting", "document"
    )
    return visible, get_object_or_404(rows, forum__cooperation=visible.cooperation, pk=pk)


def _acted_for(request: HttpRequest, proposal: Proposal):
    return _of_forum(request, cooperation=proposal.forum.cooperation, forum=proposal.forum)


def _acted_for_in(request: HttpRequest, found: VisibleForum):
    return _of_forum(request, cooperation=found.cooperation, forum=found.forum)


def _of_forum(request: HttpRequest, *, cooperation, forum):
    own = municipalities_acted_for(
        user=reader(request), permission=PROPOSE, cooperation=cooperation
    )
    if forum.partner_id:
        own = own.filter(pk__in=(forum.partner_id, cooperation.host_id))
    return own


def _in_time(found: VisibleForum) -> str:
    """For which meeting an item proposed now comes in time."""
    meeting = queries.taken_for(forum=found.forum, at=timezone.now())
    if meeting is None:
        return _("No meeting with an open agenda is planned in time. The item waits for the next.")
    return _("In time for the meeting %(when)s.") % {"when": moment(meeting.starts_at)}


def _form(request: HttpRequest, visible: Visible, found: Proposal, **asked) -> HttpResponse:
    slug = visible.cooperation.slug
    return form_page(
        request,
        cooperation=visible.cooperation,
        words=WORDS,
        back=reverse("proposal", args=[slug, found.pk]),
        template=TEMPLATE,
        list_label=_("Proposed items"),
        list_url=reverse("proposals", args=[slug]),
        above_label=found.title,
        above_url=reverse("proposal", args=[slug, found.pk]),
        **asked,
    )
