"""What of the reviews waits for a person, by the roles that the person has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.rules import Permission, Role, permissions_of
from municipalities.quality.review.measures import still_open
from municipalities.quality.review.models import ManagementReview, PointStatus, ReviewPoint
from municipalities.quality.review.rules import is_late, should_have_begun
from municipalities.quality.review.words import place_of
from municipalities.todo import Todo

SIGN, MANAGE = Permission.SIGN_REVIEW, Permission.MANAGE_QUALITY
ANSWER = Permission.ANSWER_FOR_MUNICIPALITY
ASKED = (SIGN, MANAGE, ANSWER)


@dataclass(frozen=True)
class Held:
    """A role on behalf of a municipality."""

    role: Role
    municipality_id: int
    municipality: str

    def may(self, permission: Permission) -> bool:
        """Whether the role gives the permission."""
        return permission in permissions_of({self.role})


def todos(
    *, slug: str, points: Sequence[ReviewPoint], roles: Sequence[Held], today: date
) -> list[Todo]:
    """The points are of this year and the two before, each with its review, `done` and `told`."""
    found: list[Todo] = []
    if any(each.may(SIGN) for each in roles):
        found += _to_sign(slug, points)
    if any(each.may(MANAGE) for each in roles):
        found += _to_begin(slug, points, today=today)
        found += _late(slug, points, today=today)
    answered = {each.municipality_id: each.municipality for each in roles if each.may(ANSWER)}
    return found + _to_tell(slug, points, answered=answered, today=today)


def _to_sign(slug: str, points: Sequence[ReviewPoint]) -> list[Todo]:
    return [
        Todo(
            _("The yearly review of %(year)s is ready to be signed") % {"year": review.year},
            _address("review", slug, review.year),
        )
        for review in _reviews(points)
        if not review.signed_at
        and not any(
            each.status == PointStatus.OPEN for each in points if each.review_id == review.pk
        )
    ]


def _to_begin(slug: str, points: Sequence[ReviewPoint], *, today: date) -> list[Todo]:
    due = should_have_begun(today.year)
    if today < due or any(review.year == today.year for review in _reviews(points)):
        return []
    text = _("The yearly review of %(year)s is not begun") % {"year": today.year}
    return [Todo(text, _address("reviews", slug), due)]


def _late(slug: str, points: Sequence[ReviewPoint], *, today: date) -> list[Todo]:
    return [
        Todo(
            _("The measure of the review %(year)s, %(place)s, is late: %(who)s")
            % {"year": each.review.year, "place": place_of(each.code), "who": each.responsible},
            _address("review_point", slug, each.review.year, each.code),
            each.deadline_date,
        )
        for each in still_open(points)
        if is_late(each.deadline_date, today=today)
    ]


def _to_tell(
    slug: str, points: Sequence[ReviewPoint], *, answered: dict[int, str], today: date
) -> list[Todo]:
    """Of this year's review and last year's; what was never recorded before that is past."""
    told: dict[int, Any] = {each.review_id: each.told for each in points}  # type: ignore[attr-defined]
    return [
        Todo(
            _("%(municipality)s: the council is to be told of the yearly review of %(year)s")
            % {"municipality": name, "year": review.year},
            _address("review", slug, review.year),
        )
        for review in _reviews(points)
        if review.signed_at and review.year >= today.year - 1
        for pk, name in answered.items()
        if pk not in told[review.pk]
    ]


def _reviews(points: Sequence[ReviewPoint]) -> list[ManagementReview]:
    """Each review once, the earliest first."""
    known = {each.review_id: each.review for each in points}
    return sorted(known.values(), key=lambda review: review.year)


def _address(name: str, slug: str, *more: object) -> str:
    return reverse(name, args=[slug, *more])
