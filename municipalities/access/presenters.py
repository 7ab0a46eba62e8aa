"""Roles and permissions as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from municipalities.access.models import Membership
from municipalities.access.rules import MATRIX, Permission, Role
from municipalities.access.words import PERMISSION_NAMES, ROLE_NAMES


@dataclass(frozen=True)
class Person:
    """A role in words; `pk` is the membership's."""

    pk: int
    name: str
    email: str
    municipality: str
    role: str


@dataclass(frozen=True)
class Matrix:
    """Cells of the table: permissions down, roles across."""

    columns: list[str]
    rows: list[list[str]]


def people(memberships: Iterable[Membership]) -> list[Person]:
    """One a role, in the order given."""
    return [
        Person(
            pk=membership.pk,
            name=membership.user.name,
            email=membership.user.email,
            municipality=membership.municipality.name,
            role=str(ROLE_NAMES[Role(membership.role)]),
        )
        for membership in memberships
    ]


def people_columns(*, may_manage: bool) -> list[str]:
    """The headings, with one more for who may take roles away."""
    columns = [gettext("Name"), gettext("E-mail address"), gettext("Municipality")]
    return [*columns, gettext("Role"), *([gettext("Change")] if may_manage else [])]


def matrix() -> Matrix:
    """The matrix that decides, as the page shows it."""
    return Matrix(
        columns=[pgettext("permission", "May"), *(str(ROLE_NAMES[role]) for role in Role)],
        rows=[
            [
                str(PERMISSION_NAMES[permission]),
                *(gettext("yes") if permission in MATRIX[role] else "–" for role in Role),
            ]
            for permission in Permission
        ],
    )
