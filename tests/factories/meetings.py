"""Forums, meetings, minutes and follow-ups for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Proposal, ProposalSupport
from municipalities.meetings.follow_up.models import MeetingFollowUp
from municipalities.meetings.forums.models import Duty, Forum, ForumKind, ForumMember
from municipalities.meetings.meeting.models import Invitee, Meeting, MeetingDocument, MeetingState
from municipalities.meetings.minutes.models import Minutes, MinutesState, Remark

AT = datetime(2025, 10, 1, 9, 0, tzinfo=UTC)
BEGINS_AT = datetime(2025, 10, 28, 8, 0, tzinfo=UTC)
STARTS = date(2022, 1, 1)


def forum(*, cooperation, kind=ForumKind.DIRECTORS, **fields) -> Forum:
    """A forum from 2022: the chief executives' meeting, unless another is asked for."""
    told = {"name": "Kommunedirektørmøtet", "language": "nn", "starts_date": STARTS} | fields
    return Forum.objects.create(cooperation=cooperation, kind=kind, **told)


def bilateral(*, cooperation, partner, **fields) -> Forum:
    """The yearly meeting between the host and a partner."""
    name = f"Årsmøte med {partner.name}"
    return forum(
        cooperation=cooperation, kind=ForumKind.BILATERAL, partner=partner, name=name, **fields
    )


def member(*, forum, user=None, duty=Duty.MEMBER, **fields) -> ForumMember:
    """A member from 2022: the user, or somebody with a name and an address."""
    person = {"user": user} if user else {"name": "Rita Ekstern", "email": "rita@region.example"}
    return ForumMember.objects.create(forum=forum, duty=duty, starts_date=STARTS, **person | fields)


def planned(*, forum, starts_at=BEGINS_AT, **fields) -> Meeting:
    """A planned meeting of two hours; its number is the next of the year."""
    number = forum.meetings.filter(year=starts_at.year).count() + 1
    told = {
        "year": starts_at.year,
        "number": number,
        "ends_at": starts_at + timedelta(hours=2),
        "place": "Knarvik",
        "language": forum.language,
        "planned_at": AT,
    }
    return Meeting.objects.create(forum=forum, starts_at=starts_at, **told | fields)


def called(*, forum, **fields) -> Meeting:
    """A meeting whose call is sent."""
    return planned(forum=forum, state=MeetingState.CALLED, called_at=AT, **fields)


def invitee(*, meeting, user=None, **fields) -> Invitee:
    """One who is called: the user, or somebody with a name and an address."""
    person = {"user": user} if user else {"name": "Rita Ekstern", "email": "rita@region.example"}
    return Invitee.objects.create(meeting=meeting, **person | fields)


def with_document(*, meeting, document) -> MeetingDocument:
    """The document, with the meeting as a whole."""
    return MeetingDocument.objects.create(meeting=meeting, document=document, added_at=AT)


def item(*, meeting, title="Status for legevakta", kind=ItemKind.CASE, **fields) -> AgendaItem:
    """The next item on the agenda of the meeting."""
    position = meeting.items.count() + 1
    return AgendaItem.objects.create(
        meeting=meeting,
        forum=meeting.forum,
        kind=kind,
        title=title,
        **{"position": position} | fields,
    )


def proposed(*, forum, municipality, by=None, title="Bemanning om natta") -> Proposal:
    """An item that a municipality proposes."""
    made = Proposal.objects.create(
        forum=forum,
        municipality=municipality,
        title=title,
        text="Vi ønskjer å drøfte bemanninga.",
        proposed_at=AT,
        proposed_by=by,
    )
    ProposalSupport.objects.create(
        proposal=made, municipality=municipality, supported_at=AT, supported_by=by
    )
    return made


def drafted(*, meeting, by=None, **fields) -> Minutes:
    """Minutes that are begun."""
    return Minutes.objects.create(meeting=meeting, written_at=AT, written_by=by, **fields)


def approved(*, meeting, by=None, content=None) -> Minutes:
    """Minutes that are approved, with a content that is given."""
    return drafted(
        meeting=meeting,
        by=by,
        state=MinutesState.APPROVED,
        approved_at=AT,
        approved_by=by,
        content=content or {"version": 1},
        sha256="0" * 64,
    )


def remarked(*, cooperation, chair) -> Remark:
    """A remark on an item, in minutes that are out for remarks until long after."""
    meeting = called(forum=forum(cooperation=cooperation, name="Driftsmøtet"))
    invitee(meeting=meeting, user=chair, duty=Duty.CHAIR)
    minutes = drafted(
        meeting=meeting,
        state=MinutesState.HEARING,
        hearing_opened_at=BEGINS_AT,
        hearing_until_date=date(2099, 1, 1),
    )
    return Remark.objects.create(
        minutes=minutes, item=item(meeting=meeting), text="Det var tre.", made_at=BEGINS_AT
    )


def follow_up(*, forum, user=None, deadline_date=date(2025, 12, 1), **fields) -> MeetingFollowUp:
    """Something to be done by the user, or by the host's leader."""
    person = {"user": user} if user else {"responsible": "leiar for legevakta"}
    return MeetingFollowUp.objects.create(
        forum=forum,
        deadline_date=deadline_date,
        **{"text": "Leggje fram plan for bemanning", "created_at": AT} | person | fields,
    )
