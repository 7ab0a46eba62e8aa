"""The models of every feature, so that Django finds them."""

from municipalities.access.models import (
    CooperationUserObjectPermission,
    Membership,
    User,
)
from municipalities.agreements.models import (
    Adopter,
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    Clause,
    Delegation,
    Layer,
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
from municipalities.cooperations.models import Cooperation, Participant, Service, ServiceKind
from municipalities.costs.accounts.models import (
    Accounts,
    AccountsLine,
    AccountsMapping,
    ArtChoice,
    Budget,
    BudgetLine,
    Forecast,
)
from municipalities.costs.instalments.models import Instalment, InstalmentPlan, Payment, PlanLine
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.keys.models import (
    AllocationKey,
    FixedPercent,
    KeyAdoption,
    KeyPart,
    UsageFigure,
)
from municipalities.costs.pools.models import AreaPopulation, Pool, PoolKind, PoolMember, PoolYear
from municipalities.costs.settlements.models import (
    FundEntry,
    Settlement,
    SettlementComment,
    SettlementLine,
    SettlementNotice,
)
from municipalities.costs.simulator.models import SavedSimulation
from municipalities.decisions.models import Decision, Notification
from municipalities.doctors.models import Doctor, DutyShare, DutyTerms, Exemption, ShiftCount
from municipalities.documents.models import Document
from municipalities.hearings.models import Hearing, HearingAnswer, HearingDocument
from municipalities.meetings.agenda.models import AgendaItem, Proposal, ProposalSupport
from municipalities.meetings.follow_up.models import (
    FollowUpReminder,
    FollowUpReport,
    MeetingFollowUp,
)
from municipalities.meetings.forums.models import Forum, ForumKind, ForumMember
from municipalities.meetings.meeting.models import Invitee, Meeting, MeetingDocument, MeetingLetter
from municipalities.meetings.minutes.models import Minutes, Remark
from municipalities.meetings.year_wheel.models import CalendarFeed, YearEvent, YearMark
from municipalities.obligations.models import Due, Evidence, Obligation, Reminder
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.cases.models import (
    ComplaintCount,
    ComplaintKind,
    Supervision,
    SupervisionOutcome,
)
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
    DeviationState,
)
from municipalities.quality.notes.models import QualityNote
from municipalities.quality.review.models import (
    CouncilReport,
    ManagementReview,
    MeasureDone,
    PointStatus,
    ReviewPoint,
)
from municipalities.register.models import Municipality, Population
from municipalities.webhooks.models import WebhookEndpoint, WebhookMessage

__all__ = [
    "Accounts",
    "AccountsLine",
    "AccountsMapping",
    "Adopter",
    "Adoption",
    "AgendaItem",
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
    "AllocationKey",
    "AreaPopulation",
    "ArtChoice",
    "BillingDetails",
    "Budget",
    "BudgetLine",
    "CalendarFeed",
    "Central",
    "Claim",
    "Clause",
    "CompetenceLetter",
    "CompetenceRequirement",
    "ComplaintCount",
    "ComplaintKind",
    "Cooperation",
    "CooperationUserObjectPermission",
    "CouncilReport",
    "Decision",
    "Delegation",
    "DeviationCategory",
    "DeviationCount",
    "DeviationMonth",
    "DeviationSeverity",
    "DeviationState",
    "Doctor",
    "Document",
    "Due",
    "DutyShare",
    "DutyTerms",
    "Evidence",
    "Exemption",
    "FixedPercent",
    "FollowUp",
    "FollowUpReminder",
    "FollowUpReport",
    "Forecast",
    "Forum",
    "ForumKind",
    "ForumMember",
    "FundEntry",
    "Hearing",
    "HearingAnswer",
    "HearingDocument",
    "Instalment",
    "InstalmentPlan",
    "Invitee",
    "KeyAdoption",
    "KeyPart",
    "Layer",
    "LineClass",
    "ManagementReview",
    "MeasureDone",
    "Meeting",
    "MeetingDocument",
    "MeetingFollowUp",
    "MeetingLetter",
    "Membership",
    "Minutes",
    "Municipality",
    "Notification",
    "Obligation",
    "Operator",
    "Participant",
    "Payment",
    "PlanLine",
    "PointStatus",
    "Pool",
    "PoolKind",
    "PoolMember",
    "PoolYear",
    "Population",
    "Proposal",
    "ProposalSupport",
    "PublicNumber",
    "Qualification",
    "QualityNote",
    "Remark",
    "Reminder",
    "RequirementCheck",
    "RequirementPlan",
    "ReviewPoint",
    "SavedSimulation",
    "ServedMunicipality",
    "Service",
    "ServiceKind",
    "Settlement",
    "SettlementComment",
    "SettlementLine",
    "SettlementNotice",
    "ShiftCount",
    "SicknessAbsence",
    "Supervision",
    "SupervisionOutcome",
    "UsageFigure",
    "User",
    "WebhookEndpoint",
    "WebhookMessage",
    "Withdrawal",
    "YearEvent",
    "YearMark",
]
