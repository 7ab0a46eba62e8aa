"""Writing the draft: who was there, and what was said and decided on each item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from legevakt.lib.periods import local_day
from legevakt.lib.words import day
from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem, Outcome
from municipalities.meetings.agenda.operations import add_item
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.minutes.queries import APPROVED
from municipalities.meetings.minutes.rules import marks_of, may_remark, merge, plain
from municipalities.refused import Refused


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the minutes say of an item."""

    discussion: str = ""
    decision: str = ""
    vote: str = ""
    outcome: str = Outcome.NONE


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Whether one who was called was there (None: not noted), and who met instead."""

    is_present: bool | None
    deputy: str = ""


@dataclass(frozen=True, kw_only=True)
class Written:
    """All that the secretary's page says; people and items by their ids."""

    introduction: str
    people: Mapping[int, Presence]
    items: Mapping[int, Said]

    @property
    def marks(self) -> dict[str, str]:
        """A mark of each part: `introduction`, `person-<id>`, `item-<id>`."""
        parts: dict[str, object] = {"introduction": self.introduction}
        parts |= {f"person-{pk}": asdict(each) for pk, each in self.people.items()}
        parts |= {f"item-{pk}": asdict(each) for pk, each in self.items.items()}
        return marks_of(parts)


class WrittenMeanwhile(Refused):
    """Somebody else has stored other words for the same `parts`."""

    def __init__(self, parts: frozenset[str]) -> None:
        super().__init__("written_meanwhile")
        self.parts = parts


@transaction.atomic
def begin(*, meeting: Meeting, by: User | None, at: datetime) -> Minutes:
    """Begin the minutes; what is begun already is given back.

    Raises Refused: the meeting is not called, or it is cancelled.
    """
    now = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if now.state == MeetingState.CANCELLED:
        raise Refused("is_cancelled")
    if now.state != MeetingState.CALLED:
        raise Refused("is_not_called")
    found, _ = Minutes.objects.get_or_create(
        meeting=now, defaults={"written_at": at, "written_by": by}
    )
    return found


def written(minutes: Minutes) -> Written:
    """What is stored, as the secretary's page has it."""
    meeting = minutes.meeting
    people = meeting.invitees.called().values_list("pk", "is_present", "deputy")
    items = meeting.items.values_list("pk", *Said.__dataclass_fields__)
    return Written(
        introduction=minutes.introduction,
        people={pk: Presence(is_present=was, deputy=who) for pk, was, who in people},
        items={
            pk: Said(**dict(zip(Said.__dataclass_fields__, said, strict=True)))
            for pk, *said in items
        },
    )


@transaction.atomic
def write(
    *, minutes: Minutes, said: Written, marks: Mapping[str, str], by: User | None, at: datetime
) -> Minutes:
    """Store what the page says where it was changed; `marks` are of what the page began from.

    Raises WrittenMeanwhile, and stores nothing, where somebody else has written other words
    since; Refused where the minutes are not to be written now.
    """
    found = locked(minutes)
    require_writable(found, at=at)
    now = written(found)
    outcome = merge(mine=said.marks, base=marks, now=now.marks)
    if outcome.both:
        raise WrittenMeanwhile(outcome.both)
    people = {pk: each for pk, each in said.people.items() if f"person-{pk}" in outcome.to_write}
    _record(found.meeting, people={**now.people, **people})
    for item in found.meeting.items.filter(pk__in=said.items).order_by("pk"):
        if f"item-{item.pk}" in outcome.to_write:
            write_item(item=item, **asdict(said.items[item.pk]))
    if "introduction" in outcome.to_write:
        found.introduction = said.introduction
    if outcome.to_write:
        found.written_at, found.written_by = at, by
        found.save(update_fields=["introduction", "written_at", "written_by"])
    return found


@transaction.atomic
def write_item(
    *,
    item: AgendaItem,
    discussion: str = "",
    decision: str = "",
    vote: str = "",
    outcome: str = Outcome.NONE,
) -> AgendaItem:
    """Write what was said and decided on an item, and what became of it.

    The database refuses it when the minutes are approved.
    """
    item.discussion, item.decision = plain(discussion), plain(decision)
    item.vote, item.outcome = vote, outcome
    item.save(update_fields=[*Said.__dataclass_fields__])
    return item


@transaction.atomic
def record_presence(
    *, meeting: Meeting, present: set[int], deputies: Mapping[int, str] | None = None
) -> None:
    """Note who of the called were there, by their ids; the others were absent.

    `deputies` says who met instead of an absent one. Raises Refused: somebody is told to be
    there and to be met for.
    """
    deputies = deputies or {}
    people = {
        pk: Presence(is_present=pk in present, deputy=deputies.get(pk, ""))
        for pk in meeting.invitees.called().values_list("pk", flat=True)
    }
    _record(meeting, people=people)


@transaction.atomic
def take_up(
    *, minutes: Minutes, kind: str, title: str, text: str = "", presented_by: str = "", at: datetime
) -> AgendaItem:
    """Put an item that the meeting itself took up last on its agenda. Raises Refused."""
    found = locked(minutes)
    require_writable(found, at=at)
    return add_item(
        meeting=found.meeting,
        kind=kind,
        title=title,
        text=text,
        presented_by=presented_by,
        is_added=True,
    )


def locked(minutes: Minutes) -> Minutes:
    """The minutes as they are now, kept from others until the transaction ends."""
    rows = Minutes.objects.select_related(
        "meeting__forum__cooperation__host", "meeting__forum__partner"
    )
    return rows.select_for_update(of=("self",)).get(pk=minutes.pk)


def require_writable(minutes: Minutes, *, at: datetime) -> None:
    """Raises Refused: the minutes are approved, or others are reading them for remarks."""
    if minutes.state in APPROVED:
        raise Refused("is_approved")
    until = minutes.hearing_until_date
    if (
        minutes.state == MinutesState.HEARING
        and until
        and may_remark(until=until, today=local_day(at))
    ):
        raise Refused("is_out_for_remarks", until=day(until))


def _record(meeting: Meeting, *, people: Mapping[int, Presence]) -> None:
    for invitee in meeting.invitees.called().select_related("user").order_by("pk"):
        said = people.get(invitee.pk)
        if said is None or said == Presence(is_present=invitee.is_present, deputy=invitee.deputy):
            continue
        if said.is_present and said.deputy:
            raise Refused("present_and_met_for", field=f"deputy-{invitee.pk}", name=str(invitee))
        invitee.is_present, invitee.deputy = said.is_present, said.deputy
        invitee.save(update_fields=["is_present", "deputy"])
