"""Roles and permissions in people's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import Membership
from municipalities.access.rules import MATRIX, Permission, Role

ROLE_NAMES = {
    Role.HOST_DIRECTOR: _("chief executive of the host municipality"),
    Role.PARTNER_DIRECTOR: _("chief executive of a partner municipality"),
    Role.LEADER: _("head of the legevakt"),
    Role.CONTROLLER: _("controller"),
    Role.SECRETARY: _("secretary"),
    Role.MEDICAL_OFFICER: _("municipal medical officer"),
    Role.AUDITOR: _("auditor"),
}

PERMISSION_NAMES = {
    Permission.VIEW_OVERVIEW: _("see the overview and the answer times"),
    Permission.VIEW_IMPORTS: _("see imports and refused rows"),
    Permission.IMPORT_CALLS: _("import call logs"),
    Permission.MANAGE_SOURCES: _("set up sources and tokens"),
    Permission.VIEW_ISSUED_REPORTS: _("read approved annual reports"),
    Permission.VIEW_DRAFT_REPORTS: _("read drafts of the annual report"),
    Permission.PREPARE_REPORT: _("prepare the annual report"),
    Permission.APPROVE_REPORT: _("approve the annual report"),
    Permission.VIEW_DELIVERIES: _("see what was sent to whom"),
    Permission.SEND_DELIVERIES: _("send approved reports"),
    Permission.VIEW_ACCESS: _("see who has access"),
    Permission.MANAGE_ACCESS: _("give and take roles"),
}


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
