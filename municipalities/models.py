"""The models of every feature, so that Django finds them."""

from municipalities.access.models import (
    CooperationUserObjectPermission,
    Membership,
    User,
)
from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    Clause,
    Delegation,
    Withdrawal,
)
from municipalities.centrals.models import (
    Central,
    LineClass,
    PublicNumber,
    RequirementCheck,
    RequirementPlan,
    ServedMunicipality,
)
from municipalities.competence.models import (
    CompetenceLetter,
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)
from municipalities.cooperations.models import Cooperation, Participant, Service
from municipalities.decisions.models import Decision, Notification
from municipalities.doctors.models import Doctor, DutyShare, DutyTerms, Exemption, ShiftCount
from municipalities.documents.models import Document
from municipalities.hearings.models import Hearing, HearingAnswer, HearingDocument
from municipalities.obligations.models import Due, Evidence, Obligation, Reminder
from municipalities.register.models import Municipality, Population
from municipalities.webhooks.models import WebhookEndpoint, WebhookMessage

__all__ = [
    "Adoption",
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
    "Central",
    "Clause",
    "CompetenceLetter",
    "CompetenceRequirement",
    "Cooperation",
    "CooperationUserObjectPermission",
    "Decision",
    "Delegation",
    "Doctor",
    "Document",
    "Due",
    "DutyShare",
    "DutyTerms",
    "Evidence",
    "Exemption",
    "FollowUp",
    "Hearing",
    "HearingAnswer",
    "HearingDocument",
    "LineClass",
    "Membership",
    "Municipality",
    "Notification",
    "Obligation",
    "Operator",
    "Participant",
    "Population",
    "PublicNumber",
    "Qualification",
    "Reminder",
    "RequirementCheck",
    "RequirementPlan",
    "ServedMunicipality",
    "Service",
    "ShiftCount",
    "User",
    "WebhookEndpoint",
    "WebhookMessage",
    "Withdrawal",
]
