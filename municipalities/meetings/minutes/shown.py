"""The content of minutes in the words of the active language: the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.periods import OSLO
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, moment
from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Outcome, Standing
from municipalities.meetings.agenda.words import title_of
from municipalities.meetings.forums.models import Duty
from municipalities.meetings.topics.prepared import Page
from municipalities.meetings.topics.queries import page_of

Content = Mapping[str, Any]
COLORS = {
    Outcome.TREATED: "success",
    Outcome.POSTPONED: "warning",
    Outcome.WITHDRAWN: "neutral",
    Outcome.NONE: "danger",
}


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """An item: its number and title, and texts as they were written."""

    position: int
    heading: str
    kind: str
    note: str
    text: str
    discussion: str
    decision: str
    vote: str
    outcome: str
    color: str
    registered_as: str
    page: Page | None
    follow_ups: Table | None


@dataclass(frozen=True, kw_only=True)
class ShownRemark:
    """A remark, on an item or on the whole, with its answer."""

    about: str
    by: str
    text: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ShownMinutes:
    """Minutes in words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    introduction: str
    people: Table
    items: tuple[ShownItem, ...]
    remarks: tuple[ShownRemark, ...]


def shown(content: Content) -> ShownMinutes:
    """The minutes of a content, which is of version 1."""
    titles = {each["position"]: _heading(each) for each in content["items"]}
    return ShownMinutes(
        title=title(content),
        facts=_facts(content),
        introduction=content["introduction"],
        people=_people(content["people"]),
        items=tuple(_item(each, content=content) for each in content["items"]),
        remarks=tuple(_remark(each, titles=titles) for each in content["remarks"]),
    )


def title(content: Content) -> str:
    """The forum, and the number of the meeting in its year."""
    meeting = content["meeting"]
    return _("Minutes: %(forum)s %(number)s/%(year)s") % {
        "forum": content["forum"]["name"],
        "number": meeting["number"],
        "year": meeting["year"],
    }


def _facts(content: Content) -> tuple[tuple[str, str], ...]:
    meeting = content["meeting"]
    place = meeting["place"] or (_("Video meeting") if meeting["is_video"] else "")
    pairs = (
        (_("Cooperation"), content["cooperation"]),
        (_("Meeting"), meeting["title"]),
        (_("Time"), _span(meeting["starts_at"], meeting["ends_at"])),
        (_("Place"), place),
        (_("Minutes written by"), content["written_by"]),
        (_("Approval"), _approval(content)),
    )
    return tuple((term, value) for term, value in pairs if value)


def _approval(content: Content) -> str:
    if not content["approved_at"]:
        return ""
    at = moment(datetime.fromisoformat(content["approved_at"]))
    return _("%(at)s by %(name)s") % {"at": at, "name": content["approved_by"]}


def _span(starts_at: str, ends_at: str) -> str:
    """From a moment to another, on one day as a rule."""
    start, end = (datetime.fromisoformat(each).astimezone(OSLO) for each in (starts_at, ends_at))
    last = end.strftime(_("%H:%M")) if start.date() == end.date() else moment(end)
    return _("%(first)s to %(last)s") % {"first": moment(start), "last": last}


def _people(people: list[Content]) -> Table:
    rows = [
        Row(
            (
                each["name"],
                each["municipality"] or "–",
                str(Duty(each["duty"]).label),
                _presence(each),
            )
        )
        for each in people
    ]
    headings = (_("Name"), _("Municipality"), _("Duty"), _("Presence"))
    return Table(_("Present and absent"), headings, tuple(rows))


def _presence(person: Content) -> str:
    if person["is_present"] is None:
        return _("not noted")
    if person["is_present"]:
        return _("present")
    if person["deputy"]:
        return _("absent; %(deputy)s met instead") % {"deputy": person["deputy"]}
    return _("absent")


def _item(item: Content, *, content: Content) -> ShownItem:
    outcome = Outcome(item["outcome"])
    is_standing = item["kind"] == ItemKind.STANDING
    return ShownItem(
        position=item["position"],
        heading=_heading(item),
        kind="" if is_standing else _kind(item),
        note=_note(item, previous=content["previous"]),
        text=item["text"],
        discussion=item["discussion"],
        decision=item["decision"],
        vote=item["vote"],
        outcome="" if is_standing and outcome == Outcome.NONE else str(outcome.label),
        color=COLORS[outcome],
        registered_as=item["registered_as"],
        page=page_of(code=item["page"], facts=item["facts"]) if item["facts"] else None,
        follow_ups=_follow_ups(item["follow_ups"], of=_heading(item)),
    )


def _heading(item: Content) -> str:
    fields = ("kind", "standing", "title", "topic")
    named = title_of(AgendaItem(**{name: item[name] for name in fields}))
    return f"{item['case']} {named}".strip()


def _kind(item: Content) -> str:
    parts = [str(ItemKind(item["kind"]).label)]
    if item["is_added"]:
        parts.append(_("taken up in the meeting"))
    if item["presented_by"]:
        parts.append(_("presented by %(name)s") % {"name": item["presented_by"]})
    return ", ".join(parts)


def _note(item: Content, *, previous: Content | None) -> str:
    """What the item on the previous meeting's minutes was about."""
    if item["standing"] != Standing.APPROVE_MINUTES:
        return ""
    if previous is None:
        return _("The forum has no earlier minutes here.")
    return _("The minutes of meeting %(number)s/%(year)s were approved %(at)s.") % {
        "number": previous["number"],
        "year": previous["year"],
        "at": moment(datetime.fromisoformat(previous["approved_at"])),
    }


def _follow_ups(follow_ups: list[Content], *, of: str) -> Table | None:
    if not follow_ups:
        return None
    rows = [
        Row(
            (
                each["text"],
                each["responsible"],
                each["municipality"] or "–",
                day(date.fromisoformat(each["deadline_date"])),
            )
        )
        for each in follow_ups
    ]
    headings = (_("What is to be done"), _("Responsible"), _("Municipality"), _("Deadline"))
    return Table(_("To be followed up: %(item)s") % {"item": of}, headings, tuple(rows))


def _remark(remark: Content, *, titles: Mapping[int, str]) -> ShownRemark:
    by = ", ".join(each for each in (remark["by"], remark["municipality"]) if each)
    return ShownRemark(
        about=titles.get(remark["position"], "") or _("The whole"),
        by=by,
        text=remark["text"],
        answer=remark["answer"],
    )
