"""Setting up forums, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.models import Membership, User
from municipalities.access.queries import people_with
from municipalities.access.rules import Role
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Duty, Forum, ForumKind, ForumMember
from municipalities.register.models import Municipality

OPEN = {"ends_date__isnull": True}
WRITTEN_FORMS = ("nn", "nb")


@dataclass(frozen=True)
class Template:
    """A forum of the agreement principles: its kind, what it is evidence for, and who meets."""

    kind: ForumKind
    obligation_code: str
    meetings_a_year: int
    members: frozenset[Role]


COMMON = (
    Template(ForumKind.DIRECTORS, "director-meetings", 3, frozenset({Role.PARTNER_DIRECTOR})),
    Template(ForumKind.OFFICERS, "officers-forum", 1, frozenset({Role.MEDICAL_OFFICER})),
    Template(ForumKind.REGIONAL, "mayors-orientation", 1, frozenset({Role.PARTNER_DIRECTOR})),
)
BILATERAL = Template(
    ForumKind.BILATERAL, "bilateral-meeting", 1, frozenset({Role.PARTNER_DIRECTOR})
)


@transaction.atomic
def set_up(*, cooperation: Cooperation, at: datetime) -> list[Forum]:
    """The forums that the agreement principles name, with members by their roles.

    Those that are there stay as they are; safe to repeat.
    """
    Cooperation.objects.select_for_update(no_key=True).get(pk=cooperation.pk)
    today = local_day(at)
    made = [_set_up(cooperation, each, partner=None, today=today) for each in COMMON]
    partners = cooperation.participants.on(today).exclude(municipality=cooperation.host_id)
    for each in partners.select_related("municipality"):
        made.append(_set_up(cooperation, BILATERAL, partner=each.municipality, today=today))
    return [forum for forum in made if forum is not None]


@transaction.atomic
def found(*, cooperation: Cooperation, **facts: Any) -> Forum:
    """A forum of the given facts (fields of Forum)."""
    return Forum.objects.create(cooperation=cooperation, **facts)


@transaction.atomic
def change(*, forum: Forum, **facts: Any) -> Forum:
    """Change the facts that are given."""
    for name, value in facts.items():
        setattr(forum, name, value)
    forum.save(update_fields=list(facts))
    return forum


@transaction.atomic
def add_member(
    *,
    forum: Forum,
    duty: str,
    starts_date: date,
    user: User | None = None,
    name: str = "",
    email: str = "",
    municipality: Municipality | None = None,
) -> ForumMember:
    """A member from the day: a user, or a name with an address."""
    return ForumMember.objects.create(
        forum=forum,
        user=user,
        name=name,
        email=email,
        municipality=municipality,
        duty=duty,
        starts_date=starts_date,
    )


@transaction.atomic
def change_member(*, member: ForumMember, duty: str, municipality: Municipality | None) -> None:
    """Give a member another duty, or another municipality to speak for."""
    member.duty, member.municipality = duty, municipality
    member.save(update_fields=["duty", "municipality"])


@transaction.atomic
def end_member(*, member: ForumMember, on: date) -> None:
    """The member is not called from the day."""
    member.ends_date = max(on, member.starts_date)
    member.save(update_fields=["ends_date"])


def _set_up(
    cooperation: Cooperation, template: Template, *, partner: Municipality | None, today: date
) -> Forum | None:
    language = cooperation.language if cooperation.language in WRITTEN_FORMS else "nn"
    with translation.override(language):
        name = _name(template.kind, partner=partner)
    is_such = Q(kind=template.kind, partner=partner) | Q(name=name)
    if cooperation.forums.filter(is_such, **OPEN).exists():
        return None
    forum = found(
        cooperation=cooperation,
        kind=template.kind,
        name=name,
        partner=partner,
        obligation_code=template.obligation_code,
        meetings_a_year=template.meetings_a_year,
        language=language,
        starts_date=today,
    )
    _take_in(forum, _people(cooperation, template, partner=partner), today=today)
    return forum


def _name(kind: ForumKind, *, partner: Municipality | None) -> str:
    if partner is not None:
        return _("Yearly meeting with %(municipality)s") % {"municipality": partner.name}
    return {
        ForumKind.DIRECTORS: _("Meeting of the chief executives"),
        ForumKind.OFFICERS: _("Forum of heads of services and medical officers"),
        ForumKind.REGIONAL: _("Orientation in the regional council"),
    }[kind]


def _people(
    cooperation: Cooperation, template: Template, *, partner: Municipality | None
) -> Iterable[tuple[Duty, Membership]]:
    duties = {Role.HOST_DIRECTOR: Duty.CHAIR, Role.SECRETARY: Duty.SECRETARY}
    roles = {Role.HOST_DIRECTOR, Role.SECRETARY, Role.LEADER, *template.members}
    for each in people_with(cooperation=cooperation, roles=roles):
        if partner is None or each.municipality_id in (cooperation.host_id, partner.pk):
            yield duties.get(Role(each.role), Duty.MEMBER), each


def _take_in(forum: Forum, people: Iterable[tuple[Duty, Membership]], *, today: date) -> None:
    """Each person once; where several could be the chair, the first is."""
    taken: set[int] = set()
    has_chair = False
    for duty, each in sorted(people, key=lambda pair: pair[0] != Duty.CHAIR):
        if each.user_id in taken:
            continue
        taken.add(each.user_id)
        as_chair = duty == Duty.CHAIR and not has_chair
        has_chair = has_chair or as_chair
        add_member(
            forum=forum,
            user=each.user,
            municipality=each.municipality,
            duty=duty if duty != Duty.CHAIR or as_chair else Duty.MEMBER,
            starts_date=today,
        )
