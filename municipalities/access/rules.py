"""Who may do what: the one matrix of roles and permissions.

A permission is held on a cooperation. Plain data, so that the page, the tests and
the grants in the database all read the same table.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What can be permitted; the values are guardian's codenames on Cooperation."""

    VIEW_OVERVIEW = "view_overview"
    VIEW_IMPORTS = "view_imports"
    IMPORT_CALLS = "import_calls"
    MANAGE_FEEDS = "manage_feeds"
    CHECK_FIGURES = "check_figures"
    PUBLISH_FIGURES = "publish_figures"
    PROPOSE_EXCLUSIONS = "propose_exclusions"
    APPROVE_EXCLUSIONS = "approve_exclusions"
    ANNOTATE = "annotate"
    VIEW_ISSUED_REPORTS = "view_issued_reports"
    VIEW_DRAFT_REPORTS = "view_draft_reports"
    PREPARE_REPORT = "prepare_report"
    APPROVE_REPORT = "approve_report"
    VIEW_DELIVERIES = "view_deliveries"
    SEND_DELIVERIES = "send_deliveries"
    VIEW_AGREEMENT = "view_agreement"
    MANAGE_AGREEMENT = "manage_agreement"
    ANSWER_FOR_MUNICIPALITY = "answer_for_municipality"
    MANAGE_OBLIGATIONS = "manage_obligations"
    REGISTER_DECISIONS = "register_decisions"
    MANAGE_HEARINGS = "manage_hearings"
    MANAGE_CENTRAL = "manage_central"
    VIEW_COMPETENCE = "view_competence"
    MANAGE_COMPETENCE = "manage_competence"
    MANAGE_DUTY = "manage_duty"
    DECIDE_EXEMPTIONS = "decide_exemptions"
    VIEW_COSTS = "view_costs"
    VIEW_ALL_COSTS = "view_all_costs"
    MANAGE_COSTS = "manage_costs"
    APPROVE_COSTS = "approve_costs"
    VIEW_MEETINGS = "view_meetings"
    MANAGE_MEETINGS = "manage_meetings"
    PROPOSE_ITEMS = "propose_items"
    APPROVE_MINUTES = "approve_minutes"
    VIEW_QUALITY = "view_quality"
    MANAGE_QUALITY = "manage_quality"
    SIGN_REVIEW = "sign_review"
    VIEW_ACCESS = "view_access"
    MANAGE_ACCESS = "manage_access"


class Role(StrEnum):
    """A person's part in a cooperation."""

    HOST_DIRECTOR = "host_director"
    PARTNER_DIRECTOR = "partner_director"
    LEADER = "leader"
    CONTROLLER = "controller"
    SECRETARY = "secretary"
    MEDICAL_OFFICER = "medical_officer"
    AUDITOR = "auditor"


P = Permission
_READ = frozenset(
    {P.VIEW_OVERVIEW, P.VIEW_AGREEMENT, P.VIEW_COSTS, P.VIEW_ISSUED_REPORTS}
    | {P.VIEW_MEETINGS, P.VIEW_QUALITY}
)
_HOST_READ = (
    _READ
    | {P.VIEW_IMPORTS, P.VIEW_DRAFT_REPORTS, P.VIEW_DELIVERIES, P.VIEW_ACCESS}
    | {P.VIEW_COMPETENCE, P.VIEW_ALL_COSTS}
)

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.HOST_DIRECTOR: _HOST_READ
    | {P.APPROVE_REPORT, P.SEND_DELIVERIES, P.MANAGE_ACCESS}
    | {P.PUBLISH_FIGURES, P.APPROVE_EXCLUSIONS, P.ANNOTATE}
    | {P.MANAGE_AGREEMENT, P.ANSWER_FOR_MUNICIPALITY, P.REGISTER_DECISIONS}
    | {P.MANAGE_HEARINGS, P.DECIDE_EXEMPTIONS, P.APPROVE_COSTS}
    | {P.PROPOSE_ITEMS, P.APPROVE_MINUTES, P.SIGN_REVIEW},
    Role.PARTNER_DIRECTOR: _READ
    | {P.ANSWER_FOR_MUNICIPALITY, P.REGISTER_DECISIONS, P.DECIDE_EXEMPTIONS, P.PROPOSE_ITEMS},
    Role.LEADER: _HOST_READ
    | {P.IMPORT_CALLS, P.MANAGE_FEEDS, P.PREPARE_REPORT, P.SEND_DELIVERIES}
    | {P.CHECK_FIGURES, P.PROPOSE_EXCLUSIONS, P.ANNOTATE}
    | {P.MANAGE_OBLIGATIONS, P.REGISTER_DECISIONS, P.MANAGE_CENTRAL}
    | {P.MANAGE_COMPETENCE, P.MANAGE_DUTY}
    | {P.MANAGE_MEETINGS, P.PROPOSE_ITEMS, P.MANAGE_QUALITY},
    Role.CONTROLLER: _HOST_READ | {P.MANAGE_COSTS},
    Role.SECRETARY: _HOST_READ
    | {P.PREPARE_REPORT, P.SEND_DELIVERIES, P.ANNOTATE}
    | {P.MANAGE_AGREEMENT, P.MANAGE_OBLIGATIONS, P.REGISTER_DECISIONS, P.MANAGE_HEARINGS}
    | {P.MANAGE_MEETINGS, P.PROPOSE_ITEMS, P.MANAGE_QUALITY},
    Role.MEDICAL_OFFICER: _READ | {P.DECIDE_EXEMPTIONS, P.PROPOSE_ITEMS},
    Role.AUDITOR: _HOST_READ,
}

READ_ONLY = frozenset(p for p in Permission if p.value.startswith("view_"))


def permissions_of(roles: set[Role]) -> frozenset[Permission]:
    """The union of what the roles give.

    >>> Permission.MANAGE_AGREEMENT in permissions_of({Role.PARTNER_DIRECTOR})
    False
    """
    return frozenset().union(*(MATRIX[role] for role in roles))


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that give the permission."""
    return frozenset(role for role, held in MATRIX.items() if permission in held)


HOST_ROLES = frozenset({Role.HOST_DIRECTOR, Role.LEADER, Role.CONTROLLER, Role.SECRETARY})
PARTNER_ROLES = frozenset({Role.PARTNER_DIRECTOR})


def may_be_held(*, role: Role, is_host: bool) -> bool:
    """Whether the role may be held on behalf of the host, or of a partner.

    >>> may_be_held(role=Role.LEADER, is_host=False)
    False
    >>> may_be_held(role=Role.AUDITOR, is_host=False)
    True
    """
    return role not in (PARTNER_ROLES if is_host else HOST_ROLES)


def may_write(roles: set[Role]) -> bool:
    """Whether any of the roles changes something, so that a second factor is due."""
    return not permissions_of(roles) <= READ_ONLY
