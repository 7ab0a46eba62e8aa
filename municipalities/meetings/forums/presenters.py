"""Forums and members as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, moment, number
from municipalities.meetings.forums.models import Forum, ForumMember
from municipalities.meetings.forums.queries import ForumNow
from municipalities.obligations import words as obligation_words


def forum_table(forums: Iterable[ForumNow], *, slug: str, year: int) -> Table:
    """The forums with how far the year has come, and the next meeting."""
    return Table(
        caption=_("Forums"),
        headings=(
            _("Forum"),
            _("Kind"),
            _("Held in %(year)s") % {"year": year},
            _("Next meeting"),
        ),
        rows=tuple(
            Row(
                (
                    each.forum.name,
                    str(each.forum.get_kind_display()),
                    held_of(each),
                    moment(each.next_at) if each.next_at else _("none planned"),
                ),
                url=reverse("forum", args=[slug, each.forum.pk]),
            )
            for each in forums
        ),
    )


def held_of(each: ForumNow) -> str:
    """How many meetings are held of how many the year is to have."""
    return _("%(held)s of %(wanted)s") % {
        "held": number(each.held),
        "wanted": number(each.forum.meetings_a_year),
    }


def facts(forum: Forum, *, topics: Iterable[str]) -> list[tuple[str, str]]:
    """What the forum is, in pairs."""
    days = ngettext("%(count)s day", "%(count)s days", forum.notice_days)
    pairs = [
        (_("Kind"), str(forum.get_kind_display())),
        (_("Meetings a year, at least"), number(forum.meetings_a_year)),
        (_("Called before the meeting"), days % {"count": number(forum.notice_days)}),
        (
            _("Items are taken until"),
            ngettext(
                "%(count)s day before the meeting",
                "%(count)s days before the meeting",
                forum.proposal_days,
            )
            % {"count": number(forum.proposal_days)},
        ),
        (_("A third can demand an item"), _("yes") if forum.may_demand else _("no")),
        (_("Minimum agenda"), _topics(topics)),
        (_("Language of the minutes"), str(forum.get_language_display())),
    ]
    if forum.ends_date:
        pairs.append((_("Ended"), day(forum.ends_date)))
    return pairs


def _topics(topics: Iterable[str]) -> str:
    return "; ".join(map(obligation_words.told, topics)) or pgettext("agenda", "none")


def member_table(members: Iterable[ForumMember], *, slug: str, may_manage: bool) -> Table:
    """Who is called, with what duty, for whom."""
    return Table(
        caption=_("Members"),
        headings=(_("Name"), _("Duty"), _("Speaks for"), _("From")),
        rows=tuple(
            Row(
                (
                    str(each),
                    str(each.get_duty_display()),
                    each.municipality.name if each.municipality else "–",
                    day(each.starts_date),
                ),
                url=reverse("forum_member", args=[slug, each.forum_id, each.pk])
                if may_manage
                else "",
            )
            for each in members
        ),
    )
